"""Any row of a result, computed again from its manifest alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.runs.version import model_version


class OtherVersionError(RuntimeError):
    """The result was made by another version of the model than the one installed."""


def recomputed_row(
    manifest: dict[str, Any], *, policy: str, future: str, worldview: str, member: int, replicate: int
) -> dict[str, Any]:
    """Status and every value column of one run, from the experiment as resolved in the manifest.

    Raises OtherVersionError when the model has changed since, KeyError for a key that is not in the experiment.
    """
    from sim.inputs.experiment import restored_experiment
    from sim.runs.ensemble import Ensemble

    if manifest["model_version"] != model_version():
        raise OtherVersionError(
            f"made by model {manifest['model_version']}, but this is model {model_version()}: use that version"
        )
    experiment = restored_experiment(manifest["experiment"])
    policies = tuple(one for one in experiment.policies if one.slug == policy)
    futures = tuple(one for one in experiment.futures if one.slug == future)
    if not policies or not futures or worldview not in experiment.worldviews:
        raise KeyError(f"no run of {policy}, {future}, {worldview} in this experiment")
    if not (0 <= member < experiment.members and 0 <= replicate < experiment.replicates):
        raise KeyError(f"no member {member} with replicate {replicate} in this experiment")
    alone = replace(experiment, policies=policies, baseline=policy, futures=futures, worldviews=(worldview,))
    batch = Ensemble(alone).batch(member, member + 1)
    values = dict(zip(batch.columns, batch.values[replicate], strict=True))
    return {"status": str(batch.status[replicate]), **{name: float(value) for name, value in values.items()}}
