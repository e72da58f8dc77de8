"""Who gains and who loses by each policy, each actor on its own utility; and how unequal utilities are (outcome O34).

Utility is an index, about 0 to 1, of growth, resilience, safety, freedom to choose and freedom from becoming a target; here
its mean over the horizon (`sim.theory.phases.assess`). Its parts and equal weights are assumed: it ranks policies for one
actor, not actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.contrasts import BETTER, CELL, SIMILAR, UNKNOWN, WORSE, contrasts, contrasts_of
from sim.runs.tables import RUN_KEYS

if TYPE_CHECKING:
    import pandas as pd

    from sim.inputs.evidence import Seeds
    from sim.runs.result import Result

GAINS, LOSES = "gains", "loses"
VERDICTS = {BETTER: GAINS, WORSE: LOSES, SIMILAR: SIMILAR, UNKNOWN: UNKNOWN}
SCALE = 1.0  # span of the utility, against which a difference is small or large
GINI = "gini"
NO_GROUP = "others"
SHARES = {"winners": GAINS, "losers": LOSES}
# Each with the groups of seeds/actors.yaml, or the single actors, that make it up; the first that fits an actor counts.
GROUPS = {
    "partners": ("IP4",),
    "southeast_asia": ("SE_ASIA",),
    "other_asia_pacific": ("region",),
    "great_powers": ("USA", "CHN", "RUS"),
    "europe": ("EUR_STATES", "UKR"),
}
GAINS_COLUMNS = (
    *CELL, "actor", "group", "mean", "error", "p05", "p50", "p95", "chance_of_gaining", "verdict", "members", "pairs",
    "pairs_dropped",
)  # fmt: skip


def utility_columns(columns: Iterable[str]) -> dict[str, str]:
    """Columns that hold an actor's mean utility, with the actor: `utility.JPN` → JPN."""
    parts = ((column, column.split(".")) for column in columns)
    return {column: part[1] for column, part in parts if part[0] == "utility" and len(part) == 2}


def groups_of(actors: Iterable[str], seeds: Seeds) -> dict[str, str]:
    """Actor → its group (a key of GROUPS), or `others`."""
    members = {
        group: {actor for name in names for actor in (name, *seeds.groups.get(name, ()))}
        for group, names in GROUPS.items()
    }
    return {
        actor: next((group for group in members if actor in members[group]), NO_GROUP) for actor in actors
    }


def gains_of(result: Result, groups: Mapping[str, str]) -> pd.DataFrame:
    """Paired differences in utility, policy minus baseline: a row per policy (but the baseline), future, worldview, actor.

    `groups` says which group an actor belongs to. Columns: GAINS_COLUMNS; `mean`, its Monte-Carlo `error` and the
    percentiles over members in units of utility; `chance_of_gaining`, the share of members in which the actor is better
    off (a tie counts half); `verdict` is gains, loses, similar (no clear difference, as in `contrasts`) or unknown.
    Empty for a result that keeps no utilities.
    """
    columns = utility_columns(result.manifest["columns"])
    if not columns:
        return _table([], GAINS_COLUMNS)
    table = contrasts_of(result, list(columns), dict.fromkeys(columns, 1), dict.fromkeys(columns, SCALE))
    actors = table["outcome"].map(columns)
    found = table.assign(
        actor=actors,
        group=actors.map(lambda actor: groups.get(actor, NO_GROUP)),
        verdict=table["verdict"].map(VERDICTS),
    ).rename(columns={"chance_better": "chance_of_gaining"})
    return found[list(GAINS_COLUMNS)]


