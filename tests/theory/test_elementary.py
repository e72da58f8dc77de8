"""The theory's own exp, log and normal distribution: as accurate as they say, and each other's inverse."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from sim.theory import elementary
from sim.theory.elementary import (
    exponential,
    fill_logits,
    logarithm,
    logistic,
    logit,
    normal_quantile,
    normal_share_below,
)

pytestmark = pytest.mark.pure
N = 4000


def spread(low: float, high: float, size: int | tuple[int, ...]) -> NDArray[np.float64]:
    """Points between two ends, always the same ones."""
    return np.random.default_rng(19).uniform(low, high, size)


EXPONENTS = np.concatenate([
    spread(-708, 709, N), spread(-1, 1, N), spread(-40, 40, N), spread(-1e-6, 1e-6, N),
    np.arange(-1000, 1000) * math.log(2) / 2,  # where the remainder changes sign, and half-way between
    [0.0, -0.0, 1.0, -1.0, 708.9, -707.9, 5e-324],
])  # fmt: skip
POSITIVES = np.concatenate([
    10.0 ** spread(-307, 308, N), spread(0, 10, N), spread(0.5, 2, N),
    1 + spread(-1e-6, 1e-6, N), 1 + 2.0 ** -np.arange(1, 53), 1 - 2.0 ** -np.arange(1, 54),
    2.0 ** np.arange(-1022, 1024), [math.sqrt(2), math.sqrt(0.5), math.e, 1.7976931348623157e308],
])  # fmt: skip
SHARES = np.concatenate([
    spread(0, 1, N), 10.0 ** spread(-300, -1, N), 1 - 10.0 ** spread(-15, -1, N),
    [0.5, 0.075, 0.925, math.exp(-25), math.exp(-25) * 1.0000001, 2.0**-54, 1 - 2.0**-53],
])  # fmt: skip


def worst(
    ours: Callable[[float], float],
    reference: Callable[[float], float],
    points: NDArray[np.float64],
    unit: Callable[[float], float],
) -> float:
    """The largest distance from the reference, in units that depend on the reference's value."""
    expected = [float(reference(x)) for x in points]
    return max(
        abs(float(ours(float(x))) - y) / unit(y) for x, y in zip(points, expected, strict=True) if y != 0
    )


def test_exponential_is_within_two_units_in_the_last_place() -> None:
    assert worst(exponential, math.exp, EXPONENTS, math.ulp) <= 2
    assert exponential(0.0) == 1.0


def test_exponential_is_clipped_far_out() -> None:
    assert exponential(1e308) == exponential(math.inf) == exponential(709.0)
    assert exponential(-1e308) == exponential(-math.inf) == exponential(-708.0)
    assert exponential(709.0) == pytest.approx(8.218407461554972e307, rel=1e-15)
    assert exponential(-708.0) == pytest.approx(3.307553003638408e-308, rel=1e-15)


def test_logarithm_is_within_two_units_in_the_last_place() -> None:
    assert worst(logarithm, math.log, POSITIVES, math.ulp) <= 2
    assert logarithm(1.0) == 0.0


def test_exponential_and_logarithm_never_fall() -> None:
    """Rounding turns no rise into a fall of more than a unit in the last place."""
    for function, points in ((exponential, EXPONENTS), (logarithm, POSITIVES)):
        values = np.array([function(x) for x in np.sort(points)])
        assert np.all(np.diff(values) >= -np.spacing(np.abs(values[1:])))


def test_exponential_and_logarithm_undo_each_other() -> None:
    for x in EXPONENTS:
        if abs(x) < 700:
            assert abs(logarithm(exponential(x)) - x) <= 1e-15 * max(1, abs(x))
    for x in POSITIVES:
        if 1e-300 < x < 1e300:
            assert exponential(logarithm(x)) == pytest.approx(x, rel=4e-16 * max(1, abs(math.log(x))))


def test_logistic_by_hand() -> None:
    assert logistic(0.0) == 0.5
    assert logistic(math.log(3)) == pytest.approx(0.75, rel=1e-15)
    assert logistic(-math.log(9)) == pytest.approx(0.1, rel=1e-15)
    assert logistic(1e308) == 1.0
    assert 0.0 < logistic(-1e308) < 1e-300
    assert worst(logistic, special.expit, spread(-300, 40, N), math.ulp) <= 4


def test_logit_by_hand() -> None:
    assert logit(0.5) == 0.0
    assert logit(0.75) == pytest.approx(1.0986122886681098, rel=1e-15)
    assert logit(0.02) == pytest.approx(-3.8918202981106265, rel=1e-15)


def test_logistic_and_logit_undo_each_other() -> None:
    for x in spread(-20, 20, 1000):
        assert logit(logistic(x)) == pytest.approx(x, abs=3e-16 * (1 + math.exp(abs(x))))
    for p in spread(1e-6, 1 - 1e-6, 1000):
        assert logistic(logit(p)) == pytest.approx(p, rel=1e-14)


def test_normal_quantile_is_within_1e_15_of_scipy() -> None:
    """Relative, away from its zero at ½."""
    assert worst(normal_quantile, special.ndtri, SHARES[np.abs(SHARES - 0.5) > 1e-6], abs) <= 1e-15
    assert normal_quantile(0.5) == 0.0
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, rel=1e-15)
    assert normal_quantile(0.8413447460685429) == pytest.approx(1.0, rel=1e-15)
    for p in spread(0, 0.5, 200):
        if 1 - (1 - p) == p:
            assert normal_quantile(1 - p) == -normal_quantile(p)


def test_normal_distribution_is_within_1e_14_of_scipy() -> None:
    points = np.concatenate([spread(-8, 8, N), spread(-1e-6, 1e-6, 100), [-4.0, 4.0, 3.9999999999]])
    assert worst(normal_share_below, special.ndtr, points, lambda _: 1.0) <= 1e-14
    assert normal_share_below(0.0) == 0.5
    assert normal_share_below(1.0) == pytest.approx(0.8413447460685429, abs=1e-15)
    assert normal_share_below(-1.959963984540054) == pytest.approx(0.025, abs=1e-15)


@pytest.mark.parametrize("z", [-1e308, -40.0, -8.0, 8.0, 40.0, 1e308, math.inf, -math.inf])
def test_normal_distribution_stays_inside_0_and_1(z: float) -> None:
    assert 0.0 < normal_share_below(z) < 1.0


def test_normal_quantile_and_distribution_undo_each_other() -> None:
    for p in SHARES:
        if 1e-15 < p < 1 - 1e-15:
            assert normal_share_below(normal_quantile(p)) == pytest.approx(p, abs=1e-14)
    for z in spread(-5, 5, 500):
        density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        assert normal_quantile(normal_share_below(z)) == pytest.approx(z, abs=2e-14 + 1e-15 / density)


def test_fill_logits_takes_each_level_by_itself() -> None:
    levels = spread(0.02, 0.98, (3, 5))
    out = np.zeros((3, 5))
    fill_logits(levels, out)
    for row in range(3):
        for column in range(5):
            assert out[row, column] == logit(levels[row, column])


def test_every_public_function_is_tested_here() -> None:
    names = {
        name for name, value in vars(elementary).items()
        if callable(value) and not name.startswith("_") and name not in ("compiled", "linked")
    }  # fmt: skip
    assert names <= set(globals())
