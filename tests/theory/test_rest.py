"""At rest: a world in which nothing changes stays exactly where it starts, and a lever at its baseline changes nothing.

Bit for bit, in every variable: whatever a quarter may write is compared whole with what it was in mid-2024.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment
from sim.inputs.scenario import Scenario, Settings, load_scenario
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.elementary import logistic
from sim.theory.run import Run
from tests.bench import WORLDVIEWS, assembly, bench_run, outcome_paths, quarters

FROZEN = "frozen_at_2024"
SEEN = ("now", "own", "world", "world_own", "agreed", "level", "signed", "shown", "votes")
SUMS = ("total", "push", "world_push")  # filled anew every quarter, from the first on
EFFECTS_OFF = dict.fromkeys(m.REALISED, 0.0)
WORLD_SEEDS = (11, 0)


def state_of(run: Run) -> dict[str, NDArray[np.float64]]:
    return {name: getattr(run, name).copy() for name in SEEN}


def assert_at_rest(run: Run) -> None:
    """Play the run and compare every array with its start, quarter by quarter, and every pressure with mid-2024's."""
    start = state_of(run)
    for quarter in quarters(run):
        for name, before in start.items():
            after = getattr(run, name)
            where = np.argwhere(~((after == before) | (np.isnan(after) & np.isnan(before))))
            assert where.size == 0, f"{name}{where[0].tolist()} has moved by the end of quarter {quarter}"
        for name in SUMS:
            assert np.array_equal(getattr(run, name), getattr(run, f"{name}_2024")), (
                f"{name}, quarter {quarter}"
            )


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize("member", [None, 0, 1, 2, 999_999])
def test_the_frozen_world_stays_at_its_start(worldview: str, member: int | None) -> None:
    for seed in WORLD_SEEDS:
        assert_at_rest(bench_run(FROZEN, worldview, member=member, seed=seed))


@pytest.mark.pure
@pytest.mark.parametrize("worldview", WORLDVIEWS)
def test_the_frozen_world_starts_at_its_resting_levels(worldview: str) -> None:
    """Adaptive variables at the levels coded for them, signals, moods and crises at none."""
    run = bench_run(FROZEN, worldview, member=4)
    for field in range(s.N_ADAPTIVE_ACTOR):
        for actor in range(run.now.shape[1]):
            assert run.now[field, actor] == logistic(run.rest[field, actor])
    for field in range(s.N_ADAPTIVE_WORLD):
        assert run.world[field] == logistic(run.world_rest[field])
    none = {*s.SIGNALS, "steps", "pledge_stock", "refused_share", "agreed_share", "crises"}
    none |= {f"crisis_{name}" for name in s.FLASHPOINTS}
    assert all(run.world[s.WORLD_FIELDS.index(name)] == 0.0 for name in none)
    assert run.world[s.STRAY_STATEMENTS] == run.parameter[p.STRAY_LEVEL]
    assert run.world[s.EU_DELIVERY] == 1.0
    for name in ("mood", "economic_offer", "technical_help", "eu_economy", "eu_security", "climate_help"):
        assert not run.now[s.ACTOR_FIELDS.index(name)].any()
    industrial = run.carry[s.INDUSTRIAL_CARRY] * run.baseline
    assert run.now[s.INDUSTRIAL_WORK] == pytest.approx(industrial @ run.target[run.aim])
    assert np.array_equal(run.level, run.baseline)


@pytest.mark.parametrize("worldview", WORLDVIEWS)
def test_reach_and_resolve_in_mid_2024(worldview: str) -> None:
    """Europe cannot send all it has, NATO is all but bound to stay out, and gates that are off let everything through."""
    run = bench_run(FROZEN, worldview)
    assert 0.0 < run.world[s.PROJECTION] < 1.0
    assert 0.0 <= run.world[s.INTERVENTION] < 0.5
    open_gates = bench_run(FROZEN, worldview, effects=EFFECTS_OFF)
    assert open_gates.world[s.PROJECTION] == open_gates.world[s.INTERVENTION] == 1.0


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize("settings", [Settings(strict=True), Settings(european_pool=False)])
def test_settings_move_nothing_at_rest(worldview: str, settings: Settings) -> None:
    assert_at_rest(bench_run(replace(load_scenario(FROZEN), settings=settings), worldview, member=3))


