"""Phases 1 and 2: moods, and what institutions decide by their members."""

from sim.theory import chance
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logarithm
from sim.theory.phases.luck import normal_luck, uniform_luck
from sim.theory.rules import decisions, moods


@compiled
def feel(first, stop, run):
    """Phase 1 for states `first` up to `stop`: their domestic moods."""
    own, attribute, parameter, clock = run.own, run.attribute, run.parameter, run.clock
    for actor in range(first, stop):
        stream = run.stream[actor]
        own[s.MOOD, actor] = moods.mood(
            own[s.MOOD, actor],
            attribute[s.DOMESTIC_SWING, actor],
            uniform_luck(chance.GOVERNMENT_CHANGE, stream, 0, 1.0, clock),
            normal_luck(chance.GOVERNMENT_CHANGE, stream, 1, clock),
            normal_luck(chance.MOOD_SHOCK, stream, 0, clock),
            parameter[p.TURNOVER],
            parameter[p.MOOD_PERSISTENCE],
            parameter[p.MOOD_SHOCK],
        )


@compiled
def agreement(actor, item, run):
    """The chance that one member agrees to what is proposed for one instrument this quarter, 0..1."""
    increase = run.proposed[run.clock[0], item] - run.baseline[item]
    deficit = decisions.will_deficit(
        run.now[s.ECON_CN, actor],
        run.world[s.UKRAINE_WAR] * run.attribute[s.PROXIMITY_EUROPE, actor],
        run.attribute[s.VITAL_ASIA, actor],
        run.effect[m.EUROPEAN_WILL_DEFICIT],
    )
    support, unity = run.now[s.EU_APPROVAL, actor], 0.5
    if run.decision[item] == s.NATO_CONSENSUS:
        support, unity = run.now[s.NATO_SUPPORT, actor], run.world[s.COHESION]
    return decisions.agreement(
        support,
        unity,
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
        if proposed[item] <= agreed[item] or voters < 0 or adopted[item] == 1.0:
            agreed[item] = proposed[item]
        elif is_voted_for(item, voters, run):
            agreed[item] = proposed[item]


@compiled
def is_voted_for(item, voters, run):
    """Whether the members of a group agree to what is proposed for one instrument."""
    log_agreements = 0.0
    total = 0.0
    members = 0.0
    for actor in range(run.now.shape[1]):
        if run.group[voters, actor] == 1.0:
            share = agreement(actor, item, run)
            log_agreements = log_agreements + logarithm(share)
            total = total + share
            members = members + 1.0
    return passes(item, log_agreements, total / members, run)


@compiled
def count_refusals(run):
    """What is blocked now as a share of what is proposed above mid-2024 (of one full instrument, if that is less)."""
    blocked = 0.0
    proposed = 0.0
    for item in range(run.level.shape[0]):
        proposal = run.proposed[run.clock[0], item]
        if run.decision[item] == s.NATO_CONSENSUS:
            proposed = proposed + max(0.0, proposal - run.baseline[item])
            blocked = blocked + max(0.0, proposal - run.agreed[item])
    run.world_own[s.REFUSED_SHARE] = blocked / max(1.0, proposed)
