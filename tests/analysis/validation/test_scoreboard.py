"""What is asked of the model, on made-up scoreboards; the plain form; and a small real one, from a reader's own files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.mechanism_signs import MechanismTest
from sim.analysis.validation.bounds import AtBounds
from sim.analysis.validation.estimates import FAILS
from sim.analysis.validation.plain import plain
from sim.analysis.validation.scoreboard import Scores, scoreboard
from sim.analysis.validation.signs import Cell, Group, Share
from sim.inputs.evidence import load_seeds
from sim.inputs.expectations import load_expectations
from sim.inputs.expected_signs import load_signs
from tests.analysis.validation.boards import board, judged, scores

FACTS = """\
facts:
  - {id: F1, statement: ships alarm, kind: emergent, worldviews: [W1], holds_if: [
      {value: {change: O05, policy: drills_and_ships}, above: 0}]}
  - {id: F2, statement: ships calm, kind: direct, worldviews: [W1], holds_if: [
      {value: {change: O05, policy: drills_and_ships}, below: 0}]}
"""
SIGNS = """\
signs:
  - {scenario: drills_and_ships, outcome: O05, worldview: W1, sign: '+'}
  - {scenario: stay_out, outcome: O05, worldview: W1, sign: '-'}
  - {scenario: drills_and_ships, outcome: O05, worldview: W3, sign: '0'}
  - {scenario: ukraine_ceasefire, outcome: O02, worldview: W2, sign: '+'}
"""


def test_all_is_met() -> None:
    assert [one.is_met for one in board().thresholds] == [True] * 5
    assert board().passes


@pytest.mark.parametrize(
    ("changes", "unmet"),
    [
        ({"facts": (judged("W1", FAILS, known=True),)}, 0),  # known under W2, not under W1
        ({"scores": (scores("model", "model", 9, 4), scores("model_at_null_size", "model", 7, 3),
                     scores("static_arithmetic", "null", 7, None), scores("effects_of_one", "null", 0, 2))}, 1),
        ({"scores": (scores("model", "model", 9, 4), scores("model_at_null_size", "model", 8, 2),
                     scores("static_arithmetic", "null", 7, None), scores("effects_of_one", "null", 0, 2))}, 2),
        ({"mechanisms": (MechanismTest("M01", "x", True), MechanismTest("M02", "y", False))}, 3),
        ({"bounds": (AtBounds("a", "W1", 0.0, ""), AtBounds("b", "W1", 0.051, "hedge"))}, 4),
    ],
)  # fmt: skip
def test_each_threshold_can_fail(changes: dict[str, Any], unmet: int) -> None:
    """Also where a null model does just as well."""
    found = board(**changes)
    assert [k for k, one in enumerate(found.thresholds) if not one.is_met] == [unmet]
    assert not found.passes


def test_least_shares_are_asked_of_a_coding_made_twice() -> None:
    """Contrasts and zeros of the sure cells, directions of the agreed ones: met at the mark, unmet just below it."""
    signs = {
        "sure": {"directions": Share(0, 10), "zeros": Share(7, 10), "contrasts": Share(8, 10)},
        "agreed": {"directions": Share(94, 100), "zeros": Share(0, 1), "contrasts": Share(0, 1)},
    }
    facts = {"input": Share(1, 1), "direct": Share(1, 1), "emergent": Share(0, 0)}
    models = tuple(
        Scores(slug, slug, role, 100, signs, facts)
        for slug, role in (("model", "model"), ("model_at_null_size", "model"))
    )
    null = Scores("effects_of_one", "all effects 1", "null", 100, board().scores[2].signs, facts)
    plain_group = board().groups[0]
    found = board(
        groups=(plain_group, Group("agreed", "both agree", plain_group.coding)), scores=(*models, null)
    )
    asked = {one.name.partition(",")[0]: one.is_met for one in found.thresholds[-3:]}
    assert asked == {"contrasts": True, "directions": False, "zeros": True}
    assert "94.0% (94 of 100)" in found.thresholds[-2].detail


def test_what_a_readers_list_does_not_hold_is_not_asked() -> None:
    """No pair of worldviews coded differently, no emergent fact: three thresholds are left, and can be met."""
    coding = Group("yours", "your signs", {Cell("stay_out", "deterrence_in_asia", "W1"): 1})
    signs = {"yours": {name: Share(1, 1) for name in ("directions", "zeros")} | {"contrasts": Share(0, 0)}}
    facts = {"input": Share(1, 1), "direct": Share(1, 1), "emergent": Share(0, 0)}
    models = tuple(
        Scores(slug, slug, role, 100, signs, facts)
        for slug, role in (("model", "model"), ("model_at_null_size", "model"), ("effects_of_one", "null"))
    )
    found = board(groups=(coding,), scores=models)
    assert len(found.thresholds) == 3
    assert found.passes


def test_the_plain_form() -> None:
    found = json.loads(json.dumps(plain(board()), allow_nan=False))
    assert found["passes"]
    assert found["facts"][1]["is_known_failure"]
    assert found["facts"][0]["comparisons"][0]["low"] == 0.4
    assert found["scores"][0]["signs"]["sure"]["contrasts"] == {"right": 9, "total": 10, "share": 0.9}
    assert found["scores"][0]["facts"]["direct"]["share"] is None
    signs = {one["worldview"]: one for one in found["signs"]}
    assert signs["W2"]["effect"]["mean"] == pytest.approx(-0.15)
    assert len(found["contrasts"]) == 5
    assert found["bounds"][0]["share"] == 0.04
    assert found["ablations"][0]["shift"]["W2"] == -0.2


def test_a_small_scoreboard_of_a_readers_own(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(FACTS)
    (tmp_path / "signs.yaml").write_text(SIGNS)
    seeds = load_seeds()
    heard: list[int] = []

    class Ear:
        def running(self, n_runs: int) -> None:
            heard.append(-n_runs)

        def finished(self, n_runs: int) -> None:
            heard.append(n_runs)

    found = scoreboard(
        seeds, load_expectations(tmp_path / "facts.yaml", seeds), load_signs(tmp_path / "signs.yaml", seeds),
        members=6, null_members=4, watcher=Ear(),
    )  # fmt: skip
    assert sum(heard) == 0
    assert found.headline.slug == "yours"
    assert [(one.fact.id, one.verdict) for one in found.facts] == [("F1", "holds"), ("F2", "fails")]
    assert found.scores[0].signs["yours"]["directions"].total == 3
    by_slug = {one.slug: one for one in found.scores}
    assert by_slug["identical_worldviews"].signs["yours"]["contrasts"] == (0, 1)
    assert by_slug["model"].signs["yours"]["contrasts"] == (1, 1)
    assert by_slug["effects_of_one"].facts["emergent"].total == 1
    assert {one.slug for one in found.scores} == {
        "model", "model_at_null_size", "static_arithmetic", "one_sign", "outcomes_sign", "effects_of_one",
        "identical_worldviews", "identical_actors", "no_neighbours", "no_memory",
    }  # fmt: skip
    assert found.broken_runs == 0
    assert all(one.passes for one in found.mechanisms)
    assert not found.passes  # F2 fails
    json.dumps(plain(found), allow_nan=False)
