"""Every file of `seeds/` and `scenarios/`, read as the program reads it: `python -m sim.inputs.check`.

`make check` calls it. A broken file need not wait until somebody runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim.inputs.catalogue import shipped_experiments, shipped_scenarios
from sim.inputs.coding import CHOICES
from sim.inputs.documents import InputError
from sim.inputs.events import named_events
from sim.inputs.evidence import load_seeds
from sim.inputs.expectations import load_expectations
from sim.inputs.expected_signs import load_signs
from sim.inputs.experiment import load_experiment
from sim.inputs.places import scenarios_folder, seeds_folder
from sim.inputs.scenario import load_scenario


def problems() -> Iterator[str]:
    """What is wrong, one message a file; seeds first, since scenarios name what they hold."""
    for folder in _folders():
        for path in folder.rglob("*.yml"):
            yield f"{path}: is never read; expected the ending .yaml"
    for coding in CHOICES:
        yield from _problem(load_seeds, coding)
    yield from _problem(named_events)
    yield from _problem(load_expectations)
    yield from _problem(load_signs)
    for catalogue, read in ((shipped_scenarios, load_scenario), (shipped_experiments, load_experiment)):
        try:
            paths = catalogue().values()
        except InputError as error:
            yield str(error)
            continue
        for path in paths:
            yield from _problem(read, path)


def main() -> int:
    """Print what is wrong; the exit status: 0 for nothing, 2 for something."""
    found = list(dict.fromkeys(problems()))
    for message in found:
        print(message, file=sys.stderr)
    if not found:
        count = sum(1 for folder in _folders() for _ in folder.rglob("*.yaml"))
        print(f"All {count} YAML files of seeds/ and scenarios/ are valid.")
    return 2 if found else 0


def _problem(read: Callable[..., Any], *arguments: Any) -> Iterator[str]:
    try:
        read(*arguments)
    except InputError as error:
        yield str(error)


def _folders() -> tuple[Path, Path]:
    return seeds_folder(), scenarios_folder()


if __name__ == "__main__":
    sys.exit(main())