@pytest.mark.parametrize("worldview", WORLDVIEWS)
def test_without_mechanisms_nothing_drifts(worldview: str) -> None:
    for member in (None, 0, 1):
        assert_at_rest(bench_run(FROZEN, worldview, member=member, effects=EFFECTS_OFF))


@pytest.mark.parametrize("factor", [0.5, 2.0, 10.0])
def test_at_rest_strength_alone_changes_nothing(factor: float) -> None:
    drawn = bench_run(FROZEN, "W3", member=2).effect
    assert_at_rest(bench_run(FROZEN, "W3", member=2, effects={k: factor * drawn[k] for k in m.REALISED}))


def test_a_century_at_rest() -> None:
    """Not even a rounding error creeps in."""
    assert_at_rest(bench_run(replace(load_scenario(FROZEN), quarters=400), "W1", member=5))


def named_at_baseline(scenario: Scenario, slugs: set[str]) -> Scenario:
    """The scenario with some levers named, at the level they have anyway: at once, later, and slowly."""
    paths = {}
    for k, item in enumerate(assembly().instruments):
        if item.slug in slugs:
            paths[item.slug] = (Segment(item.baseline, 7 * (k % 3), 1 + k % 4),)
    assert len(paths) == len(slugs)
    return replace(scenario, paths=FrozenMapping({**scenario.paths, **paths}))


def assert_same_run(one: Scenario, other: Scenario, worldview: str, **address: int) -> None:
    first, second = (bench_run(scenario, worldview, chance=True, **address) for scenario in (one, other))
    assert np.array_equal(outcome_paths(first), outcome_paths(second))
    for name, before in state_of(first).items():
        assert np.array_equal(before, getattr(second, name), equal_nan=True), name


def levers(*, with_trend: bool) -> set[str]:
    items = [item for item in assembly().instruments if item.describes is None]
    return {item.slug for item in items if with_trend or not item.has_trend}


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize("future", ["as_expected", "taiwan_crisis", "us_disengagement"])
def test_all_levers_at_baseline_are_the_baseline(worldview: str, future: str) -> None:
    """With chance on. In the course of 2024 only levers without a trend: naming one sets its trend aside."""
    events = load_scenario(future).events
    for base, with_trend in ((FROZEN, True), ("course_of_2024", False)):
        scenario = replace(load_scenario(base), events=events)
        named = named_at_baseline(scenario, levers(with_trend=with_trend))
        for member, replicate in ((0, 0), (1, 1)):
            assert_same_run(scenario, named, worldview, member=member, replicate=replicate)


def test_each_lever_at_baseline_is_the_baseline() -> None:
    base = load_scenario(FROZEN)
    for slug in sorted(levers(with_trend=True)):
        assert_same_run(base, named_at_baseline(base, {slug}), "W2", member=1)


def test_a_lever_at_baseline_beside_a_policy_changes_nothing_of_the_policy() -> None:
    policy = replace(load_scenario("restraint_and_eu"), trend=0.0)
    others = levers(with_trend=True) - set(policy.paths)
    for worldview in WORLDVIEWS:
        assert_same_run(policy, named_at_baseline(policy, others), worldview, member=2)


def test_a_lever_off_its_baseline_is_not_the_baseline() -> None:
    """The comparisons above would see a difference if there were one."""
    base = load_scenario(FROZEN)
    moved = replace(base, paths=FrozenMapping({"summit_publicity": (Segment(0.0, 0, 1),)}))
    with pytest.raises(AssertionError):
        assert_same_run(base, moved, "W2", member=1)
