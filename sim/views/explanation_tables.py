"""The tables of `sim explain`: what moved an actor most, and one variable term by term over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.inputs.documents import InputError
from sim.views.evidence import Page
from sim.views.labels import sentence, spaced

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from sim.analysis.explain import Explanation
    from sim.analysis.explain_address import Address

PER_STEP = ", per reference step"
SHOWN_YEARS = (1, 2, 5, 10)
QUARTERS_A_YEAR = 4
TERMS_PER_VARIABLE = 2
SMALLEST_SHOWN = 0.0005  # less would print as 0.000
SPAN = {"growth": 5.0, "pull": 2.0}  # of a change that counts as much as 1 on the scale from 0 to 1
HOW_TO_READ = (
    "a term is what a mechanism (M..) or a structural link adds to the pressure since mid-2024, in the state of its "
    "quarter; the target is where the variable would settle if that quarter's pressures stayed; joint counts back what "
    "several terms share, so that all add up to the pressure"
)
LEVEL_ROWS = {"mid_2024": "mid-2024", "target": "target", "level": "level", "seen": "seen, under events"}
PULLS_ARE = (
    "push towards Washington (+) or Beijing (-) in the choice of a posture; their levels are positions, -1 with Beijing to "
    "+1 with Washington, and their target is the mean over postures"
)


def overview(told: Explanation, quarter: str | None = None) -> Page:
    """What moved most, by the end of a quarter (default: the last), with the largest terms behind each variable."""
    when = quarters_shown(told, quarter)[-1]
    page = _page(told, f"Why {told.actor_name} moved by {when}")
    rows, still = [], []
    there = None if told.against is None else _at(told.against.levels, when)
    terms = told.terms if told.against is None else told.change()
    column = "contribution" if told.against is None else "change"
    terms = terms[(terms["quarter"] == when).to_numpy()]
    for variable, level in _at(told.levels, when).items():
        first = level["mid_2024"] if there is None else there[variable]["seen"]
        moved = level["seen"] - first
        largest = _largest(terms[(terms["variable"] == variable).to_numpy()], column)
        if not largest and not abs(moved) >= SMALLEST_SHOWN:
            still.append(variable)
            continue
        size = abs(moved) / SPAN.get(variable.partition("_")[0], 1.0) if moved == moved else -1.0
        rows.append((size, (variable, _number(first), _number(level["seen"]), signed(moved), largest)))
    head = ("variable", "mid-2024" if there is None else "against", when, "change", "largest terms")
    page.tables.append(("", head, [row for _, row in sorted(rows, key=lambda row: -row[0])]))
    page.fact("not moved", ", ".join(still))
    return page


def variable_page(told: Explanation, quarter: str | None = None) -> Page:
    """One variable over the years, term by term; for a pull the worth of hedging and the postures as well."""
    columns = quarters_shown(told, quarter)
    page = _page(told, f"What drove {told.variables[0]} of {told.actor_name}")
    for variable in told.variables:
        unit = told.levels["unit"][told.levels["variable"] == variable].iloc[0]
        title = f"{variable}: terms in {unit}"
        if told.against is not None:
            title += f", here less under {told.against.scenario.slug}"
        page.tables.append((title, ("term", *columns), _term_rows(told, variable, columns)))
        if levels := _level_rows(told, variable, columns):
            page.tables.append((f"{variable}: levels", ("", *columns), levels))
    for domain in told.postures["domain"].unique():
        rows = _posture_rows(told.postures, domain, columns)
        title = f"Chance of each posture in {domain}, in % (* held at the end of the quarter)"
        page.tables.append((title, ("posture", "mid-2024", *columns), rows))
    return page


def quarters_shown(told: Explanation, quarter: str | None) -> list[str]:
    """The quarter asked for; or the ends of the first, second, fifth and tenth year, and the end of the run.

    Raises InputError for a quarter outside the run.
    """
    if quarter is not None:
        try:
            told.scenario.horizon.index(quarter)
        except ValueError as error:
            raise InputError(str(error)) from None
        return [quarter]
    last = len(told.quarters) - 1
    ends = {year * QUARTERS_A_YEAR - 1 for year in SHOWN_YEARS}
    return [told.quarters[k] for k in sorted({k for k in ends if k < last} | {last})]


def _page(told: Explanation, heading: str) -> Page:
    page = Page(f"{heading}: {sentence(told.scenario.slug)}")
    page.fact("run", run_line(told.address))
    if told.against is not None:
        page.fact(
            "against", f"{told.against.scenario.slug}: the same member and luck; terms are here less there"
        )
    page.fact("to read", HOW_TO_READ)
    pulls = [name for name in told.variables if name.startswith("pull_")]
    page.fact("pulls", PULLS_ARE if pulls else "")
    if pulls and told.postures.empty:
        page.fact(
            "ties", f"those of {told.actor_name} are fixed: it chooses no posture, and its pulls move nothing"
        )
    held = told.levels[((told.levels["seen"] - told.levels["level"]).abs() > SMALLEST_SHOWN).to_numpy()]
    if len(held):
        names = ", ".join(name for name in held["variable"].unique())
        page.fact("events", f"lie over {names}: what is seen differs from what the terms made")
    return page


def _term_rows(told: Explanation, variable: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Terms, largest first, those that never show left out; then their sum."""
    table, value = (told.terms, "contribution") if told.against is None else (told.change(), "change")
    chosen = table[(table["variable"] == variable).to_numpy()]
    keys = ["source", "name"]
    wide = chosen.pivot_table(index=keys, columns="quarter", values=value, sort=False)[list(columns)]
    rows = [
        (float(abs(row).max()), (term_label(*map(str, key)), *map(signed, row)))
        for key, row in zip(wide.index, wide.to_numpy(), strict=True)
        if is_seen(row)
    ]
    total = wide.sum(axis=0).to_numpy()
    return [
        *(row for _, row in sorted(rows, key=lambda row: -row[0])),
        ("pressure, their sum", *map(signed, total)),
    ]


