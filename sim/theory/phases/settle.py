"""The end of the quarter: adaptive variables move, events are laid over what the rules returned."""

from sim.theory import parameters as p
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rows import copy
from sim.theory.rules import motion


@compiled
def settle(first, stop, board):
    """Move the adaptive variables of states `first` up to `stop` by this quarter's pressures."""
    for field in range(s.N_ADAPTIVE_ACTOR):
        speed = board.parameter[p.SPEED_FAST + s.ACTOR_SPEED[field]]
        own, rest, push, push_2024 = (
            board.own[field],
            board.rest[field],
            board.push[field],
            board.push_2024[field],
        )
        for actor in range(first, stop):
            own[actor] = motion.moved(own[actor], rest[actor], push[actor] - push_2024[actor], speed)


@compiled
def settle_world(board):
    """Move the world's adaptive variables by this quarter's pressures."""
    for field in range(s.N_ADAPTIVE_WORLD):
        board.world_own[field] = motion.moved(
            board.world_own[field],
            board.world_rest[field],
            board.world_push[field] - board.world_push_2024[field],
            board.parameter[p.SPEED_FAST + s.WORLD_SPEED[field]],
        )


@inlined
def with_event(value, event, low, high):
    """A value under an open event: set, or offset; bounds apply after it."""
    changed = event[r.EVENT_VALUE]
    if event[r.EVENT_IS_SET] == 0.0:
        changed = value + changed
    return min(high, max(low, changed))


@compiled
def show(board, events):
    """What everybody sees next quarter: what the rules returned, under the events (E, 7) that are open now."""
    copy(board.now.ravel(), board.own.ravel())
    copy(board.world, board.world_own)
    quarter = board.clock[0]
    for k in range(events.shape[0]):
        event = events[k]
        if event[r.EVENT_START] <= quarter and quarter < event[r.EVENT_STOP]:
            field = int(event[r.EVENT_FIELD])
            if event[r.EVENT_IS_WORLD] == 1.0:
                board.world[field] = with_event(
                    board.world[field], event, s.WORLD_LOWER[field], s.WORLD_UPPER[field]
                )
            else:
                show_to_actors(field, event, board)


@inlined
def show_to_actors(field, event, board):
    """Lay an event over one field of one actor, or of all."""
    only = int(event[r.EVENT_ACTOR])
    for actor in range(board.now.shape[1]):
        if only < 0 or only == actor:
            board.now[field, actor] = with_event(
                board.now[field, actor], event, s.ACTOR_LOWER[field], s.ACTOR_UPPER[field]
            )
