"""Who gains and who loses by one policy: a row per actor, a panel per theory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.contrasts import NEGLIGIBLE_SHARE_OF_SCALE, SIMILAR
from sim.analysis.gains import GAINS, GROUPS, LOSES, NO_GROUP, SCALE, gains_of
from sim.views.analysis import GROUP_NAMES, VERDICT_WORDS, grouped
from sim.views.distributions import labels_of_future
from sim.views.labels import Labels, sentence
from sim.views.style import (
    BAND,
    BLACK,
    BLUE,
    ORANGE,
    Frame,
    few_ticks,
    footer,
    headings,
    house_style,
    label_below,
    legend_below,
    panels,
    rows_of_names,
    saved,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.runs.result import Result

ROW_INCHES = 0.215
# Colour, mark and filling of each verdict; the mark alone tells them apart. An unknown difference has none.
MARKS = {GAINS: (BLUE, "^", BLUE), LOSES: (ORANGE, "v", ORANGE), SIMILAR: (BLACK, "o", "white")}


def draw_gains(result: Result, folder: Path, policies: Sequence[str], formats: Sequence[str]) -> list[Path]:
    """Draw the figure of each policy (but the baseline) in each future; the files written, `gains-lower_profile.png`."""
    labels = Labels(result.manifest)
    groups = grouped(labels)
    every = gains_of(result, groups)
    written: list[Path] = []
    with house_style():
        for future in labels.futures:
            ending = f"-{future}" if len(labels.futures) > 1 else ""
            for policy in policies:
                if policy != labels.baseline:
                    figure = gains_figure(result, every, groups, policy, future)
                    written += saved(figure, folder, f"gains-{policy}{ending}", formats)
    return written


def gains_figure(
    result: Result, gains: pd.DataFrame, groups: Mapping[str, str], policy: str, future: str
) -> Figure:
    """Dots by actor, actors by group, a panel per worldview; `gains` as from `gains_of`, all panels on one scale.

    Mark = mean paired difference in the actor's own utility, bar = middle 90 % of members; the grey band holds means too
    small to matter.
    """
    labels = Labels(result.manifest)
    table = gains[((gains["policy"] == policy) & (gains["future"] == future)).to_numpy()]
    rows = _rows(groups)
    names = [labels.state(row) if row in groups else GROUP_NAMES[row] for row in rows]
    frame = Frame(left=0.4 + 0.08 * max(len(name) for name in names), top=1.12, bottom=1.1, gap_across=0.25)
    figure, axes = panels(1, len(labels.worldviews), 2.3, ROW_INCHES * len(rows) + 0.1, frame)
    ends = _ends(table)
    for k, worldview in enumerate(labels.worldviews):
        panel = axes[0][k]
        _draw_panel(panel, table[(table["worldview"] == worldview).to_numpy()], rows)
        rows_of_names(panel, names, is_labelled=k == 0)
        for row, label in zip(rows, panel.get_yticklabels(), strict=True):
            label.set_fontweight("normal" if row in groups else "bold")
        panel.set_xlim(*ends)
        few_ticks(panel)
        panel.set_title(labels.worldview(worldview), loc="left")
    label_below(
        figure, "difference in the actor's own utility (index, about 0 to 1), mean over the horizon", 0.62
    )
    headings(
        figure,
        f"{sentence(policy)}: who gains and who loses, compared with {sentence(labels.baseline)}?",
        f"Paired differences: same member, same luck. Mark = mean, bar = middle 90 % of members. "
        f"Future: {labels_of_future(labels, future)}. Utility is an assumed index of growth, resilience, safety, freedom to "
        "choose and freedom from becoming a target: compare theories for one actor, not actors with each other.",
    )
    _legend(figure)
    footer(figure, result)
    return figure


def _rows(groups: Mapping[str, str]) -> list[str]:
    """Rows from the top: each group's own name, then its actors."""
    return [
        row
        for group in (*GROUPS, NO_GROUP)
        if group in groups.values()
        for row in (group, *(actor for actor in groups if groups[actor] == group))
    ]


def _ends(table: pd.DataFrame) -> tuple[float, float]:
    """Ends of the axis: beyond every bar, and well beyond the grey band."""
    least = 2 * NEGLIGIBLE_SHARE_OF_SCALE * SCALE
    shown = table[["p05", "p95", "mean"]].to_numpy(dtype=float)
    shown = shown[np.isfinite(shown)]
    low, high = float(shown.min(initial=-least)), float(shown.max(initial=least))
    margin = 0.03 * (high - low)
    return low - margin, high + margin


def _draw_panel(axes: Axes, table: pd.DataFrame, rows: Sequence[str]) -> None:
    negligible = NEGLIGIBLE_SHARE_OF_SCALE * SCALE
    axes.axvspan(-negligible, negligible, color=BAND, lw=0, zorder=0.5)
    axes.axvline(0, color=BLACK, lw=0.8, zorder=1)
    for verdict in MARKS:
        part = table[(table["verdict"] == verdict).to_numpy()]
        heights = [rows.index(actor) for actor in part["actor"]]
        low, mean, high = (part[name].to_numpy() for name in ("p05", "mean", "p95"))
        axes.hlines(heights, low, high, color=MARKS[verdict][0], lw=1.4, zorder=2)
        axes.plot(mean, heights, zorder=3, lw=0, **_mark(verdict))


def _mark(verdict: str) -> dict[str, Any]:
    colour, marker, filling = MARKS[verdict]
    return {"color": colour, "marker": marker, "mfc": filling, "mec": colour, "mew": 0.9, "ms": 5}


def _legend(figure: Figure) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [Line2D([], [], lw=1.4, **_mark(verdict)) for verdict in MARKS]
    names = [VERDICT_WORDS[verdict] for verdict in MARKS]
    legend_below(figure, [*handles, Patch(color=BAND)], [*names, "mean too small to matter"])
