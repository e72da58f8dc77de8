"""Order and names of actors are nobody's business: permuting, renaming, adding one that touches nobody (D3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.workload import OtherNames
from sim.inputs.assembly import Assembly
from sim.inputs.evidence import Actor, Seeds, load_seeds
from sim.inputs.scenario import combined, load_scenario
from sim.theory.outcome_list import OUTCOMES, PROFILE
from sim.theory.phases import luck
from sim.theory.step import prepare, simulate
from tests.bench import NO_PROBES, WORLDVIEWS, assembly

SCENARIOS = (("restraint_and_eu", "as_expected"), ("nato_mission", "taiwan_crisis"))
CASES = [(*SCENARIOS[k % 2], worldview) for k, worldview in enumerate(WORLDVIEWS)]
Played = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def played(model: Assembly, policy: str, future: str, worldview: str, *, chance: bool = True) -> Played:
    """One member's run: outcomes (outcomes, quarters); each actor's last state, mean positions and utility."""
    scenario = combined(load_scenario(policy), load_scenario(future))
    run = model.blank_run(scenario.quarters, len(scenario.events))
    model.fill_policy(run, scenario)
    model.fill_member(run, model.draw.member(5, 2), worldview, scenario.settings)
    run.clock[:] = (0, 5, 2, 1, int(chance))
    paths = np.zeros((len(OUTCOMES), scenario.quarters))
    profile = np.zeros((len(PROFILE), len(model.actors)))
    prepare(run.board)
    luck.deal(run)
    assert simulate(run, NO_PROBES, paths, profile) == -1
    return paths, run.now, profile


@lru_cache
def as_shipped(policy: str, future: str, worldview: str, chance: bool = True) -> Played:
    return played(assembly(), policy, future, worldview, chance=chance)


def reordered(seeds: Seeds, stream: int) -> Seeds:
    order = np.random.default_rng(stream).permutation(len(seeds.actors))
    return replace(seeds, actors=tuple(seeds.actors[k] for k in order))


def renamed(seeds: Seeds, names: Mapping[str, str]) -> Seeds:
    """The seeds with actors under other names (id → new id), wherever an actor is named."""

    def new(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(one, one) for one in ids)

    return replace(
        seeds,
        actors=tuple(
            replace(one, id=names[one.id], slug=names[one.id].lower(), name=names[one.id])
            if one.id in names
            else one
            for one in seeds.actors
        ),
        groups={group: new(members) for group, members in seeds.groups.items()},
        instruments=tuple(
            replace(item, targets=new(item.targets), sponsors=new(item.sponsors))
            for item in seeds.instruments
        ),
        attributes=OtherNames(seeds.attributes, {to: from_ for from_, to in names.items()}),
    )


def with_a_hermit(seeds: Seeds, at: int) -> Seeds:
    """The seeds with one more actor, of no group and nobody's neighbour; its attributes are India's."""
    hermit = Actor("XHM", "hermit", "Hermit", "state", 4_000_000_000, (), (), "touches nobody")
    actors = (*seeds.actors[:at], hermit, *seeds.actors[at:])
    return replace(seeds, actors=actors, attributes=OtherNames(seeds.attributes, {"XHM": "IND"}))


@pytest.mark.parametrize(("policy", "future", "worldview"), CASES)
@pytest.mark.parametrize("stream", [1, 2])
def test_reordering_actors_reorders_results(policy: str, future: str, worldview: str, stream: int) -> None:
    """Sums over actors round differently in another order, hence 1e-9 and not bit for bit."""
    model = Assembly(reordered(load_seeds(), stream))
    places = [model.actor_ids.index(name) for name in assembly().actor_ids]
    assert places != sorted(places)
    for chance in (True, False):
        paths, last, profile = played(model, policy, future, worldview, chance=chance)
        expected = as_shipped(policy, future, worldview, chance)
        for ours, theirs in zip((paths, last[:, places], profile[:, places]), expected, strict=True):
            assert np.max(np.abs(ours - theirs)) <= 1e-9


@lru_cache
def under_new_names() -> Assembly:
    """The model with everybody under a new name."""
    seeds = load_seeds()
    return Assembly(renamed(seeds, {actor.id: f"X{number:02d}" for number, actor in enumerate(seeds.states)}))


def test_groups_and_neighbours_do_not_hang_on_names() -> None:
    """Who chooses and who is whose neighbour comes from the seeds, for no actor from its name."""
    known_by_heart = {
        name
        for place, name in enumerate(assembly().actor_ids)
        for ours, theirs in (
            (under_new_names().group[:, place], assembly().group[:, place]),
            (under_new_names().circle[:, place], assembly().circle[:, place]),
        )
        if not np.array_equal(ours, theirs)
    }
    assert not known_by_heart


@pytest.mark.parametrize(("policy", "future", "worldview"), CASES)
def test_renaming_actors_changes_nothing(policy: str, future: str, worldview: str) -> None:
    """Everybody under a new name, the poles included, bit for bit: no rule knows whom it is about."""
    ours = played(under_new_names(), policy, future, worldview)
    for mine, theirs in zip(ours, as_shipped(policy, future, worldview), strict=True):
        assert np.array_equal(mine, theirs)


@pytest.mark.parametrize(("policy", "future", "worldview"), CASES)
@pytest.mark.parametrize("at", [0, 20, None])
def test_an_actor_that_touches_nobody_changes_nobody(
    policy: str, future: str, worldview: str, at: int | None
) -> None:
    """First, among the others or last, bit for bit: what all see, what each is and does, whom luck strikes (D3)."""
    seeds = load_seeds()
    model = Assembly(with_a_hermit(seeds, len(seeds.actors) if at is None else at))
    assert len(model.actors) == len(assembly().actors) + 1
    places = [model.actor_ids.index(name) for name in assembly().actor_ids]
    paths, last, profile = played(model, policy, future, worldview)
    expected = as_shipped(policy, future, worldview)
    for ours, theirs in zip((paths, last[:, places], profile[:, places]), expected, strict=True):
        assert np.array_equal(ours, theirs)
