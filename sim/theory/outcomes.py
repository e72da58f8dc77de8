"""The outcomes, read from the state at the end of a quarter. Pure functions; units and definitions in the docstrings."""

import numpy as np

from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.measures import mean_over


@compiled
def read_outcomes(run, out):
    """Fill `out` (N_OUTCOMES,) with the outcomes of the state now shown, in the order of OUTCOMES."""
    world = run.world
    out[0] = world[s.DETERRENCE_ASIA]
    out[1] = world[s.DETERRENCE_EUROPE]
    out[2] = net_security(run)
    out[3] = world[s.ESCALATION]
    out[4] = world[s.ENCIRCLEMENT]
    out[5] = polarisation(run)
    out[6] = hedging_space(run)
    out[7] = asean_unity(run)
    out[8] = mean_over(run.now[s.BACKLASH], run.group[s.NON_PARTNERS])
    out[9] = mean_over(run.now[s.GROWTH], run.group[s.ASIAN_STATES])
    out[10] = mean_over(run.now[s.ECON_CN], run.group[s.ASIAN_STATES])
    out[11] = world[s.COHESION]
    out[12] = mean_over(run.now[s.RESILIENCE], run.group[s.ASIAN_STATES])
    out[13] = world[s.ASSERTIVENESS]
    out[14] = mean_over(run.now[s.BLOC_PRESSURE], run.group[s.ASIAN_STATES])
    out[15] = threat_inversion(run)
    out[16] = mean_over(run.now[s.EU_APPROVAL], run.group[s.ASIAN_STATES])
    out[17] = mean_over(run.now[s.TARGET_RISK], run.group[s.PARTNERS])
    out[18] = world[s.CREDIBILITY]
    out[19] = world[s.EUROPEAN_CAPABILITY]
    out[20] = world[s.US_IN_ASIA]
    out[21] = world[s.INDUSTRY]
    out[22] = world[s.INTEROPERABILITY]
    out[23] = mean_over(run.now[s.TRUST_ASSURE], run.group[s.ASIAN_STATES])
    out[24] = balancing_coalition(run.now[s.CAPABILITY], run.now[s.BALANCING], run.group[s.ASIAN_STATES])
    out[25] = mean_over(run.now[s.NET_BENEFIT], run.group[s.PARTNERS])
    out[26] = world[s.CHINA_RUSSIA]
    out[27] = world[s.UKRAINE_WAR]
    out[28] = world[s.NARRATIVE]
    out[29] = world[s.UN_INFLUENCE]
    out[30] = regional_autonomy(run)
    out[31] = us_control(run.now[s.US_TIE], run.now[s.CN_TIE], run.group[s.ASIAN_STATES])
    out[32] = world[s.ISLAND_SECURITY]


@inlined
def net_security(run):
    """Deterrence in Asia less the hazard of escalation less target risk, mean over Asian states; index -2..1.

    Source: A2.T 0, A2.WW 12, A1.B 8 (O03).
    """
    return (
        run.world[s.DETERRENCE_ASIA]
        - run.world[s.ESCALATION]
        - mean_over(run.now[s.TARGET_RISK], run.group[s.ASIAN_STATES])
    )


@inlined
def polarisation(run):
    """Polarisation of Asia's states by position, mean over domains, 0..1 (1: two equal camps at the poles).

    Esteban & Ray 1994 with alpha = 1 over five classes of position, each state shared between the two nearest classes.
    Source: A2.SP 8, A1.B 9 (O08).
    """
    total = 0.0
    for domain in range(len(s.DOMAINS)):
        total = total + polarisation_in(
            run.now[s.US_TIE + domain], run.now[s.CN_TIE + domain], run.group[s.ASIAN_STATES]
        )
    return total / len(s.DOMAINS)


@inlined
def polarisation_in(us_ties, cn_ties, members):
    """Polarisation of a group's members by their ties (A,) in one domain, 0..1."""
    share0 = 0.0
    share1 = 0.0
    share2 = 0.0
    share3 = 0.0
    share4 = 0.0
    states = 0.0
    for actor in range(members.shape[0]):
        place = 2 * (1 + us_ties[actor] - cn_ties[actor])
        share0 = share0 + members[actor] * max(0.0, 1 - abs(place))
        share1 = share1 + members[actor] * max(0.0, 1 - abs(place - 1))
        share2 = share2 + members[actor] * max(0.0, 1 - abs(place - 2))
        share3 = share3 + members[actor] * max(0.0, 1 - abs(place - 3))
        share4 = share4 + members[actor] * max(0.0, 1 - abs(place - 4))
        states = states + members[actor]
    shares = (share0 / states, share1 / states, share2 / states, share3 / states, share4 / states)
    total = 0.0
    for one in range(5):
        for other in range(5):
            total = total + shares[one] * shares[one] * shares[other] * abs(one - other) / 2
    return 2 * total


