"""Quarters as people write them (2024Q3) and as the model counts them (0, 1, 2 … from the start)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUARTER = re.compile(r"([12][0-9]{3})Q([1-4])")
_MONTH = re.compile(r"([12][0-9]{3})-(0?[1-9]|1[0-2])(-[0-9]{1,2})?")


def quarter_number(text: object) -> int:
    """Quarters since year 0 of a text such as '2024Q3'. Raises ValueError, with a suggestion, otherwise."""
    if isinstance(text, str) and (match := _QUARTER.fullmatch(text)):
        return 4 * int(match[1]) + int(match[2]) - 1
    raise ValueError(f"expected a quarter such as 2026Q1, got {_shown(text)}{_suggestion(text)}")


def quarter_text(number: int) -> str:
    """The quarter as text; the inverse of `quarter_number`."""
    return f"{number // 4:04d}Q{number % 4 + 1}"


def _shown(value: object) -> str:
    return "nothing" if value is None else f"'{str(value)[:40]}'"


def _suggestion(value: object) -> str:
    text = str(value).strip().upper()
    if month := _MONTH.fullmatch(text):
        meant = f"{month[1]}Q{(int(month[2]) + 2) // 3}"
    else:
        digits = re.sub(r"[^0-9Q]", "", text)
        if re.fullmatch(r"[12][0-9]{3}", digits):
            digits += "Q1"
        elif re.fullmatch(r"Q[1-4][12][0-9]{3}", digits):
            digits = digits[2:] + digits[:2]
        elif re.fullmatch(r"[12][0-9]{3}[1-4]", digits):
            digits = digits[:4] + "Q" + digits[4]
        meant = digits if _QUARTER.fullmatch(digits) else ""
    return f"; did you mean {meant}?" if meant else ""


@dataclass(frozen=True)
class Horizon:
    """The quarters a run covers: `start` is quarter 0, and there are `quarters` of them."""

    start: str
    quarters: int

    def index(self, text: object) -> int:
        """Position of a quarter of the run. Raises ValueError for other text and other quarters."""
        index = quarter_number(text) - quarter_number(self.start)
        if not 0 <= index < self.quarters:
            reach = f"expected a quarter from {self.start} to {self.last}"
            raise ValueError(f"{text} lies outside the run; {reach}")
        return index

    def end_index(self, text: object) -> int:
        """Position of the first quarter after something ends: like `index`, or the quarter after the run."""
        after = quarter_number(self.start) + self.quarters
        return self.quarters if quarter_number(text) == after else self.index(text)

    def quarter(self, index: int) -> str:
        """The quarter at a position, as text; the position may be that after the end."""
        return quarter_text(quarter_number(self.start) + index)

    @property
    def last(self) -> str:
        """The last quarter of the run, as text."""
        return self.quarter(self.quarters - 1)
