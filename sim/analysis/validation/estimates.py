"""Means over members with their 95 % intervals, and what an interval says about a claim."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"
TWO_SIDED = 0.975


class Estimate(NamedTuple):
    """A mean and its 95 % interval; NaN where nothing was finite."""

    mean: float
    low: float
    high: float


def estimate(values: NDArray[np.float64], *, is_share: bool = False) -> Estimate:
    """Mean of one value a member, with Student's interval; of zeros and ones (`is_share`) Wilson's.

    Members are the independent draws: whatever a member holds several times must be averaged before. A single value has
    no interval: it is all three numbers.
    """
    known = values[np.isfinite(values)]
    if known.size == 0:
        return Estimate(float("nan"), float("nan"), float("nan"))
    mean = float(known.mean())
    if known.size == 1:
        return Estimate(mean, mean, mean)
    from scipy.special import ndtri, stdtrit

    if is_share:
        return Estimate(mean, *_wilson(mean, known.size, float(ndtri(TWO_SIDED))))
    reach = float(stdtrit(known.size - 1, TWO_SIDED)) * float(known.std(ddof=1)) / float(np.sqrt(known.size))
    return Estimate(mean, mean - reach, mean + reach)


def _wilson(share: float, size: int, z: float) -> tuple[float, float]:
    """Wilson's interval of a share: honest also at none and at all."""
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    reach = z / (1 + z * z / size) * np.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))


def verdict(found: Estimate, low: float | None, high: float | None) -> str:
    """`holds` if the whole interval lies between the bounds, `fails` if it lies wholly beyond one, else `undecided`."""
    if not np.isfinite(found.mean):
        return UNDECIDED
    bottom = -np.inf if low is None else low
    top = np.inf if high is None else high
    if found.low > bottom and found.high < top:
        return HOLDS
    if found.high <= bottom or found.low >= top:
        return FAILS
    return UNDECIDED


def worst(verdicts: list[str]) -> str:
    """`fails` if any does, `holds` if all do, else `undecided`."""
    if FAILS in verdicts:
        return FAILS
    return UNDECIDED if UNDECIDED in verdicts else HOLDS
