"""Twins: the Mesa model and the ensemble agree bit for bit, and a row does not depend on what is run beside it.

D1: threads and batches. D2: a row replayed alone. D3: a policy more or less. What an override changes, and when.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.inputs.events import Event
from sim.inputs.experiment import Experiment, load_experiment
from sim.inputs.scenario import Scenario, Settings, combined, load_scenario
from sim.runs.ensemble import WORST_IS_HIGHEST, Batch, Ensemble, run_experiment
from sim.runs.mesa_model import AlignmentModel, Institution, StateAgent
from sim.theory import state as s
from sim.theory.outcome_list import COUNTER_MOVES, OUTCOMES, PROFILE
from tests.bench import WORLDVIEWS, assembly, bench_run, outcome_paths, place

SLUGS = tuple(outcome.slug for outcome in OUTCOMES)
SEED = 11
QUARTERS = 40
# Votes passed, votes of NATO, of the EU, none to speak of; events that set and that add.
PAIRS = (
    ("firm_guarantee", "taiwan_crisis"),
    ("nato_mission", "as_expected"),
    ("restraint_and_eu", "us_disengagement"),
    ("course_of_2024", "ukraine_ceasefire"),
)


def experiment(
    policies: tuple[Scenario | str, ...],
    futures: tuple[str, ...] = ("as_expected",),
    *,
    worldviews: tuple[str, ...] = WORLDVIEWS,
    members: int = 2,
    replicates: int = 2,
) -> Experiment:
    """An experiment that keeps every outcome and every path."""
    chosen = tuple(one if isinstance(one, Scenario) else load_scenario(one) for one in policies)
    return Experiment(
        slug="twins", title="Twins", members=members, replicates=replicates, random_seed=SEED,
        policies=chosen,
        futures=tuple(load_scenario(one) for one in futures),
        worldviews=worldviews, outcomes=SLUGS, paths=SLUGS, baseline=chosen[0].slug,
    )  # fmt: skip


def rows(batch: Batch) -> dict[tuple[object, ...], tuple[bytes, bytes]]:
    """Every row's bytes, values and paths, by its key."""
    assert batch.paths is not None
    assert set(batch.status) == {"ok"}
    keys = zip(*batch.keys.values(), strict=True)
    return {
        key: (values.tobytes(), paths.tobytes())
        for key, values, paths in zip(keys, batch.values, batch.paths, strict=True)
    }


def table(of: Experiment, threads: int, batch_size: int) -> tuple[bytes, ...]:
    """An experiment's whole table: keys, status, values and paths as bytes, batches joined."""
    batches = list(run_experiment(of, threads=threads, batch_size=batch_size))
    keys = [np.concatenate([batch.keys[name] for batch in batches]).tolist() for name in batches[0].keys]
    values = np.concatenate([batch.values for batch in batches])
    paths = np.concatenate([batch.paths for batch in batches if batch.paths is not None])
    status = np.concatenate([batch.status for batch in batches]).tolist()
    return repr((keys, status)).encode(), values.tobytes(), paths.tobytes()


@lru_cache
def ensemble_of(policy: str, future: str) -> Batch:
    """All worldviews, two members, two replicates of a policy in a future."""
    return Ensemble(experiment((policy,), (future,)), assembly()).batch(0, 2)


