"""Phase 10: dependence, growth, resilience, ties with the EU."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.perceive import fill_crises_nearby
from sim.theory.rules import links, living, motion, opinion


@compiled
def live(first, stop, board):
    """Phase 10 for states `first` up to `stop`: pressures on dependence, resilience, EU ties; growth at quarter's end."""
    receive_help(first, stop, board)
    grow(first, stop, board)


@inlined
def receive_help(first, stop, board):
    """Pressures from what others bring: trade, technical help, the EU's presence, climate work, arms, orders."""
    now, world, push, effect, parameter = board.now, board.world, board.push, board.effect, board.parameter
    eu_economy, technical, climate = now[s.EU_ECONOMY], now[s.TECHNICAL_HELP], now[s.CLIMATE_HELP]
    eu_security, engaged, work = now[s.EU_SECURITY], now[s.ENGAGE_INDUSTRIAL], now[s.INDUSTRIAL_WORK]
    econ_cn, resilience, eu_tie, eu_approval = (
        push[s.ECON_CN], push[s.RESILIENCE], push[s.EU_TIE], push[s.EU_APPROVAL],
    )  # fmt: skip
    capability, industry, in_asean = push[s.CAPABILITY], push[s.DEFENCE_INDUSTRY], board.group[s.ASEAN]
    counterweight, builds, goodwill = (
        effect[m.EU_ECONOMIC_COUNTERWEIGHT], effect[m.TECHNICAL_COOPERATION_BUILDS_RESILIENCE],
        effect[m.CLIMATE_HELP_EARNS_GOODWILL],
    )  # fmt: skip
    defence, benefit = effect[m.EU_DEFENCE_ALTERNATIVE], effect[m.COMMERCIAL_BENEFIT]
    through_asean = opinion.asean_channel(world[s.ASEAN_EFFORT], effect[m.ASEAN_CHANNEL])
    presence = links.link(world[s.EU_PRESENCE], parameter[p.EU_PRESENCE_LINK], 1.0)
    hybrid = links.link(world[s.HYBRID_PRESSURE], parameter[p.HYBRID_LINK], parameter[p.STATE_STEP])
    for actor in range(first, stop):
        econ_cn[actor] = living.eu_counterweight(eu_economy[actor], counterweight)
        resilience[actor] = living.technical_resilience(technical[actor], builds) - hybrid
        eu_tie[actor] = presence
        eu_approval[actor] = (
            presence + opinion.climate_goodwill(climate[actor], goodwill) + in_asean[actor] * through_asean
        )
        capability[actor] = living.eu_defence_help(eu_security[actor], defence)
        industry[actor] = living.commercial_benefit(engaged[actor], work[actor], benefit)


@inlined
def grow(first, stop, board):
    """Growth at the end of the quarter."""
    world, parameter, growth, growth_rest = (
        board.world, board.parameter, board.own[s.GROWTH], board.attribute[s.GROWTH_REST],
    )  # fmt: skip
    business, business_2024 = board.push[s.DEFENCE_INDUSTRY], board.push_2024[s.DEFENCE_INDUSTRY]
    offer, econ_cn, nearby = board.now[s.ECONOMIC_OFFER], board.now[s.ECON_CN], board.nearby
    confrontation = living.cost_of_confrontation(
        world[s.TENSION],
        board.world_2024[s.TENSION],
        board.effect[m.CONFRONTATION_COSTS_GROWTH],
        parameter[p.STATE_STEP],
    )
    coerced = world[s.TRADE_PRESSURE] - board.world_2024[s.TRADE_PRESSURE]
    offer_link, crisis_link, coercion_link = (
        parameter[p.OFFER_GROWTH_LINK], parameter[p.CRISIS_GROWTH_LINK], parameter[p.COERCION_GROWTH_LINK],
    )  # fmt: skip
    unit, speed = parameter[p.GROWTH_UNIT], parameter[p.SPEED_MEDIUM]
    fill_crises_nearby(first, stop, board)
    for actor in range(first, stop):
        pressure = (
            confrontation
            + links.link(offer[actor], offer_link, 1.0)
            - links.link(nearby[actor], crisis_link, 1.0)
            + (business[actor] - business_2024[actor])
            - links.link(econ_cn[actor] * coerced, coercion_link, 1.0)
        )
        growth[actor] = motion.moved_linearly(growth[actor], growth_rest[actor], unit * pressure, speed)
