"""Whether a conclusion survives another coder, another correlation of errors: results of one experiment side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.analysis.contrasts import CELL, FELL, ROSE, UNKNOWN, contrasts_of

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.result import Result

SAME, FADED, TURNED = "same", "faded", "turned"
ANSWERS = (SAME, FADED, TURNED, UNKNOWN)


def side_by_side(results: Mapping[str, Result], outcomes: Sequence[str] = ()) -> pd.DataFrame:
    """One row per policy (but the baseline), future, worldview and outcome, with the answer of every result, by label.

    results: the same policies, futures and worldviews run in different ways (codings, correlations), by a label.
    outcomes: columns of the table of runs; default: the mean over the horizon of every outcome of the first result.
    Columns: the keys, `outcome`; for each label `movement.LABEL` (rose, fell, similar or unknown, see contrasts),
    `mean.LABEL` and `width.LABEL` (95th less 5th percentile over members, in the outcome's unit); and `answer`: `same`
    under all labels, `turned` (rises under one, falls under another), `faded` (clear under some, not under others) or
    `unknown` (some have no usable pair). Raises ValueError where the results do not hold the same cells.
    """
    if not results:
        raise ValueError("nothing to set side by side: name at least one result")
    first = next(iter(results.values()))
    columns = list(outcomes or first.manifest["outcomes"])
    tables = [_one_answer(label, result, columns) for label, result in results.items()]
    whole = tables[0]
    for table in tables[1:]:
        if set(table.index) != set(whole.index):
            raise ValueError("the results do not hold the same policies, futures, worldviews and outcomes")
        whole = whole.join(table)
    moves = whole[[f"movement.{label}" for label in results]]
    return whole.assign(answer=[_answer(set(row)) for row in moves.to_numpy()]).reset_index()


def survival(table: pd.DataFrame) -> pd.DataFrame:
    """How many cells of `side_by_side` give which answer: a row per worldview, then `all`; columns as in ANSWERS."""
    import pandas as pd

    counts = pd.crosstab(table["worldview"], table["answer"]).reindex(columns=list(ANSWERS), fill_value=0)
    counts.loc["all"] = counts.sum()
    counts.columns.name = None
    return counts


def relative_widths(table: pd.DataFrame) -> pd.DataFrame:
    """How wide the bands of `side_by_side` are, relative to the first label's: medians over cells, a row per worldview.

    Cells in which the first label's band has no width (nothing moves) are left out.
    """
    widths = table.set_index("worldview").filter(regex=r"^width\.")
    widths.columns = widths.columns.str.removeprefix("width.")
    reference = widths.iloc[:, 0]
    ratios = widths[reference > 0].div(reference[reference > 0], axis=0)
    medians: pd.DataFrame = ratios.groupby("worldview", sort=False).median()
    medians.loc["all"] = ratios.median()
    return medians


def _one_answer(label: str, result: Result, columns: Sequence[str]) -> pd.DataFrame:
    known = {**result.manifest["outcomes"], **result.manifest["probes"], **result.manifest["counter_moves"]}
    scales = {column: float(known.get(column, {}).get("scale", 1.0)) for column in columns}
    table = contrasts_of(result, columns, {}, scales).set_index([*CELL, "outcome"])
    found = table[["movement", "mean"]].assign(width=table["p95"] - table["p05"])
    return found.add_suffix(f".{label}")


def _answer(moves: set[str]) -> str:
    if UNKNOWN in moves:
        return UNKNOWN
    if len(moves) == 1:
        return SAME
    return TURNED if {ROSE, FELL} <= moves else FADED
