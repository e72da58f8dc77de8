"""Every state between Beijing and Washington, domain by domain; and how far policies move it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.contrasts import member_differences
from sim.analysis.spreads import mean_positions, outcome_quantiles, position_columns, position_domains
from sim.runs.tables import GOOD, RUN_KEYS
from sim.views.distributions import labels_of_future
from sim.views.labels import Labels, sentence
from sim.views.style import (
    BLACK,
    CYCLE,
    GREY,
    MARKERS,
    MOST_RUNS_DRAWN,
    PALE,
    Frame,
    footer,
    headings,
    label_below,
    legend_below,
    offset_within_row,
    panels,
    rows_of_names,
)  # fmt: skip

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

    from sim.runs.result import Result

ROW_INCHES = 0.3
FULL_COLOUR = 0.05
SMALLEST_PRINTED = 0.02
HARDLY = 0.05  # as far apart as theories' medians may be where the baseline "hardly moves" states


def positions(result: Result, policy: str, future: str) -> Figure:
    """A panel per domain, a row per state from Beijing's side to Washington's, one mark per worldview.

    Mark = median, bar = middle 90 % of runs, position averaged over the horizon. For a policy other than the baseline,
    a small grey tick shows the baseline's median.
    """
    labels = Labels(result.manifest)
    domains = position_domains(labels.columns)
    table = _positions_in(result, future)
    states = sorted_states(table, labels.baseline)
    columns = {domain: position_columns(labels.columns, domain) for domain in domains}
    every = [columns[domain][state] for domain in domains for state in states]
    wanted = table[table["policy"].isin([policy, labels.baseline])]
    quantiles = outcome_quantiles(wanted, every, ["policy", "worldview"], (0.05, 0.5, 0.95))
    frame = Frame(
        left=0.35 + 0.08 * max(len(labels.state(state)) for state in states),
        top=1.12,
        bottom=1.1,
        gap_across=0.25,
    )
    figure, axes = panels(1, len(domains), 2.3, ROW_INCHES * len(states) + 0.1, frame)
    for k, domain in enumerate(domains):
        panel = axes[0][k]
        panel.autoscale(False)
        in_order = [columns[domain][state] for state in states]
        _draw_domain(panel, quantiles, in_order, policy, labels)
        rows_of_names(panel, [labels.state(state) for state in states], k == 0)
        _beijing_to_washington(panel)
        panel.set_title(sentence(domain), loc="left")
    label_below(figure, "position, −1 (Beijing) to +1 (Washington), mean over the horizon", 0.62)
    headings(
        figure,
        f"{sentence(policy)}: where does each state stand between Beijing and Washington?",
        f"Future: {labels_of_future(labels, future)}. Mark = median, bar = middle 90 % of runs. "
        f"States in order of their mean position under the baseline. {_on_the_start(quantiles, labels)}",
    )
    _legend(figure, labels, has_reference=policy != labels.baseline)
    footer(figure, result, is_thinned=True)
    return figure


def shifts(result: Result, future: str) -> Figure:
    """How far each policy moves each state: a panel per worldview, states down, policies across, colour and number.

    Numbers are means of paired differences in position (the mean of all domains) from the baseline, in hundredths.
    """
    labels = Labels(result.manifest)
    table = _positions_in(result, future)
    states = sorted_states(table, labels.baseline)
    per_member = member_differences(mean_positions(table), baseline=labels.baseline, columns=states)
    means = per_member.groupby(["worldview", "policy", "outcome"], observed=True)["difference"].mean()
    policies = [policy for policy in labels.policies if policy != labels.baseline]
    tables = {
        worldview: np.array(
            [[means.get((worldview, policy, state), np.nan) for policy in policies] for state in states],
            dtype=float,
        )
        for worldview in labels.worldviews
    }
    longest = max(len(sentence(policy)) for policy in policies)
    frame = Frame(left=0.35 + 0.08 * max(len(labels.state(state)) for state in states), top=0.75 + 0.07 * longest,
                  bottom=1.0, gap_across=0.2, right=0.45)  # fmt: skip
    figure, axes = panels(1, len(labels.worldviews), 0.34 * len(policies), 0.24 * len(states), frame)
    for k, worldview in enumerate(labels.worldviews):
        _draw_table(axes[0][k], tables[worldview])
        axes[0][k].set_xticks(
            range(len(policies)), [sentence(policy) for policy in policies], rotation=90, size=8.5
        )
        axes[0][k].set_yticks(
            range(len(states)), [labels.state(state) for state in states] if k == 0 else [""] * len(states)
        )
        axes[0][k].set_xlabel(labels.worldview(worldview), weight="bold", labelpad=6)
    headings(
        figure,
        "Which states (and Taiwan) does each policy move, and which way?",
        f"Mean paired difference in position from {sentence(labels.baseline)}, in hundredths (printed from "
        f"{100 * SMALLEST_PRINTED:g} up): "
        "+ (blue) towards Washington, − (orange) towards Beijing. "
        f"Future: {labels_of_future(labels, future)}.",
    )
    _colour_key(figure)
    footer(figure, result, is_thinned=True)
    return figure


def _on_the_start(quantiles: pd.DataFrame, labels: Labels) -> str:
    """Why bars of different theories coincide under the baseline: they start alike and little happens to them."""
    medians = quantiles.xs((labels.baseline, 0.5), level=("policy", "quantile"))
    apart = float(np.nan_to_num((medians.max() - medians.min()).to_numpy()).max(initial=0))
    hardly = "; the baseline hardly moves them." if apart <= HARDLY else "."
    return f"All theories start from the same ties{hardly}"


def _positions_in(result: Result, future: str) -> pd.DataFrame:
    """Keys, status and positions of the runs drawn, in one future."""
    columns = [column for column in result.manifest["columns"] if column.startswith("position.")]
    table = result.first_outcomes(columns, MOST_RUNS_DRAWN)
    return table[(table["future"] == future).to_numpy()]


def sorted_states(table: pd.DataFrame, baseline: str) -> list[str]:
    """States in the order of their mean position under the baseline, Beijing's side first."""
    chosen = table[((table["policy"] == baseline) & (table["status"] == GOOD)).to_numpy()]
    means = mean_positions(chosen).drop(columns=[*RUN_KEYS, "status"]).mean()
    return sorted((str(state) for state in means.index), key=lambda state: (float(means[state]), state))


