"""The scoreboard on a screen and as a figure: shares of the model beside its null models and ablations, then every fact."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sim.analysis.validation.estimates import FAILS, HOLDS, UNDECIDED
from sim.analysis.validation.scoreboard import ABLATION, FULL, FULL_AT_NULL_SIZE, MODEL
from sim.analysis.validation.signs import MEASURES
from sim.inputs.evidence import load_seeds
from sim.inputs.expectations import KINDS
from sim.views.labels import sentence, spaced
from sim.views.style import (
    AMBER,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    Frame,
    headings,
    house_style,
    label_below,
    panels,
    rows_of_names,
    saved,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from rich.text import Text

    from sim.analysis.validation.facts import Judged
    from sim.analysis.validation.scoreboard import Scoreboard, Scores
    from sim.analysis.validation.signs import Share

WIDTH = 118
NAME = 40
MARKS = {HOLDS: "✓", FAILS: "✗", UNDECIDED: "?"}
PLAIN_MARKS = {HOLDS: "+", FAILS: "x", UNDECIDED: "?"}
STYLES = {HOLDS: "bold blue", FAILS: "bold dark_orange3", UNDECIDED: "dim"}
READ_SO = (
    "Strengths were coded from the same texts as the signs, so directions prove little; what counts is where theories part "
    "(contrasts), where nothing should happen (zeros) and facts that several mechanisms make together (emergent)."
)


def print_scoreboard(board: Scoreboard, *, stream: IO[str] | None = None) -> None:
    """Print it to the terminal or into a pipe; ASCII where the stream cannot take more."""
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    console.print(page(board, is_plain=not _can_show(console.file)), soft_wrap=True)


def _can_show(stream: IO[str]) -> bool:
    try:
        "✓✗×−≤".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def page(board: Scoreboard, *, is_plain: bool = False) -> Text:
    """The whole scoreboard as text of at most WIDTH columns."""
    from rich.text import Text

    text = Text(no_wrap=True, overflow="ignore")
    text.append("How faithful is the model to the articles?\n", style="bold")
    _wrapped(
        text,
        f"{board.members} members; beside it null models and ablations with {board.null_members}. {READ_SO}",
    )
    _write_shares(text, board)
    _write_facts(text, board, PLAIN_MARKS if is_plain else MARKS)
    _write_mechanisms(text, board)
    _write_bounds(text, board)
    _write_ablations(text, board)
    _write_thresholds(text, board, PLAIN_MARKS if is_plain else MARKS)
    return _as_ascii(text) if is_plain else text


def _wrapped(text: Text, words: str, style: str = "", indent: str = "") -> None:
    """Words on lines of at most WIDTH, after whatever the last line already holds."""
    begun = len(text.plain.rpartition("\n")[2])
    lines = textwrap.wrap(words, WIDTH, initial_indent=" " * begun, subsequent_indent=indent)
    text.append("\n".join(lines)[begun:] + "\n", style=style)


def _write_shares(text: Text, board: Scoreboard) -> None:
    """A row per model; the headline cells' measures, then facts by kind; below, the model by group of cells."""
    text.append(f"\n{'share right, %':<{NAME}}", style="bold")
    text.append("".join(f"{name:>13}" for name in (*MEASURES, *KINDS)) + "\n", style="bold")
    text.append(f"{'':<{NAME}}{f'signs: {board.headline.name}':^39}{'facts that hold':^39}\n", style="dim")
    for one in board.scores:
        shares = [one.signs[board.headline.slug][measure] for measure in MEASURES]
        shares += [one.facts[kind] for kind in KINDS] if one.facts else []
        _write_row(text, _model_name(one), shares, "bold" if one.slug == FULL else "")
    if len(board.groups) > 1:
        text.append(f"{'the model, by cells':<{NAME}}\n", style="dim")
        full = board.scores[0]
        for group in board.groups[1:]:
            _write_row(
                text, f"  {group.name}", [full.signs[group.slug][measure] for measure in MEASURES], "dim"
            )


def _model_name(one: Scores) -> str:
    return (
        one.name if one.role == MODEL else f"  {'ablation: ' if one.role == ABLATION else 'null: '}{one.name}"
    )


def _write_row(text: Text, name: str, shares: Sequence[Share], style: str) -> None:
    text.append(f"{name[:NAME]:<{NAME}}" + "".join(_cell(share) for share in shares) + "\n", style=style)


def _cell(share: Share) -> str:
    if not share.total:
        return f"{'-':>13}"
    return f"{round(100 * share.share):>4}{f'{share.right}/{share.total}':>9}"


