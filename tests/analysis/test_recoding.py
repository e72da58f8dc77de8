"""Results side by side: what survives another coder, and how wide the bands are; on tables worked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sim.analysis.recoding import relative_widths, side_by_side, survival
from sim.runs.result import Result

POLICIES = ("here", "there")
OUTCOMES = ("calm", "growth")
MEMBERS = 5


def result(
    changes: dict[tuple[str, str], float], spread: float = 0.1, policies: tuple[str, ...] = POLICIES
) -> Result:
    """Runs of two worldviews: under `there`, worldview and outcome change by so much, give or take, over five members."""
    import pyarrow as pa

    rows = []
    for member in range(MEMBERS):
        for worldview in ("W1", "W2"):
            for policy in policies:
                row = {
                    "policy": policy,
                    "future": "one",
                    "worldview": worldview,
                    "member": member,
                    "replicate": 0,
                }
                moved = (
                    {name: changes.get((worldview, name), 0.0) for name in OUTCOMES}
                    if policy != "here"
                    else {}
                )
                values = {
                    name: 0.5 + change + (change != 0) * spread * (member - 2) / 4
                    for name, change in moved.items()
                }
                rows.append({**row, "status": "ok", **{name: values.get(name, 0.5) for name in OUTCOMES}})
    table = pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
    manifest: dict[str, Any] = {
        "baseline": "here", "n_runs": len(rows), "members": MEMBERS, "probes": {}, "counter_moves": {},
        "outcomes": {"calm": {"scale": 1.0}, "growth": {"scale": 5.0}},
    }  # fmt: skip
    return Result(None, manifest=manifest, tables=(table, table))


def test_answers_by_hand() -> None:
    """Rises in both; clear in one alone; rises in one and falls in the other; moves in neither."""
    merged = result({("W1", "calm"): 0.3, ("W1", "growth"): 0.4, ("W2", "calm"): 0.2})
    second = result({("W1", "calm"): 0.2, ("W1", "growth"): 0.04, ("W2", "calm"): -0.2})
    table = side_by_side({"merged": merged, "second": second}).set_index(["worldview", "outcome"])
    assert table["answer"].to_dict() == {
        ("W1", "calm"): "same", ("W1", "growth"): "faded", ("W2", "calm"): "turned", ("W2", "growth"): "same",
    }  # fmt: skip
    assert table.loc[("W2", "calm"), ["movement.merged", "movement.second"]].tolist() == ["rose", "fell"]
    assert table.loc[("W1", "calm"), "mean.second"] == pytest.approx(0.2)
    # Differences of five members stand evenly 0.1 apart in all: the middle 90 % of them are 0.09 wide.
    assert table.loc[("W1", "calm"), "width.merged"] == pytest.approx(0.09)
    counts = survival(table.reset_index())
    assert counts.loc["W1"].to_dict() == {"same": 1, "faded": 1, "turned": 0, "unknown": 0}
    assert counts.loc["all"].to_dict() == {"same": 2, "faded": 1, "turned": 1, "unknown": 0}


def test_widths_are_relative_to_the_first_result() -> None:
    """What does not move has no width and does not count."""
    narrow, wide = (result({("W1", "calm"): 0.3, ("W2", "growth"): 0.3}, spread) for spread in (0.1, 0.3))
    widths = relative_widths(side_by_side({"0": narrow, "0.7": wide}))
    assert list(widths.columns) == ["0", "0.7"]
    assert widths["0"].tolist() == [1.0, 1.0, 1.0]
    assert widths.loc["all", "0.7"] == pytest.approx(3)


def test_results_of_different_experiments_are_refused() -> None:
    with pytest.raises(ValueError, match="do not hold the same"):
        side_by_side({"one": result({}), "other": result({}, policies=(*POLICIES, "elsewhere"))})
    with pytest.raises(ValueError, match="at least one"):
        side_by_side({})


def test_columns_may_be_named() -> None:
    table = side_by_side({"only": result({("W1", "calm"): 0.3})}, ["growth"])
    assert set(table["outcome"]) == {"growth"}
    assert set(table["answer"]) == {"same"}
