"""Where the theory uses something: found by reading its source, not by running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SIM = Path(__file__).resolve().parent.parent
ROOMS = ("theory/rules", "theory/phases", "theory")


@cache
def functions_of_theory() -> tuple[tuple[str, str, str, frozenset[str]], ...]:
    """Every function of rules, phases and outcomes: (module, name, docstring, names it uses)."""
    return tuple(entry for path in _files() for entry in _functions_in(path))


def rules_of_mechanism(mechanism: str) -> list[str]:
    """Rules whose docstring names the mechanism (M01), as `rules.beijing.encirclement_by_presence`."""
    pattern = re.compile(rf"\b{re.escape(mechanism)}\b")
    return [f"{module}.{name}" for module, name, doc, _ in functions_of_theory()
            if module.startswith("rules.") and pattern.search(doc)]  # fmt: skip


def users_of_name(name: str) -> list[str]:
    """Functions of the theory that use a constant such as BLOC_LINK or `bloc_link`."""
    wanted = name.upper()
    return [f"{module}.{function}" for module, function, _, used in functions_of_theory() if wanted in used]


def first_line_of(rule: str) -> str:
    """The first sentence of a function's docstring."""
    for module, name, doc, _ in functions_of_theory():
        if f"{module}.{name}" == rule:
            return " ".join(doc.split("\n\n")[0].split())
    return ""


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((_SIM / room).glob("*.py"))


def _functions_in(path: Path) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    module = path.relative_to(_SIM / "theory").with_suffix("").as_posix().replace("/", ".")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            used = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
            used |= {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
            yield module, node.name, ast.get_docstring(node) or "", frozenset(used)
