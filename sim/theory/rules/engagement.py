"""How far each partner engages with NATO. Terms are in logit points, the same for each format."""

from sim.theory.compiled import inlined


@inlined
def trade_restraint(dependence_on_china, trade_pressure, effect, step):
    """Fear of losing trade restrains, the more trade is used as a lever.

    Mechanisms: M27 trade_restrains_partners. Source: A2.SP 6; Hirschman 1945. About the dependence itself in mid-2024.
    """
    return -effect * dependence_on_china * (0.5 + trade_pressure) / step


@inlined
def domestic_swings(mood, effect):
    """Mechanisms: M30 domestic_swings. Source: A2.SP 6, C.Q 1, A1.B 3. Governments change, and toughness with them."""
    return effect * mood


@inlined
def threat_drives(threat_cn, threat_ru, threat_dprk, effect, step):
    """Mechanisms: M31 threat_drives_engagement. Source: A2.SP 6, A3.B 5; denied A1.B 4; Walt 1987."""
    return effect * (threat_cn + threat_ru + threat_dprk) / 3 / step


@inlined
def double_bind(need_of_beijing, help_withheld, effect, step):
    """Restraint by the need of Beijing's help over Pyongyang, as far as it is withheld (the push of the danger is M31's).

    Mechanisms: M28 korean_double_bind. Source: A2.SP 6; the other way round A3.B 5.
    """
    return -effect * need_of_beijing * help_withheld / step


@inlined
def independent_tradition(autonomy, bloc_pressure, effect, step):
    """Caution of a state used to its own foreign policy when it is pressed to take sides.

    Mechanisms: M29 nz_independence. Source: A2.SP 6. Assumed: the tradition speaks up under pressure.
    """
    return -effect * autonomy * bloc_pressure / step


@inlined
def shared_identity(democratic_identity, offer, effect):
    """Ease with which like-minded democracies take up what is offered.

    Mechanisms: M60 shared_democratic_identity. Source: A3.B 3, A3.B 5; denied A1.B 6. Assumed: it multiplies the offer.
    """
    return effect * democratic_identity * offer
