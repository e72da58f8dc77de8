"""Explanations are the engine's own: terms add up to its pressures, and switching everything off leaves nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.explain import Explanation, explain
from sim.analysis.explain_address import Address, scenario_of
from sim.analysis.explain_pressures import (
    ACTOR_VARIABLES,
    GROWTH,
    JOINT,
    WORLD_VARIABLES,
    Splitter,
    copied,
    in_the_state_of,
    pressures,
    sources_of,
)
from sim.analysis.explain_votes import explain_vote
from sim.inputs.documents import InputError
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from tests.bench import WORLDVIEWS

EXACT = 1e-12
QUARTERS_PLAYED = 12
ACTORS = ("JPN", "PHL", "USA", "world")


@lru_cache(maxsize=32)
def told(scenario: str, worldview: str, actor: str, **how: Any) -> Explanation:
    return explain(scenario, worldview=worldview, actor=actor, **how)


def largest(values: pd.Series | np.ndarray) -> float:
    return float(np.abs(np.asarray(values, dtype=float)).max(initial=0.0))


def sums(one: Explanation) -> pd.Series:
    return one.terms.groupby(["quarter", "variable"], sort=False)["contribution"].sum()


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize("actor", ACTORS)
def test_terms_and_joint_add_up_to_the_pressure(worldview: str, actor: str) -> None:
    one = told("lower_profile", worldview, actor)
    pressure = one.levels.set_index(["quarter", "variable"])["pressure"]
    assert largest(pressure) > 0.01
    assert largest(sums(one).reindex(pressure.index) - pressure) <= EXACT


@pytest.mark.parametrize("actor", ACTORS)
def test_joint_is_nothing_where_one_source_pushes_alone(actor: str) -> None:
    one = told("lower_profile", "W3", actor)
    singles = 0
    for _, terms in one.terms.groupby("variable"):
        if terms["source"].nunique() == 2:  # the source itself and joint
            singles += 1
            assert largest(terms["contribution"][terms["source"] == JOINT]) <= EXACT
    assert singles >= 2


def test_a_product_is_counted_back_by_joint() -> None:
    """Partnership's deterrence is multiplied by how far it is believed: each switched off takes the product away."""
    terms = told("stay_out", "W2", "world").terms
    of_deterrence = terms[(terms["variable"] == "deterrence_asia").to_numpy()]
    size = of_deterrence.groupby("source")["contribution"].agg(largest)
    assert min(size["M03"], size["M04"], size[JOINT]) > 0.01


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize("actor", ["KOR", "IDN", "world"])
def test_nothing_pushes_in_a_world_at_rest(worldview: str, actor: str) -> None:
    one = told("frozen_at_2024", worldview, actor, chance=False)
    assert largest(one.terms["contribution"]) == 0.0
    assert (one.terms["source"] == JOINT).all()
    assert largest((one.levels["level"] - one.levels["mid_2024"]).dropna()) == 0.0


@pytest.mark.parametrize("worldview", ["W1", "W3"])
def test_pressures_are_those_the_run_felt_and_nothing_else_pushes(worldview: str) -> None:
    """Bit for bit those of `play_quarter`; and with every source at nothing no pressure is left, on any state."""
    model = Address(worldview, member=3).model(scenario_of("restraint_and_eu"))
    run = model.arrays
    start = copied(run)
    sources = sources_of(run, model.assembly.seeds)
    place = model.assembly.actor_ids.index("KOR")
    of_state, of_world = Splitter(run, place, sources), Splitter(run, None, sources)
    for _ in range(QUARTERS_PLAYED):
        before = copied(run)
        model.step()
        probe = in_the_state_of(run, before)
        felt = (run.push - run.push_2024)[:, place]
        assert np.array_equal(of_state.split(probe)[0][: len(s.PRESSURES)], felt)
        assert np.array_equal(of_world.split(probe)[0], run.world_push - run.world_push_2024)
    for source in sources:
        source.coefficients(probe)[source.place] = 0.0
        source.coefficients(start)[source.place] = 0.0
    for one in (None, *range(run.now.shape[1])):
        assert largest(pressures(probe, one) - pressures(start, one)) <= EXACT
    model.forget()


