"""Experiment files: what they stand for, and every way we know to get one wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.inputs.choices import probe_names
from sim.inputs.documents import InputError
from sim.inputs.experiment import (
    Experiment,
    changed,
    compared,
    load_any,
    load_experiment,
    restored_experiment,
)
from sim.inputs.scenario import Settings, load_scenario

Write = Callable[..., Path]

HEAD = "title: x\npolicies: [course_of_2024]\n"
POLICY = "title: Mine\nbased_on: course_of_2024\npolicy: {IN08: 1}\n"
FUTURE = "title: Crisis\nevents:\n- {what: ukraine_ceasefire, from: 2027Q3}\n"
FULL = """\
title: Higher or lower?
question: Which?
policies: [course_of_2024, mine.yaml]
futures: [as_expected, crisis.yaml]
worldviews: [W1, pragmatic_hedging]
members: 3
replicates: 2
random_seed: 0
outcomes: [deterrence_in_asia, O06]
paths: [O01]
perspective: beijing
"""


@pytest.fixture
def experiment(written: Write, seeds: Any) -> Callable[[str], Experiment]:
    def load(text: str) -> Experiment:
        written(POLICY, "mine.yaml")
        written(FUTURE, "crisis.yaml")
        return load_experiment(written(text, "experiment.yaml"), seeds)

    return load


Load = Callable[[str], Experiment]


def test_a_full_file_says_what_it_says(experiment: Load) -> None:
    whole = experiment(FULL)
    assert (whole.slug, whole.title, whole.question) == ("experiment", "Higher or lower?", "Which?")
    assert [policy.slug for policy in whole.policies] == ["course_of_2024", "mine"]
    assert [future.slug for future in whole.futures] == ["as_expected", "crisis"]
    assert whole.worldviews == ("W1", "W4")
    assert (whole.members, whole.replicates, whole.random_seed) == (3, 2, 0)
    assert whole.n_runs == 2 * 2 * 2 * 3 * 2
    assert whole.paths == ("deterrence_in_asia",)
    assert (whole.perspective, whole.baseline) == ("beijing", "course_of_2024")
    assert len(whole.screen) == 4
    # the outcomes named, then those of the screen, each once
    assert whole.outcomes == (
        "deterrence_in_asia", "chinese_assertiveness", "escalation_in_asia", "opposition_to_nato", "growth_in_asia",
    )  # fmt: skip


def test_the_usual_values(experiment: Load) -> None:
    plain = experiment("title: x\npolicies: [course_of_2024]\n")
    assert [future.slug for future in plain.futures] == ["as_expected"]
    assert plain.worldviews == ("W1", "W2", "W3", "W4")
    assert (plain.members, plain.replicates, plain.random_seed) == (100, 2, 0)
    assert plain.outcomes == plain.screen
    assert (plain.paths, plain.probes) == ((), ())
    assert (plain.coding, plain.correlation) == ("merged", 0.7)
    assert (
        experiment("title: x\npolicies: [course_of_2024]\noutcomes: all\n").outcomes[2]
        == "chinese_assertiveness"
    )
    assert experiment("title: x\npolicies: [course_of_2024]\nworldviews: W2\n").worldviews == ("W2",)


def test_probes_are_variables_of_everyone_or_of_an_actor(experiment: Load) -> None:
    one = experiment(
        f"{HEAD}probes: [tension, threat_cn.japan, engage_showy.KOR]\npaths: [O01, threat_cn.JPN, tension]\n"
    )
    assert one.probes == ("tension", "threat_cn.JPN", "engage_showy.KOR")
    assert one.paths == ("deterrence_in_asia", "threat_cn.JPN", "tension")
    assert restored_experiment(json.loads(json.dumps(one.resolved()))) == one
    as_written = experiment(f"{HEAD}probes: [threat_cn.japan]\npaths: [threat_cn.japan]\n")
    assert as_written.paths == ("threat_cn.JPN",)


def test_a_probe_goes_by_no_outcome_s_name(seeds: Any) -> None:
    """Else two columns of the table of runs would have one name."""
    both = SimpleNamespace(outcomes=(SimpleNamespace(id="O04", slug="tension"),), states=seeds.states)
    with pytest.raises(InputError, match="'tension' is an outcome too"):
        probe_names(["tension"], both)  # type: ignore[arg-type]


def test_an_experiment_says_whose_coding_it_uses(written: Write) -> None:
    """The file's word is changed by an argument; the levels of mid-2024 are those of the coding."""
    file = written(f"{HEAD}coding: second\ncorrelation: 0\n", "coded.yaml")
    assert (load_experiment(file).coding, load_experiment(file).correlation) == ("second", 0.0)
    assert load_experiment(file, coding="first").coding == "first"
    assert load_any("lower_profile", coding="first").coding == "first"
    assert load_any("lower_profile").coding == "merged"


