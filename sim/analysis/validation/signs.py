"""Signs of scenarios, scored: directions, zeros and contrasts between worldviews.

- *Direction*: an effect coded + or − has that sign, its 95 % interval beyond zero.
- *Zero*: an effect coded 0 is smaller than a tenth of the outcome's typical effect; and, where some worldview codes the
  same scenario and outcome otherwise, smaller than a quarter of that effect's largest size under any worldview. Typical: the
  median size over policies without shocks and worldviews.
- *Contrast*: where two worldviews are coded differently (− < 0 < +) for one scenario and outcome, the effects stand in that
  order, by more than a tenth of the typical effect and beyond chance. Identical worldviews score nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.analysis.validation.estimates import estimate
from sim.analysis.validation.sample import Sample, Spot, Values, Wanted
from sim.inputs.expected_signs import ExpectedSign, ExpectedSigns
from sim.inputs.expressions import BASELINE, PLAIN_FUTURE, Variable

SHARE_OF_TYPICAL = 0.1
SHARE_OF_LARGEST = 0.25
MEASURES = ("directions", "zeros", "contrasts")


class Cell(NamedTuple):
    """One scenario, outcome and worldview."""

    scenario: str
    outcome: str
    worldview: str


Effects = Mapping[Cell, Values]
Coding = Mapping[Cell, int]


class Share(NamedTuple):
    """How many of how many came out."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """NaN where there was nothing to come out."""
        return self.right / self.total if self.total else float("nan")


@dataclass(frozen=True)
class Group:
    """Cells that are scored together."""

    slug: str
    name: str
    coding: Coding


def groups(signs: ExpectedSigns) -> list[Group]:
    """The cells of both coders: all of the second, those he is sure of, those both agree on, those only he coded."""
    second = _coded(signs.cells, lambda one: one.second)
    if not signs.is_coded_twice:
        return [Group("yours", "your signs", second)]
    sure = _coded(signs.cells, lambda one: None if one.confidence == "low" else one.second)
    agreed = _coded(signs.cells, lambda one: one.second if one.is_agreed else None)
    only = _coded(signs.cells, lambda one: one.second if one.is_only_second else None)
    return [
        Group("sure", "second coding, without low confidence", sure),
        Group("agreed", "both codings agree", agreed),
        Group("only_second", "only the second coded", only),
        Group("second", "second coding, all", second),
    ]


def _coded(cells: Iterable[ExpectedSign], sign: Callable[[ExpectedSign], int | None]) -> Coding:
    found = {}
    for one in cells:
        value = sign(one)
        if value is not None:
            found[Cell(one.scenario, one.outcome, one.worldview)] = value
    return found


def cells_needed(signs: ExpectedSigns, worldviews: Sequence[str]) -> list[Cell]:
    """Every coded scenario and outcome under every worldview; and each policy without shocks for each outcome coded."""
    pairs = {(one.scenario, one.outcome) for one in signs.cells}
    outcomes = sorted({one.outcome for one in signs.cells})
    pairs |= {(slug, outcome) for slug in unshocked(signs) for outcome in outcomes}
    return [
        Cell(scenario, outcome, worldview) for scenario, outcome in sorted(pairs) for worldview in worldviews
    ]


def unshocked(signs: ExpectedSigns) -> set[str]:
    """The scenarios that are policies without events, the baseline apart."""
    found = {slug for slug, one in signs.scenarios.items() if one.is_policy and not one.events}
    return found - {BASELINE}


def wanted_by(signs: ExpectedSigns, worldviews: Sequence[str], wanted: Wanted) -> None:
    """Add what the signs are read from."""
    wanted.scenarios.update(signs.scenarios)
    for cell in cells_needed(signs, worldviews):
        variable = Variable(cell.outcome, outcomes=(cell.outcome,))
        wanted.add(_spot(cell, signs), variable)
        wanted.add(Spot(BASELINE, PLAIN_FUTURE, cell.worldview), variable)


def effects(signs: ExpectedSigns, worldviews: Sequence[str], sample: Sample) -> dict[Cell, Values]:
    """What each scenario changes, member by member: a policy against the baseline, a future against none."""
    found = {}
    for cell in cells_needed(signs, worldviews):
        variable = Variable(cell.outcome, outcomes=(cell.outcome,))
        with_it = sample.read(_spot(cell, signs), variable)
        found[cell] = with_it - sample.read(Spot(BASELINE, PLAIN_FUTURE, cell.worldview), variable)
    return found


def _spot(cell: Cell, signs: ExpectedSigns) -> Spot:
    if signs.scenarios[cell.scenario].is_policy:
        return Spot(cell.scenario, PLAIN_FUTURE, cell.worldview)
    return Spot(BASELINE, cell.scenario, cell.worldview)


def typical_sizes(found: Effects, policies: Iterable[str]) -> dict[str, float]:
    """For each outcome the median size of an effect over policies without shocks and worldviews."""
    chosen = set(policies)
    sizes: dict[str, list[float]] = {}
    for cell, values in found.items():
        if cell.scenario in chosen:
            sizes.setdefault(cell.outcome, []).append(abs(_mean(values)))
    return {outcome: float(np.median(of)) for outcome, of in sizes.items()}


def _mean(values: Values) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else 0.0


def directions(coding: Coding, found: Effects) -> dict[Cell, bool]:
    """For every cell coded + or − whether the effect has that sign beyond chance."""
    right = {}
    for cell, sign in coding.items():
        if sign != 0:
            here = estimate(found[cell])
            right[cell] = here.low > 0 if sign > 0 else here.high < 0
    return right


def zeros(coding: Coding, found: Effects, typical: Mapping[str, float]) -> dict[Cell, bool]:
    """For every cell coded 0 whether the effect is as small as the module's docstring says."""
    rows: dict[tuple[str, str], list[Cell]] = {}
    for cell in found:
        rows.setdefault((cell.scenario, cell.outcome), []).append(cell)
    right = {}
    for cell, sign in coding.items():
        if sign == 0:
            size = abs(_mean(found[cell]))
            right[cell] = size < SHARE_OF_TYPICAL * typical.get(cell.outcome, 0.0) or size == 0.0
            row = rows[cell.scenario, cell.outcome]
            if any(coding.get(other, 0) != 0 for other in row):
                right[cell] &= size < SHARE_OF_LARGEST * max(abs(_mean(found[other])) for other in row)
    return right


