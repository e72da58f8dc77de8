"""The command: measure everything once, write it down, show it. `make benchmark` calls it."""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from benchmarks import elementary, figure, machine, memory, rates, report, rivals, stages, startup
from benchmarks.clock import Measure

LEAST_REPEATS = 5


@dataclass(frozen=True)
class Mode:
    """How much is measured. repeats: of everything but cold starts; rate_runs: None for the experiment in full."""

    name: str
    repeats: int
    cold: int
    rate_runs: int | None
    sizes: tuple[int, ...]
    largest: int | None
    scaling_runs: int
    share_runs: int


MODES = {
    "quick": Mode("quick", 1, 0, 1_000, (100, 1_000), None, 250, 1_000),
    "default": Mode("default", LEAST_REPEATS, 1, None, (100, 1_000, 10_000, 100_000), None, 1_000, 10_000),
    "full": Mode("full", LEAST_REPEATS, LEAST_REPEATS, None, (100, 1_000, 10_000, 100_000), 1_000_000, 1_000, 100_000),
}  # fmt: skip


@click.command()
@click.option(
    "--quick",
    "mode",
    flag_value="quick",
    help="A try-out in a minute: one repeat, few runs; quote nothing of it.",
)
@click.option("--full", "mode", flag_value="full", help="Also a million runs (once), and five cold starts.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="OLD.json",
    help="Earlier measurements; a column says new over old.",
)
@click.option(
    "--json",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write; default: results/benchmarks/DATE-COMMIT.json. A figure goes beside it.",
)
def main(mode: str | None, against: Path | None, target: Path | None) -> None:
    """Measure speed, growth, memory and start-up of the simulation, beside other ways to make the same runs."""
    try:
        before = None if against is None else report.read(against)
    except (ValueError, KeyError) as problem:
        raise click.ClickException(f"{against}: {problem}") from None
    how = MODES[mode or "default"]
    about = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "mode": how.name,
        **machine.described(),
    }
    measures = measured(how)
    about |= {"load_at_end": machine.load(), "remarks": [*remarks(how), *report.unsteady(measures)]}
    target = target or default_target(about)
    report.write(target, about, measures)
    figure.draw(about, measures, target.with_suffix(".png"))
    report.show(about, measures, before)
    click.echo(f"\n{target}\n{target.with_suffix('.png')}")


def default_target(about: Mapping[str, Any]) -> Path:
    """results/benchmarks/DATE-COMMIT.json; other modes than the default say so in the name."""
    suffix = "" if about["mode"] == "default" else f"-{about['mode']}"
    return machine.ROOT / "results" / "benchmarks" / f"{about['date']}-{about['commit']}{suffix}.json"


def remarks(how: Mode) -> list[str]:
    """What a reader of the numbers must know."""
    said = [
        f"Python {platform.python_version()}. Every number is the median of as many repeats as the table says."
    ]
    if rivals.workbench() is None:
        said.append(
            "The EMA Workbench is not installed (the extra `benchmark`), so nothing is compared with it."
        )
    if how.repeats < LEAST_REPEATS:
        said.append("A try-out: too few repeats and runs to quote.")
    return said


def measured(how: Mode) -> list[Measure]:
    """Everything, one thing after the other; says what is being measured."""
    found: list[Measure] = []

    def part(title: str, measures: Any) -> None:
        start = time.perf_counter()
        click.echo(f"{title} ... ", nl=False, err=True)
        found.extend(measures())
        click.echo(f"{time.perf_counter() - start:.0f} s", err=True)

    part("speed, beside other ways", lambda: rates.rates(how.repeats, how.rate_runs))
    part("by runs, memory", lambda: memory.by_runs(how.repeats, how.sizes, how.largest))
    part("by quarters", lambda: rates.by_quarters(how.repeats, how.scaling_runs))
    part("by actors (compiles first)", lambda: rates.by_actors(how.repeats, how.scaling_runs))
    part("where the time goes", lambda: stages.shares(how.repeats, how.share_runs))
    part("elementary functions", lambda: elementary.floor(how.repeats, quarter_ns(found)))
    part("start-up", lambda: startup.start_up(how.repeats, how.cold))
    return found


def quarter_ns(measures: list[Measure]) -> float:
    """Nanoseconds that one more quarter takes."""
    return 1e3 * next(one.median for one in measures if one.name == "rate.quarter")


if __name__ == "__main__":
    main()
