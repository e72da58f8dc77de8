"""Phase 7: what each state sees: threats, pressure to choose, risk, and whom it believes."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rules import links, perception


@inlined
def crisis_nearby(actor, world, attribute):
    """How much of today's crises in Asia happens near a state, 0..1: the worst of them by proximity."""
    worst = 0.0
    for flashpoint in range(len(s.FLASHPOINTS) - 1):
        worst = max(
            worst, world[s.CRISIS_TAIWAN + flashpoint] * attribute[s.PROXIMITY_TAIWAN + flashpoint, actor]
        )
    return worst


@compiled
def perceive(first, stop, run):
    """Phase 7 for states `first` up to `stop`: pressures on their perceptions this quarter."""
    now, world, push, attribute, effect, parameter = (
        run.now, run.world, run.push, run.attribute, run.effect, run.parameter,
    )  # fmt: skip
    step = parameter[p.STATE_STEP]
    partners = run.group[s.PARTNERS]
    for actor in range(first, stop):
        push[s.THREAT_CN, actor] = perception.threat_by_conduct(
            world[s.ASSERTIVENESS], effect[m.CHINA_ASSERTIVENESS_RAISES_THREAT], step
        ) + links.link(crisis_nearby(actor, world, attribute), parameter[p.CRISIS_THREAT_LINK], 1.0)
        push[s.THREAT_NATO, actor] = perception.threat_inversion(
            world[s.VISIBILITY], world[s.NARRATIVE], effect[m.THREAT_INVERSION], step
        ) - links.link(now[s.TRUST_ASSURE, actor], parameter[p.ASSURANCE_THREAT_LINK], step)
        push[s.BLOC_PRESSURE, actor] = links.bloc_pressure_by_signal(
            world[s.BLOC_SIGNAL], attribute[s.BLOC_AVERSION, actor], parameter[p.BLOC_LINK]
        ) + links.relief_by_offers(now[s.ECONOMIC_OFFER, actor], parameter[p.RELIEF_LINK])
        push[s.BLOC_PRESSURE, actor] += links.link(
            world[s.TENSION], parameter[p.TENSION_BLOC_LINK], step
        ) + perception.entrapment(
            world[s.US_PRESSURE],
            now[s.ENGAGE_SHOWY, actor],
            effect[m.ENTRAPMENT_AND_HIDDEN_MOTIVES],
            step,
        )
        push[s.TARGET_RISK, actor] = perception.target_risk_of_siding(
            now[s.BLOC_PRESSURE, actor],
            now[s.ENGAGE_SHOWY, actor],
            world[s.CREDIBILITY],
            effect[m.TARGET_RISK_OF_SIDING],
            step,
        )
        push[s.TARGET_RISK, actor] += links.link(
            world[s.HYBRID_PRESSURE], parameter[p.HYBRID_LINK], step
        ) + partners[actor] * links.link(world[s.PARTNER_WARNINGS], parameter[p.WARNING_LINK], step)
        push[s.TRUST_COMMIT, actor] = links.link(
            world[s.CREDIBILITY], parameter[p.TRUST_LINK], step
        ) + perception.lesson_of_the_undefended(
            world[s.PRECEDENTS], effect[m.LESSON_OF_UNDEFENDED_PARTNERS], step
        )
        push[s.TRUST_ASSURE, actor] = perception.assurances_discounted(
            world[s.ASSURANCE],
            world[s.VISIBILITY],
            parameter[p.ASSURANCE_WEIGHT],
            effect[m.ASSURANCES_DISCOUNTED],
        ) + perception.off_message_noise(world[s.STRAY_STATEMENTS], effect[m.OFF_MESSAGE_NOISE])
