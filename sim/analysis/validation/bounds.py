"""How much of the time actors live at the ends of a scale: a variable that does has stopped answering to anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.mechanism_bench import quarters
from sim.runs.ensemble import processors
from sim.theory import state as s
from sim.theory.phases import luck
from sim.theory.step import prepare, restart

if TYPE_CHECKING:
    from sim.inputs.assembly import Assembly
    from sim.inputs.scenario import Scenario

NEAR = 0.01
MEMBERS = 11
# Declared zeros, exempt: only non-partners of Asia form a backlash here, only partners engage with NATO.
STRUCTURAL_ZEROS = {
    "backlash": s.NON_PARTNERS,
    "engage_showy": s.PARTNERS,
    "engage_quiet": s.PARTNERS,
    "engage_industrial": s.PARTNERS,
}


class AtBounds(NamedTuple):
    """The share of actor-quarters near a bound, in one scenario under one worldview; and the field most often there."""

    scenario: str
    worldview: str
    share: float
    field: str


def shares_at_bounds(
    scenarios: Mapping[str, Scenario],
    worldviews: Sequence[str],
    assembly: Assembly,
    *,
    random_seed: int,
    members: int = MEMBERS,
    threads: int | None = None,
    watcher: Callable[[int], None] | None = None,
) -> list[AtBounds]:
    """For every scenario and worldview the share of actor-quarters within NEAR of 0 or 1, of the median over members.

    All adaptive fields of actors count, but for declared structural zeros; scenarios are run whole (a future is met by no
    policy of its own: combine it first).
    """
    tasks = [(slug, worldview) for slug in scenarios for worldview in worldviews]

    def one(task: tuple[str, str]) -> AtBounds:
        slug, worldview = task
        median = np.median(_fields(scenarios[slug], worldview, assembly, random_seed, members), axis=0)
        if watcher is not None:
            watcher(members)
        return _share(slug, worldview, median, assembly)

    with ThreadPoolExecutor(threads or processors()) as pool:
        return list(pool.map(one, tasks))


def _fields(
    scenario: Scenario, worldview: str, assembly: Assembly, random_seed: int, members: int
) -> NDArray[np.float64]:
    """Every adaptive field of every actor at the end of every quarter (members, quarters, fields, actors)."""
    run = assembly.blank_run(scenario.quarters, len(scenario.events))
    assembly.fill_policy(run, scenario)
    found = np.empty((members, scenario.quarters, s.N_ADAPTIVE_ACTOR, run.now.shape[1]))
    for member in range(members):
        assembly.fill_member(run, assembly.draw.member(random_seed, member), worldview, scenario.settings)
        run.clock[:] = (0, random_seed, member, 0, 1)
        prepare(run.board)
        luck.deal(run)
        restart(run.board)
        for quarter in quarters(run):
            found[member, quarter] = run.now[: s.N_ADAPTIVE_ACTOR]
    return found


def _share(scenario: str, worldview: str, median: NDArray[np.float64], assembly: Assembly) -> AtBounds:
    """median: (quarters, fields, actors)."""
    counts = np.ones(median.shape[1:], dtype=bool)
    for name, group in STRUCTURAL_ZEROS.items():
        counts[s.ADAPTIVE_ACTOR_FIELDS.index(name)] = assembly.group[group] == 1.0
    near = ((median < NEAR) | (median > 1 - NEAR)) & counts
    by_field = near.sum(axis=(0, 2))
    commonest = s.ADAPTIVE_ACTOR_FIELDS[int(by_field.argmax())] if by_field.any() else ""
    return AtBounds(scenario, worldview, float(near.sum() / (counts.sum() * median.shape[0])), commonest)
