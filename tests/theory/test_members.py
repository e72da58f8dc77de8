"""Members of the ensemble: triangular values, tied by kind, paired across worldviews, each drawn alone (D1, D5).

Random rates are tested at a false-alarm chance of one in a million each; seeds are fixed.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from sim.inputs.evidence import Sourced
from sim.inputs.members import DEFAULT_CORRELATION, Draw, Uncertain, address
from sim.theory.draw import triangular_quantile
from tests.bench import WORLDVIEWS, assembly

FALSE_ALARM = 1e-6
SEED = 20240709
MEMBERS = 4000


def sourced(low: float, mode: float, high: float) -> Sourced:
    return Sourced(low, mode, high, "assumed", "assumed: for a test", 0)


def few(correlation: float = DEFAULT_CORRELATION) -> Draw:
    """Three numbers of one factor (one of them without an interval) and two of another."""
    numbers = Uncertain()
    numbers.add(sourced(0, 0.5, 1), "dial", 1, "visibility", "visibility")
    numbers.add(sourced(-1, 0, 3), "dial", 2, "visibility", "visibility")
    numbers.add(sourced(0.4, 0.4, 0.4), "dial", 3, "visibility", "visibility")
    numbers.add(sourced(0, 0, 1), "dial", 1, "hardness", "hardness")
    numbers.add(sourced(0, 1, 1), "attribute", 1, "hardness", "hardness")
    return numbers.frozen(correlation)


def part_of(draw: Draw, places: NDArray[np.int64]) -> Draw:
    """Some of the numbers, in any order."""
    return replace(
        draw, low=draw.low[places], mode=draw.mode[places], high=draw.high[places],
        addresses=draw.addresses[places], factor_of=draw.factor_of[places],
    )  # fmt: skip


def shares(draw: Draw, members: int = MEMBERS) -> NDArray[np.float64]:
    """How far up its distribution each member's value of each number lies (members, n): the triangle's own formula."""
    values = np.array([draw.member(SEED, member) for member in range(members)])
    low, mode, high = draw.low, draw.mode, draw.high
    with np.errstate(invalid="ignore", divide="ignore"):
        left = (values - low) ** 2 / ((high - low) * (mode - low))
        right = 1 - (high - values) ** 2 / ((high - low) * (high - mode))
    return np.where(values < mode, left, right)


def assert_correlation(one: NDArray[np.float64], other: NDArray[np.float64], expected: float) -> None:
    """The correlation of the normal scores is the expected one, by Fisher's transformation."""
    found = np.corrcoef(special.ndtri(one), special.ndtri(other))[0, 1]
    limit = stats.norm.isf(FALSE_ALARM / 2) / math.sqrt(len(one) - 3)
    assert abs(math.atanh(found) - math.atanh(expected)) < limit, f"correlation {found:.3f}"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("u", "low", "mode", "high", "value"),
    [
        (0.5, 0.0, 1.0, 2.0, 1.0),
        (0.125, 0.0, 1.0, 2.0, 0.5),  # a quarter of the left half's area, half-way along
        (0.875, 0.0, 1.0, 2.0, 1.5),
        (0.75, 0.0, 0.0, 1.0, 0.5),  # the mode at an end
        (0.25, 0.0, 1.0, 1.0, 0.5),
        (0.2, -1.0, 0.0, 4.0, 0.0),  # the share left of the mode
        (0.05, -1.0, 0.0, 4.0, -0.5),
        (0.8, -1.0, 0.0, 4.0, 2.0),
        (0.3, 0.4, 0.4, 0.4, 0.4),
    ],
)
def test_triangular_quantile_by_hand(u: float, low: float, mode: float, high: float, value: float) -> None:
    assert triangular_quantile(u, low, mode, high) == pytest.approx(value, abs=1e-15)


@pytest.mark.pure
def test_triangular_quantile_rises_from_low_to_high() -> None:
    for low, mode, high in ((0.0, 0.3, 1.0), (-2.0, -2.0, 5.0), (0.1, 0.7, 0.7)):
        values = [triangular_quantile(u, low, mode, high) for u in np.linspace(1e-12, 1 - 1e-12, 1001)]
        assert low <= values[0] < low + 1e-4
        assert high - 1e-4 < values[-1] <= high
        assert np.all(np.diff(values) > 0)


@pytest.mark.parametrize("correlation", [0.0, DEFAULT_CORRELATION, 1.0])
def test_each_number_alone_is_triangular(correlation: float) -> None:
    """Whatever it shares with others: its share is uniform (Kolmogorov-Smirnov), its mean the triangle's."""
    draw = few(correlation)
    found = shares(draw)
    limit = stats.norm.isf(FALSE_ALARM / 2) / math.sqrt(MEMBERS)
    for place in (0, 1, 3, 4):
        assert stats.kstest(found[:, place], "uniform").pvalue > FALSE_ALARM
        low, mode, high = draw.low[place], draw.mode[place], draw.high[place]
        variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
        mean = np.mean([draw.member(SEED, member)[place] for member in range(MEMBERS)])
        assert abs(mean - (low + mode + high) / 3) < limit * math.sqrt(variance)


def test_numbers_of_one_factor_are_correlated_and_others_are_not() -> None:
    found = shares(few())
    assert_correlation(found[:, 0], found[:, 1], 0.7)
    assert_correlation(found[:, 3], found[:, 4], 0.0)  # of one name, but not of one kind
    assert_correlation(found[:, 0], found[:, 3], 0.0)


