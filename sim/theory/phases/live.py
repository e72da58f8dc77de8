"""Phase 10: dependence, growth, resilience, ties with the EU."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled
from sim.theory.elementary import logistic
from sim.theory.phases.perceive import crisis_nearby
from sim.theory.rules import links, living, motion, opinion


@compiled
def live(first, stop, run):
    """Phase 10 for states `first` up to `stop`: pressures on dependence, resilience, EU ties; growth at quarter's end."""
    now, own, world, push, push_2024, attribute, effect, parameter = (
        run.now, run.own, run.world, run.push, run.push_2024, run.attribute, run.effect, run.parameter,
    )  # fmt: skip
    step = parameter[p.STATE_STEP]
    tension_2024 = logistic(run.world_rest[s.TENSION])
    trade_pressure_2024 = logistic(run.world_rest[s.TRADE_PRESSURE])
    through_asean = opinion.asean_channel(world[s.ASEAN_EFFORT], effect[m.ASEAN_CHANNEL])
    presence = links.link(world[s.EU_PRESENCE], parameter[p.EU_PRESENCE_LINK], 1.0)
    for actor in range(first, stop):
        push[s.ECON_CN, actor] = living.eu_counterweight(
            now[s.EU_ECONOMY, actor], effect[m.EU_ECONOMIC_COUNTERWEIGHT]
        )
        push[s.RESILIENCE, actor] = living.technical_resilience(
            now[s.TECHNICAL_HELP, actor], effect[m.TECHNICAL_COOPERATION_BUILDS_RESILIENCE]
        )
        push[s.RESILIENCE, actor] -= links.link(world[s.HYBRID_PRESSURE], parameter[p.HYBRID_LINK], step)
        push[s.EU_TIE, actor] = presence
        push[s.EU_APPROVAL, actor] = (
            presence
            + opinion.climate_goodwill(now[s.CLIMATE_HELP, actor], effect[m.CLIMATE_HELP_EARNS_GOODWILL])
            + run.group[s.ASEAN, actor] * through_asean
        )
        push[s.CAPABILITY, actor] = living.eu_defence_help(
            now[s.EU_SECURITY, actor], effect[m.EU_DEFENCE_ALTERNATIVE]
        )
        business = living.commercial_benefit(
            now[s.ENGAGE_INDUSTRIAL, actor], now[s.INDUSTRIAL_WORK, actor], effect[m.COMMERCIAL_BENEFIT]
        )
        push[s.DEFENCE_INDUSTRY, actor] = business
        pressure = (
            living.cost_of_confrontation(
                world[s.TENSION], tension_2024, effect[m.CONFRONTATION_COSTS_GROWTH], step
            )
            + links.link(now[s.ECONOMIC_OFFER, actor], parameter[p.OFFER_GROWTH_LINK], 1.0)
            - links.link(crisis_nearby(actor, world, attribute), parameter[p.CRISIS_GROWTH_LINK], 1.0)
            + (business - push_2024[s.DEFENCE_INDUSTRY, actor])
            - links.link(
                now[s.ECON_CN, actor] * (world[s.TRADE_PRESSURE] - trade_pressure_2024),
                parameter[p.COERCION_GROWTH_LINK],
                1.0,
            )
        )
        own[s.GROWTH, actor] = motion.moved_linearly(
            own[s.GROWTH, actor],
            attribute[s.GROWTH_REST, actor],
            parameter[p.GROWTH_UNIT] * pressure,
            parameter[p.SPEED_MEDIUM],
        )
