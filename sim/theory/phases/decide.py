"""Phases 1 and 2: moods, what institutions decide by their members, and whether NATO would act in Asia."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logarithm
from sim.theory.phases import luck as dealt
from sim.theory.phases.measures import mean_over
from sim.theory.rules import decisions, moods, reach

# How an item is decided: by vote, or without one because it follows the trend or its passage is assumed.
PUT_TO_VOTE, FOLLOWS_TREND, ASSUMED = 0.0, 1.0, 2.0


@compiled
def feel(first, stop, board):
    """Phase 1 for states `first` up to `stop`: their domestic moods."""
    mood, swing, luck, parameter = (
        board.own[s.MOOD],
        board.attribute[s.DOMESTIC_SWING],
        board.luck,
        board.parameter,
    )
    for actor in range(first, stop):
        changes = moods.government_changes(
            swing[actor], luck[dealt.NEW_GOVERNMENT, actor], parameter[p.TURNOVER]
        )
        mood[actor] = moods.mood(
            mood[actor],
            swing[actor],
            changes,
            luck[dealt.ITS_MOOD, actor],
            luck[dealt.MOOD_SHOCK, actor],
            parameter[p.MOOD_PERSISTENCE],
            parameter[p.MOOD_SHOCK],
        )


@compiled
def talk(board):
    """Phase 1: what is said off message at the end of the quarter."""
    parameter = board.parameter
    board.world_own[s.STRAY_STATEMENTS] = moods.stray_statements(
        board.world_own[s.STRAY_STATEMENTS],
        parameter[p.STRAY_LEVEL],
        board.world[s.DISCIPLINE],
        board.world_luck[dealt.STRAY],
        parameter[p.STRAY_PERSISTENCE],
        parameter[p.STRAY_SHOCK],
    )


@compiled
def agreement(actor, item, board):
    """The chance that one member agrees to what is proposed for one instrument this quarter, 0..1."""
    ask(actor, actor + 1, item, board)
    return board.poll[0, actor]


@inlined
def ask(first, stop, item, board):
    """Fill `poll` with the chances that states `first` up to `stop` agree to what is proposed for one instrument."""
    increase = board.proposed[item] - board.baseline[item]
    military = decisions.military_cost(
        increase, board.dial[s.HARDNESS_DIAL, item], board.dial[s.COMMITMENT_DIAL, item]
    )
    political = decisions.political_cost(
        increase, board.dial[s.BLOC_DIAL, item], board.parameter[p.POLITICAL_WEIGHT]
    )
    if board.decision[item] == s.NATO_CONSENSUS:
        weigh(first, stop, s.NATO_SUPPORT, board.world[s.COHESION], military, political, board)
    else:
        weigh(first, stop, s.EU_APPROVAL, 0.5, military, political, board)


@inlined
def weigh(first, stop, stance, unity, military, political, board):
    """Fill `poll` with the chances that states agree to something of these costs; `stance` is the field of their support."""
    now, world, attribute, parameter = board.now, board.world, board.attribute, board.parameter
    agree, support, econ_cn, mood = board.poll[0], now[stance], now[s.ECON_CN], now[s.MOOD]
    proximity, stake = attribute[s.PROXIMITY_EUROPE], attribute[s.VITAL_ASIA]
    war, will = world[s.UKRAINE_WAR], board.effect[m.EUROPEAN_WILL_DEFICIT]
    attention = reach.attention_left(war, board.effect[m.WAR_ABSORBS_EUROPE])
    mood_weight, readiness, support_weight, cost_weight = (
        parameter[p.MOOD_WEIGHT], parameter[p.READINESS], parameter[p.SUPPORT_WEIGHT], parameter[p.COST_WEIGHT],
    )  # fmt: skip
    for actor in range(first, stop):
        agree[actor] = decisions.agreement(
            support[actor],
            unity,
            mood_weight * mood[actor],
            military,
            political,
            decisions.will_deficit(econ_cn[actor], war * proximity[actor], stake[actor] * attention, will),
            readiness,
            support_weight,
            cost_weight,
        )


@inlined
def electorate(decision):
    """The group that takes a decision of this kind, or -1 if nobody has to agree."""
    if decision == s.NATO_CONSENSUS:
        return s.NATO
    if decision == s.EU_UNANIMITY or decision == s.EU_MAJORITY:
        return s.EU
    if decision == s.ASEAN_CONSENSUS:
        return s.ASEAN
    return -1


@compiled
def passes(item, log_agreements, mean_agreement, board):
    """Whether a proposal passes.

    The luck of an item is drawn once a run: it stands for what the model does not know of the members, and asking
    again does not redraw it. Blocked items are retried every quarter and pass when the members have moved enough.
    """
    if board.decision[item] == s.EU_MAJORITY:
        likely = decisions.qualified_majority(
            mean_agreement, board.parameter[p.MAJORITY_THRESHOLD], board.parameter[p.MAJORITY_WIDTH]
        )
    else:
        likely = decisions.consensus(log_agreements, board.effect[m.CONSENSUS_GATE])
    board.votes[item] = likely
    return board.vote_luck[item] < likely


@compiled
def decide(first, stop, board):
    """Phase 2 for instruments `first` up to `stop`: put to the vote what needs one."""
    proposed, agreed, adopted, decision = board.proposed, board.agreed, board.adopted, board.decision
    for item in range(first, stop):
        voters = electorate(decision[item])
        if proposed[item] <= agreed[item] or voters < 0 or adopted[item] != PUT_TO_VOTE:
            agreed[item] = proposed[item]
        elif is_voted_for(item, voters, board):
            agreed[item] = proposed[item]


@compiled
def is_voted_for(item, voters, board):
    """Whether the members of a group agree to what is proposed for one instrument."""
    log_agreements, mean_agreement = polled(item, voters, board)
    return passes(item, log_agreements, mean_agreement, board)


@compiled
def polled(item, voters, board):
    """Sum of the logarithms, and mean, of the chances that a group's members agree to what is proposed."""
    shares, members = board.poll[0], board.group[voters]
    ask(0, members.shape[0], item, board)
    return log_of_all(board.poll, members), mean_over(shares, members)


