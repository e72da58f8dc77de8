"""One run at a time to try mechanisms on: at the modes or of a member, with effects, attributes and events as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assembly import Assembly
from sim.inputs.evidence import load_seeds
from sim.inputs.scenario import Scenario, load_scenario
from sim.theory import mechanisms as m
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from sim.theory.phases import luck
from sim.theory.run import Run
from sim.theory.step import play_quarter, prepare, restart


@lru_cache(maxsize=1)
def assembly() -> Assembly:
    """The model, assembled once."""
    return Assembly(load_seeds())


def bench_run(
    scenario: str | Scenario = "frozen_at_2024",
    worldview: str = "W2",
    *,
    member: int | None = None,
    replicate: int = 0,
    seed: int = 11,
    chance: bool = False,
    events: NDArray[np.float64] | None = None,
    effects: dict[int, float] | None = None,
    attributes: dict[str, float] | None = None,
) -> Run:
    """A prepared run, restarted at mid-2024: at the modes, or of a member.

    `effects` overrides mechanisms' effects, `attributes` the attributes of every actor.
    """
    if isinstance(scenario, str):
        scenario = load_scenario(scenario)
    model = assembly()
    rows = model.event_rows(scenario)
    if events is not None:
        rows = np.concatenate([rows, events])
    run = model.blank_run(scenario.quarters, len(scenario.events))
    model.fill_policy(run, scenario)
    run = run._replace(event=rows)
    drawn = model.draw.modes() if member is None else model.draw.member(seed, member)
    model.fill_member(run, drawn, worldview, scenario.settings)
    for mechanism, effect in (effects or {}).items():
        run.effect[mechanism] = effect
    for attribute, value in (attributes or {}).items():
        run.attribute[s.ATTRIBUTES.index(attribute)] = value
    run.clock[:] = (0, seed, member or 0, replicate, int(chance))
    prepare(run.board)
    luck.deal(run)
    restart(run.board)
    luck.lay_out(run, 0)
    return run


def quarters(run: Run, count: int | None = None) -> Iterator[int]:
    """Play a run's quarters one after the other; yields each as its end state is on show."""
    for quarter in range(run.proposed.shape[0] if count is None else count):
        play_quarter(run, quarter)
        yield quarter


def played(run: Run, count: int | None = None) -> Run:
    """The run, some quarters (default: all) later."""
    for _ in quarters(run, count):
        pass
    return run


def place(actor: str) -> int:
    """The place of an actor in the arrays."""
    return assembly().actor_ids.index(actor)


def added(variable: str, value: float, *, start: int = 0, stop: int = 1000) -> NDArray[np.float64]:
    """One event row that adds to a variable of the world, or of every actor."""
    is_world = variable in s.WORLD_FIELDS
    names = s.WORLD_FIELDS if is_world else s.ACTOR_FIELDS
    return np.array([[float(is_world), names.index(variable), -1, 0.0, value, start, stop]])


def reading(run: Run, name: str) -> float:
    """The value that `name` stands for, as everybody sees it: a field of the world, `field ACTOR`, or an outcome."""
    field, _, actor = name.partition(" ")
    if actor:
        return float(run.now[s.ACTOR_FIELDS.index(field), place(actor)])
    if field in s.WORLD_FIELDS:
        return float(run.world[s.WORLD_FIELDS.index(field)])
    out = np.zeros(len(OUTCOMES))
    read_outcomes(run.board, out)
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
    moved, still = (
        reading(
            played(bench_run(events=added(cause, size), effects=effects, attributes=attributes), count),
            effect,
        )
        for size in (move, 0.0)
    )
    return moved - still
