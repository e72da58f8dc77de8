"""How far each partner engages with NATO. Terms are in logit points, the same for each format."""

from sim.theory.compiled import inlined


@inlined
def trade_restraint(dependence_on_china, effect, step):
    """Mechanisms: M27 trade_restrains_partners. Source: A2.SP 6; Hirschman 1945. Fear of losing trade restrains."""
    return -effect * dependence_on_china / step


@inlined
def domestic_swings(mood, effect):
    """Mechanisms: M30 domestic_swings. Source: A2.SP 6, C.Q 1, A1.B 3. Governments change, and toughness with them."""
    return effect * mood


@inlined
def threat_drives(threat_cn, threat_ru, threat_dprk, effect, step):
    """Mechanisms: M31 threat_drives_engagement. Source: A2.SP 6, A3.B 5; denied A1.B 4; Walt 1987."""
    return effect * (threat_cn + threat_ru + threat_dprk) / 3 / step
