"""Cases with a solution on paper: noise alone, one variable under a steady push (C2).

Where luck is met, its seed is fixed; a correct engine fails the tests of moments in fewer than one seed of 1,000 (bounds of
four standard errors, three comparisons).
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.elementary import logistic
from sim.theory.phases import luck
from sim.theory.step import restart
from tests.bench import alone, bench_run, quarters

REPLICATES, QUARTERS = 300, 24


def test_moods_without_elections_have_the_moments_of_an_autoregression() -> None:
    """m' = ρ m + σ z from 0: the variance after T quarters is σ² (1 - ρ^2T) / (1 - ρ²), the next covariance ρ times it."""
    run = bench_run("frozen_at_2024", chance=True)
    run.parameter[p.TURNOVER] = 0.0
    rho, shock = run.parameter[p.MOOD_PERSISTENCE], run.parameter[p.MOOD_SHOCK]
    swings = run.attribute[s.DOMESTIC_SWING] > 0.0
    jolt = shock * run.attribute[s.DOMESTIC_SWING, swings]
    before, last = [], []
    for replicate in range(REPLICATES):
        run.clock[r.REPLICATE] = replicate
        luck.deal(run)
        restart(run.board)
        moods = [run.own[s.MOOD, swings] / jolt for _ in quarters(run, QUARTERS)]
        before.append(moods[-2])
        last.append(moods[-1])
    x, y = np.concatenate(before), np.concatenate(last)
    n = len(y)
    variance = (1 - rho ** (2 * QUARTERS)) / (1 - rho**2)
    earlier = (1 - rho ** (2 * (QUARTERS - 1))) / (1 - rho**2)
    assert abs(y.mean()) < 4 * np.sqrt(variance / n)
    assert abs((y**2).mean() / variance - 1) < 4 * np.sqrt(2 / n)
    spread = np.sqrt(variance * earlier + (rho * earlier) ** 2)
    assert abs((x * y).mean() - rho * earlier) < 4 * spread / np.sqrt(n)


@pytest.mark.parametrize("effort", [0.2, 0.8])
def test_under_a_steady_push_a_variable_closes_a_fixed_share_of_its_distance(effort: float) -> None:
    """x_t = L + (1 - v)^t (x_0 - L), L the level that the push holds it to: Chinese influence in the UN under M42 alone."""
    field = s.WORLD_FIELDS.index("un_effort")
    steady = np.array([[1.0, field, -1.0, 1.0, effort, 0.0, 1000.0]])
    run = bench_run("frozen_at_2024", events=steady, effects=alone(m.UN_COALITION_LIMITS_NORMS, 1.5))
    start, rest = run.world[s.UN_INFLUENCE], run.world_rest[s.UN_INFLUENCE]
    level, speed = logistic(rest - 1.5 * effort), run.parameter[p.SPEED_SLOW]
    for quarter in quarters(run, QUARTERS):  # what an event shows is answered a quarter later
        expected = level + (1 - speed) ** quarter * (start - level)
        assert run.world[s.UN_INFLUENCE] == pytest.approx(expected, abs=1e-14)
