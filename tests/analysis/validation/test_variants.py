"""The variants take out what they say and nothing else; bounds are counted as they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.analysis.validation import variants
from sim.analysis.validation.bounds import shares_at_bounds
from sim.analysis.validation.sample import Spot, Wanted, collected
from sim.inputs.assembly import Assembly
from sim.inputs.evidence import load_seeds
from sim.inputs.experiment import Experiment
from sim.inputs.expressions import Variable
from sim.inputs.scenario import load_scenario
from sim.runs.ensemble import Ensemble
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.run import Run

WORLDVIEWS = ("W1", "W2", "W3", "W4")
POLICIES = ("course_of_2024", "drills_and_ships")
OUTCOMES = ("perceived_encirclement", "opposition_to_nato")


def filled(assembly: Assembly, worldview: str, member: int = 0) -> Run:
    """A run with a member's values under a worldview."""
    scenario = load_scenario("course_of_2024")
    run = assembly.blank_run(scenario.quarters)
    assembly.fill_member(run, assembly.draw.member(3, member), worldview, scenario.settings)
    return run


def read(assembly: Assembly) -> dict[tuple[str, str, str], NDArray[np.float64]]:
    """Four members' outcomes by policy, worldview and outcome."""
    wanted = Wanted({name: load_scenario(name) for name in (*POLICIES, "as_expected")})
    for policy in POLICIES:
        for worldview in WORLDVIEWS:
            for outcome in OUTCOMES:
                wanted.add(Spot(policy, "as_expected", worldview), Variable(outcome, outcomes=(outcome,)))
    sample = collected(wanted, assembly, members=4, random_seed=3)
    return {
        (spot.policy, spot.worldview, outcome): sample.read(spot, Variable(outcome, outcomes=(outcome,)))
        for spot in wanted.asked
        for outcome in OUTCOMES
    }


def test_identical_worldviews_give_identical_runs() -> None:
    found = read(variants.IdenticalWorldviews(load_seeds()))
    for policy in POLICIES:
        for outcome in OUTCOMES:
            assert len({found[policy, worldview, outcome].tobytes() for worldview in WORLDVIEWS}) == 1
    apart = found["drills_and_ships", "W1", OUTCOMES[0]] - found["course_of_2024", "W1", OUTCOMES[0]]
    assert (apart > 0).all()


def test_the_model_itself_tells_worldviews_apart() -> None:
    found = read(Assembly(load_seeds()))
    assert len({found["drills_and_ships", worldview, OUTCOMES[0]].tobytes() for worldview in WORLDVIEWS}) == 4


def test_effects_of_one_are_strengths() -> None:
    run = filled(variants.EffectsOfOne(load_seeds()), "W2")
    full = filled(Assembly(load_seeds()), "W2")
    shares = list(m.SHARES)
    pushes = [k for k in m.REALISED if k not in m.SHARES]
    assert run.effect[shares].tolist() == full.effect[shares].tolist()
    assert np.abs(run.effect[pushes]).max() <= 1.0
    assert np.abs(full.effect[pushes]).max() > 1.0


def test_identical_actors_differ_between_kinds_alone() -> None:
    assembly = variants.IdenticalActors(load_seeds())
    run = filled(assembly, "W2")
    full = filled(Assembly(load_seeds()), "W2")
    places = {
        actor: assembly.actor_ids.index(actor)
        for actor in ("JPN", "KOR", "IDN", "VNM", "DEU", "HUN", "USA", "CHN")
    }
    for one, other in (("JPN", "KOR"), ("IDN", "VNM"), ("DEU", "HUN")):
        assert run.rest[:, places[one]].tolist() == run.rest[:, places[other]].tolist()
        assert run.attribute[:, places[one]].tolist() == run.attribute[:, places[other]].tolist()
        assert full.rest[:, places[one]].tolist() != full.rest[:, places[other]].tolist()
    for pole in ("USA", "CHN"):
        assert run.rest[:, places[pole]].tolist() == full.rest[:, places[pole]].tolist()
    assert sum(len(kind) for kind in assembly.kinds()) == len(assembly.actors)


