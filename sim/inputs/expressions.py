"""What a fact may say: a closed set of named functions of what runs leave behind, as data; nothing is run as code.

A side of a comparison is a number or one function with its options (`docs/guide/validate.md` lists them). Reading turns it
into the few plain kinds below: readings of a variable, weighted sums of them, extremes, ratios, shares of runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BASELINE, PLAIN_FUTURE = "course_of_2024", "as_expected"
SUMMARIES = ("mean", "first_year", "final", "worst")


@dataclass(frozen=True)
class Variable:
    """What runs are read for: the mean of these names, outcomes' slugs or probes (`field`, `field.ACTOR`)."""

    name: str
    outcomes: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where it is read: a policy in a future, under a worldview (empty: the one judged)."""

    policy: str = BASELINE
    future: str = PLAIN_FUTURE
    under: str = ""


@dataclass(frozen=True)
class Reading:
    """A variable's mean over the horizon, mean over the first year, final value or worst quarter."""

    summary: str
    variable: Variable
    place: Place


@dataclass(frozen=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True)
class Weighted:
    """A weighted sum: (weight, side) pairs."""

    terms: tuple[tuple[float, Side], ...]


@dataclass(frozen=True)
class Extreme:
    """The largest (or smallest) of several sides, run by run."""

    is_largest: bool
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Ratio:
    """The mean of one side over the mean of another."""

    above: Side
    below: Side


@dataclass(frozen=True)
class ShareOfRuns:
    """The share of runs in which all of the comparisons hold."""

    conditions: tuple[Comparison, ...]


@dataclass(frozen=True)
class Positions:
    """Over the states of the region: the correlation of positions in two domains, or (`apart` given) how many states
    stand more than `apart` on one side in the first domain and on the other in the second.
    """

    domains: tuple[str, str]
    states: tuple[str, ...]
    place: Place
    apart: float | None = None


Side = Number | Reading | Weighted | Extreme | Ratio | ShareOfRuns | Positions


@dataclass(frozen=True)
class Comparison:
    """`side` must lie above `low` and below `high` (None: no such bound).

    worldviews: those for which it is asked (empty: all that the fact names). text: as written, in words.
    """

    side: Side
    low: float | None
    high: float | None
    text: str
    worldviews: tuple[str, ...] = ()


def readings(side: Side) -> Iterable[Reading | Positions]:
    """Every reading of runs inside a side."""
    if isinstance(side, Reading | Positions):
        yield side
    for one in _inside(side):
        yield from readings(one)


def has_ratio(side: Side) -> bool:
    """Whether a side is a ratio, or holds one."""
    return isinstance(side, Ratio) or any(map(has_ratio, _inside(side)))


def _inside(side: Side) -> Sequence[Side]:
    """The sides that a side is made of."""
    if isinstance(side, Weighted):
        return [one for _, one in side.terms]
    if isinstance(side, Extreme):
        return side.sides
    if isinstance(side, Ratio):
        return (side.above, side.below)
    if isinstance(side, ShareOfRuns):
        return [condition.side for condition in side.conditions]
    return ()


def in_words(side: Side) -> str:
    """A side as a reader would say it."""
    if isinstance(side, Number):
        return f"{side.value:g}"
    if isinstance(side, Reading):
        return f"{_summary_words(side)}{side.variable.name} ({_place_words(side.place)})"
    if isinstance(side, Ratio):
        return f"[{in_words(side.above)}] / [{in_words(side.below)}]"
    if isinstance(side, Extreme):
        return f"{'largest' if side.is_largest else 'smallest'} of {', '.join(map(in_words, side.sides))}"
    if isinstance(side, ShareOfRuns):
        return f"share of runs with {' and '.join(condition.text for condition in side.conditions)}"
    if isinstance(side, Positions):
        what = "correlation of positions" if side.apart is None else "states on opposite sides"
        return f"{what} in {side.domains[0]} and {side.domains[1]}"
    return _sum_words(side)


def _sum_words(side: Weighted) -> str:
    inner = [one for _, one in side.terms]
    if all(isinstance(one, Reading) for one in inner):
        first = inner[0]
        assert isinstance(first, Reading)
        if [weight for weight, _ in side.terms] == [1.0, -1.0]:
            last = inner[1]
            assert isinstance(last, Reading)
            if last.variable == first.variable:
                against = (
                    ""
                    if last.place == Place(under=first.place.under)
                    else f" against {_place_words(last.place)}"
                )
                return f"change of {_summary_words(first)}{first.variable.name} ({_place_words(first.place)}{against})"
        if len(inner) > 2:
            return f"slope of {_summary_words(first)}{first.variable.name}"
    parts = [
        ("" if weight == 1 else "− " if weight == -1 else f"{weight:g} × ") + f"[{in_words(one)}]"
        for weight, one in side.terms
    ]
    return " ".join(part if k == 0 or part.startswith("−") else f"+ {part}" for k, part in enumerate(parts))


def _summary_words(reading: Reading) -> str:
    return "" if reading.summary == "mean" else f"{reading.summary.replace('_', ' ')} "


def _place_words(place: Place) -> str:
    future = "" if place.future == PLAIN_FUTURE else place.future
    policy = place.policy if place.policy != BASELINE or not future else ""
    words = " in ".join(part for part in (policy, future) if part)
    return f"{words} under {place.under}" if place.under else words
