"""A Mesa model that is done with can be forgotten: many small runs in one process keep no memory."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np

from sim.inputs.scenario import Scenario, load_scenario
from sim.runs.mesa_model import AlignmentModel
from sim.theory import state as s
from tests.bench import assembly


def short() -> Scenario:
    return replace(load_scenario("drills_and_ships"), quarters=2)


def forgotten() -> list[weakref.ref[object]]:
    """References to a model that has run, to one of its agents and to its arrays; nothing else is kept."""
    model = AlignmentModel(short(), assembly=assembly()).run()
    kept: list[weakref.ref[object]] = [
        weakref.ref(one) for one in (model, model.states[0], model.arrays.luck.actors)
    ]
    assert all(reference() is not None for reference in kept)
    model.forget()
    return kept


def test_a_forgotten_model_is_collected() -> None:
    kept = forgotten()
    gc.collect()
    assert [reference() for reference in kept] == [None, None, None]


def models_alive() -> int:
    gc.collect()
    return sum(isinstance(one, AlignmentModel) for one in gc.get_objects())


def test_many_forgotten_models_leave_nothing() -> None:
    """Whatever other tests have left behind is not counted."""
    before = models_alive()
    for _ in range(5):
        AlignmentModel(short(), assembly=assembly()).forget()
    assert models_alive() == before


def test_forgetting_twice_and_reading_afterwards_do_no_harm() -> None:
    model = AlignmentModel(short(), assembly=assembly()).run()
    before = model.outcomes.copy()
    model.forget()
    model.forget()
    assert np.array_equal(model.outcomes, before)
    assert len(model.datacollector.get_model_vars_dataframe()) == 2
    assert model.states[0].position() == model.arrays.now[s.US_TIE, 0] - model.arrays.now[s.CN_TIE, 0]


def test_forgetting_one_model_leaves_another_alone() -> None:
    first, second = (AlignmentModel(short(), assembly=assembly()) for _ in range(2))
    first.forget()
    assert len({agent.unique_id for agent in second.agents}) == len(second.agents)
    second.run()
    assert second.quarter == 2
    second.forget()
