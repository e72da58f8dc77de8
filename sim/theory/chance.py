"""Addressed chance: a random number is a pure function of where it is used.

Generator: Threefry-2x64 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as
1, 2, 3"), checked against the authors' known answers. Key: (seed, member and replicate); counter: (quarter and
channel, actor and other). Nothing is consumed in sequence, so every policy meets the same luck, any run can be
replayed alone, and the number of threads or batches changes nothing.
"""

import numpy as np

from sim.theory.compiled import linked
from sim.theory.elementary import normal_quantile

# Channels: one per decision point. Append new ones; never renumber, or every published number changes.
MEMBER_VALUE = 1
MEMBER_FACTOR = 2
GOVERNMENT_CHANGE = 3
MOOD_SHOCK = 4
VOTE = 5
RECONSIDER = 6
POSTURE = 7
CRISIS = 8
CRISIS_SEVERITY = 9
STRAY = 10

_PARITY = np.uint64(0x1BD11BDAA9FC1A22)
_ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
_TO_UNIT = 2.0**-52


@linked
def _rotated(x, bits):
    return (x << np.uint64(bits)) | (x >> np.uint64(64 - bits))


@linked
def threefry(key0, key1, counter0, counter1):
    """Two 64-bit words from a 128-bit key and a 128-bit counter (all uint64): Threefry-2x64-20."""
    key2 = _PARITY ^ key0 ^ key1
    x0 = counter0 + key0
    x1 = counter1 + key1
    for block in range(5):
        half = 4 * (block % 2)
        for step in range(4):
            x0 = x0 + x1
            x1 = _rotated(x1, _ROTATIONS[half + step]) ^ x0
        turn = block + 1
        if turn % 3 == 0:
            x0 = x0 + key0
            x1 = x1 + key1
        elif turn % 3 == 1:
            x0 = x0 + key1
            x1 = x1 + key2
        else:
            x0 = x0 + key2
            x1 = x1 + key0
        x1 = x1 + np.uint64(turn)
    return x0, x1


@linked
def _packed(high, low):
    return (np.uint64(high) << np.uint64(32)) | (np.uint64(low) & np.uint64(0xFFFFFFFF))


@linked
def uniform(seed, member, replicate, quarter, channel, actor, other):
    """A number in (0, 1) that belongs to this address alone. seed: 0 … 2^63 - 1; the others
    whole numbers from 0 to 2^32 - 1.
    """
    word, _ = threefry(
        np.uint64(seed), _packed(member, replicate), _packed(quarter, channel), _packed(actor, other)
    )
    return (np.float64(word >> np.uint64(12)) + 0.5) * _TO_UNIT


@linked
def normal(seed, member, replicate, quarter, channel, actor, other):
    """A standard normal number that belongs to this address alone."""
    return normal_quantile(uniform(seed, member, replicate, quarter, channel, actor, other))
