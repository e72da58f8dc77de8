"""From the command to its printed table: with nothing compiled yet, and with everything compiled."""

from __future__ import annotations

import os
import tempfile

from benchmarks.clock import Measure, in_process_of_its_own, interleaved, seconds

# Beside the baseline, under all worldviews: 16 runs.
COMMAND = ("run", "lower_profile", "--members", "1", "--no-figures")


def start_up(repeats: int, cold_repeats: int) -> list[Measure]:
    """Seconds from command to prompt, cold (an empty cache) and warm. cold_repeats: may be fewer, even 0, as
    compiling takes long.
    """
    warm = interleaved({"warm": _warm}, repeats)["warm"]
    measures = [Measure("start.warm", "sim run of 16 runs, compiled before", "s", warm)]
    if cold_repeats:
        cold = interleaved({"cold": _cold}, cold_repeats)["cold"]
        measures.append(Measure("start.cold", "sim run of 16 runs, nothing compiled", "s", cold))
    return measures


def _warm() -> float:
    return _started(dict(os.environ))


def _cold() -> float:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as cache:
        return _started({**os.environ, "XDG_CACHE_HOME": cache})


def _started(environment: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as out:
        arguments = (*COMMAND, "--out", out)
        return seconds(lambda: in_process_of_its_own("sim.cli", *arguments, environment=environment))
