"""A bench for the theory's tests: that of the sign tests, and all outcomes of a run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.analysis.mechanism_bench import added as added
from sim.analysis.mechanism_bench import alone as alone
from sim.analysis.mechanism_bench import assembly as assembly
from sim.analysis.mechanism_bench import bench_run as bench_run
from sim.analysis.mechanism_bench import place as place
from sim.analysis.mechanism_bench import quarters as quarters
from sim.theory.outcome_list import OUTCOMES, PROFILE
from sim.theory.phases import luck
from sim.theory.run import Run
from sim.theory.step import simulate

WORLDVIEWS = ("W1", "W2", "W3", "W4")
NO_PROBES = np.zeros((0, 3), dtype=np.int64)


def outcome_paths(run: Run, probes: NDArray[np.int64] = NO_PROBES) -> NDArray[np.float64]:
    """All outcomes of a run and whatever is probed (`simulate`), shape (outcomes + probes, quarters)."""
    paths = np.zeros((len(OUTCOMES) + len(probes), run.proposed.shape[0]))
    luck.deal(run)
    simulate(run, probes, paths, np.zeros((len(PROFILE), run.now.shape[1])))
    return paths
