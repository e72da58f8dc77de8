"""Made-up runs, shaped like real ones, for testing everything that comes after the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.runs.result import Result
from sim.runs.store import ResultWriter
from sim.runs.tables import Vocabulary

POLICIES = (
    "course_of_2024", "institutional_deepening", "drills_and_ships", "firm_guarantee", "global_arsenal",
    "lower_profile", "stay_out", "restraint_and_eu",
)  # fmt: skip
WORLDVIEWS = {
    "W1": "provocation", "W2": "restraint", "W3": "connected_theatres", "W4": "pragmatic_hedging"
}  # fmt: skip
STATES = {
    "JPN": "Japan", "KOR": "South Korea", "AUS": "Australia", "NZL": "New Zealand", "BRN": "Brunei",
    "IDN": "Indonesia", "KHM": "Cambodia", "LAO": "Laos", "MMR": "Myanmar", "MYS": "Malaysia",
    "PHL": "Philippines", "SGP": "Singapore", "THA": "Thailand", "VNM": "Vietnam", "TLS": "Timor-Leste",
    "IND": "India", "TWN": "Taiwan", "PRK": "North Korea", "PIF": "Pacific Islands",
}  # fmt: skip
DOMAINS = ("security", "economy", "technology", "diplomacy")
OUTCOMES: dict[str, dict[str, Any]] = {
    "deterrence_asia": {"id": "O01", "name": "Deterrence in Asia", "unit": "0 to 1", "bounds": [0, 1], "scale": 1.0},
    "escalation": {"id": "O04", "name": "Escalation", "unit": "severe events per run", "scale": 1.0},
    "opposition_to_nato": {"id": "O12", "name": "Opposition to NATO", "unit": "share of states, 0 to 1",
                           "bounds": [0, 1], "scale": 1.0},
    "growth": {"id": "O16", "name": "Growth in Asia", "unit": "% a year", "scale": 5.0},
}  # fmt: skip
DIRECTIONS = {"deterrence_asia": 1, "escalation": -1, "opposition_to_nato": -1, "growth": 1}
QUARTERS = tuple(f"{2024 + (k + 2) // 4}Q{(k + 2) % 4 + 1}" for k in range(40))


@dataclass(frozen=True)
class MadeUpBatch:
    """The same fields as the engine's batches."""

    keys: dict[str, np.ndarray]
    status: np.ndarray
    values: np.ndarray
    columns: tuple[str, ...]
    paths: np.ndarray | None
    path_outcomes: tuple[str, ...]


def columns() -> tuple[str, ...]:
    """The outcome columns of the made-up runs, in the engine's order."""
    names = [f"{slug}{summary}" for slug in OUTCOMES for summary in ("", ".final", ".worst")]
    names += [f"position.{domain}.{state}" for domain in DOMAINS for state in STATES]
    return tuple(names)


def vocabulary(
    policies: tuple[str, ...] = POLICIES, futures: tuple[str, ...] = ("as_expected",)
) -> Vocabulary:
    return Vocabulary(policies, futures, tuple(WORLDVIEWS), QUARTERS, tuple(OUTCOMES))


def batches(
    members: int = 20,
    replicates: int = 2,
    batch_size: int = 64,
    policies: tuple[str, ...] = POLICIES,
    futures: tuple[str, ...] = ("as_expected",),
    bad: tuple[int, ...] = (),
) -> Iterator[MadeUpBatch]:
    """All runs in order, cut into batches; `bad` are the numbers of runs that are not finite."""
    runs = [
        (policy, future, worldview, member, replicate)
        for member in range(members)
        for worldview in WORLDVIEWS
        for policy in policies
        for future in futures
        for replicate in range(replicates)
    ]
    for start in range(0, len(runs), batch_size):
        part = runs[start : start + batch_size]
        made = [_one_run(*run) for run in part]
        status = np.array(["nonfinite" if start + k in bad else "ok" for k in range(len(part))], dtype=object)
        keys = {
            name: np.array([run[k] for run in part], dtype=object if k < 3 else np.int64)
            for k, name in enumerate(("policy", "future", "worldview", "member", "replicate"))
        }
        values = np.array([values for values, _ in made])
        paths = np.array([paths for _, paths in made], dtype=np.float32)
        yield MadeUpBatch(keys, status, values, columns(), paths, tuple(OUTCOMES))


