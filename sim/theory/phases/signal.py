"""Phase 4: the dials of what is in force become signals for all and exposures of each actor."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.deliver import reach_in_2024
from sim.theory.rows import fill
from sim.theory.rules import delivery, signals

# Signals made of presence, in the order of their sums (open and hidden).
PRESENCE_SIGNALS = (s.ALARM, s.PROVOCATION, s.VISIBILITY, s.BLOC_SIGNAL)


@inlined
def weigh(board):
    """What one level of each instrument adds to each sum; once per member and worldview."""
    distances = (
        0.0,
        board.parameter[p.LABEL_DISTANCE_NATIONAL],
        board.parameter[p.LABEL_DISTANCE_US],
        board.parameter[p.LABEL_DISTANCE_US_BLOC],
        board.parameter[p.LABEL_DISTANCE_MINILATERAL],
        board.parameter[p.LABEL_DISTANCE_COALITION],
        board.parameter[p.LABEL_DISTANCE_EU],
        0.0,
    )
    fill(board.weight.ravel(), 0.0)
    for item in range(board.level.shape[0]):
        if board.brand[item] != s.OTHER_BRAND:
            weigh_presence(item, distances[board.brand[item]], board)
        weigh_substance(item, board)


@inlined
def weigh_presence(item, distance, board):
    """An instrument's part in alarm, provocation, visibility, bloc signal and hardness."""
    from_flag = signals.label_weight(
        distance, board.parameter[p.LABEL_STEEPNESS], board.effect[m.FLAG_DISCOUNT]
    )
    place = 1.0 - (1.0 - board.parameter[p.HOME_VISIBILITY]) * board.carry[s.HOME_CARRY, item]
    of_nato = (
        1.0 - board.carry[s.US_SHIFT_CARRY, item]
    )  # US forces alarm Beijing by M58, and are no deed of NATO's
    label = from_flag * place * is_activity(item, board)
    visibility = max(0.0, board.dial[s.VISIBILITY_DIAL, item])
    hardness = max(0.0, board.dial[s.HARDNESS_DIAL, item])
    bloc = max(0.0, board.dial[s.BLOC_DIAL, item])
    reach = board.parameter[p.DISCRETION_REACH]
    for hidden in range(2):
        discretion = 0.0
        if hidden == 1 and board.brand[item] == s.NATO_BRAND:
            discretion = 1.0
        seen = signals.seen_share(
            visibility, discretion, reach, board.effect[m.PROFILE_SEPARABLE_FROM_SUBSTANCE]
        )
        board.weight[item, s.ALARM_OPEN + hidden] = of_nato * label * (hardness + bloc) / 2 * seen
        board.weight[item, s.PROVOCATION_OPEN + hidden] = label * (1 + hardness) / 2 * seen
        visible = signals.visible_share(
            visibility, discretion, reach, board.effect[m.PROFILE_SEPARABLE_FROM_SUBSTANCE]
        )
        board.weight[item, s.VISIBILITY_OPEN + hidden] = of_nato * label * visible
        board.weight[item, s.BLOC_OPEN + hidden] = label * bloc * seen
    board.weight[item, s.HARDNESS_TOTAL] = label * hardness


@inlined
def is_activity(item, board):
    """1 for what is done, 0 for how it is presented (discretion, assurances, discipline): those dials are negative."""
    if board.carry[s.DISCRETION_CARRY, item] > 0.0 or board.carry[s.ASSURANCE_CARRY, item] > 0.0:
        return 0.0
    if board.dial[s.BLOC_DIAL, item] < 0.0:
        return 0.0
    return 1.0


