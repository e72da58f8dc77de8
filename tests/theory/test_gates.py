"""The sign test for mechanisms that work through a vote, a label, a delivery, or as a share of something else.

Each at several strengths, like those of tests/theory/test_signs.py.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment
from sim.inputs.scenario import load_scenario
from sim.theory import mechanisms as m
from sim.theory import state as s
from sim.theory.phases import decide
from sim.theory.rules import decisions, signals
from tests.bench import added, assembly, bench_run, place, quarters
from tests.theory.responses import alone, reading, response


def test_cheap_talk_discount() -> None:
    """M04: a commitment raises deterrence by making talk believed, the more the harder talk is discounted."""
    gains = []
    for discount in (0.0, 0.5, 1.0):
        effects = alone(m.CHEAP_TALK_DISCOUNT, discount) | {m.DETERRENCE_THROUGH_PARTNERSHIP: 1.0}
        levels = []
        for size in (0.5, 0.0):
            run = bench_run(events=added("commitment", size), effects=effects)
            for _ in quarters(run, 4):
                pass
            levels.append(reading(run, "deterrence_asia"))
        gains.append(levels[0] - levels[1])
    assert gains[0] == 0.0
    assert 0 < 1.3 * gains[1] < gains[2]


def test_consensus_gate() -> None:
    """M07: each further veto player lowers the chance that all agree, more steeply the stronger the gate."""
    for strength in (0.5, 1.0):
        assert decisions.consensus(-0.8, strength) < decisions.consensus(-0.4, strength)
    lost = [decisions.consensus(-0.4, e) - decisions.consensus(-0.8, e) for e in (0.25, 0.5, 1.0)]
    assert lost[0] < lost[1] < lost[2]
    assert decisions.consensus(-5.0, 0.0) == 1.0


def test_european_will_deficit() -> None:
    """M11: war in Europe, trade with China and no stake make members less willing, only for what is military."""
    hard, soft = "IN11", "IN15"
    scenario = load_scenario("nato_mission")
    ids = [item.id for item in assembly().instruments]
    for strength, least in ((0.5, 1e-4), (1.0, 5e-4)):
        shares = []
        for war in (0.0, -0.5):
            run = bench_run(
                scenario,
                events=added("ukraine_war", war),
                effects=alone(m.EUROPEAN_WILL_DEFICIT, strength),
            )
            for _ in quarters(run, 1):
                pass
            shares.append([decide.agreement(place("DEU"), ids.index(item), run) for item in (hard, soft)])
        assert shares[1][0] - shares[0][0] > least
        assert abs(shares[1][1] - shares[0][1]) < 0.01 * (shares[1][0] - shares[0][0])


def test_profile_separable_from_substance() -> None:
    """M45: the same work under full discretion alarms less, the more separable profile is from substance."""
    base = load_scenario("frozen_at_2024")
    slug = next(item.slug for item in assembly().instruments if item.id == "IN50")
    quiet = dataclasses.replace(base, paths={slug: (Segment(1.0, 0, 1),)}, adopted=True)
    calmed = []
    for strength in (0.0, 0.5, 1.0):
        run = bench_run(
            quiet,
            effects=alone(m.PROFILE_SEPARABLE_FROM_SUBSTANCE, strength)
            | {m.ENCIRCLEMENT_PERCEPTION: 1.0, m.REGIONAL_BACKLASH: 1.0},
        )
        start = reading(run, "encirclement"), reading(run, "backlash IDN")
        for _ in quarters(run, 12):
            pass
        calmed.append((start[0] - reading(run, "encirclement"), start[1] - reading(run, "backlash IDN")))
    for k in range(2):
        assert calmed[0][k] == pytest.approx(0.0, abs=1e-5)  # the agreement itself unites a little
        assert 0.01 < calmed[1][k] < calmed[2][k]


def test_eu_shares_constraints() -> None:
    """M57: a Europe that depends on China delivers less of what the EU promises."""
    ids = [item.id for item in assembly().instruments]
    levels = []
    for strength in (0.0, 0.5, 1.0):
        run = bench_run("eu_trade_and_investment", effects=alone(m.EU_SHARES_CONSTRAINTS, strength))
        for _ in quarters(run):
            pass
        levels.append(run.level[ids.index("IN63")])
    assert levels[0] > levels[1] + 0.02 > levels[2] + 0.04


def test_flag_discount() -> None:
    """M62: moving an item from the EU's flag to NATO's adds alarm, the more the stronger the discount."""
    added_alarm = [
        signals.label_weight(0.0, 4.0, e) - signals.label_weight(1.0, 4.0, e) for e in (0.0, 0.25, 0.5, 1.0)
    ]
    assert added_alarm[0] == 0.0
    assert added_alarm[0] < added_alarm[1] < added_alarm[2] < added_alarm[3]
    alarm = []
    for strength in (0.0, 1.0):
        run = bench_run("drills_and_ships", effects=alone(m.FLAG_DISCOUNT, strength))
        for _ in quarters(run, 12):
            pass
        alarm.append(run.world[s.ALARM])
    assert 0 < alarm[1] < alarm[0]


def test_hedging_gives_way_to_a_mortal_danger() -> None:
    """M16: a quarter after the wish to hedge has gone, there is less hedging, the less the stronger the mechanism."""
    found = [
        response(
            alone(m.HEDGING_WITHOUT_EXISTENTIAL_THREAT, strength), "threat_cn", 0.45, "hedging_space", count=3
        )
        for strength in (0.0, 0.5, 1.0)
    ]
    assert found[1] - found[0] < -1e-5
    assert found[2] - found[0] < 1.3 * (found[1] - found[0])


def test_treaty_area_limits() -> None:
    """M06: without an obligation NATO acts the less likely the stronger the gate, and a pledge opens it."""
    at_rest, pledged = [], []
    for strength in (0.0, 0.5, 1.0):
        run = bench_run(effects=alone(m.TREATY_AREA_LIMITS, strength))
        at_rest.append(reading(run, "intervention"))
        run = bench_run("firm_guarantee", effects=alone(m.TREATY_AREA_LIMITS, strength))
        for _ in quarters(run):
            pass
        pledged.append(reading(run, "intervention"))
    assert at_rest[0] == pledged[0] == 1.0
    assert at_rest[2] < 0.6 * at_rest[1] + 0.1 < at_rest[1] < 1.0
    assert pledged[1] - at_rest[1] > 0.1
    assert pledged[2] - at_rest[2] > 1.5 * (pledged[1] - at_rest[1])


@pytest.mark.parametrize(
    ("mechanism", "cause", "move"),
    [
        (m.CONSENSUS_GATE, "nato_support", 0.3),
        (m.EUROPEAN_WILL_DEFICIT, "ukraine_war", -0.5),
        (m.EUROPEAN_WILL_DEFICIT, "econ_cn", -0.3),
    ],
)
def test_acting_in_asia_needs_everybody(mechanism: int, cause: str, move: float) -> None:
    """M07, M11: once bound, NATO acts the likelier the readier its members, and this counts more at higher strength."""
    gains = []
    for strength in (0.0, 0.5, 1.0):
        effects = alone(m.CONSENSUS_GATE, 1.0) | {mechanism: strength}
        found = []
        for size in (move, 0.0):
            bound = np.concatenate([added("commitment", 0.7), added(cause, size)])
            run = bench_run(events=bound, effects=effects)
            for _ in quarters(run, 2):
                pass
            found.append(reading(run, "intervention"))
        gains.append(found[0] - found[1])
    assert gains[0] == 0.0
    assert gains[1] > 1e-4
    assert gains[2] > 1.5 * gains[1]


@pytest.mark.parametrize("mechanism", [m.NO_SPARE_CAPACITY, m.ASSET_MISMATCH, m.WAR_ABSORBS_EUROPE])
def test_ships_count_as_far_as_europe_can_send_them(mechanism: int) -> None:
    """M08, M09, M52: the same ships, beside a build-up, add less to joint capability the stronger the gate."""
    gained = []
    for strength in (0.0, 0.5, 1.0):
        run = bench_run(
            "drills_and_ships", effects=alone(mechanism, strength), events=added("home_build_up", 0.5)
        )
        for _ in quarters(run, 12):
            pass
        gained.append(reading(run, "cooperation"))
    assert gained[0] > gained[1] + 1e-4
    assert gained[1] > gained[2] + 1e-4


def test_war_absorbs_attention_for_asia() -> None:
    """M52: a member with a stake in Asia agrees less readily to a mission there while the war absorbs it."""
    item = [item.id for item in assembly().instruments].index("IN11")
    shares = []
    for strength in (0.0, 0.5, 1.0):
        effects = alone(m.WAR_ABSORBS_EUROPE, strength) | {m.EUROPEAN_WILL_DEFICIT: 1.0}
        run = bench_run(load_scenario("nato_mission"), effects=effects)
        for _ in quarters(run, 1):
            pass
        shares.append(decide.agreement(place("FRA"), item, run))
    assert shares[0] > shares[1] + 1e-5
    assert shares[1] > shares[2] + 1e-5


def test_dissimilarity_makes_an_asian_nato_infeasible() -> None:
    """M36: the stronger the gate the less of a pact comes about, in forces and on paper, and the attempt still signals."""
    base = load_scenario("frozen_at_2024")
    item = next(k for k, item in enumerate(assembly().instruments) if item.id == "IN10")
    paths = {assembly().instruments[item].slug: (Segment(1.0, 0, 1),)}
    levels, signed, seen = [], [], []
    for strength in (0.0, 0.5, 1.0):
        run = bench_run(
            dataclasses.replace(base, paths=FrozenMapping(paths)),
            effects=alone(m.DISSIMILARITY_MAKES_ASIAN_NATO_INFEASIBLE, strength),
        )
        for _ in quarters(run):
            pass
        levels.append(run.level[item])
        signed.append(run.signed[item])
        seen.append(run.shown[item] - run.level[item])
    assert seen[0] == 0.0
    for found in (levels, signed):
        assert found[0] - found[1] > 0.02
        assert found[0] - found[2] == pytest.approx(2 * (found[0] - found[1]))
    assert seen[2] == pytest.approx(2 * seen[1])
    assert seen[1] > 0.05
