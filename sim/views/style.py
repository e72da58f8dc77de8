"""How every figure looks: colours that survive colour blindness and print, sizes, frame, footer, saving."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.views.labels import sizes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.runs.result import Result

# Okabe & Ito 2008, without the yellow that vanishes on white.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, AMBER, BLACK, GREY = "#56B4E9", "#E69F00", "#222222", "#8A8A8A"
PALE, BAND = "#E9E9E9", "#D2D2D2"
CYCLE = (BLUE, ORANGE, GREEN, PURPLE, AMBER, SKY)
MARKERS = ("o", "s", "D", "^", "v", "P")

FORMATS = ("png", "svg")
DOTS_PER_INCH = 150
MOST_RUNS_DRAWN = 20_000  # more would change no figure to the eye, only the memory it takes
SHARE_OF_ROW = 0.77  # of a row's height, used by its marks
LETTERS_PER_INCH = 14.5  # of the explanation under the title, at its widest
PURPOSE = "compares policies under rival theories, does not forecast"
NARROWEST_INCHES = 10.6  # the heading and the footer need this much

SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "xtick.labelsize": 8,
    "ytick.labelsize": 9,
    "xtick.color": "#444444",
    "ytick.color": BLACK,
    "xtick.major.size": 3,
    "xtick.major.pad": 4,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "figure.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "sim",
}


@dataclass(frozen=True)
class Frame:
    """The room around the panels, in inches."""

    left: float
    right: float = 0.2
    top: float = 1.0
    bottom: float = 1.05
    gap_across: float = 0.22
    gap_down: float = 0.22


@contextmanager
def house_style() -> Iterator[None]:
    """Draw inside this: sets fonts, lines and spines, and puts the user's settings back."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)  # type: ignore[arg-type]
        yield


def panels(
    rows: int, across: int, width: float, height: float, frame: Frame
) -> tuple[Figure, list[list[Axes]]]:
    """A figure of rows × across panels of the given size in inches, inside a frame; wider where few
    panels would leave no room for the heading. No pyplot, no global state.

    Axes are not shared: matplotlib's sharing makes every change of one visit all others, which costs seconds. Set the
    same limits on each.
    """
    from matplotlib.figure import Figure

    spare = NARROWEST_INCHES - frame.left - frame.right - (across - 1) * frame.gap_across
    width = max(width, spare / across)
    full_width = frame.left + across * width + (across - 1) * frame.gap_across + frame.right
    full_height = frame.top + rows * height + (rows - 1) * frame.gap_down + frame.bottom
    figure = Figure(figsize=(full_width, full_height), dpi=DOTS_PER_INCH)
    grid = figure.add_gridspec(
        rows,
        across,
        left=frame.left / full_width,
        right=1 - frame.right / full_width,
        top=1 - frame.top / full_height,
        bottom=frame.bottom / full_height,
        wspace=frame.gap_across / width,
        hspace=frame.gap_down / height,
    )
    axes = grid.subplots(squeeze=False)
    return figure, [list(row) for row in axes]


def headings(figure: Figure, title: str, explanation: str) -> None:
    """The question the figure answers, and a line or two on how to read it, at the top left."""
    height = figure.get_figheight()
    explanation = "\n".join(textwrap.wrap(explanation, int(LETTERS_PER_INCH * figure.get_figwidth())))
    figure.text(
        0.15 / figure.get_figwidth(), 1 - 0.14 / height, title, size=13, weight="bold", va="top", color=BLACK
    )
    figure.text(
        0.15 / figure.get_figwidth(), 1 - 0.42 / height, explanation, size=9, va="top", color="#444444"
    )


def footer(figure: Figure, result: Result, is_thinned: bool = False) -> None:
    """Where the figure comes from: seed, model version, numbers of members and replicates, runs left out.

    `is_thinned` says that the figure draws the first MOST_RUNS_DRAWN runs only.
    """
    figure.text(
        0.15 / figure.get_figwidth(),
        0.10 / figure.get_figheight(),
        provenance(result, is_thinned),
        size=7.5,
        va="bottom",
        color="#666666",
    )


def provenance(result: Result, is_thinned: bool = False) -> str:
    """One line of origin."""
    manifest = result.manifest
    drawn = result.last_member_of(MOST_RUNS_DRAWN) + 1
    thinned = f" (first {drawn:,} members drawn)" if is_thinned and drawn < manifest["members"] else ""
    bad = {name: count for name, count in manifest["status"].items() if name != "ok"}
    left_out = ", ".join(f"{count:,} {name} left out" for name, count in bad.items()) or "all runs ok"
    return (
        f"{textwrap.shorten(manifest['title'], 60)}  ·  "
        f"{sizes(manifest)}{thinned}, {left_out}  ·  "
        f"seed {manifest['random_seed']}  ·  model {manifest['model_version']}  ·  {PURPOSE}"
    )


def legend_below(figure: Figure, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """One row of keys just above the footer."""
    figure.legend(
        handles, labels, loc="lower left", ncols=max(1, len(labels)), handletextpad=0.5, columnspacing=1.6,
        bbox_to_anchor=(0.15 / figure.get_figwidth() - 0.002, 0.28 / figure.get_figheight()), borderaxespad=0.0,
    )  # fmt: skip


def rows_of_names(axes: Axes, names: Sequence[str], is_labelled: bool) -> None:
    """One row per name, the first on top, with pale lines between."""
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names if is_labelled else [""] * len(names))
    for k in range(1, len(names)):
        axes.axhline(k - 0.5, color=PALE, lw=0.7, zorder=0)
    axes.spines["left"].set_visible(False)


def offset_within_row(k: int, n: int) -> float:
    """How far below a row's middle the k-th of n marks stands, so that marks do not cover one another."""
    return (k - (n - 1) / 2) * SHARE_OF_ROW / max(n, 2)


def label_below(figure: Figure, text: str, inches: float) -> None:
    """A label common to all panels, centred under them, its foot `inches` above the lower edge."""
    panels_shown = [axes.get_position() for axes in figure.axes if axes.get_visible()]
    middle = (min(box.x0 for box in panels_shown) + max(box.x1 for box in panels_shown)) / 2
    figure.text(
        middle, inches / figure.get_figheight(), text, size=9.5, ha="center", va="bottom", color=BLACK
    )


def few_ticks(axes: Axes, most: int = 5) -> None:
    """A few round ticks across, so that labels never touch."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], prune=None))


def saved(figure: Figure, folder: Path, name: str, formats: Sequence[str]) -> list[Path]:
    """Write the figure once per format; the same figure gives the same bytes. Returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for extension in formats:
        path = folder / f"{name}.{extension}"
        metadata = {"Date": None} if extension == "svg" else {"Software": None}
        figure.savefig(path, format=extension, metadata=metadata)
        written.append(path)
    return written