@inlined
def weigh_substance(item, board):
    """An instrument's part in the sums of substance: what it carries, and how much of it."""
    joint = board.carry[s.PARTNERSHIP_CARRY, item] * max(0.0, board.dial[s.DETERRENCE_DIAL, item])
    board.weight[item, s.FORCES_TOTAL] = joint * board.carry[s.FORCES_CARRY, item]
    board.weight[item, s.COOPERATION_TOTAL] = joint * (1.0 - board.carry[s.FORCES_CARRY, item])
    board.weight[item, s.HOME_TOTAL] = board.carry[s.HOME_CARRY, item] * max(
        0.0, -board.dial[s.EUROPEAN_COST_DIAL, item]
    )
    board.weight[item, s.DRAIN_TOTAL] = board.carry[s.DRAIN_CARRY, item] * max(
        0.0, board.dial[s.EUROPEAN_COST_DIAL, item]
    )
    board.weight[item, s.RHETORIC_TOTAL] = board.carry[s.RHETORIC_CARRY, item]
    board.weight[item, s.ASSURANCE_TOTAL] = board.carry[s.ASSURANCE_CARRY, item]
    board.weight[item, s.DISCRETION_TOTAL] = board.carry[s.DISCRETION_CARRY, item]
    board.weight[item, s.SHOWY_TOTAL] = board.carry[s.SHOWY_CARRY, item]
    board.weight[item, s.QUIET_TOTAL] = board.carry[s.QUIET_CARRY, item]
    board.weight[item, s.INDUSTRIAL_TOTAL] = board.carry[s.INDUSTRIAL_CARRY, item]
    board.weight[item, s.INDUSTRY_TOTAL] = board.carry[s.INDUSTRY_CARRY, item]
    board.weight[item, s.STANDARDS_TOTAL] = board.carry[s.STANDARDS_CARRY, item]
    board.weight[item, s.US_SHIFT_TOTAL] = board.carry[s.US_SHIFT_CARRY, item]
    board.weight[item, s.EU_TOTAL] = board.carry[s.EU_PRESENCE_CARRY, item]
    board.weight[item, s.DISCIPLINE_TOTAL] = board.carry[s.DISCIPLINE_CARRY, item]
    board.weight[item, s.UN_TOTAL] = board.carry[s.UN_CARRY, item]
    board.weight[item, s.ASEAN_TOTAL] = board.carry[s.ASEAN_CARRY, item]
    board.weight[item, s.MINILATERAL_TOTAL] = board.carry[s.MINILATERAL_CARRY, item]
    board.weight[item, s.CLIMATE_TOTAL] = board.carry[s.CLIMATE_CARRY, item]
    board.weight[item, s.PROCUREMENT_TOTAL] = board.carry[s.PROCUREMENT_CARRY, item]
    board.weight[item, s.PLEDGE_TOTAL] = board.carry[s.PLEDGE_CARRY, item]
    board.weight[item, s.CRISIS_SUPPORT_TOTAL] = board.carry[s.CRISIS_SUPPORT_CARRY, item]


@compiled
def add_up(board):
    """The sums over instruments this quarter; presence counts what is shown, substance what is in force."""
    total = board.total
    fill(total, 0.0)
    for item in range(board.level.shape[0]):
        weight, shown, level = board.weight[item], board.shown[item], board.level[item]
        if shown == 0.0 and level == 0.0:
            continue
        for row in range(s.HARDNESS_TOTAL + 1):
            total[row] += weight[row] * shown
        for row in range(s.HARDNESS_TOTAL + 1, weight.shape[0]):
            total[row] += weight[row] * level


@inlined
def fill_up(board):
    """The sums with every instrument at full level; once per member and worldview."""
    fill(board.total_full, 0.0)
    for item in range(board.level.shape[0]):
        for row in range(board.weight.shape[1]):
            board.total_full[row] += board.weight[item, row]


@inlined
def blend(row, discretion, totals):
    """A sum of presence under partial discretion: linear between open and hidden."""
    return (1 - discretion) * totals[row] + discretion * totals[row + 1]


