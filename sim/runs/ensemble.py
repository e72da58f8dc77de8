"""Many runs, fast: every member under every worldview, policy, future and replicate, in compiled code on threads.

Rows come in one fixed order (member, worldview, policy, future, replicate), whatever the threads and batches: chance is
addressed, so a run's bits depend on nothing but its own address and its scenario.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assembly import Assembly
from sim.inputs.evidence import load_seeds
from sim.inputs.scenario import Scenario, Settings, combined
from sim.theory import state as s
from sim.theory.outcome_list import COUNTER_MOVES, N_OUTCOMES, OUTCOMES, PROBE_KINDS, PROFILE
from sim.theory.phases import luck
from sim.theory.run import Run
from sim.theory.step import prepare, simulate
from sim.theory.summary import Layout, summarise

if TYPE_CHECKING:
    from sim.inputs.experiment import Experiment

SUMMARIES = ("", ".final", ".worst")
PROBE_SUMMARIES = ("", ".first_year", ".final")
MOVES = tuple(f"counter_moves.{move}" for move, _ in COUNTER_MOVES)
# Beside the states of the region, those whose utility is kept.
POWERS = ("USA", "CHN", "RUS", "UKR", "DEU", "FRA", "GBR")
WORST_IS_HIGHEST = np.array([outcome.worst == "highest" for outcome in OUTCOMES])
RUNS_PER_BATCH = 512  # small enough to report often, large enough to cost nothing


@dataclass
class Batch:
    """Some rows of the results, in order. keys and status: text or whole numbers (n_runs,); values (n_runs, n_columns);
    paths (n_runs, n_path_outcomes, quarters) float32, or None; path_outcomes names outcomes and probes.
    """

    keys: dict[str, NDArray[np.object_] | NDArray[np.int64]]
    status: NDArray[np.object_]
    values: NDArray[np.float64]
    columns: tuple[str, ...]
    paths: NDArray[np.float32] | None
    path_outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One policy in one future."""

    policy: str
    future: str
    scenario: Scenario


