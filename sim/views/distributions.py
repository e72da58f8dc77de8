"""Where an outcome ends up: its distribution over runs, by policy and worldview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.runs.tables import GOOD
from sim.views.labels import Labels, sentence
from sim.views.style import (
    BLACK,
    CYCLE,
    GREY,
    MOST_RUNS_DRAWN,
    Frame,
    few_ticks,
    footer,
    headings,
    label_below,
    legend_below,
    panels,
    rows_of_names,
)  # fmt: skip

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.runs.result import Result

ROW_INCHES = 0.46
HILL_HEIGHT = 0.62
COMPARE_WITHIN = {
    True: "Compare within a column: theories can start from different levels.",
    False: "Compare one row across panels: theories can start from different levels.",
}  # by whether the columns are theories


def distributions(result: Result, outcome: str, future: str, by: str = "policy") -> Figure:
    """One panel per worldview with a row per policy; `by="worldview"`: one panel per policy, a row per worldview.

    Each row: a hill (density over members and replicates), the middle 90 % (thin) and 50 % (thick) of runs, the median.
    The dotted line is the baseline's median.
    """
    labels = Labels(result.manifest)
    values = _values(result, outcome, future)
    is_by_policy = by != "worldview"
    rows = labels.policies if is_by_policy else labels.worldviews
    columns = labels.worldviews if is_by_policy else labels.policies
    across = min(4, len(columns))
    down = -(-len(columns) // across)
    longest = max(len(_row_name(labels, row, is_by_policy)) for row in rows)
    frame = Frame(left=0.35 + 0.078 * longest, top=1.12, bottom=1.1, gap_down=0.75, gap_across=0.25)
    figure, axes = panels(down, across, 2.15, ROW_INCHES * len(rows) + 0.25, frame)
    flat = [panel for line in axes for panel in line]
    window = _window(values, labels.bounds(outcome))
    for k, panel in enumerate(flat):
        if k >= len(columns):
            panel.set_visible(False)
            continue
        panel.autoscale(False)
        cells = [(row, columns[k]) if is_by_policy else (columns[k], row) for row in rows]
        for height, (policy, worldview) in enumerate(cells):
            colour = (
                GREY if policy == labels.baseline else CYCLE[labels.worldviews.index(worldview) % len(CYCLE)]
            )
            _draw_row(panel, values.get((policy, worldview), np.array([])), height, colour, window)
        _mark_baseline(panel, values, labels, columns[k], is_by_policy)
        panel.set_title(labels.worldview(columns[k]) if is_by_policy else sentence(columns[k]), loc="left")
        rows_of_names(panel, [_row_name(labels, row, is_by_policy) for row in rows], k % across == 0)
        panel.set_ylim(len(rows) - 0.5, -0.75)
        panel.set_xlim(window)
        few_ticks(panel)
    label_below(figure, f"{labels.outcome(outcome)} ({labels.unit(outcome)})", 0.62)
    headings(
        figure,
        f"{labels.outcome(outcome)}: what does each policy lead to, and under which theory?",
        f"Future: {labels_of_future(labels, future)}. Each row shows all runs: hill = density, thin bar = middle 90 %, "
        f"thick bar = middle 50 %, dot = median. {COMPARE_WITHIN[is_by_policy]}",
    )
    _legend(figure, labels, has_reference=is_by_policy)
    footer(figure, result, is_thinned=True)
    return figure


def labels_of_future(labels: Labels, future: str) -> str:
    """The future's name in a sentence."""
    return str(labels.manifest["futures"].get(future, future)).rstrip(".").replace("_", " ")


def _row_name(labels: Labels, row: str, is_by_policy: bool) -> str:
    return sentence(row) if is_by_policy else labels.worldview(row)


