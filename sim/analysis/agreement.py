"""How far the two coders agree: Krippendorff's alpha, number by number, from the codings in `seeds/`.

Alpha is computed here, in a few lines tested on published examples: the library for it (krippendorff) is under the GPL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.inputs.coding import Twice
    from sim.inputs.evidence import Seeds
    from sim.inputs.expected_signs import ExpectedSign, ExpectedSigns

Metric = Literal["nominal", "ordinal", "interval"]
ALL = "all"
MOVING = "both say it moves"


@dataclass(frozen=True)
class Agreement:
    """How far two codings of one kind of number agree.

    items: numbers coded by both. alpha: Krippendorff's, interval metric, on the modes. inside: share of second modes
    inside the first coder's interval. difference: mean absolute difference of the modes, in the unit of the number
    (attributes: as a share of their scale).
    """

    kind: str
    part: str
    items: int
    alpha: float
    inside: float
    difference: float


def agreements(seeds: Seeds) -> list[Agreement]:
    """Agreement on attributes, on each dial and on strengths, as the coders gave them: before merging and corrections.

    A kind that has parts (explicit and implied attributes, strengths by worldview) has a row for each and one for `all`.
    """
    kinds: dict[str, dict[str, list[Twice]]] = {}
    for number in seeds.twice_coded:
        kinds.setdefault(number.kind, {}).setdefault(number.part, []).append(number)
    found = []
    for kind, parts in kinds.items():
        everything = [number for numbers in parts.values() for number in numbers]
        found.append(_agreement(kind, ALL, everything))
        if len(parts) > 1:
            found += [_agreement(kind, part, numbers) for part, numbers in parts.items()]
    return found


def _agreement(kind: str, part: str, numbers: Sequence[Twice]) -> Agreement:
    first = np.array([number.first for number in numbers])
    second = np.array([number.second for number in numbers])
    inside = (first[:, 0] <= second) & (second <= first[:, 2])
    return Agreement(
        kind,
        part,
        len(numbers),
        krippendorff_alpha([first[:, 1], second], "interval"),
        float(inside.mean()),
        float(np.abs(first[:, 1] - second).mean()),
    )


@dataclass(frozen=True)
class SignAgreement:
    """How far two coders expect the same of scenarios: rises, falls, no effect to speak of.

    items: cells to which both gave a sign. equal: share of them with the same sign. nominal, ordinal: Krippendorff's alpha
    by whether signs are the same, and by how far apart they are.
    """

    part: str
    items: int
    equal: float
    nominal: float
    ordinal: float


def sign_agreements(signs: ExpectedSigns) -> list[SignAgreement]:
    """Agreement on expected signs: all cells, those that both say move, and the cells of each worldview."""
    both = [cell for cell in signs.cells if cell.first is not None and cell.second is not None]
    parts = {ALL: both, MOVING: [cell for cell in both if cell.first and cell.second]}
    for cell in both:
        parts.setdefault(cell.worldview, []).append(cell)
    return [_sign_agreement(part, cells) for part, cells in parts.items()]


def _sign_agreement(part: str, cells: Sequence[ExpectedSign]) -> SignAgreement:
    given = np.array([[cell.first for cell in cells], [cell.second for cell in cells]], dtype=float)
    return SignAgreement(
        part,
        len(cells),
        float((given[0] == given[1]).mean()),
        krippendorff_alpha(given, "nominal"),
        krippendorff_alpha(given, "ordinal"),
    )


def krippendorff_alpha(ratings: ArrayLike, metric: Metric = "interval") -> float:
    """Krippendorff's alpha of ratings (coders, units), NaN where a coder passed a unit over: 1 is perfect, 0 chance.

    Units with fewer than two ratings do not count; NaN where all ratings are the same, since nothing can then be told.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.
    """
    units = [unit[np.isfinite(unit)] for unit in np.asarray(ratings, dtype=float).T]
    units = [unit for unit in units if len(unit) > 1]
    values, places = np.unique(np.concatenate(units), return_inverse=True)
    coincidences = np.zeros((len(values), len(values)))
    for of_unit in _split(places, (len(unit) for unit in units)):
        counts = np.bincount(of_unit, minlength=len(values)).astype(float)
        coincidences += (np.outer(counts, counts) - np.diag(counts)) / (len(of_unit) - 1)
    totals = coincidences.sum(axis=1)
    distances = _squared_distances(values, totals, metric)
    expected = float((np.outer(totals, totals) * distances).sum() / (totals.sum() - 1))
    observed = float((coincidences * distances).sum())
    return 1 - observed / expected if expected > 0 else float("nan")


def _split(places: NDArray[np.int64], sizes: Iterable[int]) -> list[NDArray[np.int64]]:
    return np.split(places, np.cumsum(list(sizes))[:-1])


def _squared_distances(
    values: NDArray[np.float64], totals: NDArray[np.float64], metric: Metric
) -> NDArray[np.float64]:
    """How unlike each pair of values is, squared (values, values)."""
    if metric == "nominal":
        return 1.0 - np.eye(len(values))
    # Ordinal: how many ratings lie between, counting half of those at either end.
    scale = values if metric == "interval" else np.cumsum(totals) - totals / 2
    squared: NDArray[np.float64] = np.subtract.outer(scale, scale) ** 2
    return squared
