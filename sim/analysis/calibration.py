"""Calibration: at most twelve scales, searched against two thirds of the stylised facts; a third is held out.

The scales are factors on the canonical effects of each cluster of mechanisms, on the three speeds and on the gain of
presence (seeds/parameters.yaml). Candidates are the points of a scrambled Sobol sequence between half and double, on a
logarithmic scale, after the point where every scale is 1. Chosen is the candidate under which most of the facts searched on
hold in the mean; among equals the one that departs least from 1. Scales without which as many hold are then set back to 1.
What is left is adopted if it wins at least as many facts as it changes scales, and set aside otherwise: a free number must
earn its place. Signs are never looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.validation import facts as fact_scores
from sim.analysis.validation.facts import Judged, Measured
from sim.analysis.validation.sample import Wanted, collected
from sim.inputs.assembly import Assembly

if TYPE_CHECKING:
    from sim.analysis.validation.scoreboard import Watcher
    from sim.inputs.evidence import Seeds
    from sim.inputs.expectations import Expectations, Fact

LARGEST_FACTOR = 2.0
HELD_OUT_EVERY = 3

Scales = Mapping[str, float]


@dataclass(frozen=True)
class Tried:
    """One candidate: how many of the facts searched on (counted under each worldview) hold in the mean."""

    scales: Scales
    holding: int
    departure: float  # mean of |log2 scale|: 0 nothing changed, 1 all doubled or halved

    @property
    def changed(self) -> int:
        """How many scales are not 1."""
        return sum(value != 1.0 for value in self.scales.values())


@dataclass(frozen=True)
class Calibration:
    """What was searched and found. before, after: every fact judged with the scales at 1, and with those found."""

    searched: tuple[Fact, ...]
    held_out: tuple[Fact, ...]
    asked: int  # facts searched on, counted under each worldview
    tried: tuple[Tried, ...]
    found: Tried
    before: tuple[Judged, ...]
    after: tuple[Judged, ...]
    search_members: int
    members: int

    @property
    def is_adopted(self) -> bool:
        """Whether what was found wins at least as many facts as it changes scales."""
        return self.found.holding - self.tried[0].holding >= max(1, self.found.changed)

    @property
    def scales(self) -> Scales:
        """The scales to use: those found, or 1 for all where they are set aside."""
        return self.found.scales if self.is_adopted else self.tried[0].scales


def split(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Facts searched on, and held out: every third, in the order of their file."""
    searched = tuple(fact for k, fact in enumerate(facts, start=1) if k % HELD_OUT_EVERY)
    return searched, tuple(fact for fact in facts if fact not in searched)


def candidates(names: Sequence[str], n: int, random_seed: int) -> list[dict[str, float]]:
    """`n` points between 1/LARGEST_FACTOR and LARGEST_FACTOR in as many dimensions as names, the first all 1.

    Rounded to hundredths: no fact turns on more.
    """
    from scipy.stats import qmc

    found = [dict.fromkeys(names, 1.0)]
    if n > 1:
        sequence = qmc.Sobol(len(names), rng=np.random.default_rng(random_seed))
        points = sequence.random_base2((n - 1).bit_length())[: n - 1]
        found += [
            {
                name: round(float(LARGEST_FACTOR ** (2 * x - 1)), 2)
                for name, x in zip(names, point, strict=True)
            }
            for point in points
        ]
    return found


def departure(scales: Scales) -> float:
    """How far the scales are from 1: the mean of |log2 scale|."""
    return float(np.mean(np.abs(np.log2(list(scales.values())))))


def best(tried: Sequence[Tried]) -> Tried:
    """The candidate under which most holds; among equals the one that departs least."""
    return min(tried, key=lambda one: (-one.holding, one.departure))


def calibrate(
    seeds: Seeds,
    expectations: Expectations,
    *,
    samples: int = 256,
    search_members: int = 16,
    members: int = 500,
    random_seed: int = 0,
    threads: int | None = None,
    watcher: Watcher | None = None,
) -> Calibration:
    """Search the scales with `search_members` draws a candidate, and judge every fact before and after with `members`."""
    searched, held_out = split(expectations.facts)
    search = _Search(seeds, expectations, searched, search_members, random_seed, threads, watcher)
    everything = _Search(seeds, expectations, expectations.facts, members, random_seed, threads, watcher)
    names = list(seeds.calibration)
    if watcher is not None:
        most = (samples + len(names)) * search.n_runs + 2 * everything.n_runs
        watcher.running(most)
    tried = [search.tried(scales) for scales in candidates(names, samples, random_seed)]
    chosen = _simplified(best(tried), search, tried)
    ones = dict.fromkeys(names, 1.0)
    return Calibration(
        searched=searched, held_out=held_out, asked=sum(len(fact.worldviews) for fact in searched),
        tried=tuple(tried), found=chosen, before=everything.judged(ones), after=everything.judged(chosen.scales),
        search_members=search_members, members=members,
    )  # fmt: skip


def _simplified(chosen: Tried, search: _Search, tried: list[Tried]) -> Tried:
    """The candidate with every scale set back to 1 that can be without a fact less, the smallest departures first."""
    for name in sorted(chosen.scales, key=lambda one: abs(np.log2(chosen.scales[one]))):
        if chosen.scales[name] != 1.0:
            simpler = search.tried({**chosen.scales, name: 1.0})
            tried.append(simpler)
            if simpler.holding >= chosen.holding:
                chosen = simpler
    return chosen


class _Search:
    """Facts, and the runs that they are read from."""

    def __init__(
        self,
        seeds: Seeds,
        expectations: Expectations,
        facts: Sequence[Fact],
        members: int,
        random_seed: int,
        threads: int | None,
        watcher: Watcher | None,
    ) -> None:
        from sim.inputs.expectations import Expectations as Some

        self.seeds, self.facts, self.members = seeds, facts, members
        self.random_seed, self.threads, self.watcher = random_seed, threads, watcher
        self.wanted = Wanted()
        fact_scores.wanted_by(Some(tuple(facts), expectations.scenarios), self.wanted)

    @property
    def n_runs(self) -> int:
        return self.wanted.n_spots * self.members

    def judged(self, scales: Scales) -> tuple[Judged, ...]:
        """Every fact under every worldview that claims it, with these scales."""
        sample = collected(
            self.wanted, Assembly(self.seeds, scales=scales), members=self.members, random_seed=self.random_seed,
            threads=self.threads, watcher=None if self.watcher is None else self.watcher.finished,
        )  # fmt: skip
        return tuple(fact_scores.judged(self.facts, sample))

    def tried(self, scales: Scales) -> Tried:
        """How many facts hold in the mean with these scales."""
        holding = sum(holds_in_the_mean(one) for one in self.judged(scales))
        return Tried(dict(scales), holding, departure(scales))


def holds_in_the_mean(one: Judged) -> bool:
    """Whether every comparison of a fact has its mean inside its bounds, however wide the interval."""
    return all(_is_inside(comparison) for comparison in one.measured)


def _is_inside(one: Measured) -> bool:
    above = one.low is None or one.found.mean > one.low
    return above and (one.high is None or one.found.mean < one.high)
