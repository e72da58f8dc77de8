"""`sim run` and `sim compare`, from the command line to the folder they leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.runs import ensemble
from sim.runs.replay import OtherVersionError, recomputed_row
from sim.runs.result import read_result

SMALL = ("--members", "2", "--replicates", "2", "--worldviews", "W1,W3")


def sim(*arguments: str | Path) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def only_folder(out: Path) -> Path:
    (folder,) = out.iterdir()
    return folder


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """One small run with figures: what was printed, and the folder."""
    out = tmp_path_factory.mktemp("results") / "made" / "on the way"
    printed = sim("run", "lower_profile", *SMALL, "--out", out)
    assert printed.exit_code == 0, printed.output
    return printed, only_folder(out)


def test_prints_one_screen(done: tuple[Result, Path]) -> None:
    printed, folder = done
    text = " ".join(printed.stdout.split())
    for part in (
        "lower profile",
        "as NATO sees it",
        "W1 provocation",
        "W3 connected theatres",
        "16 runs",
        "All runs ok.",
    ):
        assert part in text, part
    assert f"Results {folder}" in text
    assert len(printed.stdout.splitlines()) <= 40


def test_leaves_tables_manifest_and_figures(done: tuple[Result, Path]) -> None:
    folder = done[1]
    assert folder.name.startswith("lower_profile-")
    assert {path.name for path in folder.iterdir()} == {
        "outcomes.parquet", "paths.parquet", "manifest.json", "contrasts.csv", "figures",
    }  # fmt: skip
    figures = {path.name for path in (folder / "figures").iterdir()}
    for kind in ("differences", "fan-", "positions-course_of_2024", "shifts"):
        assert any(name.startswith(kind) for name in figures), kind
    assert not any(
        name.startswith("distribution-") for name in figures
    )  # the fans show them; `sim plot` draws them
    contrasts = pd.read_csv(folder / "contrasts.csv")
    assert set(contrasts["worldview"]) == {"W1", "W3"}
    assert set(contrasts["perspective"]) == {"nato"}
    unwished = contrasts[contrasts["outcome"] == "perceived_encirclement"]
    assert set(unwished["verdict"]) == {"no_preference"}
    assert unwished["chance_better"].isna().all()


def test_manifest_says_everything_needed_to_do_it_again(done: tuple[Result, Path]) -> None:
    manifest = json.loads((done[1] / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["n_runs"] == 16
    assert manifest["status"] == {"ok": 16}
    assert [policy["slug"] for policy in manifest["experiment"]["policies"]] == [
        "course_of_2024",
        "lower_profile",
    ]
    assert manifest["experiment"]["random_seed"] == manifest["random_seed"]
    for key in ("model_version", "sim_version", "platform", "timing", "recompute", "files", "baseline"):
        assert manifest[key], key
    for package in ("python", "numpy", "numba", "pyarrow"):
        assert manifest["versions"][package] != "unknown"
    assert manifest["platform"].get("node") is None
    for outcome in manifest["headline"]:
        assert manifest["outcomes"][outcome]["unit"]
        assert outcome in manifest["columns"]
    assert manifest["outcomes"]["growth_in_asia"]["scale"] == 5.0
    assert manifest["not_in_version"] == {"mechanisms": 0, "mechanisms_listed": 71}


def test_any_row_can_be_computed_again_from_the_manifest_alone(done: tuple[Result, Path]) -> None:
    result = read_result(done[1])
    columns = result.manifest["columns"]
    for _, row in result.outcomes.iloc[[0, 7, 15]].iterrows():
        keys = {name: row[name] for name in ("policy", "future", "worldview", "member", "replicate")}
        again = recomputed_row(result.manifest, **keys)
        assert again["status"] == row["status"]
        np.testing.assert_array_equal(
            [again[column] for column in columns], row[columns].to_numpy(dtype=float)
        )


def test_a_row_of_another_model_version_is_refused(done: tuple[Result, Path]) -> None:
    manifest = {**read_result(done[1]).manifest, "model_version": "0123456789ab"}
    keys: dict[str, Any] = {
        "policy": "lower_profile",
        "future": "as_expected",
        "worldview": "W1",
        "member": 0,
    }
    with pytest.raises(OtherVersionError, match="0123456789ab"):
        recomputed_row(manifest, **keys, replicate=0)


@pytest.mark.parametrize(
    "wrong", [{"policy": "nobody"}, {"worldview": "W9"}, {"member": 2}, {"replicate": -1}]
)
def test_a_row_that_is_not_there_is_refused(done: tuple[Result, Path], wrong: dict[str, Any]) -> None:
    keys = {
        "policy": "lower_profile",
        "future": "as_expected",
        "worldview": "W1",
        "member": 0,
        "replicate": 0,
    }
    with pytest.raises(KeyError):
        recomputed_row(read_result(done[1]).manifest, **{**keys, **wrong})


def test_the_same_again_is_reused_and_anything_else_gets_a_new_folder(done: tuple[Result, Path]) -> None:
    folder = done[1]
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.*") if path.suffix != ".csv"}
    again = sim("run", "lower_profile", *SMALL, "--out", folder.parent, "--no-figures")
    assert again.exit_code == 0
    assert "already there" in again.stderr
    assert "kept from an earlier run" in " ".join(again.stdout.split())
    assert {
        path.name: path.stat().st_mtime_ns for path in folder.glob("*.*") if path.suffix != ".csv"
    } == before
    other = sim(
        "run", "lower_profile", *SMALL, "--out", folder.parent, "--no-figures", "--seed", "1", "--quiet"
    )
    assert other.exit_code == 0
    (printed,) = other.stdout.splitlines()
    assert Path(printed) != folder
    assert Path(printed).is_dir()


def test_tables_do_not_depend_on_threads_or_batches(tmp_path: Path) -> None:
    from sim.api import experiment_of, perform

    whole = replace(experiment_of("lower_profile"), members=3, replicates=2, paths=("growth_in_asia",))
    bytes_of = []
    for threads, batch_size in ((1, 1), (2, 64), (7, 1_000)):
        result = perform(
            whole, threads=threads, batch_size=batch_size, out=tmp_path / f"{threads}-{batch_size}"
        )
        assert result.folder is not None
        bytes_of.append(
            [(result.folder / name).read_bytes() for name in ("outcomes.parquet", "paths.parquet")]
        )
    assert bytes_of[0] == bytes_of[1] == bytes_of[2]


def test_compare_sets_scenarios_side_by_side(tmp_path: Path) -> None:
    printed = sim("compare", "lower_profile", "stay_out", "--members", "2", "--worldviews", "W2", "--out", tmp_path,
                  "--no-figures")  # fmt: skip
    assert printed.exit_code == 0, printed.output
    text = " ".join(printed.stdout.split())
    assert "against course of 2024" in text
    assert "2 members × 1 replicate)" in text
    for name in ("lower profile (12)", "stay out (19)"):
        assert any(line.startswith(f"{name}  ") for line in printed.stdout.splitlines())


def test_compare_against_another_baseline(tmp_path: Path) -> None:
    printed = sim("compare", "stay_out", "--against", "lower_profile", "--members", "2", "--worldviews", "W2", "--out",
                  tmp_path, "--no-figures")  # fmt: skip
    assert printed.exit_code == 0, printed.output
    assert "Each policy against lower profile" in printed.stdout
    policies = set(read_result(only_folder(tmp_path)).outcomes["policy"])
    assert policies == {"stay_out", "lower_profile"}


def test_the_baseline_alone_says_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    printed = sim("run", "course_of_2024", "--members", "2", "--worldviews", "W1", "--out", tmp_path)
    assert printed.exit_code == 0, printed.output
    assert "nothing to compare" in printed.stdout


def test_a_future_is_met_by_the_baseline(tmp_path: Path) -> None:
    printed = sim(
        "run", "taiwan_crisis", "--members", "2", "--worldviews", "W1", "--out", tmp_path, "--no-figures"
    )
    assert printed.exit_code == 0, printed.output


def test_another_perspective_turns_better_round(tmp_path: Path) -> None:
    arguments = ("run", "lower_profile", *SMALL, "--out", tmp_path, "--no-figures", "--perspective")
    assert "as Beijing sees it" in sim(*arguments, "beijing").stdout
    table = pd.read_csv(only_folder(tmp_path) / "contrasts.csv")
    assert set(table["perspective"]) == {"beijing"}


BAD_SCENARIO = "title: Wrong\nbased_on: course_of_2024\npolicy:\n  public_discretoin: 1.0\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "lower_profil"], "lower_profile"),
        (["run", "nowhere/at_all.yaml"], "at_all.yaml"),
        (["run", "lower_profile", "--worldviews", "W9"], "W9"),
        (["run", "lower_profile", "--worldviews", ","], "worldview"),
        (["run", "lower_profile", "--members", "0"], "members"),
        (["run", "lower_profile", "--replicates", "-1"], "replicates"),
        (["run", "lower_profile", "--members", "many"], "many"),
        (["run", "lower_profile", "--seed", "-1"], "random_seed"),
        (["run", "lower_profile", "--threads", "0"], "threads"),
        (["run", "lower_profile", "--perspective", "nata"], "nato"),
        (["run", "lower_profile", "stay_ou"], "stay_out"),
        (["run", "lower_profile", "--format", "gif"], "gif"),
        (["run"], "FILE"),
        (["run", "bad.yaml"], "bad.yaml:4: unknown instrument 'public_discretoin'"),
        (["compare", "lower_profile", "--against", "nobody"], "nobody"),
        (["compare", "lower_profile", "taiwan_crisi"], "taiwan_crisis"),
        (["fly"], "fly"),
    ],
)
def test_bad_input_is_one_message_status_2_and_nothing_written(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text(BAD_SCENARIO)
    before = set(tmp_path.rglob("*"))
    printed = sim(*arguments)
    assert printed.exit_code == 2, printed.output
    assert message in printed.stderr
    assert "Traceback" not in printed.output
    assert printed.stdout == ""
    assert set(tmp_path.rglob("*")) == before


def test_a_foreign_folder_in_the_way_is_left_alone(done: tuple[Result, Path], tmp_path: Path) -> None:
    (tmp_path / done[1].name).mkdir()
    printed = sim("run", "lower_profile", *SMALL, "--out", tmp_path)
    assert printed.exit_code == 2
    assert "holds no finished result" in printed.stderr
    assert list(only_folder(tmp_path).iterdir()) == []


def test_runs_that_are_not_finite_are_counted_and_the_status_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ensemble.run_experiment

    def with_one_bad(*arguments: Any, **options: Any) -> Iterator[ensemble.Batch]:
        for batch in whole(*arguments, **options):
            batch.status[1] = "nonfinite"
            yield batch

    monkeypatch.setattr(ensemble, "run_experiment", with_one_bad)
    printed = sim("run", "lower_profile", *SMALL, "--out", tmp_path, "--no-figures")
    assert printed.exit_code == 3, printed.output
    assert "1 not finite" in " ".join(printed.stdout.split())
    table = read_result(only_folder(tmp_path)).outcomes
    assert table["growth_in_asia"].isna().sum() == 1


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    printed = sim("run", "lower_profile", *SMALL, "--out", tmp_path / "file" / "below")
    assert printed.exit_code in (1, 2)
    assert "Traceback" not in printed.output
    assert "below" in printed.stderr


@pytest.mark.slow
@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_exits_130_within_seconds_and_leaves_nothing(tmp_path: Path, request_to_end: int) -> None:
    command = [
        sys.executable,
        "-m",
        "sim.cli",
        "run",
        "lower_profile",
        "--members",
        "100000",
        "--out",
        str(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while not _has_begun(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert _has_begun(tmp_path)
        process.send_signal(request_to_end)
        asked = time.monotonic()
        printed, complaint = process.communicate(timeout=60)
    assert process.returncode == 130, complaint
    assert time.monotonic() - asked < 10  # 5 s on a quiet machine
    assert printed == ""
    assert "Traceback" not in complaint
    assert list(tmp_path.iterdir()) == []


def _has_begun(out: Path) -> bool:
    """Whether the first rows have been written."""
    return any(path.stat().st_size > 4 for path in out.glob(".unfinished-*/outcomes.parquet"))


def test_the_result_is_the_same_from_another_process(done: tuple[Result, Path], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sim.cli", "run", "lower_profile", *SMALL, "--out", str(tmp_path), "--quiet",
               "--no-figures"]  # fmt: skip
    finished = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "40"}
    )
    assert Path(finished.stdout.strip()).name == done[1].name
    for name in ("outcomes.parquet", "paths.parquet"):
        assert (only_folder(tmp_path) / name).read_bytes() == (done[1] / name).read_bytes()
