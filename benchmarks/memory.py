"""Runs stored in a folder, each size in a process of its own: how long everything takes, and how much memory at most."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import workload
from benchmarks.clock import Measure, answer_of, interleaved, seconds

MIB = 2.0**20
LARGE = 100_000  # runs from which on starting Python is told as well


def by_runs(repeats: int, sizes: tuple[int, ...], largest: int | None) -> list[Measure]:
    """Wall time and peak memory by the number of runs. largest: one more size, run once; None: no more."""
    found: dict[int, list[dict[str, float]]] = {}

    def once(size: int) -> float:
        whole: dict[str, float] = {}
        whole["whole"] = seconds(lambda: whole.update(answer_of("benchmarks.memory", str(size))))
        found.setdefault(size, []).append(whole)
        return whole["seconds"]

    interleaved({str(size): partial(once, size) for size in sizes}, repeats)
    if largest is not None:
        once(largest)
    return [*_times(found), *_peaks(found)]


def _times(found: dict[int, list[dict[str, float]]]) -> list[Measure]:
    """Seconds inside the process, from its experiment to its folder; for the larger, also from its start to its end."""
    inside, whole = [], []
    for size, them in found.items():
        note = f"{them[0]['runs']:,.0f} runs"
        title = f"{size:,} runs, assembled, run, written"
        inside.append(Measure(f"runs.{size}", title, "s", tuple(one["seconds"] for one in them), note))
        title = f"{size:,} runs, Python's start and end included"
        whole.append(Measure(f"whole.{size}", title, "s", tuple(one["whole"] for one in them), note))
    return [*inside, *(one for one, size in zip(whole, found, strict=True) if size >= LARGE)]


def _peaks(found: dict[int, list[dict[str, float]]]) -> list[Measure]:
    peaks = {size: tuple(one["peak"] / MIB for one in them) for size, them in found.items()}
    sizes = [size for size in found if size >= 10_000] or [max(found)]
    measures = [Measure(f"memory.{size}", f"Peak, {size:,} runs", "MiB", peaks[size]) for size in sizes]
    small, large = sizes[0], sizes[-1]
    if small != large:
        paired = zip(peaks[small], peaks[large], strict=False)
        growth = tuple(100 * (after / before - 1) for before, after in paired)
        title = f"Growth from {small:,} to {large:,} runs"
        measures.append(Measure("memory.growth", title, "%", growth))
    return measures


def peak_bytes() -> float:
    """The most memory this process has held.

    Linux's own count for the program: the usual one starts at that of the parent, whose memory a child first shares.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return 1024.0 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return float(peak) * (1 if sys.platform == "darwin" else 1024)


def _perform(runs: int) -> dict[str, float]:
    from sim.api import perform

    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        experiment = workload.sized(workload.full(), runs)
        taken = seconds(lambda: perform(experiment, out=folder))
    return {"runs": experiment.n_runs, "seconds": taken, "peak": peak_bytes()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_perform(int(sys.argv[1]))))
