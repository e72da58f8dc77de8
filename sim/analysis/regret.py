"""How much each policy could be regretted: its distance from the best policy, over worldviews and outcomes (outcome O36).

Regret is relative to the policies compared: another rival can raise it.
Source: Savage (1951), The Theory of Statistical Decision, Journal of the American Statistical Association 46.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.contrasts import contrasts_of

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.result import Result

CASE = ("future", "worldview", "outcome")
REGRET_COLUMNS = ("policy", *CASE, "regret", "best")


def regrets(
    contrasts: pd.DataFrame, *, baseline: str, directions: Mapping[str, int], scales: Mapping[str, float]
) -> pd.DataFrame:
    """Regret of every policy, the baseline too, in each future, worldview and outcome; a row for each.

    `regret` is the mean of the best policy less that of this one, in the direction preferred, over the outcome's scale: 0
    for the best, NaN where no pair of runs was usable. `best` names the best policy (the first of equals). Means are
    those of `contrasts`, as from `sim.analysis.contrasts`; outcomes without a preferred direction are left out.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for case, group in contrasts.groupby(list(CASE), sort=False):
        outcome = str(case[-1])
        direction = directions.get(outcome, 0)
        if direction == 0:
            continue
        means = group["mean"].to_numpy(dtype=float)
        own = 0.0 if np.isfinite(means).any() else np.nan  # the baseline's difference from itself
        worth = direction * np.array([own, *means]) / scales.get(outcome, 1.0)
        policies = [baseline, *group["policy"]]
        best = policies[int(np.nanargmax(worth))] if np.isfinite(own) else None
        regret = np.nanmax(worth) - worth if np.isfinite(own) else worth
        rows += [
            {"policy": policy, **dict(zip(CASE, case, strict=True)), "regret": float(value), "best": best}
            for policy, value in zip(policies, regret, strict=True)
        ]
    return pd.DataFrame(rows, columns=list(REGRET_COLUMNS))


def regrets_of(
    result: Result, outcomes: Sequence[str], directions: Mapping[str, int], scales: Mapping[str, float]
) -> pd.DataFrame:
    """`regrets` over every run of a result, in these outcomes; empty if none of them has a preferred direction."""
    import pandas as pd

    wanted = [outcome for outcome in outcomes if directions.get(outcome, 0)]
    if not wanted:
        return pd.DataFrame(columns=list(REGRET_COLUMNS))
    table = contrasts_of(result, wanted, directions, scales)
    return regrets(table, baseline=result.manifest["baseline"], directions=directions, scales=scales)


def largest_regrets(regrets: pd.DataFrame, by: Sequence[str] = ("policy", "future")) -> pd.DataFrame:
    """The row of `regrets` with the largest regret for each combination of `by`, and so where it occurs.

    By policy and future, the maximum over worldviews and outcomes; by worldview as well, over outcomes. Its smallest value
    over policies is what the rule of minimax regret chooses. `unknown`: how many regrets of the combination are not known.
    """
    unknown = regrets["regret"].isna().groupby([regrets[name] for name in by], sort=False).sum()
    largest = regrets.sort_values("regret", ascending=False, na_position="last", kind="stable")
    first = largest.drop_duplicates(list(by)).sort_index(ignore_index=True)
    return first.merge(unknown.rename("unknown").reset_index(), on=list(by))
