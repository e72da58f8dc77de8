"""The measurements as one figure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.clock import Measure
from benchmarks.report import quoted
from sim.views import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = style.BLUE
OTHERS = style.GREY
FRAME = style.Frame(left=2.45, right=0.3, top=1.1, bottom=0.9, gap_across=2.6, gap_down=0.85)


def draw(about: Mapping[str, Any], measures: Sequence[Measure], path: Path) -> None:
    """Six panels: speed beside the rivals, time by runs, quarters and actors, shares of time, memory."""
    groups: dict[str, list[Measure]] = {}
    for one in measures:
        groups.setdefault(one.group, []).append(one)
    with style.house_style():
        figure, axes = style.panels(3, 2, 3.3, 2.0, FRAME)
        speeds = [one for one in groups["rate"] if one.unit == "runs/s"]
        _bars(axes[0][0], speeds, "Runs per second (log scale)", is_log=True)
        _bars(axes[0][1], groups["share"], "Share of the time, %")
        _line(axes[1][0], groups["runs"], "Runs", "Wall time, s", is_log=True)
        _line(axes[1][1], groups["quarters"], "Quarters in a run", "Time of a run, µs")
        _line(axes[2][0], groups["actors"], "Actors", "Time of a run, µs")
        peaks = [one for one in groups["memory"] if one.unit == "MiB"]
        _bars(axes[2][1], peaks, "Peak memory, MiB")
        style.headings(
            figure, "How fast, how large",
            "Medians. Blue: the ensemble; grey: other ways to make the same runs. Time of a run by quarters and by "
            "actors is that of one thread; by runs it is that of all threads, with assembling and writing.",
        )  # fmt: skip
        machine = about["machine"]
        figure.text(
            0.15 / figure.get_figwidth(), 0.10 / figure.get_figheight(),
            f"{about['date']}  ·  commit {about['commit']}  ·  model {about['model_version']}  ·  "
            f"{machine['cpu']}, {machine['processors']} processors",
            size=7.5, va="bottom", color="#666666",
        )  # fmt: skip
        style.saved(figure, path.parent, path.stem, ["png"])


def _bars(axes: Axes, measures: Sequence[Measure], label: str, is_log: bool = False) -> None:
    medians = [one.median for one in measures]
    colours = [INK if one.group != "rate" or one.title.startswith("Ensemble") else OTHERS for one in measures]
    style.rows_of_names(axes, [one.title for one in measures], is_labelled=True)
    axes.barh(range(len(measures)), medians, height=min(0.55, 0.12 * len(measures)), color=colours)
    for place, value in enumerate(medians):
        axes.annotate(
            quoted(value), (value, place), xytext=(4, 0), textcoords="offset points", va="center", size=8
        )
    if is_log:
        axes.set_xscale("log")
        axes.set_xlim(_decade_below(medians), 4 * max(medians))
    else:
        axes.set_xlim(0, 1.18 * max(medians))
        style.few_ticks(axes)
    axes.set_xlabel(label)


def _line(axes: Axes, measures: Sequence[Measure], across: str, up: str, is_log: bool = False) -> None:
    places = [float(one.name.partition(".")[2]) for one in measures]
    medians = [one.median for one in measures]
    axes.plot(places, medians, color=INK, marker="o", ms=4.5, lw=1.4)
    for place, value in zip(places, medians, strict=True):
        axes.annotate(
            quoted(value), (place, value), xytext=(-3, 5), textcoords="offset points", ha="right", size=8
        )
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    if is_log:
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(0.2 * min(places), 2 * max(places))
        axes.set_ylim(_decade_below(medians), 4 * max(10 * _decade_below(medians), *medians))
    else:
        axes.set_xlim(0, 1.12 * max(places))
        axes.set_ylim(0, 1.25 * max(medians))
        axes.set_xticks(places)


def _decade_below(values: Sequence[float]) -> float:
    return float(10.0 ** math.floor(math.log10(min(values))))
