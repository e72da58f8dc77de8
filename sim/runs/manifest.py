"""What is written beside every result: enough to read it, to trust it, and to compute any row of it again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from sim.runs.version import model_version, package_versions, platform_description, sim_version

if TYPE_CHECKING:
    from sim.inputs.evidence import Outcome, Perspective, Seeds
    from sim.inputs.experiment import Experiment

FORMAT = 1
SIGNS = {"higher": 1, "lower": -1, "either": 0}
GROWTH_SCALE = 5.0  # percentage points a year; a convention, see decision 0008
SCALES_WITHOUT_BOUNDS = {"%/year": GROWTH_SCALE}
OTHER_SCALE = 1.0
# How seeds/mechanisms.yaml says that a mechanism follows from the rules of others.
A_RESULT = "a result, not a rule"
UNITS_WITHOUT_BOUNDS = {
    "growth": "% a year", "crises": "crises so far", "net_benefit": "index, −1 to 1", "utility": "index, about 0 to 1",
}  # fmt: skip
RELATIVE_TO_2024 = "relative to mid-2024"

HOW_TO_RECOMPUTE = (
    "A row depends on the random seed, its policy, future, worldview, member and replicate, and on nothing else. "
    "With the model version named here: sim.runs.replay.recomputed_row(sim.runs.result.read_result(FOLDER).manifest, "
    "policy=…, future=…, worldview=…, member=…, replicate=…) gives its numbers again, bit for bit on the same platform."
)


def described(experiment: Experiment, seeds: Seeds, columns: tuple[str, ...]) -> dict[str, Any]:
    """Everything about the result that is known before the first run ends: names, units, the experiment in full.

    `columns` are the value columns of the table of runs.
    """
    asked = {*experiment.outcomes, *experiment.paths, *experiment.screen}
    worldviews = {one.id: one.slug for one in seeds.worldviews_and_pooled}
    return {
        "format": FORMAT,
        "title": experiment.title,
        "question": experiment.question,
        "slug": experiment.slug,
        "n_runs": experiment.n_runs,
        "members": experiment.members,
        "replicates": experiment.replicates,
        "random_seed": experiment.random_seed,
        "coding": experiment.coding,
        "correlation": experiment.correlation,
        "baseline": experiment.baseline,
        "headline": list(experiment.screen),
        "policies": {policy.slug: policy.title for policy in experiment.policies},
        "futures": {future.slug: future.title for future in experiment.futures},
        "worldviews": {worldview: worldviews[worldview] for worldview in experiment.worldviews},
        "outcomes": {one.slug: _outcome(one) for one in seeds.outcomes if one.slug in asked},
        "counter_moves": _counter_moves(seeds),
        "probes": {probe: _probe(probe) for probe in experiment.probes},
        "path_outcomes": list(experiment.paths),
        "columns": list(columns),
        "states": {
            actor.id: actor.name for actor in seeds.states if any(c.endswith(f".{actor.id}") for c in columns)
        },
        "perspectives": _perspectives(experiment, seeds),
        "not_in_version": _not_in_version(seeds),
        "model_version": model_version(),
        "sim_version": sim_version(),
        "versions": package_versions(),
        "platform": platform_description(),
        "recompute": HOW_TO_RECOMPUTE,
        "experiment": experiment.resolved(),
    }


def with_timing(
    manifest: dict[str, Any], started: datetime, seconds: float, status: dict[str, int]
) -> dict[str, Any]:
    """The manifest completed after the last run: when, how long, how fast, how many of each status."""
    return {
        **manifest,
        "status": status,
        "timing": {
            "started": started.astimezone(UTC).isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            "runs_per_second": round(manifest["n_runs"] / max(seconds, 1e-9), 1),
        },
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """Name, unit as it stands on an axis, possible span, and the span against which a difference is small or large.

    The unit is that of the number computed, which may be narrower than what the coder had in mind.
    """
    from sim.theory.outcome_list import OUTCOMES

    unit = next((one.unit for one in OUTCOMES if one.slug == outcome.slug), outcome.unit)
    bounds = unit_bounds(unit)
    scale = SCALES_WITHOUT_BOUNDS.get(unit, OTHER_SCALE) if bounds is None else bounds[1] - bounds[0]
    words = unit_in_words(unit)
    return {"id": outcome.id, "name": outcome.name, "unit": words, "bounds": bounds, "scale": scale}


def _counter_moves(seeds: Seeds) -> dict[str, Any]:
    """China's moves in answer, by column: name, and unit, span and scale of the variable behind each."""
    from sim.theory.outcome_list import COUNTER_MOVES

    names = {one.id: one.name for one in seeds.instruments}
    return {
        f"counter_moves.{move}": {"name": names[move], **_probe(variable)} for move, variable in COUNTER_MOVES
    }


def _probe(name: str) -> dict[str, Any]:
    """Variable and actor of a probe, with unit, possible span and scale as for outcomes."""
    from sim.theory import state

    variable, _, actor = name.partition(".")
    if actor:
        place = state.ACTOR_FIELDS.index(variable)
        low, high = float(state.ACTOR_LOWER[place]), float(state.ACTOR_UPPER[place])
    else:
        place = state.WORLD_FIELDS.index(variable)
        low, high = float(state.WORLD_LOWER[place]), float(state.WORLD_UPPER[place])
    is_bounded = isfinite(low) and isfinite(high)
    return {
        "variable": variable,
        "actor": actor or None,
        "unit": f"{low:g} to {high:g}"
        if is_bounded
        else UNITS_WITHOUT_BOUNDS.get(variable, RELATIVE_TO_2024),
        "bounds": [low, high] if is_bounded else None,
        "scale": high - low if is_bounded else GROWTH_SCALE if variable == "growth" else OTHER_SCALE,
    }


def _not_in_version(seeds: Seeds) -> dict[str, Any]:
    """What a reader must know to be missing: how many of the listed mechanisms have neither a rule nor follow from rules."""
    missing = [
        one
        for one in seeds.mechanisms
        if not one.realised_by and not one.left_out_because.startswith(A_RESULT)
    ]
    return {"mechanisms": len(missing), "mechanisms_listed": len(seeds.mechanisms)}


_SPAN = re.compile(r"([-−]?\d+(?:\.\d+)?)(?:\.\.|-)(\d+(?:\.\d+)?)")


def unit_bounds(unit: str) -> list[float] | None:
    """The span a unit names: `0-1`, `share 0-1` and `index -1..1` have one, `%/year` has none."""
    found = _SPAN.search(unit)
    return None if found is None else [float(found[1].replace("−", "-")), float(found[2])]


def unit_in_words(unit: str) -> str:
    """The unit as a reader likes it on an axis: `index, −1 to 1`."""
    text = re.sub(rf"(?<=[a-z]) (?={_SPAN.pattern})", ", ", unit)
    text = _SPAN.sub(lambda found: f"{found[1].replace('-', '−')} to {found[2]}", text)
    return text.replace("%/year", "% a year").replace("/", " per ")


def _perspectives(experiment: Experiment, seeds: Seeds) -> dict[str, Any]:
    """All perspectives, the experiment's own first."""
    ordered = sorted(seeds.perspectives, key=lambda one: one.slug != experiment.perspective)
    return {one.slug: _perspective(one) for one in ordered}


def _perspective(perspective: Perspective) -> dict[str, Any]:
    return {
        "name": perspective.name,
        "directions": {slug: SIGNS[wish.prefers] for slug, wish in perspective.outcomes.items()},
        "weights": {slug: wish.weight for slug, wish in perspective.outcomes.items()},
    }
