"""Phase 11: crises break out at flashpoints, and fade."""

from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logit
from sim.theory.phases import luck as dealt
from sim.theory.rules import crises

CRISIS_BASES = (
    p.CRISIS_BASE_TAIWAN, p.CRISIS_BASE_SCS, p.CRISIS_BASE_ECS, p.CRISIS_BASE_KOREA, p.CRISIS_BASE_EUROPE,
)  # fmt: skip


@inlined
def hazard_pressure(hazard, resting_logit):
    """How far a hazard has moved from mid-2024, in logit points."""
    return logit(min(0.999, max(0.001, hazard))) - resting_logit


@compiled
def break_out(board):
    """Phase 11: crises at each flashpoint at the end of the quarter, and the number in Asia so far."""
    parameter = board.parameter
    count = board.world_own[s.CRISES]
    in_asia = hazard_pressure(board.world[s.ESCALATION], board.world_rest[s.ESCALATION])
    in_europe = hazard_pressure(board.world[s.ESCALATION_EUROPE], board.world_rest[s.ESCALATION_EUROPE])
    for flashpoint in range(len(s.FLASHPOINTS)):
        is_asian = flashpoint < len(s.FLASHPOINTS) - 1
        likely = crises.crisis_chance(
            parameter[CRISIS_BASES[flashpoint]],
            in_asia if is_asian else in_europe,
            parameter[p.CRISIS_SENSITIVITY],
            parameter[p.CRISIS_MOST],
        )
        luck = board.world_luck[dealt.CRISIS + flashpoint]
        field = s.CRISIS_TAIWAN + flashpoint
        board.world_own[field] = crises.crisis(
            board.world_own[field],
            luck,
            likely,
            board.world_luck[dealt.SEVERITY + flashpoint],
            parameter[p.CRISIS_LEAST_SEVERITY],
            parameter[p.CRISIS_PERSISTENCE],
        )
        if luck < likely and is_asian:
            count = count + 1.0
    board.world_own[s.CRISES] = count
