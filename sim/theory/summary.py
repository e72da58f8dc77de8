"""What is kept of a run: one row of numbers, read from its paths."""

from typing import NamedTuple

import numpy as np

from sim.theory.compiled import compiled

FIRST_YEAR = 4  # quarters


class Layout(NamedTuple):
    """Which numbers a row holds, in their order."""

    chosen: np.ndarray  # (n,) int64, rows of outcomes
    worst_is_highest: np.ndarray  # (outcomes,) bool: whether an outcome's worst quarter is its highest
    charted: np.ndarray  # (n, 2) int64, rows and actors of the profile
    means_only: int  # of how many of the first probes the mean alone is kept


@compiled
def summarise(paths, profile, layout, out):
    """Fill `out` with a run's row.

    paths (outcomes and probes, quarters); profile (PROFILE, actors). Sums run from quarter to quarter, so that they have
    the same bits on every machine. Of each chosen outcome: its mean over the horizon, its final value, its worst quarter;
    then what is charted of the profile; of each of the first probes its mean; of every other probe its mean, its mean over
    the first year, its final value. layout: a `Layout`.
    """
    quarters = paths.shape[1]
    year = min(FIRST_YEAR, quarters)
    k = 0
    for outcome in layout.chosen:
        path = paths[outcome]
        out[k] = mean_until(path, quarters)
        out[k + 1] = path[quarters - 1]
        out[k + 2] = worst_of(path, layout.worst_is_highest[outcome])
        k += 3
    for place in range(layout.charted.shape[0]):
        out[k] = profile[layout.charted[place, 0], layout.charted[place, 1]]
        k += 1
    first_probe = layout.worst_is_highest.shape[0]
    for probe in range(first_probe, paths.shape[0]):
        out[k] = mean_until(paths[probe], quarters)
        k += 1
        if probe >= first_probe + layout.means_only:
            out[k] = mean_until(paths[probe], year)
            out[k + 1] = paths[probe, quarters - 1]
            k += 2


@compiled
def mean_until(path, quarters):
    """The mean of a path's first quarters."""
    total = 0.0
    for quarter in range(quarters):
        total = total + path[quarter]
    return total / quarters


@compiled
def worst_of(path, is_highest):
    """The highest or the lowest value of a path."""
    worst = path[0]
    for value in path:
        worst = max(worst, value) if is_highest else min(worst, value)
    return worst
