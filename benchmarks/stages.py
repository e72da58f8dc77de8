"""Where the time goes: drawing, dealing luck, the kernel, summaries, writing; on one thread, one after the other."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import workload
from benchmarks.clock import Measure, interleaved, seconds, wrapped
from sim.inputs.assembly import Assembly
from sim.inputs.members import Draw
from sim.runs import ensemble
from sim.runs.ensemble import Ensemble
from sim.runs.store import ResultWriter
from sim.runs.tables import Vocabulary
from sim.theory.phases import luck

STAGES: dict[str, tuple[tuple[object, str], ...]] = {
    "drawing": ((Draw, "member"), (Assembly, "fill_member"), (ensemble, "prepare")),
    "luck": ((luck, "deal"),),
    "kernel": ((ensemble, "simulate"),),
    "summaries": ((ensemble, "summarise"),),
    "writing": ((ResultWriter, "add"), (ResultWriter, "finish")),
}
TITLES = {
    "drawing": "Drawing members, filling boards",
    "luck": "Dealing luck",
    "kernel": "The kernel: all quarters of a run",
    "summaries": "Summaries of runs",
    "writing": "Tables and Parquet",
    "rest": "All else",
}


def shares(repeats: int, runs: int) -> list[Measure]:
    """Share of the time of each stage, in percent."""
    experiment = workload.sized(workload.full(), runs)
    ready = workload.warm(experiment)
    turns: list[dict[str, float]] = []

    def once() -> float:
        turns.append(_split(ready))
        return sum(turns[-1].values())

    interleaved({"all": once}, repeats)
    note = f"{experiment.n_runs:,} runs, one thread"
    return [
        Measure(f"share.{stage}", title, "%", tuple(100 * t[stage] / sum(t.values()) for t in turns), note)
        for stage, title in TITLES.items()
    ]


def _split(ready: Ensemble) -> dict[str, float]:
    """Seconds by stage of running and storing an experiment."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, clocked() as spent:
        whole = seconds(lambda: _stored(ready, Path(folder) / "result"))
    return {**spent, "rest": whole - sum(spent.values())}


def _stored(ready: Ensemble, target: Path) -> None:
    experiment = ready.experiment
    with ResultWriter(target, Vocabulary.spoken_by(experiment)) as writer:
        for batch in workload.batches(ready):
            writer.add(batch)
        writer.finish({})


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Seconds spent in each stage, while inside."""
    spent = dict.fromkeys(STAGES, 0.0)
    with ExitStack() as stack:
        for stage, them in STAGES.items():
            for owner, name in them:
                stack.enter_context(wrapped(owner, name, partial(_timed, stage, spent)))
        yield spent


def _timed(stage: str, spent: dict[str, float], function: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        start = time.perf_counter()
        answer = function(*arguments)
        spent[stage] += time.perf_counter() - start
        return answer

    return timed
