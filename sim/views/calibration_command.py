"""The verb `sim calibrate` with its options; what it does is imported only when it is called."""

from __future__ import annotations

from pathlib import Path

import click

from sim.views.options import seed_option, threads_option


@click.command()
@click.option(
    "--samples",
    type=click.IntRange(1, 65_536),
    default=256,
    show_default=True,
    metavar="N",
    help="Candidates, the uncalibrated model among them.",
)
@click.option(
    "--search-members",
    type=click.IntRange(2, 10_000),
    default=16,
    show_default=True,
    metavar="N",
    help="Draws of everything uncertain for each candidate.",
)
@click.option(
    "--members",
    type=click.IntRange(2, 100_000),
    default=500,
    show_default=True,
    metavar="N",
    help="Draws for the verdicts before and after.",
)
@seed_option
@threads_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the page there instead of printing it.",
)
def calibrate(
    samples: int, search_members: int, members: int, seed: int, threads: int | None, out: Path | None
) -> None:
    """Search the scales of the model against two thirds of the stylised facts.

    Prints what was found as a page in Markdown (docs/calibration.md is one). Changes no file of the model: what is found is
    used once it stands in seeds/parameters.yaml.
    """
    from sim.analysis.calibration import calibrate as search
    from sim.inputs.evidence import load_seeds
    from sim.inputs.expectations import load_expectations
    from sim.runs.warm import ensure_compiled
    from sim.views.calibration import page
    from sim.views.progress import Progress

    seeds = load_seeds()
    expectations = load_expectations(seeds=seeds)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)  # better refused now than after the search
    with Progress(is_quiet=False) as progress:
        ensure_compiled(progress.compiling)
        found = search(
            seeds, expectations, samples=samples, search_members=search_members, members=members, random_seed=seed,
            threads=threads, watcher=progress,
        )  # fmt: skip
    text = page(found, samples=samples, random_seed=seed)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
