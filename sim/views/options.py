"""Options and defaults that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

DEFAULT_OUT = Path("results")
CODINGS = ("merged", "first", "second")
FORMATS = ("png", "svg")

threads_option = click.option(
    "--threads", type=click.IntRange(1, 1024), metavar="N", help="Default: all processors."
)
seed_option = click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Random seed."
)


def running_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that `run` and `compare` share."""
    options = [
        click.option("--worldviews", metavar="LIST", help="Such as W1,W3 or provocation or pooled; or all, W1 to W4."),
        click.option("--seed", type=int, metavar="N", help="Random seed; 0 is a seed like any other."),
        click.option("--coding", type=click.Choice(CODINGS), help="Whose reading of the articles; default: merged."),
        click.option("--correlation", type=float, metavar="0..1",
                     help="How far one coder's errors in numbers of a kind go together; default: 0.7."),
        threads_option,
        click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=DEFAULT_OUT,
                     show_default=True, help="Folder in which each result gets a folder of its own."),
        click.option("--perspective", metavar="NAME", help="Whose eyes decide what is better (sim list perspectives)."),
        click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True, default=("png",),
                     help="Format of the figures; may be given twice."),
        click.option("--no-figures", is_flag=True, help="Draw nothing."),
        click.option("--quiet", is_flag=True, help="Print the folder of each result, and nothing else."),
        click.option("--dry-run", "is_dry", is_flag=True, help="Say what it would take and where it would go; run nothing."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
