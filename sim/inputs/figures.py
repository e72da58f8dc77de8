"""Reference figures: small cited tables in `seeds/figures/`, one row per actor and figure."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.inputs.documents import InputError, unknown

COLUMNS = ("actor", "figure", "value", "unit", "year", "source", "provenance")
PEDIGREE_OF_PROVENANCE = {"read": 4, "recalled": 2, "assumed": 1}


@dataclass(frozen=True)
class Figure:
    """One reference figure of one actor.

    provenance: `read` in its source, `recalled` (well known, from memory, rounded) or `assumed`.
    """

    actor: str
    name: str
    value: float
    unit: str
    year: str
    source: str
    provenance: str
    file: str

    @property
    def pedigree(self) -> int:
        """Trust in the figure, 0..4."""
        return PEDIGREE_OF_PROVENANCE[self.provenance]

    @property
    def words(self) -> str:
        """Where it comes from, for a reader."""
        return f"{self.source}, {self.year}, {self.provenance} (figures/{self.file})"


class Figures:
    """All reference figures: `figures.get(actor, name)`."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._by_key: dict[tuple[str, str], Figure] = {(f.actor, f.name): f for f in figures}
        self.names = frozenset(name for _, name in self._by_key)

    def get(self, actor: str, name: str) -> Figure | None:
        """The figure, or None where the actor has none."""
        return self._by_key.get((actor, name))

    def all(self) -> Mapping[tuple[str, str], Figure]:
        """Every figure by (actor, name)."""
        return self._by_key

    def mean(self, actors: Iterable[str], name: str) -> float:
        """Plain mean over those of `actors` that have the figure; nan if none has."""
        values = [f.value for actor in actors if (f := self.get(actor, name)) is not None]
        return sum(values) / len(values) if values else math.nan


def read_figures(folder: Path, actors: Iterable[str]) -> Figures:
    """All tables in `folder`.

    Raises InputError, with file and line, for a wrong header, an unknown actor or provenance, a value that is not
    a finite number, or a figure given twice.
    """
    known = set(actors)
    found: dict[tuple[str, str], Figure] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            if tuple(next(rows, ())) != COLUMNS:
                raise InputError(f"expected the columns {', '.join(COLUMNS)}", path, 1)
            for row in rows:
                figure = _figure(row, path, rows.line_num, known)
                if (figure.actor, figure.name) in found:
                    raise InputError(f"{figure.name} of {figure.actor} is given twice", path, rows.line_num)
                found[(figure.actor, figure.name)] = figure
    return Figures(found.values())


def _figure(row: list[str], path: Path, line: int, known: set[str]) -> Figure:
    if len(row) != len(COLUMNS):
        raise InputError(f"expected {len(COLUMNS)} columns, got {len(row)}", path, line)
    actor, name, text, unit, year, source, provenance = row
    if actor not in known:
        raise InputError(unknown("actor", actor, known), path, line)
    if provenance not in PEDIGREE_OF_PROVENANCE:
        raise InputError(unknown("provenance", provenance, PEDIGREE_OF_PROVENANCE), path, line)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"'{text[:40]}' is not a finite number", path, line)
    if not source.strip():
        raise InputError(f"{name} of {actor} has no source", path, line)
    return Figure(actor, name, value, unit, year, source, provenance, path.name)
