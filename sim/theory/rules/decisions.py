"""How institutions decide by their members: willingness, issue cost, weakest link. Tsebelis 2002 (veto players)."""

from sim.theory.compiled import inlined
from sim.theory.elementary import exponential, logistic


@inlined
def military_cost(increase, hardness, commitment):
    """What a proposal asks of members in arms and obligation, 0..1.

    Source: A2.WW 13-14 (missions), A3.B 10 and 18 (industry and partner work are agreed). Assumed: hardness and
    commitment count alike, and the cost is convex (cubic): half-way in both is an eighth of the cost.
    """
    burden = (hardness + commitment) / 2
    return increase * burden * burden * burden


@inlined
def political_cost(increase, bloc_signal, weight):
    """What a proposal costs members in quarrel with Beijing, 0..`weight`."""
    return increase * bloc_signal * weight


@inlined
def mission_cost(burden, commitment):
    """What acting in Asia asks of members in arms, 0..1: `burden` where nothing binds them, nothing under a full treaty.

    Source: A2.WW 13-14. Assumed: what is owed anyway costs less to decide, by the square of what is still free.
    """
    return burden * (1 - commitment) * (1 - commitment)


@inlined
def treaty_cover(commitment, effect):
    """How far the treaty lets the alliance act in Asia at all, 0..1: in full only where an obligation covers the area.

    Mechanisms: M06 treaty_area_limits. Source: A2.WW 14 (articles 5 and 6). A gate: what commitment leaves uncovered.
    """
    return 1 - min(1.0, max(0.0, effect)) * (1 - commitment)


@inlined
def will_deficit(dependence_on_china, war_in_europe, stake_in_asia, effect):
    """How much more a military proposal costs a member that trades with China, is busy with Russia, has no stake.

    Mechanisms: M11 european_will_deficit. Source: A2.WW 13 (additive penalties per member).
    Units: 0 (none) … 1; arguments 0..1; effect is the worldview's strength.
    """
    return max(0.0, effect) * (dependence_on_china + war_in_europe + (1 - stake_in_asia)) / 3


@inlined
def agreement(support, unity, mood, military, political, deficit, readiness, support_weight, cost_weight):
    """The chance that one member agrees to a proposal, 0..1.

    `readiness` is a ready ally's margin in logit points before costs; support (for NATO's role, or of the EU) and the
    institution's unity shift it around ½; the EU's and ASEAN's unity are not modelled and stand at ½. `mood` is what
    domestic politics add, in logit points. Source: A2.WW 13-14; assumed: logit choice (McKelvey & Palfrey 1995).
    """
    margin = readiness + support_weight * (support + unity - 1) + mood
    return logistic(margin - cost_weight * (military * (1 + deficit) + political))


@inlined
def consensus(log_agreements, effect):
    """The chance that all agree, from the sum of the logarithms of each member's chance.

    The power grades how far every single member counts as a veto: at 0 consensus is a formality, at 1 all must agree
    independently. Mechanisms: M07 consensus_gate. Source: A2.WW 14, A1.B 3, A3.B 10; Tsebelis 2002.
    """
    return exponential(max(0.0, effect) * log_agreements)


@inlined
def qualified_majority(mean_agreement, threshold, width):
    """The chance that a weighted majority forms (the EU in trade), 0..1. Source: outside knowledge, assumed form."""
    return logistic((mean_agreement - threshold) / width)


@inlined
def unity_by_common_threat(rhetoric, effect):
    """Pressure on NATO's cohesion from naming a common opponent: helps until some members feel dragged.

    Mechanisms: M32 unity_by_common_threat. Source: A1.B 3, A3.B 5, A2.SP 8. Units: logit points; rhetoric relative.
    """
    return effect * (rhetoric - rhetoric * rhetoric / 2)


@inlined
def contested_votes(refused_share, agreed_share, contested_weight, agreement_weight):
    """Structural: proposals blocked, or taken against members' will, strain cohesion; those agreed to unite.

    Units: logit points; shares 0..1 of what is proposed above mid-2024.
    """
    return agreement_weight * agreed_share - contested_weight * refused_share


@inlined
def internal_weakness(strain, effect):
    """Pressure on NATO's cohesion from a troubled ally at home: as weak as its weightiest troubled member.

    Mechanisms: M33 internal_weakness. Source: A1.B 3; disputed A3.B 10, 12. `strain` is the largest, over members, of
    capability times a swing of mood away from mid-2024's, either way.
    """
    return -effect * strain


@inlined
def us_lead(us_agenda, effect, step):
    """NATO's push for an Asian role, led by Washington's.

    Mechanisms: M69 us_driver. Source: A1.B 3, A1.B 5, A2.I 2, A3.B 1, A3.B 10. Linear: it falls if Washington turns away.
    """
    return effect * us_agenda / step
