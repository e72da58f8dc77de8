"""Another coder, another correlation, the pooled worldview, probes: from the command line to tables and figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import sim as package
from sim.cli import main
from sim.inputs.coding import CHOICES
from sim.inputs.evidence import load_seeds
from sim.inputs.experiment import changed, load_experiment
from sim.runs.replay import recomputed_row
from sim.runs.result import read_result
from sim.views.labels import Labels
from sim.views.options import CODINGS

ALL = "W1,W2,W3,W4,pooled"
FILE = """\
title: Whom does a drill frighten?
policies: [drills_and_ships]
futures: [taiwan_crisis]
worldviews: [W2, pooled]
members: 2
replicates: 1
probes: [threat_cn.JPN, engage_showy.japan, tension]
paths: [threat_cn.JPN, escalation_in_asia]
coding: first
"""


def sim(*arguments: str | Path) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def only_folder(out: Path) -> Path:
    (folder,) = out.iterdir()
    return folder


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def recoded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """One coder alone, errors on their own, five worldviews: what was printed, and the folder."""
    out = tmp_path_factory.mktemp("results")
    printed = sim("run", "lower_profile", "--members", "2", "--replicates", "1", "--worldviews", ALL,
                  "--coding", "second", "--correlation", "0", "--out", out)  # fmt: skip
    assert printed.exit_code == 0, printed.output
    return printed, only_folder(out)


def test_the_screen_says_whose_coding_it_is_and_fits(recoded: tuple[Result, Path]) -> None:
    text = " ".join(recoded[0].stdout.split())
    assert "2 members × 1 replicate, second coding alone, correlation 0" in text
    assert "W4 pragmatic hedging P = pooled" in text
    lines = recoded[0].stdout.splitlines()
    assert max(len(line) for line in lines if not line.startswith(("Results", "Figures"))) <= 100
    heads = [line.split() for line in lines if "W1" in line and "W2" in line and "pooled" not in line]
    assert heads
    assert all(words[:5] == ["W1", "W2", "W3", "W4", "P"] for words in heads)


def test_every_figure_is_drawn_for_five_worldviews(recoded: tuple[Result, Path]) -> None:
    figures = {path.name for path in (recoded[1] / "figures").iterdir()}
    for kind in ("differences", "fan-", "positions-course_of_2024", "shifts"):
        assert any(name.startswith(kind) for name in figures), kind


def test_coding_and_correlation_make_another_result(recoded: tuple[Result, Path], tmp_path: Path) -> None:
    manifest = manifest_of(recoded[1])
    assert (manifest["coding"], manifest["correlation"]) == ("second", 0.0)
    assert manifest["experiment"]["coding"] == "second"
    assert manifest["worldviews"]["pooled"] == "pooled"
    small = ("--members", "2", "--replicates", "1", "--worldviews", ALL, "--no-figures", "--quiet", "--out")
    names, means = {recoded[1].name}, [read_result(recoded[1]).outcomes["escalation_in_asia"].to_numpy()]
    for k, more in enumerate(([], ["--coding", "second"], ["--correlation", "0"])):
        assert sim("run", "lower_profile", *small, tmp_path / str(k), *more).exit_code == 0
        names.add(only_folder(tmp_path / str(k)).name)
        means.append(read_result(only_folder(tmp_path / str(k))).outcomes["escalation_in_asia"].to_numpy())
    assert len(names) == 4
    assert all(not np.array_equal(one, other) for k, one in enumerate(means) for other in means[:k])


def test_a_row_of_another_coding_is_computed_again(recoded: tuple[Result, Path]) -> None:
    result = read_result(recoded[1])
    row = result.outcomes[result.outcomes["worldview"] == "pooled"].iloc[-1]
    keys = {name: row[name] for name in ("policy", "future", "worldview", "member", "replicate")}
    again = recomputed_row(result.manifest, **keys)
    assert again == {name: row[name] for name in ("status", *result.manifest["columns"])}


def test_compare_takes_both_too(tmp_path: Path) -> None:
    printed = sim("compare", "lower_profile", "--members", "1", "--worldviews", "pooled", "--coding", "first",
                  "--correlation", "0.5", "--no-figures", "--out", tmp_path)  # fmt: skip
    assert "first coding alone, correlation 0.5" in " ".join(printed.stdout.split())
    assert list(manifest_of(only_folder(tmp_path))["worldviews"]) == ["pooled"]


def test_the_command_and_the_file_mean_the_same(tmp_path: Path) -> None:
    small = {"members": 1, "replicates": 1, "worldviews": "W3"}
    by_change = package.run(changed(load_experiment("first_look"), coding="second", correlation=0.2), **small)  # type: ignore[arg-type]
    by_load = package.run(changed(load_experiment("first_look", coding="second"), correlation=0.2), **small)  # type: ignore[arg-type]
    assert by_change.outcomes.equals(by_load.outcomes)
    merged = package.run("first_look", **small)  # type: ignore[arg-type]
    assert not merged.outcomes["nato_cohesion"].equals(by_load.outcomes["nato_cohesion"])


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--coding", "third"], "third"),
        (["--correlation", "1.5"], "correlation: expected a number from 0 to 1"),
        (["--correlation", "nan"], "correlation: expected a number from 0 to 1"),
        (["--correlation", "much"], "much"),
    ],
)
def test_wrong_settings_are_one_message(more: list[str], message: str, tmp_path: Path) -> None:
    for verb in ("run", "compare"):
        printed = sim(verb, "lower_profile", *more, "--out", tmp_path / "none")
        assert printed.exit_code == 2
        assert message in printed.stderr
    assert not (tmp_path / "none").exists()


def test_choices_of_the_command_are_those_of_the_inputs() -> None:
    assert CODINGS == CHOICES


# -------------------------------------------------------------------------------------------------------- probes


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("probed")
    (folder / "drill.yaml").write_text(FILE, encoding="utf-8")
    printed = sim("run", folder / "drill.yaml", "--no-figures", "--quiet", "--out", folder / "results")
    assert printed.exit_code == 0, printed.output
    return only_folder(folder / "results")


def test_probes_are_columns_paths_and_contrasts(probed: Path) -> None:
    result = read_result(probed)
    for name in ("threat_cn.JPN", "engage_showy.JPN", "tension"):
        assert {name, f"{name}.first_year", f"{name}.final"} <= set(result.outcomes.columns)
    assert set(result.paths["outcome"]) == {"threat_cn.JPN", "escalation_in_asia"}
    path = result.paths[result.paths["outcome"] == "threat_cn.JPN"]
    means = path.groupby(["policy", "worldview", "member"], observed=True)["value"].mean()
    table = result.outcomes.set_index(["policy", "worldview", "member"])["threat_cn.JPN"]
    assert means.to_numpy() == pytest.approx(table.loc[means.index].to_numpy(), abs=1e-6)
    contrasts = pd.read_csv(probed / "contrasts.csv")
    assert {"threat_cn.JPN.final", "counter_moves.CN01"} <= set(contrasts["outcome"])
    assert not any(name.startswith(("position.", "utility.")) for name in contrasts["outcome"])
    assert result.manifest["coding"] == "first"


def test_columns_are_called_by_what_they_hold(probed: Path) -> None:
    labels = Labels(manifest_of(probed))
    assert labels.outcome("threat_cn.JPN.first_year") == "Threat CN, Japan, first year"
    assert labels.outcome("tension.final") == "Tension, final"
    assert labels.outcome("growth_in_asia.worst") == "Growth in Asia, worst"
    moves = {one.id: one.name for one in load_seeds().instruments}
    assert labels.outcome("counter_moves.CN01") == f"{moves['CN01']}, CN01"
    assert labels.bounds("counter_moves.CN01") == labels.bounds("threat_cn.JPN.final") == (0.0, 1.0)
    assert labels.unit("engage_showy.JPN") == "0 to 1"
    assert labels.direction("nato", "threat_cn.JPN") == 0


def test_probes_are_drawn_like_outcomes(probed: Path) -> None:
    printed = sim(
        "plot",
        probed,
        "--outcome",
        "threat_cn.JPN",
        "--kind",
        "fans",
        "--kind",
        "differences",
        "--format",
        "svg",
    )
    assert printed.exit_code == 0, printed.output
    fan = probed / "figures" / "fan-threat_cn.JPN.svg"
    text = fan.read_text(encoding="utf-8")
    assert "Threat CN, Japan: how does it move over the years?" in text
    assert "0 to 1" in text


# --------------------------------------------------------------------------------------------------------- looking


def test_agreement_is_computed_and_shown() -> None:
    printed = sim("evidence", "agreement")
    assert printed.exit_code == 0, printed.output
    rows = {
        tuple(line.split()[:2]): line.split() for line in printed.stdout.splitlines() if len(line.split()) > 5
    }
    assert rows["strengths", "W2"][2:5] == ["71", "0.61", "0.42"]
    assert rows["credibility", "79"][2] == "0.03"
    assert "agreement" in sim("evidence", "agreement"[:-1]).stderr


def test_pooled_is_listed_and_explained() -> None:
    assert "pooled\tpooled\t" in sim("list", "worldviews").stdout
    page = sim("evidence", "pooled").stdout
    assert page.startswith("pooled\n")
    assert "hull of W1 to W4" in page
    assert "IN82" in page
    assert "pooled" in sim("evidence", "M45").stdout