@inlined
def log_of_all(poll, members):
    """The sum of the logarithms of a group's chances in `poll` (2, A), whose second row is overwritten."""
    shares, logarithms = poll[0], poll[1]
    for actor in range(members.shape[0]):
        logarithms[actor] = logarithm(shares[actor])
    total = 0.0
    for actor in range(members.shape[0]):  # one after the other, in the order in which agents are asked
        total = total + (logarithms[actor] if members[actor] == 1.0 else 0.0)
    return total


@compiled
def count_refusals(board):
    """What of NATO's proposals above mid-2024 is blocked or unwanted, and what is wanted, as shares of all proposed.

    An item that a scenario takes as adopted counts as unwanted as far as members would have refused it. Shares are of one
    full instrument, if less is proposed. Items that only follow the agreed trend are no proposals.
    """
    unwanted = 0.0
    wanted = 0.0
    proposed = 0.0
    for item in range(board.level.shape[0]):
        increase = board.proposed[item] - board.baseline[item]
        if (
            board.decision[item] == s.NATO_CONSENSUS
            and board.adopted[item] != FOLLOWS_TREND
            and increase > 0.0
        ):
            agreed = max(0.0, board.agreed[item] - board.baseline[item])
            willing = 1.0
            if board.adopted[item] == ASSUMED:
                _, willing = polled(item, s.NATO, board)
            proposed = proposed + increase
            wanted = wanted + willing * agreed
            unwanted = unwanted + (increase - willing * agreed)
    board.world_own[s.REFUSED_SHARE] = unwanted / max(1.0, proposed)
    board.world_own[s.AGREED_SHARE] = wanted / max(1.0, proposed)


@compiled
def consider_acting(board):
    """The chance that NATO would act as an alliance in an Asian crisis, at the end of the quarter."""
    world, effect = board.world, board.effect
    military = decisions.mission_cost(board.parameter[p.MISSION_BURDEN], world[s.COMMITMENT])
    weigh(0, board.now.shape[1], s.NATO_SUPPORT, world[s.COHESION], military, 0.0, board)
    log_agreements = log_of_all(board.poll, board.group[s.NATO])
    board.world_own[s.INTERVENTION] = decisions.treaty_cover(
        world[s.COMMITMENT], effect[m.TREATY_AREA_LIMITS]
    ) * decisions.consensus(log_agreements, effect[m.CONSENSUS_GATE])
