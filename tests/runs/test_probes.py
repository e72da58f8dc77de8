"""Probes: what an experiment records of the state is what the agents of the same run show, quarter by quarter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.inputs.experiment import Experiment, compared
from sim.inputs.scenario import combined, load_scenario
from sim.runs.ensemble import POWERS, Ensemble, probe_rows
from sim.runs.manifest import described
from sim.runs.mesa_model import AlignmentModel
from sim.theory import state as s
from sim.theory.outcome_list import COUNTER_MOVES, OUTCOMES, PROFILE
from sim.theory.summary import Layout, summarise
from tests.bench import assembly, place

SEED = 5
QUARTERS = 40
PROBES = ("tension", "threat_cn.PHL", "engage_showy.JPN", "posture_security.DEU", "mood.IND")
KEPT = ("threat_cn.PHL", "escalation_in_asia", "tension")


def probed(probes: tuple[str, ...] = PROBES, paths: tuple[str, ...] = KEPT) -> Experiment:
    """One policy beside the baseline in a crisis, under two worldviews and the pooled one."""
    one = compared(
        [load_scenario("firm_guarantee"), load_scenario("taiwan_crisis")],
        members=2, replicates=2, random_seed=SEED, worldviews=["W1", "W3", "pooled"],
    )  # fmt: skip
    return replace(one, probes=probes, paths=paths)


def shown(model: AlignmentModel, variable: str, actor: str = "") -> float:
    """What a variable is now, asked of the world or of the agent."""
    if actor:
        return float(getattr(model.states[place(actor)], variable))
    return float(model.arrays.world[s.WORLD_FIELDS.index(variable)])


def mean(values: NDArray[np.float64]) -> float:
    """The mean, summed one after the other."""
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


@pytest.mark.parametrize("worldview", ["W1", "pooled"])
def test_a_probe_is_what_the_agents_show(worldview: str) -> None:
    """Bit for bit: paths, mean over the horizon and over the first year, last value; and China's moves likewise."""
    batch = Ensemble(probed(), assembly()).batch(0, 2)
    scenario = combined(load_scenario("firm_guarantee"), load_scenario("taiwan_crisis"))
    model = AlignmentModel(
        scenario, worldview=worldview, member=1, replicate=1, random_seed=SEED, assembly=assembly()
    )
    names = [*PROBES, *(variable for _, variable in COUNTER_MOVES)]
    paths = np.zeros((len(names), QUARTERS))
    for quarter in range(QUARTERS):
        model.step()
        paths[:, quarter] = [shown(model, *name.split(".")) for name in names]
    keys = list(zip(*batch.keys.values(), strict=True))
    row = keys.index(("firm_guarantee", "taiwan_crisis", worldview, 1, 1))
    expected = dict(zip(batch.columns, batch.values[row], strict=True))
    for path, probe in zip(paths[: len(PROBES)], PROBES, strict=True):
        assert expected[probe] == mean(path)
        assert expected[f"{probe}.first_year"] == mean(path[:4])
        assert expected[f"{probe}.final"] == path[-1]
    for path, (move, _) in zip(paths[len(PROBES) :], COUNTER_MOVES, strict=True):
        assert expected[f"counter_moves.{move}"] == mean(path)
    assert batch.paths is not None
    assert batch.path_outcomes == KEPT
    for k, name in enumerate(KEPT):
        if name in PROBES:
            assert np.array_equal(batch.paths[row, k], paths[PROBES.index(name)].astype(np.float32))
    assert np.ptp(paths[PROBES.index("threat_cn.PHL")]) > 0


def test_columns_stand_in_their_order() -> None:
    """Outcomes, positions and utility, counter-moves, probes; the region everywhere, the powers' utility too."""
    ensemble = Ensemble(probed(), assembly())
    columns = ensemble.columns
    assert len(set(columns)) == len(columns) == ensemble.batch(0, 1).values.shape[1]
    kinds = [
        column.partition(".")[0]
        for column in columns
        if column.startswith(("position", "utility", "counter"))
    ]
    assert list(dict.fromkeys(kinds)) == ["position", "utility", "counter_moves"]
    assert columns[-3:] == ("mood.IND", "mood.IND.first_year", "mood.IND.final")
    region = {column.rpartition(".")[2] for column in columns if column.startswith("position.security.")}
    utility = [column.partition(".")[2] for column in columns if column.startswith("utility.")]
    assert set(utility) == region | set(POWERS)
    assert len(utility) == len(set(utility))


