"""What makes opposition, goodwill and common action in the region, beside NATO's insistence. Terms in logit points."""

from sim.theory.compiled import inlined


@inlined
def colonial_memory(colonial, provocation, effect):
    """Opposition where Western military presence recalls rule by outsiders.

    Mechanisms: M22 colonial_memory. Source: A1.B 7, A2.I 4. Multiplies what the region sees, whoever's flag it flies.
    """
    return effect * colonial * provocation


@inlined
def militarism_aversion(hardness, effect):
    """Opposition to the military approach itself. Mechanisms: M23 militarism_aversion. Source: A2.NN 20, A1.B 4."""
    return effect * hardness


@inlined
def nonalignment_norm(nonalignment, bloc_signal, effect):
    """Opposition where joining military pacts breaks with a tradition; also off support for NATO's role.

    Mechanisms: M24 nonalignment_norm. Source: A2.SP 9; partly A1.B 6.
    """
    return effect * nonalignment * bloc_signal


@inlined
def crossfire_fear(escalation, threat_cn, effect, step):
    """Wish for distance where war looms nearby, in hedging and in opposition.

    Mechanisms: M56 crossfire_fear. Source: A2.SP 8, A2.WW 12, A1.B 4. Assumed: the hazard, more where China frightens.
    """
    return effect * escalation * (0.5 + threat_cn) / step


@inlined
def lost_balancers(backlash, effect, step):
    """Common action against coercion lost as states are alienated.

    Mechanisms: M21 loss_of_balancing_coalition. Source: A2.SP 10, A1.B 9; disputed A3.B 18. Linear.
    """
    return -effect * backlash / step


@inlined
def flexible_formats(minilateral_effort, minilateral_stance, effect):
    """Common action won in small formats that ask nobody to join a bloc, by how welcome they are (stance, -1..1).

    Mechanisms: M44 minilateral_flexibility. Source: A2.I 5, A2.NN 21; another courting to A1.B 7.
    """
    return effect * minilateral_effort * (1 + minilateral_stance) / 2


@inlined
def asean_channel(asean_effort, effect):
    """Work through ASEAN's own bodies: goodwill towards Europe, and members drawn together.

    Mechanisms: M43 asean_channel. Source: A2.NN 21. Linear.
    """
    return effect * asean_effort


@inlined
def climate_goodwill(climate_help, effect):
    """Goodwill of those who judge outsiders by help against rising seas.

    Mechanisms: M71 climate_help_earns_goodwill. Source: A2.NN 21. Linear, local.
    """
    return effect * climate_help
