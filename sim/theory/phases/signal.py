"""Phase 4: the dials of what is in force become signals for all and exposures of each actor."""

import numpy as np

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.elementary import logistic
from sim.theory.phases.deliver import reach_in_2024
from sim.theory.rules import delivery, signals

# Signals made of presence, in the order of their sums (open and hidden).
PRESENCE_SIGNALS = (s.ALARM, s.PROVOCATION, s.VISIBILITY, s.BLOC_SIGNAL)


@inlined
def weigh(run):
    """What one level of each instrument adds to each sum; once per member and worldview."""
    distances = (
        0.0,
        run.parameter[p.LABEL_DISTANCE_NATIONAL],
        run.parameter[p.LABEL_DISTANCE_US],
        run.parameter[p.LABEL_DISTANCE_US_BLOC],
        run.parameter[p.LABEL_DISTANCE_MINILATERAL],
        run.parameter[p.LABEL_DISTANCE_COALITION],
        run.parameter[p.LABEL_DISTANCE_EU],
        0.0,
    )
    run.weight[:] = 0.0
    for item in range(run.level.shape[0]):
        if run.brand[item] != s.OTHER_BRAND:
            weigh_presence(item, distances[run.brand[item]], run)
        weigh_substance(item, run)


@inlined
def weigh_presence(item, distance, run):
    """An instrument's part in alarm, provocation, visibility, bloc signal and hardness."""
    from_flag = signals.label_weight(distance, run.parameter[p.LABEL_STEEPNESS], run.effect[m.FLAG_DISCOUNT])
    place = 1.0 - (1.0 - run.parameter[p.HOME_VISIBILITY]) * run.carry[s.HOME_CARRY, item]
    of_nato = (
        1.0 - run.carry[s.US_SHIFT_CARRY, item]
    )  # US forces alarm Beijing by M58, and are no deed of NATO's
    label = from_flag * place * is_activity(item, run)
    visibility = max(0.0, run.dial[s.VISIBILITY_DIAL, item])
    hardness = max(0.0, run.dial[s.HARDNESS_DIAL, item])
    bloc = max(0.0, run.dial[s.BLOC_DIAL, item])
    reach = run.parameter[p.DISCRETION_REACH]
    for hidden in range(2):
        discretion = 0.0
        if hidden == 1 and run.brand[item] == s.NATO_BRAND:
            discretion = 1.0
        seen = signals.seen_share(
            visibility, discretion, reach, run.effect[m.PROFILE_SEPARABLE_FROM_SUBSTANCE]
        )
        run.weight[item, s.ALARM_OPEN + hidden] = of_nato * label * (hardness + bloc) / 2 * seen
        run.weight[item, s.PROVOCATION_OPEN + hidden] = label * (1 + hardness) / 2 * seen
        visible = signals.visible_share(
            visibility, discretion, reach, run.effect[m.PROFILE_SEPARABLE_FROM_SUBSTANCE]
        )
        run.weight[item, s.VISIBILITY_OPEN + hidden] = of_nato * label * visible
        run.weight[item, s.BLOC_OPEN + hidden] = label * bloc * seen
    run.weight[item, s.HARDNESS_TOTAL] = label * hardness


@inlined
def is_activity(item, run):
    """1 for what is done, 0 for how it is presented (discretion, assurances, discipline): those dials are negative."""
    if run.carry[s.DISCRETION_CARRY, item] > 0.0 or run.carry[s.ASSURANCE_CARRY, item] > 0.0:
        return 0.0
    if run.dial[s.BLOC_DIAL, item] < 0.0:
        return 0.0
    return 1.0


