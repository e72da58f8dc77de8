"""What an experiment takes (time, memory, disk), worked out before anything is allocated; refused where it does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.inputs.assembly import Assembly
from sim.inputs.documents import InputError
from sim.runs import room
from sim.runs.ensemble import RUNS_PER_BATCH, Ensemble, processors
from sim.runs.store import OUTCOME_ROWS_PER_GROUP, PATH_ROWS_PER_GROUP
from sim.runs.tables import RUN_KEYS
from sim.theory.outcome_list import N_OUTCOMES, PROFILE
from sim.theory.run import CACHE_LINE

if TYPE_CHECKING:
    from sim.inputs.experiment import Experiment

FLOAT_BYTES, FLOAT32_BYTES = 8, 4
# Measured on a quiet machine of two cores, per thread, with 56 actors over 40 quarters (docs/decisions/0012-one-board.md).
SECONDS_PER_ACTOR_QUARTER = 140e-9
SECONDS_PER_RUN = 20e-6
# Resident once libraries, seeds and compiled kernels are loaded, measured; compiling them, once, takes 0.4 GB more.
PROGRAM_BYTES = 290_000_000
# Measured on results of the shipped experiments (`tests/runs/test_estimate.py` holds them to it): values of runs shrink to
# 0.49 to 0.60 of their size, a quarterly value takes 2.0 to 2.7 bytes with its keys.
COMPRESSED = 0.56
DISK_PER_QUARTERLY_VALUE = 2.6
DISK_PER_COLUMN, DISK_PER_COLUMN_OF_GROUP = 190, 40
DISK_OF_MANIFEST, DISK_PER_SCENARIO = 20_000, 2_700
# Per run: pointers and numbers of the six keys and status in a batch; the same as a list while a member's are made; as text
# in a table. Per quarterly value: a row of the table of paths.
KEYS_IN_BATCH, KEYS_IN_MAKING, KEYS_IN_TABLE = 48, 192, 130
PATH_ROW_BYTES = 22
PYTHON_FLOAT_BYTES = 32  # of a list of floats, pointer included
MINUTE, HOUR, DAY, YEAR = 60, 3_600, 86_400, 31_557_600


@dataclass(frozen=True)
class Estimate:
    """What a run takes: seconds of running (compiling not included), bytes at the worst moment, bytes left on disk.

    `advice` says what to lower if memory is short.
    """

    n_runs: int
    seconds: float
    memory_bytes: int
    disk_bytes: int
    advice: str

    def __str__(self) -> str:
        disk = f" and {size(self.disk_bytes)} of disk" if self.disk_bytes else ""
        memory = size(self.memory_bytes)
        return f"{self.n_runs:,} runs: about {duration(self.seconds)}, {memory} of memory{disk}"


@dataclass(frozen=True)
class _Sizes:
    """What the estimates are made of; counts, and bytes of one worker's arrays."""

    n_runs: int
    runs_per_batch: int
    n_batches: int
    threads: int
    columns: int
    quarterly_values: int  # kept of each run
    desk_bytes: int

    @property
    def at_work(self) -> int:
        """Batches being computed at once."""
        return min(self.threads, self.n_batches)


