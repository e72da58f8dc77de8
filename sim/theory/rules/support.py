"""What pledges, joint purchases, and help between the theatres add. Terms are in logit points."""

from sim.theory.compiled import inlined


@inlined
def scale_economies(joint_procurement, effect):
    """Growth of the allied industrial base from buying jointly. Mechanisms: M49 scale_economies. Source: A3.B 14."""
    return effect * joint_procurement


@inlined
def pledge_ratchet(pledge_stock, effect):
    """Defence budgets raised by common pledges that have become minimums.

    Mechanisms: M50 pledge_ratchet. Source: A3.B 13; A2.WW 15 and A1.B 3 see other causes.
    """
    return effect * pledge_stock


@inlined
def reverse_flow(engagement, effect, step):
    """What Asian partners' work with NATO brings Europe: support for Ukraine, and industry behind its defence.

    Mechanisms: M53 reverse_flow_from_asia. Source: A3.B 2, A3.B 8. `engagement`: partners' mean, quiet and industrial.
    """
    return effect * engagement / step


@inlined
def wartime_support(crisis_support, projection, effect):
    """Deterrence in Asia from plans for arms, logistics and intelligence, as far as Europe has them to send.

    Mechanisms: M63 wartime_support_effect. Source: A2.WW 11; doubted A2.WW 15. Wars themselves have no outcome here.
    """
    return effect * crisis_support * projection
