"""Quantiles of outcomes over runs: at one summary, over time, and by state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.runs.tables import GOOD, RUN_KEYS

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def outcome_quantiles(
    outcomes: pd.DataFrame, columns: Sequence[str], by: Sequence[str], levels: Sequence[float] = LEVELS
) -> pd.DataFrame:
    """Quantiles of each column over the good runs of each group: indexed by `by` and quantile, a column per outcome."""
    good = outcomes[outcomes["status"] == GOOD]
    grouped = good.groupby(list(by), sort=False, observed=True)[list(columns)]
    return grouped.quantile(np.array(levels)).rename_axis([*by, "quantile"])


def path_quantiles(
    paths: pd.DataFrame, outcome: str, levels: Sequence[float] = LEVELS
) -> dict[tuple[str, str, str], np.ndarray]:
    """Quantiles over runs in each quarter: (policy, future, worldview) → array (levels, quarters).

    Runs that are not ok hold NaN and are left out. Raises KeyError when the outcome has no path.
    """
    import pandas as pd

    rows = paths[(paths["outcome"] == outcome).to_numpy()]
    if rows.empty:
        raise KeyError(f"no path of '{outcome}' was kept")
    keys = [pd.Categorical(rows[name]) for name in ("policy", "future", "worldview", "quarter")]
    sizes = [len(key.categories) for key in keys]
    cell = np.ravel_multi_index([key.codes.astype(np.int64) for key in keys], sizes)
    order = np.argsort(cell, kind="stable")
    values = rows["value"].to_numpy(dtype=np.float64)[order]
    starts = np.searchsorted(cell[order], np.arange(np.prod(sizes) + 1))
    found: dict[tuple[str, str, str], np.ndarray] = {}
    for first in range(0, int(np.prod(sizes)), sizes[3]):
        if starts[first] == starts[first + sizes[3]]:
            continue
        policy, future, worldview, _ = (int(place) for place in np.unravel_index(first, sizes))
        name = (keys[0].categories[policy], keys[1].categories[future], keys[2].categories[worldview])
        columns = [values[starts[q] : starts[q + 1]] for q in range(first, first + sizes[3])]
        found[name] = np.stack([_quantiles(column, levels) for column in columns], axis=1)
    return found


def _quantiles(values: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    known = values[np.isfinite(values)]
    return np.quantile(known, levels) if known.size else np.full(len(levels), np.nan)


def position_columns(columns: Sequence[str], domain: str) -> dict[str, str]:
    """State → its column in a domain: JPN → `position.security.JPN`."""
    start = f"position.{domain}."
    return {column.removeprefix(start): column for column in columns if column.startswith(start)}


def position_domains(columns: Sequence[str]) -> list[str]:
    """The domains in which positions are reported, in the order of the columns."""
    found = [column.split(".")[1] for column in columns if column.startswith("position.")]
    return list(dict.fromkeys(found))


def mean_positions(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Position of each state, all domains weighing the same: the runs' keys and status, then one column per state."""
    domains = position_domains(list(outcomes.columns))
    by_domain = [position_columns(list(outcomes.columns), domain) for domain in domains]
    means = {
        state: outcomes[[columns[state] for columns in by_domain]].mean(axis=1, skipna=False)
        for state in (by_domain[0] if by_domain else ())
    }
    return outcomes[[*RUN_KEYS, "status"]].assign(**means)
