"""Scoring of directions, zeros and contrasts, on effects whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.validation import null_models
from sim.analysis.validation import signs as scored
from sim.analysis.validation.signs import Cell, Group, Share
from sim.inputs.evidence import load_seeds
from sim.inputs.expected_signs import ExpectedSign, ExpectedSigns
from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment
from sim.inputs.scenario import load_scenario
from sim.theory.outcome_list import OUTCOMES

WORLDVIEWS = ("W1", "W2", "W3", "W4")


def cell(worldview: str, scenario: str = "stay_out", outcome: str = "tension") -> Cell:
    """A cell of one scenario and outcome."""
    return Cell(scenario, outcome, worldview)


def around(mean: float, spread: float = 0.01) -> np.ndarray:
    """Eight members' values, symmetric about their mean."""
    return mean + spread * np.array([-1.5, -1.0, -0.5, -0.1, 0.1, 0.5, 1.0, 1.5])


def test_a_direction_needs_its_interval_beyond_zero() -> None:
    coding = {cell("W1"): 1, cell("W2"): 1, cell("W3"): -1, cell("W4"): 0}
    found = {
        cell("W1"): around(0.1),
        cell("W2"): around(0.001),  # the right sign, and chance
        cell("W3"): around(0.1),
        cell("W4"): around(0.1),
    }
    assert scored.directions(coding, found) == {cell("W1"): True, cell("W2"): False, cell("W3"): False}


def test_typical_is_the_median_over_policies_without_shocks() -> None:
    found = {
        Cell("one", "tension", "W1"): around(0.1), Cell("one", "tension", "W2"): around(-0.3),
        Cell("two", "tension", "W1"): around(0.2), Cell("shock", "tension", "W1"): around(9.0),
    }  # fmt: skip
    assert scored.typical_sizes(found, ["one", "two"])["tension"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("size", "other", "sign_of_other", "is_right"),
    [
        (0.009, 0.05, 1, True),  # under a tenth of typical (0.1) and a quarter of the largest (0.05)
        (0.011, 0.05, 1, False),  # over a tenth of typical
        (-0.009, 0.03, -1, False),  # over a quarter of the largest
        (0.009, 0.03, 0, True),  # coded 0 everywhere: the largest is no measure
        (0.0, 0.05, 1, True),
    ],
)
def test_a_zero_is_small_against_the_typical_and_the_largest(
    size: float, other: float, sign_of_other: int, *, is_right: bool
) -> None:
    coding = {cell("W1"): 0, cell("W2"): sign_of_other}
    found = {cell("W1"): around(size), cell("W2"): around(other)}
    assert scored.zeros(coding, found, {"tension": 0.1})[cell("W1")] is is_right


def test_a_contrast_needs_the_order_a_distance_and_more_than_chance() -> None:
    coding = {cell("W1"): 1, cell("W2"): 0, cell("W3"): -1, cell("W4"): 1}
    found = {
        cell("W1"): around(0.30),
        cell("W2"): around(0.295),  # nearer to W1 than the tolerance of 0.01
        cell("W3"): around(0.10),
        cell("W4"): around(0.25, spread=3.0)
        * np.array([1, -1, 1, -1, 1, -1, 1, -1]),  # above W3 by chance alone
    }
    right = scored.contrasts(coding, found, {"tension": 0.1})
    assert len(right) == 5  # W1 and W4 are coded alike
    assert right[cell("W3"), cell("W1")]
    assert right[cell("W3"), cell("W2")]
    assert not right[cell("W2"), cell("W1")]
    assert not right[cell("W3"), cell("W4")]


def test_identical_worldviews_score_nothing_on_contrasts() -> None:
    coding = {cell(worldview): sign for worldview, sign in zip(WORLDVIEWS, (1, 0, -1, 1), strict=True)}
    found = {cell(worldview): around(0.3) for worldview in WORLDVIEWS}
    shares = scored.scores(Group("all", "all", coding), found, ["stay_out"])
    assert shares["contrasts"] == Share(0, 5)
    assert shares["directions"] == Share(2, 3)


def test_contrasts_join_nothing_but_one_scenario_and_outcome() -> None:
    coding = {cell("W1"): 1, cell("W2", outcome="growth"): -1, cell("W3", scenario="other"): -1}
    assert scored.contrasts(coding, dict.fromkeys(coding, around(0.1)), {}) == {}


def coded(
    first: int | None, second: int | None, confidence: str = "high", worldview: str = "W1"
) -> ExpectedSign:
    """One cell of two coders."""
    return ExpectedSign("stay_out", worldview, "tension", first, second, confidence)  # type: ignore[arg-type]


def test_groups_of_cells() -> None:
    cells = (
        coded(1, 1), coded(None, -1, "medium", "W2"), coded(1, 0, "low", "W3"), coded(None, None, "high", "W4"),
    )  # fmt: skip
    found = {group.slug: set(group.coding.items()) for group in scored.groups(ExpectedSigns(cells, {}, True))}
    assert found["second"] == {(cell("W1"), 1), (cell("W2"), -1), (cell("W3"), 0)}
    assert found["sure"] == {(cell("W1"), 1), (cell("W2"), -1)}
    assert found["agreed"] == {(cell("W1"), 1)}
    assert found["only_second"] == {(cell("W2"), -1)}
    (yours,) = scored.groups(ExpectedSigns(cells, {}, False))
    assert yours.slug == "yours"


def test_majority_signs() -> None:
    coding = {cell("W1"): 1, cell("W2"): 1, cell("W3"): -1, cell("W1", "other"): -1, cell("W2", "other"): -1}
    each = null_models.sign_of_each_scenario(coding)
    assert [each[one] for one in coding] == [1, 1, 1, -1, -1]
    assert set(null_models.sign_of_each_outcome(coding).values()) == {-1}
    shares = scored.prediction_scores(Group("all", "all", coding), each)
    assert shares["directions"] == Share(4, 5)
    assert shares["contrasts"] == Share(0, 2)
    perfect = scored.prediction_scores(Group("all", "all", coding), coding)
    assert perfect["contrasts"] == Share(2, 2)


def test_static_arithmetic_is_a_sum_over_instruments() -> None:
    """An office alone: the change in its level, times its dials, times W2's strengths."""
    seeds = load_seeds()
    office = next(item for item in seeds.instruments if item.id == "IN08")
    base = load_scenario("course_of_2024")
    opened = replace(
        base, slug="opened", paths=FrozenMapping({**base.paths, office.slug: (Segment(1.0, 0, 1),)})
    )
    held = base.levels(seeds.instruments)[-1][[item.id for item in seeds.instruments].index("IN08")]
    signs = ExpectedSigns((), {"course_of_2024": base, "opened": opened}, True)
    alarm, still = (
        Cell("opened", "perceived_encirclement", "W2"),
        Cell("course_of_2024", "perceived_encirclement", "W2"),
    )
    found = null_models.static_effects([alarm, still], signs, seeds)
    strength = next(one for one in seeds.mechanisms if one.id == "M01").strengths["W2"].mode
    dials = office.dials["hardness"].mode + office.dials["bloc_signal"].mode
    assert found[alarm] == pytest.approx([(1 - held) * dials * strength])
    assert found[still] == pytest.approx([0.0])


def test_every_computed_outcome_is_in_the_static_table() -> None:
    assert {outcome.id for outcome in OUTCOMES} <= set(null_models.TABLE)
    mechanisms = {one.id for one in load_seeds().mechanisms}
    assert {term.mechanism for terms in null_models.TABLE.values() for term in terms} <= mechanisms
