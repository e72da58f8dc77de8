"""The figure of `sim explain`: what pushed one variable over time, term by term, and where it went."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.views.explanation_tables import is_seen, run_line, term_label
from sim.views.labels import sentence, spaced
from sim.views.style import (
    AMBER,
    BLACK,
    BLUE,
    CYCLE,
    GREY,
    ORANGE,
    PALE,
    PURPOSE,
    SKY,
    Frame,
    headings,
    label_below,
    panels,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.analysis.explain import Explanation

MOST_TERMS = 6  # as many as there are colours; the rest is summed
LETTERS_IN_KEY = 34
EDGE_QUARTERS = 1  # a year's name so near the right edge would stick out
POSTURE_COLOURS = (ORANGE, AMBER, GREY, SKY, BLUE)
SHADES_OF_REST = "#B8B8B8"


def draw(told: Explanation) -> Figure:
    """Stacked terms per quarter with their sum, and below them the level and its target; one variable per explanation.

    For a pull: its terms, those of the worth of hedging, the chances of the five postures and the position. Against
    another policy the bars are differences.
    """
    has_postures = not told.postures.empty
    levels = [name for name in told.variables if not _levels(told, name)["level"].isna().all()]
    rows = len(told.variables) + len(levels) + has_postures
    figure, grid = panels(
        rows, 1, 7.4, 1.9, Frame(left=0.95, right=3.05, top=1.1, bottom=0.95, gap_down=0.42)
    )
    axes = iter(row[0] for row in grid)
    for variable in told.variables:
        _draw_terms(next(axes), told, variable)
    if has_postures:
        _draw_postures(next(axes), told)
    for variable in levels:
        _draw_levels(next(axes), told, variable)
    for k, row in enumerate(grid):
        _name_years(row[0], told.quarters, is_named=k == len(grid) - 1)
    label_below(
        figure, f"year, {told.quarters[0]} to {told.quarters[-1]}; ticks stand at first quarters", 0.42
    )
    policy = spaced(told.scenario.slug)
    other = "" if told.against is None else f", less what it adds under {spaced(told.against.scenario.slug)}"
    headings(
        figure,
        f"{told.actor_name[:1].upper()}{told.actor_name[1:]}: what drives {told.variables[0]} under {policy}?",
        "Each bar is what a mechanism or structural link adds to the pressure since mid-2024, in the state of its quarter"
        f"{other}. The line is their sum.",
    )
    figure.text(
        0.15 / figure.get_figwidth(), 0.10 / figure.get_figheight(),
        f"{sentence(told.scenario.slug)}  ·  {run_line(told.address)}  ·  {PURPOSE}", size=7.5, va="bottom", color="#666666",
    )  # fmt: skip
    return figure


def _draw_terms(axes: Axes, told: Explanation, variable: str) -> None:
    table, column = (told.terms, "contribution") if told.against is None else (told.change(), "change")
    chosen = table[(table["variable"] == variable).to_numpy()]
    names, parts = _stacked(chosen, column, told.quarters)
    time = np.arange(len(told.quarters))
    above, below = np.zeros(len(time)), np.zeros(len(time))
    handles: list[Any] = []
    for k, values in enumerate(parts):
        floor = np.where(values >= 0, above, below)
        colour = CYCLE[k] if names[k] not in ("other terms", "joint") else SHADES_OF_REST
        hatch = "////" if names[k] == "joint" else None
        handles.append(
            axes.bar(time, values, 0.86, bottom=floor, color=colour, hatch=hatch, edgecolor="white", lw=0.2)
        )
        above += np.where(values > 0, values, 0)
        below += np.where(values < 0, values, 0)
    handles += axes.plot(time, sum(parts, np.zeros(len(time))), color=BLACK, lw=1.4)
    axes.axhline(0, color=GREY, lw=0.8, zorder=0)
    if not parts:
        axes.set_ylim(-0.1, 0.1)
    axes.set_ylabel(_levels(told, variable)["unit"].iloc[0].replace(" a year", "\na year"))
    axes.set_title(variable, loc="left")
    _key(axes, handles, [*names, "pressure: their sum"])


def _stacked(
    chosen: pd.DataFrame, column: str, quarters: Sequence[str]
) -> tuple[list[str], list[np.ndarray]]:
    """Names and values (quarters,) of the terms to draw, largest first; small ones summed, then joint."""
    wide = chosen.pivot_table(index=["source", "name"], columns="quarter", values=column, sort=False)[
        list(quarters)
    ]
    rows = [(str(source), str(name), wide.loc[source, name].to_numpy()) for source, name in wide.index]
    rows = [row for row in rows if is_seen(row[2])]
    single = sorted((row for row in rows if row[0] != "joint"), key=lambda row: -float(abs(row[2]).max()))
    names = [term_label(source, name) for source, name, _ in single[:MOST_TERMS]]
    parts = [values for _, _, values in single[:MOST_TERMS]]
    if len(single) > MOST_TERMS:
        names.append("other terms")
        parts.append(np.sum([values for _, _, values in single[MOST_TERMS:]], axis=0))
    for source, _, values in rows:
        if source == "joint":
            names.append("joint")
            parts.append(values)
    return names, parts


def _draw_levels(axes: Axes, told: Explanation, variable: str) -> None:
    time = np.arange(len(told.quarters))
    is_position = variable.startswith("pull_")
    handles: list[Any] = []
    names = []
    for one, colour in ((told, BLUE), (told.against, ORANGE)):
        if one is None:
            continue
        levels = _levels(one, variable)
        of = "" if told.against is None else f", {spaced(one.scenario.slug)}"
        width = 1.6 if one is told else 3.4  # where both run alike, one shows beside the other
        handles += axes.plot(
            time, levels["level"], color=colour, lw=width, zorder=2.1 if one is told else 2.0
        )
        names.append(f"level{of}")
        handles += axes.plot(time, levels["target"], color=colour, lw=1.1, ls=(0, (4, 2)))
        names.append(f"{'mean over postures' if is_position else 'target'}{of}")
        if is_seen(list(levels["seen"] - levels["level"])):
            handles += axes.plot(time, levels["seen"], color=colour, lw=1.1, ls=(0, (1, 1.5)))
            names.append(f"seen, under events{of}")
    handles.append(
        axes.axhline(
            _levels(told, variable)["mid_2024"].iloc[0], color=GREY, lw=0.9, ls=(0, (1, 3)), zorder=0
        )
    )
    names.append("mid-2024")
    unit = (
        "position\n(−1 Beijing … +1)"
        if is_position
        else "% a year"
        if variable == "growth"
        else "level, 0 to 1"
    )
    axes.set_ylabel(unit)
    axes.set_title(
        f"position in {variable.removeprefix('pull_')}" if is_position else f"level of {variable}", loc="left"
    )
    axes.grid(axis="y", color=PALE, lw=0.6)
    _key(axes, handles, names)


def _draw_postures(axes: Axes, told: Explanation) -> None:
    postures = told.postures
    domain = postures["domain"].iloc[0]
    chosen = postures[(postures["domain"] == domain).to_numpy()]
    wide = chosen.pivot_table(index="quarter", columns="posture", values="chance", sort=False)
    time = np.arange(len(wide))
    handles = axes.stackplot(
        time, *(wide[name] for name in wide.columns), colors=POSTURE_COLOURS, lw=0.4, edgecolor="white"
    )
    for k, held in enumerate(chosen[chosen["held"].to_numpy()]["posture"]):
        column = list(wide.columns).index(held)
        share = wide.iloc[k].to_numpy()
        axes.plot(k, share[:column].sum() + share[column] / 2, "o", color=BLACK, ms=2.4)
    axes.set_ylim(0, 1)
    axes.set_ylabel("chance")
    under = "" if told.against is None else f" under {spaced(told.scenario.slug)}"
    held_by = "" if not postures["held"].any() else " (dots: the one held)"
    axes.set_title(f"choice of a posture in {domain}{under}{held_by}", loc="left")
    _key(axes, handles[::-1], [str(name) for name in wide.columns][::-1])


def _levels(told: Explanation, variable: str) -> pd.DataFrame:
    return told.levels[(told.levels["variable"] == variable).to_numpy()]


def _key(axes: Axes, handles: Sequence[Any], names: Sequence[str]) -> None:
    """The key at the right of a panel, long names over several lines."""
    wrapped = [
        "\n".join(textwrap.wrap(name, LETTERS_IN_KEY, max_lines=3, placeholder=" …")) for name in names
    ]
    axes.legend(
        handles, wrapped, loc="upper left", bbox_to_anchor=(1.01, 1.06), borderaxespad=0, handlelength=1.4,
        fontsize=8, labelspacing=0.35,
    )  # fmt: skip


def _name_years(axes: Axes, quarters: Sequence[str], is_named: bool) -> None:
    firsts = [k for k, quarter in enumerate(quarters) if quarter.endswith("Q1")]
    chosen = [k for k in firsts[:: max(1, len(firsts) // 10)] if k < len(quarters) - EDGE_QUARTERS] or [0]
    axes.set_xticks(chosen, [quarters[k][:4] if is_named else "" for k in chosen])
    axes.set_xlim(-0.6, len(quarters) - 0.4)
