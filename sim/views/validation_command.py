"""The verb `sim validate` with its options; what it does is imported only when it is called."""

from __future__ import annotations

from pathlib import Path

import click

from sim.views.options import DEFAULT_OUT, seed_option, threads_option

FOLDER = "validation"
PASSES, FALLS_SHORT = 0, 4


@click.command()
@click.option(
    "--members",
    type=click.IntRange(2, 100_000),
    default=500,
    show_default=True,
    metavar="N",
    help="Draws of everything uncertain.",
)
@click.option(
    "--null-members",
    type=click.IntRange(2, 100_000),
    default=100,
    show_default=True,
    metavar="N",
    help="The same for null models and ablations.",
)
@seed_option
@threads_option
@click.option(
    "--signs",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own expected signs instead of those shipped.",
)
@click.option(
    "--facts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own facts instead of those shipped.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    help=f"Folder in which {FOLDER}/ gets the scoreboard as JSON and as a figure, replacing an earlier one.",
)
@click.option("--json", "is_json", is_flag=True, help="Print the scoreboard as JSON.")
@click.option("--no-figures", is_flag=True, help="Draw nothing.")
@click.option("--quiet", is_flag=True, help="Print nothing but the folder.")
def validate(
    members: int,
    null_members: int,
    seed: int,
    threads: int | None,
    signs: Path | None,
    facts: Path | None,
    out: Path,
    *,
    is_json: bool,
    no_figures: bool,
    quiet: bool,
) -> int:
    """Score the model against the articles, beside null models and ablations.

    Exit status 0 if every threshold at the foot of the table is met, 4 if not.
    """
    import json

    from sim.analysis.validation.plain import plain
    from sim.analysis.validation.scoreboard import scoreboard
    from sim.inputs.evidence import load_seeds
    from sim.inputs.expectations import load_expectations
    from sim.inputs.expected_signs import load_signs
    from sim.runs.warm import ensure_compiled
    from sim.views.progress import Progress, note
    from sim.views.scoreboard import draw_scoreboard, print_scoreboard

    seeds = load_seeds()
    expectations, expected = load_expectations(facts, seeds), load_signs(signs, seeds)
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)  # better refused now than after all runs
    is_silent = quiet or is_json
    with Progress(is_quiet=is_silent) as progress:
        ensure_compiled(progress.compiling)
        board = scoreboard(
            seeds, expectations, expected, members=members, null_members=null_members, random_seed=seed,
            threads=threads, watcher=progress,
        )  # fmt: skip
    text = json.dumps(plain(board), indent=1, ensure_ascii=False, allow_nan=False)
    (folder / "scoreboard.json").write_text(text + "\n", encoding="utf-8")
    if is_json:
        click.echo(text)
    elif quiet:
        click.echo(folder)
    else:
        print_scoreboard(board)
    if not no_figures:
        draw_scoreboard(board, folder)
    if not is_silent:
        note(f"scoreboard.json{'' if no_figures else ' and scoreboard.png'} in {folder}")
    return PASSES if board.passes else FALLS_SHORT
