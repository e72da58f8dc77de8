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
def will_deficit(dependence_on_china, war_in_europe, stake_in_asia, effect):
    """How much more a military proposal costs a member that trades with China, is busy with Russia, has no stake.

    Mechanisms: M11 european_will_deficit. Source: A2.WW 13 (additive penalties per member).
    Units: 0 (none) … 1; arguments 0..1; effect is the worldview's strength.
    """
    return max(0.0, effect) * (dependence_on_china + war_in_europe + (1 - stake_in_asia)) / 3


@inlined
def agreement(support, unity, military, political, deficit, readiness, support_weight, cost_weight):
    """The chance that one member agrees to a proposal, 0..1.

    `readiness` is a ready ally's margin in logit points before costs; support (for NATO's role, or
    of the EU) and the institution's unity shift it around ½; the EU's and ASEAN's unity are not modelled and stand at ½.
    Source: A2.WW 13-14; assumed: logit choice (McKelvey & Palfrey 1995).
    """
    margin = readiness + support_weight * (support + unity - 1)
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
def contested_votes(refused_share, weight):
    """Structural: blocked proposals strain cohesion. Units: logit points; refused_share 0..1."""
    return -weight * refused_share
