"""What states see: threats, pressure, risk, and whom they believe. Walt 1987 (threat); Snyder 1984 (alliance dilemma)."""

from sim.theory.compiled import inlined


@inlined
def threat_by_conduct(assertiveness, effect, step):
    """Danger seen from China because of China's own conduct.

    Mechanisms: M55 china_assertiveness_raises_threat. Source: A2.SP 7, A2.I 4, A3.B 7; denied A1.B 4; Walt 1987.
    """
    return effect * assertiveness / step


@inlined
def threat_inversion(visibility, narrative, effect, step):
    """Danger seen from NATO rather than from China: presence, and Beijing's story about it.

    Mechanisms: M20 threat_inversion. Source: A2.SP 10, A1.B 8.
    """
    return effect * (visibility + narrative / step)


@inlined
def target_risk_of_siding(bloc_pressure, engagement, credibility, effect, step):
    """Risk of becoming a target by siding without a guarantee: alignment times what commitment leaves uncovered.

    Mechanisms: M05 target_risk_of_siding. Source: A2.WW 14, A2.WW 12, A1.B 4; Snyder 1984 in part.
    """
    return effect * (bloc_pressure + engagement) / 2 / step * (1 - credibility)


@inlined
def assurances_discounted(assurance, visibility, assurance_weight, effect):
    """Trust in promises of self-restraint: promises help as far as deeds leave them believable, deeds hurt.

    Mechanisms: M25 assurances_discounted. Source: A2.SP 10, A1.B 2. Deeds are visible activity, relative to mid-2024.
    """
    believable = 1 - min(1.0, max(0.0, effect * (1 + visibility)))
    return assurance_weight * assurance * believable - effect * visibility


@inlined
def entrapment(us_pressure, engagement, effect, step):
    """Pressure to take sides from Washington's courting, and from what a partner has already joined.

    Mechanisms: M54 entrapment_and_hidden_motives. Source: A1.B 4; denied A2.SP 6; Snyder 1984. Additive.
    """
    return effect * (us_pressure + engagement) / 2 / step


@inlined
def lesson_of_the_undefended(precedents, effect, step):
    """Trust in protection lost to the memory of partners who were left alone.

    Mechanisms: M66 lesson_of_undefended_partners. Source: A2.WW 14.
    """
    return -effect * precedents / step


@inlined
def off_message_noise(stray_statements, effect):
    """Trust in assurances lost to talk of membership by former officials.

    Mechanisms: M26 off_message_noise. Source: A2.SP 10.
    """
    return -effect * stray_statements
