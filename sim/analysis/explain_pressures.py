"""Pressures split by source: the engine asked again, in the same state, with one coefficient at nothing.

No rule is repeated here. A source's contribution is the pressure with everything less the pressure without that source,
each counted from the state of mid-2024, as the theory counts it. Where a term multiplies several sources, taking any one
away takes the product away, so the contributions do not add up; what is left is shown as *joint*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inputs.evidence import Seeds
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.phases import align, settle
from sim.theory.rules import alignment
from sim.theory.run import Run, copied
from sim.theory.step import press

JOINT = "joint"
JOINT_NAME = "terms that multiply several of these"
LINK_ENDINGS = ("_link", "_weight")
GROWTH = "growth"
ACTOR_VARIABLES = (*s.PRESSURES, GROWTH)
WORLD_VARIABLES = s.ADAPTIVE_WORLD_FIELDS


@dataclass(frozen=True)
class Source:
    """A coefficient that pushes: a mechanism (`M31`) or a structural link (`offer_link`), and its place in its array."""

    id: str
    name: str
    is_mechanism: bool
    place: int

    def coefficients(self, run: Run) -> NDArray[np.float64]:
        """The array of a run in which the coefficient stands."""
        values: NDArray[np.float64] = run.effect if self.is_mechanism else run.parameter
        return values


def sources_of(run: Run, seeds: Seeds) -> tuple[Source, ...]:
    """Every mechanism and structural link that is not switched off in a run."""
    slugs = {mechanism.id: mechanism.slug for mechanism in seeds.mechanisms}
    known = [Source(f"M{k:02d}", slugs[f"M{k:02d}"], True, k) for k in m.REALISED]
    known += [
        Source(parameter.name, parameter.meaning, False, place)
        for place, parameter in enumerate(p.PARAMETERS)
        if parameter.name.endswith(LINK_ENDINGS)
    ]
    return tuple(source for source in known if source.coefficients(run)[source.place] != 0.0)


def in_the_state_of(run: Run, before: Run) -> Run:
    """A copy of a run in which everybody sees what they saw before."""
    probe = copied(run)
    probe.now[:] = before.now
    probe.world[:] = before.world
    return probe


def pressures(run: Run, place: int | None) -> NDArray[np.float64]:
    """Every pressure on one actor, or with None on the world, in the order of the variables above.

    Logit points, growth in percentage points a year; not yet counted from mid-2024. Overwrites the run's pressures and
    its growth.
    """
    run.own[s.GROWTH] = 0.0
    press(run.board)
    if place is None:
        world: NDArray[np.float64] = run.world_push.copy()
        return world
    growth = run.own[s.GROWTH, place] / run.parameter[p.SPEED_MEDIUM] - run.attribute[s.GROWTH_REST, place]
    return np.append(run.push[:, place], growth)


class Splitter:
    """Splits the pressures on one actor, or with None on the world, by source; made from a run still in mid-2024."""

    def __init__(self, run: Run, place: int | None, sources: Sequence[Source]) -> None:
        self.place = place
        self.sources = tuple(sources)
        at_start = copied(run)
        self._at_rest = pressures(at_start, place)
        self._at_rest_without = [self._without(source, at_start) for source in self.sources]

    def _without(self, source: Source, probe: Run) -> NDArray[np.float64]:
        coefficients = source.coefficients(probe)
        value = coefficients[source.place]
        coefficients[source.place] = 0.0
        found = pressures(probe, self.place)
        coefficients[source.place] = value
        return found

    def split(self, probe: Run) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Pressures since mid-2024 (variables,) and what each source adds (sources + 1, variables), the last joint."""
        total = pressures(probe, self.place) - self._at_rest
        parts = np.zeros((len(self.sources) + 1, len(total)))
        for k, source in enumerate(self.sources):
            parts[k] = total - (self._without(source, probe) - self._at_rest_without[k])
        parts[-1] = total - parts[:-1].sum(axis=0)
        return total, parts


def targets(probe: Run) -> Run:
    """A copy of a run in which everything has settled where today's pressures point: read `own` and `world_own`.

    Ties follow the mean over postures, whatever posture luck has drawn.
    """
    settled = copied(probe)
    actors = settled.now.shape[1]
    settled.clock[r.CHANCE_ON] = 0
    settled.parameter[[p.SPEED_FAST, p.SPEED_MEDIUM, p.SPEED_SLOW, p.TIE_SPEED]] = 1.0
    press(settled.board)
    align.align(0, actors, settled.board)
    settle.settle(0, actors, settled.board)
    settle.settle_world(settled.board)
    return settled


def posture_chances(probe: Run, place: int, domain: int, *, in_mid_2024: bool = False) -> NDArray[np.float64]:
    """How likely each of the five postures is in an actor's choice in one domain (5,), by the pressures of a run."""
    pull = probe.push[:, place] - probe.push_2024[:, place]
    rest = (probe.attribute[s.US_REST + domain, place], probe.attribute[s.CN_REST + domain, place])
    weights = np.array([
        alignment.posture_weight(
            align.US_TIES[k], align.CN_TIES[k], *rest, align.SIDES[k],
            0.0 if in_mid_2024 else pull[s.PULL + domain],
            0.0 if in_mid_2024 else pull[s.HEDGE_VALUE],
            probe.parameter[p.POSTURE_SPREAD],
        )
        for k in range(len(s.POSTURES))
    ])  # fmt: skip
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares
