"""Stylised facts, judged: what each comparison measures under each worldview, and whether the fact holds there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.validation.estimates import FAILS, HOLDS, Estimate, estimate, verdict, worst
from sim.analysis.validation.sample import Sample, Spot, Values, Wanted
from sim.inputs.expectations import KINDS, Expectations, Fact
from sim.inputs.expressions import (
    Comparison,
    Extreme,
    Number,
    Place,
    Positions,
    Ratio,
    Reading,
    ShareOfRuns,
    Side,
    Variable,
    Weighted,
    readings,
)


@dataclass(frozen=True)
class Measured:
    """One comparison under one worldview: its text, bounds, estimate and verdict."""

    text: str
    low: float | None
    high: float | None
    found: Estimate
    verdict: str


@dataclass(frozen=True)
class Judged:
    """One fact under one worldview. `deciding` is the comparison that decides: the first that fails, else that is
    undecided, else the one nearest its bound, in standard errors.
    """

    fact: Fact
    worldview: str
    verdict: str
    measured: tuple[Measured, ...]

    @property
    def deciding(self) -> Measured:
        """See the class."""
        for name in (FAILS, "undecided"):
            for one in self.measured:
                if one.verdict == name:
                    return one
        return min(self.measured, key=_room)

    @property
    def is_known_failure(self) -> bool:
        """Whether it fails and the seeds say so."""
        return self.verdict == FAILS and self.worldview in self.fact.known_failures


def wanted_by(facts: Expectations, wanted: Wanted) -> None:
    """Add what the facts are read from."""
    wanted.scenarios.update(facts.scenarios)
    for fact in facts.facts:
        for worldview in fact.worldviews:
            for comparison in asked(fact, worldview):
                for one in readings(comparison.side):
                    _want(one, worldview, wanted)


def _want(one: Reading | Positions, worldview: str, wanted: Wanted) -> None:
    spot = _spot(one.place, worldview)
    if isinstance(one, Reading):
        wanted.add(spot, one.variable, one.summary)
        return
    for domain in one.domains:
        wanted.add(spot, _positions_in(domain, one.states))


def asked(fact: Fact, worldview: str) -> list[Comparison]:
    """The comparisons that are asked under a worldview."""
    return [one for one in fact.comparisons if not one.worldviews or worldview in one.worldviews]


def judged(facts: Sequence[Fact], sample: Sample) -> list[Judged]:
    """Every fact under every worldview that claims it."""
    found = []
    for fact in facts:
        for worldview in fact.worldviews:
            measured = tuple(measure(one, worldview, sample) for one in asked(fact, worldview))
            found.append(Judged(fact, worldview, worst([one.verdict for one in measured]), measured))
    return found


def measure(comparison: Comparison, worldview: str, sample: Sample) -> Measured:
    """A comparison under a worldview."""
    values = side_values(comparison.side, worldview, sample)
    found = estimate(values, is_share=isinstance(comparison.side, ShareOfRuns))
    said = verdict(found, comparison.low, comparison.high)
    return Measured(comparison.text, comparison.low, comparison.high, found, said)


def side_values(side: Side, worldview: str, sample: Sample) -> Values:
    """A side's values (members,) whose mean is the side; NaN for members with a broken run."""
    if isinstance(side, Number):
        return np.full(sample.members, side.value)
    if isinstance(side, Reading):
        return sample.read(_spot(side.place, worldview), side.variable, side.summary)
    if isinstance(side, Weighted):
        parts = [weight * side_values(one, worldview, sample) for weight, one in side.terms]
        return np.asarray(np.sum(parts, axis=0))
    if isinstance(side, Extreme):
        stacked = np.array([side_values(one, worldview, sample) for one in side.sides])
        return np.asarray(stacked.max(axis=0) if side.is_largest else stacked.min(axis=0))
    if isinstance(side, Ratio):
        return _ratio(side_values(side.above, worldview, sample), side_values(side.below, worldview, sample))
    if isinstance(side, ShareOfRuns):
        return _share(side, worldview, sample)
    return _over_states(side, worldview, sample)


def _ratio(above: Values, below: Values) -> Values:
    """Values whose mean is the ratio of the means, and whose standard error is the delta method's."""
    known = np.isfinite(above) & np.isfinite(below)
    middle = float(below[known].mean()) if known.any() else np.nan
    if middle == 0.0:
        return np.full(above.shape, np.nan)
    ratio = float(above[known].mean()) / middle
    return ratio + (above - ratio * below) / middle


def _share(side: ShareOfRuns, worldview: str, sample: Sample) -> Values:
    """1 for a member in whose run all conditions hold, 0 for others."""
    holds = np.ones(sample.members)
    for condition in side.conditions:
        values = side_values(condition.side, worldview, sample)
        inside = np.ones(sample.members)
        if condition.low is not None:
            inside = np.where(values > condition.low, inside, 0.0)
        if condition.high is not None:
            inside = np.where(values < condition.high, inside, 0.0)
        holds = np.where(np.isfinite(values), holds * inside, np.nan)
    return holds


def _over_states(side: Positions, worldview: str, sample: Sample) -> Values:
    spot = _spot(side.place, worldview)
    first, second = (
        np.array([sample.read(spot, one) for one in _each_position(domain, side.states)])
        for domain in side.domains
    )
    if side.apart is not None:
        opposite = ((first > side.apart) & (second < -side.apart)) | (
            (first < -side.apart) & (second > side.apart)
        )
        return np.where(np.isfinite(first).all(axis=0), opposite.sum(axis=0), np.nan)
    x, y = first - first.mean(axis=0), second - second.mean(axis=0)
    return np.asarray((x * y).sum(axis=0) / np.sqrt((x * x).sum(axis=0) * (y * y).sum(axis=0)))


def _positions_in(domain: str, states: Iterable[str]) -> Variable:
    return Variable(domain, positions=tuple(f"position.{domain}.{state}" for state in states))


def _each_position(domain: str, states: Iterable[str]) -> list[Variable]:
    return [_positions_in(domain, [state]) for state in states]


def _spot(place: Place, worldview: str) -> Spot:
    return Spot(place.policy, place.future, place.under or worldview)


def _room(one: Measured) -> float:
    """How far the interval's end is from the bound, in interval lengths."""
    length = max(one.found.high - one.found.low, 1e-12)
    rooms = []
    if one.low is not None:
        rooms.append((one.found.low - one.low) / length)
    if one.high is not None:
        rooms.append((one.high - one.found.high) / length)
    return min(rooms)


def tally(found: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """How many facts hold, of how many (counted once under each worldview), by kind."""
    held = {kind: [0, 0] for kind in KINDS}
    for one in found:
        held[one.fact.kind][0] += one.verdict == HOLDS
        held[one.fact.kind][1] += 1
    return {kind: (right, total) for kind, (right, total) in held.items()}
