"""Quantiles over runs, against the plain way of computing them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.spreads import (
    mean_positions,
    outcome_quantiles,
    path_quantiles,
    position_columns,
    position_domains,
)
from tests.synthetic import DOMAINS, STATES, columns, write_result


def test_path_quantiles_agree_with_numpy(tmp_path: Path) -> None:
    result = write_result(tmp_path / "result", members=5, bad=(2,))
    paths = result.paths
    found = path_quantiles(paths, "growth", (0.05, 0.5))
    assert len(found) == 8 * 4
    for policy, worldview in (("course_of_2024", "W1"), ("stay_out", "W3")):
        chosen = paths[
            (paths["policy"] == policy) & (paths["worldview"] == worldview) & (paths["outcome"] == "growth")
        ]
        table = chosen.pivot(index=["member", "replicate"], columns="quarter", values="value")
        expected = np.nanquantile(table.to_numpy(dtype=float), (0.05, 0.5), axis=0)
        np.testing.assert_allclose(found[(policy, "as_expected", worldview)], expected, rtol=1e-12)


def test_unknown_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="rainfall"):
        path_quantiles(write_result(tmp_path / "result", members=1).paths, "rainfall")


def test_outcome_quantiles_leave_bad_runs_out(tmp_path: Path) -> None:
    result = write_result(tmp_path / "result", members=4, bad=(0,))
    found = outcome_quantiles(result.outcomes, ["growth"], ["policy", "worldview"], (0.5,))
    table = result.outcomes
    first = table["growth"][(table["policy"] == "course_of_2024") & (table["worldview"] == "W1")].to_numpy()[
        1:
    ]
    assert found["growth"][("course_of_2024", "W1", 0.5)] == pytest.approx(np.median(first))


def test_positions_are_found_by_name() -> None:
    assert position_domains(columns()) == list(DOMAINS)
    assert position_columns(columns(), "security") == {
        state: f"position.security.{state}" for state in STATES
    }


def test_mean_positions_weigh_domains_alike(tmp_path: Path) -> None:
    table = write_result(tmp_path / "result", members=1, bad=(0,)).outcomes
    means = mean_positions(table)
    assert np.isnan(means["JPN"][0])
    by_hand = sum(table[f"position.{domain}.JPN"][3] for domain in DOMAINS) / 4
    assert means["JPN"][3] == pytest.approx(by_hand)
    assert list(means.columns[:6]) == ["policy", "future", "worldview", "member", "replicate", "status"]
