"""The scoreboard in plain data, as `sim validate --json` prints it; the keys are described in docs/guide/validate.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.analysis.validation import signs as sign_scores
from sim.analysis.validation.estimates import Estimate, estimate
from sim.analysis.validation.facts import Judged, Measured
from sim.analysis.validation.scoreboard import Scoreboard, Scores
from sim.analysis.validation.signs import Share
from sim.inputs.expected_signs import ExpectedSign


def plain(board: Scoreboard) -> dict[str, Any]:
    """Everything on the scoreboard; numbers that are not known are None."""
    right = {
        **sign_scores.directions(board.headline.coding, board.effects),
        **sign_scores.zeros(board.headline.coding, board.effects, board.typical),
    }
    apart = sign_scores.contrasts(board.headline.coding, board.effects, board.typical)
    return {
        "members": board.members,
        "null_members": board.null_members,
        "random_seed": board.random_seed,
        "broken_runs": board.broken_runs,
        "worldviews": list(board.worldviews),
        "passes": board.passes,
        "thresholds": [one._asdict() for one in board.thresholds],
        "groups": {group.slug: group.name for group in board.groups},
        "headline_group": board.headline.slug,
        "scores": [_scores(one) for one in board.scores],
        "facts": [_fact(one) for one in board.facts],
        "signs": [_sign(one, board, right) for one in board.signs.cells],
        "contrasts": [
            {
                "scenario": low.scenario, "outcome": low.outcome, "lower": low.worldview, "higher": high.worldview,
                "right": is_right,
            }
            for (low, high), is_right in apart.items()
        ],
        "mechanisms": [one._asdict() for one in board.mechanisms],
        "bounds": [one._asdict() for one in sorted(board.bounds, key=lambda one: -one.share)],
        "ablations": [
            {"variant": one.variant, "outcome": one.outcome, "shift": dict(one.shift), "size": _known(one.size)}
            for one in board.ablated
        ],
    }  # fmt: skip


def _known(value: float) -> float | None:
    return value if value == value else None


def _estimate(found: Estimate) -> dict[str, float | None]:
    return {name: _known(value) for name, value in found._asdict().items()}


def _share(share: Share) -> dict[str, float | int | None]:
    return {"right": share.right, "total": share.total, "share": _known(share.share)}


def _scores(one: Scores) -> dict[str, Any]:
    return {
        "slug": one.slug, "name": one.name, "role": one.role, "members": one.members,
        "signs": {group: {name: _share(share) for name, share in of.items()} for group, of in one.signs.items()},
        "facts": {kind: _share(share) for kind, share in one.facts.items()},
    }  # fmt: skip


def _fact(one: Judged) -> dict[str, Any]:
    return {
        "id": one.fact.id, "worldview": one.worldview, "kind": one.fact.kind, "verdict": one.verdict,
        "is_known_failure": one.is_known_failure, "statement": one.fact.statement, "at": list(one.fact.at),
        "asked": one.fact.asked, "departure": one.fact.departure,
        "comparisons": [_measured(comparison) for comparison in one.measured],
    }  # fmt: skip


def _measured(one: Measured) -> dict[str, Any]:
    return {
        "text": one.text,
        "above": one.low,
        "below": one.high,
        "verdict": one.verdict,
        **_estimate(one.found),
    }


def _sign(one: ExpectedSign, board: Scoreboard, right: Mapping[sign_scores.Cell, bool]) -> dict[str, Any]:
    cell = sign_scores.Cell(one.scenario, one.outcome, one.worldview)
    return {
        "scenario": one.scenario, "outcome": one.outcome, "worldview": one.worldview, "first": one.first,
        "second": one.second, "confidence": one.confidence, "effect": _estimate(estimate(board.effects[cell])),
        "typical": board.typical.get(one.outcome), "right": right.get(cell),
    }  # fmt: skip
