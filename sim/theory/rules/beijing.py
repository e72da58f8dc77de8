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


@inlined
def common_opponent(encirclement, effect, step):
    """China and Russia brought together by pressure on China.

    Mechanisms: M15 pressure_drives_china_russia (no article claims it). Source: A2.I 1 states closeness, not its cause.
    """
    return effect * encirclement / step


@inlined
def narrative_validated(visibility, effort, effect):
    """Resonance of Beijing's bloc story from visible steps of NATO, as far as Beijing tells it.

    Mechanisms: M18 narrative_validation. Source: A2.I 4, A2.WW 12; enacted by A1.B 1-2. Multiplied by the effort.
    """
    return effect * visibility * effort


@inlined
def norm_contest(un_effort, effect):
    """Chinese influence in the United Nations contested by joint candidates.

    Mechanisms: M42 un_coalition_limits_norms. Source: A2.NN 18. Linear.
    """
    return -effect * un_effort


@inlined
def presence_as_cause(visibility, effect):
    """Escalation laid to NATO's presence itself.

    Mechanisms: M35 nato_as_cause_of_war. Source: A1.B 5, A1.B 8; denied A2.WW 14, A3.B 5. Additive hazard.
    """
    return effect * visibility


@inlined
def sustained_war(china_russia, effect, step):
    """The war in Ukraine sustained by China's help.

    Mechanisms: M14 china_sustains_russia. Source: A2.I 1, A2.I 4, A3.B 4; denied A1.B 2. Linear.
    """
    return effect * china_russia / step