def contrasts(coding: Coding, found: Effects, typical: Mapping[str, float]) -> dict[tuple[Cell, Cell], bool]:
    """For every pair of worldviews coded differently (the lower first) whether the effects stand in that order."""
    rows: dict[tuple[str, str], list[Cell]] = {}
    for cell in coding:
        rows.setdefault((cell.scenario, cell.outcome), []).append(cell)
    right = {}
    for row in rows.values():
        for one, other in combinations(row, 2):
            if coding[one] != coding[other]:
                lower, higher = (one, other) if coding[one] < coding[other] else (other, one)
                apart = estimate(found[higher] - found[lower])
                tolerance = SHARE_OF_TYPICAL * typical.get(one.outcome, 0.0)
                right[lower, higher] = apart.low > 0 and apart.mean > tolerance
    return right


def scores(group: Group, found: Effects, policies: Iterable[str]) -> dict[str, Share]:
    """Directions, zeros and contrasts of a group of cells."""
    typical = typical_sizes(found, policies)
    return {
        "directions": counted(directions(group.coding, found)),
        "zeros": counted(zeros(group.coding, found, typical)),
        "contrasts": counted(contrasts(group.coding, found, typical)),
    }


def counted(right: Mapping[object, bool] | Mapping[Cell, bool] | Mapping[tuple[Cell, Cell], bool]) -> Share:
    """How many are right, of how many."""
    return Share(sum(right.values()), len(right))


def prediction_scores(group: Group, predicted: Coding) -> dict[str, Share]:
    """The same for a model that predicts a sign and no size (0 where it says nothing)."""
    told = {cell: predicted.get(cell, 0) for cell in group.coding}
    straight = {cell: told[cell] == sign for cell, sign in group.coding.items() if sign != 0}
    level = {cell: told[cell] == 0 for cell, sign in group.coding.items() if sign == 0}
    apart = {}
    for one, other in combinations(group.coding, 2):
        if one[:2] == other[:2] and group.coding[one] < group.coding[other]:
            apart[one, other] = told[one] < told[other]
        elif one[:2] == other[:2] and group.coding[one] > group.coding[other]:
            apart[other, one] = told[other] < told[one]
    return {"directions": counted(straight), "zeros": counted(level), "contrasts": counted(apart)}
