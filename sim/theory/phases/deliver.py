"""Phase 3: what is agreed ramps up over its lead time; the EU and Europe's common pool fall short."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.measures import mean_over
from sim.theory.rules import delivery


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
    for item in range(run.level.shape[0]):
        share = run.dial[s.DELIVERY_DIAL, item]
        if run.carry[s.POOL_CARRY, item] > 0.0:
            share = share * sustained
        if run.brand[item] == s.EU_BRAND:
            share = share * eu_share
        heading_for = delivery.goal(run.agreed[item], run.baseline[item], share)
        lead_quarters = run.dial[s.LEAD_TIME_DIAL, item] / 3.0
        run.level[item] = delivery.level(
            run.level[item], heading_for, lead_quarters, run.parameter[p.CUT_QUARTERS]
        )
        run.signed[item] = delivery.level(
            run.signed[item], run.agreed[item], lead_quarters, run.parameter[p.CUT_QUARTERS]
        )
        blocked = max(0.0, run.proposed[run.clock[0], item] - run.agreed[item])
        run.shown[item] = run.level[item] + run.parameter[p.BLOCKED_SIGNAL] * blocked
