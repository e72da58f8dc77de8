"""What a scenario file means: parents, overrides, settings, votes, the resolved form, policy and future together."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest

from sim.inputs.documents import InputError
from sim.inputs.events import Event
from sim.inputs.levels import Segment
from sim.inputs.scenario import Scenario, Settings, combined, load_scenario, restored

Loaded = Callable[[str], Scenario]
Write = Callable[..., Path]

FULL = """\
id: S99
title: Everything at once
question: Does it load?
sources: [A2.I 5, A1.B 3]
author: somebody
date: 2026-01-31
start: 2024Q3
quarters: 40
trend: 0.1
adopted: [IN14, liaison_office_in_japan]
settings: {strict: true, european_pool: false}
policy:
  IN08: {to: 1.0, from: 2026Q1, over: 4}
  public_discretion: 0.9
  partner_leaders_at_summits:
    - {to: 0.2, from: 2025Q1, over: 2}
    - {to: 0.6, from: 2030Q1}
  assertive_conduct: {to: 0.9, from: 2033Q1}
events:
  - {what: us_disengagement, from: 2027Q3, size: 0.5}
  - {variable: us_agenda, add: -0.4, from: 2026Q1, until: 2027Q4}
  - {variable: engage_showy, actor: australia, set: 0.1, from: 2024Q3, until: 2024Q4}
notes:
  IN08: an office
