"""Phase 3: what is agreed ramps up over its lead time; the EU and Europe's common pool fall short."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.measures import mean_over
from sim.theory.rules import delivery, reach


@inlined
def pool_share(board):
    """The share of European increases that the common pool can sustain, 0..1."""
    demand = 0.0
    for item in range(board.level.shape[0]):
        demand = demand + board.carry[s.POOL_CARRY, item] * max(
            0.0, board.agreed[item] - board.baseline[item]
        )
    return delivery.sustained_share(demand, board.parameter[p.EUROPEAN_POOL])


@compiled
def deliver(board):
    """Levels in force, and levels shown, at the end of the quarter."""
    sustained = pool_share(board)
    eu_share = delivery.eu_delivery(
        mean_over(board.now[s.ECON_CN], board.group[s.EU]), board.effect[m.EU_SHARES_CONSTRAINTS]
    )
    possible = delivery.pact_feasibility(
        board.parameter[p.HETEROGENEITY], board.effect[m.DISSIMILARITY_MAKES_ASIAN_NATO_INFEASIBLE]
    )
    level, signed, shown, agreed, proposed, baseline = (
        board.level, board.signed, board.shown, board.agreed, board.proposed, board.baseline,
    )  # fmt: skip
    delivered, lead_time, pact, pool, brand = (
        board.dial[s.DELIVERY_DIAL], board.dial[s.LEAD_TIME_DIAL], board.carry[s.PACT_CARRY],
        board.carry[s.POOL_CARRY], board.brand,
    )  # fmt: skip
    cut_quarters, blocked_signal = board.parameter[p.CUT_QUARTERS], board.parameter[p.BLOCKED_SIGNAL]
    by_eu = eu_share * board.world[s.EU_DELIVERY]
    for item in range(level.shape[0]):
        feasible = 1 - pact[item] * (1 - possible)
        of_pool = sustained if pool[item] > 0.0 else 1.0
        of_eu = by_eu if brand[item] == s.EU_BRAND else 1.0
        share = delivered[item] * feasible * of_pool * of_eu
        heading_for = delivery.goal(agreed[item], baseline[item], share)
        lead_quarters = lead_time[item] / 3.0
        level[item] = delivery.level(level[item], heading_for, lead_quarters, cut_quarters)
        binding = delivery.goal(agreed[item], baseline[item], feasible)
        signed[item] = delivery.level(signed[item], binding, lead_quarters, cut_quarters)
        blocked = max(0.0, proposed[item] - agreed[item])
        blocked = blocked + (1 - feasible) * max(0.0, agreed[item] - baseline[item])
        shown[item] = level[item] + blocked_signal * blocked


@inlined
def reach_of_europe(european_capability, home_build_up, ukraine_war, effect, parameter):
    """The share of European forces and stocks that can act in Asia, 0..1."""
    return (
        reach.spare_capacity(european_capability, parameter[p.HOME_NEED], effect[m.NO_SPARE_CAPACITY])
        * reach.convertible_share(home_build_up, parameter[p.LAND_SHARE], effect[m.ASSET_MISMATCH])
        * reach.attention_left(ukraine_war, effect[m.WAR_ABSORBS_EUROPE])
    )


@inlined
def reach_in_2024(world_2024, effect, parameter):
    """That share in mid-2024."""
    return reach_of_europe(
        world_2024[s.EUROPEAN_CAPABILITY],
        0.0,
        world_2024[s.UKRAINE_WAR],
        effect,
        parameter,
    )


@compiled
def project(board):
    """How far Europe can act in Asia at the end of the quarter."""
    world = board.world
    board.world_own[s.PROJECTION] = reach_of_europe(
        world[s.EUROPEAN_CAPABILITY],
        world[s.HOME_BUILD_UP],
        world[s.UKRAINE_WAR],
        board.effect,
        board.parameter,
    )
