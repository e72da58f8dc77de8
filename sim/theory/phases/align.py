"""Phase 9: backlash, stance, and the choice of a posture in each domain."""

import numpy as np

from sim.theory import chance
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases.luck import fill_luck, uniform_luck
from sim.theory.rules import alignment, beijing, links, opinion

# The five postures: target ties to Washington and to Beijing, and their side from -1 to 1.
US_TIES = (0.15, 0.40, 0.65, 0.70, 0.85)
CN_TIES = (0.85, 0.70, 0.65, 0.40, 0.15)
SIDES = (-1.0, -0.5, 0.0, 0.5, 1.0)


@compiled
def judge(first, stop, run):
    """Phase 9 for states `first` up to `stop`: pressures on opinions, on the wish to hedge, on the choice of a posture."""
    hold_opinions(first, stop, run)
    be_pulled(first, stop, run)


@compiled
def hold_opinions(first, stop, run):
    """Pressures on backlash, stance, the wish to keep both ties, and common action against coercion."""
    now, world, push, attribute, effect, parameter = (
        run.now, run.world, run.push, run.attribute, run.effect, run.parameter,
    )  # fmt: skip
    outside = run.group[s.NON_PARTNERS]
    step = parameter[p.STATE_STEP]
    for actor in range(first, stop):
        norm = opinion.nonalignment_norm(
            attribute[s.NONALIGN, actor], world[s.BLOC_SIGNAL], effect[m.NONALIGNMENT_NORM]
        )
        fear = opinion.crossfire_fear(
            world[s.ESCALATION], now[s.THREAT_CN, actor], effect[m.CROSSFIRE_FEAR], step
        )
        push[s.BACKLASH, actor] = outside[actor] * (
            alignment.backlash_by_insistence(world[s.PROVOCATION], effect[m.REGIONAL_BACKLASH])
            + beijing.suspicion(world[s.STEPS], effect[m.STEPWISE_SUSPICION])
            + alignment.eu_acceptability(world[s.EU_PRESENCE], effect[m.EU_ACCEPTABILITY])
            + opinion.colonial_memory(
                attribute[s.COLONIAL, actor], world[s.PROVOCATION], effect[m.COLONIAL_MEMORY]
            )
            + opinion.militarism_aversion(world[s.HARDNESS], effect[m.MILITARISM_AVERSION])
            + norm
            + fear
        )
        push[s.NATO_SUPPORT, actor] = (
            links.link(now[s.THREAT_CN, actor], parameter[p.STANCE_THREAT_LINK], step)
            - links.link(now[s.BACKLASH, actor], parameter[p.STANCE_BACKLASH_LINK], step)
            - norm
        )
        push[s.HEDGE, actor] = (
            alignment.hedging_value(
                now[s.THREAT_CN, actor],
                effect[m.HEDGING_WITHOUT_EXISTENTIAL_THREAT],
                parameter[p.EXISTENTIAL_MARK],
                parameter[p.EXISTENTIAL_WIDTH],
            )
            - alignment.forced_choice(now[s.BLOC_PRESSURE, actor], effect[m.FORCED_CHOICE_POLARISES], step)
            + fear
        )
        push[s.BALANCING, actor] = (
            outside[actor]
            * opinion.lost_balancers(now[s.BACKLASH, actor], effect[m.LOSS_OF_BALANCING_COALITION], step)
            + opinion.flexible_formats(
                world[s.MINILATERAL_EFFORT],
                attribute[s.MINILATERAL, actor],
                effect[m.MINILATERAL_FLEXIBILITY],
            )
            + links.link(now[s.THREAT_CN, actor], parameter[p.BALANCING_THREAT_LINK], step)
            + links.link(now[s.EU_TIE, actor], parameter[p.BALANCING_EU_LINK], step)
        )
        push[s.HEDGE_VALUE, actor] = links.link(now[s.HEDGE, actor], parameter[p.HEDGING_LINK], step)


@compiled
def be_pulled(first, stop, run):
    """What pulls to Washington's side in each domain."""
    now, push, attribute, effect, parameter = run.now, run.push, run.attribute, run.effect, run.parameter
    step = parameter[p.STATE_STEP]
    asean = run.group[s.ASEAN]
    through_asean = opinion.asean_channel(run.world[s.ASEAN_EFFORT], effect[m.ASEAN_CHANNEL])
    for domain in range(len(s.DOMAINS)):
        us_ties, cn_ties = now[s.US_TIE + domain], now[s.CN_TIE + domain]
        fill_examples(run.neighbour, first, stop, us_ties, cn_ties, push[s.PULL + domain, first:stop])
        for actor in range(first, stop):
            side = alignment.side_leaned_to(
                attribute[s.US_REST + domain, actor],
                attribute[s.CN_REST + domain, actor],
                parameter[p.LEAN_SCALE],
            )
            polarising = alignment.forced_choice(
                now[s.BLOC_PRESSURE, actor], effect[m.FORCED_CHOICE_POLARISES], step
            )
            example = push[s.PULL + domain, actor]
            together = asean[actor] * through_asean * (example - (us_ties[actor] - cn_ties[actor]))
            push[s.PULL + domain, actor] = (
                polarising * side + links.link(example, parameter[p.NEIGHBOUR_LINK], step) + together
            )
    for actor in range(first, stop):
        push[s.PULL, actor] += links.link(
            now[s.THREAT_CN, actor] - now[s.THREAT_NATO, actor] - now[s.TARGET_RISK, actor],
            parameter[p.THREAT_PULL_LINK],
            step,
        ) + links.link(now[s.TRUST_COMMIT, actor], parameter[p.PROTECTION_PULL_LINK], step)
        priority = attribute[s.GROWTH_PRIORITY, actor]
        push[s.PULL + 1, actor] += alignment.demand_match(
            now[s.ECONOMIC_OFFER, actor], priority, effect[m.DEMAND_MATCH]
        ) - links.link(now[s.ECON_CN, actor], parameter[p.DEPENDENCE_PULL_LINK], step)
        push[s.PULL + 2, actor] += alignment.demand_match(
            now[s.TECHNICAL_HELP, actor], priority, effect[m.DEMAND_MATCH]
        )
        push[s.PULL + 3, actor] -= links.link(now[s.BACKLASH, actor], parameter[p.BACKLASH_PULL_LINK], step)