def test_splitting_leaves_the_run_as_it_was() -> None:
    """The explained run is the run: the same end, bit for bit, as without looking."""
    model = Address("W2", member=1).model(scenario_of("stay_out"))
    model.run()
    levels = told("stay_out", "W2", "JPN", member=1).levels
    end = levels[(levels["quarter"] == levels["quarter"].iloc[-1]).to_numpy()].set_index("variable")["seen"]
    place = model.assembly.actor_ids.index("JPN")
    for name in (*s.ADAPTIVE_ACTOR_FIELDS, GROWTH):
        assert end[name] == model.arrays.now[s.ACTOR_FIELDS.index(name), place], name
    model.forget()


def test_a_variable_closes_its_distance_to_the_target() -> None:
    """What an adaptive variable does in a quarter is its speed's share of the distance to the target."""
    levels = told("stay_out", "W2", "JPN").levels
    run = Address("W2").model(scenario_of("stay_out")).arrays
    for name in ("engage_showy", "trust_assure", "resilience", GROWTH):
        rows = levels[(levels["variable"] == name).to_numpy()]
        kind = 1 if name == GROWTH else s.ACTOR_SPEED[s.ADAPTIVE_ACTOR_FIELDS.index(name)]
        speed = run.parameter[p.SPEED_FAST + kind]
        start = np.concatenate([[rows["mid_2024"].iloc[0]], rows["level"].to_numpy()[:-1]])
        moved = start + speed * (rows["target"].to_numpy() - start)
        assert largest(moved - rows["level"].to_numpy()) < 1e-9, name


def test_switching_a_mechanism_off_takes_its_term_away() -> None:
    """In the first quarter with a signal, before anything has followed from it: M01's term is what the run lacks."""
    terms = told("stay_out", "W1", "world", variable="encirclement").terms
    second = terms[((terms["quarter"] == "2024Q4") & (terms["source"] == "M01")).to_numpy()]
    pressures_felt = []
    for is_on in (True, False):
        model = Address("W1").model(scenario_of("stay_out"))
        if not is_on:
            model.arrays.effect[m.ENCIRCLEMENT_PERCEPTION] = 0.0
        model.step()
        model.step()
        pressures_felt.append(model.arrays.world_push[s.ENCIRCLEMENT])
        model.forget()
    assert second["contribution"].iloc[0] == pytest.approx(pressures_felt[0] - pressures_felt[1], abs=EXACT)
    assert abs(second["contribution"].iloc[0]) > 0.01


def test_against_another_policy_the_changes_of_terms_add_up() -> None:
    one = explain("stay_out", worldview="W3", actor="JPN", against="institutional_deepening")
    assert one.against is not None
    change = one.change()
    assert largest(change["contribution"] - change["against"] - change["change"]) == 0.0
    total = change.groupby(["quarter", "variable"])["change"].sum()
    index = ["quarter", "variable"]
    pressure = one.levels.set_index(index)["pressure"] - one.against.levels.set_index(index)["pressure"]
    assert largest(total.reindex(pressure.index) - pressure) <= EXACT
    itself = one.difference(one)
    assert largest(itself["change"]) == 0.0


def test_only_like_is_compared_with_like() -> None:
    with pytest.raises(InputError, match="same actor"):
        told("stay_out", "W2", "JPN").difference(told("stay_out", "W2", "world"))
    with pytest.raises(InputError, match="against"):
        told("stay_out", "W2", "JPN").change()


def test_the_choice_of_a_posture() -> None:
    """A pull brings the worth of hedging and the chances of the five postures, which sum to one."""
    one = told("stay_out", "W1", "IDN", variable="pull_security")
    assert one.variables == ("pull_security", "hedge_value")
    assert set(one.postures["domain"]) == {"security"}
    chances = one.postures.groupby("quarter")[["chance", "chance_2024", "held"]].sum()
    assert largest(chances - 1.0) < EXACT
    first = one.postures[(one.postures["quarter"] == "2024Q3").to_numpy()]
    assert largest(first["chance"] - first["chance_2024"]) < EXACT  # nothing has pushed yet
    assert told("stay_out", "W1", "USA", variable="pull_security").postures.empty
    assert not told("stay_out", "W1", "IDN", chance=False).postures["held"].any()


def test_slugs_and_ids_name_the_same() -> None:
    by_id, by_slug = told("stay_out", "W2", "JPN"), told("stay_out", "restraint", "japan")
    assert by_slug.address == by_id.address
    pd.testing.assert_frame_equal(by_id.terms, by_slug.terms)


