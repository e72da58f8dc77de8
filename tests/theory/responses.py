"""How far an effect moves when a cause is moved, with one mechanism on at a time."""

from __future__ import annotations

import numpy as np

from sim.theory import mechanisms as m
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from sim.theory.run import Run
from tests.bench import added, bench_run, place, quarters


def reading(run: Run, name: str) -> float:
    """The value that `name` stands for, as everybody sees it."""
    field, _, actor = name.partition(" ")
    if actor:
        return float(run.now[s.ACTOR_FIELDS.index(field), place(actor)])
    if field in s.WORLD_FIELDS:
        return float(run.world[s.WORLD_FIELDS.index(field)])
    out = np.zeros(len(OUTCOMES))
    read_outcomes(run, out)
    return float(out[[outcome.slug for outcome in OUTCOMES].index(field)])


def alone(mechanism: int, strength: float) -> dict[int, float]:
    """Effects with every mechanism off but one."""
    return dict.fromkeys(m.REALISED, 0.0) | {mechanism: strength}


def response(
    effects: dict[int, float],
    cause: str,
    move: float,
    effect: str,
    *,
    attributes: dict[str, float] | None = None,
    count: int = 2,
) -> float:
    """How far the effect moves: in the first quarter that can see the moved cause, or after more of them."""
    values = []
    for size in (move, 0.0):
        run = bench_run(events=added(cause, size), effects=effects, attributes=attributes)
        for _ in quarters(run, count):
            pass
        values.append(reading(run, effect))
    return values[0] - values[1]
