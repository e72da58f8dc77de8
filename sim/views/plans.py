"""`sim run --dry-run`: what running would take, and where the results would go; nothing is run or written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.inputs.experiment import Experiment
from sim.runs.estimate import Estimate, duration, refuse_misfit, size
from sim.runs.store import is_complete

CROSSED = "policies × futures × worldviews × members × replicates"
HEAD = ("runs", CROSSED, "quarters", "time", "memory", "disk")


@dataclass(frozen=True)
class Plan:
    """An experiment that might be run, what it would take, and the folder of its result."""

    experiment: Experiment
    estimate: Estimate
    folder: Path

    @property
    def row(self) -> tuple[str, ...]:
        """The cells under `HEAD`."""
        one = self.experiment
        counts = (len(one.policies), len(one.futures), len(one.worldviews), one.members, one.replicates)
        return (
            f"{one.n_runs:,}",
            " × ".join(f"{count:,}" for count in counts),
            f"{one.policies[0].quarters}",
            duration(self.estimate.seconds),
            size(self.estimate.memory_bytes),
            size(self.estimate.disk_bytes),
        )

    @property
    def place(self) -> str:
        """Where the result would go, and what is there."""
        if is_complete(self.folder):
            return f"{self.folder} (already there: nothing would be run)"
        if self.folder.exists():
            return f"{self.folder} (in the way: it holds no finished result; move it away)"
        return f"{self.folder} (not there yet)"


def print_plans(plans: Sequence[Plan], *, is_quiet: bool = False) -> None:
    """A line for each experiment, and its folder (the folder alone when quiet).

    Raises InputError, after that, for the first that does not fit in memory or on disk and is not already there.
    """
    if is_quiet:
        print("\n".join(str(plan.folder) for plan in plans))
    else:
        rows = [HEAD, *(plan.row for plan in plans)]
        widths = [max(len(row[k]) for row in rows) for k in range(len(HEAD))]
        for row in rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        for plan in plans:
            print(f"Result  {plan.place}")
    for plan in plans:
        if not is_complete(plan.folder):
            refuse_misfit(plan.estimate, plan.folder)