def test_every_pressure_has_a_variable() -> None:
    assert (*s.PRESSURES, GROWTH) == ACTOR_VARIABLES
    assert WORLD_VARIABLES == s.ADAPTIVE_WORLD_FIELDS


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"actor": "JAPN"}, "unknown actor 'JAPN'.*did you mean 'japan'"),
        ({"actor": "NATO"}, "no state of its own"),
        ({"actor": "JPN", "variable": "engage_shwy"}, "did you mean 'engage_showy'"),
        ({"variable": "engage_showy"}, "name the actor"),
        ({"actor": "JPN", "variable": "tension"}, "the world's"),
        ({"actor": "JPN", "variable": "us_tie_economy"}, "explain pull_economy"),
        ({"variable": "alarm"}, "not moved by pressures"),
        ({"worldview": "W9"}, "unknown worldview"),
        ({"member": -1}, "member: expected"),
        ({"replicate": -1}, "replicate: expected"),
        ({"random_seed": -1}, "random_seed: expected"),
        ({"against": "stay_outt"}, "stay_out"),
    ],
)
def test_refusals(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        explain("stay_out", **{"worldview": "W2", **wrong})


# ------------------------------------------------------------------------------------------------------------- votes


@pytest.mark.parametrize(
    ("scenario", "instrument"),
    [
        ("nato_mission", "nato_mission_in_asia"),
        ("eu_trade_and_investment", "eu_india_trade_pact"),
        ("restraint_and_eu", "asean_cybersecurity"),
    ],
)
@pytest.mark.parametrize("worldview", ["W1", "W2"])
def test_margins_add_up_and_are_the_engines(scenario: str, instrument: str, worldview: str) -> None:
    ballot = explain_vote(scenario, worldview=worldview, instrument=instrument)
    members = ballot.members.set_index("actor")
    total = ballot.terms.groupby("actor")["contribution"].sum()
    assert largest(total - members["margin"]) <= EXACT
    assert largest(1 / (1 + np.exp(-members["margin"])) - members["chance"]) < 1e-9
    assert members["margin"].is_monotonic_increasing
    model = ballot.address.model(ballot.scenario)
    model.step()
    item = [one.slug for one in model.assembly.instruments].index(instrument)
    assert ballot.quarter == "2024Q3"
    assert ballot.chance == model.arrays.votes[item]
    if ballot.decision != "eu_majority":
        gate = model.arrays.effect[m.CONSENSUS_GATE]
        assert ballot.chance == pytest.approx(float(np.prod(members["chance"]) ** gate), rel=1e-9)
    model.forget()


def test_a_mission_fails_by_its_cost() -> None:
    """Every part has its sign: readiness for it; military cost, quarrel and will deficit against it."""
    ballot = explain_vote("nato_mission", worldview="W2", instrument="nato_mission_in_asia")
    parts = ballot.terms.pivot_table(index="actor", columns="source", values="contribution")
    assert (parts["readiness"] > 0).all()
    assert (parts[["military_cost", "political_weight", "M11"]] < 0).all().all()
    assert ballot.chance < 0.01
    assert not ballot.history["passed"].any()
    later = explain_vote("nato_mission", worldview="W2", instrument="nato_mission_in_asia", quarter="2030Q1")
    assert later.quarter == "2030Q1"
    assert later.chance != ballot.chance


@pytest.mark.parametrize(
    ("scenario", "wrong", "message"),
    [
        ("firm_guarantee", {"instrument": "defence_garantee"}, "did you mean 'defence_guarantee'"),
        ("firm_guarantee", {"instrument": "defence_guarantee"}, "adopted"),
        ("nato_mission", {"instrument": "liaison_office_in_japan"}, "proposes nothing"),
        ("drills_and_ships", {"instrument": "national_drills_in_asia"}, "nobody else"),
        ("stay_out", {"instrument": "political_dialogue"}, "never proposes more"),
        ("nato_mission", {"instrument": "nato_mission_in_asia", "quarter": "2050Q1"}, "outside the run"),
        ("eu_trade_and_investment", {"instrument": "eu_india_trade_pact", "quarter": "2030Q1"}, "not put to the vote"),
    ],
)  # fmt: skip
def test_refusals_of_votes(scenario: str, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        explain_vote(scenario, **{"worldview": "W2", **wrong})
