"""Crises at flashpoints: their chance, how severe they are, how they fade."""

from sim.theory.compiled import inlined
from sim.theory.elementary import exponential


@inlined
def crisis_chance(base, escalation_pressure, sensitivity, most):
    """The chance of a crisis at a flashpoint this quarter.

    `escalation_pressure` is the distance of the escalation hazard from mid-2024 in logit points.
    Assumed: proportional hazard, `base` per quarter in mid-2024.
    """
    return min(most, base * exponential(sensitivity * escalation_pressure))


@inlined
def crisis(now, luck, chance, severity_luck, least_severity, persistence):
    """The intensity of a crisis at the end of the quarter, 0..1: breaks out by luck, else fades."""
    fading = persistence * now
    if luck < chance:
        return max(fading, least_severity + (1 - least_severity) * severity_luck)
    return fading
