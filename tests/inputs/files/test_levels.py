"""Levels over time against cases reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.inputs.levels import Segment, path_levels, trend_levels
from sim.inputs.scenario import Scenario

Loaded = Callable[[str], Scenario]


def level(scenario: Scenario, seeds: Any, slug: str) -> list[float]:
    names = [instrument.slug for instrument in seeds.instruments]
    column: list[float] = scenario.levels(seeds.instruments)[:, names.index(slug)].tolist()
    return column


def test_a_number_holds_from_the_first_quarter(loaded: Loaded, seeds: Any) -> None:
    scenario = loaded("title: x\nquarters: 4\npolicy: {liaison_office_in_japan: 0.7}\n")
    assert level(scenario, seeds, "liaison_office_in_japan") == [0.7, 0.7, 0.7, 0.7]


def test_a_ramp_reaches_its_level_in_the_last_of_its_quarters(loaded: Loaded, seeds: Any) -> None:
    text = "title: x\nquarters: 6\npolicy:\n  partner_leaders_at_summits: {to: 0.1, from: 2025Q1, over: 4}\n"
    # 2024Q3 is quarter 0 and 2025Q1 quarter 2: 0.5 down to 0.1 in four equal steps of 0.1.
    assert level(loaded(text), seeds, "partner_leaders_at_summits") == pytest.approx(
        [0.5, 0.5, 0.4, 0.3, 0.2, 0.1]
    )


def test_over_one_quarter_is_at_once(loaded: Loaded, seeds: Any) -> None:
    text = "title: x\nquarters: 4\npolicy:\n  IN08: {to: 1, from: 2025Q1, over: 1}\n"
    assert level(loaded(text), seeds, "liaison_office_in_japan") == [0.0, 0.0, 1.0, 1.0]


def test_without_from_a_step_starts_with_the_run_and_without_over_it_is_at_once(
    loaded: Loaded, seeds: Any
) -> None:
    text = "title: x\nquarters: 4\npolicy:\n  IN08: {to: 1, over: 2}\n  IN14: {to: 0.6}\n"
    assert level(loaded(text), seeds, "liaison_office_in_japan") == [0.5, 1.0, 1.0, 1.0]
    assert level(loaded(text), seeds, "defence_guarantee") == [0.6] * 4


def test_steps_follow_each_other_from_where_the_last_one_ended(loaded: Loaded, seeds: Any) -> None:
    text = (
        "title: x\nquarters: 8\npolicy:\n  partner_leaders_at_summits:\n"
        "    - {to: 1.0, from: 2024Q4, over: 2}\n    - {to: 0.0, from: 2025Q3, over: 4}\n"
    )
    expected = [0.5, 0.75, 1.0, 1.0, 0.75, 0.5, 0.25, 0.0]
    assert level(loaded(text), seeds, "partner_leaders_at_summits") == expected


def test_a_ramp_may_outlast_the_run(loaded: Loaded, seeds: Any) -> None:
    text = "title: x\nquarters: 3\npolicy:\n  IN08: {to: 1, from: 2024Q4, over: 4}\n"
    assert level(loaded(text), seeds, "liaison_office_in_japan") == [0.0, 0.25, 0.5]


def test_the_trend_fills_a_share_of_the_room_that_remains(loaded: Loaded, seeds: Any) -> None:
    scenario = loaded("title: x\nquarters: 5\ntrend: 0.2\n")
    # Room 0.5, a fifth of it 0.1, in five equal steps.
    assert level(scenario, seeds, "partner_leaders_at_summits") == pytest.approx(
        [0.52, 0.54, 0.56, 0.58, 0.6]
    )
    assert level(scenario, seeds, "defence_guarantee") == [0.1] * 5  # no trend of its own


def test_an_instrument_that_is_named_has_no_trend(loaded: Loaded, seeds: Any) -> None:
    scenario = loaded("title: x\nquarters: 4\ntrend: 0.2\npolicy: {IN01: 0.5}\n")
    assert level(scenario, seeds, "partner_leaders_at_summits") == [0.5] * 4


def test_at_its_baseline_a_level_is_the_baseline_bit_for_bit() -> None:
    for baseline in (0.1, 0.3, 1 / 3, 0.85, 0.0, 1.0):
        assert set(path_levels(baseline, (), 40)) == {baseline}
        assert set(path_levels(baseline, (Segment(baseline, 3, 7),), 40)) == {baseline}
        assert set(trend_levels(baseline, 0.0, 40)) == {baseline}
        assert path_levels(baseline, (Segment(0.77, 5, 3),), 40)[:5] == [baseline] * 5
    assert set(trend_levels(1.0, 0.1, 40)) == {1.0}


def test_a_reached_level_is_exactly_the_one_written() -> None:
    levels = path_levels(0.2, (Segment(0.7, 0, 3), Segment(0.1, 10, 7)), 40)
    assert levels[2:10] == [0.7] * 8
    assert levels[16:] == [0.1] * 24


def test_levels_are_an_array_of_quarters_by_instruments(loaded: Loaded, seeds: Any) -> None:
    levels = loaded("title: x\nquarters: 7\npolicy: {}\n").levels(seeds.instruments)
    assert levels.shape == (7, len(seeds.instruments))
    assert levels.dtype == np.float64
    assert levels.flags.c_contiguous
    assert (levels == [instrument.baseline for instrument in seeds.instruments]).all()
    assert loaded("title: x\nquarters: 7\npolicy: {}\n").levels([]).shape == (7, 0)


def test_levels_of_other_instruments_than_the_scenario_names_are_refused(loaded: Loaded, seeds: Any) -> None:
    with pytest.raises(
        ValueError, match="mine names instruments that were not given: liaison_office_in_japan"
    ):
        loaded("title: x\npolicy: {IN08: 1}\n").levels(seeds.instruments[2:])
