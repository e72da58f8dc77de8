"""The one-screen answer: better, worse or no clear difference, for each policy, outcome and worldview.

At most 100 characters wide and, for eight policies under four worldviews, well under 40 lines high. Marks carry the
meaning, colour only repeats it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sim.analysis.contrasts import (
    BETTER,
    FELL,
    NO_PREFERENCE,
    ROSE,
    RULE_FOR_NO_CLEAR_DIFFERENCE,
    SIMILAR,
    UNKNOWN,
    WORSE,
    contrasts_of,
    status_counts,
)  # fmt: skip
from sim.runs.tables import GOOD
from sim.views.distributions import labels_of_future
from sim.views.labels import LESS_OR_MORE, Labels, counted, sentence, sizes, spaced

if TYPE_CHECKING:
    import pandas as pd
    from rich.text import Text

    from sim.runs.result import Result

WIDEST = 100
MARKS = {BETTER: "▲", WORSE: "▼", SIMILAR: "≈", UNKNOWN: "?", ROSE: "↑", FELL: "↓"}
PLAIN_MARKS = {BETTER: "+", WORSE: "-", SIMILAR: "~", UNKNOWN: "?", ROSE: "^", FELL: "v"}
COLOURS = {
    BETTER: "bold blue",
    WORSE: "bold dark_orange3",
    SIMILAR: "dim",
    UNKNOWN: "dim",
    ROSE: "",
    FELL: "",
}
CELL_WIDTH = 4
NARROWEST_GROUP = 14
LONGEST_NAME = 30
GAP = "   "
LEVERS = "In brackets: how many instruments the policy sets. A bundle can do more than a lever; compare it with its parts."
NOT_GOOD = {"nonfinite": "not finite"}
NOT_FOR = (
    "For comparing policies under rival theories; not a forecast, and not a verdict on which theory is right."
)


def answer_table(result: Result, perspective: str) -> pd.DataFrame:
    """The contrasts behind the screen: headline outcomes, every policy, future and worldview."""
    labels = Labels(result.manifest)
    return _contrasts_of(result, labels, labels.headline, perspective)


def write_contrasts(result: Result, perspective: str, path: Path) -> None:
    """All paired differences as a CSV table: every outcome, counter-move and probe, every summary."""
    labels = Labels(result.manifest)
    table = _contrasts_of(result, labels, labels.measures, perspective)
    table.assign(perspective=perspective).to_csv(path, index=False, float_format="%.6g", lineterminator="\n")


def _contrasts_of(result: Result, labels: Labels, columns: Sequence[str], perspective: str) -> pd.DataFrame:
    directions = {column: labels.direction(perspective, column) for column in columns}
    return contrasts_of(result, columns, directions, {column: labels.scale(column) for column in columns})


def screen(
    result: Result,
    perspective: str,
    *,
    width: int = WIDEST,
    is_plain: bool = False,
) -> Text:
    """The whole answer as text of at most `width` columns; `is_plain` keeps to ASCII marks."""
    from rich.text import Text

    labels = Labels(result.manifest)
    table = answer_table(result, perspective)
    marks = PLAIN_MARKS if is_plain else MARKS
    page = Text(no_wrap=True, overflow="ignore")
    _write_opening(page, labels, perspective, marks, width)
    for future in labels.futures:
        if len(labels.futures) > 1:
            page.append(f"\nFuture: {labels_of_future(labels, future)}\n", style="bold")
        if len(labels.policies) == 1:
            page.append("\nThe baseline alone: nothing to compare it with.\n")
            continue
        for block in _blocks(labels, width):
            _write_block(
                page, table[(table["future"] == future).to_numpy()], labels, perspective, block, marks
            )
    _write_closing(page, result, labels, width)
    return _as_ascii(page) if is_plain else page


def print_screen(result: Result, perspective: str, *, stream: IO[str] | None = None) -> None:
    """Print the answer to the terminal or into a pipe; ASCII where the stream cannot take more."""
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    width = min(WIDEST, console.width) if console.is_terminal else WIDEST
    text = screen(result, perspective, width=width, is_plain=not _can_show_marks(console.file))
    console.print(text, soft_wrap=True)


def _can_show_marks(stream: IO[str]) -> bool:
    try:
        "".join(MARKS.values()).encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write_opening(page: Text, labels: Labels, perspective: str, marks: dict[str, str], width: int) -> None:
    page.append(f"{labels.manifest['title']}\n", style="bold")
    text = (
        f"Each policy against {spaced(labels.baseline)}, as {labels.perspective(perspective)} sees it "
        f"(perspective: {perspective}). {marks[BETTER]} better  {marks[WORSE]} worse  "
        f"{marks[SIMILAR]} no clear difference. The number is the share, in %, of the assumed draws (members) in "
        "which the policy is better (99: nearly all); it says nothing about size, nor about the world. A high number "
        f"beside {marks[SIMILAR]}: better in nearly all, but by too little to matter."
    )
    _write_wrapped(page, text, width)
    is_neutral = [labels.direction(perspective, outcome) == 0 for outcome in labels.headline]
    if any(is_neutral) and len(labels.policies) > 1:
        wishless = f"{marks[ROSE]} rose  {marks[FELL]} fell, where {labels.perspective(perspective)} has no preference."
        _write_wrapped(page, wishless, width)


def _name(labels: Labels, policy: str) -> str:
    """`lower profile (12)`: a policy and how many instruments it sets."""
    levers = f" ({labels.levers(policy)})"
    return spaced(policy)[: LONGEST_NAME - len(levers)] + levers


def _name_width(labels: Labels) -> int:
    return max(len(_name(labels, policy)) for policy in labels.policies) + 2


def _group_width(labels: Labels) -> int:
    """Characters under one outcome: a cell per worldview, but enough for its name."""
    return max(NARROWEST_GROUP, CELL_WIDTH * len(labels.worldviews) - 1)


def _blocks(labels: Labels, width: int) -> list[list[str]]:
    """Headline outcomes in as many side by side as fit the width."""
    group = _group_width(labels) + len(GAP)
    beside = max(1, (width - _name_width(labels) + len(GAP)) // group)
    return [labels.headline[k : k + beside] for k in range(0, len(labels.headline), beside)]


def _write_block(
    page: Text,
    table: pd.DataFrame,
    labels: Labels,
    perspective: str,
    outcomes: Sequence[str],
    marks: dict[str, str],
) -> None:
    """Outcomes side by side, a column per worldview; policies down."""
    page.append("\n")
    _write_titles(page, labels, outcomes)
    wishes = [LESS_OR_MORE[labels.direction(perspective, outcome)] for outcome in outcomes]
    _write_row(page, labels, "", wishes, "dim")
    names = " ".join(f"{labels.short(worldview):<{CELL_WIDTH - 1}}" for worldview in labels.worldviews)
    _write_row(page, labels, "", [names] * len(outcomes))
    cells = {(row["policy"], row["outcome"], row["worldview"]): row for row in table.to_dict("records")}
    for policy in labels.policies[1:]:
        page.append(f"{_name(labels, policy):<{_name_width(labels)}}")
        for k, outcome in enumerate(outcomes):
            page.append(GAP if k else "")
            for j, worldview in enumerate(labels.worldviews):
                row = cells[policy, outcome, worldview]
                shown = row["movement"] if row["verdict"] == NO_PREFERENCE else row["verdict"]
                text = cell(shown, row["chance_better"], marks)
                page.append((" " if j else "") + text, style=COLOURS[shown])
            page.append(" " * (_group_width(labels) - CELL_WIDTH * len(labels.worldviews) + 1))
        page.rstrip()
        page.append("\n")


def _write_titles(page: Text, labels: Labels, outcomes: Sequence[str]) -> None:
    """Names of outcomes over their columns, on as many lines as they need, the last line lowest."""
    titles = [textwrap.wrap(labels.outcome(outcome), _group_width(labels) + 1) for outcome in outcomes]
    height = max(len(title) for title in titles)
    padded = [[""] * (height - len(title)) + title for title in titles]
    for line in range(height):
        _write_row(page, labels, "", [title[line] for title in padded], "bold")


def _write_row(page: Text, labels: Labels, name: str, texts: Sequence[str], style: str = "") -> None:
    columns = GAP.join(f"{text:<{_group_width(labels)}}" for text in texts)
    page.append(f"{name:<{_name_width(labels)}}{columns}".rstrip() + "\n", style=style)


def cell(verdict: str, chance: float, marks: dict[str, str]) -> str:
    """`▲97`: the mark and the share of members in per cent, never 00 or 100: they are too few to be certain.

    Without a number where there is none: no usable pair, or a movement that is neither better nor worse.
    """
    if chance != chance:
        return f"{marks[verdict]}  "
    return f"{marks[verdict]}{min(99, max(1, round(100 * chance))):02d}"


def _write_closing(page: Text, result: Result, labels: Labels, width: int) -> None:
    manifest = result.manifest
    page.append("\n")
    _write_wrapped(page, "   ".join(labels.key(worldview) for worldview in labels.worldviews), width)
    _write_wrapped(page, LEVERS, width)
    _write_wrapped(page, f"No clear difference: {RULE_FOR_NO_CLEAR_DIFFERENCE}.", width, style="dim")
    timing = manifest["timing"]
    speed = "kept from an earlier run, which made" if result.is_reused else "made"
    _write_wrapped(
        page,
        f"{counted(manifest['n_runs'], 'run')} ({sizes(manifest)}), "
        f"{speed} {timing['runs_per_second']:,.0f} runs/s in {timing['seconds']:.1f} s. {_state_of_runs(result)} "
        f"Seed {manifest['random_seed']}, model {manifest['model_version']}.",
        width,
    )
    if labels.not_in_version():
        _write_wrapped(page, labels.not_in_version(), width)
    _write_wrapped(page, NOT_FOR, width, style="bold")
    if result.folder is not None:
        page.append(f"Results  {result.folder}\n")


def _state_of_runs(result: Result) -> str:
    """`All ok.`, or how many did not end well and where."""
    counts = result.manifest["status"]
    bad = {name: int(count) for name, count in counts.items() if name != GOOD and count}
    if not bad:
        return "All runs ok."
    table = status_counts(result.outcome_pieces([]))
    places = [
        f"{sentence(row['policy'])}/{row['worldview']}"
        for _, row in table.iterrows()
        if any(row.get(name, 0) for name in bad)
    ]
    where = ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")
    counted = ", ".join(f"{count:,} {NOT_GOOD.get(name, name)}" for name, count in bad.items())
    return f"Left out: {counted} ({where})."


def _write_wrapped(page: Text, text: str, width: int, style: str = "") -> None:
    page.append("\n".join(textwrap.wrap(text, width)) + "\n", style=style)


def _as_ascii(page: Text) -> Text:
    """The same text for streams that know no other characters."""
    from rich.text import Text

    plain = page.plain.replace("×", "x").replace("–", "-").replace("−", "-")
    return Text(plain.encode("ascii", "replace").decode(), no_wrap=True, overflow="ignore")
