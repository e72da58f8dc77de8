"""Numbers with their pedigree, and how two codings of one text become one number.

Merging (docs/decisions/0003): mode = mean of the two modes, interval = hull of the two intervals; where the
second coding gives a mode alone, the first interval is widened to it. A `corrected` interval replaces both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["coded", "reference", "assumed"]
Choice = Literal["merged", "first", "second"]
# How far the errors of one coder in numbers of one kind go together, unless an experiment says otherwise (assumed).
DEFAULT_CORRELATION = 0.7
CHOICES: tuple[Choice, ...] = ("merged", "first", "second")

_WEAKEST_FIRST: tuple[Kind, ...] = ("assumed", "reference", "coded")
# Pedigree, 0 (a guess) to 4, by what the coder says a number rests on.
PEDIGREE_OF_TEXT = {
    "explicit": 4, "text": 4, "implied": 3, "inferred-by-absence": 1, "none": 1, "judgement": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Sourced:
    """One uncertain number with its pedigree.

    low, mode, high: the coder's uncertainty, in the unit of whatever the number is. kind: `coded` (the articles),
    `reference` (a figure, or a group's coding spread by figures) or `assumed`. source: where it comes from, in
    words. pedigree: 0 (a guess) to 4 (explicit text or a figure read in its source).
    """

    low: float
    mode: float
    high: float
    kind: Kind
    source: str
    pedigree: int


def sourced(interval: Sequence[float], kind: Kind, source: str, pedigree: int) -> Sourced:
    """A Sourced from (low, mode, high)."""
    low, mode, high = interval
    return Sourced(low, mode, high, kind, source, pedigree)


@dataclass(frozen=True)
class Coding:
    """One coded attribute, both readings merged: `JPN.nato_overall.1` and where it stands in the texts."""

    id: str
    subject: str
    attribute: str
    articles: tuple[str, ...]
    at: tuple[str, ...]
    text: str
    claim: str
    value: Sourced


@dataclass(frozen=True)
class Twice:
    """One number as both coders gave it, before merging and corrections.

    kind: `attributes`, the name of a dial, or `strengths`; part: what the coder found in the text, or the worldview.
    first: the first coder's (low, mode, high); second: the second coder's mode.
    """

    kind: str
    part: str
    first: tuple[float, float, float]
    second: float


def twice(kind: str, part: str, first: Sequence[float], second: Sequence[float] | float) -> Twice:
    """A Twice from what stands in the files; the second coder may have given a mode alone."""
    low, mode, high = first
    return Twice(
        kind, part, (low, mode, high), float(second) if isinstance(second, int | float) else second[1]
    )


def merged_interval(
    first: Sequence[float], second: Sequence[float] | float | None, choice: Choice = "merged"
) -> tuple[float, float, float]:
    """(low, mode, high) of two codings: mean of the modes, hull of the intervals.

    `first` is (low, mode, high); `second` the same, a mode alone, or None where there was no second coding.
    `choice` = "first" or "second" takes one coding alone; a second coding that is a mode alone keeps the first
    interval, widened to hold it, and a missing one leaves the first.
    """
    if second is None or choice == "first":
        return (first[0], first[1], first[2])
    if isinstance(second, int | float):
        low, mode, high = min(first[0], second), float(second), max(first[2], second)
    else:
        low, mode, high = second
    if choice == "second":
        return (low, mode, high)
    return (min(first[0], low), (first[1] + mode) / 2, max(first[2], high))


def how_merged(second: object, choice: Choice) -> str:
    """Words for a source: what was done with the two codings."""
    if second is None:
        return "one coding"
    return "mean of two codings" if choice == "merged" else f"{choice} coding"


def places(locators: Sequence[str]) -> str:
    """Locators as text: `A2.SP 6, A3.B 1`."""
    return ", ".join(locators)


def articles_of(locators: Sequence[str]) -> tuple[str, ...]:
    """The articles that the locators stand in, each once, in order."""
    return tuple(dict.fromkeys(locator.partition(" ")[0].partition(".")[0] for locator in locators))


def coded_value(
    name: str, first: Sequence[float], second: Sequence[float] | float | None, text: str, at: Sequence[str],
    choice: Choice,
) -> Sourced:  # fmt: skip
    """The merged number of the coding `name`: `coded`, or `assumed` where the text is silent."""
    interval = merged_interval(first, second, choice)
    said = f"{places(at)} ({name}, {how_merged(second, choice)})"
    if text == "inferred-by-absence":
        return sourced(interval, "assumed", f"assumed: text silent, coder's value at {said}", 1)
    return sourced(interval, "coded", said, PEDIGREE_OF_TEXT[text])


def corrected_value(corrected: Sequence[float], because: str) -> Sourced:
    """The number that replaces both codings, by decision 0003."""
    return sourced(corrected, "assumed", f"assumed: {because} (decision 0003 corrects both codings)", 1)


def preferred(codings: Sequence[Coding], order: Sequence[str]) -> Coding | None:
    """Of the competing codings of one attribute, the one from the article that stands first in `order`.

    None if there is no coding at all. Codings from articles outside `order` come last.
    """

    def rank(coding: Coding) -> int:
        return min(
            (order.index(article) if article in order else len(order) for article in coding.articles),
            default=len(order),
        )

    return min(codings, key=rank) if codings else None


def hull(values: Sequence[Sourced]) -> Sourced:
    """One number that allows all that these allow: lowest low, mean of the modes, highest high, weakest pedigree.

    `values` are those of W1 to W4, in this order. Where all have the same interval the first is given back.
    """
    intervals = {(value.low, value.mode, value.high) for value in values}
    if len(intervals) == 1:
        return min(values, key=lambda value: value.pedigree)
    kind = min((value.kind for value in values), key=_WEAKEST_FIRST.index)
    source = "hull of W1 to W4, mode the mean of theirs"
    return Sourced(
        min(value.low for value in values),
        math.fsum(value.mode for value in values) / len(values),
        max(value.high for value in values),
        kind,
        f"assumed: {source}" if kind == "assumed" else source,
        min(value.pedigree for value in values),
    )


def bounded(value: Sourced, lowest: float, highest: float) -> Sourced:
    """The number with its interval cut to [lowest, highest]."""
    low, mode, high = (min(max(x, lowest), highest) for x in (value.low, value.mode, value.high))
    return Sourced(low, mode, high, value.kind, value.source, value.pedigree)
