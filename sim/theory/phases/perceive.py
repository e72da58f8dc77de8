"""Phase 7: what each state sees: threats, pressure to choose, risk, and whom it believes.

As in every phase over actors, what is the same for all is fetched before the loop: that is what lets it vectorise.
"""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rules import links, perception


@inlined
def fill_crises_nearby(first, stop, board):
    """How much of today's crises in Asia happens near each state, 0..1: the worst of them by proximity."""
    nearby = board.nearby
    for actor in range(first, stop):
        nearby[actor] = 0.0
    for flashpoint in range(len(s.FLASHPOINTS) - 1):
        crisis, proximity = (
            board.world[s.CRISIS_TAIWAN + flashpoint],
            board.attribute[s.PROXIMITY_TAIWAN + flashpoint],
        )
        for actor in range(first, stop):
            nearby[actor] = max(nearby[actor], crisis * proximity[actor])


@compiled
def perceive(first, stop, board):
    """Phase 7 for states `first` up to `stop`: pressures on their perceptions this quarter."""
    see_threats(first, stop, board)
    feel_pressed(first, stop, board)
    believe(first, stop, board)


@inlined
def see_threats(first, stop, board):
    """Pressures on the dangers seen from China and from NATO."""
    world, effect, parameter = board.world, board.effect, board.parameter
    threat_cn, threat_nato = board.push[s.THREAT_CN], board.push[s.THREAT_NATO]
    nearby, trust = board.nearby, board.now[s.TRUST_ASSURE]
    step, crisis_link, trust_link = (
        parameter[p.STATE_STEP], parameter[p.CRISIS_THREAT_LINK], parameter[p.ASSURANCE_THREAT_LINK],
    )  # fmt: skip
    by_conduct = perception.threat_by_conduct(
        world[s.ASSERTIVENESS], effect[m.CHINA_ASSERTIVENESS_RAISES_THREAT], step
    )
    inverted = perception.threat_inversion(
        world[s.VISIBILITY], world[s.NARRATIVE], effect[m.THREAT_INVERSION], step
    )
    fill_crises_nearby(first, stop, board)
    for actor in range(first, stop):
        threat_cn[actor] = by_conduct + links.link(nearby[actor], crisis_link, 1.0)
        threat_nato[actor] = inverted - links.link(trust[actor], trust_link, step)


@inlined
def feel_pressed(first, stop, board):
    """Pressures to take sides, and on the risk of becoming a target by doing so."""
    world, effect, parameter = board.world, board.effect, board.parameter
    pressure, risk = board.push[s.BLOC_PRESSURE], board.push[s.TARGET_RISK]
    pressed, engaged, offer = (
        board.now[s.BLOC_PRESSURE],
        board.now[s.ENGAGE_SHOWY],
        board.now[s.ECONOMIC_OFFER],
    )
    aversion, is_partner = board.attribute[s.BLOC_AVERSION], board.group[s.PARTNERS]
    signal, us_pressure, credibility = world[s.BLOC_SIGNAL], world[s.US_PRESSURE], world[s.CREDIBILITY]
    step, bloc_link, relief_link = parameter[p.STATE_STEP], parameter[p.BLOC_LINK], parameter[p.RELIEF_LINK]
    entrapment, siding = effect[m.ENTRAPMENT_AND_HIDDEN_MOTIVES], effect[m.TARGET_RISK_OF_SIDING]
    tension = links.link(world[s.TENSION], parameter[p.TENSION_BLOC_LINK], step)
    hybrid = links.link(world[s.HYBRID_PRESSURE], parameter[p.HYBRID_LINK], step)
    warned = links.link(world[s.PARTNER_WARNINGS], parameter[p.WARNING_LINK], step)
    for actor in range(first, stop):
        pressure[actor] = (
            links.bloc_pressure_by_signal(signal, aversion[actor], bloc_link)
            + links.relief_by_offers(offer[actor], relief_link)
            + tension
            + perception.entrapment(us_pressure, engaged[actor], entrapment, step)
        )
        risk[actor] = (
            perception.target_risk_of_siding(pressed[actor], engaged[actor], credibility, siding, step)
            + hybrid
            + is_partner[actor] * warned
        )


@inlined
def believe(first, stop, board):
    """Pressures on trust in protection and in assurances, the same for every state."""
    world, effect, parameter = board.world, board.effect, board.parameter
    trust_commit, trust_assure = board.push[s.TRUST_COMMIT], board.push[s.TRUST_ASSURE]
    step = parameter[p.STATE_STEP]
    in_protection = links.link(
        world[s.CREDIBILITY], parameter[p.TRUST_LINK], step
    ) + perception.lesson_of_the_undefended(
        world[s.PRECEDENTS], effect[m.LESSON_OF_UNDEFENDED_PARTNERS], step
    )
    in_assurances = perception.assurances_discounted(
        world[s.ASSURANCE],
        world[s.VISIBILITY],
        parameter[p.ASSURANCE_WEIGHT],
        effect[m.ASSURANCES_DISCOUNTED],
    ) + perception.off_message_noise(world[s.STRAY_STATEMENTS], effect[m.OFF_MESSAGE_NOISE])
    for actor in range(first, stop):
        trust_commit[actor] = in_protection
        trust_assure[actor] = in_assurances
