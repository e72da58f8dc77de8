"""Levels of instruments over time: what a scenario file writes, and the level it means each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import Field

from sim.inputs.documents import Document, FileModel, Keys, validated
from sim.inputs.problems import shown
from sim.inputs.quarters import Horizon


@dataclass(frozen=True)
class Segment:
    """One step of a path: from quarter `start` the level goes to `to`, evenly over `over` quarters."""

    to: float
    start: int
    over: int


class _Step(FileModel):
    to: Any
    from_: Any = Field(default=None, alias="from")
    over: Any = 1


def path_levels(baseline: float, segments: Sequence[Segment], quarters: int) -> list[float]:
    """Level (0..1) each quarter: the baseline, then each segment in turn; exactly `to` once it is reached."""
    levels = [baseline] * quarters
    before = baseline
    for segment in segments:
        for t in range(segment.start, quarters):
            done = t - segment.start + 1
            if done >= segment.over:
                levels[t] = segment.to
            else:
                levels[t] = before + (segment.to - before) * done / segment.over
        before = segment.to
    return levels


def trend_levels(baseline: float, trend: float, quarters: int) -> list[float]:
    """Level each quarter of an instrument that fills the share `trend` of its remaining room by the last."""
    if trend == 0:
        return [baseline] * quarters
    return [baseline + trend * (1 - baseline) * (t + 1) / quarters for t in range(quarters)]


def segments_at(document: Document, keys: Keys, horizon: Horizon) -> tuple[Segment, ...]:
    """The path written at `keys`: a number, `{to, from, over}`, or a list of such steps.

    Raises InputError for a level outside 0..1, a quarter outside the run, or steps that overlap.
    """
    written = document.at(keys)
    if isinstance(written, dict):
        return (_segment(document, keys, horizon),)
    if not isinstance(written, list):
        return (Segment(level_at(document, keys), 0, 1),)
    if not written:
        raise document.error_in("expected at least one step, got an empty list", keys)
    segments = tuple(_segment(document, (*keys, i), horizon) for i in range(len(written)))
    for i, (earlier, later) in enumerate(pairwise(segments), start=1):
        if later.start < earlier.start + earlier.over:
            free = earlier.start + earlier.over
            hint = f"expected {horizon.quarter(free)} or later"
            message = f"step {i + 1} starts before step {i} has reached its level; {hint}"
            raise document.error_in(message, (*keys, i))
    return segments


def _segment(document: Document, keys: Keys, horizon: Horizon) -> Segment:
    step = validated(_Step, document, keys)
    start = 0
    if step.from_ is not None:
        try:
            start = horizon.index(step.from_)
        except ValueError as error:
            raise document.error_in(str(error), (*keys, "from")) from None
    over = step.over
    if isinstance(over, bool) or not isinstance(over, int) or not 1 <= over <= 400:
        message = f"expected a whole number of quarters, 1 (at once) to 400, got {shown(over)}"
        raise document.error_in(message, (*keys, "over"))
    return Segment(level_at(document, (*keys, "to")), start, over)


def level_at(document: Document, keys: Keys) -> float:
    """The level (0..1) written at `keys`. Raises InputError for anything else, with what was meant."""
    value = document.at(keys)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    message = f"expected a level from 0 to 1, got {shown(value)}{_level_meant(value)}"
    raise document.error_in(message, keys)


def _level_meant(value: object) -> str:
    """What a percentage or a decimal comma probably meant."""
    text = str(value).strip().removesuffix("%").removesuffix("percent").strip().replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        return ""
    if isinstance(value, bool) or not (0 <= number <= 1 or 5 <= number <= 100):
        return ""
    is_percentage = number >= 5 or "%" in str(value) or "percent" in str(value)
    return f"; did you mean {number / 100 if is_percentage else number:g}?"
