"""What must hold whatever the numbers: order and names of actors, what has not happened yet, bounds, events."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.inputs.catalogue import shipped_scenarios
from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment
from sim.inputs.scenario import Scenario, combined, load_scenario
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from sim.theory.run import Run
from tests.bench import WORLDVIEWS, added, bench_run, outcome_paths, place, quarters

FROZEN = "frozen_at_2024"
ARRAYS = ("now", "own", "world", "world_own", "level", "signed", "shown", "agreed", "votes")


@lru_cache(maxsize=1)
def shipped() -> tuple[list[Scenario], list[Scenario]]:
    """Every policy and every future that we ship (policies with events of their own count as policies)."""
    scenarios = [load_scenario(slug) for slug in sorted(shipped_scenarios())]
    return [one for one in scenarios if one.is_policy], [one for one in scenarios if not one.is_policy]


def history(run: Run, count: int | None = None) -> list[dict[str, NDArray[np.float64]]]:
    """What every quarter of a run leaves behind."""
    return [{name: getattr(run, name).copy() for name in ARRAYS} for _ in quarters(run, count)]


def first_difference(one: Run, other: Run) -> int:
    """The first quarter whose end is not the same in both runs, bit for bit; their number if there is none."""
    pairs = zip(history(one), history(other), strict=True)
    for quarter, (before, after) in enumerate(pairs):
        if not all(np.array_equal(before[name], after[name], equal_nan=True) for name in ARRAYS):
            return quarter
    return one.proposed.shape[0]


def later(policy: Scenario, quarter: int) -> Scenario:
    """The policy put off: what it does begins with the quarter."""
    begins = min((step.start for steps in policy.paths.values() for step in steps), default=0)
    paths = {
        slug: tuple(replace(step, start=step.start - begins + quarter) for step in steps)
        for slug, steps in policy.paths.items()
    }
    return replace(policy, paths=FrozenMapping(paths))


# ------------------------------------------------------------------------------- what has not happened yet (D4)


@pytest.mark.parametrize("quarter", [1, 7, 39])
@pytest.mark.parametrize("base", [FROZEN, "course_of_2024"])
def test_a_policy_changes_nothing_before_it_acts(base: str, quarter: int) -> None:
    """Put off to the quarter and put off beyond the run: the same until then, and not the same afterwards."""
    trend = load_scenario(base).trend
    noticed = 0
    for number, policy in enumerate(shipped()[0]):
        acting, never = (replace(later(policy, start), trend=trend) for start in (quarter, 40))
        worldview = WORLDVIEWS[number % 4]
        runs = [bench_run(one, worldview, member=number, chance=True) for one in (acting, never)]
        first = first_difference(*runs)
        assert first >= quarter, policy.slug
        noticed += first == quarter
        assert (first == 40) == (not policy.paths), policy.slug
    assert noticed > 5


def test_a_policy_put_off_beyond_the_run_is_the_frozen_world() -> None:
    for policy in shipped()[0]:
        never = replace(later(policy, 40), trend=0.0, events=())
        pair = (bench_run(one, "W3", member=1, chance=True) for one in (never, load_scenario(FROZEN)))
        assert first_difference(*pair) == 40


@pytest.mark.parametrize("worldview", WORLDVIEWS)
def test_an_event_changes_nothing_before_its_window(worldview: str) -> None:
    for future in (one for one in shipped()[1] if one.events):
        start = min(event.start for event in future.events)
        policy = load_scenario("course_of_2024")
        runs = [
            bench_run(one, worldview, member=2, chance=True) for one in (policy, combined(policy, future))
        ]
        assert first_difference(*runs) == start


# --------------------------------------------------------------------------------------- bounds and finite numbers

BOUNDS = {outcome.slug: (0.0, 1.0) for outcome in OUTCOMES if "0..1" in outcome.unit}
BOUNDS |= {
    "net_regional_security": (-2.0, 1.0),
    "growth_in_asia": (-30.0, 30.0),
    "partner_net_benefit": (-1.0, 1.0),
}


def assert_in_bounds(run: Run, where: str) -> None:
    """Every variable, whether shown or returned by a rule, is finite and within its bounds; so is every level."""
    for shown in (run.now, run.own):
        inside = (shown >= s.ACTOR_LOWER[:, None]) & (shown <= s.ACTOR_UPPER[:, None]) & np.isfinite(shown)
        bad = [s.ACTOR_FIELDS[field] for field in np.unique(np.argwhere(~inside)[:, 0])]
        assert not bad, f"{where}: {bad}"
    for shown in (run.world, run.world_own):
        inside = (shown >= s.WORLD_LOWER) & (shown <= s.WORLD_UPPER) & np.isfinite(shown)
        bad = [s.WORLD_FIELDS[field] for field in np.flatnonzero(~inside)]
        assert not bad, f"{where}: {bad}"
    for level in (run.agreed, run.level, run.signed, run.shown):
        assert np.all((level >= 0) & (level <= 1)), where
    assert np.all(np.isnan(run.votes) | ((run.votes >= 0) & (run.votes <= 1))), where
    outcomes = np.zeros(len(OUTCOMES))
    read_outcomes(run.board, outcomes)
    for outcome, value in zip(OUTCOMES, outcomes, strict=True):
        low, high = BOUNDS[outcome.slug]
        assert low <= value <= high, f"{where}: {outcome.slug} is {value}"


EVERY = 5  # of the futures, one in so many for a policy under a worldview; all of them for a few policies together


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize("number", range(len(shipped()[0])), ids=lambda k: shipped()[0][k].slug)
def test_every_quarter_stays_in_bounds(number: int, worldview: str) -> None:
    """Every policy in futures taken in turn, one member each, with chance: state, levels, votes and outcomes."""
    policies, futures = shipped()
    turn = number + WORLDVIEWS.index(worldview)
    for member, future in list(enumerate(futures))[turn % EVERY :: EVERY]:
        scenario = combined(policies[number], future)
        run = bench_run(scenario, worldview, member=member, chance=True)
        for quarter in quarters(run):
            assert_in_bounds(run, f"{future.slug}, quarter {quarter}")


def test_each_state_belongs_to_one_circle_at_most_and_has_company_there() -> None:
    circles = bench_run().circle
    assert circles.sum(axis=0).max() == 1
    assert circles.sum(axis=1).min() > 1


# ---------------------------------------------------------------------------------------------------------- events

WORLD = [(name, -1) for name in s.WORLD_FIELDS]
JAPANESE = [(name, place("JPN")) for name in s.ACTOR_FIELDS if name not in s.READ_OFF]
VARIABLES = [name for name, _ in WORLD + JAPANESE]
START, STOP = 3, 6


def event_on(variable: str, value: float, mode: str = "add") -> NDArray[np.float64]:
    """An event on a variable of the world, or of one actor, open from START to STOP."""
    row = added(variable, value, start=START, stop=STOP)
    row[0, 2] = dict(WORLD + JAPANESE)[variable]
    row[0, 3] = float(mode == "set")
    return row


def variable_of(arrays: dict[str, NDArray[np.float64]], name: str, variable: str) -> float:
    """One variable as shown ("now") or as its rule returned it ("own")."""
    if variable in s.WORLD_FIELDS:
        return float(arrays[{"now": "world", "own": "world_own"}[name]][s.WORLD_FIELDS.index(variable)])
    return float(arrays[name][s.ACTOR_FIELDS.index(variable), dict(JAPANESE)[variable]])


def bounds_of(variable: str) -> tuple[float, float]:
    if variable in s.WORLD_FIELDS:
        field = s.WORLD_FIELDS.index(variable)
        return float(s.WORLD_LOWER[field]), float(s.WORLD_UPPER[field])
    field = s.ACTOR_FIELDS.index(variable)
    return float(s.ACTOR_LOWER[field]), float(s.ACTOR_UPPER[field])


def event_history(
    variable: str, value: float, mode: str, *, chance: bool, member: int = 3
) -> list[dict[str, NDArray[np.float64]]]:
    """The quarters of a run with an event, to the second after it has closed."""
    events = event_on(variable, value, mode)
    run = bench_run("global_arsenal", "W2", member=member, chance=chance, events=events)
    return history(run, STOP + 2)


@pytest.mark.parametrize("variable", VARIABLES)
def test_an_event_that_adds_offsets_what_the_rule_returns(variable: str) -> None:
    """While it is open, and within bounds; before and after, what is shown is what the rule returned."""
    low, high = bounds_of(variable)
    for value in (0.125, -0.125):
        for quarter, arrays in enumerate(event_history(variable, value, "add", chance=True)):
            returned, shown = variable_of(arrays, "own", variable), variable_of(arrays, "now", variable)
            is_open = START <= quarter < STOP
            assert shown == (min(high, max(low, returned + value)) if is_open else returned)


@pytest.mark.parametrize("variable", VARIABLES)
def test_an_event_never_accumulates(variable: str) -> None:
    """A quarter after it opened the rule returns what it would have returned without it: it does not see the event.

    No variable acts on itself within a quarter but by its own inertia, and inertia must start from what the rule
    returned last, not from what was shown.
    """
    for chance, member in ((False, 3), (True, 3), (True, 4), (True, 5)):
        without = event_history(variable, 0.0, "add", chance=chance, member=member)
        for value, mode in ((0.125, "add"), (0.25, "set")):
            with_event = event_history(variable, value, mode, chance=chance, member=member)
            for quarter in (START, START + 1):
                returned = variable_of(with_event[quarter], "own", variable)
                assert returned == variable_of(without[quarter], "own", variable), (
                    f"{mode}, quarter {quarter}"
                )


@pytest.mark.parametrize("variable", VARIABLES)
def test_an_event_that_sets_replaces_what_the_rule_returns(variable: str) -> None:
    for quarter, arrays in enumerate(event_history(variable, 0.25, "set", chance=True)):
        returned, shown = variable_of(arrays, "own", variable), variable_of(arrays, "now", variable)
        assert shown == (0.25 if START <= quarter < STOP else returned)


@pytest.mark.parametrize("mode", ["add", "set"])
@pytest.mark.parametrize("value", [-50.0, 50.0])
def test_bounds_apply_after_an_event(mode: str, value: float) -> None:
    """However large the event, what everybody sees stays in bounds, and the run goes on with finite numbers."""
    for variable in VARIABLES:
        low, high = bounds_of(variable)
        if math.isfinite(low) and math.isfinite(high):
            arrays = event_history(variable, value, mode, chance=False)[START]
            assert variable_of(arrays, "now", variable) == (low if value < 0 else high), variable


def test_an_event_that_lasts_does_not_grow() -> None:
    """As the shipped event `french_turn` moves a mood: after ten years by no more than in its first quarter."""
    run = bench_run(FROZEN, "W2", events=added("mood", -0.6))
    shown = [float(run.now[s.MOOD].min()) for _ in quarters(run)]
    assert shown == pytest.approx([-0.6] * len(shown), abs=1e-12)


def test_events_on_one_variable_come_in_the_order_written() -> None:
    """Offsets of several events add up; a later setting has the last word."""
    rows = np.concatenate([event_on("tension", 0.1), event_on("tension", 0.05)])
    arrays = history(bench_run(FROZEN, events=rows))[START]
    assert variable_of(arrays, "now", "tension") == (variable_of(arrays, "own", "tension") + 0.1) + 0.05
    rows = np.concatenate([rows, event_on("tension", 0.9, "set")])
    assert variable_of(history(bench_run(FROZEN, events=rows))[START], "now", "tension") == 0.9


def test_an_event_for_all_actors_moves_every_actor() -> None:
    run = bench_run(FROZEN, events=added("threat_cn", 0.05, start=2, stop=3))
    for quarter in quarters(run, 4):
        expected = run.own[s.THREAT_CN] + 0.05 if quarter == 2 else run.own[s.THREAT_CN]
        assert np.array_equal(run.now[s.THREAT_CN], np.minimum(1.0, expected))


def test_paths_of_a_run_do_not_depend_on_what_its_arrays_held_before() -> None:
    """The same run twice in the same arrays, with another run in between: not a trace is left."""
    for policy, worldview in product(("nato_mission", "stay_out"), WORLDVIEWS):
        run = bench_run(policy, worldview, member=1, chance=True, events=event_on("escalation", 0.3))
        first = outcome_paths(run)
        run.clock[3] = 9
        other = outcome_paths(run)
        run.clock[3] = 0
        assert not np.array_equal(first, other)
        assert np.array_equal(first, outcome_paths(run))


def test_probes_record_what_is_shown_and_change_nothing() -> None:
    """A state's variable, a shared one, an agreed level and one in force, each quarter; outcomes as without them."""
    item = int(np.flatnonzero(bench_run("nato_mission").proposed[-1] > 0.9)[0])
    japan = place("JPN")
    probes = np.array([[0, s.THREAT_CN, japan], [1, s.TENSION, 0], [2, item, 0], [3, item, 0]])
    run = bench_run("nato_mission", "W3", member=2, chance=True)
    probed, plain = outcome_paths(run, probes), outcome_paths(run)
    assert np.array_equal(probed[: len(OUTCOMES)], plain)
    run = bench_run("nato_mission", "W3", member=2, chance=True)
    for quarter in quarters(run):
        shown = [run.now[s.THREAT_CN, japan], run.world[s.TENSION], run.agreed[item], run.level[item]]
        assert np.array_equal(probed[len(OUTCOMES) :, quarter], shown)


def test_segments_are_what_this_file_takes_them_for() -> None:
    """`later` shifts the steps of a path; a path that has not begun is at its baseline."""
    policy = replace(load_scenario(FROZEN), paths=FrozenMapping({"summit_publicity": (Segment(0.0, 0, 2),)}))
    assert later(policy, 5).paths["summit_publicity"] == (Segment(0.0, 5, 2),)