def test_a_move_of_others_keeps_the_coding_it_was_read_with(written: Write) -> None:
    """CN03 rises from its level of mid-2024, which each coding puts elsewhere; what was read cannot be recoded."""
    written("title: y\nevents: []\npolicy: {CN03: {to: 1.0, from: 2025Q1, over: 4}}\n", "y.yaml")
    file = written("title: x\npolicies: [y.yaml]\n", "x.yaml")
    merged, second = load_experiment(file), load_experiment(file, coding="second")
    levels = [[event.value for event in one.policies[1].events] for one in (merged, second)]
    assert levels[0][-1] == levels[1][-1] == 1.0
    assert levels[0][0] != levels[1][0]
    with pytest.raises(InputError, match="holds 'assertive_conduct' as merged has it; load"):
        changed(merged, coding="second")
    assert changed(merged, coding="merged") == merged


def test_the_baseline_comes_first_unless_it_is_listed(experiment: Load) -> None:
    added = experiment("title: x\npolicies: [mine.yaml]\n")
    assert [policy.slug for policy in added.policies] == ["course_of_2024", "mine"]
    listed = experiment("title: x\npolicies: [mine.yaml, course_of_2024]\n")
    assert [policy.slug for policy in listed.policies] == ["mine", "course_of_2024"]
    other = experiment("title: x\npolicies: [mine.yaml]\nbaseline: frozen_at_2024\n")
    assert (other.policies[0].slug, other.baseline) == ("frozen_at_2024", "frozen_at_2024")


def test_a_policy_meets_a_future_by_name(experiment: Load) -> None:
    both = experiment(FULL).scenario("mine", "crisis")
    assert both.slug == "mine"
    assert [event.variable for event in both.events] == ["ukraine_war"]


def test_the_resolved_form_is_plain_and_gives_the_experiment_back(experiment: Load) -> None:
    whole = experiment(FULL)
    resolved = whole.resolved()
    assert restored_experiment(json.loads(json.dumps(resolved))) == whole
    with pytest.raises(InputError, match="not the resolved form"):
        restored_experiment({"title": "x"})


def test_a_changed_copy_is_checked_like_the_original(experiment: Load, seeds: Any) -> None:
    whole = experiment(FULL)
    copy = changed(whole, members=7, replicates=1, worldviews="all", random_seed=5, seeds=seeds)
    assert (copy.members, copy.replicates, copy.random_seed) == (7, 1, 5)
    assert copy.worldviews == ("W1", "W2", "W3", "W4")
    recoded = changed(whole, coding="second", correlation=0, seeds=seeds)
    assert (recoded.coding, recoded.correlation, recoded.members) == ("second", 0.0, 3)
    assert changed(whole, worldviews="pooled", seeds=seeds).worldviews == ("pooled",)
    with pytest.raises(InputError, match="unknown coding 'both'"):
        changed(whole, coding="both", seeds=seeds)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"correlation: expected a number from 0 to 1, got -0\.1"):
        changed(whole, correlation=-0.1, seeds=seeds)
    assert changed(whole, seeds=seeds) == whole
    assert changed(whole, random_seed=0).random_seed == 0  # zero is a seed
    for wrong in (
        {"members": 0},
        {"replicates": -1},
        {"random_seed": -1},
        {"members": True},
        {"members": 2.5},
    ):
        with pytest.raises(InputError, match=f"{next(iter(wrong))}: expected a whole number from"):
            changed(whole, **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="unknown worldview 'W9'"):
        changed(whole, worldviews=["W9"], seeds=seeds)


