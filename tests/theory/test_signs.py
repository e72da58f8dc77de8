"""The sign test: perturb a mechanism's cause, and its effect answers with the stated sign, more at higher strength.

Each realised mechanism is switched on alone at two strengths. Its cause is moved from mid-2024 by an event; the effect is
read at the end of the first quarter that can see it. At rest strength alone changes nothing (tests/theory/test_rest.py).
Mechanisms whose cause or effect is not a variable (votes, labels, delivery, discretion) have tests of their own below.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.inputs.levels import Segment
from sim.inputs.scenario import load_scenario
from sim.theory import mechanisms as m
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from sim.theory.phases import decide
from sim.theory.rules import decisions, signals
from sim.theory.run import Run
from tests.bench import added, assembly, bench_run, place, quarters

# mechanism, cause, move, effect, sign. An effect is a field of the world, of Japan's (or Indonesia's), or an outcome.
CASES = [
    (m.ENCIRCLEMENT_PERCEPTION, "alarm", 0.5, "encirclement", 1),
    (m.LASH_OUT_SPIRAL, "encirclement", 0.1, "escalation", 1),
    (m.DETERRENCE_THROUGH_PARTNERSHIP, "cooperation", 0.3, "deterrence_asia", 1),
    (m.TARGET_RISK_OF_SIDING, "bloc_pressure", 0.2, "target_risk JPN", 1),
    (m.TARGET_RISK_OF_SIDING, "engage_showy", 0.2, "target_risk KOR", 1),
    (m.HOME_USE_OF_NEW_MONEY, "home_build_up", 0.5, "deterrence_europe", 1),
    (m.BURDEN_SHIFT, "european_capability", 0.2, "us_in_asia", 1),
    (m.THEATRE_LINKAGE, "escalation_europe", 0.2, "escalation", 1),
    (m.THEATRE_LINKAGE, "escalation", 0.2, "escalation_europe", 1),
    (m.HEDGING_WITHOUT_EXISTENTIAL_THREAT, "threat_cn", 0.45, "hedging_space", -1),
    (m.FORCED_CHOICE_POLARISES, "bloc_pressure", 0.2, "polarisation", 1),
    (m.REGIONAL_BACKLASH, "provocation", 0.5, "backlash IDN", 1),
    (m.THREAT_INVERSION, "visibility", 0.5, "threat_nato IDN", 1),
    (m.THREAT_INVERSION, "narrative", 0.1, "threat_nato IDN", 1),
    (m.ASSURANCES_DISCOUNTED, "visibility", 0.5, "trust_assure IDN", -1),
    (m.TRADE_RESTRAINS_PARTNERS, "econ_cn", 0.2, "engage_quiet KOR", -1),
    (m.DOMESTIC_SWINGS, "mood", 0.5, "engage_quiet AUS", 1),
    (m.THREAT_DRIVES_ENGAGEMENT, "threat_cn", 0.2, "engage_quiet JPN", 1),
    (m.UNITY_BY_COMMON_THREAT, "rhetoric", 0.3, "cohesion", 1),
    (m.CONFRONTATION_COSTS_GROWTH, "tension", 0.3, "growth IDN", -1),
    (m.EU_ECONOMIC_COUNTERWEIGHT, "eu_economy", 0.5, "econ_cn IDN", -1),
    (m.EU_ACCEPTABILITY, "eu_presence", 0.5, "backlash IDN", -1),
    (m.DEMAND_MATCH, "economic_offer", 0.5, "us_tie_economy IDN", 1),
    (m.INDUSTRIAL_POOLING, "industry_effort", 0.5, "industry", 1),
    (m.RIVAL_INDUSTRIAL_GROWTH, "rival_industry", 0.1, "deterrence_asia", -1),
    (m.RIVAL_INDUSTRIAL_GROWTH, "rival_industry", 0.1, "deterrence_europe", -1),
    (m.INTEROPERABLE_CAPABILITY, "standards_effort", 0.5, "interoperability", 1),
    (m.CHINA_ASSERTIVENESS_RAISES_THREAT, "assertiveness", 0.2, "threat_cn IDN", 1),
    (m.US_SHIFT_ALARMS_CHINA, "us_in_asia", 0.3, "encirclement", 1),
    (m.GAP_IF_US_LEAVES_EARLY, "us_in_asia", 0.3, "deterrence_europe", -1),
    (m.TECHNICAL_COOPERATION_BUILDS_RESILIENCE, "technical_help", 0.5, "resilience JPN", 1),
    (m.ASIA_DISTRACTS_FROM_EUROPE, "asian_drain", 0.5, "deterrence_europe", -1),
    (m.STEPWISE_SUSPICION, "steps", 0.5, "encirclement", 1),
    (m.STEPWISE_SUSPICION, "steps", 0.5, "backlash IDN", 1),
    (m.DISCRETION_LOWERS_SIGNAL, "discretion", 0.8, "credibility", -1),
]
TESTED_BELOW = {
    m.CHEAP_TALK_DISCOUNT,
    m.CONSENSUS_GATE,
    m.EUROPEAN_WILL_DEFICIT,
    m.PROFILE_SEPARABLE_FROM_SUBSTANCE,
    m.EU_SHARES_CONSTRAINTS,
    m.FLAG_DISCOUNT,
}


def reading(run: Run, name: str) -> float:
    """The value that `name` stands for, as everybody sees it."""
    field, _, actor = name.partition(" ")
    if actor:
        return float(run.now[s.ACTOR_FIELDS.index(field), place(actor)])
    if field in s.WORLD_FIELDS:
        return float(run.world[s.WORLD_FIELDS.index(field)])
    out = np.zeros(len(OUTCOMES))
    read_outcomes(run, out)
    return float(out[[outcome.slug for outcome in OUTCOMES].index(field)])


def alone(mechanism: int, strength: float) -> dict[int, float]:
    """Effects with every mechanism off but one."""
    return dict.fromkeys(m.REALISED, 0.0) | {mechanism: strength}


def response(mechanism: int, strength: float, cause: str, move: float, effect: str) -> float:
    """How far the effect moves in the first quarter that can see the moved cause."""
    values = []
    for size in (move, 0.0):
        run = bench_run(events=added(cause, size), effects=alone(mechanism, strength))
        for _ in quarters(run, 2):
            pass
        values.append(reading(run, effect))
    return values[0] - values[1]


@pytest.mark.parametrize(("mechanism", "cause", "move", "effect", "sign"), CASES)
def test_sign(mechanism: int, cause: str, move: float, effect: str, sign: int) -> None:
    """The effect answers with the stated sign, and at least half as strongly again at twice the strength."""
    none = response(mechanism, 0.0, cause, move, effect)
    weak = response(mechanism, 0.5, cause, move, effect) - none
    strong = response(mechanism, 1.0, cause, move, effect) - none
    assert sign * weak > 1e-5
    assert sign * strong > 1.5 * sign * weak


def test_every_realised_mechanism_has_a_sign_test() -> None:
    """Nothing that is realised goes without a sign test."""
    assert {case[0] for case in CASES} | TESTED_BELOW == set(m.REALISED)


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
        assert calmed[0][k] == pytest.approx(0.0, abs=1e-12)
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