def _level_rows(told: Explanation, variable: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    rows = []
    for one in (told, told.against):
        if one is None:
            continue
        chosen = one.levels[(one.levels["variable"] == variable).to_numpy()]
        chosen = chosen.set_index("quarter").loc[list(columns)]
        if chosen["level"].isna().all():
            return []
        ending = "" if told.against is None else f", {one.scenario.slug}"
        for name, label in LEVEL_ROWS.items():
            values = chosen[name].to_numpy()
            if name != "seen" or is_seen(values - chosen["level"].to_numpy()):
                rows.append((label + ending, *map(_number, values)))
    return rows


def _posture_rows(postures: pd.DataFrame, domain: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    chosen = postures[(postures["domain"] == domain).to_numpy()]
    rows = []
    for posture, group in chosen.groupby("posture", sort=False):
        by_quarter = group.set_index("quarter").loc[list(columns)]
        cells = [
            f"{100 * chance:3.0f}{'*' if held else ' '}"
            for chance, held in zip(by_quarter["chance"], by_quarter["held"], strict=True)
        ]
        rows.append((str(posture), f"{100 * by_quarter['chance_2024'].iloc[0]:3.0f}", *cells))
    return rows


def _at(levels: pd.DataFrame, quarter: str) -> dict[str, Mapping[str, float]]:
    rows = levels[(levels["quarter"] == quarter).to_numpy()].to_dict("records")
    return {str(row["variable"]): row for row in rows}  # type: ignore[misc]


def _largest(terms: pd.DataFrame, column: str) -> str:
    """`M31 threat drives engagement +0.12, offer_link +0.05`: the terms that count most in one quarter."""
    sized = sorted(terms.to_dict("records"), key=lambda row: -abs(row[column]))[:TERMS_PER_VARIABLE]
    return ", ".join(
        f"{term_label(row['source'], row['name']).partition(':')[0]} {signed(row[column]).strip()}"
        for row in sized
        if is_seen([row[column]])
    )


# ----------------------------------------------------------------------------------------------------------- words


def term_label(source: str, name: str) -> str:
    """`M31 threat drives engagement`; `offer_link: Engagement made possible by what is offered`."""
    if source[:1] == "M" and source[1:].isdigit():
        return f"{source} {spaced(name)}"
    return f"{source}: {name.removesuffix(PER_STEP)}"


def is_seen(values: Sequence[float] | np.ndarray | pd.Series) -> bool:
    """Whether any of the numbers would print as something else than nothing."""
    return any(abs(value) >= SMALLEST_SHOWN for value in values)


def run_line(address: Address) -> str:
    """`W2, member 0, replicate 0, seed 0`."""
    luck = f"replicate {address.replicate}" if address.chance else "without luck"
    return f"{address.worldview}, member {address.member}, {luck}, seed {address.random_seed}"


def signed(value: float) -> str:
    """A signed number of fixed width; zero without a sign."""
    if value != value:
        return "     –"
    return f"{value:+.3f}" if is_seen([value]) else " 0.000"


def _number(value: float) -> str:
    return "    –" if value != value else f"{value:6.3f}"


def chance_text(value: float) -> str:
    """A chance in per cent; never quite none or certain."""
    percent = 100 * value
    return "<0.1 %" if percent < 0.1 else ">99.9 %" if percent > 99.9 else f"{percent:.1f} %"
