"""What was measured as a file for later, and as a table for people; and one file against another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.clock import Measure

FORMAT = 1
STEADY = 0.15  # how far repeats differ on a machine that does nothing else
GROUPS = {
    "rate": "Speed",
    "ratio": "Against other ways (in turns)",
    "runs": "By number of runs, all threads",
    "whole": "From start to end, all threads",
    "quarters": "By number of quarters, one thread",
    "actors": "By number of actors, one thread",
    "share": "Where the time goes",
    "memory": "Memory",
    "start": "Start-up",
    "floor": "Elementary functions",
}


def write(path: Path, about: Mapping[str, Any], measures: Sequence[Measure]) -> None:
    """Everything measured, with machine and versions, as JSON."""
    content = {
        "format": FORMAT, **about, "measures": [{**asdict(one), "median": one.median} for one in measures],
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[dict[str, Any], list[Measure]]:
    """What `write` wrote. Raises ValueError for any other file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"{path}: is not a file of measurements, format {FORMAT}")
    measures = [
        Measure(one["name"], one["title"], one["unit"], tuple(one["values"]), one["note"])
        for one in content["measures"]
    ]
    return {key: value for key, value in content.items() if key not in ("format", "measures")}, measures


def quoted(value: float) -> str:
    """A number to three digits, thousands apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(measures: Sequence[Measure], before: Sequence[Measure] = ()) -> Table:
    """Medians, in their groups. before: other measurements of the same things; a column then says new over old."""
    old = {one.name: one.median for one in before}
    grid = Table(box=None, pad_edge=False, header_style="bold")
    grid.add_column("")
    grid.add_column("median", justify="right")
    grid.add_column("unit")
    grid.add_column("repeats", justify="right")
    if before:
        grid.add_column("new / old", justify="right")
    grid.add_column("note", style="dim")
    for group, heading in GROUPS.items():
        them = [one for one in measures if one.group == group]
        if them:
            grid.add_row(f"[bold]{heading}[/bold]")
        for one in them:
            ratio = [compared(one, old)] if before else []
            row = (f"  {one.title}", quoted(one.median), one.unit, f"{len(one.values)}", *ratio, one.note)
            grid.add_row(*row)
    return grid


def compared(measure: Measure, old: Mapping[str, float]) -> str:
    """New over old, or a dash for what was not measured then or was nothing."""
    before = old.get(measure.name)
    return f"{measure.median / before:.2f}" if before else "–"


def show(
    about: Mapping[str, Any],
    measures: Sequence[Measure],
    before: tuple[Mapping[str, Any], Sequence[Measure]] | None,
) -> None:
    """Print the table, and above it on what it was measured."""
    console = Console(highlight=False, width=130, soft_wrap=True)
    console.print(origin(about))
    if before is not None:
        console.print(f"Against: {origin(before[0])}")
        if about["machine"] != before[0].get("machine"):
            console.print("[bold]Measured on another machine: the ratios compare machines as well.[/bold]")
    for note in about["remarks"]:
        console.print(note)
    console.print()
    console.print(table(measures, [] if before is None else before[1]))


def unsteady(measures: Sequence[Measure]) -> list[str]:
    """A warning, where the repeats of our own speed differ so much that something else was running."""
    spreads = {
        one.title: (max(one.values) - min(one.values)) / one.median
        for one in measures
        if one.name in ("rate.one_thread", "rate.all_threads")
    }
    return [
        f"The machine was busy with other things: repeats of '{title}' differ by {100 * spread:.0f}% of their median."
        for title, spread in spreads.items()
        if spread > STEADY
    ]


def origin(about: Mapping[str, Any]) -> str:
    """One line: when, what, on which machine."""
    machine = about["machine"]
    return (
        f"{about['date']}, commit {about['commit']}, model {about['model_version']}, {about['mode']}; "
        f"{machine['cpu']}, {machine['processors']} processors, {machine['memory_gib']} GiB; "
        f"load {about['load_at_start']} before, {about['load_at_end']} after"
    )
