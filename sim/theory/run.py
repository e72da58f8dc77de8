"""One run in the making: the board that the phases read and write, and what comes from outside, quarter by quarter.

Time convention: quarter t runs from its first to its last day; `now` and `world` hold the state at the end of quarter
t-1 (at the start: mid-2024), which is all that anyone sees during quarter t. Rules write `own` and `world_own`; at the
end of the quarter events are laid over them and the result becomes `now` and `world`, from which outcomes are read.

All arrays of fixed shape stand on one board, a record in one piece of memory: to the compiler their shapes and distances
are constants, so that it vectorises the loops over actors, and a phase is handed one address instead of fifty arrays.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sim.theory import state as s
from sim.theory.mechanisms import N_MECHANISMS
from sim.theory.outcome_list import N_OUTCOMES
from sim.theory.parameters import N_PARAMETERS
from sim.theory.phases.luck import N_ACTOR_LUCK, N_WORLD_LUCK

CACHE_LINE = 64  # bytes; every array of a board begins on one
FLOAT, WHOLE = "f8", "i8"


def _arrays(a: int, i: int, aims: int) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Every array of a board: its type and shape. 0..1 unless `state` says otherwise; pressures and rests in logits."""
    fields, pressures, totals = len(s.ACTOR_FIELDS), len(s.PRESSURES), len(s.TOTALS)
    return {
        "clock": (WHOLE, (5,)),  # quarter, seed, member, replicate, whether chance is on
        "now": (FLOAT, (fields, a)),  # what everybody sees this quarter
        "own": (FLOAT, (fields, a)),  # what the rules return, before events
        "world": (FLOAT, (len(s.WORLD_FIELDS),)),
        "world_own": (FLOAT, (len(s.WORLD_FIELDS),)),
        "push": (FLOAT, (pressures, a)),  # sums of the mechanisms' terms
        "push_2024": (FLOAT, (pressures, a)),  # … in mid-2024
        "world_push": (FLOAT, (s.N_ADAPTIVE_WORLD,)),
        "world_push_2024": (FLOAT, (s.N_ADAPTIVE_WORLD,)),
        "rest": (FLOAT, (s.N_ADAPTIVE_ACTOR, a)),  # logits of resting levels
        "world_rest": (FLOAT, (s.N_ADAPTIVE_WORLD,)),
        "world_2024": (FLOAT, (s.N_ADAPTIVE_WORLD,)),  # the levels themselves
        # Mean target ties of mid-2024's choice of postures: US then China, by domain.
        "choice_2024": (FLOAT, (2 * len(s.DOMAINS), a)),
        "attribute": (FLOAT, (len(s.ATTRIBUTES), a)),
        "group": (FLOAT, (len(s.GROUPS), a)),  # 0 or 1
        "circle": (FLOAT, (s.N_CIRCLES, a)),  # 0 or 1: whose members look at one another
        "stream": (WHOLE, (a,)),  # addresses of chance
        "luck": (FLOAT, (N_ACTOR_LUCK, a)),  # this quarter's, by `phases.luck`
        "world_luck": (FLOAT, (N_WORLD_LUCK,)),
        "vote_luck": (FLOAT, (i,)),  # this run's
        "effect": (FLOAT, (N_MECHANISMS,)),
        "parameter": (FLOAT, (N_PARAMETERS,)),
        "proposed": (FLOAT, (i,)),  # levels proposed this quarter
        "adopted": (FLOAT, (i,)),  # how it is decided, as in `Run`
        "agreed": (FLOAT, (i,)),  # level agreed to so far
        "level": (FLOAT, (i,)),  # level in force
        # Obligation in force: what was agreed, once its lead time has passed, in full.
        "signed": (FLOAT, (i,)),
        "shown": (FLOAT, (i,)),  # level that signals (blocked proposals signal in part)
        "baseline": (FLOAT, (i,)),  # level of mid-2024
        "votes": (FLOAT, (i,)),  # chance with which the last vote would have passed; nan before any vote
        "dial": (FLOAT, (len(s.DIALS), i)),
        "carry": (FLOAT, (len(s.CARRIES), i)),
        "brand": (WHOLE, (i,)),
        "decision": (WHOLE, (i,)),
        "item_stream": (WHOLE, (i,)),
        "aim": (WHOLE, (i,)),  # the row of `target` of each instrument
        "target": (FLOAT, (aims, a)),  # 0 or 1: at whom instruments are aimed
        "sponsor": (WHOLE, (aims,)),  # whose role must be welcome for them: `state.SPONSORS`
        "offered": (FLOAT, (aims, s.N_OFFERS)),  # what instruments of one aim bring, `state.OFFERS`
        "welcome": (FLOAT, (len(s.SPONSORS), a)),  # the share of it that each state takes up
        "weight": (FLOAT, (i, totals)),  # what one level of an instrument adds to each sum
        "total": (FLOAT, (totals,)),  # the sums this quarter
        "total_2024": (FLOAT, (totals,)),
        "total_full": (FLOAT, (totals,)),  # with every instrument at 1
        "outcome": (FLOAT, (N_OUTCOMES,)),  # at the end of the quarter
        # Working space, of no meaning between phases.
        "poll": (FLOAT, (2, a)),  # a vote's chances of agreeing, and their logarithms
        "nearby": (FLOAT, (a,)),  # crises near each state
        "wish": (FLOAT, (a,)),  # for engagement of any kind
        "fear": (FLOAT, (a,)),  # of being caught in the crossfire
        "review": (WHOLE, (a,)),  # who reviews its posture; of each review, what it weighs:
        "us_rest": (FLOAT, (a,)),
        "cn_rest": (FLOAT, (a,)),
        "pull": (FLOAT, (a,)),
        "worth": (FLOAT, (a,)),
        "posture_weight": (FLOAT, (len(s.POSTURES), a)),
        "us_aim": (FLOAT, (a,)),  # the ties that a state's posture aims at
        "cn_aim": (FLOAT, (a,)),
        "position": (FLOAT, (len(s.DOMAINS), a)),  # -1 with Beijing … +1 with Washington
        "share": (FLOAT, (5,)),  # of states in each class of position
    }