def test_no_column_stands_twice() -> None:
    """A state's utility is kept anyway: asked for as a probe it stands among the probes alone."""
    columns = Ensemble(probed(("utility.JPN",), ()), assembly()).columns
    assert len(set(columns)) == len(columns)
    assert columns[-3:] == ("utility.JPN", "utility.JPN.first_year", "utility.JPN.final")


def test_probes_change_no_other_column() -> None:
    """Looking does not disturb."""
    plain, looked = (Ensemble(one, assembly()).batch(0, 1) for one in (probed((), ()), probed()))
    shared = len(plain.columns)
    assert looked.columns[:shared] == plain.columns
    assert np.array_equal(looked.values[:, :shared], plain.values)


def test_summaries_by_hand() -> None:
    """An outcome whose worst quarter is its highest and one whose is its lowest; one state; three probes."""
    paths = np.array([
        [1.0, 7.0, 3.0, 4.0, 10.0],
        [1.0, 7.0, 3.0, 4.0, 10.0],
        [1.0, 2.0, 3.0, 4.0, 10.0],
        [1.0, 2.0, 3.0, 4.0, 10.0],
        [0.5, 0.5, 0.5, 0.5, 0.0],
    ])  # fmt: skip
    layout = Layout(np.array([1, 0]), np.array([True, False]), np.array([[2, 1]]), 1)
    profile = np.arange(6.0).reshape(3, 2)
    out = np.full(14, -1.0)
    summarise(paths, profile, layout, out)
    assert out.tolist() == [5.0, 10.0, 1.0, 5.0, 10.0, 10.0, 5.0, 4.0, 4.0, 2.5, 10.0, 0.4, 0.5, 0.0]
    summarise(paths[:, :2], profile, layout, out)
    assert out.tolist() == [4.0, 7.0, 1.0, 4.0, 7.0, 7.0, 5.0, 1.5, 1.5, 1.5, 2.0, 0.5, 0.5, 0.5]


def test_rows_for_the_kernel() -> None:
    rows = probe_rows(("tension", "mood.B"), ("A", "B"))
    assert rows.tolist() == [[1, s.WORLD_FIELDS.index("tension"), 0], [0, s.ACTOR_FIELDS.index("mood"), 1]]
    assert probe_rows((), ("A",)).shape == (0, 3)


def test_the_manifest_says_what_a_probe_is() -> None:
    one = probed(("tension", "growth.JPN", "posture_economy.IND", "alarm", "crises"), ())
    manifest = described(one, assembly().seeds, Ensemble(one, assembly()).columns)
    probes = manifest["probes"]
    assert list(probes) == list(one.probes)
    assert probes["tension"] == {
        "variable": "tension", "actor": None, "unit": "0 to 1", "bounds": [0.0, 1.0], "scale": 1.0
    }  # fmt: skip
    assert (probes["growth.JPN"]["unit"], probes["growth.JPN"]["scale"]) == ("% a year", 5.0)
    assert probes["posture_economy.IND"]["bounds"] == [0.0, 4.0]
    assert (probes["alarm"]["unit"], probes["alarm"]["bounds"]) == ("relative to mid-2024", None)
    assert {"JPN", "IND", "USA", "CHN"} <= set(manifest["states"])
    assert (manifest["coding"], manifest["correlation"]) == ("merged", 0.7)
    assert manifest["worldviews"]["pooled"] == "pooled"


def test_an_experiment_is_not_run_on_another_coding_s_model() -> None:
    with pytest.raises(ValueError, match="assembled for"):
        Ensemble(replace(probed(), coding="second"), assembly())
    with pytest.raises(ValueError, match="assembled for"):
        Ensemble(replace(probed(), correlation=0.0), assembly())


def test_names_of_the_profile_are_those_of_the_columns() -> None:
    assert (*(f"position.{domain}" for domain in s.DOMAINS), "utility") == PROFILE
    slugs = {outcome.slug for outcome in OUTCOMES}
    assert not slugs & {"position", "utility", "counter_moves"}
