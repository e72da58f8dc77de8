"""Signs that coders, or a reader, expect of scenarios: `seeds/expected_signs.yaml`, or a file of the same form.

One line a cell: what a scenario does to an outcome under a worldview, compared with the course of 2024 (a future: the
course of 2024 in it, compared with the same undisturbed). The form of the file is in `docs/guide/validate.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from sim.inputs.documents import Document, FileModel, InputError, Keys, read_document, unknown, validated
from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.expression_names import Names
from sim.inputs.expressions import BASELINE, PLAIN_FUTURE
from sim.inputs.named_scenarios import NamedScenarios
from sim.inputs.places import seeds_folder
from sim.inputs.problems import shown
from sim.inputs.scenario import Scenario

FILE = "expected_signs.yaml"
SIGNS: Mapping[str, int | None] = {"-": -1, "0": 0, "+": 1, "?": None}
Confidence = Literal["low", "medium", "high"]


class SignEntry(FileModel):
    """One cell as written: `sign`, or both coders' `first` and `second`."""

    scenario: str
    worldview: str
    outcome: str
    sign: Any = None
    first: Any = None
    second: Any = None
    confidence: Confidence = "high"
    note: str = ""


class SignsFile(FileModel):
    """expected_signs.yaml, or a reader's signs."""

    meant: dict[str, str] = Field(default={})
    signs: list[SignEntry] = Field(min_length=1)


@dataclass(frozen=True)
class ExpectedSign:
    """One cell: slugs of scenario and outcome, id of the worldview.

    first, second: −1, 0, 1, or None where that coder gave none or left it open. A reader's own sign stands as second.
    confidence is the second coder's.
    """

    scenario: str
    worldview: str
    outcome: str
    first: int | None
    second: int | None
    confidence: Confidence
    note: str = ""

    @property
    def is_agreed(self) -> bool:
        """Whether both coders gave the same sign."""
        return self.first is not None and self.first == self.second

    @property
    def is_only_second(self) -> bool:
        """Whether only the second coder gave a sign."""
        return self.first is None and self.second is not None


@dataclass(frozen=True)
class ExpectedSigns:
    """All cells, the scenarios that they name, by slug, and whether two coders coded them (else: a reader did)."""

    cells: tuple[ExpectedSign, ...]
    scenarios: Mapping[str, Scenario]
    is_coded_twice: bool


def load_signs(path: Path | None = None, seeds: Seeds | None = None) -> ExpectedSigns:
    """The signs of a file (default: those shipped).

    Raises InputError, with file and line, for an unknown scenario, worldview or outcome, a sign that is none, or a cell
    given twice.
    """
    document = read_document(path or seeds_folder() / FILE)
    file = validated(SignsFile, document)
    seeds = seeds or load_seeds()
    scenarios = NamedScenarios(document, seeds, chosen=file.meant)
    names = Names(seeds, scenarios.slug, scenarios.horizon)
    seen: dict[tuple[str, str, str], int] = {}
    cells = []
    for i, entry in enumerate(file.signs):
        keys: Keys = ("signs", i)
        cell = _cell(document, entry, keys, scenarios, names)
        key = (cell.scenario, cell.worldview, cell.outcome)
        if key in seen:
            line = document.line(("signs", seen[key]))
            raise document.error(f"{' '.join(key)} is given twice (first on line {line})", keys)
        seen[key] = i
        cells.append(cell)
    coded = any(entry.sign is None for entry in file.signs)
    return ExpectedSigns(tuple(cells), dict(scenarios.used), coded)


def _cell(
    document: Document, entry: SignEntry, keys: Keys, scenarios: NamedScenarios, names: Names
) -> ExpectedSign:
    slug = _scenario(document, entry.scenario, (*keys, "scenario"), scenarios)
    try:
        worldview = names.worldview(entry.worldview)
    except ValueError as error:
        raise document.error(str(error), (*keys, "worldview")) from None
    if worldview == names.seeds.pooled.id:
        raise document.error("signs are those of a rival theory, not of the pooled one", (*keys, "worldview"))
    if entry.outcome not in names.outcomes:
        slugs = sorted(set(names.outcomes.values()))
        raise document.error(
            unknown("outcome", entry.outcome, slugs, also=names.outcomes), (*keys, "outcome")
        )
    if (entry.sign is None) == (entry.first is None and entry.second is None):
        raise document.error("expected either 'sign', or 'first' and 'second'", keys)
    first = _sign(document, entry.first, (*keys, "first"))
    second = _sign(
        document,
        entry.second if entry.sign is None else entry.sign,
        (*keys, "second" if entry.sign is None else "sign"),
    )
    return ExpectedSign(
        slug, worldview, names.outcomes[entry.outcome], first, second, entry.confidence, entry.note
    )


def _scenario(document: Document, name: str, keys: Keys, scenarios: NamedScenarios) -> str:
    """The slug of a scenario that can be compared with the course of 2024."""
    try:
        slug = scenarios.slug(name)
    except InputError:
        raise
    except ValueError as error:
        raise document.error_in(str(error), keys) from None
    if slug in (BASELINE, PLAIN_FUTURE):
        raise document.error_in(f"'{name}' is what scenarios are compared with; name another", keys)
    if scenarios.used[slug].is_policy and scenarios.horizon(slug) != scenarios.horizon(BASELINE):
        raise document.error_in(f"'{name}' does not run over the quarters of {BASELINE}", keys)
    return slug


def _sign(document: Document, written: object, keys: Keys) -> int | None:
    text = "0" if written == 0 and not isinstance(written, bool) else written
    if text is None:
        return None
    if not isinstance(text, str) or text not in SIGNS:
        raise document.error_in(
            f"expected a sign, one of '-', '0', '+', '?' (in quotes), got {shown(written)}", keys
        )
    return SIGNS[text]
