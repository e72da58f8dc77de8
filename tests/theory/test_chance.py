"""Addressed chance: the authors' known answers, no number given twice, and numbers that look like luck (D5).

Rates of random numbers are tested at a false-alarm chance of one in a million each. Addresses are fixed, so a test that
passes once passes always; the chance says how surprising a failure after a change to the generator would be.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.theory import chance
from sim.theory.compiled import inlined

FALSE_ALARM = 1e-6
WORD = 2**64
ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
PARITY = 0x1BD11BDAA9FC1A22
ARGUMENTS = ("seed", "member", "replicate", "quarter", "channel", "actor", "other")
PUBLISHED_CHANNELS = {
    "MEMBER_VALUE": 1, "MEMBER_FACTOR": 2, "GOVERNMENT_CHANGE": 3, "MOOD_SHOCK": 4, "VOTE": 5, "RECONSIDER": 6,
    "POSTURE": 7, "CRISIS": 8, "CRISIS_SEVERITY": 9, "STRAY": 10,
}  # fmt: skip
# Random123's kat_vectors for threefry2x64, 20 rounds: key, counter, answer.
KNOWN_ANSWERS = [
    ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
    ((WORD - 1, WORD - 1), (WORD - 1, WORD - 1), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
    (
        (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x243F6A8885A308D3, 0x13198A2E03707344),
        (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
    ),
]


def threefry_by_the_paper(key: tuple[int, int], counter: tuple[int, int]) -> tuple[int, int]:
    """Threefry-2x64-20 in plain whole numbers, written from the paper."""
    keys = (*key, PARITY ^ key[0] ^ key[1])
    x, y = (counter[0] + keys[0]) % WORD, (counter[1] + keys[1]) % WORD
    for turn in range(20):
        bits = ROTATIONS[turn % 8]
        x = (x + y) % WORD
        y = ((y << bits | y >> (64 - bits)) % WORD) ^ x
        if turn % 4 == 3:
            k = turn // 4 + 1
            x, y = (x + keys[k % 3]) % WORD, (y + keys[(k + 1) % 3] + k) % WORD
    return x, y


def counter_that_gives(answer: tuple[int, int], key: tuple[int, int]) -> tuple[int, int]:
    """The counter for which Threefry returns `answer`: the same steps, backwards."""
    keys = (*key, PARITY ^ key[0] ^ key[1])
    x, y = answer
    for turn in reversed(range(20)):
        if turn % 4 == 3:
            k = turn // 4 + 1
            x, y = (x - keys[k % 3]) % WORD, (y - keys[(k + 1) % 3] - k) % WORD
        bits = ROTATIONS[turn % 8]
        mixed = y ^ x
        y = (mixed >> bits | mixed << (64 - bits)) % WORD
        x = (x - y) % WORD
    return (x - keys[0]) % WORD, (y - keys[1]) % WORD


def uniform_at(address: tuple[int, ...]) -> float:
    return float(chance.uniform(*address))


@inlined
def _fill_uniform(addresses, out):  # noqa: ANN001, ANN202 - a kernel
    for k in range(addresses.shape[0]):
        a = addresses[k]
        out[k] = chance.uniform(a[0], a[1], a[2], a[3], a[4], a[5], a[6])


@inlined
def _fill_normal(addresses, out):  # noqa: ANN001, ANN202 - a kernel
    for k in range(addresses.shape[0]):
        a = addresses[k]
        out[k] = chance.normal(a[0], a[1], a[2], a[3], a[4], a[5], a[6])


def uniforms(addresses: NDArray[np.int64]) -> NDArray[np.float64]:
    """The numbers (n,) of addresses (n, 7)."""
    out = np.empty(len(addresses))
    _fill_uniform(addresses, out)
    return out


def grid(**ranges: int) -> NDArray[np.int64]:
    """All addresses (n, 7) with the named arguments from 0 up to their range (channels from 1), the others 0."""
    sizes = [ranges.get(name, 1) for name in ARGUMENTS]
    addresses = np.indices(sizes, dtype=np.int64).reshape(len(ARGUMENTS), -1).T.copy()
    if "channel" in ranges:
        addresses[:, ARGUMENTS.index("channel")] += 1
    return addresses


@pytest.mark.pure
@pytest.mark.parametrize(("key", "counter", "answer"), KNOWN_ANSWERS)
def test_known_answers(key: tuple[int, int], counter: tuple[int, int], answer: tuple[int, int]) -> None:
    words = chance.threefry(*(np.uint64(word) for word in (*key, *counter)))
    assert tuple(int(word) for word in words) == answer
    assert threefry_by_the_paper(key, counter) == answer
    assert counter_that_gives(answer, key) == counter


@pytest.mark.pure
def test_an_address_is_packed_into_key_and_counter_as_stated() -> None:
    """Key: seed, then member and replicate; counter: quarter and channel, then actor and other; 32 bits each."""
    for k in range(200):
        rng = np.random.default_rng([k, 5])
        seed = int(rng.integers(0, 2**63))
        member, replicate, quarter, channel, actor, other = (int(n) for n in rng.integers(0, 2**32, 6))
        key = (seed, member << 32 | replicate)
        word, _ = threefry_by_the_paper(key, (quarter << 32 | channel, actor << 32 | other))
        expected = ((word >> 12) + 0.5) / 2**52
        assert uniform_at((seed, member, replicate, quarter, channel, actor, other)) == expected


@pytest.mark.pure
@pytest.mark.parametrize("argument", ARGUMENTS)
def test_every_part_of_an_address_counts(argument: str) -> None:
    base = [3, 1, 4, 1, 5, 9, 2]
    near = list(base)
    near[ARGUMENTS.index(argument)] += 1
    assert uniform_at(tuple(base)) != uniform_at(tuple(near))


@pytest.mark.pure
@pytest.mark.parametrize("word", [0, 1, WORD // 2, WORD - 2**12 - 1, WORD - 2**12, WORD - 2**11, WORD - 1])
def test_numbers_lie_strictly_between_0_and_1(word: int) -> None:
    """Even where the generator returns its smallest and largest words: addresses found by running it backwards."""
    seed, member, replicate = 7, 123, 1
    first, second = counter_that_gives((word, 0), (seed, member << 32 | replicate))
    address = (seed, member, replicate, first >> 32, first % 2**32, second >> 32, second % 2**32)
    assert 0.0 < uniform_at(address) < 1.0
    assert math.isfinite(chance.normal(*address))


@pytest.mark.pure
def test_channels_are_positive_different_and_never_renumbered() -> None:
    channels = {name: value for name, value in vars(chance).items() if name.isupper() and name[0] != "_"}
    assert all(isinstance(value, int) and 0 < value < 2**32 for value in channels.values())
    assert len(set(channels.values())) == len(channels)
    assert PUBLISHED_CHANNELS.items() <= channels.items()
    added = [value for name, value in channels.items() if name not in PUBLISHED_CHANNELS]
    assert all(value > max(PUBLISHED_CHANNELS.values()) for value in added), "append channels, at the end"


@pytest.mark.pure
def test_seed_0_is_a_seed() -> None:
    values = [uniform_at((0, member, 0, 0, 1, 0, 0)) for member in range(100)]
    assert len(set(values)) == 100
    assert 0.3 < sum(values) / 100 < 0.7  # ten standard deviations wide: chance below 1e-11
    assert uniform_at((2**63 - 1, 0, 0, 0, 1, 0, 0)) != uniform_at((0, 0, 0, 0, 1, 0, 0))


def test_a_million_keys_give_a_million_numbers() -> None:
    """Members, replicates, channels. Numbers have 52 bits: chance that two of a million agree by luck 1e-4."""
    values = uniforms(grid(member=1000, replicate=112, channel=9))
    assert len(values) > 1_000_000
    assert len(np.unique(values)) == len(values)


@pytest.mark.parametrize("seed", [0, 41])
def test_neighbouring_seeds_share_no_number(seed: int) -> None:
    """Chance of a number in common by luck: 6e-5."""
    addresses = grid(member=500, replicate=10, quarter=10, channel=10)
    own = uniforms(addresses + np.array([seed, 0, 0, 0, 0, 0, 0]))
    next_ones = uniforms(addresses + np.array([seed + 1, 0, 0, 0, 0, 0, 0]))
    assert len(own) == 500_000
    assert np.intersect1d(own, next_ones).size == 0


@pytest.mark.parametrize("seed", [0, 1, 20240709])
def test_numbers_are_uniform(seed: int) -> None:
    """256 classes of a million numbers (chi-square), and the distance of the distribution (Kolmogorov-Smirnov)."""
    addresses = grid(member=100, replicate=10, quarter=10, channel=5, actor=20)
    values = uniforms(addresses + np.array([seed, 0, 0, 0, 0, 0, 0]))
    assert len(values) == 1_000_000
    counts = np.bincount((values * 256).astype(np.int64), minlength=256)
    expected = len(values) / 256
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    assert stats.chi2.ppf(FALSE_ALARM / 2, 255) < chi_square < stats.chi2.ppf(1 - FALSE_ALARM / 2, 255)
    ordered = np.sort(values)
    ranks = np.arange(len(ordered) + 1) / len(ordered)
    distance = max(np.max(ranks[1:] - ordered), np.max(ordered - ranks[:-1]))
    assert distance * math.sqrt(len(ordered)) < stats.kstwobign.isf(FALSE_ALARM)


def test_every_bit_is_a_fair_coin() -> None:
    """All 52 bits of 100,000 numbers; 52 tests share the false-alarm chance."""
    words = (uniforms(grid(member=1000, actor=100)) * 2.0**52).astype(np.int64)
    limit = stats.norm.isf(FALSE_ALARM / 52 / 2) / 2 * math.sqrt(len(words))
    for bit in range(52):
        ones = int(((words >> bit) & 1).sum())
        assert abs(ones - len(words) / 2) < limit, f"bit {bit}"


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_neighbouring_addresses_are_unrelated(argument: str) -> None:
    """Correlation, and that of the squares, between numbers one step apart in one argument."""
    addresses = grid(member=100, replicate=4, quarter=10, channel=5, actor=10)
    step = np.eye(len(ARGUMENTS), dtype=np.int64)[ARGUMENTS.index(argument)]
    here = uniforms(addresses * 2) - 0.5  # even addresses, so that no number is used twice
    there = uniforms(addresses * 2 + step) - 0.5
    limit = stats.norm.isf(FALSE_ALARM / 4) / math.sqrt(len(here))
    assert abs(np.corrcoef(here, there)[0, 1]) < limit
    assert abs(np.corrcoef(here**2, there**2)[0, 1]) < limit


def test_normal_numbers_are_normal() -> None:
    """Mean, variance and the share beyond two standard deviations of 200,000 numbers."""
    values = np.empty(200_000)
    _fill_normal(grid(member=1000, replicate=10, actor=20), values)
    limit = stats.norm.isf(FALSE_ALARM / 6) / math.sqrt(len(values))
    assert abs(values.mean()) < limit
    assert abs(values.var() - 1) < limit * math.sqrt(2)
    beyond = 2 * stats.norm.sf(2)
    assert abs((abs(values) > 2).mean() - beyond) < limit * math.sqrt(beyond * (1 - beyond))