def _draw_domain(
    axes: Axes, quantiles: pd.DataFrame, columns: Sequence[str], policy: str, labels: Labels
) -> None:
    """All states of one domain: bars and marks of each worldview, one above the other within a state's row.

    `columns` are the states' columns in the order of the rows; `quantiles` holds levels 0.05, 0.5 and 0.95.
    """
    rows = np.arange(len(columns), dtype=float)
    for k, worldview in enumerate(labels.worldviews):
        heights = rows + offset_within_row(k, len(labels.worldviews))
        colour, marker = CYCLE[k % len(CYCLE)], MARKERS[k % len(MARKERS)]
        low, middle, high = (
            _levels(quantiles, columns, policy, worldview, level) for level in (0.05, 0.5, 0.95)
        )
        axes.hlines(heights, low, high, color=colour, lw=1.1, alpha=0.75, zorder=2)
        axes.plot(middle, heights, marker, color=colour, ms=3.4, mec="white", mew=0.3, zorder=4)
        if policy != labels.baseline:
            reference = _levels(quantiles, columns, labels.baseline, worldview, 0.5)
            axes.plot(reference, heights, "|", color=BLACK, ms=5, mew=0.9, zorder=3)


def _levels(
    quantiles: pd.DataFrame, columns: Sequence[str], policy: str, worldview: str, level: float
) -> np.ndarray:
    """One quantile of every state, NaN where no run was good."""
    key = (policy, worldview, level)
    if key not in quantiles.index:
        return np.full(len(columns), np.nan)
    return quantiles.loc[key, list(columns)].to_numpy(dtype=float)


def _beijing_to_washington(axes: Axes) -> None:
    axes.set_xlim(-1.04, 1.04)
    axes.axvline(0, color=GREY, lw=0.8, zorder=1)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "+0.5", "+1"])


def _colours() -> Colormap:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("beijing_washington", [CYCLE[1], "#FFFFFF", CYCLE[0]])


def _draw_table(axes: Axes, values: np.ndarray) -> None:
    """Colour by size and sign, and the number itself in hundredths unless it is small."""
    axes.imshow(
        values, cmap=_colours(), vmin=-FULL_COLOUR, vmax=FULL_COLOUR, aspect="auto", interpolation="nearest"
    )
    for (row, column), value in np.ndenumerate(values):
        if abs(value) >= SMALLEST_PRINTED:
            number = round(100 * value)
            tone = "white" if abs(value) > 0.6 * FULL_COLOUR else BLACK
            axes.text(
                column, row, f"{number:+d}".replace("-", "−"), ha="center", va="center", size=7, color=tone
            )
    axes.tick_params(length=0, top=False, labeltop=True, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks(np.arange(values.shape[1] + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(values.shape[0] + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=PALE, lw=0.6)
    axes.tick_params(which="minor", length=0)


def _colour_key(figure: Figure) -> None:
    """A strip of the colours in the lower left corner, above the footer, with what its ends stand for."""
    width, height = figure.get_size_inches()
    strip = figure.add_axes((0.17 / width, 0.36 / height, 1.8 / width, 0.13 / height))
    strip.imshow(np.linspace(-1, 1, 101)[None, :], cmap=_colours(), aspect="auto")
    strip.set(xticks=[], yticks=[])
    strip.set_axis_off()
    ends = f"−{FULL_COLOUR:g} (towards Beijing) to +{FULL_COLOUR:g} (towards Washington)"
    words = f"{ends}; full colour = {FULL_COLOUR:g} or more, on the scale from −1 to +1"
    figure.text(2.07 / width, 0.425 / height, words, size=8.5, va="center", color=BLACK)


def _legend(figure: Figure, labels: Labels, has_reference: bool) -> None:
    from matplotlib.lines import Line2D

    handles: list[Any] = [
        Line2D([], [], color=CYCLE[k % len(CYCLE)], marker=MARKERS[k % len(MARKERS)], lw=1.2, ms=4.5)
        for k in range(len(labels.worldviews))
    ]
    names = [labels.worldview(worldview) for worldview in labels.worldviews]
    if has_reference:
        handles.append(Line2D([], [], color=BLACK, marker="|", lw=0, ms=7))
        names.append(f"median under {sentence(labels.baseline)}")
    legend_below(figure, handles, names)
