"""The sign test for mechanisms that work through a vote, a label, a delivery, or as a share of something else.

What is tried, and how, is in `sim.analysis.mechanism_gates`, which `sim validate` goes through too.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.analysis import mechanism_gates as gates


def comes_out(name: str) -> bool:
    """Whether the tests of that name come out, of which there is at least one."""
    found: list[Callable[[], bool]] = [
        test for _, test in gates.GATES if getattr(test, "func", test).__name__ == name
    ]
    assert found, name
    return all(test() for test in found)


def test_cheap_talk_discount() -> None:
    """M04: a commitment raises deterrence by making talk believed, the more the harder talk is discounted."""
    assert comes_out("cheap_talk_discount")


def test_consensus_gate() -> None:
    """M07: each further veto player lowers the chance that all agree, more steeply the stronger the gate."""
    assert comes_out("consensus_gate")


def test_european_will_deficit() -> None:
    """M11: war in Europe, trade with China and no stake make members less willing, only for what is military."""
    assert comes_out("european_will_deficit")


def test_profile_separable_from_substance() -> None:
    """M45: the same work under full discretion alarms less, the more separable profile is from substance."""
    assert comes_out("profile_separable_from_substance")


def test_eu_shares_constraints() -> None:
    """M57: a Europe that depends on China delivers less of what the EU promises."""
    assert comes_out("eu_shares_constraints")


def test_flag_discount() -> None:
    """M62: moving an item from the EU's flag to NATO's adds alarm, the more the stronger the discount."""
    assert comes_out("flag_discount")


def test_hedging_gives_way_to_a_mortal_danger() -> None:
    """M16: a quarter after the wish to hedge has gone, there is less hedging, the less the stronger the mechanism."""
    assert comes_out("hedging_gives_way_to_a_mortal_danger")


def test_treaty_area_limits() -> None:
    """M06: without an obligation NATO acts the less likely the stronger the gate, and a pledge opens it."""
    assert comes_out("treaty_area_limits")


def test_acting_in_asia_needs_everybody() -> None:
    """M07, M11: once bound, NATO acts the likelier the readier its members, and this counts more at higher strength."""
    assert comes_out("acting_in_asia_needs_everybody")


def test_ships_count_as_far_as_europe_can_send_them() -> None:
    """M08, M09, M52: the same ships, beside a build-up, add less to joint capability the stronger the gate."""
    assert comes_out("ships_count_as_far_as_europe_can_send_them")


def test_war_absorbs_attention_for_asia() -> None:
    """M52: a member with a stake in Asia agrees less readily to a mission there while the war absorbs it."""
    assert comes_out("war_absorbs_attention_for_asia")


def test_dissimilarity_makes_an_asian_nato_infeasible() -> None:
    """M36: the stronger the gate the less of a pact comes about, in forces and on paper, and the attempt still signals."""
    assert comes_out("dissimilarity_makes_an_asian_nato_infeasible")
