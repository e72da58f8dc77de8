"""The Python contract: signatures, tables, and nothing written unless asked."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.inputs.experiment import load_experiment
from sim.inputs.scenario import load_scenario


def test_signatures_are_as_promised() -> None:
    run = inspect.signature(sim.run)
    assert list(run.parameters) == [
        "path_or_object", "members", "replicates", "worldviews", "random_seed", "threads", "out",
    ]  # fmt: skip
    assert all(one.default is None for name, one in run.parameters.items() if name != "path_or_object")
    compare = inspect.signature(sim.compare)
    defaults = {name: one.default for name, one in compare.parameters.items() if name != "paths"}
    assert defaults == {"members": 100, "replicates": 1, "worldviews": "all", "random_seed": 0, "out": None}
    kinds = {one.kind for signature in (run, compare) for name, one in signature.parameters.items()
             if name not in ("path_or_object", "paths")}  # fmt: skip
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


def test_without_out_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = sim.run("lower_profile", members=2, replicates=1, worldviews=["W2"], random_seed=0)
    assert isinstance(result, sim.Result)
    assert result.folder is None
    assert list(tmp_path.iterdir()) == []
    table = result.outcomes
    assert list(table.columns[:6]) == ["policy", "future", "worldview", "member", "replicate", "status"]
    assert len(table) == 4
    assert set(table["worldview"]) == {"W2"}
    assert table["growth_in_asia"].dtype == "float64"
    assert len(result.paths) == 0
    assert result.manifest["random_seed"] == 0


def test_objects_do_as_well_as_files() -> None:
    scenario = load_scenario("lower_profile")
    by_name = sim.run("lower_profile", members=1, replicates=1, worldviews="W1")
    by_object = sim.run(scenario, members=1, replicates=1, worldviews=["provocation"])
    assert by_name.outcomes.equals(by_object.outcomes)


def test_experiments_keep_the_paths_they_name() -> None:
    experiment = load_experiment("profile_comparison")
    result = sim.run(experiment, members=1, replicates=1, worldviews=["W3"])
    assert set(result.outcomes["policy"]) == {policy.slug for policy in experiment.policies}
    paths = result.paths
    assert set(paths["outcome"]) == set(experiment.paths)
    assert paths["quarter"].iloc[0] == "2024Q3"
    assert len(paths) == len(result.outcomes) * len(experiment.paths) * 40


def test_compare_is_paired(tmp_path: Path) -> None:
    result = sim.compare(
        "lower_profile", "stay_out", members=2, worldviews=["W1"], random_seed=3, out=tmp_path
    )
    assert result.folder is not None
    assert result.folder.parent == tmp_path
    keys = result.outcomes.groupby("policy")[["member", "replicate"]].apply(
        lambda rows: rows.to_numpy().tolist()
    )
    assert keys["lower_profile"] == keys["stay_out"] == keys["course_of_2024"]
    alone = sim.run("stay_out", members=2, replicates=1, worldviews=["W1"], random_seed=3)
    together = result.outcomes[result.outcomes["policy"] == "stay_out"].reset_index(drop=True)
    assert alone.outcomes[alone.outcomes["policy"] == "stay_out"].reset_index(drop=True).equals(together)


@pytest.mark.parametrize(
    "wrong", [{"members": 0}, {"replicates": 1.5}, {"random_seed": -1}, {"worldviews": ["W9"]}]
)
def test_wrong_arguments_raise_the_one_error(wrong: dict[str, object]) -> None:
    with pytest.raises(sim.InputError):
        sim.run("lower_profile", **wrong)  # type: ignore[arg-type]


def test_nothing_to_compare() -> None:
    with pytest.raises(sim.InputError, match="at least one"):
        sim.compare()


def test_importing_the_package_is_light_and_its_names_are_known() -> None:
    code = "import sys, sim; print([n for n in ('numpy', 'pandas', 'numba', 'click') if n in sys.modules], dir(sim))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.startswith("[] ")
    for name in ("run", "compare", "Result", "InputError", "__version__"):
        assert name in finished.stdout
        assert getattr(sim, name)
    with pytest.raises(AttributeError, match="walk"):
        _ = sim.walk  # type: ignore[attr-defined]
