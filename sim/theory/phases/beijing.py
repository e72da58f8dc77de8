"""Phase 6: Beijing's sense of encirclement and its conduct; NATO's cohesion; hazards of escalation."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.rules import beijing, decisions, links, strength


@compiled
def respond(run):
    """Pressures on Beijing's perceptions and conduct this quarter."""
    world = run.world
    effect = run.effect
    parameter = run.parameter
    push = run.world_push
    step = parameter[p.STATE_STEP]
    push[s.ENCIRCLEMENT] = (
        beijing.encirclement_by_presence(world[s.ALARM], effect[m.ENCIRCLEMENT_PERCEPTION])
        + beijing.encirclement_by_us_forces(world[s.US_IN_ASIA], effect[m.US_SHIFT_ALARMS_CHINA], step)
        + beijing.suspicion(world[s.STEPS], effect[m.STEPWISE_SUSPICION])
        + links.link(world[s.ESCALATION], parameter[p.ESCALATION_ENCIRCLEMENT_LINK], step)
    )
    push[s.ASSERTIVENESS] = -links.link(world[s.DETERRENCE_ASIA], parameter[p.DETERRENCE_CONDUCT_LINK], step)


@compiled
def stand_together(run):
    """Pressure on NATO's cohesion this quarter (the alliance itself feels it)."""
    run.world_push[s.COHESION] = decisions.unity_by_common_threat(
        run.world[s.RHETORIC], run.effect[m.UNITY_BY_COMMON_THREAT]
    ) + decisions.contested_votes(run.world[s.REFUSED_SHARE], run.parameter[p.CONTESTED_WEIGHT])


@inlined
def asian_crises(run):
    """How much crisis there is in Asia now: the sum over its flashpoints, at most 1."""
    total = 0.0
    for flashpoint in range(len(s.FLASHPOINTS) - 1):
        total = total + run.world[s.CRISIS_TAIWAN + flashpoint]
    return min(1.0, total)


@compiled
def escalate(run):
    """Pressures on the hazards of escalation in both theatres and on tension this quarter."""
    world = run.world
    parameter = run.parameter
    push = run.world_push
    step = parameter[p.STATE_STEP]
    linkage = run.effect[m.THEATRE_LINKAGE]
    crises = asian_crises(run)
    push[s.ESCALATION] = (
        beijing.lash_out(
            world[s.ENCIRCLEMENT],
            run.effect[m.LASH_OUT_SPIRAL],
            parameter[p.LASH_OUT_MARK],
            parameter[p.LASH_OUT_WIDTH],
        )
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
