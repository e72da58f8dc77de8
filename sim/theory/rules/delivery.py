"""From what was decided to what is done."""

from sim.theory.compiled import inlined


@inlined
def eu_delivery(dependence_on_china, effect):
    """The share of an EU increase that survives the members' own constraints, 0..1.

    Mechanisms: M57 eu_shares_constraints (no article claims it: a fairness check on A2). Source: A2.WW 13 applied to
    the EU, A2.NN 18 (delivery); assumed form: a delivery fraction falling with dependence on China.
    """
    return 1 - min(1.0, max(0.0, effect)) * dependence_on_china


@inlined
def sustained_share(demand, pool):
    """The share of European increases that the common pool of money, stocks and attention can sustain, 0..1."""
    if demand <= pool:
        return 1.0
    return pool / demand


@inlined
def goal(agreed, baseline, delivered_share):
    """The level an instrument heads for: increases are delivered in part, cuts in full. Units: level 0..1."""
    return baseline + delivered_share * (agreed - baseline) if agreed > baseline else agreed


@inlined
def level(now, heading_for, lead_quarters, cut_quarters):
    """An instrument's level at the end of the quarter: it closes its distance at a rate of one over the lead time.

    About two thirds of an increase are done after its lead time; cuts take `cut_quarters` if that is shorter.
    """
    quarters = min(lead_quarters, cut_quarters) if heading_for < now else lead_quarters
    return now + (heading_for - now) / max(1.0, quarters)


@inlined
def taken_up(welcome):
    """The share of an offer that its target takes up, 0..1: all of it unless the sponsor's role is unwelcome.

    `welcome`: 0 rejected, ½ indifferent, 1 wanted. Source: A2.SP 9, A2.NN 21 (India declines one format and works in
    another). Assumed: the indifferent take what they can get.
    """
    return min(1.0, 2 * welcome)


@inlined
def pact_feasibility(heterogeneity, effect):
    """The share of an Asian pact that can come about among states so unlike one another, 0..1.

    Mechanisms: M36 dissimilarity_makes_asian_nato_infeasible. Source: A1.B 6, A2.SP 7; disputed A2.SP 10. It gates what
    is done, not what is seen: the attempt alarms as far as any blocked proposal does.
    """
    return 1 - min(1.0, max(0.0, effect)) * heterogeneity
