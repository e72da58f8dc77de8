"""Paired differences between each policy and the baseline: same future, worldview, member and luck.

A pair is one run under the policy and the run under the baseline that shares its future, worldview, member
and replicate. Replicates of one member share everything uncertain and are therefore not independent: they are
averaged first, and errors and percentiles are taken over members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.runs.manifest import GROWTH_SCALE
from sim.runs.tables import GOOD, RUN_KEYS

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.result import Result

CELL = ("policy", "future", "worldview")
COLUMNS = (
    *CELL, "outcome", "mean", "error", "p05", "p50", "p95", "chance_better", "verdict", "movement", "members",
    "pairs", "pairs_dropped",
)  # fmt: skip
PAIR = ("future", "worldview", "member", "replicate")

FEWEST_COLUMNS_AT_ONCE = 4
MOST_VALUES_AT_ONCE = 1_000_000

NEGLIGIBLE_SHARE_OF_SCALE = 0.01
UNDECIDED_CHANCES = (0.4, 0.6)
ERRORS_FROM_ZERO = 2.0
RULE_FOR_NO_CLEAR_DIFFERENCE = (
    f"mean difference below {100 * NEGLIGIBLE_SHARE_OF_SCALE:g} % of the outcome's scale (growth: "
    f"{NEGLIGIBLE_SHARE_OF_SCALE * GROWTH_SCALE:g} percentage points) or within {ERRORS_FROM_ZERO:g} Monte-Carlo errors "
    f"of zero, or {100 * UNDECIDED_CHANCES[0]:g} to {100 * UNDECIDED_CHANCES[1]:g} % of members better, "
    "or mean and share disagree"
)

BETTER, WORSE, SIMILAR, UNKNOWN = "better", "worse", "similar", "unknown"
NO_PREFERENCE, ROSE, FELL = "no_preference", "rose", "fell"


def contrasts(
    runs: pd.DataFrame | Iterable[pd.DataFrame],
    *,
    baseline: str,
    columns: Sequence[str],
    directions: Mapping[str, int],
    scales: Mapping[str, float],
) -> pd.DataFrame:
    """One row per policy (but the baseline), future, worldview and outcome.

    `runs` is the table of runs, or its pieces with every member whole in one of them. `directions` says for each column
    whether more is better (1), less is better (−1) or neither (0, and for columns it does not name); `scales` its typical
    span, in its own unit. Columns of the answer: the keys, `outcome`; `mean` of the paired difference and its
    Monte-Carlo standard `error`; `p05`, `p50`, `p95` over members; `chance_better`, the share of members in which the
    policy is better (a tie counts half; NaN where neither is better); `verdict`; `movement`, the same without a wish:
    rose, fell or similar; `members` and `pairs` used; `pairs_dropped`, those in which one of the two runs failed, was
    not finite or has no value. Raises KeyError when there is no run of the baseline.
    """
    import pandas as pd

    found: dict[tuple[str, ...], list[np.ndarray]] = {}
    pairs: Counter[tuple[str, ...]] = Counter()
    sizes: Counter[tuple[str, ...]] = Counter()
    for piece in [runs] if isinstance(runs, pd.DataFrame) else runs:
        sizes.update(_sizes(piece, CELL))
        per_member = member_differences(piece, baseline=baseline, columns=columns)
        for keys, group in per_member.groupby([*CELL, "outcome"], sort=False):
            name = tuple(str(key) for key in keys)
            found.setdefault(name, []).append(group["difference"].to_numpy())
            pairs[name] += int(group["pairs"].sum())
    rows = []
    for name, parts in found.items():
        *cell, outcome = name
        differences = np.concatenate(parts)
        row = _summary(differences, directions.get(outcome, 0), scales.get(outcome, 1.0))
        row |= {"members": int(np.isfinite(differences).sum()), "pairs": pairs[name]}
        row |= {"pairs_dropped": sizes[tuple(cell)] - pairs[name]}
        rows.append({**dict(zip(CELL, cell, strict=True)), "outcome": outcome, **row})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def contrasts_of(
    result: Result, columns: Sequence[str], directions: Mapping[str, int], scales: Mapping[str, float]
) -> pd.DataFrame:
    """`contrasts` over every run of a result, in memory that hardly grows with their number."""
    import pandas as pd

    at_once = max(FEWEST_COLUMNS_AT_ONCE, MOST_VALUES_AT_ONCE // max(1, result.manifest["n_runs"]))
    tables = [
        contrasts(
            result.outcome_pieces(columns[k : k + at_once]),
            baseline=result.manifest["baseline"],
            columns=columns[k : k + at_once],
            directions=directions,
            scales=scales,
        )
        for k in range(0, len(columns), at_once)
    ]
    return pd.concat(tables, ignore_index=True)


def member_differences(outcomes: pd.DataFrame, *, baseline: str, columns: Sequence[str]) -> pd.DataFrame:
    """Policy minus baseline, averaged over the replicates of a member: one row per cell, member and outcome.

    Columns: policy, future, worldview, member, outcome, difference (NaN without a usable pair), pairs (those used).
    Raises KeyError when the baseline or a column is not in the table.
    """
    import pandas as pd

    if not (outcomes["policy"] == baseline).any():
        raise KeyError(f"no run of the baseline '{baseline}' in these results")
    values = outcomes[[*RUN_KEYS, *columns]].copy()
    values.loc[(outcomes["status"] != GOOD).to_numpy(), list(columns)] = np.nan
    is_baseline = (values["policy"] == baseline).to_numpy()
    pairs = values[~is_baseline].merge(
        values[is_baseline].drop(columns="policy"),
        on=list(PAIR),
        how="left",
        suffixes=("", " under baseline"),
    )
    difference = (
        pairs[list(columns)].to_numpy() - pairs[[f"{column} under baseline" for column in columns]].to_numpy()
    )
    keys = pairs[[*CELL, "member"]]
    tables = []
    for k, column in enumerate(columns):
        grouped = keys.assign(difference=difference[:, k]).groupby(
            [*CELL, "member"], sort=False, observed=True
        )
        table = grouped["difference"].agg(difference="mean", pairs="count").reset_index()
        tables.append(table.assign(outcome=column))
    return pd.concat(tables, ignore_index=True)


def movement(mean: float, error: float, chance_more: float, scale: float) -> str:
    """`rose`, `fell`, `similar` (see RULE_FOR_NO_CLEAR_DIFFERENCE) or `unknown` (no usable pair)."""
    if not np.isfinite(mean):
        return UNKNOWN
    low, high = UNDECIDED_CHANCES
    if abs(mean) < NEGLIGIBLE_SHARE_OF_SCALE * scale or low <= chance_more <= high:
        return SIMILAR
    if np.isfinite(error) and abs(mean) < ERRORS_FROM_ZERO * error:
        return SIMILAR
    if (mean > 0) != (chance_more > high):
        return SIMILAR
    return ROSE if mean > 0 else FELL


def verdict(moved: str, direction: int) -> str:
    """What a movement is worth: `better`, `worse`, `similar`, `unknown`, or `no_preference` for direction 0."""
    if moved == UNKNOWN:
        return UNKNOWN
    if direction == 0:
        return NO_PREFERENCE
    if moved == SIMILAR:
        return SIMILAR
    return BETTER if (moved == ROSE) == (direction > 0) else WORSE


def status_counts(runs: pd.DataFrame | Iterable[pd.DataFrame]) -> pd.DataFrame:
    """How many runs ended in each status, by policy, future and worldview; one column per status, `ok` first."""
    import pandas as pd

    counts: Counter[tuple[str, ...]] = Counter()
    for piece in [runs] if isinstance(runs, pd.DataFrame) else runs:
        counts.update(_sizes(piece, (*CELL, "status")))
    names = [GOOD, *sorted({status for *_, status in counts} - {GOOD})]
    cells = dict.fromkeys(tuple(cell) for *cell, _ in counts)
    rows = [
        {**dict(zip(CELL, cell, strict=True)), **{name: counts[(*cell, name)] for name in names}}
        for cell in cells
    ]
    return pd.DataFrame(rows, columns=[*CELL, *names])


def _sizes(piece: pd.DataFrame, names: Sequence[str]) -> dict[tuple[str, ...], int]:
    """How many rows there are of each combination."""
    sizes: dict[Any, int] = piece.groupby(list(names), sort=False, observed=True).size().to_dict()
    return {tuple(str(key) for key in keys): int(size) for keys, size in sizes.items()}


def _summary(differences: np.ndarray, direction: int, scale: float) -> dict[str, Any]:
    """Mean, error, percentiles, chance, verdict and movement over the members that have a difference."""
    known = differences[np.isfinite(differences)]
    if known.size == 0:
        nothing = dict.fromkeys(("mean", "error", "p05", "p50", "p95", "chance_better"), float("nan"))
        return {**nothing, "verdict": UNKNOWN, "movement": UNKNOWN}
    mean = float(known.mean())
    error = float(known.std(ddof=1) / np.sqrt(known.size)) if known.size > 1 else float("nan")
    low, middle, high = (float(value) for value in np.quantile(known, (0.05, 0.5, 0.95)))
    moved = movement(mean, error, _share_above_zero(known), scale)
    chance = _share_above_zero(direction * known) if direction else float("nan")
    return {
        "mean": mean, "error": error, "p05": low, "p50": middle, "p95": high, "chance_better": chance,
        "verdict": verdict(moved, direction), "movement": moved,
    }  # fmt: skip


def _share_above_zero(values: np.ndarray) -> float:
    """A tie counts half."""
    return float((values > 0).mean() + (values == 0).mean() / 2)
