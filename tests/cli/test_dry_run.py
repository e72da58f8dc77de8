"""`--dry-run`: what a run would take and where it would go, with nothing run and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.runs import ensemble, room
from sim.views.progress import Progress

SMALL = ("--members", "3", "--replicates", "2", "--worldviews", "W1,W3")


def sim(*arguments: str | Path) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever begins to run fails the test."""
    monkeypatch.setattr(ensemble, "run_experiment", lambda *_, **__: pytest.fail("began to run"))


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        (("run", "lower_profile", *SMALL), {"lower_profile-": "24 2 × 1 × 2 × 3 × 2 40"}),
        (
            ("run", "taiwan_crisis", "what_the_package_hangs_on", "--members", "1000", "--replicates", "1"),
            {"taiwan_crisis-": "8,000 1 × 2 × 4 × 1,000 × 1 40", "what_the_package_": "24,000 6 × 1 × 4 × 1,000 × 1 40"},
        ),
        (
            ("compare", "lower_profile", "stay_out", *SMALL),
            {"lower_profile_and_stay_out-": "36 3 × 1 × 2 × 3 × 2 40"},
        ),
    ],
)  # fmt: skip
def test_says_what_it_would_take_and_writes_nothing(
    arguments: tuple[str, ...], rows: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = sim(*arguments, "--dry-run")
    assert printed.exit_code == 0, printed.output
    lines = [" ".join(line.split()) for line in printed.stdout.splitlines()]
    counted = "runs policies × futures × worldviews × members × replicates quarters time memory disk"
    assert lines[0] == counted
    assert len(lines) == 1 + 2 * len(rows)
    for line, (name, row), place in zip(lines[1:], rows.items(), lines[1 + len(rows) :], strict=False):
        assert re.fullmatch(rf"{re.escape(row)} [\d.]+ s \d+ MB [\d.]+ [kM]B", line), line
        assert place.startswith(f"Result results/{name}")
        assert place.endswith("(not there yet)")
    assert list(tmp_path.iterdir()) == []


def test_says_what_is_already_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("run", "lower_profile", *SMALL, "--out", tmp_path)
    planned = sim(*arguments, "--dry-run", "--quiet")
    assert planned.exit_code == 0, planned.output
    assert list(tmp_path.iterdir()) == []
    ran = sim(*arguments, "--no-figures", "--quiet")
    assert planned.stdout == ran.stdout == f"{next(tmp_path.iterdir())}\n"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    monkeypatch.setattr(room, "free_disk", lambda folder: 0)
    again = sim(*arguments, "--dry-run")
    assert again.exit_code == 0, "what is there needs no room"
    assert "already there: nothing would be run" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    other = sim(*arguments, "--dry-run", "--seed", "7")
    assert other.exit_code == 2
    assert "(not there yet)" in other.stdout


@pytest.mark.usefixtures("nothing_runs")
def test_says_what_is_in_the_way(tmp_path: Path) -> None:
    arguments = ("run", "lower_profile", *SMALL, "--out", tmp_path, "--dry-run")
    Path(sim(*arguments, "--quiet").stdout.strip()).mkdir()
    assert "in the way: it holds no finished result" in sim(*arguments).stdout


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("dry", [("--dry-run",), ()])
def test_what_does_not_fit_is_refused_with_an_estimate(
    dry: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_disk", lambda folder: 2_000_000)
    printed = sim("run", "lower_profile", "--members", "20000", "--out", tmp_path, *dry)
    assert printed.exit_code == 2
    assert "and 2 MB are free" in printed.stderr
    assert "320,000 runs: about" in printed.stderr
    assert ("2 × 1 × 4 × 20,000 × 2" in printed.stdout) == bool(dry)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("verb", ["run", "compare"])
@pytest.mark.parametrize("option", ["--members", "--replicates"])
@pytest.mark.parametrize("dry", [("--dry-run",), ()])
def test_absurd_sizes_are_refused_with_an_estimate(
    verb: str, option: str, dry: tuple[str, ...], tmp_path: Path
) -> None:
    printed = sim(verb, "lower_profile", option, str(10**12), "--out", tmp_path, *dry)
    assert printed.exit_code == 2
    assert f"{option[2:]}: expected a whole number from 1 to 1,000,000" in printed.stderr
    assert "years" in printed.stderr
    assert "PB of disk" in printed.stderr
    assert printed.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("nothing_runs")
def test_a_mistake_is_still_a_mistake(tmp_path: Path) -> None:
    for wrong in (
        ("lower_profil",),
        ("lower_profile", "--worldviews", "W9"),
        ("lower_profile", "--perspective", "x"),
    ):
        printed = sim("run", *wrong, "--out", tmp_path, "--dry-run")
        assert printed.exit_code == 2
        assert "error:" in printed.stderr


def test_a_run_of_hours_says_so_at_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    Progress().expecting(3_599)
    Progress(is_quiet=True).expecting(9_000)
    assert capsys.readouterr().err == ""
    Progress().expecting(9_000)
    assert "about 2.5 h" in capsys.readouterr().err
