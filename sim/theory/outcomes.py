"""The outcomes, read from the state at the end of a quarter. Pure functions; units and definitions in the docstrings."""

from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.measures import mean_over


@compiled
def read_outcomes(board, out):
    """Fill `out` (N_OUTCOMES,) with the outcomes of the state now shown, in the order of OUTCOMES."""
    world = board.world
    fill_positions(board)
    out[0] = world[s.DETERRENCE_ASIA]
    out[1] = world[s.DETERRENCE_EUROPE]
    out[2] = net_security(board)
    out[3] = world[s.ESCALATION]
    out[4] = world[s.ENCIRCLEMENT]
    out[5] = polarisation(board)
    out[6] = hedging_space(board)
    out[7] = asean_unity(board)
    out[8] = mean_over(board.now[s.BACKLASH], board.group[s.NON_PARTNERS])
    out[9] = mean_over(board.now[s.GROWTH], board.group[s.ASIAN_STATES])
    out[10] = mean_over(board.now[s.ECON_CN], board.group[s.ASIAN_STATES])
    out[11] = world[s.COHESION]
    out[12] = mean_over(board.now[s.RESILIENCE], board.group[s.ASIAN_STATES])
    out[13] = world[s.ASSERTIVENESS]
    out[14] = mean_over(board.now[s.BLOC_PRESSURE], board.group[s.ASIAN_STATES])
    out[15] = threat_inversion(board)
    out[16] = mean_over(board.now[s.EU_APPROVAL], board.group[s.ASIAN_STATES])
    out[17] = mean_over(board.now[s.TARGET_RISK], board.group[s.PARTNERS])
    out[18] = world[s.CREDIBILITY]
    out[19] = world[s.EUROPEAN_CAPABILITY]
    out[20] = world[s.US_IN_ASIA]
    out[21] = world[s.INDUSTRY]
    out[22] = world[s.INTEROPERABILITY]
    out[23] = mean_over(board.now[s.TRUST_ASSURE], board.group[s.ASIAN_STATES])
    out[24] = balancing_coalition(
        board.now[s.CAPABILITY], board.now[s.BALANCING], board.group[s.ASIAN_STATES]
    )
    out[25] = mean_over(board.now[s.NET_BENEFIT], board.group[s.PARTNERS])
    out[26] = world[s.CHINA_RUSSIA]
    out[27] = world[s.UKRAINE_WAR]
    out[28] = world[s.NARRATIVE]
    out[29] = world[s.UN_INFLUENCE]
    out[30] = regional_autonomy(board)
    out[31] = us_control(board.now[s.US_TIE], board.now[s.CN_TIE], board.group[s.ASIAN_STATES])
    out[32] = world[s.ISLAND_SECURITY]


@inlined
def net_security(board):
    """Deterrence in Asia less the hazard of escalation less target risk, mean over Asian states; index -2..1.

    Source: A2.T 0, A2.WW 12, A1.B 8 (O03).
    """
    return (
        board.world[s.DETERRENCE_ASIA]
        - board.world[s.ESCALATION]
        - mean_over(board.now[s.TARGET_RISK], board.group[s.ASIAN_STATES])
    )


@inlined
def fill_positions(board):
    """Every state's position in each domain: -1 with Beijing … +1 with Washington."""
    for domain in range(len(s.DOMAINS)):
        position, us_ties, cn_ties = (
            board.position[domain],
            board.now[s.US_TIE + domain],
            board.now[s.CN_TIE + domain],
        )
        for actor in range(position.shape[0]):
            position[actor] = us_ties[actor] - cn_ties[actor]


@inlined
def polarisation(board):
    """Polarisation of Asian states by position, mean over domains, 0..1 (1: two equal camps).

    Esteban & Ray 1994 with alpha = 1 over five classes of position, each state shared between the two nearest classes.
    Source: A2.SP 8, A1.B 9 (O08).
    """
    total = 0.0
    for domain in range(len(s.DOMAINS)):
        total = total + polarisation_in(domain, board)
    return total / len(s.DOMAINS)


@inlined
def polarisation_in(domain, board):
    """Polarisation of Asian states by position in one domain, 0..1."""
    position, belongs, share = board.position[domain], board.poll[0], board.share
    for one in range(5):
        for actor in range(belongs.shape[0]):
            belongs[actor] = max(0.0, 1 - abs(2 * (1 + position[actor]) - one))
        share[one] = mean_over(belongs, board.group[s.ASIAN_STATES])
    total = 0.0
    for one in range(5):
        for other in range(5):
            total = total + share[one] * share[one] * share[other] * abs(one - other) / 2
    return 2 * total


