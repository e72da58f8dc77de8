"""Two codings become one: worked by hand from the files' numbers, never by our code."""

from __future__ import annotations

import pytest

from sim.inputs.choices import worldview_ids
from sim.inputs.coding import Coding, Sourced, articles_of, bounded, hull, merged_interval, preferred
from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.seeds_schema import LABELS, WORLDVIEWS


@pytest.mark.parametrize(
    ("first", "second", "choice", "expected"),
    [
        ((0.6, 0.85, 1.0), (0.6, 0.8, 0.95), "merged", (0.6, 0.825, 1.0)),  # JPN.nato_overall.1
        ((0.5, 0.7, 0.86), (0.8, 1.0, 1.0), "merged", (0.5, 0.85, 1.0)),  # M01 under W2
        ((0.8, 0.9, 1.0), 0.85, "merged", (0.8, 0.875, 1.0)),  # visibility of IN01
        ((0.0, 1.0, 3.0), 6, "merged", (0.0, 3.5, 6.0)),  # lead time of IN01: widened to the second mode
        ((0.3, 0.5, 0.7), 0.1, "merged", (0.1, 0.3, 0.7)),
        ((0.2, 0.4, 0.6), None, "merged", (0.2, 0.4, 0.6)),
        ((0.6, 0.85, 1.0), (0.6, 0.8, 0.95), "first", (0.6, 0.85, 1.0)),
        ((0.6, 0.85, 1.0), (0.6, 0.8, 0.95), "second", (0.6, 0.8, 0.95)),
        ((0.0, 1.0, 3.0), 6, "second", (0.0, 6.0, 6.0)),
        ((0.2, 0.4, 0.6), None, "second", (0.2, 0.4, 0.6)),
    ],
)
def test_merging(first: object, second: object, choice: object, expected: tuple[float, ...]) -> None:
    assert merged_interval(first, second, choice) == pytest.approx(expected)  # type: ignore[arg-type]


def test_the_loaded_numbers_are_merged_so(seeds: Seeds) -> None:
    japan = seeds.attribute("W2", "nato_overall", "JPN")
    assert (japan.low, japan.mode, japan.high) == pytest.approx((0.6, 0.825, 1.0))
    assert japan.source == "A2.SP 6 (JPN.nato_overall.1, mean of two codings)"
    assert (japan.kind, japan.pedigree) == ("coded", 4)
    summits = seeds.instruments[0]
    delivery = summits.dials["delivery"]
    assert (delivery.low, delivery.mode, delivery.high) == pytest.approx((0.55, 0.79, 0.93))
    lead = summits.dials["lead_time_months"]
    assert (lead.low, lead.mode, lead.high, lead.pedigree) == pytest.approx((0, 3.5, 6, 2))
    assert summits.baseline == pytest.approx(0.975)


def test_either_coding_alone() -> None:
    first, second = load_seeds("first"), load_seeds("second")
    assert first.mechanisms[0].strengths["W2"].mode == 0.7
    assert second.mechanisms[0].strengths["W2"].mode == 1.0
    assert first.attribute("W2", "nato_overall", "JPN").mode == 0.85
    assert second.attribute("W2", "nato_overall", "JPN").mode == 0.8
    assert second.attribute("W2", "nato_overall", "JPN").source.endswith("second coding)")
    silent = {seeds.codings["JPN.econ_china.1"].value.mode for seeds in (first, second)}
    assert silent == {0.5}  # coded once: the text is silent


def test_known_corrections(seeds: Seeds) -> None:
    """Decision 0003: read as once adopted, and as if committed."""
    dials = {instrument.id: instrument.dials for instrument in seeds.instruments}
    for name in ("IN09", "IN11", "IN14"):
        delivery = dials[name]["delivery"]
        assert (delivery.low, delivery.mode, delivery.high) == (0.4, 0.6, 0.8)
        assert delivery.kind == "assumed"
    assert dials["IN10"]["delivery"].mode == pytest.approx((0.18 + 0.28) / 2)
    deterrence = next(m for m in seeds.mechanisms if m.id == "M03").strengths
    assert (deterrence["W2"].mode, deterrence["W4"].mode) == (0.6, 0.6)
    assert deterrence["W3"].mode == pytest.approx((0.65 + 1.0) / 2)
    assert not any("elasticity" in name for name in vars(seeds.worldviews[0]))


