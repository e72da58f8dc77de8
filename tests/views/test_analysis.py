"""Tables and figure of `sim analyse`: what they say, that they fit, and that nothing is promised that is not there."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from sim.analysis.contrasts import NEGLIGIBLE_SHARE_OF_SCALE
from sim.analysis.gains import GROUPS, NO_GROUP, VERDICTS, gains_of
from sim.inputs.documents import InputError
from sim.runs.result import Result
from sim.views.analysis import (
    GROUP_NAMES,
    KINDS,
    VERDICT_WORDS,
    grouped,
    headline_outcomes,
    least_width,
    print_sheet,
    rich_table,
    sheet_of,
    write_sheet,
)
from sim.views.analysis_command import KINDS_OF_ANALYSES
from sim.views.gains_figure import draw_gains, gains_figure
from sim.views.labels import Labels
from sim.views.style import house_style
from tests.synthetic import OUTCOMES, WORLDVIEWS, write_result
from tests.synthetic_gains import LEVELS, write_gains
from tests.views.test_figures import collisions, texts_on

TWO_FUTURES = ("as_expected", "taiwan_crisis")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return write_gains(tmp_path_factory.mktemp("results") / "gains")


@pytest.fixture(scope="module")
def two_futures(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return write_gains(tmp_path_factory.mktemp("results") / "futures", members=2, futures=TWO_FUTURES)


def shown(result: Result, kind: str, **wishes: object) -> str:
    """The digest as a terminal of the least width shows it."""
    stream = io.StringIO()
    table = rich_table(sheet_of(result, kind, **wishes))  # type: ignore[arg-type]
    console = Console(file=stream, width=least_width(table), force_terminal=True, color_system=None)
    console.print(table)
    return stream.getvalue()


def test_every_group_and_verdict_has_a_name() -> None:
    assert set(GROUP_NAMES) == {*GROUPS, NO_GROUP}
    assert set(VERDICT_WORDS) == set(VERDICTS.values())
    assert KINDS_OF_ANALYSES == KINDS


def test_gains_in_a_row_per_policy_and_theory(result: Result) -> None:
    text = shown(result, "gains")
    sheet = sheet_of(result, "gains")
    rows = {(row[0], row[1]): row for row in sheet.rows}
    assert rows["lower profile", "W1"][2:-2] == [
        "20/10",
        "0/50",
        "100/0",
        "0/0",
        "0/0",
        "0/0",
        "0/0",
        "JPN -0.060",
    ]
    # Under W3 the changes are turned round, and the worst-off is another.
    assert sheet.rows[2][1:-2] == ["W3", "10/20", "50/0", "0/100", "0/0", "0/0", "0/0", "0/0", "IDN -0.050"]
    # Where everyone gains, the least gain stands in brackets.
    assert rows["stay out", "W1"][-3].startswith("(")
    assert rows["stay out", "W1"][-3].endswith(" +0.020)")
    assert "Others" in text  # Canada is in none of the groups


def test_data_holds_more_than_the_digest(result: Result) -> None:
    data = sheet_of(result, "gains").data
    assert len(data) == 2 * 4
    assert list(data["policy"]) == ["lower_profile"] * 4 + ["stay_out"] * 4
    assert list(data["worldview"][:4]) == ["W1", "W2", "W3", "W4"]
    for column in (
        "winners",
        "losers.southeast_asia",
        "worst_off_change",
        "gini",
        "gini_change",
        "gini_movement",
    ):
        assert column in data
    assert data["gini"].between(0, 1).all()


def test_gains_of_one_policy_actor_by_actor(result: Result) -> None:
    sheet = sheet_of(result, "gains", policies=["course_of_2024", "lower_profile"])
    assert len(sheet.rows) == len(sheet.data) == 4 * len(LEVELS)
    japan, korea = sheet.rows[0], sheet.rows[1]
    assert list(japan) == [
        "lower profile", "W1", "Japan", "-0.060", "-0.061 to -0.059", "1", "loses"
    ]  # fmt: skip
    assert list(korea)[:4] == ["", "W1", "South Korea", "+0.000"]
    first = sheet.data[sheet.data["worldview"] == "W1"]
    assert list(dict.fromkeys(first["group"])) == [*GROUPS, NO_GROUP]


def test_robustness_names_where_the_largest_regret_is(result: Result) -> None:
    sheet = sheet_of(result, "robustness")
    data = sheet.data
    assert data["regret"].is_monotonic_increasing
    assert set(data["policy"]) == set(result.manifest["policies"])  # the baseline can be regretted too
    for row, words in zip(data.to_dict("records"), sheet.rows, strict=True):
        beside = [row[f"regret.{worldview}"] for worldview in ("W1", "W2", "W3", "W4")]
        assert row["regret"] == max(beside) == row[f"regret.{row['worldview']}"]
        assert words[3] == OUTCOMES[row["outcome"]]["name"]
        assert words[1] == f"{row['regret']:.3f}"
    assert set(data["perspective"]) == {"nato"}


def test_regrets_of_one_policy_outcome_by_outcome(result: Result) -> None:
    sheet = sheet_of(result, "robustness", policies=["stay_out"], outcomes=["growth", "escalation.final"])
    assert [row[1] for row in sheet.rows] == [
        "Escalation, final",
        "Growth in Asia",
    ]  # in the order of the table
    assert len(sheet.data) == 2 * 4
    assert all(len(row) == len(sheet.head) for row in sheet.rows)


def test_headline_outcomes_are_those_of_the_seeds_and_of_the_screen(result: Result) -> None:
    known = {"deterrence_in_asia": {}, "growth": {}, "nato_credibility": {}}
    manifest = {**result.manifest, "outcomes": known, "headline": ["growth"]}
    assert headline_outcomes(Labels(manifest)) == ["deterrence_in_asia", "growth"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("policies", [(), ("stay_out",)])
def test_everything_fits_and_nothing_is_cut(
    two_futures: Result, kind: str, policies: tuple[str, ...]
) -> None:
    """In two futures, which make the longest names: every word of every cell is there."""
    text = shown(two_futures, kind, policies=policies)
    words = set(text.split())
    sheet = sheet_of(two_futures, kind, policies=policies)
    for row in (sheet.head, *sheet.rows):
        assert all(word in words for cell in row for word in cell.split())
    assert "stay out, taiwan crisis" in {row[0] for row in sheet.rows}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_usual_fits_a_hundred_columns(result: Result, kind: str) -> None:
    """Whoever has a utility in real runs belongs to a group, so that there is no column of others."""
    columns = [column for column in result.manifest["columns"] if column != "utility.CAN"]
    usual = Result(result.folder, manifest={**result.manifest, "columns": columns})
    assert least_width(rich_table(sheet_of(usual, kind))) <= 100


@pytest.mark.parametrize("kind", KINDS)
def test_futures_do_not_mix(two_futures: Result, kind: str) -> None:
    data = sheet_of(two_futures, kind).data
    assert list(dict.fromkeys(data["future"])) == list(TWO_FUTURES)
    assert not data.duplicated(["policy", "future", *(["worldview"] if kind == "gains" else [])]).any()


def test_a_pipe_gets_the_whole_table_and_the_note_stands_aside(
    result: Result, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.StringIO()
    sheet = sheet_of(result, "gains")
    print_sheet(sheet, stream)
    stream.seek(0)
    pd.testing.assert_frame_equal(pd.read_csv(stream, sep="\t"), sheet.data, rtol=1e-5, check_dtype=False)
    assert capsys.readouterr().err == sheet.note + "\n"


def test_a_terminal_gets_the_digest_and_the_note(
    result: Result, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    sheet = sheet_of(result, "robustness")
    print_sheet(sheet)
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "It cannot say how likely a theory is" in " ".join(printed.out.split())
    assert "W1 provocation   W2 restraint" in printed.out
    assert "\t" not in printed.out


@pytest.mark.parametrize(("kind", "policies"), [("gains", ()), ("gains", ("stay_out",)), ("robustness", ())])
def test_notes_say_what_cannot_be_said(result: Result, kind: str, policies: tuple[str, ...]) -> None:
    assert "It cannot " in sheet_of(result, kind, policies=policies).note


def test_the_table_is_written_whole(result: Result, tmp_path: Path) -> None:
    sheet = sheet_of(result, "robustness")
    write_sheet(sheet, tmp_path / "robustness.csv")
    assert len(pd.read_csv(tmp_path / "robustness.csv")) == len(sheet.data)


def test_refusals(result: Result, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is the baseline"):
        sheet_of(result, "gains", policies=["course_of_2024"])
    with pytest.raises(InputError, match="keeps no utilities"):
        sheet_of(write_result(tmp_path / "old", members=1), "gains")
    alone = Result(result.folder, manifest={**result.manifest, "policies": {"course_of_2024": ""}})
    with pytest.raises(InputError, match="nothing to compare"):
        sheet_of(alone, "robustness")
    wishless = {"nato": {"name": "NATO", "directions": {}}}
    indifferent = Result(result.folder, manifest={**result.manifest, "perspectives": wishless})
    with pytest.raises(InputError, match="NATO has no preference in growth"):
        sheet_of(indifferent, "robustness", outcomes=["growth"])


def test_the_figure_is_readable(result: Result) -> None:
    labels = Labels(result.manifest)
    gains = gains_of(result, grouped(labels))
    with house_style():
        figure = gains_figure(result, gains, grouped(labels), "lower_profile", "as_expected")
        figure.draw_without_rendering()
    assert collisions(figure) == []
    text = " ".join(" ".join(text.get_text() for text in texts_on(figure)).split())
    for part in ("Lower profile: who gains and who loses, compared with Course of 2024?", "utility (index, about 0 to 1)",
                 "middle 90 % of members", "W3 connected theatres", "no clear difference", "seed 20240709"):  # fmt: skip
        assert part in text, part
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names[:4] == ["Partners", "Japan", "South Korea", "Southeast Asia"]
    assert names[-2:] == ["Others", "CAN"]


@pytest.mark.parametrize("names", [{"W2": "restraint"}, {**WORLDVIEWS, "pooled": "pooled"}])
def test_the_figure_is_readable_with_few_and_many_theories(result: Result, names: dict[str, str]) -> None:
    fewer_or_more = Result(result.folder, manifest={**result.manifest, "worldviews": names})
    groups = grouped(Labels(result.manifest))
    with house_style():
        figure = gains_figure(fewer_or_more, gains_of(result, groups), groups, "stay_out", "as_expected")
        figure.draw_without_rendering()
    assert collisions(figure) == []


def test_marks_of_the_figure_stand_where_the_means_are(result: Result) -> None:
    labels = Labels(result.manifest)
    gains = gains_of(result, grouped(labels))
    with house_style():
        figure = gains_figure(result, gains, grouped(labels), "lower_profile", "as_expected")
    for panel, turned in ((figure.axes[0], 1), (figure.axes[2], -1)):
        marks = {line.get_marker(): line for line in panel.lines if line.get_marker() in ("^", "v", "o")}
        up, down = marks["^" if turned > 0 else "v"], marks["v" if turned > 0 else "^"]
        assert sorted(abs(x) for x in up.get_xdata()) == pytest.approx([0.045, 0.05])
        assert list(down.get_xdata()) == pytest.approx([-0.06 * turned])
        assert list(down.get_ydata()) == [1]  # Japan, below the name of its group
        assert len(marks["o"].get_xdata()) == len(LEVELS) - 3
        band = panel.patches[0]
        assert band.get_width() == pytest.approx(2 * NEGLIGIBLE_SHARE_OF_SCALE)  # type: ignore[attr-defined]
        low, high = panel.get_xlim()
        assert low < -0.061 if turned > 0 else high > 0.061


def test_a_figure_for_every_policy_and_future(two_futures: Result, tmp_path: Path) -> None:
    written = draw_gains(two_futures, tmp_path, ["course_of_2024", "stay_out"], ["png"])
    assert [path.name for path in written] == [f"gains-stay_out-{future}.png" for future in TWO_FUTURES]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)


def test_a_theory_without_a_good_run_leaves_its_panel_empty(result: Result) -> None:
    labels = Labels(result.manifest)
    gains = gains_of(result, grouped(labels))
    lost = gains["worldview"] == "W2"
    numbers = ["mean", "error", "p05", "p50", "p95"]
    gains.loc[lost, numbers] = float("nan")
    gains.loc[lost, "verdict"] = "unknown"
    with house_style():
        figure = gains_figure(result, gains, grouped(labels), "stay_out", "as_expected")
        figure.draw_without_rendering()
    assert collisions(figure) == []
    assert [
        len(line.get_xdata()) for line in figure.axes[1].lines if line.get_marker() in ("^", "v", "o")
    ] == [0] * 3
