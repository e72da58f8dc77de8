"""Facts judged on made-up runs, whose answer is known; and estimates with their intervals."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.validation.estimates import FAILS, HOLDS, UNDECIDED, Estimate, estimate, verdict, worst
from sim.analysis.validation.facts import judged, measure, side_values, tally, wanted_by
from sim.analysis.validation.sample import Sample, Spot, Wanted, blocks
from sim.inputs.expectations import Expectations, Fact
from sim.inputs.expressions import (
    Comparison,
    Extreme,
    Number,
    Place,
    Positions,
    Ratio,
    Reading,
    ShareOfRuns,
    Side,
    Variable,
    Weighted,
)

TENSION = Variable("tension", probes=("tension",))
CALM, HOT = Place("calm"), Place("hot")
NOISE = np.array([-0.2, -0.1, 0.0, 0.1, 0.2])


def made_up(**values: np.ndarray) -> Sample:
    """Tension by policy under W1, and one lower by one under W2."""
    rows = {}
    for policy, of in values.items():
        for lower, worldview in enumerate(("W1", "W2")):
            rows[Spot(policy, "as_expected", worldview)] = {"tension": of - lower, "tension.final": 2 * of}
    return Sample(5, rows)


def fact(*comparisons: Comparison, kind: str = "direct", known: dict[str, str] | None = None) -> Fact:
    """A fact that W1 and W2 claim."""
    return Fact("X1", "a fact", kind, ("W1", "W2"), (), "", "", comparisons, known or {})  # type: ignore[arg-type]


def above(side: Side, low: float) -> Comparison:
    """A comparison with a lower bound."""
    return Comparison(side, low, None, "a comparison")


def mean_of(place: Place) -> Reading:
    """Mean tension."""
    return Reading("mean", TENSION, place)


def test_paired_differences_share_their_noise() -> None:
    sample = made_up(calm=1 + 9 * NOISE, hot=1.3 + 9 * NOISE + 0.1 * NOISE)
    difference = Weighted(((1.0, mean_of(HOT)), (-1.0, mean_of(CALM))))
    found = measure(above(difference, 0.2), "W1", sample)
    assert found.found.mean == pytest.approx(0.3)
    assert found.verdict == HOLDS
    assert measure(above(difference, 0.31), "W1", sample).verdict == UNDECIDED
    assert measure(above(difference, 0.5), "W1", sample).verdict == FAILS
    assert measure(above(mean_of(HOT), 0.5), "W1", sample).verdict == UNDECIDED


def test_each_worldview_is_judged_apart_and_all_comparisons_count() -> None:
    sample = made_up(calm=1 + NOISE)
    high, low = above(mean_of(CALM), 0.5), above(mean_of(CALM), -5.0)
    one, other = judged([fact(low, high)], sample)
    assert (one.worldview, one.verdict) == ("W1", HOLDS)
    assert (other.worldview, other.verdict) == ("W2", FAILS)
    assert one.deciding.low == 0.5  # nearest its bound
    assert other.deciding.low == 0.5
    assert not other.is_known_failure
    assert judged([fact(high, known={"W2": "why"})], sample)[1].is_known_failure
    assert tally([one, other])["direct"] == (1, 2)


def test_a_comparison_may_be_asked_under_some_worldviews_or_read_under_another() -> None:
    sample = made_up(calm=1 + NOISE)
    for_one = Comparison(mean_of(CALM), 0.5, None, "", ("W1",))
    assert [one.verdict for one in judged([fact(for_one, above(Number(1.0), 0.0))], sample)] == [HOLDS, HOLDS]
    elsewhere = above(mean_of(Place("calm", under="W1")), 0.5)
    assert [one.verdict for one in judged([fact(elsewhere)], sample)] == [HOLDS, HOLDS]


def test_sides() -> None:
    sample = made_up(calm=np.array([1.0, 2.0, 3.0, 4.0, 5.0]), hot=np.full(5, 3.0))
    largest, smallest = (Extreme(is_largest, (mean_of(CALM), mean_of(HOT))) for is_largest in (True, False))
    assert side_values(largest, "W1", sample).tolist() == [3, 3, 3, 4, 5]
    assert side_values(smallest, "W1", sample).tolist() == [1, 2, 3, 3, 3]
    assert side_values(Reading("final", TENSION, CALM), "W1", sample).tolist() == [2, 4, 6, 8, 10]
    share = ShareOfRuns((above(mean_of(CALM), 2.0), Comparison(mean_of(CALM), None, 5.0, "")))
    assert side_values(share, "W1", sample).tolist() == [0, 0, 1, 1, 0]


def test_a_share_has_wilsons_interval() -> None:
    sample = made_up(calm=np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    found = measure(above(ShareOfRuns((above(mean_of(CALM), 0.0),)), 0.5), "W1", sample).found
    assert found == pytest.approx(
        (1.0, 0.5655, 1.0), abs=1e-4
    )  # five of five, as tables of Wilson's interval have it


def test_a_ratio_of_means_and_its_error() -> None:
    rng = np.random.default_rng(5)
    above_, below = 3 + rng.normal(size=4000), 2 + 0.5 * rng.normal(size=4000)
    sample = Sample(4000, {Spot("calm", "as_expected", "W1"): {"tension": above_},
                           Spot("hot", "as_expected", "W1"): {"tension": below}})  # fmt: skip
    found = estimate(side_values(Ratio(mean_of(CALM), mean_of(HOT)), "W1", sample))
    assert found.mean == pytest.approx(above_.mean() / below.mean())
    bootstrap = [
        above_[pick].mean() / below[pick].mean()
        for pick in (rng.integers(0, 4000, 4000) for _ in range(1000))
    ]
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * np.std(bootstrap), rel=0.15)


def test_a_member_whose_run_broke_counts_nowhere() -> None:
    sample = made_up(calm=np.array([1.0, np.nan, 1.0, 1.2, 0.8]))
    share = ShareOfRuns((above(mean_of(CALM), 0.9),))
    assert estimate(side_values(share, "W1", sample), is_share=True).mean == 0.75
    assert sample.broken == 2
    nothing = measure(above(mean_of(CALM), 0.0), "W1", made_up(calm=np.full(5, np.nan)))
    assert nothing.verdict == UNDECIDED


def test_states_on_opposite_sides_and_correlation() -> None:
    columns = {
        "position.security.A": [0.5, 0.5], "position.security.B": [-0.5, 0.01], "position.security.C": [0.0, 0.2],
        "position.economy.A": [-0.5, 0.4], "position.economy.B": [0.5, -0.9], "position.economy.C": [0.0, 0.3],
    }  # fmt: skip
    sample = Sample(2, {Spot("calm", "as_expected", "W1"): {k: np.array(v) for k, v in columns.items()}})
    apart = Positions(("security", "economy"), ("A", "B", "C"), CALM, 0.05)
    assert side_values(apart, "W1", sample).tolist() == [2, 0]
    alike = side_values(Positions(("security", "economy"), ("A", "B", "C"), CALM), "W1", sample)
    assert alike == pytest.approx([-1.0, np.corrcoef([0.5, 0.01, 0.2], [0.4, -0.9, 0.3])[0, 1]])


def test_what_is_wanted_is_what_is_read() -> None:
    wanted = Wanted()
    wanted_by(
        Expectations((fact(above(Reading("final", TENSION, Place("calm", "as_expected", "W4")), 0)),), {}),
        wanted,
    )
    spot = Spot("calm", "as_expected", "W4")
    assert set(wanted.asked) == {spot}
    assert wanted.columns(spot) == ["tension.final"]
    assert (wanted.names([spot], "probes"), wanted.names([spot], "outcomes")) == (("tension",), ())


def test_students_interval() -> None:
    assert estimate(1 + NOISE) == pytest.approx(
        (1.0, 1 - 0.19632, 1 + 0.19632), abs=1e-5
    )  # 2.7764 · 0.15811 / √5
    assert estimate(np.array([3.0])) == Estimate(3.0, 3.0, 3.0)


def test_intervals_cover_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    covered = [found.low < 0 < found.high for found in (estimate(rng.normal(size=12)) for _ in range(4000))]
    assert 0.938 < np.mean(covered) < 0.962
    shares = [found.low < 0.1 < found.high for found in (
        estimate((rng.random(100) < 0.1).astype(float), is_share=True) for _ in range(4000)
    )]  # fmt: skip
    assert 0.92 < np.mean(shares) < 0.98


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, None, HOLDS), (1.0, None, UNDECIDED), (1.3, None, FAILS), (1.2, None, FAILS), (None, 1.3, HOLDS),
        (None, 0.7, FAILS), (0.5, 1.5, HOLDS), (0.9, 1.5, UNDECIDED), (2.0, 3.0, FAILS), (-3.0, -2.0, FAILS),
    ],
)  # fmt: skip
def test_verdicts(low: float | None, high: float | None, said: str) -> None:
    assert verdict(Estimate(1.0, 0.8, 1.2), low, high) == said


def test_one_failure_fails_the_whole() -> None:
    assert worst([HOLDS, UNDECIDED, FAILS]) == FAILS
    assert worst([HOLDS, UNDECIDED]) == UNDECIDED
    assert worst([HOLDS, HOLDS]) == HOLDS


def test_spots_are_run_once_each_and_no_others() -> None:
    spots = {Spot(p, "plain", w) for p in ("base", "one", "two") for w in ("W1", "W2")}
    spots |= {Spot("base", future, w) for future in ("war", "peace") for w in ("W1", "W2")}
    spots |= {Spot("three", "plain", "W1"), Spot("short", "plain", "W1")}
    found = blocks(spots, lambda slug: 20 if slug == "short" else 40)
    made = [
        Spot(p, f, w) for policies, futures, views in found for p in policies for f in futures for w in views
    ]
    assert len(made) == len(set(made))
    assert set(made) == spots
    assert len(found) == 4
