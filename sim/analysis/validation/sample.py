"""The runs that a scoreboard is read from: only the cells and columns that are asked for, member by member.

One draw of chance for each member: cells are paired by member and by luck, so a difference of two rows of values is a paired
difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.inputs.expressions import SUMMARIES, Variable
from sim.runs.ensemble import run_experiment

if TYPE_CHECKING:
    from sim.inputs.assembly import Assembly
    from sim.inputs.experiment import Experiment
    from sim.inputs.scenario import Scenario
    from sim.runs.ensemble import Batch

Values = NDArray[np.float64]
Watcher = Callable[[int], None]
SUFFIXES = {"mean": "", "first_year": ".first_year", "final": ".final", "worst": ".worst"}
assert set(SUFFIXES) == set(SUMMARIES)


class Spot(NamedTuple):
    """A policy in a future under a worldview."""

    policy: str
    future: str
    worldview: str


@dataclass
class Wanted:
    """What has to be run and read: for each spot the variables with their summaries, and the scenarios by slug."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    asked: dict[Spot, set[tuple[Variable, str]]] = field(default_factory=dict)

    def add(self, spot: Spot, variable: Variable, summary: str = "mean") -> None:
        """Ask for a variable at a spot."""
        self.asked.setdefault(spot, set()).add((variable, summary))

    @property
    def n_spots(self) -> int:
        """How many runs a member needs."""
        return len(self.asked)

    def columns(self, spot: Spot) -> list[str]:
        """The columns read at a spot."""
        return sorted({name for one in self.asked[spot] for name in columns_of(*one)})

    def names(self, spots: Iterable[Spot], kind: str) -> tuple[str, ...]:
        """The `outcomes` or `probes` read at any of the spots."""
        asked = (variable for spot in spots for variable, _ in self.asked[spot])
        return tuple(sorted({name for variable in asked for name in getattr(variable, kind)}))


def columns_of(variable: Variable, summary: str) -> list[str]:
    """The columns of the runs' table whose mean the variable is."""
    names = [f"{name}{SUFFIXES[summary]}" for name in (*variable.outcomes, *variable.probes)]
    return [*names, *variable.positions]


@dataclass(frozen=True)
class Sample:
    """What was read: for each spot and column the values (members,), NaN where a run broke."""

    members: int
    rows: Mapping[Spot, Mapping[str, Values]]

    def first(self, members: int) -> Sample:
        """The same of the first members alone."""
        rows = {
            spot: {name: values[:members] for name, values in row.items()} for spot, row in self.rows.items()
        }
        return Sample(members, rows)

    @property
    def broken(self) -> int:
        """How many runs did not end in finite numbers."""
        return sum(int(np.isnan(next(iter(row.values()))).sum()) for row in self.rows.values())

    def read(self, spot: Spot, variable: Variable, summary: str = "mean") -> Values:
        """A variable's values (members,) at a spot. Raises KeyError for what was never asked for."""
        row = self.rows[spot]
        columns = [row[name] for name in columns_of(variable, summary)]
        return columns[0] if len(columns) == 1 else np.mean(columns, axis=0)


def collected(
    wanted: Wanted,
    assembly: Assembly,
    *,
    members: int,
    random_seed: int,
    threads: int | None = None,
    watcher: Watcher | None = None,
) -> Sample:
    """Run what is wanted with `members` draws of everything uncertain; `watcher` hears of every batch of runs ended."""
    tables = {spot: np.full((len(wanted.columns(spot)), members), np.nan) for spot in wanted.asked}
    for experiment in experiments(wanted, members, random_seed):
        batches = run_experiment(experiment, threads=threads, assembly=assembly)
        with closing(batches):  # type: ignore[type-var]
            for batch in batches:
                _take_over(batch, wanted, tables)
                if watcher is not None:
                    watcher(len(batch.status))
    rows = {spot: dict(zip(wanted.columns(spot), table, strict=True)) for spot, table in tables.items()}
    return Sample(members, rows)


def _take_over(batch: Batch, wanted: Wanted, tables: Mapping[Spot, Values]) -> None:
    """Copy what is wanted of a batch of whole members, whose rows go round the same spots, member after member."""
    places = {name: place for place, name in enumerate(batch.columns)}
    first, last = int(batch.keys["member"][0]), int(batch.keys["member"][-1])
    round_ = len(batch.status) // (last - first + 1)
    for k in range(round_):
        spot = Spot(*(str(batch.keys[name][k]) for name in Spot._fields))
        chosen = [places[name] for name in wanted.columns(spot)]
        tables[spot][:, first : last + 1] = batch.values[k::round_][:, chosen].T


def experiments(wanted: Wanted, members: int, random_seed: int) -> list[Experiment]:
    """As few experiments as hold all wanted spots and no other: same worldviews, same futures, same horizon."""
    from sim.inputs.experiment import Experiment

    found = []
    for policies, futures, worldviews in blocks(wanted.asked, lambda slug: wanted.scenarios[slug].horizon):
        spots = [Spot(*one) for one in product(policies, futures, worldviews)]
        found.append(
            Experiment(
                slug="validation", title="Validation", policies=tuple(wanted.scenarios[one] for one in policies),
                futures=tuple(wanted.scenarios[one] for one in futures), worldviews=worldviews, members=members,
                replicates=1, random_seed=random_seed, outcomes=wanted.names(spots, "outcomes"), paths=(),
                baseline=policies[0], probes=wanted.names(spots, "probes"),
            )
        )  # fmt: skip
    return found


def blocks(
    spots: Iterable[Spot], horizon: Callable[[str], object]
) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """The spots as full crossings (policies, futures, worldviews), each spot in exactly one."""
    worldviews: dict[tuple[str, str], set[str]] = {}
    for spot in spots:
        worldviews.setdefault((spot.policy, spot.future), set()).add(spot.worldview)
    policies: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for (policy, future), held in worldviews.items():
        key = (future, tuple(sorted(held)), str(horizon(policy)))
        policies.setdefault(key, []).append(policy)
    futures: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (future, views, _), group in policies.items():
        futures.setdefault((tuple(sorted(group)), views), []).append(future)
    return sorted((group, tuple(sorted(met)), views) for (group, views), met in futures.items())
