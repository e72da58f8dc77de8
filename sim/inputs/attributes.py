"""Attributes of actors, computed from codings, figures and assumptions by the steps of `seeds/attributes.yaml`.

The steps of an attribute are tried in order; the first that applies to the actor gives the value. There are six
kinds, and no others: an assumption; the actor's own coding; the coding of a group, spread over its members by
figures; a blend of two groups' codings; a figure on a scale; a line in other attributes and figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.inputs.attributes_schema import (
    AssumedStep,
    AttributeEntry,
    BlendStep,
    CodingStep,
    FigureStep,
    GroupStep,
    LineStep,
)
from sim.inputs.coding import Coding, Kind, Sourced, bounded, places, preferred, sourced
from sim.inputs.figures import Figure, Figures

if TYPE_CHECKING:
    from sim.inputs.attributes_schema import Step

WIDENING = 0.1  # added to each end of an interval per step of inheritance (rule of the coding)
SPREAD_WIDTH = 0.05  # added to each end where figures spread a group's coding: the slope is an assumption
Shift = tuple[float, Figure]  # how far a figure moves a value, and the figure


class Attributes:
    """Every attribute of every agent under every worldview: `value(worldview, name, actor)`.

    codings: (subject, attribute) → competing codings. inherits: actor → groups whose codings it may take, in
    order. groups: group → members. preference: worldview → order of articles. quantity_words: phrase → mode of
    the share.
    """

    def __init__(
        self,
        entries: Sequence[AttributeEntry],
        codings: Mapping[tuple[str, str], Sequence[Coding]],
        figures: Figures,
        inherits: Mapping[str, Sequence[str]],
        groups: Mapping[str, Sequence[str]],
        preference: Mapping[str, Sequence[str]],
        quantity_words: Mapping[str, float],
    ) -> None:
        self.entries = {entry.name: entry for entry in entries}
        self.codings = codings
        self.figures = figures
        self.inherits = inherits
        self.groups = groups
        self.preference = preference
        self.quantity_words = quantity_words
        self._known: dict[tuple[str, str, str], Sourced] = {}

    def value(self, worldview: str, name: str, actor: str) -> Sourced:
        """One attribute, bounded by its scale. Raises LookupError where no step applies to the actor."""
        key = (worldview, name, actor)
        if key not in self._known:
            self._known[key] = self._computed(worldview, self.entries[name], actor)
        return self._known[key]

    def _computed(self, worldview: str, entry: AttributeEntry, actor: str) -> Sourced:
        for step in entry.steps:
            if step.of and not any(actor == name or actor in self.groups.get(name, ()) for name in step.of):
                continue
            found = self._taken(worldview, step, actor)
            if found is not None:
                return bounded(found, *entry.scale)
        raise LookupError(f"no step of {entry.name} applies to {actor}")

    def _taken(self, worldview: str, step: Step, actor: str) -> Sourced | None:
        if isinstance(step, AssumedStep):
            return _assumed(step)
        if isinstance(step, CodingStep):
            return self._own_coding(worldview, step, actor)
        if isinstance(step, GroupStep):
            return self._group_coding(worldview, step, actor)
        if isinstance(step, BlendStep):
            return self._blend(worldview, step, actor)
        if isinstance(step, FigureStep):
            figure = self.figures.get(actor, step.figure)
            return None if figure is None else on_scale(step, figure)
        return self._line(worldview, step, actor)

    def coding(self, worldview: str, subject: str, attribute: str) -> Coding | None:
        """The coding of a subject's attribute that the worldview goes by, or None."""
        return preferred(self.codings.get((subject, attribute), ()), self.preference[worldview])

    def _own_coding(self, worldview: str, step: CodingStep, actor: str) -> Sourced | None:
        found = self.coding(worldview, actor, step.coding)
        return None if found is None else rescaled(found.value, step.plus, step.times, step.because)

    def _group_coding(self, worldview: str, step: GroupStep, actor: str) -> Sourced | None:
        groups = step.groups or self.inherits.get(actor, ())
        for distance, group in enumerate(groups, start=1):
            found = self.coding(worldview, group, step.coding)
            if found is not None:
                shifts = self._shifts(actor, group, step.spread)
                if shifts is None:
                    continue
                value = rescaled(found.value, step.plus, step.times, step.because)
                return inherited(value, group, distance if not step.groups else 1, shifts)
        return None

    def _shifts(self, actor: str, group: str, spread: Mapping[str, float]) -> list[Shift] | None:
        """Slope times the actor's distance from the group's mean, for each figure; None if a figure lacks."""
        shifts = []
        for name, slope in spread.items():
            figure = self.figures.get(actor, name)
            mean = self.figures.mean(self.groups.get(group, ()), name)
            if figure is None or math.isnan(mean):
                return None
            shifts.append((slope * (figure.value - mean), figure))
        return shifts

    def _blend(self, worldview: str, step: BlendStep, actor: str) -> Sourced | None:
        """Mixture of two groups' codings: the share of the second is the quantity word's, moved by figures."""
        first, second = (self.coding(worldview, group, step.coding) for group in step.groups)
        weights = self._shifts(actor, step.over, step.spread)
        lifts = self._shifts(actor, step.over, step.plus)
        if first is None or second is None or weights is None or lifts is None:
            return None
        share = min(max(self.quantity_words[step.share] + sum(shift for shift, _ in weights), 0.0), 1.0)
        lift = sum(shift for shift, _ in lifts)
        a, b = first.value, second.value
        ends = [mixed(x, y, share) + lift for x, y in ((a.low, b.low), (a.mode, b.mode), (a.high, b.high))]
        used = [figure for _, figure in weights + lifts]
        source = (
            f"{first.value.source} and {second.value.source}, mixed {1 - share:.2f} to {share:.2f} "
            f"and moved by {lift:+.2f}; {_named(used)}; {step.because}"
        )
        pedigree = max(min(a.pedigree, b.pedigree, *(figure.pedigree for figure in used)) - 1, 0)
        return Sourced(ends[0] - SPREAD_WIDTH, ends[1], ends[2] + SPREAD_WIDTH, "reference", source, pedigree)

    def _line(self, worldview: str, step: LineStep, actor: str) -> Sourced | None:
        """constant + Σ slope · attribute + Σ slope · figure; half-widths add up, ignorance included."""
        total, below, above = step.constant, step.width, step.width
        pedigree = 3 if step.figures else 1
        parts = []
        for name, slope in step.attributes.items():
            other = self.value(worldview, name, actor)
            total += slope * other.mode
            down, up = other.mode - other.low, other.high - other.mode
            below += abs(slope) * (down if slope > 0 else up)
            above += abs(slope) * (up if slope > 0 else down)
            pedigree = min(pedigree, other.pedigree)
            parts.append(f"{slope:+g} × {name} [{other.kind}]")
        for name, slope in step.figures.items():
            figure = self.figures.get(actor, name)
            if figure is None:
                return None
            total += slope * figure.value
            pedigree = min(pedigree, figure.pedigree)
            parts.append(f"{slope:+g} × {name} ({figure.words})")
        kind: Kind = "reference" if step.figures else "assumed"
        prefix = "" if step.figures else "assumed: "
        source = f"{prefix}{step.constant:g} {' '.join(parts)}; {step.because}"
        return Sourced(total - below, total, total + above, kind, source, pedigree)


