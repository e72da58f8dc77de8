"""A made-up scoreboard, small enough to reckon with by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.analysis.mechanism_signs import MechanismTest
from sim.analysis.validation.bounds import AtBounds
from sim.analysis.validation.estimates import FAILS, HOLDS, Estimate
from sim.analysis.validation.facts import Judged, Measured
from sim.analysis.validation.scoreboard import Ablated, Scoreboard, Scores
from sim.analysis.validation.signs import Cell, Group, Share
from sim.inputs.expectations import Fact
from sim.inputs.expected_signs import ExpectedSign, ExpectedSigns

WORLDVIEWS = ("W1", "W2", "W3", "W4")
CELLS = tuple(
    ExpectedSign("stay_out", worldview, "deterrence_in_asia", sign, sign, "high")
    for worldview, sign in zip(WORLDVIEWS, (0, -1, -1, 1), strict=True)
)


def scores(slug: str, role: str, contrasts: int, emergent: int | None) -> Scores:
    """Scores with so many of ten contrasts and of four emergent facts right."""
    signs = {"sure": {"directions": Share(9, 10), "zeros": Share(1, 4), "contrasts": Share(contrasts, 10)}}
    facts = {} if emergent is None else {
        "input": Share(1, 1), "direct": Share(0, 0), "emergent": Share(emergent, 4)
    }  # fmt: skip
    return Scores(slug, slug.replace("_", " "), role, 100, signs, facts)


def judged(worldview: str, verdict: str, known: bool = False) -> Judged:
    """A fact that holds or fails under a worldview."""
    fact = Fact(
        "F1",
        "A fact",
        "emergent",
        WORLDVIEWS,
        ("A2.SP 7",),
        "asked",
        "",
        (),
        {"W2": "it is hard"} if known else {},
    )
    low = 0.0 if verdict == HOLDS else 0.9
    return Judged(
        fact, worldview, verdict, (Measured("a comparison", low, None, Estimate(0.5, 0.4, 0.6), verdict),)
    )


def board(**changes: Any) -> Scoreboard:
    """A scoreboard on which every threshold is met."""
    group = Group(
        "sure", "the sure ones", {Cell(c.scenario, c.outcome, c.worldview): c.second or 0 for c in CELLS}
    )
    effects = {cell: np.array([0.1, 0.2]) * (k - 2) for k, cell in enumerate(group.coding)}
    content: dict[str, Any] = {
        "members": 500, "null_members": 100, "random_seed": 7, "broken_runs": 0, "worldviews": WORLDVIEWS,
        "groups": (group,),
        "scores": (
            scores("model", "model", 9, 4), scores("model_at_null_size", "model", 8, 3),
            scores("static_arithmetic", "null", 7, None), scores("identical_worldviews", "null", 0, 2),
            scores("no_memory", "ablation", 10, 4),
        ),
        "facts": (judged("W1", HOLDS), judged("W2", FAILS, known=True)),
        "signs": ExpectedSigns(CELLS, {}, True), "effects": effects, "typical": {"deterrence_in_asia": 0.1},
        "mechanisms": (MechanismTest("M01", "alarm +0.5 moves encirclement up", True),),
        "bounds": (AtBounds("stay_out", "W1", 0.01, "hedge"), AtBounds("stay_out", "W2", 0.04, "threat_cn")),
        "ablated": (
            Ablated("no_memory", "deterrence_in_asia", {"W1": 0.0, "W2": -0.2, "W3": 0.1, "W4": 0.0}, 0.5),
        ),
    }  # fmt: skip
    return Scoreboard(**{**content, **changes})
