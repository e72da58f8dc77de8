"""Capability, industry, credibility, and deterrence in both theatres. Terms are in logit points."""

from sim.theory.compiled import inlined


@inlined
def partnership_deterrence(cooperation, credible, usable, effect, step):
    """Deterrence in Asia from work with partners: capability times how credible and how usable it is.

    `cooperation` is relative to mid-2024, so today's work counts as 1. Concave through the logit that takes it.
    Mechanisms: M03 deterrence_through_partnership. Source: A2.WW 11, A3.B 5, A3.B 8; disputed A2.WW 16, A1.B 6.
    """
    return effect * max(0.0, 1 + cooperation) / step * credible * usable


@inlined
def credible_share(credibility, effect):
    """The share of a signal that is believed, 0..1: talk without commitment is discounted.

    Mechanisms: M04 cheap_talk_discount. Source: A2.WW 14; Fearon 1997 (costly signals).
    """
    return 1 - min(1.0, max(0.0, effect)) * (1 - credibility)


@inlined
def lost_signal(discretion, effect):
    """Credibility lost because quiet work is less seen by the adversary.

    Mechanisms: M68 discretion_lowers_signal (no article claims it: the trade-off of M45). Source: A2.NN 17 is silent.
    """
    return -effect * discretion


@inlined
def spillover(escalation_elsewhere, effect, step):
    """Escalation in one theatre raises the hazard in the other.

    Mechanisms: M13 theatre_linkage. Source: A3.B 4, A2.I 1, A2.I 4; ridiculed A1.B 2. Symmetric cross-coupling.
    """
    return effect * escalation_elsewhere / step


@inlined
def industrial_gap(rival_industry, allied_industry, effect, step):
    """Deterrence lost, in either theatre, as rivals out-produce the allies.

    Mechanisms: M47 rival_industrial_growth. Source: A3.B 6-7; denied A1.B 2.
    """
    return -effect * (rival_industry - allied_industry) / step


@inlined
def pooled_industry(industry_effort, effect):
    """Growth of the allied industrial base from co-production, upkeep and pledges.

    Mechanisms: M46 industrial_pooling. Source: A3.B 8-9, A3.B 18.
    """
    return effect * industry_effort


@inlined
def common_standards(standards_effort, effect):
    """Interoperability from common standards. Mechanisms: M48 interoperable_capability. Source: A3.B 15-16, A2.NN 17."""
    return effect * standards_effort


@inlined
def usable_share(interoperability):
    """The share of combined capability that can be used together, ½ … 1½ (definitional)."""
    return 0.5 + interoperability


@inlined
def burden_shift(european_capability, effect, step):
    """US resources for Asia freed by a Europe that can defend itself.

    Mechanisms: M12 burden_shift. Source: A2.I 5, A2.NN 17; Olson & Zeckhauser 1966.
    """
    return effect * european_capability / step


@inlined
def home_use(home_build_up, effect):
    """Deterrence in Europe from budgets spent at home.

    Mechanisms: M10 home_use_of_new_money. Source: A2.WW 15, A3.B 10, A3.B 13.
    """
    return effect * home_build_up


@inlined
def early_gap(us_shift, readiness, effect, step):
    """Deterrence in Europe lost when US resources leave before Europe can replace them.

    us_shift and readiness: change of US resources in Asia, and of European capability, since mid-2024.
    Mechanisms: M59 gap_if_us_leaves_early (not claimed; implied by A2.I 5's order). Form: max(0, shift - readiness).
    """
    return -effect * max(0.0, us_shift - readiness) / step


@inlined
def distraction(asian_drain, effect):
    """Deterrence in Europe lost to means and attention sent to Asia.

    Mechanisms: M64 asia_distracts_from_europe. Source: A2.T 0, A2.I 5; contested A3.B 4.
    """
    return -effect * asian_drain
