"""Quarters as text and as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.inputs.quarters import Horizon, quarter_number, quarter_text


def test_quarters_count_four_to_the_year() -> None:
    assert quarter_number("2024Q3") == 2024 * 4 + 2
    assert quarter_number("2025Q1") - quarter_number("2024Q3") == 2
    assert quarter_text(2024 * 4 + 2) == "2024Q3"


@given(st.integers(1000 * 4, 2999 * 4 + 3))
def test_text_and_number_are_inverse(number: int) -> None:
    assert quarter_number(quarter_text(number)) == number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026q1", "2026Q1"), ("2026-Q1", "2026Q1"), ("2026 Q1", "2026Q1"), ("Q1 2026", "2026Q1"),
        ("Q1-2026", "2026Q1"), (2026, "2026Q1"), ("2026-05-01", "2026Q2"), ("2026-12", "2026Q4"),
    ],
)  # fmt: skip
def test_another_way_to_write_a_quarter_is_recognised(written: object, meant: str) -> None:
    with pytest.raises(ValueError, match=f"expected a quarter such as 2026Q1, got .*did you mean {meant}?"):
        quarter_number(written)


@pytest.mark.parametrize(
    "written", ["", "soon", "2026Q5", "26Q1", "20266Q1", None, True, [], {}, 1.5, "２０２６Q1"]
)
def test_what_is_no_quarter_is_refused_without_a_guess(written: object) -> None:
    with pytest.raises(ValueError, match="expected a quarter such as 2026Q1") as caught:
        quarter_number(written)
    assert "did you mean" not in str(caught.value)


def test_a_horizon_counts_from_its_start() -> None:
    horizon = Horizon("2024Q3", 40)
    assert horizon.index("2024Q3") == 0
    assert horizon.index("2027Q3") == 12
    assert horizon.last == "2034Q2"
    assert horizon.index("2034Q2") == 39
    assert horizon.end_index("2034Q3") == 40
    assert horizon.quarter(12) == "2027Q3"


@pytest.mark.parametrize("outside", ["2024Q2", "2034Q3", "1999Q1"])
def test_a_quarter_outside_the_run_is_refused_with_the_span(outside: str) -> None:
    with pytest.raises(
        ValueError, match=f"{outside} lies outside the run; expected a quarter from 2024Q3 to 2034Q2"
    ):
        Horizon("2024Q3", 40).index(outside)


def test_an_end_may_be_one_quarter_after_the_run_and_no_later() -> None:
    with pytest.raises(ValueError, match="outside the run"):
        Horizon("2024Q3", 40).end_index("2034Q4")
