"""The order of a quarter, and the loops over actors and quarters.

Within a quarter every phase reads what was shown at the end of the last one (`now`, `world`) and writes what will be
(`own`, `world_own`, pressures), so no actor gains by coming first. Instruments are the exception: what is decided is
delivered, and what is delivered is added up, within the quarter. Outcomes are read at the end of the quarter.
"""

import numpy as np

from sim.theory import run as r
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logistic
from sim.theory.outcomes import read_outcomes, read_positions
from sim.theory.phases import (
    align,
    beijing,
    crises,
    decide,
    deliver,
    engage,
    live,
    perceive,
    settle,
    signal,
    strength,
)


@compiled
def simulate(run, workspace, paths, positions):
    """One run, from mid-2024 to its horizon.

    run: a `Run` that `prepare` has prepared. workspace: (5,) scratch. Filled: paths (outcomes, quarters), the outcomes at
    the end of each quarter; positions (domains, actors), each state's mean position over the horizon, -1..1.
    Returns -1, or the first quarter at whose end something was not a finite number.
    """
    restart(run)
    positions[:] = 0.0
    quarters = run.proposed.shape[0]
    for quarter in range(quarters):
        run.clock[r.QUARTER] = quarter
        play_quarter(run, workspace)
        read_outcomes(run, paths[:, quarter])
        read_positions(run, positions)
        if not is_finite(run, paths[:, quarter]):
            return quarter
    positions /= quarters
    return -1


@compiled
def play_quarter(run, workspace):
    """One quarter: the table of contents of the theory."""
    actors = run.now.shape[1]
    decide.feel(0, actors, run)  # 1 events and moods (events are laid over at the end)
    decide.decide(0, run.level.shape[0], run)  # 2 decide
    decide.count_refusals(run)
    deliver.deliver(run)  # 3 deliver
    signal.add_up(run)  # 4 signal
    signal.signal(run)
    signal.expose(0, actors, run)
    strength.strengthen(run)  # 5 strength
    beijing.respond(run)  # 6 Beijing and Moscow
    beijing.stand_together(run)
    perceive.perceive(0, actors, run)  # 7 perceive
    engage.engage(0, actors, run)  # 8 engage
    align.judge(0, actors, run)  # 9 align
    align.align(0, actors, workspace, run)
    live.live(0, actors, run)  # 10 live
    beijing.escalate(run)  # 11 crises
    crises.break_out(run)
    settle.settle(0, actors, run)
    settle.settle_world(run)
    settle.show(run)


@compiled
def prepare(run, workspace):
    """What a member holds under a worldview before any policy: weights of instruments, sums and pressures of mid-2024."""
    run.clock[r.QUARTER] = 0
    signal.weigh(run)
    signal.fill_up(run)
    run.total_2024[:] = 0.0
    run.push[:] = 0.0
    run.push_2024[:] = 0.0
    run.world_push[:] = 0.0
    run.world_push_2024[:] = 0.0
    restart(run)
    signal.add_up(run)
    run.total_2024[:] = run.total
    restart(run)
    strength.strengthen(run)
    beijing.respond(run)
    beijing.stand_together(run)
    beijing.escalate(run)
    run.world_push_2024[:] = run.world_push
    actors = run.now.shape[1]
    align.remember_choice_of_2024(workspace, run)
    perceive.perceive(0, actors, run)
    engage.engage(0, actors, run)
    align.judge(0, actors, run)
    live.live(0, actors, run)
    run.push_2024[:] = run.push


@compiled
def restart(run):
    """The world of mid-2024: resting levels, instruments at baseline, nothing signalled beyond it."""
    run.agreed[:] = run.baseline
    run.level[:] = run.baseline
    run.signed[:] = run.baseline
    run.shown[:] = run.baseline
    run.votes[:] = np.nan
    restart_actors(run)
    run.world_own[:] = 0.0
    for field in range(s.N_ADAPTIVE_WORLD):
        run.world_own[field] = logistic(run.world_rest[field])
    if run.total_2024[s.ALARM_OPEN] > 0.0:
        signal.add_up(run)
        signal.signal(run)
        run.world_own[s.STEPS] = 0.0
    run.now[:] = run.own
    run.world[:] = run.world_own


@inlined
def restart_actors(run):
    """Every actor in mid-2024."""
    own, attribute = run.own, run.attribute
    own[:] = 0.0
    for field in range(s.N_ADAPTIVE_ACTOR):
        for actor in range(own.shape[1]):
            own[field, actor] = logistic(run.rest[field, actor])
    own[s.GROWTH] = attribute[s.GROWTH_REST]
    for domain in range(len(s.DOMAINS)):
        own[s.US_TIE + domain] = attribute[s.US_REST + domain]
        own[s.CN_TIE + domain] = attribute[s.CN_REST + domain]
        own[s.POSTURE + domain] = 2.0


@inlined
def is_finite(run, outcomes):
    """Whether every variable and every outcome is a finite number."""
    broken = 0
    for value in outcomes:
        broken += value - value != 0.0
    for value in run.world:
        broken += value - value != 0.0
    for field in range(run.now.shape[0]):
        row = run.now[field]
        for k in range(row.shape[0]):
            broken += row[k] - row[k] != 0.0
    return broken == 0


@compiled
def summarise(paths, worst_is_highest, out):
    """Fill `out` (3 x outcomes,) with each outcome's mean over the horizon, its final value and its worst quarter.

    paths: (outcomes, quarters). worst_is_highest: (outcomes,) whether the worst quarter is the highest.
    """
    quarters = paths.shape[1]
    for k in range(paths.shape[0]):
        total = 0.0
        worst = paths[k, 0]
        for quarter in range(quarters):
            value = paths[k, quarter]
            total = total + value
            if worst_is_highest[k]:
                worst = max(worst, value)
            else:
                worst = min(worst, value)
        out[3 * k] = total / quarters
        out[3 * k + 1] = paths[k, quarters - 1]
        out[3 * k + 2] = worst
