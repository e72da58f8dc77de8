"""Elementary functions whose bits do not depend on the machine.

The C library's `exp` and `log` differ in the last bit between processors and library versions, and one bit is enough
to flip a vote. These use additions, multiplications, divisions and square roots alone, which IEEE 754 fixes exactly.
Accuracy (tested): exponential and logarithm within 2 units in the last place; normal quantile 1e-15 relative
(Wichura 1988, algorithm AS 241); normal distribution 1e-14 absolute (Marsaglia 2004's series and a continued fraction).
"""

import math

import numpy as np

from sim.theory.compiled import compiled, linked

_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_ROUNDER = 6755399441055744.0  # 1.5 * 2^52
_LEAST_NORMAL = 2.2250738585072014e-308
_SQRT_HALF = 0.7071067811865476
_LARGEST_EXPONENT = 709.0
_INV_SQRT_2PI = 0.3989422804014327


@linked
def exponential(x):
    """e to the x; x is clipped to [-708, 709], far outside anything the theory asks for."""
    x = min(max(x, -708.0), _LARGEST_EXPONENT)
    shifted = x * _LOG2_E + _ROUNDER  # rounds to a whole number, which then stands in the last bits
    k = shifted - _ROUNDER
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    p = 1.0 / 6227020800.0
    p = p * r + 1.0 / 479001600.0
    p = p * r + 1.0 / 39916800.0
    p = p * r + 1.0 / 3628800.0
    p = p * r + 1.0 / 362880.0
    p = p * r + 1.0 / 40320.0
    p = p * r + 1.0 / 5040.0
    p = p * r + 1.0 / 720.0
    p = p * r + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    p = (p * r) * r + r
    power_of_two = np.int64((np.float64(shifted).view(np.int64) + 1023) << 52).view(np.float64)
    return (1.0 + p) * power_of_two


@linked
def logarithm(x):
    """Natural logarithm of a normal number x > 0; not a number for anything else."""
    bits = np.float64(x).view(np.int64)
    k = (bits >> 52) - 1023
    m = np.int64((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000).view(np.float64)
    is_upper = m * _SQRT_HALF > 1.0
    m = 0.5 * m if is_upper else m
    k = k + 1 if is_upper else k
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = 1.0 / 21.0
    p = p * z + 1.0 / 19.0
    p = p * z + 1.0 / 17.0
    p = p * z + 1.0 / 15.0
    p = p * z + 1.0 / 13.0
    p = p * z + 1.0 / 11.0
    p = p * z + 1.0 / 9.0
    p = p * z + 1.0 / 7.0
    p = p * z + 1.0 / 5.0
    p = p * z + 1.0 / 3.0
    series = 2.0 * s * z * p
    value = k * _LN2_HIGH + (2.0 * s + (series + k * _LN2_LOW))
    return value if x >= _LEAST_NORMAL else np.nan


@linked
def logistic(x):
    """1 / (1 + e^-x): a pressure in logit points as a level between 0 and 1; within 4 units in the last place.

    e^r = (R + r) / (R - r) for a small r, R even in r (Sun's fdlibm, `e_exp.c`): one division does for the whole.
    """
    y = min(max(-x, -_LARGEST_EXPONENT), _LARGEST_EXPONENT)
    shifted = y * _LOG2_E + _ROUNDER
    k = shifted - _ROUNDER
    r = (y - k * _LN2_HIGH) - k * _LN2_LOW
    t = r * r
    even = 4.13813679705723846039e-08
    even = even * t - 1.65339022054652515390e-06
    even = even * t + 6.61375632143793436117e-05
    even = even * t - 2.77777777770155933842e-03
    even = even * t + 1.66666666666666019037e-01
    even = even * t + 2.0
    power_of_two = np.int64((np.float64(shifted).view(np.int64) + 1023) << 52).view(np.float64)
    return (even - r) / ((even - r) + power_of_two * (even + r))


@linked
def logit(p):
    """The inverse of `logistic`, for 0 < p < 1."""
    return logarithm(p / (1.0 - p))


@linked
def normal_quantile(p):
    """The standard normal value below which a share p (0 < p < 1) lies. Wichura 1988, AS 241 (PPND16)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        a = (
            (
                (
                    (
                        ((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                        + 45921.953931549871457
                    )
                    * r
                    + 13731.693765509461125
                )
                * r
                + 1971.5909503065514427
            )
            * r
            + 133.14166789178437745
        ) * r + 3.387132872796366608
        b = (
            (
                (
                    (
                        ((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                        + 21213.794301586595867
                    )
                    * r
                    + 5394.1960214247511077
                )
                * r
                + 687.1870074920579083
            )
            * r
            + 42.313330701600911252
        ) * r + 1.0
        return q * a / b
    r = math.sqrt(-logarithm(min(p, 1.0 - p)))
    if r <= 5.0:
        r = r - 1.6
        a = (
            (
                (
                    (
                        (
                            (7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
                            + 0.24178072517745061177
                        )
                        * r
                        + 1.27045825245236838258
                    )
                    * r
                    + 3.64784832476320460504
                )
                * r
                + 5.7694972214606914055
            )
            * r
            + 4.6303378461565452959
        ) * r + 1.42343711074968357734
        b = (
            (
                (
                    (
                        (
                            (1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                            + 0.0151986665636164571966
                        )
                        * r
                        + 0.14810397642748007459
                    )
                    * r
                    + 0.68976733498510000455
                )
                * r
                + 1.6763848301838038494
            )
            * r
            + 2.05319162663775882187
        ) * r + 1.0
    else:
        r = r - 5.0
        a = (
            (
                (
                    (
                        (
                            (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                            + 0.0012426609473880784386
                        )
                        * r
                        + 0.026532189526576123093
                    )
                    * r
                    + 0.29656057182850489123
                )
                * r
                + 1.7848265399172913358
            )
            * r
            + 5.4637849111641143699
        ) * r + 6.6579046435011037772
        b = (
            (
                (
                    (
                        (
                            (2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                            + 1.8463183175100546818e-5
                        )
                        * r
                        + 7.868691311456132591e-4
                    )
                    * r
                    + 0.0148753612908506148525
                )
                * r
                + 0.13692988092273580531
            )
            * r
            + 0.59983220655588793769
        ) * r + 1.0
    value = a / b
    if q < 0.0:
        value = -value
    return value


@linked
def normal_share_below(z):
    """The share of a standard normal distribution below z, strictly between 0 and 1."""
    size = min(abs(z), 8.0)
    density = _INV_SQRT_2PI * exponential(-0.5 * size * size)
    if size < 4.0:
        total = size
        term = size
        step = 3.0
        while term > 1e-18:
            term = term * size * size / step
            total = total + term
            step = step + 2.0
        above = 0.5 - density * total
    else:
        fraction = 0.0
        for k in range(60, 0, -1):
            fraction = k / (size + fraction)
        above = density / (size + fraction)
    if z < 0.0:
        return above
    return 1.0 - above


@compiled
def fill_logits(levels, out):
    """Fill `out` with the logits of `levels` (any shape, same for both; 0 < level < 1)."""
    flat = levels.ravel()
    into = out.ravel()
    for k in range(flat.shape[0]):
        into[k] = logit(flat[k])
