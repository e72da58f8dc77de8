"""Luck as the phases ask for it: addressed by quarter, channel and actor; neutral when chance is off."""

from sim.theory import chance
from sim.theory.compiled import inlined


@inlined
def uniform_luck(channel, actor, other, neutral, clock):
    """This quarter's uniform luck of an actor in a channel; `neutral` when chance is off. clock: `Run.clock`."""
    if clock[4] == 0:
        return neutral
    return chance.uniform(clock[1], clock[2], clock[3], clock[0], channel, actor, other)


@inlined
def normal_luck(channel, actor, other, clock):
    """This quarter's standard normal luck of an actor in a channel; 0 when chance is off."""
    if clock[4] == 0:
        return 0.0
    return chance.normal(clock[1], clock[2], clock[3], clock[0], channel, actor, other)


@inlined
def fill_luck(channel, streams, other, neutral, clock, out):
    """Fill `out` (n,) with this quarter's uniform luck of several actors; no branch inside, so that it vectorises."""
    out[:] = neutral
    if clock[4] == 1:
        for k in range(out.shape[0]):
            out[k] = chance.uniform(clock[1], clock[2], clock[3], clock[0], channel, streams[k], other)