REFUSED = [
    ("title: x\npolices: [course_of_2024]\n", 2, "unknown key 'polices'", "did you mean 'policies'?"),
    ("policies: [course_of_2024]\n", 1, "missing key 'title'", ""),
    ("title: x\nmembers: 3\n", 1, "missing key 'policies'", ""),
    ("title: x\npolicies: []\nmembers: 1\n", 2, "policies: ", "at least 1 item"),
    ("title: x\npolicies: course_of_2024\n", 2, "policies: expected a list, got text 'course_of_2024'", ""),
    ("title: x\npolicies: [course_of_2042]\n", 2, "policies.1: unknown scenario", "did you mean 'course_of_2024'?"),
    ("title: x\npolicies:\n- course_of_2024\n- mine.yml\n", 4, "policies.2: no such file", ""),
    ("title: x\npolicies: [../mine.yaml]\n", 2, "policies.1: '../mine.yaml' climbs out with '..'", ""),
    ("title: x\npolicies: [/etc/passwd]\n", 2, "policies.1: '/etc/passwd' is an absolute path", ""),
    ("title: x\npolicies: [~/mine.yaml]\n", 2, "starts at a home folder", ""),
    ("title: x\npolicies: [as_expected]\n", 2, "policies.1: 'as_expected' is a future", "list it under futures"),
    ("title: x\npolicies: [mine.yaml, mine.yaml]\n", 2, "policies: 'mine' is named twice", ""),
    (f"{HEAD}futures: [mine.yaml]\n", 3, "futures.1: 'mine.yaml' is a policy without events", "under policies"),
    (f"{HEAD}futures: [crisis.yaml, crisis.yaml]\n", 3, "futures: 'crisis' is named twice", ""),
    (f"{HEAD}futures: []\n", 3, "futures: ", "at least 1 item"),
    (f"{HEAD}baseline: taiwan_crisis\n", 3, "baseline: 'taiwan_crisis' is a future", ""),
    (f"{HEAD}worldviews: [W1, W5]\n", 3, "worldviews.2: unknown worldview 'W5'", ""),
    (f"{HEAD}worldviews: [W1, provokation]\n", 3, "unknown worldview 'provokation'", "did you mean 'provocation'?"),
    (f"{HEAD}worldviews: [W1, provocation]\n", 3, "worldview 'provocation' is named twice", ""),
    (f"{HEAD}worldviews: every\n", 3, "worldviews: unknown worldview 'every'", ""),
    (f"{HEAD}worldviews: []\n", 3, "worldviews: expected a list of worldviews such as [W1]", ""),
    (f"{HEAD}worldviews: 3\n", 3, "worldviews: expected a list of worldviews", "got 3"),
    (f"{HEAD}members: 0\n", 3, "members: expected a whole number from 1 to 1,000,000, got 0", ""),
    (f"{HEAD}members: 1000001\n", 3, "members: expected a whole number from 1 to 1,000,000, got 1000001", ""),
    (f"{HEAD}members: 2.5\n", 3, "members: expected a whole number", "got 2.5"),
    (f"{HEAD}members: many\n", 3, "members: expected a whole number", "got text 'many'"),
    (f"{HEAD}replicates: -1\n", 3, "replicates: expected a whole number", "got -1"),
    (f"{HEAD}random_seed: -1\n", 3, "random_seed: expected a whole number", "got -1"),
    (f"{HEAD}random_seed: {2**63}\n", 3, "random_seed: expected a whole number", ""),
    (f"{HEAD}random_seed: yes\n", 3, "random_seed: expected a whole number", "got text 'yes'"),
    (f"{HEAD}members: 1000000\nreplicates: 100\n", 3, "asks for 400,000,000 runs", "at most 50,000,000"),
    (
        f"{HEAD}members: 1000000\nreplicates: 10\npaths: [O01]\n", 3, "keeps 1,600,000,000 quarterly values",
        "at most 1,000,000,000",
    ),
    (f"{HEAD}outcomes: headlines\n", 3, "outcomes: unknown outcome 'headlines'", ""),
    (f"{HEAD}outcomes: [deterence_in_asia]\n", 3, "unknown outcome", "did you mean 'deterrence_in_asia'?"),
    (f"{HEAD}paths:\n- O01\n- O99\n", 5, "paths.2: unknown outcome or probe 'O99'", ""),
    (f"{HEAD}paths: [tension]\n", 3, "paths.1: unknown outcome or probe 'tension'", ""),
    (f"{HEAD}probes: tension\n", 3, "probes: expected a list of probes such as", "got text 'tension'"),
    (f"{HEAD}probes: [tensions]\n", 3, "probes.1: 'tensions': unknown variable", "did you mean 'tension'?"),
    (f"{HEAD}probes: [tension, threat_ch.JPN]\n", 3, "probes.2: 'threat_ch.JPN': unknown variable", "'threat_cn'?"),
    (f"{HEAD}probes: [threat_cn]\n", 3, "probes.1: 'threat_cn': every actor has one", "such as threat_cn.JPN"),
    (f"{HEAD}probes: [threat_cn.JAP]\n", 3, "'threat_cn.JAP': unknown actor 'JAP'", "did you mean 'japan'?"),
    (f"{HEAD}probes: [threat_cn.NATO]\n", 3, "'threat_cn.NATO': unknown actor 'NATO'", ""),
    (f"{HEAD}probes: [tension.JPN]\n", 3, "probes.1: 'tension.JPN': everyone shares 'tension'", "leave '.JPN' out"),
    (f"{HEAD}probes: [mood.JPN, mood.japan]\n", 3, "probes.2: probe 'mood.japan' is named twice", ""),
    (f"{HEAD}probes: [3]\n", 3, "probes.1: '3': unknown variable '3'", ""),
    (f"{HEAD}coding: thrid\n", 3, "coding: unknown coding 'thrid'", "expected one of: first, merged, second"),
    (f"{HEAD}correlation: 1.5\n", 3, "correlation: expected a number from 0 to 1, got 1.5", ""),
    (f"{HEAD}correlation: yes\n", 3, "correlation: expected a number from 0 to 1, got text 'yes'", ""),
    (f"{HEAD}correlation: .nan\n", 3, "'.nan' is not a finite number", ""),
    (f"{HEAD}screen: [O01]\n", 3, "screen: expected 4 outcomes, got 1", ""),
    (f"{HEAD}perspective: bejing\n", 3, "perspective: unknown perspective 'bejing'", "did you mean 'beijing'?"),
    (f"{HEAD}sweep:\n  policy.IN14: [0, 1]\n", 3, "'sweep' belongs to a later version", "list them under 'policies'"),
    ("title: x\npolicies: [long.yaml, course_of_2024]\n", 2, "'long' covers 2024Q3 to 2039Q2", "same start"),
    ("title: x\npolicies: [early.yaml]\nfutures: [crisis.yaml]\n", 3, "starts differ", ""),
    ("", 1, "is empty", ""),
    ("- x\n", 1, "expected keys and values", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "wrong", "meant"), REFUSED)
