"""How Beijing sees it, and what it does. Jervis 1978 (security dilemma); Richardson 1960 (action-reaction) in part.

Alarm and escalation feed each other, but Beijing does not arm in answer, and deterrence only lowers its assertiveness.
"""

from sim.theory.compiled import inlined
from sim.theory.elementary import logistic


@inlined
def encirclement_by_presence(alarm, effect):
    """Pressure on China's sense of encirclement from what it sees NATO and its friends do in Asia.

    Mechanisms: M01 encirclement_perception. Source: A1.B 4-5, A2.I 5, A2.WW 12. Units: logit points; alarm relative.
    """
    return effect * alarm


@inlined
def encirclement_by_us_forces(us_in_asia, effect, step):
    """Pressure on China's sense of encirclement from US resources in Asia.

    Mechanisms: M58 us_shift_alarms_china (not claimed: the hidden cost of A2's package). Source: A1.B 4 (implied).
    """
    return effect * us_in_asia / step


@inlined
def suspicion(steps, effect):
    """Pressure from the memory of earlier steps, each seen as part of a series (on encirclement and on backlash).

    Mechanisms: M65 stepwise_suspicion. Source: A1.B 1-2, A2.SP 8, A2.SP 10.
    """
    return effect * steps


@inlined
def lash_out(encirclement, effect, mark, width):
    """Pressure towards escalation from a cornered Beijing: a threshold in encirclement.

    Mechanisms: M02 lash_out_spiral. Source: A2.WW 12, A2.WW 16; disputed A3.B 5. Two widths around the mark are one
    reference step.
    """
    return 2 * effect * logistic((encirclement - mark) / width)
