"""The one-screen answer: what it says, and that it fits."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from sim.runs.result import Result, read_result
from sim.views.screen import MARKS, PLAIN_MARKS, cell, print_screen, screen, write_contrasts
from tests.synthetic import POLICIES, write_result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return write_result(tmp_path_factory.mktemp("results") / "profile_comparison-0123456789", members=30)


def text_of(result: Result, **options: object) -> str:
    return screen(result, "nato", **options).plain  # type: ignore[arg-type]


def test_fits_one_screen(result: Result) -> None:
    assert result.folder is not None
    lines = text_of(result).splitlines()
    assert len(lines) <= 40
    assert max(len(line) for line in lines if not line.startswith(("Results", "Figures"))) <= 100


def test_says_what_an_honest_answer_must(result: Result) -> None:
    text = " ".join(text_of(result).split())
    for part in (
        "Higher or lower profile?", "against course of 2024", "as NATO sees it", "perspective: nato",
        "W1 provocation", "W2 restraint", "W3 connected theatres", "W4 pragmatic hedging",
        "more is better", "less is better",
        "The number is the share, in %, of the assumed draws (members) in which the policy is better (99: nearly all)",
        "it says nothing about size, nor about the world",
        "runs (30 members × 2 replicates)", "runs/s", "All runs ok.", "Seed 20240709", "not a forecast",
        "1 % of the outcome's scale (growth: 0.05 percentage points)", "2 Monte-Carlo errors",
        "40 to 60 % of members better", "Results",
        "Not in this version: 35 of 71 mechanisms.",
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


@pytest.fixture(scope="module")
def indifferent(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A perspective with a wish about two outcomes; none about opposition (`either`) and growth (not listed)."""
    directions = {"deterrence_asia": 1, "escalation": -1, "opposition_to_nato": 0}
    changes = {"perspectives": {"asean": {"name": "ASEAN", "directions": directions}}}
    return write_result(
        tmp_path_factory.mktemp("results") / "profile_comparison-x", members=30, manifest=changes
    )


def test_where_there_is_no_preference_nothing_is_better(indifferent: Result) -> None:
    lines = screen(indifferent, "asean").plain.splitlines()
    assert len(lines) <= 40
    assert max(len(line) for line in lines if not line.startswith(("Results", "Figures"))) <= 100
    assert "↑ rose  ↓ fell, where ASEAN has no preference." in lines
    assert sum(line.count("no preference") for line in lines) == 3
    (row,) = [line[29:].split() for line in lines if line.startswith("stay out")]
    assert [one[0] for one in row[:8:2]] == ["▼", "▲", "▼", "▲"]
    # As made up: opposition rises under W1 and falls under W3; growth the other way round.
    assert [row[k] for k in (8, 10, 12, 14)] == ["↑", "↓", "↓", "↑"]
    assert set(row[8:]) <= {"↑", "↓", "≈"}


def test_arrows_are_explained_only_where_there_are_any(result: Result, tmp_path: Path) -> None:
    assert "rose" not in text_of(result)
    directions = {"perspectives": {"nato": {"name": "NATO", "directions": {}}}}
    alone = write_result(
        tmp_path / "alone",
        members=1,
        policies=POLICIES[:1],
        manifest={**directions, "policies": {POLICIES[0]: "x"}},
    )
    assert "rose" not in text_of(alone)


def test_plain_arrows(indifferent: Result) -> None:
    text = screen(indifferent, "asean", is_plain=True).plain
    assert text.isascii()
    assert "^ rose  v fell" in text
    (row,) = [line[29:].split() for line in text.splitlines() if line.startswith("stay out")]
    assert [row[k] for k in (8, 10)] == ["^", "v"]


def test_the_table_of_differences_judges_nothing_without_a_preference(
    indifferent: Result, tmp_path: Path
) -> None:
    write_contrasts(indifferent, "asean", tmp_path / "contrasts.csv")
    table = pd.read_csv(tmp_path / "contrasts.csv")
    is_wanted = table["outcome"].str.startswith(("deterrence_asia", "escalation"))
    assert set(table["outcome"][is_wanted]) == {
        f"{outcome}{end}" for outcome in ("deterrence_asia", "escalation") for end in ("", ".final", ".worst")
    }
    assert not table["verdict"][is_wanted].eq("no_preference").any()
    assert table["verdict"][~is_wanted].eq("no_preference").all()
    assert table["chance_better"][~is_wanted].isna().all()
    assert set(table["movement"]) <= {"rose", "fell", "similar"}


def test_results_that_do_not_say_what_is_missing_still_show(tmp_path: Path) -> None:
    assert "Not in this version" not in text_of(
        write_result(tmp_path / "old", members=1, manifest={"not_in_version": None})
    )


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
        ("rose", float("nan"), "↑  "),
        ("fell", float("nan"), "↓  "),
        ("similar", float("nan"), "≈  "),
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
