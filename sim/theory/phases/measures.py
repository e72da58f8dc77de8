"""Sums over actors that several phases need. Rows are one field over all actors (A,)."""

from sim.theory.compiled import linked


@linked
def mean_over(values, members):
    """The mean of a field (A,) over the members of a group (A,) of 0 and 1, every member counting alike."""
    total = 0.0
    count = 0.0
    for actor in range(values.shape[0]):
        total = total + members[actor] * values[actor]
        count = count + members[actor]
    return total / count
