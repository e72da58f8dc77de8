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
    if agreed > baseline:
        return baseline + delivered_share * (agreed - baseline)
    return agreed


@inlined
def level(now, heading_for, lead_quarters, cut_quarters):
    """An instrument's level at the end of the quarter: it closes its distance at a rate of one over the lead time.

    About two thirds of an increase are done after its lead time; cuts take `cut_quarters` if that is shorter.
    """
    quarters = lead_quarters
    if heading_for < now:
        quarters = min(lead_quarters, cut_quarters)
    return now + (heading_for - now) / max(1.0, quarters)
