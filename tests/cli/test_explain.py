"""`sim explain` from the command line: what it prints, writes and refuses."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import BAD_INPUT, main


def sim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, arguments)])


def test_without_a_variable_it_says_what_moved_most_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = sim("stay_out", "--worldview", "restraint", "--actor", "japan")
    assert shown.exit_code == 0, shown.output
    assert "Why Japan moved by 2034Q2: Stay out" in shown.stdout
    assert "engage_showy" in shown.stdout
    assert not list(tmp_path.iterdir())


def test_a_variable_gives_tables_and_a_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = sim(
        "stay_out", "--worldview", "W2", "--actor", "JPN", "--variable", "engage_showy", "--member", "2"
    )
    assert shown.exit_code == 0, shown.output
    stem = tmp_path / "results" / "explained" / "stay_out-W2-JPN-engage_showy-m2-r0-s0"
    written = [stem.with_name(stem.name + ending) for ending in (".csv", "-levels.csv", ".png")]
    assert all(path.is_file() and path.relative_to(tmp_path).as_posix() in shown.stdout for path in written)
    terms, levels = pd.read_csv(written[0]), pd.read_csv(written[1])
    sums = terms.groupby("quarter")["contribution"].sum()
    assert (sums - levels.set_index("quarter")["pressure"]).abs().max() < 1e-6


def test_the_world_against_another_policy(tmp_path: Path) -> None:
    shown = sim("stay_out", "--worldview", "W3", "--variable", "deterrence_asia", "--against", "institutional_deepening",
                "--quarter", "2027Q1", "--out", tmp_path)  # fmt: skip
    assert shown.exit_code == 0, shown.output
    (table,) = tmp_path.glob("*against-institutional_deepening-m0-r0-s0.csv")
    assert {"contribution", "against", "change"} <= set(pd.read_csv(table).columns)


def test_json_is_all_there_is_on_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = json.loads(sim("stay_out", "--worldview", "W2", "--actor", "JPN", "--json").stdout)
    assert told["actor"] == "JPN"
    assert {"quarter", "actor", "variable", "source", "name", "contribution"} == set(told["terms"][0])
    ballot = json.loads(
        sim("nato_mission", "--worldview", "W2", "--vote", "nato_mission_in_asia", "--json").stdout
    )
    assert len(ballot["members"]) == 32
    assert not list(tmp_path.iterdir())
    shown = sim("stay_out", "--worldview", "W2", "--json", "--out", tmp_path / "out")
    assert json.loads(shown.stdout)["actor"] == "world"
    assert list((tmp_path / "out").glob("*.csv"))


def test_a_vote(tmp_path: Path) -> None:
    shown = sim("nato_mission", "--worldview", "W2", "--vote", "nato_mission_in_asia", "--out", tmp_path)
    assert shown.exit_code == 0, shown.output
    assert "chance to pass" in shown.stdout
    assert "lowest margins of 32" in shown.stdout
    assert len(list(tmp_path.glob("*.csv"))) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["stay_out", "--worldview", "W2", "--actor", "JAPN"], "did you mean 'japan'"),
        (
            ["stay_out", "--worldview", "W2", "--actor", "JPN", "--variable", "growht"],
            "did you mean 'growth'",
        ),
        (["stay_out", "--worldview", "W2", "--vote", "liaison_office"], "liaison_office_in_japan"),
        (["stay_out", "--worldview", "W2", "--quarter", "1999Q1"], "outside the run"),
        (["stay_outt", "--worldview", "W2"], "stay_out"),
        (["stay_out"], "--worldview"),
        (["stay_out", "--worldview", "W2", "--vote", "x", "--variable", "tension"], "explained by itself"),
    ],
)
def test_refusals_say_what_was_meant(arguments: list[str], message: str) -> None:
    refused = sim(*arguments)
    assert refused.exit_code == BAD_INPUT
    assert message in refused.output
    assert "Traceback" not in refused.output


def test_an_explanation_takes_seconds() -> None:
    sim("stay_out", "--worldview", "W2", "--actor", "JPN")  # compiles, where it must
    start = time.perf_counter()
    sim("stay_out", "--worldview", "W2", "--actor", "JPN")
    assert time.perf_counter() - start < 10
