"""The scoreboard on the screen and as a figure says what the board holds; `sim validate` leaves with its status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.views.scoreboard import WIDTH, draw_scoreboard, page
from tests.analysis.validation.boards import board

WRONG = "signs:\n  - {scenario: stay_out, outcome: O05, worldview: W2, sign: up}\n"


def test_the_page_says_what_the_board_holds() -> None:
    text = page(board()).plain
    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDTH
    (model,) = [line for line in lines if line.startswith("model  ")]
    assert model.split() == [
        "model",
        "90",
        "9/10",
        "25",
        "1/4",
        "90",
        "9/10",
        "100",
        "1/1",
        "-",
        "100",
        "4/4",
    ]
    assert "ablation: no memory" in text
    (fact,) = [line for line in lines if line.startswith("F1")]
    assert "W1✓" in fact
    assert "W2✗" in fact
    assert "W2 fails: a comparison: +0.500 [+0.400, +0.600] (known: it is hard)" in text
    assert "-0.200 (W2) × 0.50" in text
    assert "4.0% stay_out W2 (threat_cn)" in text
    assert "1 of 1 pass their sign tests" in text


def test_the_page_in_ascii() -> None:
    text = page(board(), is_plain=True).plain
    assert text.isascii()
    assert "W1+" in text
    assert "W2x" in text


def test_the_figure_is_written_and_repeats(tmp_path: Path) -> None:
    (one,) = draw_scoreboard(board(), tmp_path / "one")
    (two,) = draw_scoreboard(board(), tmp_path / "two")
    assert one.name == "scoreboard.png"
    assert one.read_bytes() == two.read_bytes()


def test_a_wrong_file_is_refused_before_anything_runs(tmp_path: Path) -> None:
    path = tmp_path / "signs.yaml"
    path.write_text(WRONG)
    found = CliRunner().invoke(main, ["validate", "--signs", str(path), "--out", str(tmp_path / "results")])
    assert found.exit_code == 2
    assert f"{path}:2" in found.output
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(("is_met", "status"), [(True, 0), (False, 4)])
def test_the_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_met: bool, status: int
) -> None:
    from sim.analysis.validation import scoreboard as module

    crowded = tuple(one._replace(share=0.2) for one in board().bounds)
    made = board() if is_met else board(bounds=crowded)
    monkeypatch.setattr(module, "scoreboard", lambda *_, **__: made)
    found = CliRunner().invoke(main, ["validate", "--json", "--out", str(tmp_path)])
    assert found.exit_code == status
    assert json.loads(found.stdout)["passes"] is is_met
    assert json.loads((tmp_path / "validation" / "scoreboard.json").read_text())["members"] == 500
    assert (tmp_path / "validation" / "scoreboard.png").is_file()
