"""Phases 1 and 2: moods, what institutions decide by their members, and whether NATO would act in Asia."""

import numpy as np

from sim.theory import chance
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logarithm
from sim.theory.phases.luck import fill_luck, normal_luck
from sim.theory.rules import decisions, moods, reach

# How an item is decided: by vote, or without one because it follows the trend or its passage is assumed.
PUT_TO_VOTE, FOLLOWS_TREND, ASSUMED = 0.0, 1.0, 2.0


@compiled
def feel(first, stop, run):
    """Phase 1 for states `first` up to `stop`: their domestic moods."""
    own, attribute, parameter, clock = run.own, run.attribute, run.parameter, run.clock
    luck_of_government = np.empty(stop - first)
    fill_luck(chance.GOVERNMENT_CHANGE, run.stream[first:stop], 0, 1.0, clock, luck_of_government)
    for actor in range(first, stop):
        stream = run.stream[actor]
        swing = attribute[s.DOMESTIC_SWING, actor]
        changes = moods.government_changes(swing, luck_of_government[actor - first], parameter[p.TURNOVER])
        if changes:  # luck is a function of its address: what is not needed need not be drawn
            luck = normal_luck(chance.GOVERNMENT_CHANGE, stream, 1, clock)
        else:
            luck = normal_luck(chance.MOOD_SHOCK, stream, 0, clock)
        own[s.MOOD, actor] = moods.mood(
            own[s.MOOD, actor], swing, changes, luck, parameter[p.MOOD_PERSISTENCE], parameter[p.MOOD_SHOCK]
        )


@compiled
def talk(run):
    """Phase 1: what is said off message at the end of the quarter."""
    parameter = run.parameter
    run.world_own[s.STRAY_STATEMENTS] = moods.stray_statements(
        run.world_own[s.STRAY_STATEMENTS],
        parameter[p.STRAY_LEVEL],
        run.world[s.DISCIPLINE],
        normal_luck(chance.STRAY, 0, 0, run.clock),
        parameter[p.STRAY_PERSISTENCE],
        parameter[p.STRAY_SHOCK],
    )


@inlined
def deficit_of(actor, world, now, attribute, effect):
    """How much more a military proposal costs one member."""
    attention = reach.attention_left(world[s.UKRAINE_WAR], effect[m.WAR_ABSORBS_EUROPE])
    return decisions.will_deficit(
        now[s.ECON_CN, actor],
        world[s.UKRAINE_WAR] * attribute[s.PROXIMITY_EUROPE, actor],
        attribute[s.VITAL_ASIA, actor] * attention,
        effect[m.EUROPEAN_WILL_DEFICIT],
    )


