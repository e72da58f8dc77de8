"""The theory gives the same bits uncompiled: what one debugs with NUMBA_DISABLE_JIT=1 is what runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.inputs.scenario import combined, load_scenario
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from tests.bench import assembly, bench_run, quarters

ROOT = Path(__file__).resolve().parents[2]
ARRAYS = ("now", "own", "push", "push_2024", "world", "world_own", "world_push", "rest", "choice_2024", "weight",
          "total", "agreed", "level", "signed", "shown", "votes")  # fmt: skip
IS_COMPILED = os.environ.get("NUMBA_DISABLE_JIT") != "1"


def in_hex(policy: str, future: str, worldview: str, chance: bool, count: int) -> Iterator[str]:
    """A member's values, then every array of a short run quarter by quarter, each number in hexadecimal."""
    for value in assembly().draw.member(7, 3):
        yield f"drawn {float(value).hex()}"
    scenario = combined(load_scenario(policy), load_scenario(future))
    run = bench_run(scenario, worldview, member=3, replicate=1, seed=7, chance=chance)
    outcomes = np.zeros(len(OUTCOMES))
    for quarter in quarters(run, count):
        read_outcomes(run.board, outcomes)
        for name, values in [("outcomes", outcomes), *((name, getattr(run, name)) for name in ARRAYS)]:
            for place, value in enumerate(values.ravel()):
                yield f"{quarter} {name} {place} {float(value).hex()}"


RUNS = (
    ("nato_mission", "as_expected", "W1", True, 3),
    ("restraint_and_eu", "us_disengagement", "W2", True, 3),
    ("global_arsenal", "as_expected", "W3", True, 12),
    ("firm_guarantee", "existential_china", "W4", False, 3),
)


def printed() -> None:
    """Print all runs; called in a process of its own that compiles nothing."""
    with np.errstate(over="ignore"):  # 64-bit words wrap around, as those of the generator are meant to
        for run in RUNS:
            print(*in_hex(*run), sep="\n")


@pytest.mark.skipif(not IS_COMPILED, reason="compares compiled with uncompiled code")
def test_uncompiled_code_gives_the_same_bits() -> None:
    """Draws, pressures, state, votes and outcomes, bit for bit (the promise is 1e-12; equal bits are what we find)."""
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from tests.theory.test_uncompiled import printed; printed()"],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    theirs = finished.stdout.splitlines()
    ours = [line for run in RUNS for line in in_hex(*run)]
    assert len(ours) == len(theirs) > 100_000
    different = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    assert not different, different[:5]


@pytest.mark.pure
def test_a_short_run_goes_through() -> None:
    """Three quarters with chance, compiled or not, end in finite numbers."""
    run = bench_run("nato_mission", "W1", member=3, chance=True)
    assert list(quarters(run, 3)) == [0, 1, 2]
    assert np.isfinite(run.now).all()
    assert np.isfinite(run.world).all()