@inlined
def weigh_substance(item, run):
    """An instrument's part in the sums of substance: what it carries, and how much of it."""
    joint = run.carry[s.PARTNERSHIP_CARRY, item] * max(0.0, run.dial[s.DETERRENCE_DIAL, item])
    run.weight[item, s.FORCES_TOTAL] = joint * run.carry[s.FORCES_CARRY, item]
    run.weight[item, s.COOPERATION_TOTAL] = joint * (1.0 - run.carry[s.FORCES_CARRY, item])
    run.weight[item, s.HOME_TOTAL] = run.carry[s.HOME_CARRY, item] * max(
        0.0, -run.dial[s.EUROPEAN_COST_DIAL, item]
    )
    run.weight[item, s.DRAIN_TOTAL] = run.carry[s.DRAIN_CARRY, item] * max(
        0.0, run.dial[s.EUROPEAN_COST_DIAL, item]
    )
    run.weight[item, s.RHETORIC_TOTAL] = run.carry[s.RHETORIC_CARRY, item]
    run.weight[item, s.ASSURANCE_TOTAL] = run.carry[s.ASSURANCE_CARRY, item]
    run.weight[item, s.DISCRETION_TOTAL] = run.carry[s.DISCRETION_CARRY, item]
    run.weight[item, s.SHOWY_TOTAL] = run.carry[s.SHOWY_CARRY, item]
    run.weight[item, s.QUIET_TOTAL] = run.carry[s.QUIET_CARRY, item]
    run.weight[item, s.INDUSTRIAL_TOTAL] = run.carry[s.INDUSTRIAL_CARRY, item]
    run.weight[item, s.INDUSTRY_TOTAL] = run.carry[s.INDUSTRY_CARRY, item]
    run.weight[item, s.STANDARDS_TOTAL] = run.carry[s.STANDARDS_CARRY, item]
    run.weight[item, s.US_SHIFT_TOTAL] = run.carry[s.US_SHIFT_CARRY, item]
    run.weight[item, s.EU_TOTAL] = run.carry[s.EU_PRESENCE_CARRY, item]
    run.weight[item, s.DISCIPLINE_TOTAL] = run.carry[s.DISCIPLINE_CARRY, item]
    run.weight[item, s.UN_TOTAL] = run.carry[s.UN_CARRY, item]
    run.weight[item, s.ASEAN_TOTAL] = run.carry[s.ASEAN_CARRY, item]
    run.weight[item, s.MINILATERAL_TOTAL] = run.carry[s.MINILATERAL_CARRY, item]
    run.weight[item, s.CLIMATE_TOTAL] = run.carry[s.CLIMATE_CARRY, item]
    run.weight[item, s.PROCUREMENT_TOTAL] = run.carry[s.PROCUREMENT_CARRY, item]
    run.weight[item, s.PLEDGE_TOTAL] = run.carry[s.PLEDGE_CARRY, item]
    run.weight[item, s.CRISIS_SUPPORT_TOTAL] = run.carry[s.CRISIS_SUPPORT_CARRY, item]


@compiled
def add_up(run):
    """The sums over instruments this quarter; presence counts what is shown, substance what is in force."""
    weight, shown, level, total = run.weight, run.shown, run.level, run.total
    total[:] = 0.0
    for item in range(level.shape[0]):
        for row in range(s.HARDNESS_TOTAL + 1):
            total[row] += weight[item, row] * shown[item]
        for row in range(s.HARDNESS_TOTAL + 1, weight.shape[1]):
            total[row] += weight[item, row] * level[item]


@inlined
def fill_up(run):
    """The sums with every instrument at full level; once per member and worldview."""
    run.total_full[:] = 0.0
    for item in range(run.level.shape[0]):
        for row in range(run.weight.shape[1]):
            run.total_full[row] += run.weight[item, row]


@inlined
def blend(row, discretion, totals):
    """A sum of presence under partial discretion: linear between open and hidden."""
    return (1 - discretion) * totals[row] + discretion * totals[row + 1]


@compiled
def signal(run):
    """Phase 4: signals, the strongest commitment, the memory of steps and the stock of pledges at quarter's end."""
    gain = run.parameter[p.RELATIVE_GAIN]
    tone = signals.agenda_tone(
        run.world[s.NATO_AGENDA],
        logistic(run.world_rest[s.NATO_AGENDA]),
        run.effect[m.AGENDA_ENTREPRENEUR],
        run.parameter[p.AGENDA_WEIGHT],
        run.parameter[p.STATE_STEP],
    )
    discretion = min(1.0, run.total[s.DISCRETION_TOTAL])
    discretion_2024 = min(1.0, run.total_2024[s.DISCRETION_TOTAL])
    for k in range(4):
        row = s.ALARM_OPEN + 2 * k
        run.world_own[PRESENCE_SIGNALS[k]] = signals.relative_change(
            blend(row, discretion, run.total), blend(row, discretion_2024, run.total_2024), gain
        )
        run.world_own[PRESENCE_SIGNALS[k]] += tone
    run.world_own[s.HARDNESS] = signals.relative_change(
        run.total[s.HARDNESS_TOTAL], run.total_2024[s.HARDNESS_TOTAL], gain
    )
    reach_2024 = reach_in_2024(run.world_rest, run.effect, run.parameter)
    run.world_own[s.COOPERATION] = signals.relative_change(
        run.total[s.COOPERATION_TOTAL] + run.world[s.PROJECTION] * run.total[s.FORCES_TOTAL],
        run.total_2024[s.COOPERATION_TOTAL] + reach_2024 * run.total_2024[s.FORCES_TOTAL],
        1.0,
    )
    for k in range(len(s.TOTALS) - s.RHETORIC_TOTAL):
        row = s.RHETORIC_TOTAL + k
        run.world_own[s.RHETORIC + k] = signals.share_of_room(
            run.total[row], run.total_2024[row], run.total_full[row]
        )
    run.world_own[s.SHOWY_OFFER] += tone
    strongest = 0.0
    for item in range(run.level.shape[0]):
        if run.carry[s.PARTNERSHIP_CARRY, item] > 0.0 and run.carry[s.HOME_CARRY, item] == 0.0:
            strongest = max(
                strongest, signals.hard_commitment(run.signed[item], run.dial[s.COMMITMENT_DIAL, item])
            )
    run.world_own[s.COMMITMENT] = strongest
    run.world_own[s.STEPS] = signals.steps(
        run.world_own[s.STEPS], run.world[s.ALARM], run.parameter[p.STEP_INTAKE], run.parameter[p.STEP_DECAY]
    )
    run.world_own[s.PLEDGE_STOCK] = signals.ratchet(
        run.world_own[s.PLEDGE_STOCK], run.world_own[s.PLEDGES], run.parameter[p.PLEDGE_INTAKE]
    )


