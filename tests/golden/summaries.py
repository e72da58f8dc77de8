"""Summaries of a few reference scenarios: every outcome's mean over members, exactly as computed."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

from sim.inputs.experiment import Experiment
from sim.inputs.scenario import load_scenario
from sim.runs.ensemble import Ensemble
from sim.theory.outcome_list import OUTCOMES

GOLDEN = Path(__file__).with_name("summaries.csv")
CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
POLICIES = ("course_of_2024", "firm_guarantee", "restraint_and_eu", "nato_mission")
FUTURES = ("as_expected", "taiwan_crisis")
WORLDVIEWS = ("W1", "W2", "W3", "W4")
MEMBERS, REPLICATES, SEED = 8, 2, 20240701

Summaries = dict[tuple[str, str, str, str], float]


def summaries() -> Summaries:
    """Mean over members and replicates of every outcome's mean, final value and worst quarter, by policy, future and
    worldview. Sums are exact (`math.fsum`), so that the digits depend on the runs alone.
    """
    policies = tuple(load_scenario(slug) for slug in POLICIES)
    experiment = Experiment(
        slug="golden", title="Golden summaries", members=MEMBERS, replicates=REPLICATES, random_seed=SEED,
        policies=policies, futures=tuple(load_scenario(slug) for slug in FUTURES), worldviews=WORLDVIEWS,
        outcomes=tuple(outcome.slug for outcome in OUTCOMES), paths=(), baseline=POLICIES[0],
    )  # fmt: skip
    batch = Ensemble(experiment).batch(0, MEMBERS)
    rows = list(zip(batch.keys["policy"], batch.keys["future"], batch.keys["worldview"], strict=True))
    found: Summaries = {}
    for column, name in enumerate(batch.columns[: 3 * len(OUTCOMES)]):
        for group in dict.fromkeys(rows):
            chosen = [k for k, row in enumerate(rows) if row == group]
            total = math.fsum(float(batch.values[k, column]) for k in chosen)
            found[(*group, name)] = total / len(chosen)
    return found


def written(found: Summaries) -> str:
    """The golden file: one summary a line."""
    lines = [",".join((*key, repr(value))) for key, value in found.items()]
    return "\n".join(["policy,future,worldview,outcome,mean", *lines]) + "\n"


def digest(found: Summaries) -> str:
    """Twelve letters that stand for all summaries, digit by digit."""
    return hashlib.sha256(written(found).encode()).hexdigest()[:12]


def recorded() -> Summaries:
    """The summaries on file."""
    _, *lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    return {(p, f, w, o): float(mean) for p, f, w, o, mean in cells}
