"""Members of the ensemble: one draw of everything uncertain each, addressed, so that any member can be drawn alone.

Every uncertain number is a triangular distribution (low, mode, high) drawn by its inverse from one uniform. A coder's
error is systematic, so numbers of one kind (one dial across instruments, one attribute across actors, the strengths
of mechanisms, the effects of one cluster) share a common factor: a Gaussian copula with `correlation` (0.7 by default)
between any two of a kind. Where worldviews hold different intervals for the same number the draw is the same uniform, so
worldviews are paired too.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.inputs.coding import DEFAULT_CORRELATION, Sourced
from sim.theory.draw import draw_member

KINDS = ("dial", "attribute", "strength", "effect", "parameter", "world")


def address(name: str) -> int:
    """A stable whole number below 2^32 for a name, wherever it stands in a list."""
    return zlib.crc32(name.encode())


@dataclass
class Uncertain:
    """The uncertain numbers of a model, in order of asking; drawn all at once per member."""

    lows: list[float] = field(default_factory=list)
    modes: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    addresses: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, value: Sourced, kind: str, stream: int, name: str, factor: str) -> int:
        """Register one number and return its place. `factor` names what it shares its coder's error with."""
        self.lows.append(value.low)
        self.modes.append(value.mode)
        self.highs.append(value.high)
        self.addresses.append((KINDS.index(kind), stream, address(name), address(f"{kind}:{factor}")))
        return len(self.lows) - 1

    def frozen(self, correlation: float = DEFAULT_CORRELATION) -> Draw:
        """The same as arrays, ready to draw. Raises ValueError for an interval out of order."""
        low, mode, high = (
            np.array(values, dtype=np.float64) for values in (self.lows, self.modes, self.highs)
        )
        if np.any(low > mode) or np.any(mode > high):
            raise ValueError(f"interval out of order at place {int(np.argmax((low > mode) | (mode > high)))}")
        addresses = np.array(self.addresses, dtype=np.int64).reshape(len(self.lows), 4)
        factors, index = np.unique(addresses[:, 3], return_inverse=True)
        return Draw(low, mode, high, addresses[:, :3].copy(), factors, index.astype(np.int64), correlation)


@dataclass(frozen=True)
class Draw:
    """Uncertain numbers as arrays (n,): intervals, addresses (n, 3), factors shared."""

    low: NDArray[np.float64]
    mode: NDArray[np.float64]
    high: NDArray[np.float64]
    addresses: NDArray[np.int64]
    factors: NDArray[np.int64]
    factor_of: NDArray[np.int64]
    correlation: float

    def member(self, seed: int, member: int) -> NDArray[np.float64]:
        """All uncertain values (n,) of one member."""
        shared = np.empty(len(self.factors))
        values = np.empty(len(self.low))
        draw_member(
            seed, member, self.correlation, self.low, self.mode, self.high, self.addresses, self.factors,
            self.factor_of, shared, values,
        )  # fmt: skip
        return values

    def modes(self) -> NDArray[np.float64]:
        """The most likely value of every number (n,)."""
        return self.mode.copy()
