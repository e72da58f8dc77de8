"""The sign test: perturb a mechanism's cause, and its effect answers with the stated sign, more at higher strength.

Each realised mechanism is switched on alone at several strengths. Its cause is moved from mid-2024 by an event; the effect
is read at the end of the first quarter that can see it. At rest strength alone changes nothing (tests/theory/test_rest.py).
Mechanisms whose cause or effect is not a variable (votes, labels, delivery) are in `sim.analysis.mechanism_gates`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.analysis.mechanism_bench import alone, response
from sim.analysis.mechanism_gates import GATES, STRENGTHS
from sim.theory import mechanisms as m

LEAST = 1e-5  # logit points or 0..1: less is no answer
STEEPER = 1.5  # at twice the strength the effect moves at least this many times as far

# mechanism, cause, move, effect, sign. An effect is a field of the world, of one state's, or an outcome.
CASES: list[tuple[int, str, float, str, int]] = [
    (m.ENCIRCLEMENT_PERCEPTION, "alarm", 0.5, "encirclement", 1),
    (m.LASH_OUT_SPIRAL, "encirclement", 0.1, "escalation", 1),
    (m.DETERRENCE_THROUGH_PARTNERSHIP, "cooperation", 0.3, "deterrence_asia", 1),
    (m.TARGET_RISK_OF_SIDING, "bloc_pressure", 0.2, "target_risk JPN", 1),
    (m.TARGET_RISK_OF_SIDING, "engage_showy", 0.2, "target_risk KOR", 1),
    (m.HOME_USE_OF_NEW_MONEY, "home_build_up", 0.5, "deterrence_europe", 1),
    (m.BURDEN_SHIFT, "european_capability", 0.2, "us_in_asia", 1),
    (m.THEATRE_LINKAGE, "escalation_europe", 0.2, "escalation", 1),
    (m.THEATRE_LINKAGE, "escalation", 0.2, "escalation_europe", 1),
    (m.CHINA_SUSTAINS_RUSSIA, "china_russia", 0.2, "ukraine_war", 1),
    (m.PRESSURE_DRIVES_CHINA_RUSSIA, "encirclement", 0.1, "china_russia", 1),
    (m.HEDGING_WITHOUT_EXISTENTIAL_THREAT, "threat_cn", 0.45, "hedge IDN", -1),
    (m.FORCED_CHOICE_POLARISES, "bloc_pressure", 0.2, "polarisation", 1),
    (m.FORCED_CHOICE_POLARISES, "bloc_pressure", 0.2, "hedge IDN", -1),
    (m.NARRATIVE_VALIDATION, "visibility", 0.5, "narrative", 1),
    (m.REGIONAL_BACKLASH, "provocation", 0.5, "backlash IDN", 1),
    (m.THREAT_INVERSION, "visibility", 0.5, "threat_nato IDN", 1),
    (m.THREAT_INVERSION, "narrative", 0.1, "threat_nato IDN", 1),
    (m.LOSS_OF_BALANCING_COALITION, "backlash", 0.2, "balancing IDN", -1),
    (m.COLONIAL_MEMORY, "provocation", 0.5, "backlash IDN", 1),
    (m.MILITARISM_AVERSION, "hardness", 0.5, "backlash IDN", 1),
    (m.NONALIGNMENT_NORM, "bloc_signal", 0.5, "backlash IDN", 1),
    (m.NONALIGNMENT_NORM, "bloc_signal", 0.5, "nato_support IDN", -1),
    (m.ASSURANCES_DISCOUNTED, "visibility", 0.5, "trust_assure IDN", -1),
    (m.OFF_MESSAGE_NOISE, "stray_statements", 0.3, "trust_assure IDN", -1),
    (m.TRADE_RESTRAINS_PARTNERS, "econ_cn", 0.2, "engage_quiet KOR", -1),
    (m.TRADE_RESTRAINS_PARTNERS, "trade_pressure", 0.2, "engage_quiet KOR", -1),
    (m.KOREAN_DOUBLE_BIND, "korea_pressure", 0.2, "engage_quiet KOR", -1),
    (m.KOREAN_DOUBLE_BIND, "korea_pressure", -0.2, "engage_showy KOR", 1),
    (m.NZ_INDEPENDENCE, "bloc_pressure", 0.2, "engage_quiet NZL", -1),
    (m.DOMESTIC_SWINGS, "mood", 0.5, "engage_quiet AUS", 1),
    (m.THREAT_DRIVES_ENGAGEMENT, "threat_cn", 0.2, "engage_quiet JPN", 1),
    (m.UNITY_BY_COMMON_THREAT, "rhetoric", 0.3, "cohesion", 1),
    (m.INTERNAL_WEAKNESS, "mood", -0.5, "cohesion", -1),
    (m.INTERNAL_WEAKNESS, "mood", 0.5, "cohesion", -1),
    (m.NATO_AS_CAUSE_OF_WAR, "visibility", 0.5, "escalation", 1),
    (m.CONFRONTATION_COSTS_GROWTH, "tension", 0.3, "growth IDN", -1),
    (m.EU_ECONOMIC_COUNTERWEIGHT, "eu_economy", 0.5, "econ_cn IDN", -1),
    (m.EU_ACCEPTABILITY, "eu_presence", 0.5, "backlash IDN", -1),
    (m.EU_DEFENCE_ALTERNATIVE, "eu_security", 0.5, "capability PHL", 1),
    (m.DEMAND_MATCH, "economic_offer", 0.5, "us_tie_economy IDN", 1),
    (m.UN_COALITION_LIMITS_NORMS, "un_effort", 0.5, "un_influence", -1),
    (m.ASEAN_CHANNEL, "asean_effort", 0.5, "eu_approval IDN", 1),
    (m.ASEAN_CHANNEL, "asean_effort", 0.5, "unity_of_asean", 1),
    (m.MINILATERAL_FLEXIBILITY, "minilateral_effort", 0.5, "balancing IND", 1),
    (m.INDUSTRIAL_POOLING, "industry_effort", 0.5, "industry", 1),
    (m.RIVAL_INDUSTRIAL_GROWTH, "rival_industry", 0.1, "deterrence_asia", -1),
    (m.RIVAL_INDUSTRIAL_GROWTH, "rival_industry", 0.1, "deterrence_europe", -1),
    (m.INTEROPERABLE_CAPABILITY, "standards_effort", 0.5, "interoperability", 1),
    (m.SCALE_ECONOMIES, "procurement_effort", 0.5, "industry", 1),
    (m.PLEDGE_RATCHET, "pledge_stock", 0.5, "european_spending", 1),
    (m.REVERSE_FLOW_FROM_ASIA, "engage_quiet", 0.2, "ukraine_support", 1),
    (m.REVERSE_FLOW_FROM_ASIA, "engage_industrial", 0.2, "deterrence_europe", 1),
    (m.ENTRAPMENT_AND_HIDDEN_MOTIVES, "us_pressure", 0.2, "bloc_pressure JPN", 1),
    (m.ENTRAPMENT_AND_HIDDEN_MOTIVES, "engage_showy", 0.2, "bloc_pressure KOR", 1),
    (m.CHINA_ASSERTIVENESS_RAISES_THREAT, "assertiveness", 0.2, "threat_cn IDN", 1),
    (m.CROSSFIRE_FEAR, "escalation", 0.2, "hedge IDN", 1),
    (m.CROSSFIRE_FEAR, "escalation", 0.2, "backlash IDN", 1),
    (m.CROSSFIRE_FEAR, "threat_cn", 0.2, "hedge JPN", 1),
    (m.US_SHIFT_ALARMS_CHINA, "us_in_asia", 0.3, "encirclement", 1),
    (m.GAP_IF_US_LEAVES_EARLY, "us_in_asia", 0.3, "deterrence_europe", -1),
    (m.TECHNICAL_COOPERATION_BUILDS_RESILIENCE, "technical_help", 0.5, "resilience JPN", 1),
    (m.SHARED_DEMOCRATIC_IDENTITY, "showy_offer", 0.5, "engage_showy JPN", 1),
    (m.WARTIME_SUPPORT_EFFECT, "crisis_support", 0.5, "deterrence_asia", 1),
    (m.ASIA_DISTRACTS_FROM_EUROPE, "asian_drain", 0.5, "deterrence_europe", -1),
    (m.STEPWISE_SUSPICION, "steps", 0.5, "encirclement", 1),
    (m.STEPWISE_SUSPICION, "steps", 0.5, "backlash IDN", 1),
    (m.LESSON_OF_UNDEFENDED_PARTNERS, "precedents", 0.2, "trust_commit JPN", -1),
    (m.COMMERCIAL_BENEFIT, "industrial_work", 0.5, "growth JPN", 1),
    (m.COMMERCIAL_BENEFIT, "engage_industrial", 0.2, "growth KOR", 1),
    (m.COMMERCIAL_BENEFIT, "engage_industrial", 0.2, "defence_industry KOR", 1),
    (m.DISCRETION_LOWERS_SIGNAL, "discretion", 0.8, "credibility", -1),
    (m.US_DRIVER, "us_agenda", -0.2, "nato_agenda", -1),
    *((m.AGENDA_ENTREPRENEUR, "nato_agenda", -0.2, signal, -1) for signal in (
        "alarm", "provocation", "visibility", "bloc_signal", "showy_offer",
    )),
    (m.CLIMATE_HELP_EARNS_GOODWILL, "climate_help", 0.5, "eu_approval IDN", 1),
    # gates: a share of something is left, and the less of it the stronger they are
    (m.TREATY_AREA_LIMITS, "commitment", 0.3, "intervention", 1),
    (m.NO_SPARE_CAPACITY, "european_capability", -0.2, "projection", -1),
    (m.ASSET_MISMATCH, "home_build_up", 0.5, "projection", -1),
    (m.WAR_ABSORBS_EUROPE, "ukraine_war", -0.2, "projection", 1),
]  # fmt: skip
# mechanism, the attribute that multiplies the cause, cause, move, effect, sign
MULTIPLIED: list[tuple[int, str, str, float, str, int]] = [
    (m.COLONIAL_MEMORY, "colonial", "provocation", 0.5, "backlash MYS", 1),
    (m.NONALIGNMENT_NORM, "nonalign", "bloc_signal", 0.5, "backlash VNM", 1),
    (m.NONALIGNMENT_NORM, "nonalign", "bloc_signal", 0.5, "nato_support IND", -1),
    (m.KOREAN_DOUBLE_BIND, "dprk_need", "korea_pressure", 0.2, "engage_industrial JPN", -1),
    (m.NZ_INDEPENDENCE, "autonomy", "bloc_pressure", 0.2, "engage_showy AUS", -1),
    (m.SHARED_DEMOCRATIC_IDENTITY, "democratic_identity", "quiet_offer", 0.5, "engage_quiet KOR", 1),
    (m.MINILATERAL_FLEXIBILITY, "minilateral", "minilateral_effort", 0.5, "balancing SGP", 1),
]


class MechanismTest(NamedTuple):
    """One sign test of one mechanism (M01 …): what was tried, and whether it came out."""

    mechanism: str
    what: str
    passes: bool


def answers(mechanism: int, cause: str, move: float, effect: str, sign: int) -> bool:
    """Whether the effect answers with the stated sign, and at least half as strongly again at twice the strength."""
    none, weak, strong = (response(alone(mechanism, strength), cause, move, effect) for strength in STRENGTHS)
    return sign * (weak - none) > LEAST and sign * (strong - none) > STEEPER * sign * (weak - none)


def multiplies(mechanism: int, attribute: str, cause: str, move: float, effect: str, sign: int) -> bool:
    """Whether of two states alike but for the attribute the one with more of it answers more, the more so the stronger."""
    gaps = []
    for strength in STRENGTHS:
        little, much = (
            response(alone(mechanism, strength), cause, move, effect, attributes={attribute: value})
            for value in (0.1, 0.9)
        )
        gaps.append(sign * (much - little))
    return gaps[0] == 0.0 and gaps[1] > LEAST and gaps[2] > STEEPER * gaps[1]


def mechanism_tests() -> Iterator[MechanismTest]:
    """Every sign test of every realised mechanism."""
    for mechanism, cause, move, effect, sign in CASES:
        what = f"{cause} {move:+g} moves {effect} {'up' if sign > 0 else 'down'}"
        yield MechanismTest(f"M{mechanism:02d}", what, answers(mechanism, cause, move, effect, sign))
    for mechanism, attribute, cause, move, effect, sign in MULTIPLIED:
        what = f"{attribute} multiplies what {cause} {move:+g} does to {effect}"
        passes = multiplies(mechanism, attribute, cause, move, effect, sign)
        yield MechanismTest(f"M{mechanism:02d}", what, passes)
    for mechanism, comes_out in GATES:
        named = getattr(comes_out, "func", comes_out)
        yield MechanismTest(f"M{mechanism:02d}", named.__name__.replace("_", " "), comes_out())


def mechanisms_covered() -> set[int]:
    """Numbers of the mechanisms that have a sign test."""
    return (
        {case[0] for case in CASES} | {case[0] for case in MULTIPLIED} | {mechanism for mechanism, _ in GATES}
    )