class Ensemble:
    """An experiment made ready to run: assembled model, cells of policies and futures, columns of the result."""

    def __init__(self, experiment: Experiment, assembly: Assembly | None = None) -> None:
        self.experiment = experiment
        self.assembly = assembly or Assembly(
            load_seeds(experiment.coding), correlation=experiment.correlation
        )
        made_for = (self.assembly.seeds.coding, self.assembly.draw.correlation)
        if made_for != (experiment.coding, experiment.correlation):
            raise ValueError(f"the model was assembled for {made_for}, not for what the experiment says")
        self.cells = [
            Cell(policy.slug, future.slug, combined(policy, future))
            for policy in experiment.policies
            for future in experiment.futures
        ]
        self.stop = Event()  # set when nobody waits for further rows
        self.chosen = _places(experiment.outcomes)
        moves = [variable for _, variable in COUNTER_MOVES]
        instruments = [item.slug for item in self.assembly.instruments]
        self.probes = probe_rows((*moves, *experiment.probes), self.assembly.actor_ids, instruments)
        self.kept = _places(experiment.paths, experiment.probes)
        self.charted = self._charted()
        self.layout = Layout(
            np.array(self.chosen, dtype=np.int64), WORST_IS_HIGHEST, self.charted, len(MOVES)
        )

    @property
    def runs_per_member(self) -> int:
        """Rows that one member fills."""
        return len(self.experiment.worldviews) * len(self.cells) * self.experiment.replicates

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the value columns: each outcome's mean over the horizon, final value and worst quarter; each state's
        mean positions and utility; each of China's counter-moves, its mean; each probe's mean over the horizon, over its
        first year, and final value.
        """
        outcomes = [f"{OUTCOMES[k].slug}{summary}" for k in self.chosen for summary in SUMMARIES]
        profile = [f"{PROFILE[row]}.{self.assembly.actor_ids[place]}" for row, place in self.charted]
        probes = [f"{probe}{summary}" for probe in self.experiment.probes for summary in PROBE_SUMMARIES]
        return (*outcomes, *profile, *MOVES, *probes)

    def _charted(self) -> NDArray[np.int64]:
        """Which rows and actors of the profile are kept (n, 2): the region, and the powers' utility; no probe twice."""
        region = self.assembly.indo_pacific()
        powers = [place for place, actor in enumerate(self.assembly.actor_ids) if actor in POWERS]
        kept = [
            (row, place)
            for row, name in enumerate(PROFILE)
            for place in dict.fromkeys([*region, *(powers if name == "utility" else ())])
            if f"{name}.{self.assembly.actor_ids[place]}" not in self.experiment.probes
        ]
        return np.array(kept, dtype=np.int64).reshape(-1, 2)

    def spans(self, batch_size: int | None = None) -> Iterator[tuple[int, int]]:
        """First member and the one after the last of every batch, of so many runs, rounded to whole members."""
        members = max(1, (batch_size or RUNS_PER_BATCH) // self.runs_per_member)
        last = self.experiment.members
        return ((first, min(first + members, last)) for first in range(0, last, members))

    def batch(self, first: int, stop: int) -> Batch:
        """All rows of the members from `first` up to `stop`."""
        n = (stop - first) * self.runs_per_member
        quarters = self.cells[0].scenario.quarters
        values = np.full((n, len(self.columns)), np.nan)
        status = np.full(n, "ok", dtype=object)
        paths = np.full((n, len(self.kept), quarters), np.nan, dtype=np.float32) if self.kept else None
        desk = _Desk(self)
        for row in desk.played(first, stop):
            if desk.broken >= 0:
                status[row] = "nonfinite"
                continue
            desk.summarise(values[row])
            if paths is not None:
                paths[row] = desk.paths[self.kept]
        return Batch(self.keys(first, stop), status, values, self.columns, paths, self.experiment.paths)

    def keys(self, first: int, stop: int) -> dict[str, NDArray[np.object_] | NDArray[np.int64]]:
        """The addresses of the rows of the members from `first` up to `stop`, in their fixed order."""
        one_member = [
            (cell.policy, cell.future, worldview, replicate)
            for worldview in self.experiment.worldviews
            for cell in self.cells
            for replicate in range(self.experiment.replicates)
        ]
        policy, future, worldview, replicate = zip(*one_member, strict=True)
        members = stop - first
        return {
            "policy": np.tile(np.array(policy, dtype=object), members),
            "future": np.tile(np.array(future, dtype=object), members),
            "worldview": np.tile(np.array(worldview, dtype=object), members),
            "member": np.repeat(np.arange(first, stop, dtype=np.int64), len(one_member)),
            "replicate": np.tile(np.array(replicate, dtype=np.int64), members),
        }


class _Desk:
    """Working space of one thread: a board for every worldview and setting, and luck dealt once for all policies."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble = ensemble
        assembly = ensemble.assembly
        quarters = ensemble.cells[0].scenario.quarters
        self.paths = np.zeros((N_OUTCOMES + len(ensemble.probes), quarters))
        self.profile = np.zeros((len(PROFILE), len(assembly.actors)))
        self.broken = -1  # the quarter in which the last run broke
        self.boards: dict[tuple[str, Settings], Run] = {}  # the first run on each
        self.runs: list[Run] = []
        dealt = assembly.blank_luck(quarters)
        policies = [(cell.scenario.settings, *assembly.policy(cell.scenario)) for cell in ensemble.cells]
        for worldview in ensemble.experiment.worldviews:
            for settings, proposed, adopted, events in policies:
                if (worldview, settings) in self.boards:
                    board = self.boards[worldview, settings].board
                else:
                    board = assembly.blank_board()
                run = Run(board, proposed, adopted, events, dealt)
                self.boards.setdefault((worldview, settings), run)
                self.runs.append(run)

    def played(self, first: int, stop: int) -> Iterator[int]:
        """Play every run of the members from `first` up to `stop`; yields the row of each when it has been played."""
        replicates = self.ensemble.experiment.replicates
        for member in range(first, stop):
            self.prepare(member)
            for replicate in range(replicates):
                self.deal(member, replicate)
                for place, run in enumerate(self.runs):
                    if self.ensemble.stop.is_set():
                        raise CancelledError
                    self.broken = simulate(run, self.ensemble.probes, self.paths, self.profile)
                    yield ((member - first) * len(self.runs) + place) * replicates + replicate

    def prepare(self, member: int) -> None:
        """Fill every board with a member's values; what does not depend on the policy is worked out here."""
        seed, assembly = self.ensemble.experiment.random_seed, self.ensemble.assembly
        drawn = assembly.draw.member(seed, member)
        for (worldview, settings), run in self.boards.items():
            assembly.fill_member(run, drawn, worldview, settings)
            prepare(run.board)

    def deal(self, member: int, replicate: int) -> None:
        """Deal the luck that every policy and worldview meets."""
        seed = self.ensemble.experiment.random_seed
        for run in self.boards.values():
            run.clock[:] = (0, seed, member, replicate, 1)
        luck.deal(self.runs[0])

    def summarise(self, out: NDArray[np.float64]) -> None:
        """Fill the value columns of the run just played."""
        summarise(self.paths, self.profile, self.ensemble.layout, out)


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def run_experiment(
    experiment: Experiment,
    *,
    threads: int | None = None,
    batch_size: int | None = None,
    assembly: Assembly | None = None,
) -> Iterator[Batch]:
    """The rows of an experiment, batch after batch, in a fixed order.

    threads: how many run side by side (default: the processors this process may use). batch_size: runs per batch,
    rounded to whole members. assembly: another model than the one the experiment names, such as one with something taken
    out. Memory does not grow with the number of runs.
    """
    ensemble = Ensemble(experiment, assembly)
    threads = threads or processors()
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Batch]] = deque()
        try:
            for span in ensemble.spans(batch_size):
                waiting.append(pool.submit(ensemble.batch, *span))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            ensemble.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _places(slugs: Sequence[str], probes: Sequence[str] = ()) -> list[int]:
    """Rows of outcomes and probes among the paths of a run. Raises KeyError for one that is not computed."""
    names = (*(outcome.slug for outcome in OUTCOMES), *MOVES, *probes)
    by_name = {name: k for k, name in enumerate(names)}
    return [by_name[slug] for slug in slugs]


def probe_rows(
    probes: Sequence[str], actors: Sequence[str], instruments: Sequence[str] = ()
) -> NDArray[np.int64]:
    """Probes as rows (kind, place, actor) for the kernel. Raises ValueError for an unknown name.

    A probe is a shared variable, `variable.ACTOR`, or `agreed.instrument` or `level.instrument` (by slug).
    """
    rows = np.zeros((len(probes), 3), dtype=np.int64)
    for k, probe in enumerate(probes):
        field, dot, whose = probe.partition(".")
        if field in ("agreed", "level"):
            rows[k] = (PROBE_KINDS.index(field), instruments.index(whose), 0)
        elif dot:
            rows[k] = (PROBE_KINDS.index("actor"), s.ACTOR_FIELDS.index(field), actors.index(whose))
        else:
            rows[k] = (PROBE_KINDS.index("world"), s.WORLD_FIELDS.index(field), 0)
    return rows
