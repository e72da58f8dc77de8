"""What a stated error is worth: intervals of paired differences cover the true mean as often as they say (C6, C7).

The truth is a population of members that the engine has really run. Samples of it are drawn anew, thousands of times, each
a column of one table, and put through `contrasts`. Seeds are fixed. A correct interval of 90 per cent leaves the band of 88
to 92 with a chance of about one in 4,000 (3,000 samples, a standard error of 0.55 points), apart from what the skew of the
population costs a sample of 100.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.analysis.contrasts import contrasts
from sim.inputs.experiment import Experiment
from sim.inputs.scenario import load_scenario
from sim.runs.ensemble import run_experiment

POPULATION, SAMPLE, SAMPLES, SEED = 1_500, 100, 3_000, 7
OUTCOMES = ("deterrence_in_asia", "escalation_in_asia", "opposition_to_nato", "polarisation")
POLICIES = ("course_of_2024", "firm_guarantee")


@lru_cache
def population(outcome: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One outcome of every member under the baseline and under the policy (members,), each in the same luck."""
    table = lived()
    base, policy = (table.loc[table["policy"] == slug, outcome].to_numpy(float) for slug in POLICIES)
    return base, policy


@lru_cache
def lived() -> pd.DataFrame:
    """The table of all runs."""
    policies = tuple(load_scenario(slug) for slug in POLICIES)
    experiment = Experiment(
        slug="coverage", title="Coverage", members=POPULATION, replicates=1, random_seed=SEED, policies=policies,
        futures=(load_scenario("as_expected"),), worldviews=("W1",), outcomes=OUTCOMES, paths=(), baseline=POLICIES[0],
    )  # fmt: skip
    batches = list(run_experiment(experiment))
    values = np.concatenate([batch.values for batch in batches])
    table = pd.DataFrame(values, columns=list(batches[0].columns))
    table.insert(0, "policy", np.concatenate([batch.keys["policy"] for batch in batches]))
    return table


def sampled(outcome: str) -> pd.DataFrame:
    """SAMPLES samples of SAMPLE members each, as the columns of one table of runs."""
    chosen = np.random.default_rng(SEED).integers(POPULATION, size=(SAMPLE, SAMPLES))
    frames = []
    for slug, values in zip(POLICIES, population(outcome), strict=True):
        keys = pd.DataFrame({
            "policy": slug, "future": "as_expected", "worldview": "W1", "member": np.arange(SAMPLE), "replicate": 0,
            "status": "ok",
        })  # fmt: skip
        frames.append(pd.concat([keys, pd.DataFrame(values[chosen]).add_prefix("s")], axis=1))
    return pd.concat(frames, ignore_index=True)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_intervals_of_ninety_per_cent_cover_ninety_per_cent(outcome: str) -> None:
    base, policy = population(outcome)
    truth = (policy - base).mean()
    columns = [f"s{k}" for k in range(SAMPLES)]
    found = contrasts(
        sampled(outcome),
        baseline=POLICIES[0],
        columns=columns,
        directions={},
        scales=dict.fromkeys(columns, 1.0),
    )
    assert len(found) == SAMPLES
    reach = stats.t.ppf(0.95, SAMPLE - 1) * found["error"]
    covered = ((found["mean"] - truth).abs() <= reach).mean()
    assert 0.88 <= covered <= 0.92


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_pairing_saves_runs(outcome: str) -> None:
    """Unpaired samples would need at least five times as many runs for the same standard error (C7)."""
    base, policy = population(outcome)
    assert (base.var() + policy.var()) / (policy - base).var() >= 5
