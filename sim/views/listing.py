"""`sim list`: what there is, by kind, one line each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sim.inputs.evidence import Seeds

Row = Sequence[str]
Table = tuple[Row, Sequence[Row]]

LISTED_GROUPS = 5


def scenario_table() -> Table:
    """Shipped scenarios, by folder."""
    from sim.inputs.catalogue import shipped_scenarios

    files = sorted(shipped_scenarios().items(), key=lambda item: (item[1].parent.name, item[0]))
    rows = [(slug, _header(path, "id"), path.parent.name, _header(path, "title")) for slug, path in files]
    return ("name", "id", "family", "title"), rows


def experiment_table() -> Table:
    """Shipped experiments."""
    from sim.inputs.catalogue import shipped_experiments

    rows = [(slug, _header(path, "title")) for slug, path in shipped_experiments().items()]
    return ("name", "title"), rows


def instrument_table() -> Table:
    """Levers of policy, and moves of others."""
    rows = [
        (one.slug, one.id, one.brand, one.decision, f"{one.baseline:.2g}", one.name)
        for one in _seeds().instruments
    ]
    return ("name", "id", "flag", "decided by", "level in 2024", "what it is"), rows


def actor_table() -> Table:
    """Who acts, with the groups they belong to."""
    rows = [
        (one.slug, one.id, one.kind, " ".join(one.groups[:LISTED_GROUPS]), one.name)
        for one in _seeds().actors
    ]
    return ("name", "id", "kind", "groups", "full name"), rows


def outcome_table() -> Table:
    """What is measured."""
    rows = [
        (one.slug, one.id, one.unit, one.direction, "headline" if one.headline else "", one.name)
        for one in _seeds().outcomes
    ]
    return ("name", "id", "unit", "better", "shown", "what it is"), rows


def worldview_table() -> Table:
    """The rival theories."""
    rows = [(one.slug, one.id, one.premise) for one in _seeds().worldviews_and_pooled]
    return ("name", "id", "premise"), rows


def mechanism_table() -> Table:
    """Causal claims, and the rule that realises each."""
    rows = [
        (one.slug, one.id, one.cluster, f"{', '.join(one.cause)} → {', '.join(one.effect)}", one.sign, one.tier,
         one.realised_by or "not yet")
        for one in _seeds().mechanisms
    ]  # fmt: skip
    return ("name", "id", "cluster", "from → to", "sign", "size", "rule"), rows


def perspective_table() -> Table:
    """Whose eyes a result can be seen with."""
    return ("name", "called", "who"), [(one.slug, one.name, one.who) for one in _seeds().perspectives]


def event_table() -> Table:
    """Named events for scenario files."""
    from sim.inputs.events import named_events

    rows = [(one.slug, one.id, " ".join(effect.variable for effect in one.effects), one.title)
            for one in named_events().values()]  # fmt: skip
    return ("name", "id", "moves", "title"), rows


TABLES: dict[str, Callable[[], Table]] = {
    "scenarios": scenario_table,
    "experiments": experiment_table,
    "instruments": instrument_table,
    "actors": actor_table,
    "outcomes": outcome_table,
    "worldviews": worldview_table,
    "mechanisms": mechanism_table,
    "perspectives": perspective_table,
    "events": event_table,
}


def print_table(kind: str) -> None:
    """A table for people; lines of tab-separated values, without a heading, into a pipe."""
    head, rows = TABLES[kind]()
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable

    table = RichTable(*head, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for k, column in enumerate(table.columns):
        column.no_wrap = k < 2
        column.overflow = "fold"
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)


def print_kinds() -> None:
    """What can be listed."""
    for kind, make in TABLES.items():
        print(f"sim list {kind:<13} {(make.__doc__ or '').splitlines()[0]}")


def _seeds() -> Seeds:
    from sim.inputs.evidence import load_seeds

    return load_seeds()


def _header(path: Path, key: str) -> str:
    """One key of a scenario or experiment file; empty where the file cannot be read (running it will say why)."""
    from sim.inputs.documents import InputError, read_document

    try:
        data = read_document(path).data
    except InputError:
        return ""
    return str(data.get(key, "")) if isinstance(data, dict) else ""
