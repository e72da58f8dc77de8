"""Luck as the phases meet it: dealt before a run, by address; neutral when chance is off.

What is met depends on seed, member, replicate, quarter and place alone, so one deal serves every policy and worldview.
"""

from sim.theory import chance
from sim.theory.compiled import compiled, inlined

# Rows of luck of actors; of the last two, one row for each domain.
NEW_GOVERNMENT, ITS_MOOD, MOOD_SHOCK, REVIEW, POSTURE = 0, 1, 2, 3, 7
N_ACTOR_LUCK = 11
# Luck of the world; of the last two, one number for each flashpoint.
STRAY, CRISIS, SEVERITY = 0, 1, 6
N_WORLD_LUCK = 11


@compiled
def deal(run):
    """Deal a run's luck for its address, into `run.luck`."""
    clock, streams, luck = run.board.clock, run.board.stream, run.luck
    luck.actors[:] = 0.0
    luck.world[:] = 0.0
    luck.votes[:] = 0.5
    if clock[4] == 0:
        luck.actors[:, NEW_GOVERNMENT] = 1.0
        luck.actors[:, REVIEW:POSTURE] = 1.0
        luck.actors[:, POSTURE:] = 0.5
        luck.world[:, CRISIS:SEVERITY] = 1.0
        return
    for item in range(luck.votes.shape[0]):
        luck.votes[item] = chance.uniform(
            clock[1], clock[2], clock[3], 0, chance.VOTE, run.board.item_stream[item], 0
        )
    for quarter in range(luck.world.shape[0]):
        deal_to_actors(quarter, clock, streams, luck.actors[quarter])
        deal_to_world(quarter, clock, luck.world[quarter])


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
    for domain in range(POSTURE - REVIEW):
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
    for flashpoint in range(SEVERITY - CRISIS):
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
    proposed = run.proposed[quarter]
    for item in range(proposed.shape[0]):
        board.proposed[item] = proposed[item]
        board.adopted[item] = run.adopted[item]
        board.vote_luck[item] = luck.votes[item]
    actors = luck.actors[quarter]
    for row in range(N_ACTOR_LUCK):
        for actor in range(actors.shape[1]):
            board.luck[row, actor] = actors[row, actor]
    for k in range(N_WORLD_LUCK):
        board.world_luck[k] = luck.world[quarter, k]