def mesa_run(
    policy: str, future: str, worldview: str, member: int, replicate: int, **more: object
) -> AlignmentModel:
    scenario = combined(load_scenario(policy), load_scenario(future))
    return AlignmentModel(
        scenario, worldview=worldview, member=member, replicate=replicate, random_seed=SEED, assembly=assembly(),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def profile(model: AlignmentModel) -> NDArray[np.float64]:
    """Every state's positions and utility (rows, actors), asked of the agents one by one."""
    positions = [[agent.position(domain) for agent in model.states] for domain in s.DOMAINS]
    return np.array([*positions, [agent.utility for agent in model.states]])


def mean(values: NDArray[np.float64]) -> float:
    """The mean over quarters, summed one after the other."""
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


# ------------------------------------------------------------------------------------------------- Mesa = ensemble


@pytest.mark.parametrize("worldview", WORLDVIEWS)
@pytest.mark.parametrize(("policy", "future"), PAIRS)
def test_mesa_is_the_ensemble_bit_for_bit(policy: str, future: str, worldview: str) -> None:
    """Every outcome in every quarter, every summary, every state's mean position and utility, China's moves."""
    member, replicate = (1, 1) if worldview in ("W1", "W3") else (0, 1)
    model = mesa_run(policy, future, worldview, member, replicate)
    total = np.zeros((len(PROFILE), len(model.states)))
    moves = np.zeros((len(COUNTER_MOVES), QUARTERS))
    paths = np.zeros((len(OUTCOMES), QUARTERS))
    for quarter in range(QUARTERS):
        model.step()
        paths[:, quarter] = model.outcomes
        total += profile(model)
        moves[:, quarter] = [model.arrays.world[s.WORLD_FIELDS.index(name)] for _, name in COUNTER_MOVES]
    batch = ensemble_of(policy, future)
    keys = list(zip(*batch.keys.values(), strict=True))
    row = keys.index((policy, future, worldview, member, replicate))
    assert batch.paths is not None
    assert np.array_equal(batch.paths[row], paths.astype(np.float32))
    collected = model.datacollector.get_model_vars_dataframe()
    assert np.array_equal(collected[list(SLUGS)].to_numpy().T, paths)
    expected = dict(zip(batch.columns, batch.values[row], strict=True))
    for k, slug in enumerate(SLUGS):
        assert expected[slug] == mean(paths[k])
        assert expected[f"{slug}.final"] == paths[k, -1]
        assert expected[f"{slug}.worst"] == (paths[k].max() if WORST_IS_HIGHEST[k] else paths[k].min())
    for (move, _), path in zip(COUNTER_MOVES, moves, strict=True):
        assert expected[f"counter_moves.{move}"] == mean(path)
    kept = [name for name in batch.columns if name.startswith(("position.", "utility."))]
    assert len(kept) > 80
    for name in kept:
        row_name, _, actor = name.rpartition(".")
        assert expected[name] == total[PROFILE.index(row_name), place(actor)] / QUARTERS
    powers = {"USA", "CHN", "RUS", "UKR", "DEU", "FRA", "GBR"}
    assert powers <= {name.removeprefix("utility.") for name in kept}


@pytest.mark.parametrize("chance", [True, False])
@pytest.mark.parametrize(("policy", "future"), PAIRS)
def test_mesa_leaves_the_same_arrays_behind(policy: str, future: str, chance: bool) -> None:
    """Not only the outcomes: every variable, every level and every vote, with and without chance, in 64 bits."""
    model = mesa_run(policy, future, "W2", 3, 1, chance=chance).run()
    scenario = combined(load_scenario(policy), load_scenario(future))
    run = bench_run(scenario, "W2", member=3, replicate=1, seed=SEED, chance=chance)
    paths = outcome_paths(run)
    assert np.array_equal(paths[:, -1], model.outcomes)
    for name in (
        "now",
        "own",
        "world",
        "world_own",
        "push",
        "world_push",
        "agreed",
        "level",
        "signed",
        "shown",
        "votes",
    ):
        assert np.array_equal(getattr(run, name), getattr(model.arrays, name), equal_nan=True), name


def test_there_are_votes_to_agree_on() -> None:
    """The pairs above hold votes that were held, and among them some that failed."""
    held = failed = 0
    for policy, future in PAIRS:
        for member in range(4):
            run = bench_run(
                combined(load_scenario(policy), load_scenario(future)), member=member, chance=True
            )
            outcome_paths(run)
            held += int(np.isfinite(run.votes).sum())
            failed += int((run.proposed[-1] > run.agreed).sum())
    assert held > 20
    assert failed > 0


def test_agents_show_their_own_state() -> None:
    model = mesa_run("nato_mission", "as_expected", "W4", 0, 0)
    model.step()
    japan = next(agent for agent in model.states if agent.id == "JPN")
    assert japan.threat_cn == model.arrays.now[s.THREAT_CN, place("JPN")]
    assert japan.position("economy") == japan.us_tie_economy - japan.cn_tie_economy
    with pytest.raises(AttributeError, match="no attribute 'threat_china'"):
        _ = japan.threat_china
    agents = model.datacollector.get_agent_vars_dataframe()
    assert agents.xs(japan.unique_id, level="AgentID")["threat_cn"].to_list() == [japan.threat_cn]


# ------------------------------------------------------------------------------------------------------- overriding


class Fearless(StateAgent):
    """A state that sees no more danger than in mid-2024, whatever happens."""

    def perceive(self) -> None:
        super().perceive()
        self.set_pressure("threat_cn", float(self.model.arrays.push_2024[s.THREAT_CN, self.place]))


class Opposed(StateAgent):
    """A member that agrees to nothing."""

    def agreement(self, item: int) -> float:
        return 1e-300


def differences(one: AlignmentModel, other: AlignmentModel) -> tuple[int, set[str]]:
    """The first quarter in which two models differ, and whose states differ at its end."""
    for quarter in range(QUARTERS):
        one.step()
        other.step()
        differ = np.any(one.arrays.now != other.arrays.now, axis=0)
        if differ.any() or np.any(one.arrays.world != other.arrays.world):
            return quarter, {
                name for name, is_other in zip(one.assembly.actor_ids, differ, strict=True) if is_other
            }
    return QUARTERS, set()


def test_overriding_with_the_same_changes_nothing() -> None:
    class Same(StateAgent):
        def perceive(self) -> None:
            super().perceive()

    pair = [mesa_run(*PAIRS[1], "W2", 0, 0, agent_classes=classes) for classes in (None, {"*": Same})]
    assert differences(*pair) == (QUARTERS, set())


@pytest.mark.parametrize("chance", [True, False])
def test_an_override_changes_its_own_agent_first_and_others_through_it(chance: bool) -> None:
    """Japan alone in the first quarter that differs. Its neighbours follow (with chance only where luck lets them)."""
    plain, other = (
        mesa_run("firm_guarantee", "taiwan_crisis", "W2", 0, 0, agent_classes=classes, chance=chance)
        for classes in ({}, {"JPN": Fearless})
    )
    quarter, who = differences(plain, other)
    assert quarter < QUARTERS
    assert who == {"JPN"}
    plain.run()
    other.run()
    assert not np.array_equal(plain.outcomes, other.outcomes)
    if not chance:
        reached = np.any(plain.arrays.now != other.arrays.now, axis=0)
        assert {"JPN", "KOR", "AUS", "TWN"} <= set(np.array(plain.assembly.actor_ids)[reached])


def test_an_override_for_all_reaches_all() -> None:
    plain = mesa_run("firm_guarantee", "taiwan_crisis", "W2", 0, 0)
    other = mesa_run("firm_guarantee", "taiwan_crisis", "W2", 0, 0, agent_classes={"*": Fearless})
    assert all(isinstance(agent, Fearless) for agent in other.states)
    quarter, who = differences(plain, other)
    assert quarter < QUARTERS
    assert len(who) > 10


def test_one_member_s_no_blocks_what_needs_consensus() -> None:
    """Iceland is asked, and without it NATO raises nothing that is put to the vote."""
    pair = [
        mesa_run("institutional_deepening", "as_expected", "W2", 0, 0, agent_classes=classes).run()
        for classes in ({}, {"ISL": Opposed})
    ]
    plain, opposed = (model.arrays for model in pair)
    nato = next(one for one in pair[1].agents_of(Institution) if one.name == "NATO")
    voted = [item for item in nato.items if np.isfinite(plain.votes[item])]
    assert len(voted) > 2
    assert np.all(plain.votes[voted] > 0.5)
    assert np.sum(plain.agreed[voted] == plain.proposed[-1, voted]) > 1
    assert np.all(opposed.votes[voted] < 1e-6)
    assert np.array_equal(opposed.agreed[voted], opposed.baseline[voted])


# --------------------------------------------------------------------------------------------------- rows on their own


@pytest.mark.parametrize(("policy", "future"), PAIRS)
def test_a_row_replayed_alone_equals_the_row_in_the_table(policy: str, future: str) -> None:
    policies, futures = zip(*PAIRS, strict=True)
    whole = rows(Ensemble(experiment(policies, futures, members=3), assembly()).batch(0, 3))
    assert len(whole) == 4 * 4 * 4 * 3 * 2
    for number, worldview in enumerate(WORLDVIEWS):
        alone = experiment((policy,), (future,), worldviews=(worldview,), members=3)
        member = number % 3
        row = rows(Ensemble(alone, assembly()).batch(member, member + 1))
        assert len(row) == 2
        assert all(whole[key] == content for key, content in row.items())


THREADS_AND_BATCHES = [(threads, size) for threads in (1, 2, 7) for size in (1, 64, 1000)]


@lru_cache(maxsize=1)
def small_experiment() -> Experiment:
    """160 rows of eight a member: batches of one member, of eight, of all twenty."""
    return experiment(("course_of_2024", "nato_mission"), worldviews=("W1", "W3"), members=20)


@lru_cache(maxsize=1)
def on_one_thread() -> tuple[bytes, ...]:
    return table(small_experiment(), 1, 1000)


@pytest.mark.parametrize(("threads", "batch_size"), THREADS_AND_BATCHES)
def test_threads_and_batches_change_nothing(threads: int, batch_size: int) -> None:
    assert table(small_experiment(), threads, batch_size) == on_one_thread()


def test_a_policy_more_changes_no_other_policy_s_rows() -> None:
    """Before, between and after the others; also one with settings of its own, and with other events."""
    base = rows(
        Ensemble(experiment(("course_of_2024", "restraint_and_eu"), PAIRS[0][1:]), assembly()).batch(0, 2)
    )
    strict = replace(load_scenario("global_arsenal"), settings=Settings(strict=True, european_pool=False))
    several = replace(load_scenario("stay_out"), events=load_scenario("us_disengagement").events)
    for more in (
        (strict, "course_of_2024", "restraint_and_eu"),
        ("course_of_2024", several, "restraint_and_eu"),
        ("restraint_and_eu", "course_of_2024", strict, several),
    ):
        found = rows(Ensemble(experiment(more, PAIRS[0][1:]), assembly()).batch(0, 2))
        assert len(found) > len(base)
        assert all(found[key] == content for key, content in base.items())


def test_a_run_that_breaks_spoils_no_other_row() -> None:
    """Rows before and after it are what they are without it; its own say so and hold nothing (R2)."""
    endless = Event("growth", "JPN", "add", math.inf, 5, 6, "a number that is not finite")
    broken = replace(load_scenario("stay_out"), events=(endless,))
    whole = Ensemble(experiment(("course_of_2024", broken, "nato_mission")), assembly()).batch(0, 2)
    is_broken = whole.keys["policy"] == "stay_out"
    assert np.array_equal(whole.status == "nonfinite", is_broken)
    assert np.isnan(whole.values[is_broken]).all()
    sound = Ensemble(experiment(("course_of_2024", "nato_mission")), assembly()).batch(0, 2)
    assert np.array_equal(whole.values[~is_broken], sound.values)


def test_settings_change_their_own_rows() -> None:
    """The comparison above would see it if a policy's settings were lost: strict runs are other runs."""
    pair = (
        load_scenario("global_arsenal"),
        replace(load_scenario("global_arsenal"), slug="strict", settings=Settings(strict=True)),
    )
    found = rows(Ensemble(experiment(pair), assembly()).batch(0, 1))
    differ = {
        key[2] for key in found if key[0] == "strict" and found[key] != found["global_arsenal", *key[1:]]
    }
    assert differ


def test_rows_are_no_longer_made_when_nobody_waits_for_them() -> None:
    """Ctrl-C must not wait for a batch of many runs: closing the stream stops the work between two runs."""
    from concurrent.futures import CancelledError

    ensemble = Ensemble(load_experiment("first_look"), assembly())
    ensemble.stop.set()
    with pytest.raises(CancelledError):
        ensemble.batch(0, 1)


def test_an_agent_can_set_what_it_will_be() -> None:
    """`set_next` and `set_pressure` are what an overriding agent writes with."""

    class Stubborn(StateAgent):
        """An agent whose mood and ties are what it says."""

        def feel(self) -> None:
            self.set_next("mood", 0.25)

        def engage(self) -> None:
            self.set_pressure("engage_quiet", 3.0)

    model = AlignmentModel(
        "course_of_2024", random_seed=3, agent_classes={"KOR": Stubborn}, assembly=assembly()
    )
    before = model.states[model.assembly.actor_ids.index("KOR")].engage_quiet
    model.step()
    korea = model.states[model.assembly.actor_ids.index("KOR")]
    assert korea.mood == 0.25
    assert korea.engage_quiet > before