def _write_facts(text: Text, board: Scoreboard, marks: dict[str, str]) -> None:
    """A line per fact: verdict under each worldview, then what decides where it does not hold."""
    text.append(
        f"\nFacts  {marks[HOLDS]} holds  {marks[FAILS]} fails  {marks[UNDECIDED]} undecided at this sample\n",
        style="bold",
    )
    _wrapped(text, "Where one does not hold: what decides it, with its 95 % interval.", "dim")
    for fact_id in dict.fromkeys(one.fact.id for one in board.facts):
        found = [one for one in board.facts if one.fact.id == fact_id]
        text.append(f"{fact_id:<5}{found[0].fact.kind:<9}")
        for worldview in board.worldviews:
            here = next((one for one in found if one.worldview == worldview), None)
            if here is None:
                text.append("   .")
            else:
                text.append(f" {worldview[:2]}{marks[here.verdict]}", style=STYLES[here.verdict])
        statement = textwrap.shorten(found[0].fact.statement, WIDTH - 34, placeholder=" …")
        text.append(f"  {statement}\n")
        for one in found:
            if one.verdict != HOLDS:
                _write_deciding(text, one)


def _write_deciding(text: Text, one: Judged) -> None:
    found = one.deciding
    known = f" (known: {one.fact.known_failures[one.worldview]})" if one.is_known_failure else ""
    mean, low, high = (f"{value:+.3f}" for value in found.found)
    words = f"{one.worldview} {one.verdict}: {found.text}: {mean} [{low}, {high}]{known}"
    text.append(
        textwrap.indent("\n".join(textwrap.wrap(words, WIDTH - 10, subsequent_indent="   ")), " " * 9) + "\n",
        style="dim",
    )


def _write_mechanisms(text: Text, board: Scoreboard) -> None:
    names = dict.fromkeys(one.mechanism for one in board.mechanisms)
    failed = [one for one in board.mechanisms if not one.passes]
    passed = len(names) - len({one.mechanism for one in failed})
    text.append("\nMechanisms  ", style="bold")
    text.append(f"{passed} of {len(names)} pass their sign tests ({len(board.mechanisms)} tests)\n")
    for one in failed:
        text.append(f"         {one.mechanism}: {one.what}\n", style=STYLES[FAILS])


def _write_bounds(text: Text, board: Scoreboard) -> None:
    worst = sorted(board.bounds, key=lambda one: -one.share)[:3]
    text.append("\nAt a bound  ", style="bold")
    words = "; ".join(
        f"{one.share:.1%} {one.scenario} {one.worldview} ({one.field or 'none'})" for one in worst
    )
    _wrapped(
        text,
        f"share of actor-quarters, the highest of {len(board.bounds)} scenarios and worldviews: {words}",
        indent="  ",
    )


def _write_ablations(text: Text, board: Scoreboard) -> None:
    """Headline outcomes down, ablations across: largest shift of the level, and size of policies' effects."""
    variants = list(dict.fromkeys(one.variant for one in board.ablated))
    if not variants:
        return
    names = {one.slug: one.name for one in load_seeds().outcomes}
    text.append(f"\n{'Ablations':<{NAME}}", style="bold")
    text.append("".join(f"{spaced(variant):>24}" for variant in variants) + "\n", style="bold")
    text.append(f"{'':<{NAME}}" + f"{'shift (where) × effects':>24}" * len(variants) + "\n", style="dim")
    for outcome in dict.fromkeys(one.outcome for one in board.ablated):
        text.append(f"{names.get(outcome, sentence(outcome))[: NAME - 1]:<{NAME}}")
        for variant in variants:
            (one,) = [one for one in board.ablated if one.variant == variant and one.outcome == outcome]
            where = max(one.shift, key=lambda worldview: abs(one.shift[worldview]))
            size = f"{one.size:.2f}" if one.size == one.size else "-"
            text.append(f"{f'{one.shift[where]:+.3f} ({where}) × {size}':>24}")
        text.append("\n")
    _wrapped(
        text,
        "Shift: the largest change of an outcome's level in the course of 2024, and under which worldview. × effects: "
        "typical size of policies' effects, as a multiple of the full model's.",
        "dim",
    )


def _write_thresholds(text: Text, board: Scoreboard, marks: dict[str, str]) -> None:
    text.append("\nAsked of the model\n", style="bold")
    for one in board.thresholds:
        verdict = HOLDS if one.is_met else FAILS
        text.append(f"  {marks[verdict]} ", style=STYLES[verdict])
        _wrapped(text, f"{one.name}: {one.detail}", indent="    ")
    if board.broken_runs:
        text.append(f"  {board.broken_runs:,} runs were not finite and are left out\n")


def _as_ascii(page: Text) -> Text:
    """The same for streams that know no other characters."""
    from rich.text import Text

    plain = page.plain
    for sign, instead in {"×": "x", "–": "-", "−": "-", "≤": "<=", "…": "..."}.items():
        plain = plain.replace(sign, instead)
    return Text(plain.encode("ascii", "replace").decode(), no_wrap=True, overflow="ignore")


