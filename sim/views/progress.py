"""What a waiting person sees: a bar with rate and time left on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rich.progress

COMPILE_SECONDS = 30
LONG_SECONDS = 3_600


def note(text: str) -> None:
    """A remark on standard error, so that standard output holds the answer alone."""
    print(text, file=sys.stderr, flush=True)


class Progress:
    """Watches a run; see `sim.api.Watcher`. The bar needs a terminal; the announcement of compiling does not."""

    def __init__(self, is_quiet: bool = False) -> None:
        self.is_quiet = is_quiet
        self._bar: rich.progress.Progress | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def expecting(self, seconds: float) -> None:
        """Say so where a run will take more than an hour."""
        if seconds > LONG_SECONDS and not self.is_quiet:
            from sim.runs.estimate import duration

            note(f"this will take about {duration(seconds)}; Ctrl-C ends it and keeps nothing")

    def compiling(self) -> None:
        """Say that the first start takes longer."""
        if not self.is_quiet:
            note(f"compiling the engine, once, about {COMPILE_SECONDS} s …")

    def running(self, n_runs: int) -> None:
        """Start the bar."""
        if self.is_quiet or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("running"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._bar.start()
        self._bar.add_task("runs", total=n_runs, rate="")

    def finished(self, n_runs: int) -> None:
        """Move the bar."""
        if self._bar is None:
            return
        (task,) = self._bar.tasks
        done = task.completed + n_runs
        self._bar.update(task.id, completed=done, rate=f"{done / max(task.elapsed or 0.0, 1e-3):,.0f} runs/s")
