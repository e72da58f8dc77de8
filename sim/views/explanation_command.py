"""The verb `sim explain` with its options; what it does is in `explanation.py`, imported only when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("scenario", metavar="SCENARIO")
@click.option("--worldview", required=True, metavar="NAME", help="Such as W2 or restraint.")
@click.option("--actor", default="world", show_default=True, metavar="NAME", help="Such as JPN or japan.")
@click.option(
    "--variable", metavar="NAME", help="Its terms over time, with a figure; default: what moved most."
)
@click.option("--vote", metavar="INSTRUMENT", help="Every member's margin in the vote on an instrument.")
@click.option("--against", metavar="NAME", help="Another policy, same member and luck: which terms differ.")
@click.option("--quarter", metavar="2027Q1", help="Look at this quarter alone.")
@click.option(
    "--member", type=int, default=0, show_default=True, metavar="K", help="Which draw of the uncertain."
)
@click.option(
    "--replicate", type=int, default=0, show_default=True, metavar="R", help="Which draw of chance."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Random seed.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for tables and figure.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def explain(scenario: str, **wish: Any) -> None:
    """Show which terms drove an actor, a variable or a vote in one run."""
    from sim.views.explanation import answer

    answer(scenario, **wish)