def estimated(
    experiment: Experiment,
    threads: int | None = None,
    *,
    batch_size: int | None = None,
    is_kept_in_memory: bool = False,
    members: int | None = None,
    replicates: int | None = None,
    assembly: Assembly | None = None,
) -> Estimate:
    """What running an experiment takes on this machine. Takes no longer for a large one than for a small one.

    threads, batch_size, assembly: as in `ensemble.run_experiment`. is_kept_in_memory: nothing is written, the tables stay
    in memory. members, replicates: instead of the experiment's own, also beyond what an experiment may ask for.
    """
    ensemble = Ensemble(experiment, assembly)
    members = members or experiment.members
    runs_per_member = len(experiment.worldviews) * len(ensemble.cells) * (replicates or experiment.replicates)
    at_once = min(members, max(1, (batch_size or RUNS_PER_BATCH) // runs_per_member))
    sizes = _Sizes(
        n_runs=members * runs_per_member,
        runs_per_batch=at_once * runs_per_member,
        n_batches=-(-members // at_once),
        threads=threads or processors(),
        columns=len(ensemble.columns),
        quarterly_values=len(ensemble.kept) * experiment.policies[0].quarters,
        desk_bytes=desk_bytes(ensemble),
    )
    parts = _memory(sizes, is_kept_in_memory)
    actor_quarters = len(ensemble.assembly.actors) * experiment.policies[0].quarters
    scenarios = len(experiment.policies) + len(experiment.futures)
    return Estimate(
        n_runs=sizes.n_runs,
        seconds=_seconds(sizes, actor_quarters),
        memory_bytes=PROGRAM_BYTES + sum(parts.values()),
        disk_bytes=0 if is_kept_in_memory else _disk(sizes, scenarios),
        advice=max(parts, key=lambda advice: parts[advice]),
    )


def refuse_misfit(estimate: Estimate, folder: Path | None) -> None:
    """Raises InputError, with the estimate and what to lower, where memory or the disk that holds `folder` is too small.

    Time is nobody's reason to refuse.
    """
    memory = room.free_memory()
    if memory is not None and estimate.memory_bytes - room.memory_held() > memory:
        needed = f"{size(estimate.memory_bytes)} of memory, and {size(memory)} are free"
        raise InputError(f"needs about {needed}; {estimate.advice} ({estimate})")
    if folder is None or estimate.disk_bytes <= (disk := room.free_disk(folder)):
        return
    needed = f"{size(estimate.disk_bytes)} of disk, and {size(disk)} are free for {folder}"
    advice = "lower members or replicates, name fewer outcomes under 'paths', or write elsewhere"
    raise InputError(f"needs about {needed}; {advice} ({estimate})")


def desk_bytes(ensemble: Ensemble) -> int:
    """Bytes of one thread's working space (`ensemble._Desk`): a blank run of one quarter is made, and its arrays measured.

    A board for every worldview and setting; one deal of luck; what every policy in every future proposes; outcomes and
    probes quarter by quarter; and, while policies are read, the levels of one as a list.
    """
    quarters = ensemble.cells[0].scenario.quarters
    blank = ensemble.assembly.blank_run(1)
    dealt = blank.luck.votes.nbytes + (blank.luck.actors.nbytes + blank.luck.world.nbytes) * quarters
    boards = len(ensemble.experiment.worldviews) * len({cell.scenario.settings for cell in ensemble.cells})
    levels = blank.proposed.nbytes * quarters + blank.adopted.nbytes
    recorded = (N_OUTCOMES + len(ensemble.probes)) * quarters + len(PROFILE) * len(ensemble.assembly.actors)
    listed = blank.proposed.size * quarters * PYTHON_FLOAT_BYTES
    return int(
        boards * (blank.board.nbytes + CACHE_LINE)
        + dealt
        + len(ensemble.cells) * levels
        + recorded * FLOAT_BYTES
        + listed
    )


def batch_bytes(n_runs: int, columns: int, quarterly_values: int) -> int:
    """Bytes of one `ensemble.Batch`: values in float64, quarterly values in float32, keys and status as pointers."""
    return n_runs * (columns * FLOAT_BYTES + quarterly_values * FLOAT32_BYTES + KEYS_IN_BATCH)


def _seconds(sizes: _Sizes, actor_quarters: int) -> float:
    """A run takes so long per actor and quarter, and a little for itself; threads beyond the processors gain nothing."""
    each = actor_quarters * SECONDS_PER_ACTOR_QUARTER + SECONDS_PER_RUN
    return sizes.n_runs * each / min(sizes.at_work, processors())


def _memory(sizes: _Sizes, is_kept_in_memory: bool) -> dict[str, int]:
    """Bytes of what a run allocates, by what would lower them.

    Desks of the threads; batches at work, finished and being written (threads + 2 at most); tables: all of them where they
    are kept in memory, else one row group with one batch, twice, while it is written.
    """
    batch = batch_bytes(sizes.runs_per_batch, sizes.columns, sizes.quarterly_values)
    batches = min(sizes.threads + 2, sizes.n_batches) * batch
    batches += sizes.at_work * sizes.runs_per_batch * KEYS_IN_MAKING
    row = sizes.columns * FLOAT_BYTES + KEYS_IN_TABLE
    path_rows = sizes.runs_per_batch * sizes.quarterly_values
    held = sizes.runs_per_batch * row + path_rows * PATH_ROW_BYTES
    kept = 0
    if is_kept_in_memory:
        kept = sizes.n_runs * (row + sizes.quarterly_values * PATH_ROW_BYTES)
    else:
        batches += 2 * held + OUTCOME_ROWS_PER_GROUP * row
        batches += PATH_ROWS_PER_GROUP * PATH_ROW_BYTES if sizes.quarterly_values else 0
    at_once = f"{sizes.runs_per_batch:,} runs are held at once"
    return {
        "run fewer quarters or on fewer threads": sizes.at_work * sizes.desk_bytes,
        f"lower replicates or threads, or compare fewer policies ({at_once})": batches,
        "give a folder to write to ('out'), or lower members or replicates": kept,
    }


def _disk(sizes: _Sizes, scenarios: int) -> int:
    """Bytes of a result's tables and manifest; figures and contrasts.csv, a few megabytes, not included."""
    groups = -(-sizes.n_runs // OUTCOME_ROWS_PER_GROUP)
    headings = (sizes.columns + len(RUN_KEYS) + 1) * (DISK_PER_COLUMN + groups * DISK_PER_COLUMN_OF_GROUP)
    values = int(sizes.n_runs * sizes.columns * FLOAT_BYTES * COMPRESSED)
    paths = int(sizes.n_runs * sizes.quarterly_values * DISK_PER_QUARTERLY_VALUE)
    return headings + values + paths + DISK_OF_MANIFEST + scenarios * DISK_PER_SCENARIO


def duration(seconds: float) -> str:
    """`40 s`, `12 min`, `3.5 h`, `20 days`, `1,200 years`."""
    for span, name in ((YEAR, "years"), (DAY, "days"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= 2 * span:
            return f"{_short(seconds / span)} {name}"
    return f"{_short(seconds)} s" if seconds >= 1 else "1 s"


def size(n_bytes: int) -> str:
    """`640 MB`, `1.2 GB`; a kB is 1,000 bytes."""
    for power, name in ((6, "EB"), (5, "PB"), (4, "TB"), (3, "GB"), (2, "MB")):
        if n_bytes >= 1_000**power:
            return f"{_short(n_bytes / 1_000**power)} {name}"
    return f"{_short(n_bytes / 1_000)} kB"


def _short(number: float) -> str:
    """One decimal below ten, none above."""
    return f"{number:.1f}".removesuffix(".0") if number < 9.95 else f"{number:,.0f}"
