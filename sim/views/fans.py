"""How an outcome moves over the years: fans over runs, by policy and worldview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.spreads import LEVELS, path_quantiles
from sim.views.distributions import COMPARE_WITHIN, labels_of_future
from sim.views.labels import Labels, sentence
from sim.views.style import (
    BLACK,
    CYCLE,
    GREY,
    MOST_RUNS_DRAWN,
    PALE,
    Frame,
    footer,
    headings,
    label_below,
    legend_below,
    panels,
)

EDGE_QUARTERS = 3  # a year's name so near the right edge would touch the next panel's first

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.runs.result import Result


def fans(result: Result, outcome: str, future: str) -> Figure:
    """A grid of panels, policies down and worldviews across: 5–95 %, 25–75 % and median over runs in each quarter.

    The dotted line is the baseline's median in the same worldview. Raises KeyError when the outcome has no path.
    """
    labels = Labels(result.manifest)
    paths = result.first_paths(outcome, MOST_RUNS_DRAWN)
    quantiles = path_quantiles(paths, outcome, LEVELS)
    quarters = [str(quarter) for quarter in paths["quarter"].cat.categories]
    rows, columns = labels.policies, labels.worldviews
    frame = Frame(
        left=0.75 + 0.07 * max(len(policy) for policy in rows),
        top=1.05,
        bottom=1.08,
        gap_across=0.16,
        gap_down=0.14,
    )
    figure, axes = panels(len(rows), len(columns), 2.2, 0.98, frame)
    window = _window(quantiles, future, labels.bounds(outcome))
    for line, policy in enumerate(rows):
        for k, worldview in enumerate(columns):
            panel = axes[line][k]
            panel.autoscale(False)
            panel.set_ylim(window)
            _name_years(panel, quarters, is_named=line == len(rows) - 1)
            panel.yaxis.get_major_locator().set_params(nbins=3)  # type: ignore[call-arg]
            panel.tick_params(axis="y", labelsize=8, labelleft=k == 0)
            reference = quantiles.get((labels.baseline, future, worldview))
            colour = GREY if policy == labels.baseline else CYCLE[k % len(CYCLE)]
            _draw_fan(panel, quantiles.get((policy, future, worldview)), reference, colour)
            panel.grid(axis="y", color=PALE, lw=0.6)
            panel.set_axisbelow(True)
            if line == 0:
                panel.set_title(labels.worldview(worldview), loc="left")
        axes[line][0].annotate(
            sentence(policy), (0, 0.5), (-36, 0), xycoords="axes fraction", textcoords="offset points",
            ha="right", va="center", size=9,
        )  # fmt: skip
    label_below(figure, f"year, {quarters[0]} to {quarters[-1]}; ticks stand at first quarters", 0.62)
    headings(
        figure,
        f"{labels.outcome(outcome)}: how does it move over the years?",
        f"Vertical: {labels.outcome(outcome)} ({labels.unit(outcome)}). Future: {labels_of_future(labels, future)}. "
        f"Quantiles over runs, quarter by quarter. {COMPARE_WITHIN[True]}",
    )
    _legend(figure, labels)
    footer(figure, result, is_thinned=True)
    return figure


def _draw_fan(axes: Axes, bands: np.ndarray | None, reference: np.ndarray | None, colour: str) -> None:
    if bands is not None:
        time = np.arange(bands.shape[1])
        axes.fill_between(time, bands[0], bands[4], color=colour, alpha=0.18, lw=0)
        axes.fill_between(time, bands[1], bands[3], color=colour, alpha=0.32, lw=0)
        axes.plot(time, bands[2], color=colour, lw=1.6)
    if reference is not None:
        axes.plot(np.arange(reference.shape[1]), reference[2], color=BLACK, lw=1.0, ls=(0, (1, 2)))


def _window(
    quantiles: dict[tuple[str, str, str], np.ndarray], future: str, bounds: tuple[float, float] | None
) -> tuple[float, float]:
    """Low and high end shared by all panels, with a little air, never beyond the possible."""
    shown = np.concatenate([bands.reshape(-1) for (_, name, _), bands in quantiles.items() if name == future])
    shown = shown[np.isfinite(shown)]
    if shown.size == 0:
        return bounds or (0.0, 1.0)
    low, high = float(shown.min()), float(shown.max())
    air = 0.06 * (high - low) or 0.5 * abs(high) or 0.5
    low, high = low - air, high + air
    if bounds is not None:
        edge = 0.01 * (bounds[1] - bounds[0])
        low, high = max(low, bounds[0] - edge), min(high, bounds[1] + edge)
    return low, high


def _name_years(axes: Axes, quarters: list[str], is_named: bool) -> None:
    """Ticks at first quarters, three or four of them; names only at the foot of the figure."""
    firsts = [k for k, quarter in enumerate(quarters) if quarter.endswith("Q1")]
    step = max(1, -(-len(firsts) // 4))
    chosen = [k for k in firsts[::step] if k < len(quarters) - EDGE_QUARTERS] or [0]
    names = [quarters[k][:4] if firsts else quarters[k] for k in chosen]
    axes.set_xticks(chosen, names if is_named else [""] * len(chosen))
    axes.set_xlim(-0.5, len(quarters) - 0.5)


def _legend(figure: Figure, labels: Labels) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Line2D([], [], color=GREY, lw=1.6), Patch(color=GREY, alpha=0.5), Patch(color=GREY, alpha=0.18),
        Line2D([], [], color=BLACK, lw=1.0, ls=(0, (1, 2))),
    ]  # fmt: skip
    names = [
        "median",
        "middle 50 % of runs",
        "middle 90 % of runs",
        f"median of the baseline, {sentence(labels.baseline)}",
    ]
    legend_below(figure, handles, names)
