"""Phase 5: capability, industry, credibility, US resources, deterrence in both theatres."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled
from sim.theory.phases.measures import mean_over
from sim.theory.rules import links, strength, support


@compiled
def strengthen(board):
    """Pressures on the variables of strength this quarter."""
    world = board.world
    effect = board.effect
    parameter = board.parameter
    push = board.world_push
    step = parameter[p.STATE_STEP]
    push[s.CREDIBILITY] = links.link(
        world[s.COMMITMENT], parameter[p.COMMITMENT_LINK], 1.0
    ) + strength.lost_signal(world[s.DISCRETION], effect[m.DISCRETION_LOWERS_SIGNAL])
    engaged = (
        mean_over(board.now[s.ENGAGE_QUIET], board.group[s.PARTNERS])
        + mean_over(board.now[s.ENGAGE_INDUSTRIAL], board.group[s.PARTNERS])
    ) / 2
    from_asia = support.reverse_flow(engaged, effect[m.REVERSE_FLOW_FROM_ASIA], step)
    push[s.INDUSTRY] = strength.pooled_industry(
        world[s.INDUSTRY_EFFORT], effect[m.INDUSTRIAL_POOLING]
    ) + support.scale_economies(world[s.PROCUREMENT_EFFORT], effect[m.SCALE_ECONOMIES])
    push[s.EUROPEAN_SPENDING] = support.pledge_ratchet(world[s.PLEDGE_STOCK], effect[m.PLEDGE_RATCHET])
    push[s.UKRAINE_SUPPORT] = from_asia
    push[s.INTEROPERABILITY] = strength.common_standards(
        world[s.STANDARDS_EFFORT], effect[m.INTEROPERABLE_CAPABILITY]
    )
    push[s.EUROPEAN_CAPABILITY] = (
        links.link(world[s.HOME_BUILD_UP], parameter[p.BUILD_UP_LINK], 1.0)
        - links.link(world[s.UKRAINE_WAR], parameter[p.WAR_DRAIN_LINK], step)
        + links.link(world[s.EUROPEAN_SPENDING], parameter[p.SPENDING_LINK], step)
        + links.link(world[s.UKRAINE_SUPPORT], parameter[p.ASIAN_SUPPORT_LINK], step)
    )
    push[s.US_IN_ASIA] = (
        links.link(world[s.US_SHIFT], parameter[p.SHIFT_LINK], 1.0)
        + strength.burden_shift(world[s.EUROPEAN_CAPABILITY], effect[m.BURDEN_SHIFT], step)
        - links.link(world[s.ESCALATION_EUROPE], parameter[p.RETURN_LINK], step)
    )
    gap = strength.industrial_gap(
        world[s.RIVAL_INDUSTRY], world[s.INDUSTRY], effect[m.RIVAL_INDUSTRIAL_GROWTH], step
    )
    push[s.DETERRENCE_ASIA] = (
        strength.partnership_deterrence(
            world[s.COOPERATION],
            strength.credible_share(world[s.CREDIBILITY], effect[m.CHEAP_TALK_DISCOUNT]),
            strength.usable_share(world[s.INTEROPERABILITY]),
            effect[m.DETERRENCE_THROUGH_PARTNERSHIP],
            parameter[p.COOPERATION_STEP],
        )
        + gap
        + links.link(world[s.US_IN_ASIA], parameter[p.US_DETERRENCE_LINK], step)
        + support.wartime_support(
            world[s.CRISIS_SUPPORT], world[s.PROJECTION], effect[m.WARTIME_SUPPORT_EFFECT]
        )
        + links.link(
            mean_over(board.now[s.CAPABILITY], board.group[s.ASIAN_STATES]),
            parameter[p.CAPABILITY_DETERRENCE_LINK],
            step,
        )
    )
    push[s.DETERRENCE_EUROPE] = (
        gap
        + strength.home_use(world[s.HOME_BUILD_UP], effect[m.HOME_USE_OF_NEW_MONEY])
        + strength.early_gap(
            world[s.US_IN_ASIA] - board.world_2024[s.US_IN_ASIA],
            world[s.EUROPEAN_CAPABILITY] - board.world_2024[s.EUROPEAN_CAPABILITY],
            effect[m.GAP_IF_US_LEAVES_EARLY],
            step,
        )
        + strength.distraction(world[s.ASIAN_DRAIN], effect[m.ASIA_DISTRACTS_FROM_EUROPE])
        - links.link(
            world[s.UKRAINE_WAR] + world[s.ESCALATION_EUROPE], parameter[p.WAR_DETERRENCE_LINK], step
        )
        + from_asia
        + links.link(world[s.COHESION], parameter[p.COHESION_DETERRENCE_LINK], step)
    )