@compiled
def agreement(actor, item, run):
    """The chance that one member agrees to what is proposed for one instrument this quarter, 0..1."""
    increase = run.proposed[run.clock[0], item] - run.baseline[item]
    deficit = deficit_of(actor, run.world, run.now, run.attribute, run.effect)
    support, unity = run.now[s.EU_APPROVAL, actor], 0.5
    if run.decision[item] == s.NATO_CONSENSUS:
        support, unity = run.now[s.NATO_SUPPORT, actor], run.world[s.COHESION]
    return decisions.agreement(
        support,
        unity,
        run.parameter[p.MOOD_WEIGHT] * run.now[s.MOOD, actor],
        decisions.military_cost(increase, run.dial[s.HARDNESS_DIAL, item], run.dial[s.COMMITMENT_DIAL, item]),
        decisions.political_cost(increase, run.dial[s.BLOC_DIAL, item], run.parameter[p.POLITICAL_WEIGHT]),
        deficit,
        run.parameter[p.READINESS],
        run.parameter[p.SUPPORT_WEIGHT],
        run.parameter[p.COST_WEIGHT],
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
def passes(item, log_agreements, mean_agreement, run):
    """Whether a proposal passes.

    The luck of an item is drawn once a run: it stands for what the model does not know of the members, and asking
    again does not redraw it. Blocked items are retried every quarter and pass when the members have moved enough.
    """
    if run.decision[item] == s.EU_MAJORITY:
        likely = decisions.qualified_majority(
            mean_agreement, run.parameter[p.MAJORITY_THRESHOLD], run.parameter[p.MAJORITY_WIDTH]
        )
    else:
        likely = decisions.consensus(log_agreements, run.effect[m.CONSENSUS_GATE])
    run.votes[item] = likely
    luck = 0.5
    if run.clock[4] == 1:
        luck = chance.uniform(
            run.clock[1], run.clock[2], run.clock[3], 0, chance.VOTE, run.item_stream[item], 0
        )
    return luck < likely


@compiled
def decide(first, stop, run):
    """Phase 2 for instruments `first` up to `stop`: put to the vote what needs one."""
    proposed, agreed, adopted, decision = run.proposed[run.clock[0]], run.agreed, run.adopted, run.decision
    for item in range(first, stop):
        voters = electorate(decision[item])
        if proposed[item] <= agreed[item] or voters < 0 or adopted[item] != PUT_TO_VOTE:
            agreed[item] = proposed[item]
        elif is_voted_for(item, voters, run):
            agreed[item] = proposed[item]


@compiled
def is_voted_for(item, voters, run):
    """Whether the members of a group agree to what is proposed for one instrument."""
    log_agreements, mean_agreement = polled(item, voters, run)
    return passes(item, log_agreements, mean_agreement, run)


@inlined
def polled(item, voters, run):
    """Sum of the logarithms, and mean, of the chances that a group's members agree to what is proposed."""
    log_agreements = 0.0
    total = 0.0
    members = 0.0
    for actor in range(run.now.shape[1]):
        if run.group[voters, actor] == 1.0:
            share = agreement(actor, item, run)
            log_agreements = log_agreements + logarithm(share)
            total = total + share
            members = members + 1.0
    return log_agreements, total / members


@compiled
def count_refusals(run):
    """What of NATO's proposals above mid-2024 is blocked or unwanted, and what is wanted, as shares of all proposed.

    An item that a scenario takes as adopted counts as unwanted as far as members would have refused it. Shares are of one
    full instrument, if less is proposed. Items that only follow the agreed trend are no proposals.
    """
    unwanted = 0.0
    wanted = 0.0
    proposed = 0.0
    for item in range(run.level.shape[0]):
        increase = run.proposed[run.clock[0], item] - run.baseline[item]
        if run.decision[item] == s.NATO_CONSENSUS and run.adopted[item] != FOLLOWS_TREND and increase > 0.0:
            agreed = max(0.0, run.agreed[item] - run.baseline[item])
            willing = 1.0
            if run.adopted[item] == ASSUMED:
                _, willing = polled(item, s.NATO, run)
            proposed = proposed + increase
            wanted = wanted + willing * agreed
            unwanted = unwanted + (increase - willing * agreed)
    run.world_own[s.REFUSED_SHARE] = unwanted / max(1.0, proposed)
    run.world_own[s.AGREED_SHARE] = wanted / max(1.0, proposed)


@compiled
def consider_acting(run):
    """The chance that NATO would act as an alliance in an Asian crisis, at the end of the quarter."""
    now, world, attribute, effect, parameter = run.now, run.world, run.attribute, run.effect, run.parameter
    members = run.group[s.NATO]
    military = decisions.mission_cost(parameter[p.MISSION_BURDEN], world[s.COMMITMENT])
    log_agreements = 0.0
    for actor in range(members.shape[0]):
        if members[actor] == 1.0:
            log_agreements = log_agreements + logarithm(
                decisions.agreement(
                    now[s.NATO_SUPPORT, actor],
                    world[s.COHESION],
                    parameter[p.MOOD_WEIGHT] * now[s.MOOD, actor],
                    military,
                    0.0,
                    deficit_of(actor, world, now, attribute, effect),
                    parameter[p.READINESS],
                    parameter[p.SUPPORT_WEIGHT],
                    parameter[p.COST_WEIGHT],
                )
            )
    run.world_own[s.INTERVENTION] = decisions.treaty_cover(
        world[s.COMMITMENT], effect[m.TREATY_AREA_LIMITS]
    ) * decisions.consensus(log_agreements, effect[m.CONSENSUS_GATE])
