"""Paired differences, by tables small enough to do by hand."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.contrasts import (
    contrasts,
    contrasts_of,
    member_differences,
    movement,
    status_counts,
    verdict,
)
from tests.synthetic import DIRECTIONS, OUTCOMES, write_result


def table(baseline: list[list[float]], policy: list[list[float]], bad: tuple[int, ...] = ()) -> pd.DataFrame:
    """Runs of two policies; values[member][replicate]. `bad`: rows whose status is not ok."""
    rows: list[dict[str, Any]] = []
    for name, values in (("base", baseline), ("other", policy)):
        for member, replicates in enumerate(values):
            for replicate, value in enumerate(replicates):
                rows.append({"policy": name, "future": "f", "worldview": "W1", "member": member,
                             "replicate": replicate, "status": "ok", "x": value})  # fmt: skip
    frame = pd.DataFrame(rows)
    for row in bad:
        frame.loc[row, "status"] = "nonfinite"
    return frame


def contrast(frame: pd.DataFrame, direction: int = 1, scale: float = 1.0) -> Any:
    answer = contrasts(
        frame, baseline="base", columns=["x"], directions={"x": direction}, scales={"x": scale}
    )
    assert len(answer) == 1
    return answer.iloc[0]


def test_mean_error_percentiles_and_chance_by_hand() -> None:
    # Differences by member and replicate: (1, 3), (2, 2), (−1, −3): member means 2, 2, −2.
    row = contrast(table([[0, 0], [0, 0], [0, 0]], [[1, 3], [2, 2], [-1, -3]]))
    assert row["mean"] == pytest.approx(2 / 3)
    # Sample standard deviation of (2, 2, −2) is √(16/3); over √3.
    assert row["error"] == pytest.approx(math.sqrt(16 / 3) / math.sqrt(3))
    assert (row["p05"], row["p50"], row["p95"]) == pytest.approx((-1.6, 2.0, 2.0))
    assert row["chance_better"] == pytest.approx(2 / 3)
    assert (row["members"], row["pairs"], row["pairs_dropped"]) == (3, 6, 0)


def test_what_is_shared_cancels() -> None:
    level = np.random.default_rng(1).normal(size=(30, 2))
    row = contrast(table(level.tolist(), (level + 0.25).tolist()))
    assert row["mean"] == pytest.approx(0.25)
    assert row["error"] == pytest.approx(0, abs=1e-12)


def test_replicates_of_a_member_do_not_count_as_independent() -> None:
    one = contrast(table([[0], [0], [0]], [[1], [2], [3]]))
    four = contrast(table([[0] * 4] * 3, [[1] * 4, [2] * 4, [3] * 4]))
    assert four["error"] == pytest.approx(one["error"])


def test_direction_turns_the_chance_round() -> None:
    frame = table([[0], [0], [0], [0]], [[1], [2], [3], [-1]])
    assert contrast(frame, direction=1)["chance_better"] == 0.75
    assert contrast(frame, direction=-1)["chance_better"] == 0.25


@pytest.mark.parametrize(
    ("values", "moved"), [((2, 3, 4), "rose"), ((-2, -3, -4), "fell"), ((0.001, 0.002, 0.001), "similar")]
)
def test_without_a_preference_nothing_is_better(values: tuple[float, ...], moved: str) -> None:
    frame = table([[0]] * 3, [[value] for value in values])
    for row in (
        contrast(frame, direction=0),
        contrasts(frame, baseline="base", columns=["x"], directions={}, scales={}).iloc[0],
    ):
        assert (row["verdict"], row["movement"]) == ("no_preference", moved)
        assert math.isnan(row["chance_better"])
        assert row["mean"] == pytest.approx(np.mean(values))


def test_the_movement_is_the_same_whoever_looks() -> None:
    frame = table([[0]] * 4, [[1], [2], [3], [-0.1]])
    rows = [contrast(frame, direction=direction) for direction in (1, 0, -1)]
    assert [row["movement"] for row in rows] == ["rose"] * 3
    assert [row["verdict"] for row in rows] == ["better", "no_preference", "worse"]


def test_many_runs_alone_make_nothing_better() -> None:
    """A spread that lies about evenly on both sides of zero, and an error made small by the number of members."""
    gains = np.random.default_rng(5).normal(0.02, 0.1, 20_000)
    row = contrast(table([[0]] * gains.size, gains[:, None].tolist()))
    assert row["mean"] > 10 * row["error"]
    assert row["p05"] < 0 < row["p95"]
    assert row["verdict"] == "similar"


def test_a_tie_counts_half() -> None:
    assert contrast(table([[0], [0]], [[0], [1]]))["chance_better"] == 0.75


def test_bad_runs_on_either_side_are_dropped_and_counted() -> None:
    # Rows 0–3 are the baseline's, 4–7 the policy's; 0 and 6 are bad, so two of the four pairs remain.
    frame = table([[0, 0], [0, 0]], [[1, 1], [5, 1]], bad=(0, 6))
    row = contrast(frame)
    assert row["mean"] == 1
    assert (row["pairs"], row["pairs_dropped"], row["members"]) == (2, 2, 2)


def test_a_cell_without_a_single_pair_says_so() -> None:
    row = contrast(table([[0]], [[1]], bad=(1,)))
    assert row["verdict"] == "unknown"
    assert math.isnan(row["mean"])
    assert math.isnan(row["chance_better"])
    assert (row["pairs"], row["pairs_dropped"], row["members"]) == (0, 1, 0)


def test_a_row_missing_from_the_baseline_is_dropped() -> None:
    frame = table([[0], [0]], [[1], [1]])
    row = contrast(frame.drop(index=0))
    assert (row["pairs"], row["pairs_dropped"]) == (1, 1)


def test_order_of_rows_does_not_matter() -> None:
    frame = table([[0, 1], [2, 3]], [[1, 3], [2, 7]])
    shuffled = frame.sample(frac=1, random_state=3)
    assert contrast(frame).to_dict() == contrast(shuffled).to_dict()


def test_unknown_baseline_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        member_differences(table([[0]], [[1]]), baseline="nobody", columns=["x"])


@pytest.mark.parametrize(
    ("mean", "error", "chance_more", "direction", "expected"),
    [
        (0.1, 0.01, 0.9, 1, "better"),
        (-0.1, 0.01, 0.1, 1, "worse"),
        (-0.1, 0.01, 0.1, -1, "better"),
        (0.1, 0.01, 0.9, -1, "worse"),
        (0.1, 0.01, 0.9, 0, "no_preference"),
        (0.001, 0.01, 0.9, 0, "no_preference"),
        (0.011, 0.0001, 0.99, 1, "better"),
        (0.009, 0.0001, 0.99, 1, "similar"),  # too small to matter
        (0.1, 0.01, 0.55, 1, "similar"),  # a coin toss
        (0.1, 0.06, 0.9, 1, "similar"),  # within two errors of zero
        (0.1, 0.01, 0.3, 1, "similar"),  # better on average, worse mostly
        (0.1, float("nan"), 1.0, 1, "better"),  # a single member has no error
        (float("nan"), float("nan"), float("nan"), 1, "unknown"),
        (float("nan"), float("nan"), float("nan"), 0, "unknown"),
    ],
)
def test_verdict(mean: float, error: float, chance_more: float, direction: int, expected: str) -> None:
    assert verdict(movement(mean, error, chance_more, scale=1.0), direction) == expected


def test_scale_decides_what_is_negligible() -> None:
    frame = table([[0], [0], [0]], [[0.02], [0.021], [0.022]])
    assert contrast(frame, scale=1.0)["verdict"] == "better"
    assert contrast(frame, scale=10.0)["verdict"] == "similar"


def test_pieces_give_what_the_whole_table_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.runs.result.ROWS_AT_ONCE", 100)
    monkeypatch.setattr("sim.analysis.contrasts.MOST_VALUES_AT_ONCE", 0)
    result = write_result(tmp_path / "result", members=6, bad=(3, 70))
    columns = list(OUTCOMES) + ["growth.final"]
    whole = contrasts(
        result.outcomes,
        baseline="course_of_2024",
        columns=columns,
        directions=DIRECTIONS,
        scales={"growth": 2.0},
    )
    in_pieces = contrasts_of(result, columns, DIRECTIONS, {"growth": 2.0})
    keys = ["policy", "worldview", "outcome"]
    pd.testing.assert_frame_equal(
        whole.sort_values(keys, ignore_index=True), in_pieces.sort_values(keys, ignore_index=True)
    )
    counts = status_counts(result.outcome_pieces([]))
    assert counts["nonfinite"].sum() == 2
    assert counts.equals(status_counts(result.outcomes))


def test_status_counts() -> None:
    counts = status_counts(table([[0, 0], [0, 0]], [[1, 1], [5, 1]], bad=(0, 6, 7)))
    assert counts.to_dict("records") == [
        {"policy": "base", "future": "f", "worldview": "W1", "ok": 3, "nonfinite": 1},
        {"policy": "other", "future": "f", "worldview": "W1", "ok": 2, "nonfinite": 2},
    ]
