"""The verbs from Python: `run` and `compare`. The signatures are a promise to callers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim.runs.store import DamagedResultError, ResultWriter, folder_name, is_complete
from sim.runs.tables import Vocabulary

if TYPE_CHECKING:
    from sim.inputs.coding import Choice
    from sim.inputs.experiment import Experiment
    from sim.inputs.scenario import Scenario
    from sim.runs.ensemble import Batch
    from sim.runs.result import Result


MOST_THREADS = 1024
LARGEST_ESTIMATED = 10**18  # members or replicates; far beyond what an experiment may ask for


class Watcher(Protocol):
    """Someone who wants to know how far a run has come."""

    def expecting(self, seconds: float) -> None:
        """Running is estimated to take so long."""

    def compiling(self) -> None:
        """The engine is about to be compiled, once."""

    def running(self, n_runs: int) -> None:
        """So many runs are about to start."""

    def finished(self, n_runs: int) -> None:
        """So many more runs have ended."""


def run(
    path_or_object: str | Path | Scenario | Experiment,
    *,
    members: int | None = None,
    replicates: int | None = None,
    worldviews: str | Sequence[str] | None = None,
    random_seed: int | None = None,
    threads: int | None = None,
    out: str | Path | None = None,
) -> Result:
    """Run a scenario (beside the baseline) or an experiment: a file, the slug of a shipped one, or the object itself.

    What is None is taken from the experiment. With `out`, tables and manifest are streamed into a folder of their own
    inside it, and a complete folder of the same experiment, seed and model version is reused; without, nothing is
    written.
    Raises InputError for whatever a file or an argument gets wrong, and for what does not fit in memory or on disk.
    """
    experiment = resized(
        experiment_of(path_or_object),
        members=members,
        replicates=replicates,
        worldviews=worldviews,
        random_seed=random_seed,
    )
    return perform(experiment, threads=threads, out=out)


def compare(
    *paths: str | Path | Scenario,
    members: int = 100,
    replicates: int = 1,
    worldviews: str | Sequence[str] = "all",
    random_seed: int = 0,
    out: str | Path | None = None,
) -> Result:
    """Run scenarios side by side, paired: the same members, the same luck. The baseline joins unless it is named."""
    return perform(
        comparison_of(
            paths, members=members, replicates=replicates, worldviews=worldviews, random_seed=random_seed
        ),
        out=out,
    )


def experiment_of(
    path_or_object: str | Path | Scenario | Experiment, coding: Choice | None = None
) -> Experiment:
    """The experiment a caller means; `coding` goes before what it says itself."""
    from sim.inputs.experiment import Experiment, changed, compared, load_any
    from sim.inputs.scenario import Scenario

    if isinstance(path_or_object, Experiment):
        return changed(path_or_object, coding=coding)
    if isinstance(path_or_object, Scenario):
        return changed(compared([path_or_object]), coding=coding)
    return load_any(path_or_object, coding=coding)


def resized(
    experiment: Experiment,
    *,
    members: int | None = None,
    replicates: int | None = None,
    worldviews: str | Sequence[str] | None = None,
    random_seed: int | None = None,
    correlation: float | None = None,
) -> Experiment:
    """A copy as `experiment.changed` makes it; sizes that are refused as too large are refused with an estimate."""
    from sim.inputs.documents import InputError
    from sim.inputs.experiment import changed

    members = experiment.members if members is None else members
    replicates = experiment.replicates if replicates is None else replicates
    one_run = changed(
        experiment,
        members=1,
        replicates=1,
        worldviews=worldviews,
        random_seed=random_seed,
        correlation=correlation,
    )
    try:
        return changed(one_run, members=members, replicates=replicates)
    except InputError as problem:
        if not all(type(one) is int and 1 <= one <= LARGEST_ESTIMATED for one in (members, replicates)):
            raise
        from sim.runs.estimate import estimated

        estimate = estimated(one_run, members=members, replicates=replicates)
        raise InputError(f"{problem} ({estimate})") from None


def comparison_of(
    paths: Sequence[str | Path | Scenario],
    *,
    members: int,
    replicates: int,
    worldviews: str | Sequence[str],
    random_seed: int,
    against: str | None = None,
    kept: Sequence[str] = (),
    coding: Choice = "merged",
) -> Experiment:
    """The experiment that sets these scenarios side by side; `against` names another baseline, `kept` paths to keep."""
    from sim.inputs.documents import InputError
    from sim.inputs.evidence import load_seeds
    from sim.inputs.experiment import compared
    from sim.inputs.experiment_files import BASELINE
    from sim.inputs.scenario import Scenario, load_scenario

    if not paths:
        raise InputError("nothing to compare: name at least one scenario")
    seeds = load_seeds(coding)
    scenarios = [one if isinstance(one, Scenario) else load_scenario(one, seeds) for one in paths]
    baseline = load_scenario(BASELINE if against is None else against, seeds)
    experiment = compared(
        scenarios, members=1, replicates=1, worldviews=worldviews, random_seed=random_seed, paths=kept,
        baseline=baseline, seeds=seeds,
    )  # fmt: skip
    return resized(experiment, members=members, replicates=replicates)


def perform(
    experiment: Experiment,
    *,
    threads: int | None = None,
    batch_size: int | None = None,
    out: str | Path | None = None,
    watcher: Watcher | None = None,
) -> Result:
    """Run an experiment and store it, or find it already stored; see `run`.

    The outcomes of the one-screen answer are always among those kept. Neither `threads` nor `batch_size` changes a bit
    of the tables. Raises InputError, before anything is allocated, for what does not fit in memory or on disk.
    """
    from sim.inputs.assembly import Assembly
    from sim.inputs.documents import InputError
    from sim.inputs.evidence import load_seeds
    from sim.inputs.experiment import whole_number
    from sim.runs.result import Result, read_result

    if threads is not None:
        try:
            whole_number("threads", threads, 1, MOST_THREADS)
        except ValueError as error:
            raise InputError(str(error)) from None
    target = None if out is None else folder_of(experiment, Path(out))
    if target is not None and is_complete(target):
        return read_result(target, is_reused=True)
    if target is not None and target.exists():
        raise DamagedResultError(f"{target}: exists but holds no finished result; move it away and try again")
    from sim.runs.ensemble import run_experiment
    from sim.runs.estimate import estimated, refuse_misfit
    from sim.runs.warm import ensure_compiled

    assembly = Assembly(load_seeds(experiment.coding), correlation=experiment.correlation)
    estimate = estimated(
        experiment, threads, batch_size=batch_size, is_kept_in_memory=target is None, assembly=assembly
    )
    refuse_misfit(estimate, target)
    if watcher is not None:
        watcher.expecting(estimate.seconds)
    with ResultWriter(target, Vocabulary.spoken_by(experiment)) as writer:
        ensure_compiled(None if watcher is None else watcher.compiling)  # outside the clock of the run
        batches = run_experiment(experiment, threads=threads, batch_size=batch_size, assembly=assembly)
        manifest = _fill(writer, experiment, batches, watcher)
        folder = writer.finish(manifest)
        if folder is None:
            return Result(None, manifest=manifest, tables=writer.tables)
    return read_result(folder)


def folder_of(experiment: Experiment, out: Path) -> Path:
    """Where the result of an experiment goes: its slug and a hash of all that decides its numbers."""
    from sim.runs.version import model_version

    return out / folder_name(experiment.slug, experiment.resolved(), experiment.random_seed, model_version())


def _fill(
    writer: ResultWriter, experiment: Experiment, batches: Iterator[Batch], watcher: Watcher | None
) -> dict[str, object]:
    """Run everything into the writer; the finished manifest."""
    from sim.inputs.evidence import load_seeds
    from sim.runs.manifest import described, with_timing

    if watcher is not None:
        watcher.running(experiment.n_runs)
    columns: tuple[str, ...] = ()
    started, clock = datetime.now(UTC), time.perf_counter()
    with closing(batches):  # type: ignore[type-var]
        for batch in batches:
            writer.add(batch)
            columns = batch.columns
            if watcher is not None:
                watcher.finished(len(batch.status))
    seconds = time.perf_counter() - clock
    if writer.n_runs != experiment.n_runs:
        raise RuntimeError(f"{writer.n_runs:,} runs arrived, {experiment.n_runs:,} were expected")
    seeds = load_seeds(experiment.coding)
    return with_timing(described(experiment, seeds, columns), started, seconds, writer.status_counts)