def test_no_neighbours_and_no_memory() -> None:
    seeds = load_seeds()
    assert not variants.NoNeighbours(seeds).circle.any()
    assert Assembly(seeds).circle.any()
    run = filled(variants.NoMemory(seeds), "W3")
    full = filled(Assembly(seeds), "W3")
    forgotten = list(variants.FORGOTTEN_AT_ONCE)
    assert (run.parameter[forgotten] == 1.0).all()
    others = [k for k in range(p.N_PARAMETERS) if k not in forgotten]
    assert run.parameter[others].tolist() == full.parameter[others].tolist()


def test_shares_at_bounds_are_those_of_the_states_themselves() -> None:
    """A world in which everyone's danger from China is held at 1 has that field, and no other, at its bound."""
    assembly = Assembly(load_seeds())
    base = load_scenario("course_of_2024")
    held = load_scenario("existential_china")
    event = replace(held.events[0], mode="set", value=1.0, start=0, stop=40)
    scenarios = {"course": base, "held": replace(base, events=(event,))}
    course, frightened = shares_at_bounds(scenarios, ["W2"], assembly, random_seed=1, members=5)
    actors, groups = len(assembly.actors), assembly.group.sum(axis=1)
    counted = (s.N_ADAPTIVE_ACTOR - 4) * actors + groups[s.NON_PARTNERS] + 3 * groups[s.PARTNERS]
    assert (course.scenario, frightened.scenario, frightened.field) == ("course", "held", "threat_cn")
    assert course.share < 0.01
    assert frightened.share - course.share == pytest.approx(actors / counted, rel=0.1)


def test_a_sample_holds_the_rows_of_the_runs() -> None:
    """What is collected, in whatever batches, is what the ensemble says of that policy, worldview and member."""
    scenarios = {name: load_scenario(name) for name in (*POLICIES, "as_expected", "taiwan_crisis")}
    wanted = Wanted(scenarios)
    tension, trust = (
        Variable("tension", probes=("tension",)),
        Variable("t", probes=("trust_assure.IDN", "trust_assure.VNM")),
    )
    alarm = Variable(OUTCOMES[0], outcomes=(OUTCOMES[0],))
    wanted.add(Spot(POLICIES[1], "as_expected", "W3"), tension, "final")
    wanted.add(Spot(POLICIES[1], "as_expected", "W1"), alarm)
    wanted.add(Spot(POLICIES[0], "taiwan_crisis", "W3"), trust, "first_year")
    heard: list[int] = []
    sample = collected(wanted, Assembly(load_seeds()), members=3, random_seed=3, watcher=heard.append)
    assert sum(heard) == 3 * wanted.n_spots == 9
    found = Ensemble(
        Experiment(
            "x", "x", tuple(scenarios[name] for name in POLICIES), (scenarios["as_expected"], scenarios["taiwan_crisis"]),
            ("W1", "W3"), 3, 1, 3, (OUTCOMES[0],), (), probes=("tension", "trust_assure.IDN", "trust_assure.VNM"),
        )
    ).batch(0, 3)  # fmt: skip

    def column(name: str, *spot: str) -> NDArray[np.float64]:
        keys = zip(found.keys["policy"], found.keys["future"], found.keys["worldview"], strict=True)
        rows = [k for k, key in enumerate(keys) if key == spot]
        return found.values[rows, found.columns.index(name)]

    assert (
        sample.read(Spot(POLICIES[1], "as_expected", "W3"), tension, "final").tolist()
        == column("tension.final", POLICIES[1], "as_expected", "W3").tolist()
    )
    assert (
        sample.read(Spot(POLICIES[1], "as_expected", "W1"), alarm).tolist()
        == column(OUTCOMES[0], POLICIES[1], "as_expected", "W1").tolist()
    )
    both = [column(f"{name}.first_year", POLICIES[0], "taiwan_crisis", "W3") for name in trust.probes]
    assert sample.read(Spot(POLICIES[0], "taiwan_crisis", "W3"), trust, "first_year") == pytest.approx(
        np.mean(both, axis=0)
    )
    assert sample.first(2).members == 2
