"""The order of a quarter, and the loops over actors and quarters.

Within a quarter every phase reads what was shown at the end of the last one (`now`, `world`) and writes what will be
(`own`, `world_own`, pressures), so no actor gains by coming first. Instruments are the exception: what is decided is
delivered, and what is delivered is added up, within the quarter. Outcomes are read at the end of the quarter.
"""

import numpy as np

from sim.theory import parameters as p
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logistic
from sim.theory.outcomes import read_outcomes, read_probes, read_profile
from sim.theory.phases import (
    align,
    assess,
    beijing,
    crises,
    decide,
    deliver,
    engage,
    live,
    luck,
    perceive,
    settle,
    signal,
    strength,
)
from sim.theory.rows import copy, fill


@compiled
def simulate(run, probes, paths, profile):
    """One run, from mid-2024 to its horizon.

    run: a `Run` that `prepare` has prepared and whose luck is dealt (`luck.deal`). probes: (P, 3) int64, what is recorded
    beside the outcomes (`outcomes.read_probes`). Filled: paths (outcomes + P, quarters), outcomes and probes at the end of
    each quarter; profile (PROFILE, actors), means over the horizon of what is kept of every actor.
    Returns -1, or the first quarter at whose end something was not a finite number.
    """
    board = run.board
    restart(board)
    means = profile.ravel()
    fill(means, 0.0)
    quarters = run.proposed.shape[0]
    for quarter in range(quarters):
        play_quarter(run, quarter)
        read_outcomes(board, board.outcome)
        for k in range(board.outcome.shape[0]):
            paths[k, quarter] = board.outcome[k]
        read_probes(board, probes, quarter, paths)
        read_profile(board, profile)
        if not is_finite(board):
            return quarter
    for k in range(means.shape[0]):
        means[k] = means[k] / quarters
    return -1


@compiled
def play_quarter(run, quarter):
    """One quarter: the table of contents of the theory. The bare 0 matters: phases compiled for it vectorise."""
    board = run.board
    actors = board.now.shape[1]
    luck.lay_out(run, quarter)
    decide.feel(0, actors, board)  # 1 events and moods (events are laid over at the end)
    decide.talk(board)
    decide.decide(0, board.level.shape[0], board)  # 2 decide
    decide.count_refusals(board)
    decide.consider_acting(board)
    deliver.deliver(board)  # 3 deliver
    deliver.project(board)
    signal.add_up(board)  # 4 signal
    signal.signal(board)
    signal.add_up_offers(board)
    signal.expose(0, actors, board)
    strength.strengthen(board)  # 5 strength
    beijing.respond(board)  # 6 Beijing and Moscow
    beijing.stand_together(board)
    perceive.perceive(0, actors, board)  # 7 perceive
    engage.engage(0, actors, board)  # 8 engage
    align.judge(0, actors, board)  # 9 align
    align.align(0, actors, board)
    live.live(0, actors, board)  # 10 live
    beijing.escalate(board)  # 11 crises
    crises.break_out(board)
    settle.settle(0, actors, board)
    settle.settle_world(board)
    settle.show(board, run.event)
    assess.assess(board)


@compiled
def press(board):
    """All pressures of mechanisms and structural links on what is shown now, into `push` and `world_push`."""
    actors = board.now.shape[1]
    strength.strengthen(board)
    beijing.respond(board)
    beijing.stand_together(board)
    perceive.perceive(0, actors, board)
    engage.engage(0, actors, board)
    align.judge(0, actors, board)
    live.live(0, actors, board)
    beijing.escalate(board)


@compiled
def prepare(board):
    """What a member holds under a worldview before any policy: weights of instruments, sums and pressures of mid-2024."""
    board.clock[r.QUARTER] = 0
    for field in range(s.N_ADAPTIVE_WORLD):
        board.world_2024[field] = logistic(board.world_rest[field])
    signal.weigh(board)
    signal.fill_up(board)
    fill(board.total_2024, 0.0)
    fill(board.push.ravel(), 0.0)
    fill(board.push_2024.ravel(), 0.0)
    fill(board.world_push, 0.0)
    fill(board.world_push_2024, 0.0)
    restart(board)
    signal.add_up(board)
    copy(board.total_2024, board.total)
    restart(board)
    align.remember_choice_of_2024(board)
    press(board)
    copy(board.world_push_2024, board.world_push)
    copy(board.push_2024.ravel(), board.push.ravel())


@compiled
def restart(board):
    """The world of mid-2024: resting levels, instruments at baseline, nothing signalled beyond it."""
    copy(board.agreed, board.baseline)
    copy(board.level, board.baseline)
    copy(board.signed, board.baseline)
    copy(board.shown, board.baseline)
    fill(board.votes, np.nan)
    restart_actors(board)
    fill(board.world_own, 0.0)
    for field in range(s.N_ADAPTIVE_WORLD):
        board.world_own[field] = board.world_2024[field]
    board.world_own[s.STRAY_STATEMENTS] = board.parameter[p.STRAY_LEVEL]
    board.world_own[s.EU_DELIVERY] = 1.0
    copy(board.now.ravel(), board.own.ravel())
    copy(board.world, board.world_own)
    deliver.project(board)
    copy(board.world, board.world_own)
    if board.total_2024[s.ALARM_OPEN] > 0.0:
        signal.add_up(board)
        signal.signal(board)
        signal.add_up_offers(board)
        signal.expose(0, board.now.shape[1], board)
        copy(board.now.ravel(), board.own.ravel())
        board.world_own[s.STEPS] = 0.0
        copy(board.world, board.world_own)
        decide.consider_acting(board)
    copy(board.world, board.world_own)
    assess.assess(board)


@inlined
def restart_actors(board):
    """Every actor in mid-2024."""
    own, attribute = board.own, board.attribute
    fill(own.ravel(), 0.0)
    for field in range(s.N_ADAPTIVE_ACTOR):
        for actor in range(own.shape[1]):
            own[field, actor] = logistic(board.rest[field, actor])
    for actor in range(own.shape[1]):
        own[s.GROWTH, actor] = attribute[s.GROWTH_REST, actor]
        for domain in range(len(s.DOMAINS)):
            own[s.US_TIE + domain, actor] = attribute[s.US_REST + domain, actor]
            own[s.CN_TIE + domain, actor] = attribute[s.CN_REST + domain, actor]
            own[s.POSTURE + domain, actor] = 2.0


@inlined
def is_finite(board):
    """Whether every variable and every outcome is a finite number."""
    broken = count_broken(board.outcome) + count_broken(board.world) + count_broken(board.now.ravel())
    return broken == 0


@inlined
def count_broken(values):
    """How many of some values (n,) are not finite numbers."""
    broken = 0
    for k in range(values.shape[0]):
        broken += values[k] - values[k] != 0.0
    return broken
