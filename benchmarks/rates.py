"""Runs per second: on one thread, on all, beside the rivals; and how time grows with quarters and with actors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks import rivals, workload
from benchmarks.clock import Measure, interleaved, ratios, seconds
from sim.inputs.experiment import Experiment
from sim.runs.ensemble import Ensemble, processors, run_experiment

QUARTERS = (10, 20, 40, 80)
TIMES_THE_ACTORS = (1, 2)


@dataclass(frozen=True)
class Rival:
    """Another way to make the runs, and which of ours it is set beside."""

    name: str
    title: str
    measured: Callable[[], float]
    beside: str
    note: str = ""


RIVALS = (
    Rival("mesa_loop", "Mesa driver, in a loop", rivals.loop, "one_thread"),
    Rival(
        "mesa_loop_bare", "Mesa driver, no data collector", lambda: rivals.loop(collecting=False), "one_thread"
    ),
    Rival("batch_one", "Mesa's batch_run, one process", rivals.batch_one_process, "one_thread"),
    Rival(
        "batch_all", "Mesa's batch_run, all processors", rivals.batch_all_processes, "all_threads",
        "without the start of its processes",
    ),
    Rival("ema", "EMA Workbench around the driver", rivals.workbench_sequential, "one_thread"),
)  # fmt: skip


def rates(repeats: int, runs: int | None) -> list[Measure]:
    """Runs per second, ours and the rivals', taking turns, and the ratios. runs: of ours; None: the experiment in full."""
    full = workload.full()
    experiment = full if runs is None else workload.sized(full, runs)
    present = [one for one in RIVALS if one.name != "ema" or rivals.workbench() is not None]
    workload.warm(experiment)
    rivals.loop()
    threads = processors()
    values = interleaved(
        {
            "one_thread": lambda: _rate(experiment, 1),
            "all_threads": lambda: _rate(experiment, threads),
            **{one.name: one.measured for one in present},
        },
        repeats,
    )
    size = f"{experiment.n_runs:,} runs of {workload.NAME}"
    measures = [
        Measure("rate.one_thread", "Ensemble, one thread", "runs/s", values["one_thread"], size),
        Measure("rate.all_threads", f"Ensemble, {threads} threads", "runs/s", values["all_threads"], size),
        _per_actor(experiment, values["one_thread"]),
        *(Measure(f"rate.{one.name}", one.title, "runs/s", values[one.name], one.note) for one in present),
    ]
    for one in present:
        ours = "one thread" if one.beside == "one_thread" else f"{threads} threads"
        times = ratios(values[one.beside], values[one.name])
        title = f"Ensemble, {ours} / {one.title}"
        measures.append(Measure(f"ratio.{one.name}", title, "times", times))
    return measures


def _rate(experiment: Experiment, threads: int) -> float:
    return experiment.n_runs / seconds(lambda: workload.play(run_experiment(experiment, threads=threads)))


def _per_actor(experiment: Experiment, values: tuple[float, ...]) -> Measure:
    steps = experiment.policies[0].quarters * len(workload.model_of(1).actors)
    costs = tuple(1e9 / (value * steps) for value in values)
    note = "everything but writing, one thread"
    return Measure("rate.actor_quarter", "One actor for one quarter", "ns", costs, note)


def by_quarters(repeats: int, runs: int) -> list[Measure]:
    """Time of a run by how long it lasts, on one thread; the model assembled before."""
    experiment = workload.sized(workload.full(), runs)
    ready = {quarters: workload.warm(workload.lasting(experiment, quarters)) for quarters in QUARTERS}
    measures = _growth("quarters", "A run of {} quarters", ready, repeats)
    shorter, longer = measures[-2:]
    more = QUARTERS[-1] - QUARTERS[-2]
    costs = tuple((late - early) / more for early, late in zip(shorter.values, longer.values, strict=True))
    note = f"from runs of {QUARTERS[-2]} and of {QUARTERS[-1]}"
    return [*measures, Measure("rate.quarter", "One more quarter, one thread", "µs", costs, note)]


def by_actors(repeats: int, runs: int) -> list[Measure]:
    """Time of a run by how many actors there are, on one thread; the model assembled and compiled before."""
    experiment = workload.sized(workload.full(), runs)
    models = [workload.model_of(times) for times in TIMES_THE_ACTORS]
    ready = {len(model.actors): workload.warm(experiment, model) for model in models}
    return _growth("actors", "A run with {} actors", ready, repeats)


def _growth(group: str, title: str, ready: dict[int, Ensemble], repeats: int) -> list[Measure]:
    cases = {str(size): partial(_microseconds, one) for size, one in ready.items()}
    return [
        Measure(f"{group}.{size}", title.format(size), "µs", values)
        for size, values in interleaved(cases, repeats).items()
    ]


def _microseconds(ready: Ensemble) -> float:
    """Time of one run."""
    return 1e6 * seconds(lambda: workload.play(workload.batches(ready))) / ready.experiment.n_runs
