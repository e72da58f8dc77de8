"""Phase 3: what is agreed ramps up over its lead time; the EU and Europe's common pool fall short."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logistic
from sim.theory.phases.measures import mean_over
from sim.theory.rules import delivery, reach


@inlined
def pool_share(run):
    """The share of European increases that the common pool can sustain, 0..1."""
    demand = 0.0
    for item in range(run.level.shape[0]):
        demand = demand + run.carry[s.POOL_CARRY, item] * max(0.0, run.agreed[item] - run.baseline[item])
    return delivery.sustained_share(demand, run.parameter[p.EUROPEAN_POOL])


@compiled
def deliver(run):
    """Levels in force, and levels shown, at the end of the quarter."""
    sustained = pool_share(run)
    eu_share = delivery.eu_delivery(
        mean_over(run.now[s.ECON_CN], run.group[s.EU]), run.effect[m.EU_SHARES_CONSTRAINTS]
    )
    possible = delivery.pact_feasibility(
        run.parameter[p.HETEROGENEITY], run.effect[m.DISSIMILARITY_MAKES_ASIAN_NATO_INFEASIBLE]
    )
    for item in range(run.level.shape[0]):
        feasible = 1 - run.carry[s.PACT_CARRY, item] * (1 - possible)
        share = run.dial[s.DELIVERY_DIAL, item] * feasible
        if run.carry[s.POOL_CARRY, item] > 0.0:
            share = share * sustained
        if run.brand[item] == s.EU_BRAND:
            share = share * (eu_share * run.world[s.EU_DELIVERY])
        heading_for = delivery.goal(run.agreed[item], run.baseline[item], share)
        lead_quarters = run.dial[s.LEAD_TIME_DIAL, item] / 3.0
        run.level[item] = delivery.level(
            run.level[item], heading_for, lead_quarters, run.parameter[p.CUT_QUARTERS]
        )
        binding = delivery.goal(run.agreed[item], run.baseline[item], feasible)
        run.signed[item] = delivery.level(
            run.signed[item], binding, lead_quarters, run.parameter[p.CUT_QUARTERS]
        )
        blocked = max(0.0, run.proposed[run.clock[0], item] - run.agreed[item])
        blocked = blocked + (1 - feasible) * max(0.0, run.agreed[item] - run.baseline[item])
        run.shown[item] = run.level[item] + run.parameter[p.BLOCKED_SIGNAL] * blocked


@inlined
def reach_of_europe(european_capability, home_build_up, ukraine_war, effect, parameter):
    """The share of European forces and stocks that can act in Asia, 0..1."""
    return (
        reach.spare_capacity(european_capability, parameter[p.HOME_NEED], effect[m.NO_SPARE_CAPACITY])
        * reach.convertible_share(home_build_up, parameter[p.LAND_SHARE], effect[m.ASSET_MISMATCH])
        * reach.attention_left(ukraine_war, effect[m.WAR_ABSORBS_EUROPE])
    )


@inlined
def reach_in_2024(world_rest, effect, parameter):
    """That share in mid-2024."""
    return reach_of_europe(
        logistic(world_rest[s.EUROPEAN_CAPABILITY]),
        0.0,
        logistic(world_rest[s.UKRAINE_WAR]),
        effect,
        parameter,
    )


@compiled
def project(run):
    """How far Europe can act in Asia at the end of the quarter."""
    world = run.world
    run.world_own[s.PROJECTION] = reach_of_europe(
        world[s.EUROPEAN_CAPABILITY], world[s.HOME_BUILD_UP], world[s.UKRAINE_WAR], run.effect, run.parameter
    )
