"""Phase 11: crises break out at flashpoints, and fade."""

from sim.theory import chance
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logit
from sim.theory.phases.luck import uniform_luck
from sim.theory.rules import crises

CRISIS_BASES = (
    p.CRISIS_BASE_TAIWAN, p.CRISIS_BASE_SCS, p.CRISIS_BASE_ECS, p.CRISIS_BASE_KOREA, p.CRISIS_BASE_EUROPE,
)  # fmt: skip


@inlined
def hazard_pressure(hazard, resting_logit):
    """How far a hazard has moved from mid-2024, in logit points."""
    return logit(min(0.999, max(0.001, hazard))) - resting_logit


@compiled
def break_out(run):
    """Phase 11: crises at each flashpoint at the end of the quarter, and the number in Asia so far."""
    parameter = run.parameter
    count = run.world_own[s.CRISES]
    for flashpoint in range(len(s.FLASHPOINTS)):
        hazard = s.ESCALATION
        if flashpoint == len(s.FLASHPOINTS) - 1:
            hazard = s.ESCALATION_EUROPE
        likely = crises.crisis_chance(
            parameter[CRISIS_BASES[flashpoint]],
            hazard_pressure(run.world[hazard], run.world_rest[hazard]),
            parameter[p.CRISIS_SENSITIVITY],
            parameter[p.CRISIS_MOST],
        )
        luck = uniform_luck(chance.CRISIS, flashpoint, 0, 1.0, run.clock)
        field = s.CRISIS_TAIWAN + flashpoint
        run.world_own[field] = crises.crisis(
            run.world_own[field],
            luck,
            likely,
            uniform_luck(chance.CRISIS_SEVERITY, flashpoint, 0, 0.0, run.clock),
            parameter[p.CRISIS_LEAST_SEVERITY],
            parameter[p.CRISIS_PERSISTENCE],
        )
        if luck < likely and hazard == s.ESCALATION:
            count = count + 1.0
    run.world_own[s.CRISES] = count
