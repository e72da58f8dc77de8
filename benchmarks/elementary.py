"""The floor: how fast exponentials and logarithms can be computed at all, and how much of a quarter they are.

Rates are those of a loop that the compiler vectorises, over numbers that fit the first cache. How often a quarter calls
each is counted in a process without compilation.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import numpy as np

from benchmarks import workload
from benchmarks.clock import Measure, answer_of, interleaved, seconds, wrapped
from sim.runs import ensemble
from sim.theory import elementary
from sim.theory.compiled import inlined

NUMBERS = 1024
ROUNDS = 20_000
COUNTED = (2, 6)  # quarters of the two runs in which calls are counted
FUNCTIONS = ("logistic", "exponential", "logarithm")


def floor(repeats: int, quarter_ns: float) -> list[Measure]:
    """Nanoseconds per call, calls per quarter, and the share of a quarter (which takes quarter_ns) that they make up."""
    cases = {name: _case(name) for name in FUNCTIONS}
    values = interleaved(cases, repeats)
    calls = answer_of(
        "benchmarks.elementary",
        environment={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONWARNINGS": "ignore"},
    )
    measures = [
        Measure(f"floor.{name}", f"One {name}, in a vectorised loop", "ns", values[name],
                f"{calls[name]:.0f} a quarter")
        for name in FUNCTIONS
    ]  # fmt: skip
    spent = (sum(calls[name] * values[name][k] for name in FUNCTIONS) for k in range(repeats))
    share = tuple(100 * nanoseconds / quarter_ns for nanoseconds in spent)
    return [*measures, Measure("floor.share", "All of them, of a quarter", "%", share, "at the rates above")]


def _case(name: str) -> Callable[[], float]:
    loop = _loop(getattr(elementary, name))
    given, out = np.linspace(0.1, 4.0, NUMBERS), np.empty(NUMBERS)
    loop(given, out, 1)
    return lambda: 1e9 * seconds(lambda: loop(given, out, ROUNDS)) / (ROUNDS * NUMBERS)


def _loop(function: Callable[[float], float]) -> Callable[..., None]:
    def loop(given: Any, out: Any, rounds: Any) -> None:
        for number in range(rounds):
            given[number % given.shape[0]] += 1e-9  # another array each round, so that no round is left out
            for k in range(given.shape[0]):
                out[k] = function(given[k])

    return inlined(loop)


def _calls() -> dict[str, float]:
    """Calls of each function in a quarter, counted in plain Python: what a longer run has more of."""
    short, long = (_calls_of_a_run(quarters) for quarters in COUNTED)
    return {name: (long[name] - short[name]) / (COUNTED[1] - COUNTED[0]) for name in FUNCTIONS}


def _calls_of_a_run(quarters: int) -> Counter[str]:
    experiment = workload.lasting(workload.sized(workload.full(), 1), quarters)
    first = experiment.policies[-1]
    one = replace(
        experiment, policies=(first,), baseline=first.slug, worldviews=experiment.worldviews[:1], replicates=1
    )
    named = {getattr(elementary, name).__code__: name for name in FUNCTIONS}
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in named:
            counted[named[frame.f_code]] += 1

    def watched(simulate: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            sys.setprofile(count)
            try:
                return simulate(*arguments)
            finally:
                sys.setprofile(None)

        return run

    with wrapped(ensemble, "simulate", watched):
        ensemble.Ensemble(one).batch(0, 1)
    return counted


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_calls()))
