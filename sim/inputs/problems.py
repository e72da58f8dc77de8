"""What a failed check of a file means, in words: pydantic's errors as (keys, message) pairs."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

Keys = tuple[str | int, ...]
Unknown = Callable[[str, object, Iterable[str]], str]

_EXPECTED = {
    "string": "text", "float": "a number", "int": "a whole number", "bool": "true or false", "list": "a list",
    "tuple": "a list", "set": "a list", "frozen_set": "a list", "dict": "keys and values",
    "model": "keys and values", "model_attributes": "keys and values", "none": "nothing",
    "finite_number": "a finite number", "decimal": "a number",
}  # fmt: skip
_LIMITS = {
    "greater_than_equal": ("ge", "at least"), "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"), "less_than": ("lt", "less than"),
}  # fmt: skip


def problems_of(
    model_class: type[BaseModel], data: Any, error: ValidationError, unknown: Unknown
) -> list[tuple[Keys, str]]:
    """Place in the document and message of every problem in `error`, in the document's own words."""
    found = [_problem(model_class, data, detail, unknown) for detail in error.errors(include_url=False)]
    meant = {(keys[:-1], message.rpartition("did you mean '")[2]) for keys, message in found if keys}
    misspelt = {(keys, hint.partition("'")[0]) for keys, hint in meant}
    found = [
        (keys, message)
        for keys, message in found
        if not (message.startswith("missing key '") and (keys, message.split("'")[1]) in misspelt)
    ]
    return _without_other_branches(found)


def _without_other_branches(found: list[tuple[Keys, str]]) -> list[tuple[Keys, str]]:
    """Where a value may be one of several kinds, what is wrong under the kind it was meant to be.

    A complaint about the kind of a value is dropped when another complaint looks inside that value; several
    complaints about its kind become one ("expected a number or a list, got …").
    """
    kept: dict[tuple[Keys, str], list[str]] = {}
    for keys, message in found:
        before, _, rest = message.partition("expected ")
        wanted, got, after = rest.partition(", got ")
        if not got or "a number of" in wanted:
            kept.setdefault((keys, message), [])
        elif not any(len(inner) > len(keys) and inner[: len(keys)] == keys for inner, _ in found):
            kept.setdefault((keys, f"{before}expected {{}}, got {after}"), []).append(wanted)
    return [
        (keys, message.replace("{}", " or ".join(dict.fromkeys(wanted)), 1)) if wanted else (keys, message)
        for (keys, message), wanted in kept.items()
    ]


def _problem(model_class: type[BaseModel], data: Any, detail: Any, unknown: Unknown) -> tuple[Keys, str]:
    keys = _keys_in(data, detail["loc"])
    kind: str = detail["type"]
    where = _named(keys)
    if kind == "extra_forbidden":
        return keys, unknown("key", keys[-1], _valid_keys(model_class, keys[:-1])) + _named_in(keys[:-1])
    if kind == "missing":
        name = str(detail["loc"][-1])
        return keys, f"missing key '{name}'{_named_in(keys)}"
    got = shown(detail.get("input"))
    context = detail.get("ctx", {})
    if kind == "value_error":
        return keys, f"{where}{context.get('error', detail['msg'])}"
    if kind in ("literal_error", "enum"):
        valid = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
        name = str(keys[-1]) if keys else "value"
        return keys, unknown(name, detail.get("input"), valid)
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return keys, f"{where}expected a number of {words} {context[key]:g}, got {got}"
    for ending in ("_type", "_parsing", "_from_float"):
        if kind.endswith(ending) and (expected := _EXPECTED.get(kind.removesuffix(ending))):
            return keys, f"{where}expected {expected}, got {got}"
    expected = _EXPECTED.get(kind)
    return keys, f"{where}{f'expected {expected}' if expected else detail['msg']}, got {got}"


def _keys_in(data: Any, location: tuple[str | int, ...]) -> Keys:
    """The part of pydantic's location that names real places: its markers of union branches are dropped."""
    keys: list[str | int] = []
    for step in location:
        is_key = isinstance(data, dict) and step in data
        if is_key or (isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)):
            data = data[step]
            keys.append(step)
    return tuple(keys)


def _named(keys: Keys) -> str:
    return f"{dotted(keys)}: " if keys else ""


def _named_in(keys: Keys) -> str:
    return f" (in {dotted(keys)})" if keys else ""


def dotted(keys: Keys) -> str:
    """The place as a person would write it: `events.2.from` is `from` in the second event."""
    return ".".join(f"{key + 1}" if isinstance(key, int) else key[:80] for key in keys)


def shown(value: object) -> str:
    """A value as an error message shows it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"text '{value[:60]}'"
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) else str(value)[:40]
    return "a list" if isinstance(value, (list, tuple)) else "keys and values"


def _valid_keys(model_class: type[BaseModel], keys: Keys) -> list[str]:
    """Keys a model takes at the place `keys` under `model_class`; of all branches where it may be several."""
    kinds: list[Any] = [model_class]
    for key in keys:
        kinds = [inner for kind in kinds for inner in _inner_kinds(kind, key)]
    names: list[str] = []
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += [info.alias or name for name, info in kind.model_fields.items()]
    return names


def _inner_kinds(kind: Any, key: str | int) -> list[Any]:
    """The kinds of value that may stand under `key` in a value of kind `kind`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            if key == (info.alias or name):
                return _branches(info.annotation)
        return []
    arguments = typing.get_args(kind)
    return [branch for argument in arguments for branch in _branches(argument)]


def _branches(kind: Any) -> list[Any]:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return [branch for argument in typing.get_args(kind) for branch in _branches(argument)]
    if origin is typing.Annotated:
        return _branches(typing.get_args(kind)[0])
    return [kind]