@inlined
def hedging_space(run):
    """How far Asian states keep both ties at once, 0..1: (1 - |position|) x the weaker tie (full at ½), mean.

    Source: A2.SP 7 (O10).
    """
    total = 0.0
    states = 0.0
    for actor in range(run.now.shape[1]):
        if run.group[s.ASIAN_STATES, actor] == 1.0:
            for domain in range(len(s.DOMAINS)):
                us_tie = run.now[s.US_TIE + domain, actor]
                cn_tie = run.now[s.CN_TIE + domain, actor]
                total = total + (1 - abs(us_tie - cn_tie)) * min(1.0, 2 * min(us_tie, cn_tie))
            states = states + len(s.DOMAINS)
    return total / states


@inlined
def asean_unity(run):
    """1 less the dispersion (mean absolute difference) of ASEAN members' positions and stances on NATO, 0..1.

    Source: A2.NN 21, A2.SP 8 (O11).
    """
    members = np.flatnonzero(run.group[s.ASEAN])
    support = run.now[s.NATO_SUPPORT]
    total = 0.0
    pairs = 0.0
    for first in range(members.shape[0]):
        one = members[first]
        for second in range(first):
            other = members[second]
            apart = abs(support[one] - support[other])
            for domain in range(len(s.DOMAINS)):
                us_tie, cn_tie = run.now[s.US_TIE + domain], run.now[s.CN_TIE + domain]
                gap = us_tie[one] - cn_tie[one] - us_tie[other] + cn_tie[other]
                apart = apart + abs(gap) / 2 / len(s.DOMAINS)
            total = total + apart
            pairs = pairs + 1.0
    return 1 - total / pairs


@inlined
def threat_inversion(run):
    """Share of non-partner Asian states that see more danger from NATO than from China. Source: A2.SP 10 (O13)."""
    inverted = 0.0
    states = 0.0
    for actor in range(run.now.shape[1]):
        if run.group[s.NON_PARTNERS, actor] == 1.0:
            states = states + 1.0
            if run.now[s.THREAT_NATO, actor] > run.now[s.THREAT_CN, actor]:
                inverted = inverted + 1.0
    return inverted / states


@inlined
def balancing_coalition(capability, balancing, members):
    """How far a group's states work together against coercion, weighted by capability, 0..1. Source: A2.SP 10 (O14)."""
    total = 0.0
    weight = 0.0
    for actor in range(members.shape[0]):
        total = total + members[actor] * capability[actor] * balancing[actor]
        weight = weight + members[actor] * capability[actor]
    return total / weight


@inlined
def regional_autonomy(run):
    """1 less the distance of Asian states' ties from those they would hold of themselves (their resting ties), 0..1.

    Source: A2.SP 9, A1.B 4 (O31): what pressure and temptation have moved, whichever power exerts them.
    """
    moved = 0.0
    states = 0.0
    for actor in range(run.now.shape[1]):
        if run.group[s.ASIAN_STATES, actor] == 1.0:
            for domain in range(len(s.DOMAINS)):
                us_moved = run.now[s.US_TIE + domain, actor] - run.attribute[s.US_REST + domain, actor]
                cn_moved = run.now[s.CN_TIE + domain, actor] - run.attribute[s.CN_REST + domain, actor]
                moved = moved + abs(us_moved) + abs(cn_moved)
            states = states + len(s.DOMAINS)
    return 1 - moved / states


@inlined
def us_control(us_ties, cn_ties, members):
    """Washington's share of a group's security ties, mean, 0..1. Source: A1.B 4, A2.SP 8 (O32, the actual control)."""
    total = 0.0
    states = 0.0
    for actor in range(members.shape[0]):
        both = us_ties[actor] + cn_ties[actor]
        if members[actor] == 1.0 and both > 0.0:
            total = total + us_ties[actor] / both
        states = states + members[actor]
    return total / states


@inlined
def read_probes(run, probes, out):
    """Fill what follows the outcomes in `out` with the probes: (kind, place, actor), kinds as in PROBE_KINDS."""
    first = out.shape[0] - probes.shape[0]
    for k in range(probes.shape[0]):
        kind, place, actor = probes[k, 0], probes[k, 1], probes[k, 2]
        if kind == 0:
            out[first + k] = run.now[place, actor]
        elif kind == 1:
            out[first + k] = run.world[place]
        elif kind == 2:
            out[first + k] = run.agreed[place]
        else:
            out[first + k] = run.level[place]


@inlined
def read_profile(run, profile):
    """Add what is kept of every state (PROFILE, actors): position in each domain (-1 Beijing … +1 Washington), utility."""
    for actor in range(run.now.shape[1]):
        for domain in range(len(s.DOMAINS)):
            profile[domain, actor] += run.now[s.US_TIE + domain, actor] - run.now[s.CN_TIE + domain, actor]
        profile[len(s.DOMAINS), actor] += run.now[s.UTILITY, actor]