def test_correlation_is_what_is_asked_for() -> None:
    assert DEFAULT_CORRELATION == 0.7
    for asked in (0.0, 0.3):
        found = shares(few(asked))
        assert_correlation(found[:, 0], found[:, 1], asked)
    found = shares(few(1.0), 200)
    assert found[:, 0] == pytest.approx(found[:, 1], abs=1e-12)


def test_what_counts_as_one_kind_in_the_model() -> None:
    """One dial across instruments, one attribute across actors, all strengths, the effects of one cluster."""
    model = assembly()
    draw, places = model.draw, model.places
    wide = draw.high - draw.low > 1e-3

    def two(row: NDArray[np.int64]) -> list[int]:
        return [int(place) for place in row if wide[place]][:2]

    clusters: dict[int, list[int]] = {}
    for place in places.effect:
        clusters.setdefault(int(draw.factor_of[place]), []).append(int(place))
    tied = [
        two(places.dial[0]), two(places.dial[1]), two(places.attribute["W2"][0]), two(places.strength["W2"]),
        next(cluster[:2] for cluster in clusters.values() if len(cluster) > 1),
    ]  # fmt: skip
    alone = two(places.parameter) + two(places.world["W2"])
    chosen = np.array([place for pair in tied for place in pair] + alone)
    found = shares(part_of(draw, chosen), 2000)
    for one in range(len(chosen)):
        for other in range(one):
            is_pair = one < 2 * len(tied) and one // 2 == other // 2
            assert_correlation(found[:, one], found[:, other], 0.7 if is_pair else 0.0)


def test_values_stay_inside_their_intervals() -> None:
    draw = assembly().draw
    for member in range(100):
        values = draw.member(SEED, member)
        assert np.all((draw.low <= values) & (values <= draw.high))
    assert np.all((draw.low <= draw.modes()) & (draw.modes() <= draw.high))


def test_a_member_is_the_same_whenever_it_is_drawn() -> None:
    draw = assembly().draw
    in_order = {member: draw.member(SEED, member) for member in range(6)}
    for member in (5, 0, 3, 3, 1):
        assert np.array_equal(draw.member(SEED, member), in_order[member])
    assert not np.array_equal(in_order[0], in_order[1])
    assert not np.array_equal(in_order[0], draw.member(SEED + 1, 0))
    assert np.array_equal(draw.member(0, 0), draw.member(0, 0))


def test_a_number_is_the_same_wherever_it_stands_and_whatever_else_is_drawn() -> None:
    """Numbers are addressed by name: a new instrument or another order changes no number that was there before."""
    draw = assembly().draw
    order = np.random.default_rng(3).permutation(len(draw.low))
    for places in (order, order[:50], order[50:51]):
        assert np.array_equal(part_of(draw, places).member(SEED, 7), draw.member(SEED, 7)[places])


def test_no_two_uncertain_numbers_share_an_address() -> None:
    """Within a worldview; names are hashed to 32 bits, and no two of ours fall together."""
    draw, places = assembly().draw, assembly().places
    shared = np.concatenate([places.dial.ravel(), places.effect, places.parameter])
    for worldview in WORLDVIEWS:
        own = [
            places.strength[worldview],
            places.attribute[worldview].ravel(),
            places.world[worldview],
        ]
        rows = draw.addresses[np.concatenate([shared, *own])]
        assert len(np.unique(rows, axis=0)) == len(rows)


def test_names_become_addresses_by_a_published_checksum() -> None:
    """CRC-32, by its standard check value: the same in every process and on every machine."""
    assert address("123456789") == 0xCBF43926
    kinds = {
        "dial": 10,
        "world": len(assembly().places.world["W1"]),
        "parameter": len(assembly().places.parameter),
    }
    clusters = len(np.unique(assembly().draw.factor_of[assembly().places.effect]))
    attributes = len(assembly().places.attribute["W1"])
    expected = sum(kinds.values()) + clusters + attributes + 1  # strengths share one
    assert len(assembly().draw.factors) == expected, "two factors fall together"


def test_worldviews_are_paired() -> None:
    """Attributes, shared levels, strengths: one uniform and one factor, so the same share of whatever interval applies."""
    draw, places = assembly().draw, assembly().places
    rows = {
        worldview: np.concatenate(
            [places.attribute[worldview].ravel(), places.world[worldview], places.strength[worldview]]
        )
        for worldview in WORLDVIEWS
    }
    found = {worldview: shares(part_of(draw, places), 20) for worldview, places in rows.items()}
    for worldview in WORLDVIEWS[1:]:
        here, there = rows["W1"], rows[worldview]
        assert np.array_equal(draw.addresses[here], draw.addresses[there])
        assert np.array_equal(draw.factor_of[here], draw.factor_of[there])
        wide = (draw.high[here] - draw.low[here] > 1e-3) & (draw.high[there] - draw.low[there] > 1e-3)
        assert wide.sum() > 1000
        assert wide[-len(places.strength["W1"]) :].any()
        assert np.allclose(found["W1"][:, wide], found[worldview][:, wide], rtol=0, atol=1e-9)


def test_an_interval_out_of_order_is_refused() -> None:
    numbers = Uncertain()
    numbers.add(sourced(0, 0.5, 1), "world", 0, "one", "one")
    numbers.add(sourced(0.6, 0.5, 1), "world", 0, "two", "two")
    with pytest.raises(ValueError, match="place 1"):
        numbers.frozen()
