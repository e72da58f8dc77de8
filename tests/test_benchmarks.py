"""The benchmark's own sums: medians, turns, ratios, tables, files; nothing here is timed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from benchmarks import machine, report, stages, workload
from benchmarks.clock import Measure, interleaved, ratios, wrapped
from benchmarks.figure import draw
from sim.inputs.evidence import load_seeds
from sim.runs import ensemble

ABOUT: dict[str, Any] = {
    "date": "2026-01-31", "commit": "abc", "model_version": "def", "mode": "default", "load_at_start": 0.0,
    "load_at_end": 0.0,
    "machine": {"cpu": "a processor", "processors": 2, "memory_gib": 8.0}, "remarks": [],
}  # fmt: skip
SPEED = Measure("rate.one_thread", "Ensemble, one thread", "runs/s", (3.0, 1.0, 2.0), "16 runs")
RIVAL = Measure("rate.mesa_loop", "Mesa driver, in a loop", "runs/s", (0.5,))


def test_a_measure_quotes_the_median() -> None:
    assert SPEED.median == 2.0
    assert Measure("a.b", "", "s", (4.0, 1.0)).median == 2.5
    assert SPEED.group == "rate"


def test_cases_take_turns() -> None:
    turns: list[str] = []

    def case(name: str) -> float:
        turns.append(name)
        return float(len(turns))

    values = interleaved({"a": lambda: case("a"), "b": lambda: case("b")}, 2)
    assert turns == ["a", "b", "a", "b"]
    assert values == {"a": (1.0, 3.0), "b": (2.0, 4.0)}
    assert ratios(values["b"], values["a"]) == (2.0, 4 / 3)


def test_a_wrapped_function_is_put_back() -> None:
    simulate = ensemble.__dict__["simulate"]
    with wrapped(ensemble, "simulate", lambda original: lambda: (original, "wrapped")):
        assert ensemble.__dict__["simulate"]() == (simulate, "wrapped")
    assert ensemble.__dict__["simulate"] is simulate


def test_every_stage_is_a_function_of_the_product() -> None:
    for places in stages.STAGES.values():
        assert all(callable(getattr(owner, name)) for owner, name in places)
    assert set(stages.TITLES) == {*stages.STAGES, "rest"}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "old.json"
    report.write(path, ABOUT, [SPEED, RIVAL])
    assert report.read(path) == (ABOUT, [SPEED, RIVAL])
    assert json.loads(path.read_text(encoding="utf-8"))["measures"][0]["median"] == 2.0


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ValueError, match="not a file of measurements"):
        report.read(path)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(12_345.6, "12,346"), (99.94, "99.9"), (9.876, "9.88"), (0.0, "0.00"), (-3.14159, "-3.14")],
)
def test_numbers_are_quoted_to_three_digits(value: float, expected: str) -> None:
    assert report.quoted(value) == expected


def test_the_table_says_new_over_old() -> None:
    old = Measure(SPEED.name, SPEED.title, SPEED.unit, (4.0,))
    console = Console(width=130, record=True, file=StringIO())
    console.print(report.table([SPEED, RIVAL], [old]))
    lines = {line.strip().partition("  ")[0]: line.split() for line in console.export_text().splitlines()}
    assert "0.50" in lines[SPEED.title]
    assert "–" in lines[RIVAL.title]
    assert {"16", "3", "2.00"} <= set(lines[SPEED.title])


def test_a_busy_machine_is_told() -> None:
    steady = Measure("rate.all_threads", "all", "runs/s", (100.0, 101.0))
    assert report.unsteady([steady, RIVAL]) == []
    (warning,) = report.unsteady([steady, SPEED])
    assert "'Ensemble, one thread' differ by 100%" in warning


def test_members_come_closest_to_the_runs_asked_for() -> None:
    full = workload.full()
    each = workload.per_member(full)
    assert workload.sized(full, 10 * each + 1).n_runs == 10 * each
    assert workload.sized(full, 1).n_runs == each
    assert {one.quarters for one in workload.lasting(full, 20).policies} == {20}


def test_a_larger_model_holds_every_state_again() -> None:
    seeds, twice = load_seeds(), workload.model_of(2)
    assert len(twice.actors) == 2 * len(seeds.states)
    assert (
        len({one.stream for one in twice.actors})
        == len({one.id for one in twice.actors})
        == len(twice.actors)
    )
    half = len(seeds.states)
    assert (twice.group[:, :half] == twice.group[:, half:]).all()
    assert (twice.target[:, :half] == twice.target[:, half:]).all()


def test_the_machine_is_described() -> None:
    about = machine.described()
    assert about["machine"]["processors"] >= 1
    assert about["model_version"]
    assert about["commit"]


def test_the_figure_is_drawn(tmp_path: Path) -> None:
    groups = ("share.kernel", "runs.100", "runs.1000", "quarters.10", "actors.56", "memory.100")
    measures = [SPEED, RIVAL, *(Measure(name, name, "MiB", (5.0,)) for name in groups)]
    draw(ABOUT, measures, tmp_path / "figure.png")
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")