def shares_of_winners(gains: pd.DataFrame) -> pd.DataFrame:
    """Who wins and loses in one row per policy, future and worldview, each actor counting once.

    Columns: the keys; `winners` and `losers`, shares of the actors whose difference is known; the same by group
    (`winners.partners`, NaN without a known actor); `worst_off`, the actor with the lowest mean difference,
    `worst_off_change`, that difference (negative: a loss), and `worst_off_verdict`. `gains` as from `gains_of`.
    """
    groups = [group for group in (*GROUPS, NO_GROUP) if (gains["group"] == group).any()]
    rows: list[dict[str, Any]] = []
    for keys, cell in gains.groupby(list(CELL), sort=False):
        row: dict[str, Any] = {**dict(zip(CELL, keys, strict=True)), **_shares(cell, "")}
        for group in groups:
            row |= _shares(cell[cell["group"] == group], f".{group}")
        known = cell[cell["mean"].notna()]
        if len(known):
            worst = known.iloc[int(known["mean"].to_numpy().argmin())]
            row |= {"worst_off": worst["actor"], "worst_off_change": worst["mean"]}
            row |= {"worst_off_verdict": worst["verdict"]}
        rows.append(row)
    shares = [f"{kind}{ending}" for ending in ("", *(f".{one}" for one in groups)) for kind in SHARES]
    return _table(rows, (*CELL, *shares, "worst_off", "worst_off_change", "worst_off_verdict"))


def _shares(gains: pd.DataFrame, ending: str) -> dict[str, float]:
    """Shares of winners and losers among the actors with a known difference."""
    known = gains["verdict"][gains["verdict"] != UNKNOWN]
    return {
        f"{kind}{ending}": float((known == verdict).mean()) if len(known) else float("nan")
        for kind, verdict in SHARES.items()
    }


def gini(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gini coefficient over the last axis: the mean absolute difference between two actors, over twice their mean.

    0 where all are equal, (n − 1)/n where one of n has everything; every actor counts once, and each is paired with all,
    itself included. NaN where a value is missing or negative, or all are 0: there it is not defined.
    Source: Sen (1973), On Economic Inequality, ch. 2.
    """
    ordered = np.sort(np.asarray(values, dtype=float), axis=-1)  # NaN last
    n = ordered.shape[-1]
    total = ordered.sum(axis=-1)
    is_defined = np.isfinite(total) & (ordered[..., 0] >= 0) & (total > 0)
    ranked = (ordered * np.arange(1, n + 1)).sum(axis=-1)
    found: NDArray[np.float64] = np.full(total.shape, np.nan)
    np.divide(2 * ranked, n * total, out=found, where=is_defined)
    found -= (n + 1) / n
    return found


def inequality_of(result: Result) -> pd.DataFrame:
    """Gini coefficient of utilities over actors: a row per policy (but the baseline), future and worldview.

    The coefficient is taken within each run, over all actors whose utility is kept, and then averaged. Columns: the
    keys; `gini`, its mean over the good runs of the policy; `gini_change`, the mean paired difference from the
    baseline, with its Monte-Carlo error `gini_error`; `gini_movement`: rose (more unequal), fell, similar or unknown.
    """
    baseline = result.manifest["baseline"]
    changes = contrasts(_ginis(result), baseline=baseline, columns=[GINI], directions={}, scales={GINI: 1.0})
    levels = _means_of(_ginis(result), GINI)
    names = {"mean": "gini_change", "error": "gini_error", "movement": "gini_movement"}
    found = changes.rename(columns=names).merge(levels, on=list(CELL), how="left")
    return found[[*CELL, GINI, *names.values()]]


def _ginis(result: Result) -> Iterator[pd.DataFrame]:
    """Keys, status and Gini coefficient of every run, piece by piece."""
    columns = list(utility_columns(result.manifest["columns"]))
    for piece in result.outcome_pieces(columns):
        yield piece[[*RUN_KEYS, "status"]].assign(**{GINI: gini(piece[columns].to_numpy())})


def _means_of(pieces: Iterable[pd.DataFrame], column: str) -> pd.DataFrame:
    """Mean of a column over the runs of each cell that have a value."""
    import pandas as pd

    sums = [piece.groupby(list(CELL), observed=True)[column].agg(["sum", "count"]) for piece in pieces]
    whole = pd.concat(sums).groupby(level=list(CELL)).sum()
    means = whole["sum"] / whole["count"].where(whole["count"] > 0)
    return means.rename(column).reset_index()


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
