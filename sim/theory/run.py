"""One run in the making: the arrays that the phases read and write.

Time convention: quarter t runs from its first to its last day; `now` and `world` hold the state at the end of quarter
t-1 (at the start: mid-2024), which is all that anyone sees during quarter t. Rules write `own` and `world_own`; at the
end of the quarter events are laid over them and the result becomes `now` and `world`, from which outcomes are read.
"""

from typing import NamedTuple

import numpy as np


class Run(NamedTuple):
    """All arrays of one run. A: actors, I: instruments, T: quarters; fields as in `state`.

    float64 unless said; 0..1 unless `state` says otherwise; logit points for `push` and `rest`.
    """

    clock: np.ndarray  # (5,) int64: quarter, seed, member, replicate, whether chance is on
    now: np.ndarray  # (fields, A) what everybody sees this quarter
    own: np.ndarray  # (fields, A) what the rules return, before events
    world: np.ndarray  # (world fields,)
    world_own: np.ndarray
    push: np.ndarray  # (pressures, A) sums of the mechanisms' terms
    push_2024: np.ndarray  # … in mid-2024
    world_push: np.ndarray  # (adaptive world fields,)
    world_push_2024: np.ndarray
    rest: np.ndarray  # (adaptive fields, A) logits of resting levels
    world_rest: np.ndarray
    choice_2024: (
        np.ndarray
    )  # (8, A) mean target ties of the posture choice in mid-2024: US then China, by domain
    attribute: np.ndarray  # (attributes, A)
    group: np.ndarray  # (groups, A) 0 or 1
    neighbour: (
        np.ndarray
    )  # (A, A) what each actor (row) weighs for each other (column); columns sum to 1 or 0
    stream: np.ndarray  # (A,) int64 addresses of chance
    effect: np.ndarray  # (N_MECHANISMS,)
    parameter: np.ndarray  # (N_PARAMETERS,)
    proposed: np.ndarray  # (T, I) levels the policy proposes
    adopted: np.ndarray  # (I,) 0 put to the vote, 1 follows the trend, 2 passage assumed
    agreed: np.ndarray  # (I,) level agreed to so far
    level: np.ndarray  # (I,) level in force
    signed: np.ndarray  # (I,) obligation in force: what was agreed, once its lead time has passed, in full
    shown: np.ndarray  # (I,) level that signals (blocked proposals signal in part)
    baseline: np.ndarray  # (I,) level of mid-2024
    dial: np.ndarray  # (dials, I)
    carry: np.ndarray  # (carries, I)
    brand: np.ndarray  # (I,) int64
    decision: np.ndarray  # (I,) int64
    item_stream: np.ndarray  # (I,) int64
    target: np.ndarray  # (I, A) 0 or 1
    weight: np.ndarray  # (I, totals) what one level of an instrument adds to each sum
    total: np.ndarray  # (totals,) the sums this quarter
    total_2024: np.ndarray  # (totals,)
    total_full: np.ndarray  # (totals,) with every instrument at 1
    event: np.ndarray  # (E, 7): is world, field, actor or -1, is set, value, start, stop
    votes: (
        np.ndarray
    )  # (I,) chance with which the last vote on the item would have passed; nan before any vote


QUARTER, SEED, MEMBER, REPLICATE, CHANCE_ON = range(5)
EVENT_IS_WORLD, EVENT_FIELD, EVENT_ACTOR, EVENT_IS_SET, EVENT_VALUE, EVENT_START, EVENT_STOP = range(7)
