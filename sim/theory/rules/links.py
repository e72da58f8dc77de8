"""Structural links: definitional, the same in every worldview, never used to favour a policy. Logit points."""

from sim.theory.compiled import inlined


@inlined
def link(level, weight, step):
    """A definitional link: `weight` logit points when the cause moves one reference step of a state variable."""
    return weight * level / step


@inlined
def bloc_pressure_by_signal(bloc_signal, aversion, weight):
    """Bloc signals press on a state, more so the more it dislikes blocs: by half of `weight` at none, one and a half at
    full aversion.
    """
    return weight * bloc_signal * (0.5 + aversion)


@inlined
def relief_by_offers(offer, weight):
    """Economic offers relieve a state from having to choose."""
    return -weight * offer


@inlined
def offered(offer, weight):
    """A partner can only engage in what is offered."""
    return weight * offer
