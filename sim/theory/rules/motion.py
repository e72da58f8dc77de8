"""How a variable moves: towards a level set by its resting level and today's pressures, at its own speed."""

from sim.theory.compiled import inlined
from sim.theory.elementary import logistic


@inlined
def moved(own, resting_logit, pressure, speed):
    """An adaptive variable at the end of the quarter, 0..1.

    `pressure` is the sum of the mechanisms' terms in logit points, less the same sum in mid-2024: in a world frozen at
    mid-2024 it is zero and the variable stays exactly where it is.
    Units: own, result 0..1; pressure, resting_logit logit points; speed share of the distance per quarter.
    Assumed: the logit saturates, so no step alarms or deters without limit.
    """
    return own + speed * (logistic(resting_logit + pressure) - own)


@inlined
def moved_linearly(own, resting, pressure, speed):
    """A variable without bounds (growth in %/year) at the end of the quarter."""
    return own + speed * ((resting + pressure) - own)
