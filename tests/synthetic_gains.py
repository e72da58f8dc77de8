"""Made-up runs with utilities of which it is known who gains how much, for testing what is computed over actors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.runs.result import Result
from sim.runs.store import ResultWriter
from tests.synthetic import WORLDVIEWS, MadeUpBatch, batches, columns, manifest, vocabulary

POLICIES = ("course_of_2024", "lower_profile", "stay_out")
# Utility under the baseline; a policy adds CHANGES, in the theories of FLIPPED takes them away.
LEVELS = {"JPN": 0.5, "KOR": 0.45, "IDN": 0.4, "VNM": 0.3, "IND": 0.35, "USA": 0.6, "CHN": 0.4, "DEU": 0.55, "UKR": 0.3,
          "CAN": 0.5}  # fmt: skip
CHANGES: dict[str, dict[str, float]] = {
    "lower_profile": {"JPN": -0.06, "IDN": 0.05, "VNM": 0.045, "CHN": 0.004},
    "stay_out": dict.fromkeys(LEVELS, 0.02),
}
FLIPPED = ("W3",)


def change(policy: str, worldview: str, actor: str) -> float:
    """What a policy adds to an actor's utility, whatever the member."""
    return CHANGES.get(policy, {}).get(actor, 0.0) * (-1 if worldview in FLIPPED else 1)


def wobble(policy: str, member: int) -> float:
    """What a member adds to a change; sums to nothing over each two members, and does not turn any change round."""
    return 0.001 * (-1) ** member * (policy in CHANGES)


def write_gains(
    target: Path,
    members: int = 6,
    futures: tuple[str, ...] = ("as_expected",),
    bad: tuple[int, ...] = (),
    **changes: Any,
) -> Result:
    """A made-up result on disk, one replicate per member; `changes` go into its manifest."""
    utilities = tuple(f"utility.{actor}" for actor in LEVELS)
    with ResultWriter(target, vocabulary(POLICIES, futures)) as writer:
        for batch in batches(members, 1, policies=POLICIES, futures=futures, bad=bad):
            values = np.hstack([batch.values, _utilities(batch.keys, len(batch.status))])
            whole = MadeUpBatch(
                batch.keys, batch.status, values, (*columns(), *utilities), batch.paths, batch.path_outcomes
            )
            writer.add(whole)  # type: ignore[arg-type]
        known: dict[str, Any] = {
            "policies": {policy: policy for policy in POLICIES}, "columns": [*columns(), *utilities],
            "futures": {future: future for future in futures}, "status": writer.status_counts,
            "n_runs": members * len(POLICIES) * len(WORLDVIEWS) * len(futures),
        }  # fmt: skip
        states = {
            **manifest()["states"],
            "USA": "United States",
            "CHN": "China",
            "DEU": "Germany",
            "UKR": "Ukraine",
        }
        writer.finish(manifest(members, 1, **{**known, "states": states, **changes}))
    return Result(target)


def _utilities(keys: Mapping[str, np.ndarray], n: int) -> np.ndarray:
    """Utilities of all actors (n_runs, actors)."""
    rows = []
    for k in range(n):
        policy, worldview, member = (keys[name][k] for name in ("policy", "worldview", "member"))
        added = wobble(str(policy), int(member))
        rows.append(
            [LEVELS[actor] + change(policy, worldview, actor) + added * (change(policy, worldview, actor) != 0)
             for actor in LEVELS]
        )  # fmt: skip
    return np.array(rows)
