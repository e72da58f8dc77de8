"""Drawing a member: addressed uniforms, tied together by a Gaussian copula, as triangular values."""

import numpy as np

from sim.theory import chance
from sim.theory.compiled import compiled
from sim.theory.elementary import normal_quantile, normal_share_below


@compiled
def triangular_quantile(u, low, mode, high):
    """The value below which a share u of a triangular distribution lies."""
    if high <= low:
        return mode
    left = (mode - low) / (high - low)
    if u < left:
        return low + np.sqrt(u * (high - low) * (mode - low))
    return high - np.sqrt((1 - u) * (high - low) * (high - mode))


@compiled
def draw_member(seed, member, correlation, low, mode, high, addresses, factors, factor_of, shared, values):
    """Fill `values` (n,) with one member's draws; `shared` (n_factors,) is working space for common factors."""
    for k in range(factors.shape[0]):
        shared[k] = chance.normal(seed, member, 0, 0, chance.MEMBER_FACTOR, factors[k], 0)
    from_factor = np.sqrt(correlation)
    of_its_own = np.sqrt(1 - correlation)
    for k in range(low.shape[0]):
        kind, stream, name = addresses[k, 0], addresses[k, 1], addresses[k, 2]
        u = chance.uniform(seed, member, 0, kind, chance.MEMBER_VALUE, stream, name)
        if correlation > 0.0:
            z = from_factor * shared[factor_of[k]] + of_its_own * normal_quantile(u)
            u = normal_share_below(z)
        values[k] = triangular_quantile(u, low[k], mode[k], high[k])