@inlined
def hedging_space(board):
    """How far Asian states keep both ties at once, 0..1: (1 - |position|) x the weaker tie (full at ½), mean.

    Source: A2.SP 7 (O10).
    """
    total = 0.0
    for domain in range(len(s.DOMAINS)):
        us_ties, cn_ties = board.now[s.US_TIE + domain], board.now[s.CN_TIE + domain]
        room, position = board.poll[0], board.position[domain]
        for actor in range(room.shape[0]):
            both = min(1.0, 2 * min(us_ties[actor], cn_ties[actor]))
            room[actor] = (1 - abs(position[actor])) * both
        total = total + mean_over(room, board.group[s.ASIAN_STATES])
    return total / len(s.DOMAINS)


@inlined
def asean_unity(board):
    """1 less the dispersion (mean absolute difference) of ASEAN members' positions and stances on NATO, 0..1.

    Source: A2.NN 21, A2.SP 8 (O11).
    """
    members, support, position, apart = (
        board.group[s.ASEAN],
        board.now[s.NATO_SUPPORT],
        board.position,
        board.poll[0],
    )
    security, economy, technology, diplomacy = position[0], position[1], position[2], position[3]
    for other in range(members.shape[0]):
        apart[other] = 0.0
    count = 0.0
    for one in range(members.shape[0]):
        if members[one] == 1.0:
            stance, in_security, in_economy = support[one], security[one], economy[one]
            in_technology, in_diplomacy = technology[one], diplomacy[one]
            for other in range(members.shape[0]):
                apart[other] += (
                    abs(stance - support[other])
                    + (abs(in_security - security[other]) + abs(in_economy - economy[other])) / 8
                    + (abs(in_technology - technology[other]) + abs(in_diplomacy - diplomacy[other])) / 8
                )
            count = count + 1.0
    return 1 - mean_over(apart, members) / (count - 1)


@inlined
def threat_inversion(board):
    """Share of non-partner Asian states that see more danger from NATO than from China. Source: A2.SP 10 (O13)."""
    from_nato, from_china, members = (
        board.now[s.THREAT_NATO],
        board.now[s.THREAT_CN],
        board.group[s.NON_PARTNERS],
    )
    inverted = 0.0
    states = 0.0
    for actor in range(members.shape[0]):
        sees_more = members[actor] if from_nato[actor] > from_china[actor] else 0.0
        inverted = inverted + sees_more
        states = states + members[actor]
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
def regional_autonomy(board):
    """1 less the distance of Asian states' ties from those they would hold of themselves (their resting ties), 0..1.

    Source: A2.SP 9, A1.B 4 (O31): what pressure and temptation have moved, whichever power exerts them.
    """
    total = 0.0
    for domain in range(len(s.DOMAINS)):
        us_ties, us_rest = board.now[s.US_TIE + domain], board.attribute[s.US_REST + domain]
        cn_ties, cn_rest = board.now[s.CN_TIE + domain], board.attribute[s.CN_REST + domain]
        moved = board.poll[0]
        for actor in range(moved.shape[0]):
            moved[actor] = abs(us_ties[actor] - us_rest[actor]) + abs(cn_ties[actor] - cn_rest[actor])
        total = total + mean_over(moved, board.group[s.ASIAN_STATES])
    return 1 - total / len(s.DOMAINS)


@inlined
def us_control(us_ties, cn_ties, members):
    """Washington's share of a group's security ties, mean, 0..1. Source: A1.B 4, A2.SP 8 (O32, the actual control)."""
    total = 0.0
    states = 0.0
    for actor in range(members.shape[0]):
        both = us_ties[actor] + cn_ties[actor]
        share = us_ties[actor] / both if both > 0.0 else 0.0
        total = total + members[actor] * share
        states = states + members[actor]
    return total / states


@inlined
def read_probes(board, probes, quarter, paths):
    """Fill what follows the outcomes in `paths` with the probes: (kind, place, actor), kinds as in PROBE_KINDS."""
    first = paths.shape[0] - probes.shape[0]
    for k in range(probes.shape[0]):
        kind, place, actor = probes[k, 0], probes[k, 1], probes[k, 2]
        if kind == 0:
            paths[first + k, quarter] = board.now[place, actor]
        elif kind == 1:
            paths[first + k, quarter] = board.world[place]
        elif kind == 2:
            paths[first + k, quarter] = board.agreed[place]
        else:
            paths[first + k, quarter] = board.level[place]


@inlined
def read_profile(board, profile):
    """Add what is kept of every state (PROFILE, actors): position in each domain (`fill_positions`), and utility."""
    utility = board.now[s.UTILITY]
    for domain in range(len(s.DOMAINS)):
        for actor in range(utility.shape[0]):
            profile[domain, actor] += board.position[domain, actor]
    for actor in range(utility.shape[0]):
        profile[len(s.DOMAINS), actor] += utility[actor]
