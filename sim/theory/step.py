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
    perceive,
    settle,
    signal,
    strength,
)


@compiled
def simulate(run, workspace, probes, paths, profile):
    """One run, from mid-2024 to its horizon.

    run: a `Run` that `prepare` has prepared. workspace: (5,) scratch. probes: (P, 3) int64, what is recorded beside the
    outcomes (`outcomes.read_probes`). Filled: paths (outcomes + P, quarters), outcomes and probes at the end of each
    quarter; profile (PROFILE, actors), means over the horizon of what is kept of every actor.
    Returns -1, or the first quarter at whose end something was not a finite number.
    """
    restart(run)
    profile[:] = 0.0
    quarters = run.proposed.shape[0]
    for quarter in range(quarters):
        run.clock[r.QUARTER] = quarter
        play_quarter(run, workspace)
        read_outcomes(run, paths[:, quarter])
        read_probes(run, probes, paths[:, quarter])
        read_profile(run, profile)
        if not is_finite(run, paths[:, quarter]):
            return quarter
    profile /= quarters
    return -1


@compiled
def play_quarter(run, workspace):
    """One quarter: the table of contents of the theory."""
    actors = run.now.shape[1]
    decide.feel(0, actors, run)  # 1 events and moods (events are laid over at the end)
    decide.talk(run)
    decide.decide(0, run.level.shape[0], run)  # 2 decide
    decide.count_refusals(run)
    decide.consider_acting(run)
    deliver.deliver(run)  # 3 deliver
    deliver.project(run)
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
    assess.assess(run)


@compiled
def press(run):
    """All pressures of mechanisms and structural links on what is shown now, into `push` and `world_push`."""
    actors = run.now.shape[1]
    strength.strengthen(run)
    beijing.respond(run)
    beijing.stand_together(run)
    perceive.perceive(0, actors, run)
    engage.engage(0, actors, run)
    align.judge(0, actors, run)
    live.live(0, actors, run)
    beijing.escalate(run)


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
    align.remember_choice_of_2024(workspace, run)
    press(run)
    run.world_push_2024[:] = run.world_push
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
    run.world_own[s.STRAY_STATEMENTS] = run.parameter[p.STRAY_LEVEL]
    run.world_own[s.EU_DELIVERY] = 1.0
    run.now[:] = run.own
    run.world[:] = run.world_own
    deliver.project(run)
    run.world[:] = run.world_own
    if run.total_2024[s.ALARM_OPEN] > 0.0:
        signal.add_up(run)
        signal.signal(run)
        signal.expose(0, run.now.shape[1], run)
        run.now[:] = run.own
        run.world_own[s.STEPS] = 0.0
        run.world[:] = run.world_own
        decide.consider_acting(run)
    run.world[:] = run.world_own
    assess.assess(run)


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
