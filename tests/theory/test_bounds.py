"""Few variables live at their bounds: in the baseline at most 5 % of actor-quarters lie within 0.01 of one."""

from __future__ import annotations

import numpy as np
import pytest

from sim.theory import state as s
from tests.bench import WORLDVIEWS, bench_run, quarters

# Structural zeros, exempt: only non-partners of Asia form a backlash here, only partners engage with NATO.
STRUCTURAL_ZEROS = {
    "backlash": s.NON_PARTNERS,
    "engage_showy": s.PARTNERS,
    "engage_quiet": s.PARTNERS,
    "engage_industrial": s.PARTNERS,
}
TIES = [name for name in s.ACTOR_FIELDS if "_tie_" in name]


@pytest.mark.parametrize("worldview", WORLDVIEWS)
def test_share_at_a_bound(worldview: str) -> None:
    """40 members with chance, all bounded fields of all actors and of the world."""
    near = total = 0
    for member in range(40):
        run = bench_run("course_of_2024", worldview, member=member, seed=5, chance=True)
        rows = [*range(s.N_ADAPTIVE_ACTOR), *(s.ACTOR_FIELDS.index(name) for name in TIES)]
        for _ in quarters(run):
            for row in rows:
                group = STRUCTURAL_ZEROS.get(s.ACTOR_FIELDS[row])
                values = run.now[row] if group is None else run.now[row][run.group[group] == 1.0]
                near += int(np.sum((values < 0.01) | (values > 0.99)))
                total += values.size
            world = run.world[: s.N_ADAPTIVE_WORLD]
            near += int(np.sum((world < 0.01) | (world > 0.99)))
            total += world.size
    assert near / total < 0.05