def _values(result: Result, outcome: str, future: str) -> dict[tuple[str, str], np.ndarray]:
    """(policy, worldview) → the finite values of the good runs."""
    table = result.first_outcomes([outcome], MOST_RUNS_DRAWN)
    good = table[(table["status"] == GOOD) & (table["future"] == future)]
    groups = good.groupby(["policy", "worldview"], sort=False, observed=True)[outcome]
    found = {}
    for (policy, worldview), column in groups:
        numbers = column.to_numpy()
        found[(str(policy), str(worldview))] = numbers[np.isfinite(numbers)]
    return found


def _window(values: dict[Any, np.ndarray], bounds: tuple[float, float] | None) -> tuple[float, float]:
    """The span of the axis: all but the outermost 0.2 % of runs, a little air, never beyond the possible."""
    known = [numbers for numbers in values.values() if numbers.size]
    if not known:
        return bounds or (0.0, 1.0)
    low = min(float(np.quantile(numbers, 0.002)) for numbers in known)
    high = max(float(np.quantile(numbers, 0.998)) for numbers in known)
    air = 0.06 * (high - low) or 0.5 * abs(high) or 0.5
    low, high = low - air, high + air
    if bounds is not None:
        edge = 0.01 * (bounds[1] - bounds[0])
        low, high = max(low, bounds[0] - edge), min(high, bounds[1] + edge)
    return low, high


def _draw_row(axes: Axes, values: np.ndarray, height: int, colour: str, window: tuple[float, float]) -> None:
    """A hill above the row's line, the bars and the dot on it."""
    line = height + 0.18
    if values.size == 0:
        axes.text(
            0.02, height, "no good run", transform=axes.get_yaxis_transform(), va="center", size=8, color=GREY
        )
        return
    p05, p25, p50, p75, p95 = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))
    grid = np.linspace(*window, 160)
    density = hill(values, grid)
    if density is not None:
        axes.fill_between(grid, line, line - HILL_HEIGHT * density, color=colour, alpha=0.35, lw=0, zorder=2)
    axes.plot([p05, p95], [line, line], color=colour, lw=1.3, solid_capstyle="butt", zorder=3)
    axes.plot([p25, p75], [line, line], color=colour, lw=4, solid_capstyle="butt", zorder=3)
    axes.plot([p50], [line], marker="o", ms=4.2, mfc="white", mec=colour, mew=1.3, zorder=4)


def hill(values: np.ndarray, grid: np.ndarray) -> np.ndarray | None:
    """Density of the values on the grid, its top at 1; None when all values are alike."""
    spread = min(values.std(), (np.quantile(values, 0.75) - np.quantile(values, 0.25)) / 1.349 or np.inf)
    step = grid[1] - grid[0]
    if not spread > 0 or not np.isfinite(spread):
        return None
    width = max(0.9 * spread * values.size ** (-0.2), step)
    counts, _ = np.histogram(values, bins=np.append(grid - step / 2, grid[-1] + step / 2))
    reach = int(np.ceil(3 * width / step))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / width) ** 2)
    density = np.convolve(counts, kernel, mode="full")[reach : reach + grid.size]
    top = density.max()
    return density / top if top > 0 else None


def _mark_baseline(
    axes: Axes, values: dict[tuple[str, str], np.ndarray], labels: Labels, column: str, is_by_policy: bool
) -> None:
    """The dotted line at the baseline's median; by policy only, where every row shares one worldview."""
    numbers = values.get((labels.baseline, column)) if is_by_policy else None
    if numbers is not None and numbers.size:
        axes.axvline(float(np.median(numbers)), color=BLACK, lw=0.9, ls=(0, (1, 2)), zorder=1)


def _legend(figure: Figure, labels: Labels, has_reference: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [Patch(color=GREY, alpha=0.6)]
    names = [f"baseline: {sentence(labels.baseline)}"]
    if has_reference:
        handles.append(Line2D([], [], color=BLACK, lw=0.9, ls=(0, (1, 2))))
        names.append("median of the baseline")
    legend_below(figure, handles, names)