def test_one_message_with_line_what_was_expected_and_what_was_meant(
    written: Write, experiment: Load, text: str, line: int, wrong: str, meant: str
) -> None:
    written("title: long\nquarters: 60\npolicy: {}\n", "long.yaml")
    written("title: early\nstart: 2014Q1\npolicy: {}\n", "early.yaml")
    with pytest.raises(InputError) as caught:
        experiment(text)
    message = str(caught.value)
    assert message.partition("experiment.yaml")[2].startswith(f":{line}: ")
    assert wrong in message
    assert meant in message


def test_a_fault_in_a_scenario_is_told_with_that_file(written: Write, seeds: Any) -> None:
    written("title: y\npolicy: {IN08: 3}\n", "y.yaml")
    with pytest.raises(InputError, match=r"y\.yaml:2: policy\.IN08"):
        load_experiment(written("title: x\npolicies: [y.yaml]\n", "x.yaml"), seeds)


def test_a_scenario_file_becomes_an_experiment_beside_the_baseline(written: Write, seeds: Any) -> None:
    one = load_any(written(POLICY, "mine.yaml"), seeds)
    assert [policy.slug for policy in one.policies] == ["course_of_2024", "mine"]
    assert [future.slug for future in one.futures] == ["as_expected"]
    assert (one.title, one.slug, one.baseline) == ("Mine", "mine", "course_of_2024")
    assert [policy.slug for policy in load_any("course_of_2024", seeds).policies] == ["course_of_2024"]