# ------------------------------------------------------------------------------------------------------------- figure

_LOOKS = {
    "effects_of_one": (ORANGE, "s"), "identical_worldviews": (AMBER, "D"), "static_arithmetic": (PURPLE, "^"),
    "one_sign": (GREY, "v"), "outcomes_sign": (GREY, "<"),
    "identical_actors": (GREEN, "P"), "no_neighbours": (SKY, "X"), "no_memory": (BLACK, "*"),
}  # fmt: skip
MODEL_LOOK = (BLUE, "o")


def draw_scoreboard(board: Scoreboard, folder: Path, formats: Sequence[str] = ("png",)) -> list[Path]:
    """Shares right as dots: a row per measure, one mark per model; written to `folder`. Returns the paths."""
    with house_style():
        rows = _rows(board)
        frame = Frame(left=2.5, right=0.4, top=1.05, bottom=1.35)
        figure, axes = panels(1, 1, 8.0, 0.62 * len(rows), frame)
        _draw_rows(axes[0][0], board, rows)
        label_below(figure, "share that comes out right", 0.92)
        headings(
            figure,
            "Does the model do better than models that know less?",
            f"Filled circle: the model, {board.null_members} members, as many as what stands beside it (bar: all "
            f"{board.members}). Open marks: null models; filled ones: the model with something taken out. Directions prove "
            "little; contrasts, zeros and emergent facts do.",
        )
        _legend(figure, board)
        figure.text(
            0.15 / figure.get_figwidth(), 0.10 / figure.get_figheight(),
            f"signs: {board.headline.name}  ·  seed {board.random_seed}  ·  "
            "facts count once under each worldview that claims them",
            size=7.5, va="bottom", color="#666666",
        )  # fmt: skip
        return saved(figure, folder, "scoreboard", formats)


def _rows(board: Scoreboard) -> list[tuple[str, str, str]]:
    """Name, what, key of each row: measures of signs, then kinds of facts."""
    rows = [(sentence(measure), "signs", measure) for measure in ("contrasts", "zeros", "directions")]
    kinds = [kind for kind in reversed(KINDS) if board.scores[0].facts[kind].total]
    return [*rows, *((f"{sentence(kind)} facts", "facts", kind) for kind in kinds)]


def _of(board: Scoreboard, one: Scores, what: str, key: str) -> Share | None:
    if what == "signs":
        return one.signs[board.headline.slug][key]
    return one.facts.get(key)


def _draw_rows(axes: Axes, board: Scoreboard, rows: Sequence[tuple[str, str, str]]) -> None:
    others = [one for one in board.scores if one.role != MODEL]
    small = next(one for one in board.scores if one.slug == FULL_AT_NULL_SIZE)
    names = []
    for row, (name, what, key) in enumerate(rows):
        share = _of(board, small, what, key)
        full = _of(board, board.scores[0], what, key)
        assert share is not None
        assert full is not None
        names.append(f"{name} ({share.total})")
        axes.plot([full.share] * 2, [row - 0.36, row + 0.36], color=MODEL_LOOK[0], lw=1.6, zorder=2)
        axes.plot(share.share, row - 0.3, MODEL_LOOK[1], color=MODEL_LOOK[0], ms=8.5, zorder=5)
        for k, one in enumerate(others):
            found = _of(board, one, what, key)
            if found is not None and found.total:
                colour, marker = _LOOKS[one.slug]
                fill = colour if one.role == ABLATION else "white"
                height = row - 0.18 + 0.5 * k / max(1, len(others) - 1)
                axes.plot(found.share, height, marker, color=colour, mfc=fill, ms=6, mew=1.3, zorder=4)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    axes.grid(axis="x", color=PALE, lw=0.7, zorder=0)
    rows_of_names(axes, names, True)


def _legend(figure: object, board: Scoreboard) -> None:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    assert isinstance(figure, Figure)
    handles = [Line2D([], [], color=MODEL_LOOK[0], marker=MODEL_LOOK[1], lw=0, ms=7.5)]
    names = ["the model"]
    for one in board.scores:
        if one.role != MODEL:
            colour, marker = _LOOKS[one.slug]
            fill = colour if one.role == ABLATION else "white"
            handles.append(Line2D([], [], color=colour, marker=marker, mfc=fill, lw=0, ms=6, mew=1.3))
            names.append(one.name)
    figure.legend(
        handles, names, loc="lower left", ncols=5, handletextpad=0.3, columnspacing=1.2,
        bbox_to_anchor=(0.15 / figure.get_figwidth(), 0.30 / figure.get_figheight()), borderaxespad=0.0,
    )  # fmt: skip
