"""Figures a person can read: units on axes, no text over text or over the edge, origin in the footer."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from sim.runs.result import Result
from sim.runs.store import OUTCOMES_FILE, PATHS_FILE
from sim.views import style
from sim.views.figures import KINDS, draw_figures, orders
from sim.views.positions import _draw_table
from sim.views.style import BAND, CYCLE, house_style, provenance
from tests.synthetic import OUTCOMES, POLICIES, write_result

ALL_NAMES = [
    "differences", *(f"distribution-{outcome}" for outcome in OUTCOMES), *(f"fan-{outcome}" for outcome in OUTCOMES),
    "positions-course_of_2024", "shifts",
]  # fmt: skip


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The demonstration's shape: 8 policies × 4 worldviews."""
    return write_result(tmp_path_factory.mktemp("results") / "full", members=12, bad=(5,))


def drawn(result: Result, name: str, **wishes: Any) -> Figure:
    """The figure of that name, drawn."""
    with house_style():
        chosen: dict[str, Any] = {
            "kinds": KINDS,
            "outcomes": (),
            "policies": (),
            "by": "policy",
            "perspective": None,
        }
        (order,) = [order for order in orders(result, **{**chosen, **wishes}) if order.name == name]
        figure = order.draw()
        figure.draw_without_rendering()
    return figure