@inlined
def fill_examples(weights, first, stop, us_ties, cn_ties, out):
    """Fill `out` with the mean position (-1..1) of each state's neighbours, `first` up to `stop`. Friedkin & Johnsen 1990.

    weights (A, A): what each actor (row) weighs for each other (column); us_ties, cn_ties (A,).
    """
    out[:] = 0.0
    for other in range(weights.shape[0]):
        position = us_ties[other] - cn_ties[other]
        row = weights[other, first:stop]  # one row at a time, which the compiler can vectorise
        for k in range(out.shape[0]):
            out[k] += row[k] * position


@inlined
def weights_of_postures(us_rest, cn_rest, pull, hedge_value, spread, weights):
    """Fill `weights` (5,) with the weights of the five postures; returns their sum."""
    total = 0.0
    for posture in range(5):
        weights[posture] = alignment.posture_weight(
            US_TIES[posture], CN_TIES[posture], us_rest, cn_rest, SIDES[posture], pull, hedge_value, spread
        )
        total = total + weights[posture]
    return total


@inlined
def expected_ties(weights, total):
    """The mean target ties, to Washington and to Beijing, under a choice."""
    us_tie = 0.0
    cn_tie = 0.0
    for posture in range(5):
        us_tie = us_tie + weights[posture] * US_TIES[posture]
        cn_tie = cn_tie + weights[posture] * CN_TIES[posture]
    return us_tie / total, cn_tie / total


@compiled
def remember_choice_of_2024(weights, run):
    """Fill `choice_2024`: every state's mean target ties with no pull; once per member and worldview."""
    for domain in range(len(s.DOMAINS)):
        for actor in range(run.now.shape[1]):
            total = weights_of_postures(
                run.attribute[s.US_REST + domain, actor],
                run.attribute[s.CN_REST + domain, actor],
                0.0,
                0.0,
                run.parameter[p.POSTURE_SPREAD],
                weights,
            )
            us_tie, cn_tie = expected_ties(weights, total)
            run.choice_2024[domain, actor] = us_tie
            run.choice_2024[len(s.DOMAINS) + domain, actor] = cn_tie


@inlined
def drawn_posture(weights, total, luck):
    """The posture on which the luck falls, 0 … 4."""
    reached = 0.0
    for posture in range(4):
        reached = reached + weights[posture] / total
        if luck < reached:
            return posture
    return 4


@compiled
def align(first, stop, weights, run):
    """Phase 9 for states `first` up to `stop`: their ties in each domain at the end of the quarter (choosers only).

    With chance, a state reconsiders its posture now and then and draws one by the logit weights; without, its ties
    follow the mean over postures. `weights` (5,) is working space.
    """
    own, push, push_2024, attribute, parameter, clock = (
        run.own, run.push, run.push_2024, run.attribute, run.parameter, run.clock,
    )  # fmt: skip
    choosers, stream, choice_2024 = run.group[s.CHOOSERS], run.stream, run.choice_2024
    speed = parameter[p.TIE_SPEED]
    luck_of_review = np.empty(stop - first)
    for domain in range(len(s.DOMAINS)):
        pull, us, cn = s.PULL + domain, s.US_TIE + domain, s.CN_TIE + domain
        fill_luck(chance.RECONSIDER, stream[first:stop], domain, 1.0, clock, luck_of_review)
        for actor in range(first, stop):
            if choosers[actor] == 1.0:
                us_rest = attribute[s.US_REST + domain, actor]
                cn_rest = attribute[s.CN_REST + domain, actor]
                posture = own[s.POSTURE + domain, actor]
                if reconsiders(luck_of_review[actor - first], parameter[p.RECONSIDER], clock):
                    total = weights_of_postures(
                        us_rest,
                        cn_rest,
                        push[pull, actor] - push_2024[pull, actor],
                        push[s.HEDGE_VALUE, actor] - push_2024[s.HEDGE_VALUE, actor],
                        parameter[p.POSTURE_SPREAD],
                        weights,
                    )
                    luck = uniform_luck(chance.POSTURE, stream[actor], domain, 0.5, clock)
                    posture = drawn_posture(weights, total, luck)
                if clock[4] == 1:
                    us_tie, cn_tie = US_TIES[int(posture)], CN_TIES[int(posture)]
                    own[s.POSTURE + domain, actor] = posture
                else:
                    us_tie, cn_tie = expected_ties(weights, total)
                own[us, actor] = alignment.tie(
                    own[us, actor], us_rest, us_tie, choice_2024[domain, actor], speed
                )
                own[cn, actor] = alignment.tie(
                    own[cn, actor], cn_rest, cn_tie, choice_2024[len(s.DOMAINS) + domain, actor], speed
                )


@inlined
def reconsiders(luck, likely, clock):
    """Whether a state thinks its posture over this quarter: always without chance, and in the first quarter."""
    if clock[4] == 0 or clock[0] == 0:
        return True
    return luck < likely
