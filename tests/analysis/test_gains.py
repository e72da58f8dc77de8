"""Who gains and loses: made-up utilities whose changes are known, Gini coefficients by hand and by their definition."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.gains import (
    GAINS_COLUMNS,
    GROUPS,
    NO_GROUP,
    gains_of,
    gini,
    groups_of,
    inequality_of,
    shares_of_winners,
    utility_columns,
)
from sim.inputs.evidence import load_seeds
from sim.runs.ensemble import POWERS
from sim.runs.result import Result
from tests.synthetic import write_result
from tests.synthetic_gains import CHANGES, LEVELS, POLICIES, change, write_gains


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return write_gains(tmp_path_factory.mktemp("results") / "gains")


@pytest.fixture(scope="module")
def gains(result: Result) -> pd.DataFrame:
    return gains_of(result, groups_of(LEVELS, load_seeds()))


def test_only_means_over_the_horizon_are_utilities() -> None:
    columns = [
        "utility.JPN",
        "utility.JPN.final",
        "utility.JPN.first_year",
        "position.security.JPN",
        "utility",
    ]
    assert utility_columns(columns) == {"utility.JPN": "JPN"}


def test_groups_are_made_of_names_that_the_seeds_know() -> None:
    seeds = load_seeds()
    actors = {actor.id for actor in seeds.states}
    for names in GROUPS.values():
        assert all(name in actors or seeds.groups.get(name) for name in names)


def test_every_actor_has_the_group_a_reader_expects() -> None:
    expected = {
        "JPN": "partners", "AUS": "partners", "IDN": "southeast_asia", "TLS": "southeast_asia",
        "IND": "other_asia_pacific", "TWN": "other_asia_pacific", "PIC": "other_asia_pacific", "USA": "great_powers",
        "CHN": "great_powers", "RUS": "great_powers", "DEU": "europe", "GBR": "europe", "UKR": "europe",
        "CAN": NO_GROUP, "nobody": NO_GROUP,
    }  # fmt: skip
    assert groups_of(expected, load_seeds()) == expected


def test_whoever_has_a_utility_in_every_run_has_a_group() -> None:
    seeds = load_seeds()
    assert NO_GROUP not in groups_of((*seeds.groups["region"], *POWERS), seeds).values()


def test_differences_are_those_put_in(gains: pd.DataFrame) -> None:
    assert tuple(gains.columns) == GAINS_COLUMNS
    assert len(gains) == 2 * 4 * len(LEVELS)
    for row in gains.to_dict("records"):
        assert row["mean"] == pytest.approx(change(row["policy"], row["worldview"], row["actor"]), abs=1e-12)
        assert (row["members"], row["pairs"], row["pairs_dropped"]) == (6, 6, 0)


@pytest.mark.parametrize(
    ("policy", "worldview", "actor", "verdict", "chance"),
    [
        ("lower_profile", "W1", "JPN", "loses", 0.0),
        ("lower_profile", "W3", "JPN", "gains", 1.0),
        ("lower_profile", "W1", "IDN", "gains", 1.0),
        ("lower_profile", "W1", "CHN", "similar", 1.0),  # in all members, but by less than 0.01
        ("lower_profile", "W1", "KOR", "similar", 0.5),  # unchanged: a tie counts half
        ("stay_out", "W2", "USA", "gains", 1.0),
        ("stay_out", "W3", "USA", "loses", 0.0),
    ],
)
def test_verdicts(
    gains: pd.DataFrame, policy: str, worldview: str, actor: str, verdict: str, chance: float
) -> None:
    chosen = gains[
        (gains["policy"] == policy) & (gains["worldview"] == worldview) & (gains["actor"] == actor)
    ]
    (row,) = chosen.to_dict("records")
    assert (row["verdict"], row["chance_of_gaining"]) == (verdict, chance)


def test_spread_and_error_are_over_members(gains: pd.DataFrame) -> None:
    """Members add ±0.001 in turn: sample deviation of six √(6/5)·0.001, the error that over √6."""
    row = gains[(gains["policy"] == "stay_out") & (gains["worldview"] == "W1")].iloc[0]
    assert row["error"] == pytest.approx(0.001 * math.sqrt(6 / 5) / math.sqrt(6))
    assert (row["p05"], row["p50"], row["p95"]) == pytest.approx((0.019, 0.02, 0.021))


def test_a_result_without_utilities_has_no_gains(tmp_path: Path) -> None:
    assert gains_of(write_result(tmp_path / "old", members=1), {}).empty


def table(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    """Gains of one cell by hand: actor, group, mean, verdict."""
    cell = {"policy": "p", "future": "f", "worldview": "W1"}
    made: list[dict[str, Any]] = [
        {**cell, "actor": actor, "group": group, "mean": mean, "verdict": verdict}
        for actor, group, mean, verdict in rows
    ]
    return pd.DataFrame(made)


def test_shares_and_the_worst_off_by_hand() -> None:
    found = shares_of_winners(
        table(
            ("JPN", "partners", 0.02, "gains"),
            ("KOR", "partners", -0.05, "loses"),
            ("AUS", "partners", 0.0, "similar"),
            ("NZL", "partners", math.nan, "unknown"),  # does not count
            ("UKR", "europe", -0.02, "loses"),
            ("CAN", NO_GROUP, math.nan, "unknown"),
        )
    )
    (row,) = found.to_dict("records")
    assert (row["winners"], row["losers"]) == (1 / 4, 2 / 4)
    assert (row["winners.partners"], row["losers.partners"]) == pytest.approx((1 / 3, 1 / 3))
    assert (row["winners.europe"], row["losers.europe"]) == (0, 1)
    assert math.isnan(row[f"winners.{NO_GROUP}"])
    assert "winners.southeast_asia" not in row
    assert (row["worst_off"], row["worst_off_change"], row["worst_off_verdict"]) == ("KOR", -0.05, "loses")


def test_where_nothing_is_known_nobody_is_worst_off() -> None:
    (row,) = shares_of_winners(table(("JPN", "partners", math.nan, "unknown"))).to_dict("records")
    assert all(row[name] != row[name] for name in ("winners", "losers", "worst_off", "worst_off_change"))


def test_shares_have_a_row_for_each_policy_future_and_worldview(gains: pd.DataFrame) -> None:
    found = shares_of_winners(gains).set_index(["policy", "worldview"])
    assert len(found) == 8
    one = found.loc[("lower_profile", "W1")]
    assert (one["winners"], one["losers"]) == (2 / 10, 1 / 10)
    assert (one["worst_off"], one["losers.partners"]) == ("JPN", 1 / 2)
    assert found.loc[("lower_profile", "W3"), "worst_off"] == "IDN"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 1, 1, 1], 0),
        ([0, 0, 0, 1], 3 / 4),
        ([1, 3], 1 / 4),  # mean absolute difference 1 (with itself counted), over twice the mean of 2
        ([1, 2, 3, 4], 1 / 4),
        ([4, 1, 3, 2], 1 / 4),
        ([0.5], 0),
    ],
)
def test_gini_by_hand(values: list[float], expected: float) -> None:
    assert float(gini(np.array(values, dtype=float))) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("values", [[0.0, 0.0], [-0.1, 0.5], [math.nan, 0.5]])
def test_gini_is_not_defined_where_it_means_nothing(values: list[float]) -> None:
    assert math.isnan(float(gini(np.array(values))))


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=30), st.floats(0.1, 10))
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[float], unit: float) -> None:
    x = np.array(values)
    differences = np.abs(np.subtract.outer(x, x)).mean()
    assert float(gini(x)) == pytest.approx(differences / (2 * x.mean()), abs=1e-9)
    assert float(gini(unit * x)) == pytest.approx(float(gini(x)), abs=1e-9)


def test_gini_of_many_runs_is_that_of_each() -> None:
    many = np.array([[[1, 3], [2, 2]], [[0, 1], [np.nan, 1]]], dtype=float)
    assert gini(many) == pytest.approx(np.array([[0.25, 0], [0.5, np.nan]]), nan_ok=True)


def test_inequality_is_that_of_the_runs(result: Result) -> None:
    """Against the definition, run by run."""
    runs = result.outcomes
    x = runs[[f"utility.{actor}" for actor in LEVELS]].to_numpy()
    runs = runs.assign(gini=np.abs(x[:, :, None] - x[:, None, :]).mean(axis=(1, 2)) / (2 * x.mean(axis=1)))
    means = runs.groupby(["policy", "worldview"])["gini"].mean()
    found = inequality_of(result)
    assert len(found) == 8
    for row in found.to_dict("records"):
        level = means[row["policy"], row["worldview"]]
        assert row["gini"] == pytest.approx(level)
        assert row["gini_change"] == pytest.approx(level - means["course_of_2024", row["worldview"]])
        assert row["gini_error"] >= 0
    by = found.set_index(["policy", "worldview"])["gini_movement"]
    assert by["lower_profile", "W1"] == "fell"  # Japan comes down, Indonesia and Vietnam come up
    assert by["stay_out", "W1"] == "similar"


def test_failed_runs_drop_out_with_their_partners(tmp_path: Path) -> None:
    """The baseline of the first member under W1 failed: one pair less there, and no NaN anywhere."""
    result = write_gains(tmp_path / "bad", bad=(0,))
    found = gains_of(result, {})
    first = found[found["worldview"] == "W1"]
    assert set(first["pairs"]) == {5}
    assert set(first["pairs_dropped"]) == {1}
    assert found["mean"].notna().all()
    assert set(found["group"]) == {NO_GROUP}
    assert inequality_of(result).notna().all(axis=None)


def test_the_made_up_changes_cover_every_verdict() -> None:
    assert set(CHANGES) == set(POLICIES[1:])
    assert {np.sign(value) for value in CHANGES["lower_profile"].values()} == {-1, 1}
