"""Reading YAML files that people write: safe, strict, and with the line of everything.

YAML 1.2 (so `NO` is text, `1e3` a number, `010` ten) without anchors, aliases, tags, duplicate keys, several
documents or numbers that are not finite. Keys are always text, as written. Everything a user can get wrong
raises `InputError`, which says where, what is wrong, what was expected, and the nearest valid name.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.inputs.problems import dotted, problems_of

Model = TypeVar("Model", bound=BaseModel)
Keys = tuple[str | int, ...]

LARGEST_FILE_BYTES = 1024 * 1024
LONGEST_LINE = 10_000
DEEPEST_LEVEL = 50
_MESSAGES_SHOWN = 5
# What the parser says in its own terms, and what that means to somebody writing a file.
_PARSER_WORDS = {
    "<document start>": "text that belongs to no key",
    "mapping values are not allowed": "a ':' where none can stand; put text that holds ': ' in quotes",
    "could not find expected ':'": "a line without ':'; expected 'key: value'",
    "expected <block end>": "an entry that stands at another depth than those around it",
}
_TOO_DEEP = f"is nested deeper than {DEEPEST_LEVEL} levels"

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# Text worth a look before parsing: openings one after the other, and lines long enough to nest deeply.
_OPENINGS = re.compile(r"(?:[\[{]\s*+){2,}+")
_LONG_LINE = re.compile(rf"[^\n]{{{DEEPEST_LEVEL},}}+")


class InputError(ValueError):
    """Something a user wrote that cannot be used: `FILE:LINE: what is wrong; what was expected`."""

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(place + message)


class FileModel(BaseModel):
    """Base of every description of a file: unknown keys are errors, nothing is converted, nothing changes.

    Strict also about sequences: declare what a file lists as `list[...]`, not `tuple[...]`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Document:
    """What a file says: `data` in plain dictionaries, lists, text, numbers, truth values; and its lines."""

    path: Path
    data: Any
    lines: dict[Keys, int] = field(repr=False, default_factory=dict)

    def line(self, keys: Keys = ()) -> int:
        """Line (from 1) of the entry at `keys`, e.g. ("policy", "IN01"); of the nearest parent if absent."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def error(self, message: str, keys: Keys = ()) -> InputError:
        """The error to raise about the entry at `keys`."""
        return InputError(message, self.path, self.line(keys))

    def error_in(self, message: str, keys: Keys) -> InputError:
        """Like `error`, with the name of the entry in front of the message."""
        return InputError(f"{dotted(keys)}: {message}", self.path, self.line(keys))

    def at(self, keys: Keys) -> Any:
        """What the document says at `keys`."""
        value = self.data
        for key in keys:
            value = value[key]
        return value


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name most like `name` (letter case and dashes do not count), or None if none is close."""
    by_plain = {_plain(candidate): candidate for candidate in valid}
    close = difflib.get_close_matches(_plain(name), by_plain, n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None


def unknown(kind: str, name: object, valid: Iterable[str], also: Iterable[str] = ()) -> str:
    """Message for a name that is not among the valid ones: what was expected and the nearest of them.

    `also` are further valid names, such as ids beside slugs, that are suggested but not listed.
    """
    names = sorted(set(valid))
    shown = ", ".join(names) if len(names) <= 12 else f"{', '.join(names[:8])} … ({len(names)} in all)"
    close = nearest(str(name), [*names, *also])
    hint = f"; did you mean '{close}'?" if close else ""
    return f"unknown {kind} '{str(name)[:80]}'; expected one of: {shown}{hint}"


def _plain(name: str) -> str:
    return name[:80].casefold().replace("-", "_").replace(" ", "_")


def read_document(path: Path | str) -> Document:
    """The document in the file at `path`.

    Raises InputError for a file that is missing, a folder, too large (over 1 MiB), not text, not YAML, empty,
    nested over 50 levels, or that uses anchors, aliases, tags, duplicate keys or several documents.
    """
    path = Path(path)
    return parsed_document(_text_of(path), path)


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise InputError("is a folder; expected a YAML file", path)
        if not path.exists():
            raise InputError("no such file", path)
        if not path.is_file():
            raise InputError("is not a regular file; expected a YAML file", path)
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read ({reason})", path) from None
    if len(content) > LARGEST_FILE_BYTES:
        raise InputError("is larger than 1 MiB; expected a short YAML file", path)
    if b"\0" in content:
        raise InputError("is a binary file; expected YAML text", path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8 text; expected a YAML file", path, line) from None


def parsed_document(text: str, path: Path | str) -> Document:
    """The document in `text`; `path` is what error messages call it."""
    path = Path(path)
    if not text.strip():
        raise InputError("is empty; expected keys and values", path, 1)
    _refuse_slow_text(text, path)
    reader = _Reader(path, _events(text, path))
    data = reader.document()
    return Document(path, data, reader.lines)


def _refuse_slow_text(text: str, path: Path) -> None:
    """Turns away, before the parser sees it, text that would keep the parser busy for long."""
    for pattern in (_OPENINGS, _LONG_LINE):
        for found in pattern.finditer(text):
            part = found[0]
            opened = part.count("[") + part.count("{") - part.count("]") - part.count("}")
            if opened > DEEPEST_LEVEL:
                raise InputError(_TOO_DEEP, path, text.count("\n", 0, found.start()) + 1)
            if pattern is _LONG_LINE and len(part) > LONGEST_LINE:
                line = text.count("\n", 0, found.start()) + 1
                raise InputError(f"has a line of more than {LONGEST_LINE} characters", path, line)


def _events(text: str, path: Path) -> Iterator[Any]:
    """The parser's events, with every failure of the parser turned into an InputError."""
    from ruamel.yaml import YAML

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the parser stumbles over, the file is at fault
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark is not None else None
        reason = getattr(error, "problem", None) or getattr(error, "reason", None)
        reason = str(reason or "text that no YAML reader takes").replace("\t", "tab")
        for sign, meaning in _PARSER_WORDS.items():
            if sign in reason:
                reason = meaning
        if line is None and isinstance(position := getattr(error, "position", None), int):
            line = text.count("\n", 0, position) + 1
        raise InputError(f"is not valid YAML: {reason}", path, line) from None


class _Reader:
    """Builds plain data from the parser's events and notes the line of every key and item."""

    def __init__(self, path: Path, events: Iterator[Any]) -> None:
        self.path = path
        self.events = events
        self.lines: dict[Keys, int] = {}

    def fault(self, message: str, line: int) -> InputError:
        return InputError(message, self.path, line)

    def document(self) -> Any:
        next(self.events)
        start = next(self.events)
        if not hasattr(start, "explicit"):
            raise InputError("is empty; expected keys and values", self.path, 1)
        if getattr(start, "version", None) or getattr(start, "tags", None):
            raise self.fault("starts with a YAML directive (%…); leave it out", start.start_mark.line + 1)
        data = self.value(next(self.events), (), 0)
        next(self.events)
        following = next(self.events)
        if hasattr(following, "explicit"):
            line = following.start_mark.line + 1
            raise self.fault("holds several documents ('---'); expected one", line)
        if data is None:
            raise InputError("is empty; expected keys and values", self.path, 1)
        return data

    def value(self, event: Any, keys: Keys, level: int) -> Any:
        """The value that starts with `event`, whose place in the document is `keys`."""
        kind = type(event).__name__
        line = event.start_mark.line + 1
        self.lines.setdefault(keys, line)
        if kind == "AliasEvent" or getattr(event, "anchor", None) is not None:
            raise self.fault("uses an anchor or alias (& or *); write it out, or quote the text", line)
        if getattr(event, "tag", None) is not None:
            raise self.fault("uses a tag (!); only plain values are read (quote the text if meant)", line)
        if kind == "ScalarEvent":
            if _UNWANTED.search(event.value):
                raise self.fault("text holds a control character", line)
            return event.value if event.style else self.scalar(event.value, line)
        if level >= DEEPEST_LEVEL:
            raise self.fault(_TOO_DEEP, line)
        inner = self.mapping if kind == "MappingStartEvent" else self.sequence
        return inner(keys, level + 1)

    def sequence(self, keys: Keys, level: int) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self.value(event, (*keys, len(items)), level))
        return items

    def mapping(self, keys: Keys, level: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in self.events:
            kind = type(event).__name__
            if kind == "MappingEndEvent":
                break
            line = event.start_mark.line + 1
            if kind != "ScalarEvent" or event.anchor is not None or event.tag is not None:
                raise self.fault("a key must be plain text", line)
            key = event.value
            if not key or _UNWANTED.search(key):
                raise self.fault("a key must be plain text", line)
            if key in entries:
                first = self.lines[(*keys, key)]
                raise self.fault(f"key '{key[:80]}' is written twice (first on line {first})", line)
            self.lines[(*keys, key)] = line
            entries[key] = self.value(next(self.events), (*keys, key), level)
        return entries

    def scalar(self, text: str, line: int) -> Any:
        """Text without quotes, read by the core schema of YAML 1.2."""
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            if len(text) > 30:
                raise self.fault(f"the number {text[:20]}… is too long", line)
            return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if abs(number) != float("inf"):
                return number
        elif not _NOT_FINITE.fullmatch(text):
            return text
        raise self.fault(f"'{text[:40]}' is not a finite number", line)


def validated(model_class: type[Model], document: Document, keys: Keys = ()) -> Model:
    """The document, or the part of it at `keys`, as a `model_class`; keys, types and bounds are checked.

    Raises InputError naming for each problem the line, what was expected and the nearest valid key.
    """
    data = document.at(keys)
    if not isinstance(data, dict):
        message = f"{_place(keys)}expected keys and values ('key: value'), got {_kind(data)}"
        raise document.error(message, keys)
    try:
        return model_class.model_validate(data)
    except ValidationError as error:
        problems = problems_of(model_class, data, error, unknown)
    found = sorted(
        (document.line((*keys, *inner)), not message.startswith("unknown"), _place(keys) + message)
        for inner, message in problems
    )
    further = [f"{document.path}:{line}: {message}" for line, _, message in found[1:_MESSAGES_SHOWN]]
    if len(found) > _MESSAGES_SHOWN:
        further.append(f"… and {len(found) - _MESSAGES_SHOWN} more problems")
    raise InputError("\n".join([found[0][2], *further]), document.path, found[0][0])


def _place(keys: Keys) -> str:
    return f"{dotted(keys)}: " if keys else ""


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else f"'{str(value)[:60]}'"
