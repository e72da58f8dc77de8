"""Which figures a result gets, and drawing them into its `figures/` folder."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.views.labels import Labels
from sim.views.style import house_style, saved

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.runs.result import Result

KINDS = ("differences", "distributions", "fans", "positions", "shifts")
FOLDER = "figures"
FIGURES_PER_COLLECTION = 12


def first_kinds(result: Result) -> Sequence[str]:
    """What a run draws by itself: everything for an experiment; for one policy beside the baseline no distributions.

    There the fans show the same spread over time, and the answer should not wait; `sim plot` draws the rest.
    """
    is_lone = len(Labels(result.manifest).policies) <= 2
    return [
        kind
        for kind in KINDS
        if not (is_lone and kind == "distributions" and result.manifest["path_outcomes"])
    ]


@dataclass(frozen=True)
class Order:
    """One figure to draw: its file name without ending, and how to draw it."""

    name: str
    draw: Callable[[], Figure]


def draw_figures(
    result: Result,
    folder: Path,
    *,
    kinds: Sequence[str] = KINDS,
    outcomes: Sequence[str] = (),
    policies: Sequence[str] = (),
    by: str = "policy",
    formats: Sequence[str] = ("png",),
    perspective: str | None = None,
) -> list[Path]:
    """Draw figures and return the files written.

    Without `outcomes` the headline ones are drawn; without `policies` positions are drawn for the baseline alone.
    A file that exists is drawn again: figures can always be made anew from the tables.
    """
    written = []
    with house_style(), few_collections():
        for k, order in enumerate(orders(result, kinds, outcomes, policies, by, perspective)):
            written += saved(order.draw(), folder, order.name, formats)
            if k % FIGURES_PER_COLLECTION == FIGURES_PER_COLLECTION - 1:
                gc.collect()
    return written


@contextmanager
def few_collections() -> Iterator[None]:
    """Figures are made of thousands of small linked objects; looking for garbage among them takes much of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def chosen_outcomes(result: Result, names: Sequence[str]) -> list[str]:
    """Columns to draw: none given, those of the screen; `all`, every outcome; else the names.

    Raises InputError, with the nearest name, for a column that the result does not have.
    """
    columns = Labels(result.manifest).measures
    if "all" in names:
        return [column for column in columns if "." not in column]
    return _known("outcome", names, columns)


def chosen_policies(result: Result, names: Sequence[str]) -> list[str]:
    """Policies to draw positions of; `all` for every one. Raises InputError for one that is not in the result."""
    policies = Labels(result.manifest).policies
    return policies if "all" in names else _known("policy", names, policies)


def chosen_perspective(result: Result, name: str | None) -> str | None:
    """The perspective, if the result has it. Raises InputError if not."""
    return None if name is None else _known("perspective", [name], Labels(result.manifest).perspectives)[0]


def _known(kind: str, names: Sequence[str], valid: Sequence[str]) -> list[str]:
    from sim.inputs.documents import InputError, unknown

    for name in names:
        if name not in valid:
            raise InputError(unknown(kind, name, valid))
    return list(names)


def orders(
    result: Result,
    kinds: Sequence[str],
    outcomes: Sequence[str],
    policies: Sequence[str],
    by: str,
    perspective: str | None,
) -> list[Order]:
    """The figures to draw for these wishes, in the order of their names' kinds."""
    from sim.views.differences import differences
    from sim.views.distributions import distributions
    from sim.views.fans import fans
    from sim.views.positions import positions, shifts

    labels = Labels(result.manifest)
    chosen = list(outcomes) or labels.headline
    seen_from = perspective or labels.perspectives[0]
    found = []
    for future in labels.futures:
        ending = f"-{future}" if len(labels.futures) > 1 else ""
        if "differences" in kinds and len(labels.policies) > 1:
            found.append(
                Order(f"differences{ending}", partial(differences, result, chosen, future, seen_from))
            )
        if "distributions" in kinds:
            found += [
                Order(
                    f"distribution-{outcome}{_suffix(by)}{ending}",
                    partial(distributions, result, outcome, future, by),
                )
                for outcome in chosen
            ]
        if "fans" in kinds:
            found += [
                Order(f"fan-{outcome}{ending}", partial(fans, result, outcome, future))
                for outcome in chosen
                if outcome in labels.path_outcomes
            ]
        if "positions" in kinds and labels.has_positions:
            found += [
                Order(f"positions-{policy}{ending}", partial(positions, result, policy, future))
                for policy in policies or [labels.baseline]
            ]
        if "shifts" in kinds and labels.has_positions and len(labels.policies) > 1:
            found.append(Order(f"shifts{ending}", partial(shifts, result, future)))
    return found


def _suffix(by: str) -> str:
    return "" if by == "policy" else f"-by-{by}"
