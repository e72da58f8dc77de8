"""Regret: a table small enough for pencil and paper, what must hold of any, and made-up runs."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.regret import REGRET_COLUMNS, largest_regrets, regrets, regrets_of
from tests.synthetic import DIRECTIONS, OUTCOMES, write_result

WISHES = {"safety": 1, "cost": -1, "fashion": 0}
SCALES = {"safety": 1.0, "cost": 2.0, "fashion": 1.0}
# Mean differences from the baseline.
MEANS = {
    ("W1", "safety"): {"bold": 0.2, "meek": -0.15},
    ("W1", "cost"): {"bold": 0.4, "meek": -0.2},
    ("W1", "fashion"): {"bold": 9.0, "meek": -9.0},
    ("W2", "safety"): {"bold": -0.1, "meek": 0.05},
    ("W2", "cost"): {"bold": 0.0, "meek": 0.0},
}
# Worth, that is wish × mean / scale: W1 safety (0, 0.2, -0.15), W1 cost (0, -0.2, 0.1), W2 safety (0, -0.1, 0.05).
BY_HAND = {
    ("W1", "safety"): ({"now": 0.2, "bold": 0.0, "meek": 0.35}, "bold"),
    ("W1", "cost"): ({"now": 0.1, "bold": 0.3, "meek": 0.0}, "meek"),
    ("W2", "safety"): ({"now": 0.05, "bold": 0.15, "meek": 0.0}, "meek"),
    ("W2", "cost"): ({"now": 0.0, "bold": 0.0, "meek": 0.0}, "now"),
}


def contrasts(means: dict[tuple[str, str], dict[str, float]]) -> pd.DataFrame:
    rows = [
        {"policy": policy, "future": "f", "worldview": worldview, "outcome": outcome, "mean": mean}
        for (worldview, outcome), policies in means.items()
        for policy, mean in policies.items()
    ]
    return pd.DataFrame(rows)


def regrets_by_hand(means: dict[tuple[str, str], dict[str, float]] = MEANS) -> pd.DataFrame:
    return regrets(contrasts(means), baseline="now", directions=WISHES, scales=SCALES)


def test_by_hand() -> None:
    found = regrets_by_hand()
    assert tuple(found.columns) == REGRET_COLUMNS
    assert len(found) == 12  # fashion has no preferred direction
    for row in found.to_dict("records"):
        values, best = BY_HAND[row["worldview"], row["outcome"]]
        assert row["regret"] == pytest.approx(values[row["policy"]])
        assert row["best"] == best


def test_the_largest_and_where_it_occurs_by_hand() -> None:
    largest = largest_regrets(regrets_by_hand()).set_index("policy")
    where = ["worldview", "outcome", "best"]
    assert largest["regret"].to_dict() == pytest.approx({"now": 0.2, "bold": 0.3, "meek": 0.35})
    assert list(largest.loc["now", where]) == ["W1", "safety", "bold"]
    assert list(largest.loc["bold", where]) == ["W1", "cost", "meek"]
    assert list(largest.loc["meek", where]) == ["W1", "safety", "bold"]
    assert set(largest["unknown"]) == {0}


def test_the_largest_under_each_worldview_by_hand() -> None:
    found = largest_regrets(regrets_by_hand(), ("policy", "future", "worldview"))
    values = found.pivot(index="policy", columns="worldview", values="regret")
    assert values["W1"].to_dict() == pytest.approx({"now": 0.2, "bold": 0.3, "meek": 0.35})
    assert values["W2"].to_dict() == pytest.approx({"now": 0.05, "bold": 0.15, "meek": 0.0})


def test_what_is_not_known_is_counted_and_spoils_nothing_else() -> None:
    means = {**MEANS, ("W2", "safety"): {"bold": math.nan, "meek": 0.05}}
    found = regrets_by_hand(means).set_index(["policy", "worldview", "outcome"])["regret"]
    assert math.isnan(found["bold", "W2", "safety"])
    assert found["now", "W2", "safety"] == pytest.approx(0.05)
    largest = largest_regrets(regrets_by_hand(means)).set_index("policy")
    assert largest["unknown"].to_dict() == {"now": 0, "bold": 1, "meek": 0}
    assert largest.loc["bold", "regret"] == pytest.approx(0.3)


def test_where_no_pair_was_usable_nobody_is_best() -> None:
    found = regrets_by_hand({("W1", "safety"): {"bold": math.nan, "meek": math.nan}})
    assert found["regret"].isna().all()
    assert found["best"].isna().all()
    assert set(largest_regrets(found)["unknown"]) == {1}


def test_futures_are_kept_apart() -> None:
    once = contrasts(MEANS)
    later = once.assign(future="g", mean=-once["mean"])
    found = regrets(pd.concat([once, later]), baseline="now", directions=WISHES, scales=SCALES)
    largest = largest_regrets(found).set_index(["policy", "future"])["regret"]
    assert largest["bold", "f"] == pytest.approx(0.3)
    assert largest["bold", "g"] == pytest.approx(0.35)  # safety under W1: -0.2, the best is now 0.15


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=6), st.floats(-1, 1))
def test_the_best_has_none_and_a_further_rival_lowers_none(means: list[float], rival: float) -> None:
    def found(values: list[float]) -> np.ndarray:
        policies = {f"p{k}": value for k, value in enumerate(values)}
        return regrets_by_hand({("W1", "safety"): policies})["regret"].to_numpy()

    before, after = found(means), found([*means, rival])
    assert before.min() == 0
    assert (after[: len(before)] >= before).all()


def test_of_runs_it_is_the_distance_between_means(tmp_path: Path) -> None:
    """With all runs good, the mean of the best policy less the policy's own, over the scale."""
    result = write_result(tmp_path / "result", members=5)
    scales = {outcome: float(OUTCOMES[outcome]["scale"]) for outcome in OUTCOMES}
    found = regrets_of(result, list(OUTCOMES), DIRECTIONS, scales)
    levels = result.outcomes.groupby(["worldview", "policy"])[list(OUTCOMES)].mean()
    assert len(found) == 8 * 4 * len(OUTCOMES)
    for row in found.to_dict("records"):
        worth = (
            DIRECTIONS[row["outcome"]] * levels.loc[row["worldview"], row["outcome"]] / scales[row["outcome"]]
        )
        assert row["regret"] == pytest.approx(worth.max() - worth[row["policy"]], abs=1e-12)
        assert row["best"] == worth.idxmax()


def test_without_a_preference_there_is_no_regret(tmp_path: Path) -> None:
    found = regrets_of(write_result(tmp_path / "result", members=1), ["growth"], {}, {})
    assert found.empty
    assert tuple(found.columns) == REGRET_COLUMNS
