"""Events: whom they concern, how strong they are, when they are open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.inputs.events import is_variable, is_world_variable, named_events
from sim.inputs.evidence import load_seeds
from sim.inputs.scenario import Scenario, load_scenario

Loaded = Callable[[str], Scenario]


def changes(scenario: Scenario) -> list[tuple[str, str | None, str, float]]:
    return [(event.variable, event.actor, event.mode, event.value) for event in scenario.events]


def test_a_named_event_stands_for_its_effects(loaded: Loaded) -> None:
    scenario = loaded("title: x\nevents:\n- {what: taiwan_crisis, from: 2029Q3, until: 2032Q3}\n")
    assert changes(scenario) == [("crisis_taiwan", None, "set", 1.0), ("escalation", None, "add", 0.8)]
    assert {(event.start, event.stop) for event in scenario.events} == {(20, 32)}
    assert {event.name for event in scenario.events} == {"taiwan_crisis"}


def test_a_size_multiplies_what_is_added(loaded: Loaded) -> None:
    scenario = loaded("title: x\nevents:\n- {what: new_secretary_general, from: 2029Q3, size: -1}\n")
    assert changes(scenario) == [("nato_agenda", None, "add", -0.3)]


def test_an_actor_may_be_an_id_a_slug_a_group_or_all(loaded: Loaded) -> None:
    def actors(written: str) -> list[str | None]:
        text = f"title: x\nevents:\n- {{variable: mood, actor: {written}, add: 0.1, from: 2029Q3}}\n"
        return [event.actor for event in loaded(text).events]

    assert actors("JPN") == ["JPN"]
    assert actors("south_korea") == ["KOR"]
    assert actors("IP4") == ["JPN", "AUS", "KOR"]
    assert actors("all") == [None]
    assert actors("NATO") == ["USA"]  # the group of states, not the institution that decides


def test_a_named_event_may_be_turned_to_another_actor(loaded: Loaded) -> None:
    usual = loaded("title: x\nevents:\n- {what: partner_turns_away, from: 2026Q1}\n")
    other = loaded("title: x\nevents:\n- {what: partner_turns_away, actor: KOR, from: 2026Q1}\n")
    assert {event.actor for event in usual.events} == {"AUS"}
    assert {event.actor for event in other.events} == {"KOR"}


def test_an_event_without_end_lasts_to_the_end_of_the_run(loaded: Loaded) -> None:
    events = loaded(
        "title: x\nquarters: 12\nevents:\n- {variable: cohesion, add: 0.1, from: 2025Q1}\n"
    ).events
    assert [(event.start, event.stop) for event in events] == [(2, 12)]
    to_the_end = "- {variable: cohesion, add: 0.1, from: 2025Q1, until: 2027Q3}"
    assert loaded(f"title: x\nquarters: 12\nevents:\n{to_the_end}\n").events == events


def test_sets_may_follow_each_other_and_adds_may_overlap(loaded: Loaded) -> None:
    text = (
        "title: x\nevents:\n"
        "- {variable: cohesion, set: 0.1, from: 2025Q1, until: 2026Q1}\n"
        "- {variable: cohesion, set: 0.2, from: 2026Q1}\n"
        "- {variable: cohesion, add: 0.2, from: 2025Q1}\n"
        "- {variable: cohesion, add: 0.2, from: 2025Q1}\n"
        "- {variable: mood, actor: JPN, set: 0.2, from: 2025Q1}\n"
        "- {variable: mood, actor: KOR, set: 0.3, from: 2025Q1}\n"
    )
    assert len(loaded(text).events) == 6


def test_every_named_event_of_the_seeds_says_what_it_is() -> None:
    for slug, event in named_events().items():
        assert event.title
        assert event.sources
        assert event.id.startswith("S")
        assert slug == event.slug


def test_what_an_event_does_to_everyone_it_does_whoever_it_is_turned_to(tmp_path: Path) -> None:
    """Trade as a lever is one variable for all; whose trade is cut is not."""
    path = tmp_path / "future.yaml"
    path.write_text("title: x\nevents:\n- {what: trade_coercion, actor: NZL, from: 2026Q1}\n")
    assert changes(load_scenario(path)) == [
        ("trade_pressure", None, "set", 0.9),
        ("econ_cn", "NZL", "set", 0.0),
    ]


def test_every_move_of_others_stands_for_a_variable_of_the_model(tmp_path: Path) -> None:
    moves = [instrument for instrument in load_seeds().instruments if instrument.describes is not None]
    assert len(moves) == 16
    for move in moves:
        path = tmp_path / "held.yaml"
        path.write_text(f"title: x\npolicy: {{{move.id}: 0.5}}\n")
        scenario = load_scenario(path)
        assert not scenario.paths
        assert {(event.mode, event.value, event.start, event.stop) for event in scenario.events} == {
            ("set", 0.5, 0, 40)
        }
        (variable,) = {event.variable for event in scenario.events}
        assert is_variable(variable)
        assert is_world_variable(variable) == move.id.startswith(("CN", "RU"))


@pytest.mark.parametrize(
    ("move", "variable"),
    [
        ("issue_by_issue_hedging", "hedge"),
        ("public_push_back", "backlash"),
        ("siding_with_nato", "engage_showy"),
        ("own_china_strategies", "balancing"),
    ],
)
def test_a_move_of_states_is_held_for_those_whose_move_it_is(
    move: str, variable: str, tmp_path: Path
) -> None:
    """Opposition to NATO held for everyone would turn Europe against its own alliance."""
    path = tmp_path / "held.yaml"
    path.write_text(f"title: x\npolicy:\n  {move}: {{to: 0.9, from: 2026Q1}}\n")
    events = load_scenario(path).events
    (sponsors,) = [one.sponsors for one in load_seeds().instruments if one.slug == move]
    assert {event.variable for event in events} == {variable}
    assert sorted(str(event.actor) for event in events) == sorted(sponsors)
    assert {(event.start, event.stop) for event in events} == {(6, 40)}
