"""Krippendorff's alpha against his own worked examples; agreement of our two coders, from their codings alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.agreement import agreements, krippendorff_alpha, sign_agreements
from sim.inputs.evidence import load_seeds
from sim.inputs.expected_signs import ExpectedSign, ExpectedSigns, load_signs

NONE = math.nan
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, five values.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
# The same: two observers, nominal data a to e; and binary data.
LETTERS = [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("ratings", "metric", "published"),
    [
        (BINARY, "nominal", 0.095),
        (LETTERS, "nominal", 0.692),
        (FOUR_OBSERVERS, "nominal", 0.743),
        (FOUR_OBSERVERS, "ordinal", 0.815),
        (FOUR_OBSERVERS, "interval", 0.849),
    ],
)
def test_published_examples(ratings: list[list[float]], metric: str, published: float) -> None:
    assert krippendorff_alpha(ratings, metric) == pytest.approx(published, abs=5e-4)  # type: ignore[arg-type]


def test_ends_of_the_scale() -> None:
    """Perfect agreement is 1; swapped ratings are worse than chance; with one value nothing can be told."""
    assert krippendorff_alpha([[0.1, 0.4, 0.9], [0.1, 0.4, 0.9]]) == 1.0
    assert krippendorff_alpha([[0, 1], [1, 0]]) == pytest.approx(-0.5)
    assert math.isnan(krippendorff_alpha([[2, 2, 2], [2, 2, 2]]))


def test_neither_origin_nor_unit_of_an_interval_scale_matters() -> None:
    ratings = np.array(FOUR_OBSERVERS)
    assert krippendorff_alpha(3 - 7 * ratings) == pytest.approx(krippendorff_alpha(ratings))


def test_two_coders_of_dials_by_hand() -> None:
    """With two coders and no gaps: one less the mean squared difference over twice the variance of all ratings."""
    found = {(one.kind, one.part): one for one in agreements(load_seeds())}
    pairs = [
        (number.first[1], number.second) for number in load_seeds().twice_coded if number.kind == "visibility"
    ]
    first, second = np.array(pairs).T
    assert len(pairs) == 79
    apart = np.mean((first - second) ** 2) / (2 * np.var(np.concatenate([first, second]), ddof=1))
    visibility = found["visibility", "all"]
    assert visibility.alpha == pytest.approx(1 - apart)
    assert visibility.difference == pytest.approx(np.abs(first - second).mean())


def test_agreement_is_what_decision_0003_says() -> None:
    """High for attributes and dials, lower for the strengths under W2 and W4; every number coded twice counts once."""
    found = {(one.kind, one.part): one for one in agreements(load_seeds())}
    assert [found["attributes", part].items for part in ("all", "explicit", "implied")] == [270, 140, 130]
    shown = {name: round(one.alpha, 2) for name, one in found.items()}
    assert shown["attributes", "all"] == 0.96
    dials = [one.alpha for (kind, _), one in found.items() if kind not in ("attributes", "strengths")]
    assert len(dials) == 11
    assert min(dials) > 0.85
    assert (shown["strengths", "W2"], shown["strengths", "W4"], shown["delivery", "all"]) == (
        0.61,
        0.64,
        0.94,
    )
    assert (
        found["strengths", "all"].items == sum(found["strengths", f"W{k}"].items for k in range(1, 5)) == 284
    )
    assert all(0 <= one.inside <= 1 and one.difference >= 0 for one in found.values())


def cells(pairs: list[tuple[str, int | None, int | None]]) -> ExpectedSigns:
    """Signs of two coders, by worldview."""
    made = [
        ExpectedSign("s", worldview, f"o{k}", *given, "high") for k, (worldview, *given) in enumerate(pairs)
    ]
    return ExpectedSigns(tuple(made), {}, True)


def test_agreement_on_signs_by_hand() -> None:
    """Cells that only one coded do not count; a sign turned round is further off than one that fades."""
    pairs: list[tuple[str, int | None, int | None]] = [
        ("W1", 1, 1), ("W1", -1, -1), ("W1", 0, 1), ("W2", 1, 1), ("W2", 0, 0), ("W2", None, 1), ("W2", 0, None)
    ]  # fmt: skip
    found = {one.part: one for one in sign_agreements(cells(pairs))}
    assert {part: one.items for part, one in found.items()} == {
        "all": 5,
        "both say it moves": 3,
        "W1": 3,
        "W2": 2,
    }
    assert found["all"].equal == pytest.approx(4 / 5)
    assert found["both say it moves"].equal == 1.0
    # Ratings: two of −1, three of 0, five of 1. Pairs that differ by chance: 2·(2·3 + 2·5 + 3·5) of 10·9; seen: 2 of 10.
    assert found["all"].nominal == pytest.approx(1 - (2 / 10) / (62 / 90))
    turned = sign_agreements(cells([*pairs[:2], ("W1", -1, 1), *pairs[3:]]))[0]
    assert turned.ordinal < found["all"].ordinal


def test_the_coders_of_the_shipped_signs_agree() -> None:
    found = {one.part: one for one in sign_agreements(load_signs())}
    assert found["all"].items > 150
    assert found["all"].equal > 0.9
    assert found["both say it moves"].equal > 0.98
    assert set(found) == {"all", "both say it moves", "W1", "W2", "W3", "W4"}


def test_agreement_does_not_hang_on_which_coding_is_loaded() -> None:
    """It is about what the coders gave, not about what was made of it: corrected numbers count as coded."""
    assert agreements(load_seeds("first")) == agreements(load_seeds("second")) == agreements(load_seeds())
