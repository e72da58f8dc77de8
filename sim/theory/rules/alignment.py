"""Backlash, and the choice of a posture in each domain. McKelvey & Palfrey 1995, Kuik 2008 (hedging)."""

from sim.theory.compiled import inlined
from sim.theory.elementary import exponential, logistic


@inlined
def backlash_by_insistence(provocation, effect):
    """Opposition to NATO: convex in what the region is made to see.

    Mechanisms: M19 regional_backlash. Source: A1.B 5, A1.B 9, A2.I 4, A2.NN 20. Units: logit points.
    """
    return effect * (provocation + provocation * provocation / 2)


@inlined
def eu_acceptability(eu_presence, effect):
    """Opposition eased where the European role wears the EU's inclusive, civilian label.

    Mechanisms: M39 eu_acceptability. Source: A2.NN 19-20.
    """
    return -effect * eu_presence


@inlined
def hedging_value(threat_cn, effect, existential_mark, width):
    """What hedging is worth: nothing changes until China looks like a mortal danger, then the worth collapses.

    Mechanisms: M16 hedging_without_existential_threat. Source: A2.SP 6-7, A1.B 8; Kuik 2008. A sharp gate.
    """
    return -2 * effect * logistic((threat_cn - existential_mark) / width)


@inlined
def forced_choice(bloc_pressure, effect, step):
    """What the middle loses when states are made to pick sides: convex in the pressure to choose.

    Mechanisms: M17 forced_choice_polarises. Source: A2.SP 8, A1.B 9. Units: logit points, taken off hedging and added
    on the side a state leans to.
    """
    steps = bloc_pressure / step
    return effect * steps * steps / 4


@inlined
def side_leaned_to(us_rest, cn_rest, scale):
    """The side a state leans to by its resting ties, -1 Beijing … 1 Washington; full at `scale` of difference."""
    return min(1.0, max(-1.0, (us_rest - cn_rest) / scale))


@inlined
def demand_match(offer, priority, effect):
    """Pull towards those who serve growth, technology and calm, by how much the state asks for them.

    Mechanisms: M41 demand_match. Source: A2.NN 18, A1.B 8.
    """
    return effect * priority * offer


@inlined
def posture_weight(us_tie, cn_tie, us_rest, cn_rest, side, pull, hedge_value, spread):
    """The weight of one posture in the choice (to be divided by the sum over the five).

    A posture is a pair of target ties; those near a state's resting ties come easily (inertia), `spread` says how
    easily; `side` is its place from -1 (with Beijing) to 1 (with Washington). Pull and hedge_value are changes since
    mid-2024, in logit points.
    """
    away = (us_tie - us_rest) * (us_tie - us_rest) + (cn_tie - cn_rest) * (cn_tie - cn_rest)
    return exponential(pull * side + hedge_value * (1 - abs(side)) - away / (2 * spread * spread))


@inlined
def tie(now, resting, chosen, chosen_at_rest, speed):
    """A tie at the end of the quarter, 0..1: slowly towards the resting tie shifted by the choice."""
    target = min(1.0, max(0.0, resting + (chosen - chosen_at_rest)))
    return now + speed * (target - now)
