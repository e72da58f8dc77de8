"""Options and defaults that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

DEFAULT_OUT = Path("results")

threads_option = click.option(
    "--threads", type=click.IntRange(1, 1024), metavar="N", help="Default: all processors."
)
seed_option = click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Random seed."
)