@compiled
def signal(board):
    """Phase 4: signals, the strongest commitment, the memory of steps and the stock of pledges at quarter's end."""
    gain = board.parameter[p.RELATIVE_GAIN]
    tone = signals.agenda_tone(
        board.world[s.NATO_AGENDA],
        board.world_2024[s.NATO_AGENDA],
        board.effect[m.AGENDA_ENTREPRENEUR],
        board.parameter[p.AGENDA_WEIGHT],
        board.parameter[p.STATE_STEP],
    )
    discretion = min(1.0, board.total[s.DISCRETION_TOTAL])
    discretion_2024 = min(1.0, board.total_2024[s.DISCRETION_TOTAL])
    for k in range(4):
        row = s.ALARM_OPEN + 2 * k
        board.world_own[PRESENCE_SIGNALS[k]] = signals.relative_change(
            blend(row, discretion, board.total), blend(row, discretion_2024, board.total_2024), gain
        )
        board.world_own[PRESENCE_SIGNALS[k]] += tone
    board.world_own[s.HARDNESS] = signals.relative_change(
        board.total[s.HARDNESS_TOTAL], board.total_2024[s.HARDNESS_TOTAL], gain
    )
    reach_2024 = reach_in_2024(board.world_2024, board.effect, board.parameter)
    board.world_own[s.COOPERATION] = signals.relative_change(
        board.total[s.COOPERATION_TOTAL] + board.world[s.PROJECTION] * board.total[s.FORCES_TOTAL],
        board.total_2024[s.COOPERATION_TOTAL] + reach_2024 * board.total_2024[s.FORCES_TOTAL],
        1.0,
    )
    for k in range(len(s.TOTALS) - s.RHETORIC_TOTAL):
        row = s.RHETORIC_TOTAL + k
        board.world_own[s.RHETORIC + k] = signals.share_of_room(
            board.total[row], board.total_2024[row], board.total_full[row]
        )
    board.world_own[s.SHOWY_OFFER] += tone
    strongest = 0.0
    for item in range(board.level.shape[0]):
        if board.carry[s.PARTNERSHIP_CARRY, item] > 0.0 and board.carry[s.HOME_CARRY, item] == 0.0:
            strongest = max(
                strongest, signals.hard_commitment(board.signed[item], board.dial[s.COMMITMENT_DIAL, item])
            )
    board.world_own[s.COMMITMENT] = strongest
    board.world_own[s.STEPS] = signals.steps(
        board.world_own[s.STEPS],
        board.world[s.ALARM],
        board.parameter[p.STEP_INTAKE],
        board.parameter[p.STEP_DECAY],
    )
    board.world_own[s.PLEDGE_STOCK] = signals.ratchet(
        board.world_own[s.PLEDGE_STOCK], board.world_own[s.PLEDGES], board.parameter[p.PLEDGE_INTAKE]
    )


@compiled
def add_up_offers(board):
    """Phase 4: what instruments bring to those at whom they are aimed, relative to mid-2024 (industrial work: all of it)."""
    offered, dial, carry = board.offered, board.dial, board.carry
    fill(offered.ravel(), 0.0)
    for item in range(board.level.shape[0]):
        aim, level = board.aim[item], board.level[item]
        change = level - board.baseline[item]
        economic = change * dial[s.ECONOMIC_DIAL, item] * (1.0 - carry[s.INDUSTRIAL_CARRY, item])
        technical = change * dial[s.RESILIENCE_DIAL, item] * carry[s.TECHNICAL_CARRY, item]
        offered[aim, s.ECONOMIC] += economic
        offered[aim, s.TECHNICAL] += technical
        offered[aim, s.FROM_EU] += economic * carry[s.EU_ECONOMY_CARRY, item]
        offered[aim, s.EU_ARMS] += change * carry[s.EU_SECURITY_CARRY, item]
        offered[aim, s.INDUSTRIAL] += level * carry[s.INDUSTRIAL_CARRY, item]
        offered[aim, s.CLIMATE] += change * carry[s.CLIMATE_CARRY, item]


@compiled
def expose(first, stop, board):
    """Phase 4 for states `first` up to `stop`: what each takes up of what is offered to it."""
    fill_welcome(first, stop, board)
    for field in range(s.N_OFFERS):
        received = board.own[s.ECONOMIC_OFFER + field]
        for actor in range(first, stop):
            received[actor] = 0.0
        for aim in range(board.offered.shape[0]):
            offer = board.offered[aim, field]
            if offer != 0.0:
                target, welcome = board.target[aim], board.welcome[board.sponsor[aim]]
                for actor in range(first, stop):
                    received[actor] += offer * (target[actor] * welcome[actor])


@inlined
def fill_welcome(first, stop, board):
    """The share of an offer that each state takes up, by sponsor, 0..1."""
    welcome, support, approval = board.welcome, board.now[s.NATO_SUPPORT], board.now[s.EU_APPROVAL]
    of_nato, of_states, of_eu, of_formats, of_others = (
        welcome[0],
        welcome[1],
        welcome[2],
        welcome[3],
        welcome[4],
    )
    minilateral = board.attribute[s.MINILATERAL]
    for actor in range(first, stop):
        small_formats = (1 + minilateral[actor]) / 2
        of_nato[actor] = delivery.taken_up(support[actor])
        of_states[actor] = delivery.taken_up((support[actor] + small_formats) / 2)
        of_eu[actor] = delivery.taken_up(approval[actor])
        of_formats[actor] = delivery.taken_up(small_formats)
        of_others[actor] = delivery.taken_up(0.5)