def _one_run(policy: str, future: str, worldview: str, member: int, replicate: int) -> tuple[Any, Any]:
    """Values (columns,) and paths (outcomes, quarters) of one run; a pure function of its keys."""
    shared = np.random.default_rng([member, 7])
    luck = np.random.default_rng([member, replicate, 11])
    profile = POLICIES.index(policy) / 7 - 0.5 if policy != "course_of_2024" else 0.0
    slope = {"W1": -1.0, "W2": -0.4, "W3": 1.0, "W4": 0.2}[worldview]
    effect = profile * slope * shared.uniform(0.2, 1.0) * (1.2 if future == "taiwan_crisis" else 1.0)
    time = np.linspace(0, 1, len(QUARTERS))
    wander = np.cumsum(luck.normal(0, 0.01, (4, len(QUARTERS))), axis=1)
    levels = np.array([0.62, 1.2, 0.45, 4.3]) + shared.normal(0, [0.05, 0.4, 0.06, 0.3])
    moves = np.array([0.3, -1.6, -0.4, 0.9]) * effect + luck.normal(0, [0.02, 0.15, 0.02, 0.1]) * (
        profile != 0
    )
    paths = levels[:, None] + moves[:, None] * time + wander * np.array([1.0, 4.0, 1.0, 5.0])[:, None]
    paths[1] = np.maximum(paths[1], 0)
    summaries = np.stack([paths.mean(axis=1), paths[:, -1], paths.max(axis=1)], axis=1).reshape(-1)
    lean = np.linspace(-0.7, 0.8, len(STATES))
    offsets = np.array([0.1, -0.25, 0.0, 0.15])
    domain = np.clip(lean + offsets[:, None] + 0.1 * effect + luck.normal(0, 0.05, (4, len(STATES))), -1, 1)
    return np.concatenate([summaries, domain.reshape(-1)]), paths


def manifest(members: int = 20, replicates: int = 2, **changes: Any) -> dict[str, Any]:
    """A manifest such as the engine's results carry."""
    content: dict[str, Any] = {
        "title": "Higher or lower profile?", "slug": "profile_comparison", "baseline": "course_of_2024",
        "policies": {policy: policy.replace("_", " ") for policy in POLICIES},
        "futures": {"as_expected": "as expected"},
        "worldviews": WORLDVIEWS, "headline": list(OUTCOMES), "outcomes": OUTCOMES, "states": STATES,
        "perspectives": {"nato": {"name": "NATO", "directions": DIRECTIONS}},
        "not_in_version": {"mechanisms": 35, "mechanisms_listed": 71},
        "members": members, "replicates": replicates, "n_runs": members * replicates * 32, "random_seed": 20240709,
        "coding": "merged", "correlation": 0.7,
        "columns": list(columns()), "path_outcomes": list(OUTCOMES),
        "model_version": "3f2a91c07b1e", "sim_version": "0.1.0",
        "status": {"ok": members * replicates * 32},
        "experiment": {"policies": [{"slug": policy, "paths": {}} for policy in POLICIES]},
        "timing": {"seconds": 12.3, "runs_per_second": 1234.5},
    }  # fmt: skip
    return {**content, **changes}


def write_result(target: Path, members: int = 20, replicates: int = 2, **options: Any) -> Result:
    """A whole made-up result on disk."""
    changes = options.pop("manifest", {})
    futures = options.get("futures", ("as_expected",))
    with ResultWriter(target, vocabulary(options.get("policies", POLICIES), futures)) as writer:
        for batch in batches(members, replicates, **options):
            writer.add(batch)  # type: ignore[arg-type]
        content = manifest(members, replicates, status=writer.status_counts, **changes)
        writer.finish(content)
    return Result(target)
