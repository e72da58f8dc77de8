"""What `sim explain` shows: the tables say what the explanation holds, the figure draws it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.explain import Explanation, explain
from sim.analysis.explain_votes import explain_vote
from sim.inputs.documents import InputError
from sim.views.explanation import content, stem_of
from sim.views.explanation_figure import draw
from sim.views.explanation_tables import overview, quarters_shown, term_label, variable_page
from sim.views.explanation_vote import MEMBERS_SHOWN, ballot_page
from sim.views.style import house_style, saved


@pytest.fixture(scope="module")
def engaged() -> Explanation:
    return explain("stay_out", worldview="W2", actor="JPN", variable="engage_showy")


@pytest.fixture(scope="module")
def chosen() -> Explanation:
    return explain(
        "stay_out", worldview="W1", actor="IDN", variable="pull_security", against="institutional_deepening"
    )


def test_the_overview_puts_the_largest_change_first_and_names_its_terms() -> None:
    told = explain("stay_out", worldview="W2", actor="JPN")
    page = overview(told)
    ((_, head, rows),) = page.tables
    assert head == ("variable", "mid-2024", "2034Q2", "change", "largest terms")
    byname = {row[0]: row for row in rows}
    assert rows[0][0] == "engage_showy"
    assert byname["engage_showy"][4].startswith("offer_link -")
    level = told.levels[(told.levels["variable"] == "engage_showy").to_numpy()].iloc[-1]
    assert float(byname["engage_showy"][2]) == pytest.approx(level["seen"], abs=5e-4)
    still = dict(page.facts)["not moved"].split(", ")
    assert not set(still) & set(byname)
    assert set(still) | set(byname) == set(told.variables)


def test_terms_of_a_variable_at_a_few_quarters(engaged: Explanation) -> None:
    (_, head, rows), (_, _, levels) = variable_page(engaged).tables
    assert head == ("term", "2025Q2", "2026Q2", "2029Q2", "2034Q2")
    shown = np.array([[float(cell) for cell in row[1:]] for row in rows])
    assert np.abs(shown[:-1].sum(axis=0) - shown[-1]).max() < 0.0006 * len(rows)
    assert [row[0] for row in levels][:3] == ["mid-2024", "target", "level"]
    assert variable_page(engaged, "2030Q1").tables[0][1] == ("term", "2030Q1")


def test_events_are_said_where_they_lie_over_a_variable() -> None:
    told = explain("us_disengagement", worldview="W2")
    assert "seen differs" in dict(overview(told).facts)["events"]


def test_quarters_outside_the_run_are_refused(engaged: Explanation) -> None:
    assert quarters_shown(engaged, "2027Q1") == ["2027Q1"]
    for wrong in ("2040Q1", "yesterday"):
        with pytest.raises(InputError):
            quarters_shown(engaged, wrong)


def test_a_difference_shows_changes_and_both_levels(chosen: Explanation) -> None:
    page = variable_page(chosen)
    titles = [title for title, _, _ in page.tables]
    assert titles[0].endswith("here less under institutional_deepening")
    assert any(title.startswith("Chance of each posture in security") for title in titles)
    names = [row[0] for row in page.tables[1][2]]
    assert "level, stay_out" in names
    assert "level, institutional_deepening" in names
    assert stem_of(chosen, "pull_security").startswith(
        "stay_out-W1-IDN-pull_security-against-institutional_deepening"
    )


def test_plain_data_holds_everything(chosen: Explanation) -> None:
    data = content(chosen)
    assert len(data["terms"]) == len(chosen.terms)
    assert data["against"]["scenario"] == "institutional_deepening"
    assert len(data["change"]) == len(chosen.change())
    assert all(row["level"] is None for row in data["levels"] if row["variable"] == "hedge_value")


def test_labels_of_terms() -> None:
    assert term_label("M31", "threat_drives_engagement") == "M31 threat drives engagement"
    assert term_label("x_link", "Pull, per reference step") == "x_link: Pull"


def test_figures_draw_every_term_and_its_sum(
    engaged: Explanation, chosen: Explanation, tmp_path: Path
) -> None:
    with house_style():
        figure = draw(engaged)
        bars, levels = figure.axes
        total = engaged.levels["pressure"].to_numpy()
        assert np.allclose(bars.lines[0].get_ydata(), total, atol=0.001)
        heights = np.array([bar.get_height() for bar in bars.patches]).reshape(-1, len(total)).sum(axis=0)
        assert np.allclose(heights, bars.lines[0].get_ydata())
        assert bars.get_ylabel() == "logit points"
        assert levels.get_ylabel() == "level, 0 to 1"
        (path,) = saved(figure, tmp_path, "engaged", ("png",))
        assert path.stat().st_size > 10_000
        assert len(draw(chosen).axes) == 4  # pull, hedging, postures, position
        assert len(draw(explain("stay_out", worldview="W2", actor="IDN", variable="engage_showy")).axes) == 2


def test_texts_of_the_figure_do_not_overlap(chosen: Explanation) -> None:
    """Keys, titles and labels of different panels keep apart, and stay on the page."""
    with house_style():
        figure = draw(chosen)
        figure.canvas.draw()
        boxes = [axes.get_legend().get_window_extent() for axes in figure.axes]
        boxes += [text.get_window_extent() for text in figure.texts]
    page = figure.bbox
    for k, box in enumerate(boxes):
        assert box.x0 >= page.x0
        assert box.x1 <= page.x1
        for other in boxes[k + 1 :]:
            assert not box.overlaps(other)


def test_the_vote_shows_the_lowest_margins() -> None:
    ballot = explain_vote("nato_mission", worldview="W2", instrument="nato_mission_in_asia")
    ((title, head, rows),) = ballot_page(ballot).tables
    assert title == f"The {MEMBERS_SHOWN} lowest margins of {len(ballot.members)}"
    assert [row[0] for row in rows] == list(ballot.members["name"][:MEMBERS_SHOWN])
    assert {"readiness", "support", "cohesion", "M11", "political cost", "military cost"} <= set(head)
    for row in rows:
        assert sum(map(float, row[1:-2])) == pytest.approx(float(row[-2]), abs=0.005)
    ((_, _, alone),) = ballot_page(ballot, "turkiye").tables
    assert [row[0] for row in alone] == ["Türkiye"]
    with pytest.raises(InputError, match="member with a vote"):
        ballot_page(ballot, "JPN")
