"""What is measured, and how: a number of repeats by a wall clock, of which the median is quoted."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measure:
    """One thing measured. name: stable, `group.item`; values: one per repeat, in the unit; note: what a reader must know."""

    name: str
    title: str
    unit: str
    values: tuple[float, ...]
    note: str = ""

    @property
    def median(self) -> float:
        """The middle of the repeats: what is quoted."""
        return statistics.median(self.values)

    @property
    def group(self) -> str:
        """The part of the name before the first dot."""
        return self.name.partition(".")[0]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(cases: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, tuple[float, ...]]:
    """What each case returns, `repeats` times, the cases taking turns: a machine that slows down slows all of them."""
    values: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(repeats):
        for name, case in cases.items():
            values[name].append(case())
    return {name: tuple(found) for name, found in values.items()}


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    """Ours over theirs, turn by turn."""
    return tuple(mine / other for mine, other in zip(ours, theirs, strict=True))


@contextmanager
def wrapped(
    owner: object, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]
) -> Iterator[None]:
    """While inside, a function of a module or class is what `wrap` makes of it."""
    original = getattr(owner, name)
    setattr(owner, name, wrap(original))
    try:
        yield
    finally:
        setattr(owner, name, original)


def in_process_of_its_own(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a module with this Python. Raises CalledProcessError, its message shown, when it fails."""
    return subprocess.run(  # noqa: S603 (our own modules)
        [sys.executable, "-m", module, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )


def answer_of(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Any:
    """What a module of ours prints as JSON, run in a process of its own."""
    return json.loads(in_process_of_its_own(module, *arguments, environment=environment).stdout)