def test_the_baseline_beside_a_scenario_has_its_span_and_settings(written: Write, seeds: Any) -> None:
    text = "title: x\nstart: 2020Q1\nquarters: 12\nsettings: {strict: true}\npolicy: {IN08: 1}\n"
    baseline = load_any(written(text, "mine.yaml"), seeds).policies[0]
    assert (baseline.start, baseline.quarters, baseline.settings) == ("2020Q1", 12, Settings(strict=True))


def test_a_future_alone_is_met_by_the_baseline_with_and_without_it(written: Write, seeds: Any) -> None:
    one = load_any(written(FUTURE, "crisis.yaml"), seeds)
    assert [policy.slug for policy in one.policies] == ["course_of_2024"]
    assert [future.slug for future in one.futures] == ["as_expected", "crisis"]


def test_a_misspelt_key_does_not_turn_one_kind_of_file_into_the_other(written: Write, seeds: Any) -> None:
    with pytest.raises(InputError, match="unknown key 'polices'"):
        load_any(written("title: x\npolices: [course_of_2024]\nmembers: 3\n"), seeds)
    with pytest.raises(InputError, match="unknown key 'polcy'"):
        load_any(written("title: x\npolcy: {IN08: 1}\n"), seeds)
    with pytest.raises(
        InputError, match=r"unknown scenario or experiment 'first_lok'.*did you mean 'first_look'\?"
    ):
        load_any("first_lok", seeds)


def test_scenarios_are_compared_without_a_file(written: Write, seeds: Any) -> None:
    mine = load_scenario(written(POLICY, "mine.yaml"), seeds)
    crisis = load_scenario(written(FUTURE, "crisis.yaml"), seeds)
    one = compared([mine, crisis], members=5, replicates=1, worldviews=["W1"], seeds=seeds)
    assert [policy.slug for policy in one.policies] == ["course_of_2024", "mine"]
    assert [future.slug for future in one.futures] == ["as_expected", "crisis"]
    assert one.n_runs == 2 * 2 * 5
    with pytest.raises(InputError, match="members: expected a whole number"):
        compared([mine], members=0, seeds=seeds)
    with pytest.raises(InputError, match="'mine' is named twice"):
        compared([mine, mine], seeds=seeds)


def test_a_file_named_like_the_baseline_must_be_the_baseline(written: Write, seeds: Any) -> None:
    impostor = written("title: x\npolicy: {IN08: 1}\n", "course_of_2024.yaml")
    with pytest.raises(
        InputError, match="'course_of_2024' has the name of the baseline but says something else"
    ):
        load_any(impostor, seeds)
    file = written("title: x\npolicies: [course_of_2024.yaml]\nbaseline: course_of_2024.yaml\n", "own.yaml")
    assert load_experiment(file, seeds).policies[0].title == "x"
    with pytest.raises(InputError, match="baseline: 'elsewhere' is not among the policies"):
        replace(load_experiment(file, seeds), baseline="elsewhere")


def test_an_absurd_size_is_refused_whoever_asks(seeds: Any) -> None:
    with pytest.raises(InputError, match="at most 50,000,000"):
        compared([load_scenario("course_of_2024", seeds)], members=1_000_000, replicates=1000, seeds=seeds)


def test_a_future_is_no_policy_to_compare_with() -> None:
    """A crisis under one arm only would be no comparison."""
    from sim.inputs.experiment import compared

    with pytest.raises(InputError, match="'taiwan_crisis' is a future"):
        compared([load_scenario("lower_profile")], baseline=load_scenario("taiwan_crisis"))
