"""The sign test of mechanisms that work through a vote, a label, a delivery, or as a share of something else.

Each at several strengths, like those of `sim.analysis.mechanism_signs`. A test returns whether it came out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from sim.analysis.mechanism_bench import (
    added,
    alone,
    assembly,
    bench_run,
    place,
    played,
    reading,
    response,
)
from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment
from sim.inputs.scenario import load_scenario
from sim.theory import mechanisms as m
from sim.theory import state as s
from sim.theory.phases import decide
from sim.theory.rules import decisions, signals

STRENGTHS = (0.0, 0.5, 1.0)


def _item(identifier: str) -> int:
    return [item.id for item in assembly().instruments].index(identifier)


def _close(one: float, other: float, least: float = 1e-9) -> bool:
    return abs(one - other) <= max(least, 1e-6 * abs(other))


def cheap_talk_discount() -> bool:
    """M04: a commitment raises deterrence by making talk believed, the more the harder talk is discounted."""
    gains = []
    for discount in STRENGTHS:
        effects = alone(m.CHEAP_TALK_DISCOUNT, discount) | {m.DETERRENCE_THROUGH_PARTNERSHIP: 1.0}
        gains.append(response(effects, "commitment", 0.5, "deterrence_asia", count=4))
    return gains[0] == 0.0 and 0 < 1.3 * gains[1] < gains[2]


def consensus_gate() -> bool:
    """M07: each further veto player lowers the chance that all agree, more steeply the stronger the gate."""
    lost = [decisions.consensus(-0.4, e) - decisions.consensus(-0.8, e) for e in (0.25, 0.5, 1.0)]
    return bool(0 < lost[0] < lost[1] < lost[2] and decisions.consensus(-5.0, 0.0) == 1.0)


def european_will_deficit() -> bool:
    """M11: war in Europe, trade with China and no stake make members less willing, only for what is military."""
    hard, soft = _item("IN11"), _item("IN15")
    scenario = load_scenario("nato_mission")
    for strength, least in ((0.5, 1e-4), (1.0, 5e-4)):
        at_war, in_peace = (
            played(
                bench_run(
                    scenario,
                    events=added("ukraine_war", war),
                    effects=alone(m.EUROPEAN_WILL_DEFICIT, strength),
                ),
                1,
            )
            for war in (0.0, -0.5)
        )
        gained = [
            decide.agreement(place("DEU"), item, in_peace.board)
            - decide.agreement(place("DEU"), item, at_war.board)
            for item in (hard, soft)
        ]
        if not (gained[0] > least and abs(gained[1]) < 0.01 * gained[0]):
            return False
    return True


def profile_separable_from_substance() -> bool:
    """M45: the same work under full discretion alarms less, the more separable profile is from substance."""
    base = load_scenario("frozen_at_2024")
    slug = assembly().instruments[_item("IN50")].slug
    quiet = replace(base, paths=FrozenMapping({slug: (Segment(1.0, 0, 1),)}), adopted=True)
    others = {m.ENCIRCLEMENT_PERCEPTION: 1.0, m.REGIONAL_BACKLASH: 1.0}
    calmed = []
    for strength in STRENGTHS:
        run = bench_run(quiet, effects=alone(m.PROFILE_SEPARABLE_FROM_SUBSTANCE, strength) | others)
        start = np.array([reading(run, name) for name in ("encirclement", "backlash IDN")])
        played(run, 12)
        calmed.append(start - [reading(run, name) for name in ("encirclement", "backlash IDN")])
    at_none = bool((np.abs(calmed[0]) < 1e-5).all())  # the agreement itself unites a little
    return at_none and bool(((calmed[1] > 0.01) & (calmed[2] > calmed[1])).all())


def eu_shares_constraints() -> bool:
    """M57: a Europe that depends on China delivers less of what the EU promises."""
    item = _item("IN63")
    levels = [
        played(bench_run("eu_trade_and_investment", effects=alone(m.EU_SHARES_CONSTRAINTS, strength))).level[
            item
        ]
        for strength in STRENGTHS
    ]
    return bool(levels[0] > levels[1] + 0.02 > levels[2] + 0.04)


def flag_discount() -> bool:
    """M62: moving an item from the EU's flag to NATO's adds alarm, the more the stronger the discount."""
    more = [
        signals.label_weight(0.0, 4.0, e) - signals.label_weight(1.0, 4.0, e) for e in (0.0, 0.25, 0.5, 1.0)
    ]
    alarm = [
        played(bench_run("drills_and_ships", effects=alone(m.FLAG_DISCOUNT, strength)), 12).world[s.ALARM]
        for strength in (0.0, 1.0)
    ]
    return bool(more[0] == 0.0 < more[1] < more[2] < more[3] and 0 < alarm[1] < alarm[0])


def hedging_gives_way_to_a_mortal_danger() -> bool:
    """M16: a quarter after the wish to hedge has gone, there is less hedging, the less the stronger the mechanism."""
    none, weak, strong = (
        response(
            alone(m.HEDGING_WITHOUT_EXISTENTIAL_THREAT, strength), "threat_cn", 0.45, "hedging_space", count=3
        )
        for strength in STRENGTHS
    )
    return weak - none < -1e-5 and strong - none < 1.3 * (weak - none)


def treaty_area_limits() -> bool:
    """M06: without an obligation NATO acts the less likely the stronger the gate, and a pledge opens it."""
    at_rest, pledged = [], []
    for strength in STRENGTHS:
        effects = alone(m.TREATY_AREA_LIMITS, strength)
        at_rest.append(reading(bench_run(effects=effects), "intervention"))
        pledged.append(reading(played(bench_run("firm_guarantee", effects=effects)), "intervention"))
    opened = [after - before for before, after in zip(at_rest, pledged, strict=True)]
    return (
        at_rest[0] == pledged[0] == 1.0
        and at_rest[2] < 0.6 * at_rest[1] + 0.1 < at_rest[1] < 1.0
        and opened[1] > 0.1
        and opened[2] > 1.5 * opened[1]
    )


def acting_in_asia_needs_everybody(mechanism: int, cause: str, move: float) -> bool:
    """M07, M11: once bound, NATO acts the likelier the readier its members, and this counts more at higher strength."""
    gains = []
    for strength in STRENGTHS:
        effects = alone(m.CONSENSUS_GATE, 1.0) | {mechanism: strength}
        ready, not_ready = (
            reading(
                played(
                    bench_run(
                        events=np.concatenate([added("commitment", 0.7), added(cause, size)]), effects=effects
                    ),
                    2,
                ),
                "intervention",
            )
            for size in (move, 0.0)
        )
        gains.append(ready - not_ready)
    return gains[0] == 0.0 and gains[1] > 1e-4 and gains[2] > 1.5 * gains[1]


def ships_count_as_far_as_europe_can_send_them(mechanism: int) -> bool:
    """M08, M09, M52: the same ships, beside a build-up, add less to joint capability the stronger the gate."""
    beside = added("home_build_up", 0.5)
    gained = [
        reading(
            played(bench_run("drills_and_ships", effects=alone(mechanism, e), events=beside), 12),
            "cooperation",
        )
        for e in STRENGTHS
    ]
    return _falls(gained, 1e-4)


def war_absorbs_attention_for_asia() -> bool:
    """M52: a member with a stake in Asia agrees less readily to a mission there while the war absorbs it."""
    shares = []
    for strength in STRENGTHS:
        effects = alone(m.WAR_ABSORBS_EUROPE, strength) | {m.EUROPEAN_WILL_DEFICIT: 1.0}
        run = played(bench_run("nato_mission", effects=effects), 1)
        shares.append(decide.agreement(place("FRA"), _item("IN11"), run.board))
    return _falls(shares, 1e-5)


def dissimilarity_makes_an_asian_nato_infeasible() -> bool:
    """M36: the stronger the gate the less of a pact comes about, in forces and on paper, and the attempt still signals."""
    item = _item("IN10")
    paths = FrozenMapping({assembly().instruments[item].slug: (Segment(1.0, 0, 1),)})
    pact = replace(load_scenario("frozen_at_2024"), paths=paths)
    runs = [
        played(bench_run(pact, effects=alone(m.DISSIMILARITY_MAKES_ASIAN_NATO_INFEASIBLE, strength)))
        for strength in STRENGTHS
    ]
    for found in ([run.level[item] for run in runs], [run.signed[item] for run in runs]):
        if not (found[0] - found[1] > 0.02 and _close(found[0] - found[2], 2 * (found[0] - found[1]))):
            return False
    seen = [run.shown[item] - run.level[item] for run in runs]
    return bool(seen[0] == 0.0 and seen[1] > 0.05 and _close(seen[2], 2 * seen[1]))


def _falls(values: Sequence[float], least: float) -> bool:
    return bool(values[0] > values[1] + least and values[1] > values[2] + least)


# mechanism, test
GATES: tuple[tuple[int, Callable[[], bool]], ...] = (
    (m.CHEAP_TALK_DISCOUNT, cheap_talk_discount),
    (m.CONSENSUS_GATE, consensus_gate),
    (m.EUROPEAN_WILL_DEFICIT, european_will_deficit),
    (m.PROFILE_SEPARABLE_FROM_SUBSTANCE, profile_separable_from_substance),
    (m.EU_SHARES_CONSTRAINTS, eu_shares_constraints),
    (m.FLAG_DISCOUNT, flag_discount),
    (m.HEDGING_WITHOUT_EXISTENTIAL_THREAT, hedging_gives_way_to_a_mortal_danger),
    (m.TREATY_AREA_LIMITS, treaty_area_limits),
    (m.CONSENSUS_GATE, partial(acting_in_asia_needs_everybody, m.CONSENSUS_GATE, "nato_support", 0.3)),
    (
        m.EUROPEAN_WILL_DEFICIT,
        partial(acting_in_asia_needs_everybody, m.EUROPEAN_WILL_DEFICIT, "ukraine_war", -0.5),
    ),
    (
        m.EUROPEAN_WILL_DEFICIT,
        partial(acting_in_asia_needs_everybody, m.EUROPEAN_WILL_DEFICIT, "econ_cn", -0.3),
    ),
    (m.NO_SPARE_CAPACITY, partial(ships_count_as_far_as_europe_can_send_them, m.NO_SPARE_CAPACITY)),
    (m.ASSET_MISMATCH, partial(ships_count_as_far_as_europe_can_send_them, m.ASSET_MISMATCH)),
    (m.WAR_ABSORBS_EUROPE, partial(ships_count_as_far_as_europe_can_send_them, m.WAR_ABSORBS_EUROPE)),
    (m.WAR_ABSORBS_EUROPE, war_absorbs_attention_for_asia),
    (m.DISSIMILARITY_MAKES_ASIAN_NATO_INFEASIBLE, dissimilarity_makes_an_asian_nato_infeasible),
)
