"""Luck as the phases meet it: dealt before a run, by address; neutral when chance is off.

What is met depends on seed, member, replicate, quarter and place alone, so one deal serves every policy and worldview.
"""

from sim.theory import chance
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rows import copy, fill

# Rows of luck of actors; of the last two, one row for each domain.
NEW_GOVERNMENT, ITS_MOOD, MOOD_SHOCK, REVIEW = range(4)
POSTURE = REVIEW + len(s.DOMAINS)
N_ACTOR_LUCK = POSTURE + len(s.DOMAINS)
# Luck of the world; of the last two, one number for each flashpoint.
STRAY, CRISIS = range(2)
SEVERITY = CRISIS + len(s.FLASHPOINTS)
N_WORLD_LUCK = SEVERITY + len(s.FLASHPOINTS)


@compiled
def deal(run):
    """Deal a run's luck for its address, into `run.luck`."""
    clock, streams, luck = run.board.clock, run.board.stream, run.luck
    if clock[4] == 0:
        deal_nothing(luck)
        return
    for item in range(luck.votes.shape[0]):
        luck.votes[item] = chance.uniform(
            clock[1], clock[2], clock[3], 0, chance.VOTE, run.board.item_stream[item], 0
        )
    for quarter in range(luck.world.shape[0]):
        deal_to_actors(quarter, clock, streams, luck.actors[quarter])
        deal_to_world(quarter, clock, luck.world[quarter])


@inlined
def deal_nothing(luck):
    """Luck with which nothing happens by chance: no change, no review, no crisis."""
    fill(luck.votes, 0.5)
    for quarter in range(luck.world.shape[0]):
        fill(luck.world[quarter], 0.0)
        for flashpoint in range(len(s.FLASHPOINTS)):
            luck.world[quarter, CRISIS + flashpoint] = 1.0
        fill(luck.actors[quarter, NEW_GOVERNMENT], 1.0)
        fill(luck.actors[quarter, ITS_MOOD], 0.0)
        fill(luck.actors[quarter, MOOD_SHOCK], 0.0)
        for domain in range(len(s.DOMAINS)):
            fill(luck.actors[quarter, REVIEW + domain], 1.0)
            fill(luck.actors[quarter, POSTURE + domain], 0.5)


@inlined
def deal_to_actors(quarter, clock, streams, luck):
    """One quarter's luck of every actor (N_ACTOR_LUCK, A)."""
    fill_uniform(quarter, chance.GOVERNMENT_CHANGE, streams, 0, clock, luck[NEW_GOVERNMENT])
    for actor in range(streams.shape[0]):
        luck[ITS_MOOD, actor] = chance.normal(
            clock[1], clock[2], clock[3], quarter, chance.GOVERNMENT_CHANGE, streams[actor], 1
        )
        luck[MOOD_SHOCK, actor] = chance.normal(
            clock[1], clock[2], clock[3], quarter, chance.MOOD_SHOCK, streams[actor], 0
        )
    for domain in range(len(s.DOMAINS)):
        fill_uniform(quarter, chance.RECONSIDER, streams, domain, clock, luck[REVIEW + domain])
        fill_uniform(quarter, chance.POSTURE, streams, domain, clock, luck[POSTURE + domain])


@inlined
def fill_uniform(quarter, channel, streams, other, clock, out):
    """One quarter's uniform luck of every actor in a channel; no branch inside, so that it vectorises."""
    for actor in range(streams.shape[0]):
        out[actor] = chance.uniform(clock[1], clock[2], clock[3], quarter, channel, streams[actor], other)


@inlined
def deal_to_world(quarter, clock, luck):
    """One quarter's luck of the world (N_WORLD_LUCK,)."""
    luck[STRAY] = chance.normal(clock[1], clock[2], clock[3], quarter, chance.STRAY, 0, 0)
    for flashpoint in range(len(s.FLASHPOINTS)):
        luck[CRISIS + flashpoint] = chance.uniform(
            clock[1], clock[2], clock[3], quarter, chance.CRISIS, flashpoint, 0
        )
        luck[SEVERITY + flashpoint] = chance.uniform(
            clock[1], clock[2], clock[3], quarter, chance.CRISIS_SEVERITY, flashpoint, 0
        )


@compiled
def lay_out(run, quarter):
    """Put a quarter on the board: its number, what is proposed, and the luck that everybody meets."""
    board, luck = run.board, run.luck
    board.clock[0] = quarter
    copy(board.proposed, run.proposed[quarter])
    copy(board.adopted, run.adopted)
    copy(board.vote_luck, luck.votes)
    copy(board.luck.ravel(), luck.actors[quarter].ravel())
    copy(board.world_luck, luck.world[quarter])