def texts_on(figure: Figure) -> list[Text]:
    """Every text a reader would see; tick labels outside their axis are not drawn and not counted."""
    found = list(figure.texts)
    for legend in figure.legends:
        found += legend.get_texts()
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        found += [axes.title, axes._left_title, axes._right_title, *axes.texts]  # type: ignore[attr-defined]
        for axis in (axes.xaxis, axes.yaxis):
            found += [axis.label, axis.offsetText]
            for tick in axis._update_ticks():  # type: ignore[attr-defined]
                found += [tick.label1, tick.label2]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def collisions(figure: Figure) -> list[str]:
    """Pairs of texts whose boxes overlap, and texts that reach over the edge of the figure."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_on(figure)]
    found = [f"{one!r} over {other!r}" for (one, a), (other, b) in combinations(boxes, 2)
             if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1]  # fmt: skip
    edge = figure.bbox
    found += [f"{text!r} over the edge" for text, box in boxes
              if box.x0 < edge.x0 or box.y0 < edge.y0 or box.x1 > edge.x1 or box.y1 > edge.y1]  # fmt: skip
    return found


def test_collisions_are_seen_when_there_are_any() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "one text")
    figure.text(0.51, 0.5, "another")
    figure.text(0.98, 0.2, "over the edge of the paper")
    figure.draw_without_rendering()
    assert len(collisions(figure)) == 2


@pytest.mark.parametrize("name", ALL_NAMES)
def test_no_text_over_text(result: Result, name: str) -> None:
    assert collisions(drawn(result, name)) == []


@pytest.mark.parametrize("by", ["policy", "worldview"])
def test_no_text_over_text_either_way_round(result: Result, by: str) -> None:
    ending = "" if by == "policy" else "-by-worldview"
    assert collisions(drawn(result, f"distribution-growth{ending}", by=by, outcomes=["growth"])) == []


def test_no_text_over_text_in_small_results(tmp_path: Path) -> None:
    """Two policies only, as `sim run SCENARIO` makes them."""
    two = POLICIES[:2]
    changes = {"policies": {policy: policy for policy in two}}
    small = write_result(tmp_path / "small", members=2, policies=two, manifest=changes)
    for name in ALL_NAMES:
        assert collisions(drawn(small, name)) == [], name


def test_no_text_over_text_with_one_worldview(result: Result) -> None:
    """One panel alone must still hold its title."""
    assert result.folder is not None
    only = pc.field("worldview") == "W2"
    outcomes, paths = (
        pq.ParquetFile(result.folder / name).read().filter(only) for name in (OUTCOMES_FILE, PATHS_FILE)
    )
    changes = {"worldviews": {"W2": "restraint"}, "n_runs": result.manifest["n_runs"] // 4}
    alone = Result(None, manifest={**result.manifest, **changes}, tables=(outcomes, paths))
    for name in ALL_NAMES:
        assert collisions(drawn(alone, name)) == [], name


def test_many_runs_are_thinned_and_the_figure_says_so(
    result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style, "MOST_RUNS_DRAWN", 200)
    assert "(first 3 members drawn)" in provenance(result, is_thinned=True)
    assert "members drawn" not in provenance(result)


@pytest.mark.parametrize("name", ALL_NAMES)
def test_units_and_origin_are_on_every_figure(result: Result, name: str) -> None:
    text = "\n".join(text.get_text() for text in texts_on(drawn(result, name)))
    kind, _, outcome = name.partition("-")
    if outcome in OUTCOMES:
        assert OUTCOMES[outcome]["unit"] in text
    if kind == "differences":
        units = [entry["unit"].replace("% a", "percentage points a") for entry in OUTCOMES.values()]
        assert "percentage points a year" in units
        assert all(f"difference ({unit})" in text for unit in units)
        assert "Panels have different scales." in " ".join(text.split())
    if kind in ("distribution", "fan"):
        assert "Compare within a column: theories can start from different levels." in " ".join(text.split())
    if kind == "positions":
        assert "−1 (Beijing) to +1 (Washington)" in text
    if kind == "shifts":
        assert "in hundredths (printed from 2 up)" in text
        assert "full colour = 0.05" in text
    for part in (
        "seed 20240709",
        "model 3f2a91c07b1e",
        "12 members × 2 replicates",
        "1 nonfinite left out",
        "compares policies under rival theories, does not forecast",
    ):
        assert part in text, part
    assert "?" in text


def test_the_band_is_as_wide_as_the_rule(result: Result) -> None:
    figure = drawn(result, "differences")
    widths = [
        patch.get_width()
        for axes in figure.axes
        for patch in axes.patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_facecolor()).upper() == BAND
    ]
    assert widths == pytest.approx([0.02, 0.02, 0.02, 0.1])


def test_small_shifts_are_coloured_and_not_printed() -> None:
    axes = Figure().add_subplot()
    _draw_table(axes, np.array([[0.019, 0.021, -0.034, np.nan, 0.2]]))
    assert [text.get_text() for text in axes.texts] == ["+2", "−3", "+20"]
    assert axes.images[0].get_clim() == (-0.05, 0.05)


def test_theories_that_part_under_the_baseline_are_not_said_to_stay(result: Result) -> None:
    def caption() -> str:
        return " ".join(" ".join(text.get_text() for text in drawn(result, name).texts).split())

    name = "positions-course_of_2024"
    assert "All theories start from the same ties; the baseline hardly moves them." in caption()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.views.positions.HARDLY", -1.0)
        assert "hardly moves" not in caption()


def test_titles_ask_and_do_not_answer(result: Result) -> None:
    for name in ALL_NAMES:
        title = max(drawn(result, name).texts, key=lambda text: float(text.get_fontsize()))
        assert title.get_text().endswith("?"), name


def test_positions_of_a_policy_show_the_baseline_beside(result: Result) -> None:
    figure = drawn(result, "positions-lower_profile", policies=["lower_profile"])
    assert collisions(figure) == []
    assert any("median under Course of 2024" in text.get_text() for text in texts_on(figure))


def test_states_run_from_beijing_to_washington(result: Result) -> None:
    figure = drawn(result, "positions-course_of_2024")
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names[0] == "Japan"  # the made-up runs put Japan nearest to Beijing
    assert names[-1] == "Pacific Islands"


def test_files_are_written_in_both_formats_and_repeat_byte_for_byte(result: Result, tmp_path: Path) -> None:
    wishes: dict[str, Any] = {"kinds": ("differences",), "formats": ("png", "svg")}
    first = draw_figures(result, tmp_path / "a", **wishes)
    second = draw_figures(result, tmp_path / "b", **wishes)
    assert [path.name for path in first] == ["differences.png", "differences.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert b"<svg" in first[1].read_bytes()[:500]


def test_drawing_leaves_the_users_settings_alone(result: Result, tmp_path: Path) -> None:
    before = dict(matplotlib.rcParams)
    draw_figures(result, tmp_path, kinds=("differences",))
    assert dict(matplotlib.rcParams) == before


def test_a_policy_without_a_good_run_is_shown_as_such(tmp_path: Path) -> None:
    all_bad = tuple(
        64 * member + 16 + replicate for member in range(4) for replicate in (0, 1)
    )  # the baseline under W2
    poor = write_result(tmp_path / "poor", members=4, bad=all_bad)
    figure = drawn(poor, "distribution-growth")
    assert "no good run" in [text.get_text() for text in texts_on(figure)]
    for name in ALL_NAMES:
        drawn(poor, name)


def test_provenance_without_bad_runs(tmp_path: Path) -> None:
    assert "all runs ok" in provenance(write_result(tmp_path / "good", members=1))


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_worldview_colours_stand_out_from_paper() -> None:
    for colour in CYCLE[:4]:
        assert 1.05 / (luminance(colour) + 0.05) > 2.5, colour
