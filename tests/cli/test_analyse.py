"""`sim analyse`: tables of a result in a pipe, in a file, and the figure in the result's own folder."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from tests.synthetic import write_result
from tests.synthetic_gains import LEVELS, write_gains


def sim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["analyse", *(str(argument) for argument in arguments)])


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_gains(tmp_path_factory.mktemp("results") / "made_up").folder
    assert folder is not None
    return folder


def table(printed: Result) -> pd.DataFrame:
    assert printed.exit_code == 0, printed.output
    return pd.read_csv(io.StringIO(printed.stdout), sep="\t")


def test_gains_by_default(made_up: Path) -> None:
    printed = sim(made_up)
    found = table(printed)
    assert len(found) == 8
    assert found.loc[0, "worst_off"] == "JPN"
    assert "It cannot weigh one actor's loss" in printed.stderr
    assert not (made_up / "figures").exists()


def test_a_policy_in_detail_comes_with_its_figure(made_up: Path) -> None:
    printed = sim(made_up, "--policy", "lower_profile")
    found = table(printed)
    assert len(found) == 4 * len(LEVELS)
    figure = made_up / "figures" / "gains-lower_profile.png"
    assert f"Figure  {figure}" in printed.stderr
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_all_policies_are_all_but_the_baseline(made_up: Path) -> None:
    assert set(table(sim(made_up, "--policy", "all"))["policy"]) == {"lower_profile", "stay_out"}


def test_robustness_and_its_options(made_up: Path, tmp_path: Path) -> None:
    out = tmp_path / "robustness.csv"
    whole = table(sim(made_up, "--kind", "robustness", "--perspective", "nato", "--out", out))
    assert set(whole["policy"]) == {"course_of_2024", "lower_profile", "stay_out"}
    pd.testing.assert_frame_equal(pd.read_csv(out), whole)
    growth = table(sim(made_up, "--kind", "robustness", "--outcome", "growth"))
    assert set(growth["outcome"]) == {"growth"}
    assert growth["regret"].max() <= whole["regret"].max()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--policy", "stay_in"], "stay_out"),
        (["--policy", "course_of_2024"], "baseline"),
        (["--kind", "robustness", "--outcome", "grwth"], "growth"),
        (["--kind", "robustness", "--perspective", "nata"], "nato"),
        (["--kind", "sensitivity"], "robustness"),
    ],
)
def test_refuses_what_the_result_does_not_have(made_up: Path, arguments: list[str], message: str) -> None:
    printed = sim(made_up, *arguments)
    assert printed.exit_code == 2
    assert message in printed.stderr
    assert printed.stdout == ""


def test_refuses_a_result_of_an_older_version(tmp_path: Path) -> None:
    folder = write_result(tmp_path / "old", members=1).folder
    assert folder is not None
    printed = sim(folder)
    assert printed.exit_code == 2
    assert "keeps no utilities" in printed.stderr
    assert sim(folder, "--kind", "robustness").exit_code == 0


def test_a_file_that_cannot_be_written_is_an_error(made_up: Path, tmp_path: Path) -> None:
    printed = sim(made_up, "--out", tmp_path / "nowhere" / "gains.csv")
    assert printed.exit_code == 1
    assert "nowhere" in printed.stderr