def test_worldviews_choose_among_competing_codings(seeds: Seeds) -> None:
    cohesion = {w: seeds.world(w, "cohesion") for w in ("W1", "W2", "W3", "W4")}
    assert "NATO.cohesion.1" in cohesion["W1"].source  # A1: divided and loose
    assert "NATO.cohesion.2" in cohesion["W2"].source
    assert "NATO.cohesion.3" in cohesion["W3"].source  # A3: all 32 pledge
    assert "NATO.cohesion.2" in cohesion["W4"].source  # A2 before A1
    assert cohesion["W1"].mode < cohesion["W2"].mode < cohesion["W3"].mode
    assert seeds.world("W1", "assertiveness").mode == pytest.approx((0.08 + 0.05) / 2)
    # W3 trusts A3 first, which says nothing of assertiveness, then A2.
    assert seeds.world("W3", "assertiveness") == seeds.world("W2", "assertiveness")
    assert "CHN.nato_lo.1" in seeds.attribute("W1", "nato_lo", "CHN").source
    assert "CHN.nato_lo.2" in seeds.attribute("W2", "nato_lo", "CHN").source


# --------------------------------------------------------------------------------------- the pooled worldview


def test_pooled_is_the_hull_of_the_four(seeds: Seeds) -> None:
    """Strengths, attributes, levels, label tables: lowest low, mean of the modes, highest high, weakest pedigree."""
    pairs = [(one.strengths["pooled"], [one.strengths[w] for w in WORLDVIEWS]) for one in seeds.mechanisms]
    pairs += [(seeds.attribute("pooled", name, actor.id), [seeds.attribute(w, name, actor.id) for w in WORLDVIEWS])
              for name in seeds.attribute_names for actor in seeds.states]  # fmt: skip
    pairs += [
        (seeds.world("pooled", name), [seeds.world(w, name) for w in WORLDVIEWS])
        for name in seeds.world_names
    ]
    pairs += [(seeds.pooled.label_alarm_china[label], [one.label_alarm_china[label] for one in seeds.worldviews])
              for label in LABELS]  # fmt: skip
    for pooled, four in pairs:
        assert pooled.low == min(one.low for one in four)
        assert pooled.mode == pytest.approx(sum(one.mode for one in four) / 4)
        assert pooled.high == max(one.high for one in four)
        assert pooled.pedigree == min(one.pedigree for one in four)
    wider = [
        pooled for pooled, four in pairs if pooled.high - pooled.low > max(one.high - one.low for one in four)
    ]
    assert len(wider) > 100
    assert all("hull of W1 to W4" in one.source for one in wider)


def test_pooled_is_asked_for_by_name_alone(seeds: Seeds) -> None:
    assert worldview_ids("all", seeds) == WORLDVIEWS
    assert worldview_ids(["pooled", "W2"], seeds) == ("pooled", "W2")
    assert seeds.worldview("pooled") is seeds.pooled
    assert "pooled" not in [one.id for one in seeds.worldviews]


def test_a_number_that_all_hold_alike_stays_itself() -> None:
    same = [Sourced(0, 0.1, 0.3, "coded", f"source {k}", 4 - k) for k in range(3)]
    assert hull(same) is same[2]
    moved = hull([Sourced(0, 0.1, 0.3, "coded", "x", 4), Sourced(0.05, 0.3, 0.4, "assumed", "assumed: y", 1)])
    assert (moved.low, moved.mode, moved.high) == (0, 0.2, 0.4)
    assert (moved.kind, moved.pedigree) == ("assumed", 1)
    assert moved.source.startswith("assumed: hull")


def test_each_worldview_leaves_out_one_of_two_rival_readings(seeds: Seeds) -> None:
    """Only A1 sees containment (IN82) where the others see connective tissue (IN81)."""
    left_out = {one.id: one.reading_left_out for one in seeds.worldviews_and_pooled}
    assert left_out == {"W1": "IN81", "W2": "IN82", "W3": "IN82", "W4": "IN82", "pooled": "IN82"}
    assert seeds.pooled.reading_because


def _coding(name: str, *articles: str) -> Coding:
    value = Sourced(0, 0.5, 1, "coded", name, 4)
    return Coding(name, "CHN", "x", articles, (), "explicit", "", value)


def test_the_preferred_coding_is_that_of_the_first_article_in_the_order() -> None:
    first, second, third = _coding("1", "A2"), _coding("2", "A1", "A3"), _coding("3", "C")
    codings = (first, second, third)
    assert preferred(codings, ("A1", "C", "A2", "A3")) is second
    assert preferred(codings, ("A3", "A2")) is second
    assert preferred(codings, ("C", "A2")) is third
    assert preferred((third,), ("A1",)) is third
    assert preferred((), ("A1",)) is None


def test_small_helpers() -> None:
    assert articles_of(("A2.SP 6", "A1.B 4", "A2.I 2")) == ("A2", "A1")
    cut = bounded(Sourced(-0.4, 0.2, 1.3, "coded", "x", 4), 0, 1)
    assert (cut.low, cut.mode, cut.high) == (0, 0.2, 1)
