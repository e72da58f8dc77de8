"""The verb `sim analyse` with its options; what it does is in `analysis.py`, imported only when it is called."""

from __future__ import annotations

from pathlib import Path

import click

from sim.views.options import DEFAULT_OUT

KINDS_OF_ANALYSES = ("gains", "robustness")


@click.command()
@click.argument("result", metavar="RESULT", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(KINDS_OF_ANALYSES),
    default="gains",
    show_default=True,
    help="Who gains and loses, or how much a policy could be regretted.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME",
    help="Its gains actor by actor, with a figure, or its regrets outcome by outcome; or all.",
)
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="NAME",
    help="For robustness; default: the headline ones; or all.",
)
@click.option("--perspective", metavar="NAME", help="For robustness: whose eyes decide what is better.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="CSV", help="Write the table too."
)
def analyse(
    result: Path,
    kind: str,
    policies: tuple[str, ...],
    outcomes: tuple[str, ...],
    perspective: str | None,
    out: Path | None,
) -> None:
    """Show who gains and loses by each policy, or how much each could be regretted.

    A digest on a terminal; the whole table as tab-separated lines into a pipe.
    """
    from sim.runs.result import read_result
    from sim.views.analysis import print_sheet, sheet_of, write_sheet
    from sim.views.figures import FOLDER, chosen_outcomes, chosen_perspective, chosen_policies
    from sim.views.gains_figure import draw_gains
    from sim.views.progress import note

    found = read_result(result_folder(result))
    chosen = chosen_policies(found, policies)
    sheet = sheet_of(
        found,
        kind,
        policies=chosen,
        outcomes=chosen_outcomes(found, outcomes),
        perspective=chosen_perspective(found, perspective),
    )
    print_sheet(sheet)
    if out is not None:
        write_sheet(sheet, out)
    if kind == "gains" and chosen:
        assert found.folder is not None
        for path in draw_gains(found, found.folder / FOLDER, chosen, ("png",)):
            note(f"Figure  {path}")


def result_folder(path: Path) -> Path:
    """A folder, or its name inside results/."""
    inside = DEFAULT_OUT / path
    return inside if not path.exists() and inside.exists() else path