"""


def test_a_full_file_says_what_it_says(loaded: Loaded) -> None:
    scenario = loaded(FULL)
    assert (scenario.slug, scenario.id, scenario.title) == ("mine", "S99", "Everything at once")
    assert scenario.sources == ("A2.I 5", "A1.B 3")
    assert (scenario.author, scenario.date, scenario.notes) == (
        "somebody",
        "2026-01-31",
        {"IN08": "an office"},
    )
    assert (scenario.start, scenario.quarters, scenario.trend, scenario.based_on) == ("2024Q3", 40, 0.1, ())
    assert scenario.adopted == {"defence_guarantee", "liaison_office_in_japan"}
    assert scenario.settings == Settings(strict=True, european_pool=False)
    assert scenario.paths == {
        "liaison_office_in_japan": (Segment(1.0, 6, 4),),
        "partner_leaders_at_summits": (Segment(0.2, 2, 2), Segment(0.6, 22, 1)),
        "public_discretion": (Segment(0.9, 0, 1),),
    }
    assert scenario.events == (
        Event("assertiveness", None, "set", 0.9, 34, 40, "assertive_conduct"),
        Event("us_agenda", None, "add", -0.35, 12, 40, "us_disengagement"),
        Event("european_capability", None, "add", -0.025, 12, 40, "us_disengagement"),
        Event("cohesion", None, "add", -0.1, 12, 40, "us_disengagement"),
        Event("us_agenda", None, "add", -0.4, 6, 13, "us_agenda"),
        Event("engage_showy", "AUS", "set", 0.1, 0, 1, "engage_showy"),
    )
    assert scenario.is_policy
    assert scenario.is_future


def test_the_usual_start_length_and_settings(loaded: Loaded) -> None:
    scenario = loaded("title: x\npolicy: {}\n")
    assert (scenario.start, scenario.quarters, scenario.trend) == ("2024Q3", 40, 0.0)
    assert scenario.adopted == frozenset()
    assert scenario.settings == Settings(strict=False, european_pool=True)
    assert loaded("title: x\nadopted: true\n").adopted is True
    assert loaded("title: x\nadopted: false\n").adopted == frozenset()


def test_a_child_overrides_key_by_key_and_adds_events(written: Write, seeds: Any) -> None:
    written(
        "title: old\nid: S1\ntrend: 0.2\nquarters: 8\nadopted: true\nsettings: {strict: true, european_pool: false}\n"
        "policy: {IN08: 0.4, IN50: 0.3}\nevents:\n- {variable: us_agenda, add: 0.1, from: 2024Q3}\n",
        "old.yaml",
    )
    written(
        "title: middle\nbased_on: old.yaml\nsettings: {strict: false}\npolicy: {IN50: 0.5}\n", "middle.yaml"
    )
    path = written(
        "title: new\nbased_on: middle.yaml\npolicy: {public_discretion: 0.6}\n"
        "events:\n- {variable: cohesion, add: 0.1, from: 2024Q3}\n",
        "new.yaml",
    )
    scenario = load_scenario(path, seeds)
    assert scenario.based_on == ("middle", "old")
    assert (scenario.title, scenario.id, scenario.slug) == ("new", "", "new")
    assert (scenario.trend, scenario.quarters, scenario.adopted) == (0.2, 8, True)
    assert scenario.settings == Settings(strict=False, european_pool=False)
    assert scenario.paths == {
        "liaison_office_in_japan": (Segment(0.4, 0, 1),),
        "public_discretion": (Segment(0.6, 0, 1),),
    }
    assert [event.variable for event in scenario.events] == ["us_agenda", "cohesion"]


def test_dates_of_a_parent_are_read_in_the_span_of_the_child(written: Write, seeds: Any) -> None:
    written("title: old\nstart: 2020Q1\npolicy:\n  IN08: {to: 1, from: 2025Q1}\n", "old.yaml")
    path = written("title: new\nbased_on: old.yaml\nstart: 2024Q3\n", "new.yaml")
    assert load_scenario(path, seeds).paths["liaison_office_in_japan"] == (Segment(1.0, 2, 1),)


def test_a_shipped_slug_and_a_file_beside_can_be_parents(written: Write, seeds: Any) -> None:
    written("title: a\npolicy: {IN08: 1}\n", "sub/a.yaml")
    path = written("title: b\nbased_on: sub/a.yaml\npolicy: {IN50: 1}\n", "b.yaml")
    assert load_scenario(path, seeds).based_on == ("a",)
    path = written("title: c\nbased_on: course_of_2024\npolicy: {IN50: 1}\n", "c.yaml")
    assert load_scenario(path, seeds).trend == 0.1


@pytest.mark.parametrize(
    ("text", "is_policy", "is_future"),
    [
        ("events: []", False, True),
        ("events:\n- {what: taiwan_crisis, from: 2029Q3}", False, True),
        ("policy: {}", True, False),
        ("trend: 0", True, False),
        ("policy: {IN08: 1}\nevents:\n- {what: taiwan_crisis, from: 2029Q3}", True, True),
        ("based_on: course_of_2024\nsettings: {strict: true}", True, False),
        ("based_on: taiwan_crisis\nquarters: 36", False, True),
    ],
)
def test_policies_and_futures_are_told_apart(
    loaded: Loaded, text: str, is_policy: bool, is_future: bool
) -> None:
    scenario = loaded(f"title: x\n{text}\n")
    assert (scenario.is_policy, scenario.is_future) == (is_policy, is_future)


def test_a_scenario_is_frozen_all_through_and_can_be_a_key(loaded: Loaded) -> None:
    scenario = loaded(FULL)
    with pytest.raises(FrozenInstanceError):
        scenario.trend = 1.0  # type: ignore[misc]
    for change in (
        lambda: scenario.paths.update(x=()),  # type: ignore[attr-defined]
        lambda: scenario.paths.pop("public_discretion"),  # type: ignore[attr-defined]
        lambda: scenario.notes.__setitem__("a", "b"),  # type: ignore[attr-defined]
    ):
        with pytest.raises(TypeError, match="frozen"):
            change()
    assert replace(scenario, trend=0.5).trend == 0.5
    assert {scenario: 1}[loaded(FULL)] == 1
    copy = pickle.loads(pickle.dumps(scenario))  # noqa: S301 - our own bytes
    assert copy == scenario
    assert hash(copy) == hash(scenario)


def test_the_resolved_form_is_plain_and_gives_the_scenario_back(loaded: Loaded) -> None:
    scenario = loaded(FULL)
    resolved = scenario.resolved()
    assert json.loads(json.dumps(resolved)) == resolved
    assert resolved["paths"]["liaison_office_in_japan"] == [{"to": 1.0, "from": "2026Q1", "over": 4}]
    assert resolved["events"][4] == {
        "variable": "us_agenda", "actor": None, "add": -0.4, "from": "2026Q1", "until": "2027Q4", "name": "us_agenda",
    }  # fmt: skip
    assert restored(resolved) == scenario
    assert restored(json.loads(json.dumps(resolved))) == scenario


@pytest.mark.parametrize("broken", [{}, {"start": "2024Q3"}, {"start": 3, "quarters": "x", "paths": 0}])
def test_what_is_no_resolved_form_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="not the resolved form of a scenario"):
        restored(broken)


def test_levels_of_china_become_events_that_hold_a_variable(loaded: Loaded) -> None:
    scenario = loaded("title: x\nquarters: 6\npolicy:\n  CN08: {to: 1.0, from: 2025Q1}\n")
    assert scenario.paths == {}
    assert scenario.events == (Event("crisis_taiwan", None, "set", 1.0, 2, 6, "invasion_of_taiwan"),)
    ramp = loaded("title: x\nquarters: 6\npolicy:\n  CN03: {to: 1.0, from: 2024Q4, over: 2}\n")
    assert [(event.value, event.start, event.stop) for event in ramp.events] == [(0.8, 1, 2), (1.0, 2, 6)]
    number = loaded("title: x\nquarters: 6\npolicy: {CN03: 0.25}\n")
    assert [(event.value, event.start, event.stop) for event in number.events] == [(0.25, 0, 6)]


def test_raising_one_of_a_pair_that_excludes_another_is_fine(loaded: Loaded) -> None:
    assert loaded("title: x\npolicy: {IN50: 1.0, IN15: 0.0}\n").paths
    assert loaded("title: x\npolicy: {IN50: 1.0, IN15: 0.85}\n").paths  # at its baseline, not above
    one_after_the_other = (
        "title: x\npolicy:\n  IN50: {to: 1, from: 2030Q1}\n"
        "  IN15: [{to: 1, from: 2025Q1}, {to: 0.5, from: 2029Q1}]\n"
    )
    assert loaded(one_after_the_other).paths


def policy_and_future(written: Write, seeds: Any, policy: str, future: str) -> tuple[Scenario, Scenario]:
    texts = (f"title: p\n{policy}\n", f"title: f\n{future}\n")
    paths = [written(text, name) for text, name in zip(texts, ("p.yaml", "f.yaml"), strict=True)]
    return load_scenario(paths[0], seeds), load_scenario(paths[1], seeds)


def test_a_policy_in_a_future_has_its_levels_and_the_events_of_both(written: Write, seeds: Any) -> None:
    policy, future = policy_and_future(
        written, seeds,
        "trend: 0.1\npolicy: {IN08: 1}\nadopted: [IN08]\nevents:\n- {variable: cohesion, add: 0.1, from: 2024Q3}",
        "policy: {IN08: 0.2, IN50: 0.4}\nadopted: [IN14]\nevents:\n- {what: ukraine_ceasefire, from: 2027Q3}",
    )  # fmt: skip
    both = combined(policy, future)
    assert (both.slug, both.trend, both.settings) == ("p", 0.1, policy.settings)
    assert both.paths == {
        "liaison_office_in_japan": (Segment(0.2, 0, 1),),
        "public_discretion": (Segment(0.4, 0, 1),),
    }
    assert both.events == policy.events + future.events
    assert both.adopted == {"defence_guarantee", "liaison_office_in_japan"}
    assert policy.paths == {"liaison_office_in_japan": (Segment(1.0, 0, 1),)}


def test_a_future_without_events_changes_nothing(written: Write, seeds: Any) -> None:
    policy, future = policy_and_future(written, seeds, "start: 2014Q1\npolicy: {IN08: 1}", "events: []")
    assert combined(policy, future) == policy


def test_what_lasts_to_the_end_of_a_future_lasts_to_the_end_of_the_policy(written: Write, seeds: Any) -> None:
    events = (
        "events:\n- {what: ukraine_ceasefire, from: 2025Q1}\n"
        "- {variable: cohesion, add: 0.1, from: 2025Q1, until: 2030Q1}"
    )
    policy, future = policy_and_future(written, seeds, "quarters: 60\npolicy: {}", events)
    assert [(event.start, event.stop) for event in combined(policy, future).events] == [(2, 60), (2, 22)]
    policy, future = policy_and_future(written, seeds, "quarters: 10\npolicy: {}", events)
    assert [(event.start, event.stop) for event in combined(policy, future).events] == [(2, 10), (2, 10)]


@pytest.mark.parametrize(
    ("policy", "future", "words"),
    [
        (
            "start: 2020Q1\npolicy: {}", "events:\n- {what: ukraine_ceasefire, from: 2025Q1}",
            r"policy 'p' in future 'f': starts differ \(2020Q1 and 2024Q3\)",
        ),
        (
            "quarters: 8\npolicy: {}", "events:\n- {what: ukraine_ceasefire, from: 2027Q3}",
            "2027Q3 of the future is after the policy's last quarter 2026Q2",
        ),
        (
            "policy: {CN08: 1}", "events:\n- {what: taiwan_crisis, from: 2029Q3}",
            "'invasion_of_taiwan' and 'taiwan_crisis' both set 'crisis_taiwan' at the same time",
        ),
    ],
)  # fmt: skip
def test_a_policy_and_a_future_that_do_not_fit(
    written: Write, seeds: Any, policy: str, future: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        combined(*policy_and_future(written, seeds, policy, future))