def _assumed(step: AssumedStep) -> Sourced:
    said = f" ({places(step.at)})" if step.at else ""
    return sourced(step.value, "assumed", f"assumed: {step.because}{said}", 1 if step.at else 0)


def rescaled(value: Sourced, plus: float, times: float, because: str) -> Sourced:
    """plus + times · value, ends in order; the kind stays, for the number is the same on another scale."""
    if plus == 0.0 and times == 1.0:
        return value
    low, high = sorted((plus + times * value.low, plus + times * value.high))
    source = f"{value.source}, as {plus:g} {times:+g} × value ({because})"
    return Sourced(low, plus + times * value.mode, high, value.kind, source, value.pedigree)


def inherited(value: Sourced, group: str, distance: int, shifts: Sequence[Shift]) -> Sourced:
    """A group's coding taken for one of its members, `distance` steps away, moved by the shifts of its figures."""
    shift = sum(amount for amount, _ in shifts)
    wider = WIDENING * distance + (SPREAD_WIDTH if shifts else 0.0)
    source = f"{value.source}, taken from {group} ({distance} step{'s' if distance > 1 else ''}, wider)"
    kind, pedigree = value.kind, max(value.pedigree - distance, 0)
    if shifts:
        source += f", moved by {shift:+.2f} from the group's mean: {_named([figure for _, figure in shifts])}"
        kind = "assumed" if kind == "assumed" else "reference"
        pedigree = min(pedigree, *(figure.pedigree for _, figure in shifts))
    low, mode, high = value.low - wider + shift, value.mode + shift, value.high + wider + shift
    return Sourced(low, mode, high, kind, source, pedigree)


def on_scale(step: FigureStep, figure: Figure) -> Sourced:
    """A figure on a scale: linear (or linear in its logarithm) between two points, level beyond them."""
    (x0, x1), (y0, y1), x = step.between, step.gives, figure.value
    if step.logarithm:
        x0, x1, x = math.log(x0), math.log(x1), math.log(max(x, 1e-9))
    share = min(max((x - x0) / (x1 - x0), 0.0), 1.0)
    mode = y0 + share * (y1 - y0)
    source = f"{step.figure}: {figure.value:g} {figure.unit}, {figure.words}; {step.because}"
    pedigree = max(figure.pedigree - 1, 0)
    return Sourced(mode - step.width, mode, mode + step.width, "reference", source, pedigree)


def mixed(first: float, second: float, share_of_second: float) -> float:
    """The weighted mean of two numbers."""
    return (1 - share_of_second) * first + share_of_second * second


def _named(figures: Sequence[Figure]) -> str:
    return "; ".join(f"{figure.name} {figure.value:g} {figure.unit}, {figure.words}" for figure in figures)
