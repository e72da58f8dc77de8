"""The end of the quarter: adaptive variables move, events are laid over what the rules returned."""

from sim.theory import parameters as p
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rules import motion


@compiled
def settle(first, stop, run):
    """Move the adaptive variables of states `first` up to `stop` by this quarter's pressures."""
    for field in range(s.N_ADAPTIVE_ACTOR):
        speed = run.parameter[p.SPEED_FAST + s.ACTOR_SPEED[field]]
        own = run.own[field, first:stop]  # rows counted from 0, which the compiler can vectorise
        rest = run.rest[field, first:stop]
        push = run.push[field, first:stop]
        push_2024 = run.push_2024[field, first:stop]
        for k in range(own.shape[0]):
            own[k] = motion.moved(own[k], rest[k], push[k] - push_2024[k], speed)


@compiled
def settle_world(run):
    """Move the world's adaptive variables by this quarter's pressures."""
    for field in range(s.N_ADAPTIVE_WORLD):
        run.world_own[field] = motion.moved(
            run.world_own[field],
            run.world_rest[field],
            run.world_push[field] - run.world_push_2024[field],
            run.parameter[p.SPEED_FAST + s.WORLD_SPEED[field]],
        )


@inlined
def with_event(value, event, low, high):
    """A value under an open event: set, or offset; bounds apply after it."""
    changed = event[r.EVENT_VALUE]
    if event[r.EVENT_IS_SET] == 0.0:
        changed = value + changed
    return min(high, max(low, changed))


@compiled
def show(run):
    """What everybody sees next quarter: what the rules returned, under the events that are open now."""
    run.now[:] = run.own
    run.world[:] = run.world_own
    quarter = run.clock[0]
    for k in range(run.event.shape[0]):
        event = run.event[k]
        if event[r.EVENT_START] <= quarter and quarter < event[r.EVENT_STOP]:
            field = int(event[r.EVENT_FIELD])
            if event[r.EVENT_IS_WORLD] == 1.0:
                run.world[field] = with_event(
                    run.world[field], event, s.WORLD_LOWER[field], s.WORLD_UPPER[field]
                )
            else:
                show_to_actors(field, event, run)


@inlined
def show_to_actors(field, event, run):
    """Lay an event over one field of one actor, or of all."""
    only = int(event[r.EVENT_ACTOR])
    for actor in range(run.now.shape[1]):
        if only < 0 or only == actor:
            run.now[field, actor] = with_event(
                run.now[field, actor], event, s.ACTOR_LOWER[field], s.ACTOR_UPPER[field]
            )