@compiled
def expose(first, stop, run):
    """Phase 4 for states `first` up to `stop`: what each takes up of what is offered to it, relative to mid-2024."""
    own, dial, carry = run.own, run.dial, run.carry
    shares = shares_taken_up(first, stop, run.now, run.attribute)
    own[s.ECONOMIC_OFFER, first:stop] = 0.0
    own[s.TECHNICAL_HELP, first:stop] = 0.0
    own[s.EU_ECONOMY, first:stop] = 0.0
    own[s.EU_SECURITY, first:stop] = 0.0
    own[s.INDUSTRIAL_WORK, first:stop] = 0.0
    own[s.CLIMATE_HELP, first:stop] = 0.0
    for item in range(run.level.shape[0]):
        aimed, share = run.target[item, first:stop], shares[sponsor_of(run.brand[item])]
        work = run.level[item] * carry[s.INDUSTRIAL_CARRY, item]
        if work > 0.0:
            receive(work, aimed, share, own[s.INDUSTRIAL_WORK, first:stop])
        change = run.level[item] - run.baseline[item]
        if change != 0.0:
            economic = change * dial[s.ECONOMIC_DIAL, item] * (1.0 - carry[s.INDUSTRIAL_CARRY, item])
            from_eu = economic * carry[s.EU_ECONOMY_CARRY, item]
            technical = change * dial[s.RESILIENCE_DIAL, item] * carry[s.TECHNICAL_CARRY, item]
            receive(economic, aimed, share, own[s.ECONOMIC_OFFER, first:stop])
            receive(from_eu, aimed, share, own[s.EU_ECONOMY, first:stop])
            receive(technical, aimed, share, own[s.TECHNICAL_HELP, first:stop])
            receive(change * carry[s.EU_SECURITY_CARRY, item], aimed, share, own[s.EU_SECURITY, first:stop])
            receive(change * carry[s.CLIMATE_CARRY, item], aimed, share, own[s.CLIMATE_HELP, first:stop])


@inlined
def receive(offer, aimed, share, received):
    """Add to what states receive: an offer, as far as it is aimed at each and taken up."""
    if offer != 0.0:
        for k in range(received.shape[0]):
            received[k] += offer * (aimed[k] * share[k])


# Whose role must be welcome for an offer to be taken up: NATO's, European states', the EU's, that of small formats; else
# nobody's.
SPONSORS = 5


@inlined
def sponsor_of(brand):
    """The row of `shares_taken_up` for a flag."""
    if brand == s.NATO_BRAND:
        return 0
    if brand == s.NATIONAL_BRAND:
        return 1
    if brand == s.EU_BRAND:
        return 2
    if brand == s.MINILATERAL_BRAND or brand == s.COALITION_BRAND:
        return 3
    return 4


@inlined
def shares_taken_up(first, stop, now, attribute):
    """The share of an offer that each state takes up, by sponsor (SPONSORS, states), 0..1."""
    shares = np.empty((SPONSORS, stop - first))
    for k in range(stop - first):
        support = now[s.NATO_SUPPORT, first + k]
        small_formats = (1 + attribute[s.MINILATERAL, first + k]) / 2
        shares[0, k] = delivery.taken_up(support)
        shares[1, k] = delivery.taken_up((support + small_formats) / 2)
        shares[2, k] = delivery.taken_up(now[s.EU_APPROVAL, first + k])
        shares[3, k] = delivery.taken_up(small_formats)
        shares[4, k] = delivery.taken_up(0.5)
    return shares
