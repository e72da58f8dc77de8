"""Trade, growth, resilience."""

from sim.theory.compiled import inlined


@inlined
def cost_of_confrontation(tension, tension_2024, effect, step):
    """Growth lost to tension above mid-2024's, in percentage points per unit of effect.

    Mechanisms: M37 confrontation_costs_growth. Source: A1.B 8, A2.NN 18, A2.NN 22.
    """
    return -effect * (tension - tension_2024) / step


@inlined
def eu_counterweight(eu_economy, effect):
    """Dependence on China eased by European trade and investment (delivered, and slow to work).

    Mechanisms: M38 eu_economic_counterweight. Source: A2.NN 18; Hirschman 1945.
    """
    return -effect * eu_economy


@inlined
def technical_resilience(technical_help, effect):
    """Resilience from shared detection, tools and norms; saturates with the logit.

    Mechanisms: M61 technical_cooperation_builds_resilience. Source: A3.B 2-3, A2.NN 17, A2.NN 20.
    """
    return effect * technical_help


@inlined
def commercial_benefit(engagement, industrial_work, effect):
    """What joint production brings a state: orders and jobs, in growth and in its arms industry.

    Mechanisms: M67 commercial_benefit. Source: A3.B 9. The work aimed at it (a sum of levels), as far as it engages; two
    instruments in full, fully taken up, are one reference step (assumed).
    """
    return effect * engagement * industrial_work / 2


@inlined
def eu_defence_help(eu_security, effect):
    """Usable capability from European arms, training and maritime work.

    Mechanisms: M40 eu_defence_alternative. Source: A2.NN 19-20. Linear, limited by how little is offered.
    """
    return effect * eu_security