@cache
def board_dtype(actors: int, instruments: int, aims: int) -> np.dtype[Any]:
    """The layout of a board for so many actors, instruments and different aims of instruments."""
    names, formats, offsets, end = [], [], [], 0
    for name, (kind, shape) in _arrays(actors, instruments, aims).items():
        names.append(name)
        formats.append((kind, shape))
        offsets.append(end)
        size = np.dtype((kind, shape)).itemsize
        end += -(-size // CACHE_LINE) * CACHE_LINE
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": end})


def new_board(actors: int, instruments: int, aims: int) -> np.record:
    """A board of zeros that begins on a cache line."""
    dtype = board_dtype(actors, instruments, aims)
    memory = np.zeros(dtype.itemsize + CACHE_LINE, dtype=np.uint8)
    start = -memory.ctypes.data % CACHE_LINE
    board: np.record = memory[start : start + dtype.itemsize].view(dtype).view(np.recarray)[0]
    return board


class Luck(NamedTuple):
    """The luck of one address (seed, member, replicate), dealt before the run: every policy meets the same."""

    actors: np.ndarray  # (T, N_ACTOR_LUCK, A)
    world: np.ndarray  # (T, N_WORLD_LUCK)
    votes: np.ndarray  # (I,)


class Run(NamedTuple):
    """One run: its board, and what comes from outside for all quarters.

    In Python the board's arrays can be read off the run itself; but `proposed`, `adopted` and `luck` are the run's own, of
    which the board holds what counts this quarter.
    """

    board: np.record
    proposed: np.ndarray  # (T, I) levels the policy proposes
    adopted: np.ndarray  # (I,) 0 put to the vote, 1 follows the trend, 2 passage assumed
    event: np.ndarray  # (E, 7): is world, field, actor or -1, is set, value, start, stop
    luck: Luck

    def __getattr__(self, name: str) -> Any:
        """An array of the board by its name."""
        if name in (self.board.dtype.names or ()):
            return self.board[name]
        raise AttributeError(f"a run has no array {name!r}")


def copied(run: Run) -> Run:
    """A run of its own with the same content."""
    board = new_board(run.now.shape[1], run.level.shape[0], run.target.shape[0])
    for name in board.dtype.names or ():
        board[name][:] = run.board[name]
    return Run(
        board,
        run.proposed.copy(),
        run.adopted.copy(),
        run.event.copy(),
        Luck(*(array.copy() for array in run.luck)),
    )


QUARTER, SEED, MEMBER, REPLICATE, CHANCE_ON = range(5)
EVENT_IS_WORLD, EVENT_FIELD, EVENT_ACTOR, EVENT_IS_SET, EVENT_VALUE, EVENT_START, EVENT_STOP = range(7)
