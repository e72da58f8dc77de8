"""Phase 6: Beijing's sense of encirclement and its moves; Moscow's war; agendas and cohesion; hazards of escalation."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rules import beijing, decisions, links, strength


@compiled
def respond(board):
    """Pressures on Beijing's perceptions and conduct this quarter."""
    world = board.world
    effect = board.effect
    parameter = board.parameter
    push = board.world_push
    step = parameter[p.STATE_STEP]
    push[s.ENCIRCLEMENT] = (
        beijing.encirclement_by_presence(world[s.ALARM], effect[m.ENCIRCLEMENT_PERCEPTION])
        + beijing.encirclement_by_us_forces(world[s.US_IN_ASIA], effect[m.US_SHIFT_ALARMS_CHINA], step)
        + beijing.suspicion(world[s.STEPS], effect[m.STEPWISE_SUSPICION])
        + links.link(world[s.ESCALATION], parameter[p.ESCALATION_ENCIRCLEMENT_LINK], step)
    )
    push[s.ASSERTIVENESS] = -links.link(world[s.DETERRENCE_ASIA], parameter[p.DETERRENCE_CONDUCT_LINK], step)
    pressing = links.link(world[s.ENCIRCLEMENT], parameter[p.COUNTERMOVE_LINK], step) + links.link(
        world[s.ASSERTIVENESS], parameter[p.CONDUCT_LINK], step
    )
    push[s.TRADE_PRESSURE] = pressing
    push[s.HYBRID_PRESSURE] = pressing
    push[s.PARTNER_WARNINGS] = pressing
    push[s.KOREA_PRESSURE] = pressing
    push[s.RIVAL_INDUSTRY] = links.link(world[s.ENCIRCLEMENT], parameter[p.ARMING_LINK], step)
    push[s.CHINA_RUSSIA] = beijing.common_opponent(
        world[s.ENCIRCLEMENT], effect[m.PRESSURE_DRIVES_CHINA_RUSSIA], step
    )
    push[s.UKRAINE_WAR] = beijing.sustained_war(world[s.CHINA_RUSSIA], effect[m.CHINA_SUSTAINS_RUSSIA], step)
    push[s.NARRATIVE] = beijing.narrative_validated(
        world[s.VISIBILITY], board.world_2024[s.NARRATIVE], effect[m.NARRATIVE_VALIDATION]
    )
    push[s.UN_INFLUENCE] = beijing.norm_contest(world[s.UN_EFFORT], effect[m.UN_COALITION_LIMITS_NORMS])
    push[s.PRECEDENTS] = links.link(
        asian_crises(world) * (1 - world[s.INTERVENTION]), parameter[p.PRECEDENT_LINK], 1.0
    )
    push[s.ISLAND_SECURITY] = links.link(world[s.CLIMATE_EFFORT], parameter[p.CLIMATE_LINK], 1.0)


@compiled
def stand_together(board):
    """Pressures on NATO's cohesion and agenda, and on Washington's pressure on others, this quarter."""
    world, effect, parameter = board.world, board.effect, board.parameter
    step = parameter[p.STATE_STEP]
    board.world_push[s.COHESION] = (
        decisions.unity_by_common_threat(world[s.RHETORIC], effect[m.UNITY_BY_COMMON_THREAT])
        + decisions.contested_votes(
            world[s.REFUSED_SHARE],
            world[s.AGREED_SHARE],
            parameter[p.CONTESTED_WEIGHT],
            parameter[p.AGREEMENT_WEIGHT],
        )
        + decisions.internal_weakness(
            strain(board.now[s.CAPABILITY], board.now[s.MOOD], board.group[s.NATO]),
            effect[m.INTERNAL_WEAKNESS],
        )
    )
    board.world_push[s.NATO_AGENDA] = decisions.us_lead(world[s.US_AGENDA], effect[m.US_DRIVER], step)
    board.world_push[s.US_PRESSURE] = links.link(world[s.US_AGENDA], parameter[p.US_PRESSURE_LINK], step)


@inlined
def strain(capability, mood, members):
    """The trouble at home of NATO's weightiest troubled member: the largest of capability times a swing of mood."""
    worst = 0.0
    for actor in range(members.shape[0]):
        worst = max(worst, members[actor] * capability[actor] * abs(mood[actor]))
    return worst


@inlined
def asian_crises(world):
    """How much crisis there is in Asia now: the sum over its flashpoints, at most 1."""
    total = 0.0
    for flashpoint in range(len(s.FLASHPOINTS) - 1):
        total = total + world[s.CRISIS_TAIWAN + flashpoint]
    return min(1.0, total)


@compiled
def escalate(board):
    """Pressures on the hazards of escalation in both theatres and on tension this quarter."""
    world = board.world
    parameter = board.parameter
    push = board.world_push
    step = parameter[p.STATE_STEP]
    linkage = board.effect[m.THEATRE_LINKAGE]
    crises = asian_crises(world)
    push[s.ESCALATION] = (
        beijing.lash_out(
            world[s.ENCIRCLEMENT],
            board.effect[m.LASH_OUT_SPIRAL],
            parameter[p.LASH_OUT_MARK],
            parameter[p.LASH_OUT_WIDTH],
        )
        + beijing.presence_as_cause(world[s.VISIBILITY], board.effect[m.NATO_AS_CAUSE_OF_WAR])
        + strength.spillover(world[s.ESCALATION_EUROPE], linkage, step)
        - links.link(world[s.DETERRENCE_ASIA], parameter[p.DETERRENCE_ESCALATION_LINK], step)
        + links.link(crises, parameter[p.CRISIS_ESCALATION_LINK], 1.0)
    )
    push[s.ESCALATION_EUROPE] = (
        strength.spillover(world[s.ESCALATION], linkage, step)
        - links.link(world[s.DETERRENCE_EUROPE], parameter[p.DETERRENCE_ESCALATION_LINK], step)
        + links.link(world[s.CRISIS_EUROPE], parameter[p.CRISIS_ESCALATION_LINK], 1.0)
    )
    push[s.TENSION] = links.link(
        world[s.ESCALATION], parameter[p.ESCALATION_TENSION_LINK], step
    ) + links.link(crises, parameter[p.CRISIS_TENSION_LINK], 1.0)
