"""Batches of finished runs as Arrow tables: one row per run, and one row per run, outcome and quarter.

Column order and types are fixed here, so that the same runs always become the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.inputs.experiment import Experiment
    from sim.runs.ensemble import Batch

TEXT_KEYS = ("policy", "future", "worldview")
NUMBER_KEYS = ("member", "replicate")
RUN_KEYS = TEXT_KEYS + NUMBER_KEYS
GOOD = "ok"


@dataclass(frozen=True)
class Vocabulary:
    """The texts a paths table may hold, in order; fixed before the first run so that bytes do not depend on batches."""

    policies: tuple[str, ...]
    futures: tuple[str, ...]
    worldviews: tuple[str, ...]
    quarters: tuple[str, ...]
    path_outcomes: tuple[str, ...] = ()

    @classmethod
    def spoken_by(cls, experiment: Experiment) -> Vocabulary:
        """The texts that the results of an experiment hold."""
        horizon = experiment.policies[0].horizon
        return cls(
            policies=tuple(policy.slug for policy in experiment.policies),
            futures=tuple(future.slug for future in experiment.futures),
            worldviews=experiment.worldviews,
            quarters=tuple(horizon.quarter(k) for k in range(horizon.quarters)),
            path_outcomes=experiment.paths,
        )

    def of(self, column: str) -> tuple[str, ...]:
        """The texts of one column of the paths table."""
        return {
            "policy": self.policies,
            "future": self.futures,
            "worldview": self.worldviews,
            "quarter": self.quarters,
            "outcome": self.path_outcomes,
        }[column]


def outcome_schema(columns: Sequence[str]) -> pa.Schema:
    """Keys, status, then one float64 column per outcome."""
    import pyarrow as pa

    fields = [pa.field(name, pa.string()) for name in TEXT_KEYS]
    fields += [pa.field(name, pa.int64()) for name in NUMBER_KEYS]
    fields += [pa.field("status", pa.string())]
    fields += [pa.field(name, pa.float64()) for name in columns]
    return pa.schema(fields)


def path_schema() -> pa.Schema:
    """Keys, quarter, outcome, value. Texts are dictionary-encoded, values float32: paths are for drawing."""
    import pyarrow as pa

    text = pa.dictionary(pa.int16(), pa.string())
    fields = [pa.field(name, text) for name in TEXT_KEYS]
    fields += [pa.field(name, pa.int32()) for name in NUMBER_KEYS]
    fields += [pa.field("quarter", text), pa.field("outcome", text), pa.field("value", pa.float32())]
    return pa.schema(fields)


def outcome_table(batch: Batch) -> pa.Table:
    """One row per run of the batch; a run that is not ok has NaN in every outcome."""
    import pyarrow as pa

    status = _texts(batch.status)
    values = np.array(batch.values, dtype=np.float64, order="F")
    values[status != GOOD, :] = np.nan
    arrays = [pa.array(_texts(batch.keys[name]), pa.string()) for name in TEXT_KEYS]
    arrays += [pa.array(np.asarray(batch.keys[name], dtype=np.int64)) for name in NUMBER_KEYS]
    arrays += [pa.array(status, pa.string())]
    arrays += [pa.array(values[:, k]) for k in range(values.shape[1])]
    return pa.Table.from_arrays(arrays, schema=outcome_schema(batch.columns))


def path_table(batch: Batch, vocabulary: Vocabulary) -> pa.Table:
    """One row per run, outcome and quarter of the batch, in that order; a run that is not ok has NaN values.

    `batch.paths` has shape (n_runs, n_path_outcomes, quarters).
    """
    import pyarrow as pa

    assert batch.paths is not None
    values = np.array(batch.paths, dtype=np.float32)
    values[_texts(batch.status) != GOOD] = np.nan
    n_runs, n_outcomes, n_quarters = values.shape
    if n_quarters != len(vocabulary.quarters):
        raise ValueError(f"paths hold {n_quarters} quarters, the experiment has {len(vocabulary.quarters)}")
    per_run = n_outcomes * n_quarters
    arrays = [
        _coded(np.repeat(_codes(batch.keys[name], vocabulary.of(name)), per_run), vocabulary.of(name))
        for name in TEXT_KEYS
    ]
    arrays += [
        pa.array(np.repeat(np.asarray(batch.keys[name], dtype=np.int32), per_run)) for name in NUMBER_KEYS
    ]
    quarter_codes = np.tile(np.arange(n_quarters, dtype=np.int16), n_runs * n_outcomes)
    outcome_codes = np.repeat(
        _codes(np.array(batch.path_outcomes, dtype=object), vocabulary.path_outcomes), n_quarters
    )
    arrays += [_coded(quarter_codes, vocabulary.quarters)]
    arrays += [_coded(np.tile(outcome_codes, n_runs), vocabulary.path_outcomes)]
    arrays += [pa.array(values.reshape(-1))]
    return pa.Table.from_arrays(arrays, schema=path_schema())


def _texts(values: Any) -> np.ndarray:
    """An object array of str, whatever text array came in."""
    return np.array([str(value) for value in values], dtype=object)


def _codes(values: Any, known: tuple[str, ...]) -> np.ndarray:
    """The position of each text among the known ones."""
    place = {text: k for k, text in enumerate(known)}
    return np.array([place[str(value)] for value in values], dtype=np.int16)


def _coded(codes: np.ndarray, known: tuple[str, ...]) -> pa.DictionaryArray:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int16()), pa.array(list(known), pa.string()))
