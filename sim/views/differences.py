"""What a policy changes: paired differences from the baseline, with their spread over members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.analysis.contrasts import NEGLIGIBLE_SHARE_OF_SCALE, contrasts_of
from sim.views.distributions import labels_of_future
from sim.views.labels import LESS_OR_MORE, Labels, sentence
from sim.views.style import (
    BAND,
    BLACK,
    CYCLE,
    MARKERS,
    Frame,
    few_ticks,
    footer,
    headings,
    legend_below,
    offset_within_row,
    panels,
    rows_of_names,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.runs.result import Result


def differences(result: Result, columns: Sequence[str], future: str, perspective: str) -> Figure:
    """A forest: a row per policy, a panel per outcome, one mark per worldview.

    Marks are means of the paired differences; bars span the middle 90 % of members (what is not known, not luck).
    The grey band holds means too small to matter.
    """
    labels = Labels(result.manifest)
    directions = {column: labels.direction(perspective, column) for column in columns}
    every = contrasts_of(result, columns, directions, {column: labels.scale(column) for column in columns})
    table = every[(every["future"] == future).to_numpy()]
    rows = [policy for policy in labels.policies if policy != labels.baseline]
    across = min(4, len(columns))
    down = -(-len(columns) // across)
    frame = Frame(
        left=0.35 + 0.078 * max(len(row) for row in rows),
        top=1.22,
        bottom=1.15,
        gap_down=1.35,
        gap_across=0.3,
    )
    figure, axes = panels(down, across, 2.25, 0.56 * len(rows) + 0.1, frame)
    flat = [panel for line in axes for panel in line]
    for k, panel in enumerate(flat):
        if k >= len(columns):
            panel.set_visible(False)
            continue
        _draw_panel(panel, table[table["outcome"] == columns[k]], rows, labels, columns[k])
        rows_of_names(panel, [sentence(row) for row in rows], k % across == 0)
        wish = LESS_OR_MORE[directions[columns[k]]]
        panel.set_title(_wrapped(labels.outcome(columns[k])), loc="left", pad=18)
        panel.text(0, 1.015, wish, transform=panel.transAxes, size=8.5, va="bottom", color="#444444")
        panel.set_xlabel(f"difference ({labels.unit_of_difference(columns[k])})", size=8.5)
        few_ticks(panel)
    headings(
        figure,
        f"What does each policy change, compared with {sentence(labels.baseline)}?",
        f"Paired differences: same member, same luck. Mark = mean, bar = middle 90 % of members. "
        f"Future: {labels_of_future(labels, future)}. Better: as {labels.perspective(perspective)} sees it. "
        "Panels have different scales.",
    )
    _legend(figure, labels)
    footer(figure, result)
    return figure


def _wrapped(text: str) -> str:
    """At most two lines, so that titles of neighbouring panels never meet."""
    import textwrap

    return "\n".join(textwrap.wrap(text, 30)[:2])


def _draw_panel(axes: Axes, table: pd.DataFrame, rows: Sequence[str], labels: Labels, column: str) -> None:
    negligible = NEGLIGIBLE_SHARE_OF_SCALE * labels.scale(column)
    axes.axvspan(-negligible, negligible, color=BAND, lw=0, zorder=0.5)
    axes.axvline(0, color=BLACK, lw=0.8, zorder=1)
    for k, worldview in enumerate(labels.worldviews):
        part = table[(table["worldview"] == worldview).to_numpy()]
        heights = [
            rows.index(policy) + offset_within_row(k, len(labels.worldviews)) for policy in part["policy"]
        ]
        colour, marker = CYCLE[k % len(CYCLE)], MARKERS[k % len(MARKERS)]
        low, mean, high = (part[name].to_numpy() for name in ("p05", "mean", "p95"))
        axes.hlines(heights, low, high, color=colour, lw=1.6, zorder=2)
        axes.plot(mean, heights, marker, color=colour, ms=4.6, mec="white", mew=0.5, zorder=3)


def _legend(figure: Figure, labels: Labels) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Line2D([], [], color=CYCLE[k % len(CYCLE)], marker=MARKERS[k % len(MARKERS)], lw=1.6, ms=5)
        for k in range(len(labels.worldviews))
    ]
    names = [labels.worldview(worldview) for worldview in labels.worldviews]
    legend_below(figure, [*handles, Patch(color=BAND)], [*names, "mean too small to matter"])
