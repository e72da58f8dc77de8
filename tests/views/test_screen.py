"""The one-screen answer: what it says, and that it fits."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sim.runs.result import Result, read_result
from sim.views.screen import MARKS, PLAIN_MARKS, cell, print_screen, screen
from tests.synthetic import write_result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return write_result(tmp_path_factory.mktemp("results") / "profile_comparison-0123456789", members=30)


def text_of(result: Result, **options: object) -> str:
    return screen(result, "nato", **options).plain  # type: ignore[arg-type]


def test_fits_one_screen(result: Result) -> None:
    assert result.folder is not None
    lines = text_of(result, figures=[result.folder / "figures" / "x.png"]).splitlines()
    assert len(lines) <= 40
    assert max(len(line) for line in lines if not line.startswith(("Results", "Figures"))) <= 100


def test_says_what_an_honest_answer_must(result: Result) -> None:
    text = " ".join(text_of(result, figures=[Path("results/x/figures/a.png")]).split())
    for part in (
        "Higher or lower profile?", "against course of 2024", "as NATO sees it", "perspective: nato",
        "W1 provocation", "W2 restraint", "W3 connected theatres", "W4 pragmatic hedging",
        "more is better", "less is better", "chance, in %, that the policy is better",
        "runs (30 members × 2 replicates)", "runs/s", "All runs ok.", "Seed 20240709", "not a forecast",
        "0.5 % of the outcome's scale", "2 Monte-Carlo errors", "from 40 to 60 %", "Results", "(1 file)",
    ):  # fmt: skip
        assert part in text, part


def test_one_row_per_policy_with_a_cell_per_outcome_and_worldview(result: Result) -> None:
    rows = {
        line[:29].strip(): line[29:].split()
        for line in text_of(result).splitlines()
        if line[29:30] in MARKS.values()
    }
    assert list(rows) == [
        "institutional deepening (0)", "drills and ships (0)", "firm guarantee (0)", "global arsenal (0)",
        "lower profile (0)", "stay out (0)", "restraint and EU (0)",
    ]  # fmt: skip
    assert all(len(cells) == 16 for cells in rows.values())
    # Made up so that staying out does well under W3 and badly under W1, in all four outcomes.
    assert [rows["stay out (0)"][k][0] for k in (0, 4, 8, 12)] == ["▼"] * 4
    assert [rows["stay out (0)"][k][0] for k in (2, 6, 10, 14)] == ["▲"] * 4


def test_narrow_terminals_get_blocks_below_each_other(result: Result) -> None:
    text = text_of(result, width=64)
    assert max(len(line) for line in text.splitlines() if not line.startswith("Results")) <= 64
    assert text.count("stay out") == 2


def test_bad_runs_are_counted_and_placed(tmp_path: Path) -> None:
    text = " ".join(text_of(write_result(tmp_path / "bad", members=4, bad=(16, 92))).split())
    assert "Left out: 2 not finite (Course of 2024/W2, Stay out/W2)." in text
    assert "All runs ok" not in text


def test_reused_results_say_so(result: Result) -> None:
    assert result.folder is not None
    assert "kept from an earlier run" in " ".join(text_of(read_result(result.folder, is_reused=True)).split())


@pytest.mark.parametrize(
    ("verdict", "chance", "expected"),
    [
        ("better", 0.974, "▲97"),
        ("worse", 0.031, "▼03"),
        ("better", 1.0, "▲99"),  # never certain
        ("worse", 0.0, "▼01"),
        ("similar", 0.5, "≈50"),
        ("unknown", float("nan"), "?  "),
    ],
)
def test_cells(verdict: str, chance: float, expected: str) -> None:
    assert cell(verdict, chance, MARKS) == expected


def test_piped_output_has_no_escape_codes(result: Result) -> None:
    stream = io.StringIO()
    print_screen(result, "nato", stream=stream)
    assert "\x1b" not in stream.getvalue()
    assert "▲" in stream.getvalue()


def test_ascii_streams_get_ascii(result: Result) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    print_screen(result, "nato", stream=stream)
    stream.flush()
    text = raw.getvalue().decode("ascii")
    assert f"{PLAIN_MARKS['better']}99" in text
    assert "30 members x 2 replicates" in text


def test_several_futures_get_a_block_each(tmp_path: Path) -> None:
    futures = ("as_expected", "taiwan_crisis")
    changes = {"futures": {"as_expected": "As expected", "taiwan_crisis": "A crisis over Taiwan"}}
    text = text_of(write_result(tmp_path / "two", members=2, futures=futures, manifest=changes))
    assert "Future: A crisis over Taiwan" in text
    assert text.count("stay out") == 2
