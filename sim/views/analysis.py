"""`sim analyse`: who gains and loses, and which policy could be regretted how much; a digest, and the whole table."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.analysis.contrasts import SIMILAR, UNKNOWN
from sim.analysis.gains import (
    GAINS,
    GROUPS,
    LOSES,
    NO_GROUP,
    gains_of,
    groups_of,
    inequality_of,
    shares_of_winners,
    utility_columns,
)
from sim.analysis.regret import largest_regrets, regrets_of
from sim.views.labels import Labels, spaced

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from sim.runs.result import Result

KINDS = ("gains", "robustness")
GROUP_NAMES = {
    "partners": "Partners",
    "southeast_asia": "Southeast Asia",
    "other_asia_pacific": "Other Asia, Pacific",
    "great_powers": "Great powers",
    "europe": "Europe",
    NO_GROUP: "Others",
}
HEADS = {group: name.replace("Southeast", "SE").replace(", Pacific", "").replace(" ", "\n")
         for group, name in GROUP_NAMES.items()}  # fmt: skip
FOLDED = ("policy", "outcome", "best there")  # columns that may take several lines on a narrow terminal
FOLDED_WIDTH = 14  # and how wide they are at least
GAP = 2  # characters between columns
VERDICT_WORDS = {GAINS: "gains", LOSES: "loses", SIMILAR: "no clear difference", UNKNOWN: "unknown"}
NOTHING = "-"
GAINS_NOTE = (
    "75/0: 75 % of the actors gain on their own utility (an assumed index, 0 to 1), none loses; each counts once. Brackets: "
    "no clear loss. Gini: 0 if all fare alike. It cannot weigh one actor's loss against another's gain."
)
ACTORS_NOTE = (
    "Change in the actor's own utility (an assumed index, 0 to 1) against the baseline; gains in: % of members. It cannot "
    "say what a government would think of it."
)
ROBUSTNESS_NOTE = (
    "Regret: shortfall from the best policy under the same theory, as a share of the outcome's scale; below 0.01 too small "
    "to matter. It cannot say how likely a theory is; it hangs on the policies compared and on counting all scales alike."
)


@dataclass(frozen=True)
class Sheet:
    """A table to show: a digest for people (`head`, `rows`, `theories` what W1 stands for), all of it as `data`, and a
    `note` on what it means and cannot say.
    """

    title: str
    data: pd.DataFrame
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    theories: str
    note: str


def sheet_of(
    result: Result,
    kind: str,
    *,
    policies: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    perspective: str | None = None,
) -> Sheet:
    """The analysis of that kind: all policies in a row each, or, for the `policies` named, actor by actor or outcome by
    outcome.

    `outcomes` (default: the headline ones) and `perspective` (default: the experiment's own) count for robustness alone.
    Raises InputError where there is nothing to compare.
    """
    labels = Labels(result.manifest)
    if len(labels.policies) < 2:
        raise _refusal("the baseline alone: nothing to compare it with")
    if kind == "robustness":
        seen_from = perspective or labels.perspectives[0]
        return _robustness(result, labels, policies, outcomes or headline_outcomes(labels), seen_from)
    if not utility_columns(labels.columns):
        raise _refusal("this result keeps no utilities of actors; run its experiment again with this version")
    others = [policy for policy in policies if policy != labels.baseline]
    if policies and not others:
        raise _refusal(f"'{labels.baseline}' is the baseline, against which gains are measured")
    gains = in_order(gains_of(result, grouped(labels)), labels)
    return _gains_by_actor(gains, labels, others) if others else _gains(result, gains, labels)


def grouped(labels: Labels) -> dict[str, str]:
    """Actor → group, for every actor whose utility the result keeps."""
    from sim.inputs.evidence import load_seeds

    return groups_of(utility_columns(labels.columns).values(), load_seeds())


def headline_outcomes(labels: Labels) -> list[str]:
    """The headline outcomes of `seeds/outcomes.yaml` among those the result keeps, and those of its one-screen answer."""
    from sim.inputs.evidence import load_seeds

    headline = {one.slug for one in load_seeds().outcomes if one.headline}
    return [one for one in labels.manifest["outcomes"] if one in headline or one in labels.headline]


def in_order(table: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Rows in the experiment's order of futures, policies, worldviews, outcomes and groups; then as they stood."""
    ranks = {"future": labels.futures, "policy": labels.policies, "worldview": labels.worldviews,
             "outcome": labels.columns, "group": [*GROUPS, NO_GROUP]}  # fmt: skip
    names = [name for name in ranks if name in table]
    ordered = table.sort_values(
        names, key=lambda column: column.map(ranks[str(column.name)].index), kind="stable"
    )
    return ordered.reset_index(drop=True)


def _gains(result: Result, gains: pd.DataFrame, labels: Labels) -> Sheet:
    """A row per future, policy and worldview."""
    keys = ["policy", "future", "worldview"]
    data = in_order(shares_of_winners(gains).merge(inequality_of(result), on=keys, how="left"), labels)
    sizes = gains.drop_duplicates("actor")["group"].value_counts()
    groups = [group for group in (*GROUPS, NO_GROUP) if group in sizes]
    head = ["theory", f"all\n({sizes.sum()})", *(f"{HEADS[group]}\n({sizes[group]})" for group in groups)]
    rows = [
        [
            labels.short(row["worldview"]),
            _shares(row, ""),
            *(_shares(row, f".{group}") for group in groups),
            _worst_off(row),
            _number(row["gini"]),
            _change(row["gini_change"]),
        ]
        for row in data.to_dict("records")
    ]
    head += ["worst off,\nchange", "Gini", "its\nchange"]
    return Sheet("Who gains and who loses, in % of actors (gain/lose)", data,
                 *_with_keys(data, labels, head, rows), GAINS_NOTE)  # fmt: skip


def _gains_by_actor(gains: pd.DataFrame, labels: Labels, policies: Sequence[str]) -> Sheet:
    """A row per future, policy, worldview and actor."""
    data = gains[gains["policy"].isin(list(policies))].reset_index(drop=True)
    head = ["theory", "actor", "change", "middle 90 %", "gains in", "verdict"]
    rows = [
        [
            labels.short(row["worldview"]),
            labels.state(row["actor"]),
            _change(row["mean"]),
            f"{_change(row['p05'])} to {_change(row['p95'])}",
            _chance(row["chance_of_gaining"]),
            VERDICT_WORDS[row["verdict"]],
        ]
        for row in data.to_dict("records")
    ]
    return Sheet("Who gains and who loses, actor by actor", data,
                 *_with_keys(data, labels, head, rows), ACTORS_NOTE)  # fmt: skip


def _robustness(
    result: Result, labels: Labels, policies: Sequence[str], outcomes: Sequence[str], perspective: str
) -> Sheet:
    """A row per future and policy, the least regret first; or every outcome of the policies named."""
    directions = {outcome: labels.direction(perspective, outcome) for outcome in outcomes}
    found = regrets_of(result, outcomes, directions, {outcome: labels.scale(outcome) for outcome in outcomes})
    if found.empty:
        raise _refusal(f"{labels.perspective(perspective)} has no preference in {', '.join(outcomes)}")
    regrets = in_order(found, labels).assign(perspective=perspective)
    seen = f"as {labels.perspective(perspective)} sees it, {regrets['outcome'].nunique()} outcomes"
    if policies:
        return _regrets_by_outcome(regrets, labels, policies, f"Regret outcome by outcome, {seen}")
    by_worldview = largest_regrets(regrets, ("policy", "future", "worldview"))
    beside = by_worldview.pivot(index=["policy", "future"], columns="worldview", values="regret")
    beside = beside[labels.worldviews].add_prefix("regret.").reset_index()
    data = largest_regrets(regrets).merge(beside, on=["policy", "future"])
    data = data.sort_values("regret", kind="stable")
    data = data.sort_values("future", key=lambda column: column.map(labels.futures.index), kind="stable")
    head = ["largest\nregret", "theory", "outcome", "best there", *map(labels.short, labels.worldviews)]
    rows = [
        [
            _number(row["regret"]),
            labels.short(row["worldview"]),
            labels.outcome(row["outcome"]),
            spaced(row["best"]) if isinstance(row["best"], str) else NOTHING,
            *(_number(row[f"regret.{worldview}"]) for worldview in labels.worldviews),
        ]
        for row in data.to_dict("records")
    ]
    return Sheet(f"Robustness: the least regret first, {seen}", data,
                 *_with_keys(data, labels, head, rows), ROBUSTNESS_NOTE)  # fmt: skip


def _regrets_by_outcome(regrets: pd.DataFrame, labels: Labels, policies: Sequence[str], title: str) -> Sheet:
    """A row per future, policy and outcome, a column per worldview."""
    data = regrets[regrets["policy"].isin(list(policies))].reset_index(drop=True)
    wide = data.pivot(
        index=["policy", "future", "outcome"], columns="worldview", values="regret"
    ).reset_index()
    wide = in_order(wide, labels)
    rows = [
        [labels.outcome(row["outcome"]), *(_number(row[worldview]) for worldview in labels.worldviews)]
        for row in wide.to_dict("records")
    ]
    head = ["outcome", *map(labels.short, labels.worldviews)]
    return Sheet(title, data, *_with_keys(wide, labels, head, rows), ROBUSTNESS_NOTE)


def _with_keys(
    data: pd.DataFrame, labels: Labels, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[list[str]], str]:
    """Head and rows with the policy before them (and the future, if there are several), once where rows of it follow; and
    the names of the theories.
    """
    futures = [""] * len(data) if len(labels.futures) == 1 else [f", {spaced(one)}" for one in data["future"]]
    names = [spaced(policy) + future for policy, future in zip(data["policy"], futures, strict=True)]
    named = [["" if k and names[k] == names[k - 1] else names[k], *row] for k, row in enumerate(rows)]
    theories = "   ".join(labels.key(worldview) for worldview in labels.worldviews)
    return ["policy", *head], named, theories


def _shares(row: Mapping[Any, Any], ending: str) -> str:
    """`75/0`: who gains and who loses, in per cent."""
    return f"{_percent(row[f'winners{ending}'])}/{_percent(row[f'losers{ending}'])}"


def _worst_off(row: Mapping[Any, Any]) -> str:
    """`CHN -0.031`; in brackets where that is no clear loss."""
    if row["worst_off"] != row["worst_off"]:
        return NOTHING
    text = f"{row['worst_off']} {_change(row['worst_off_change'])}"
    return text if row["worst_off_verdict"] == LOSES else f"({text})"


def _number(value: float) -> str:
    return f"{value:.3f}" if value == value else NOTHING


def _change(value: float) -> str:
    return f"{round(value, 3) + 0.0:+.3f}" if value == value else NOTHING


def _percent(value: float) -> str:
    return f"{100 * value:.0f}" if value == value else NOTHING


def _chance(value: float) -> str:
    """In per cent, never 0 or 100: the members are too few to be certain."""
    return f"{min(99, max(1, round(100 * value)))}" if value == value else NOTHING


def _refusal(text: str) -> Exception:
    from sim.inputs.documents import InputError

    return InputError(text)


def print_sheet(sheet: Sheet, stream: IO[str] | None = None) -> None:
    """The digest with its note on a terminal; into a pipe all of the data, tab-separated with a heading, the note aside."""
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    if console.is_terminal:
        table = rich_table(sheet)
        console.width = max(
            console.width, least_width(table)
        )  # a narrower terminal breaks lines, but loses nothing
        console.print(table)
        console.print(sheet.theories)
        console.print(sheet.note, style="dim")
        return
    sheet.data.to_csv(console.file, sep="\t", index=False, float_format="%.6g", lineterminator="\n")
    print(sheet.note, file=sys.stderr)


def rich_table(sheet: Sheet) -> Table:
    """The digest as a table for a terminal."""
    from rich import box
    from rich.table import Table

    table = Table(*sheet.head, box=box.SIMPLE_HEAD, title=sheet.title, title_justify="left", title_style="bold",
                  header_style="bold", pad_edge=False, collapse_padding=True)  # fmt: skip
    for k, column in enumerate(table.columns):
        column.no_wrap = sheet.head[k] not in FOLDED
        texts = [line for row in (sheet.head, *sheet.rows) for line in row[k].splitlines()]
        column.min_width = max(map(len, texts)) if column.no_wrap else FOLDED_WIDTH
    for row in sheet.rows:
        table.add_row(*row)
    return table


def least_width(table: Table) -> int:
    """How many characters across it needs, so that nothing is cut."""
    return sum((column.min_width or 0) + GAP for column in table.columns)


def write_sheet(sheet: Sheet, path: Path) -> None:
    """All of the data as CSV."""
    sheet.data.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
