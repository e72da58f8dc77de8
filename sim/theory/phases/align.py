"""Phase 9: backlash, stance, and the choice of a posture in each domain."""

import numpy as np

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled, inlined
from sim.theory.phases import luck as dealt
from sim.theory.rows import fill
from sim.theory.rules import alignment, beijing, links, opinion

# The five postures: target ties to Washington and to Beijing, and their side from -1 to 1.
US_TIES = np.array([0.15, 0.40, 0.65, 0.70, 0.85])
CN_TIES = np.array([0.85, 0.70, 0.65, 0.40, 0.15])
SIDES = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])


@compiled
def judge(first, stop, board):
    """Phase 9 for states `first` up to `stop`: pressures on opinions, on the wish to hedge, on the choice of a posture."""
    hold_opinions(first, stop, board)
    be_pulled(first, stop, board)


@inlined
def hold_opinions(first, stop, board):
    """Pressures on backlash, stance, the wish to keep both ties, and common action against coercion."""
    oppose(first, stop, board)
    hedge(first, stop, board)
    balance(first, stop, board)


@inlined
def oppose(first, stop, board):
    """Pressures on backlash and on the stance on NATO's role; `fear` of crossfire is left for `hedge`."""
    now, world, attribute, effect, parameter = (
        board.now, board.world, board.attribute, board.effect, board.parameter,
    )  # fmt: skip
    backlash, support, fear = board.push[s.BACKLASH], board.push[s.NATO_SUPPORT], board.fear
    threat_cn, opposed = now[s.THREAT_CN], now[s.BACKLASH]
    nonalign, colonial, outside = attribute[s.NONALIGN], attribute[s.COLONIAL], board.group[s.NON_PARTNERS]
    step, threat_link, backlash_link = (
        parameter[p.STATE_STEP], parameter[p.STANCE_THREAT_LINK], parameter[p.STANCE_BACKLASH_LINK],
    )  # fmt: skip
    signal, provocation, escalation = world[s.BLOC_SIGNAL], world[s.PROVOCATION], world[s.ESCALATION]
    norm_effect, memory, crossfire = (
        effect[m.NONALIGNMENT_NORM], effect[m.COLONIAL_MEMORY], effect[m.CROSSFIRE_FEAR],
    )  # fmt: skip
    for_all = (
        alignment.backlash_by_insistence(provocation, effect[m.REGIONAL_BACKLASH])
        + beijing.suspicion(world[s.STEPS], effect[m.STEPWISE_SUSPICION])
        + alignment.eu_acceptability(world[s.EU_PRESENCE], effect[m.EU_ACCEPTABILITY])
        + opinion.militarism_aversion(world[s.HARDNESS], effect[m.MILITARISM_AVERSION])
    )
    for actor in range(first, stop):
        norm = opinion.nonalignment_norm(nonalign[actor], signal, norm_effect)
        fear[actor] = opinion.crossfire_fear(escalation, threat_cn[actor], crossfire, step)
        backlash[actor] = outside[actor] * (
            for_all + opinion.colonial_memory(colonial[actor], provocation, memory) + norm + fear[actor]
        )
        support[actor] = (
            links.link(threat_cn[actor], threat_link, step)
            - links.link(opposed[actor], backlash_link, step)
            - norm
        )


@inlined
def hedge(first, stop, board):
    """Pressures on the wish to keep ties with both powers, and what the wish is worth in the choice of a posture."""
    effect, parameter = board.effect, board.parameter
    wish, worth, fear = board.push[s.HEDGE], board.push[s.HEDGE_VALUE], board.fear
    threat_cn, pressed, held = board.now[s.THREAT_CN], board.now[s.BLOC_PRESSURE], board.now[s.HEDGE]
    without_threat, polarises = (
        effect[m.HEDGING_WITHOUT_EXISTENTIAL_THREAT], effect[m.FORCED_CHOICE_POLARISES],
    )  # fmt: skip
    mark, width = parameter[p.EXISTENTIAL_MARK], parameter[p.EXISTENTIAL_WIDTH]
    step, hedging_link = parameter[p.STATE_STEP], parameter[p.HEDGING_LINK]
    for actor in range(first, stop):
        wish[actor] = (
            alignment.hedging_value(threat_cn[actor], without_threat, mark, width)
            - alignment.forced_choice(pressed[actor], polarises, step)
            + fear[actor]
        )
        worth[actor] = links.link(held[actor], hedging_link, step)


@inlined
def balance(first, stop, board):
    """Pressures on common action against coercion."""
    effect, parameter = board.effect, board.parameter
    balancing, outside, formats = (
        board.push[s.BALANCING],
        board.group[s.NON_PARTNERS],
        board.attribute[s.MINILATERAL],
    )
    threat_cn, opposed, eu_tie = board.now[s.THREAT_CN], board.now[s.BACKLASH], board.now[s.EU_TIE]
    lost, flexibility, effort = (
        effect[m.LOSS_OF_BALANCING_COALITION], effect[m.MINILATERAL_FLEXIBILITY], board.world[s.MINILATERAL_EFFORT],
    )  # fmt: skip
    step, threat_link, eu_link = (
        parameter[p.STATE_STEP], parameter[p.BALANCING_THREAT_LINK], parameter[p.BALANCING_EU_LINK],
    )  # fmt: skip
    for actor in range(first, stop):
        balancing[actor] = (
            outside[actor] * opinion.lost_balancers(opposed[actor], lost, step)
            + opinion.flexible_formats(effort, formats[actor], flexibility)
            + links.link(threat_cn[actor], threat_link, step)
            + links.link(eu_tie[actor], eu_link, step)
        )


@inlined
def be_pulled(first, stop, board):
    """What pulls to Washington's side in each domain."""
    for domain in range(len(s.DOMAINS)):
        follow_others(domain, first, stop, board)
    now, push, effect, parameter = board.now, board.push, board.effect, board.parameter
    step, threat_link, protection_link = (
        parameter[p.STATE_STEP], parameter[p.THREAT_PULL_LINK], parameter[p.PROTECTION_PULL_LINK],
    )  # fmt: skip
    security, economy, technology, diplomacy = (
        push[s.PULL],
        push[s.PULL + 1],
        push[s.PULL + 2],
        push[s.PULL + 3],
    )
    threat_cn, threat_nato, risk = now[s.THREAT_CN], now[s.THREAT_NATO], now[s.TARGET_RISK]
    trust, offer, econ_cn, technical, opposed = (
        now[s.TRUST_COMMIT], now[s.ECONOMIC_OFFER], now[s.ECON_CN], now[s.TECHNICAL_HELP], now[s.BACKLASH],
    )  # fmt: skip
    priority, match = board.attribute[s.GROWTH_PRIORITY], effect[m.DEMAND_MATCH]
    dependence_link, backlash_link = parameter[p.DEPENDENCE_PULL_LINK], parameter[p.BACKLASH_PULL_LINK]
    for actor in range(first, stop):
        security[actor] += links.link(
            threat_cn[actor] - threat_nato[actor] - risk[actor], threat_link, step
        ) + links.link(trust[actor], protection_link, step)
        economy[actor] += alignment.demand_match(offer[actor], priority[actor], match) - links.link(
            econ_cn[actor], dependence_link, step
        )
        technology[actor] += alignment.demand_match(technical[actor], priority[actor], match)
        diplomacy[actor] -= links.link(opposed[actor], backlash_link, step)


@inlined
def follow_others(domain, first, stop, board):
    """What pulls alike in every domain: having to choose, the neighbours' example, ASEAN's common line."""
    attribute, parameter = board.attribute, board.parameter
    us_ties, cn_ties, pull = (
        board.now[s.US_TIE + domain],
        board.now[s.CN_TIE + domain],
        board.push[s.PULL + domain],
    )
    us_rest, cn_rest = attribute[s.US_REST + domain], attribute[s.CN_REST + domain]
    pressed, in_asean = board.now[s.BLOC_PRESSURE], board.group[s.ASEAN]
    through_asean = opinion.asean_channel(board.world[s.ASEAN_EFFORT], board.effect[m.ASEAN_CHANNEL])
    polarises = board.effect[m.FORCED_CHOICE_POLARISES]
    step, scale, link = parameter[p.STATE_STEP], parameter[p.LEAN_SCALE], parameter[p.NEIGHBOUR_LINK]
    fill_examples(domain, first, stop, board)
    for actor in range(first, stop):
        side = alignment.side_leaned_to(us_rest[actor], cn_rest[actor], scale)
        polarising = alignment.forced_choice(pressed[actor], polarises, step)
        together = in_asean[actor] * through_asean * (pull[actor] - (us_ties[actor] - cn_ties[actor]))
        pull[actor] = polarising * side + links.link(pull[actor], link, step) + together


@inlined
def fill_examples(domain, first, stop, board):
    """The mean position (-1..1) of the other members of each state's circle, 0 without a circle, into its pull.

    For states `first` up to `stop`; Friedkin & Johnsen 1990.
    """
    us_ties, cn_ties, example = (
        board.now[s.US_TIE + domain],
        board.now[s.CN_TIE + domain],
        board.push[s.PULL + domain],
    )
    for actor in range(first, stop):
        example[actor] = 0.0
    for circle in range(s.N_CIRCLES):
        members = board.circle[circle]
        total = 0.0
        count = 0.0
        for other in range(members.shape[0]):
            total = total + members[other] * (us_ties[other] - cn_ties[other])
            count = count + members[other]
        others = max(1.0, count - 1.0)
        for actor in range(first, stop):
            example[actor] += members[actor] * (total - (us_ties[actor] - cn_ties[actor])) / others


@compiled
def remember_choice_of_2024(board):
    """Fill `choice_2024`: every state's mean target ties with no pull; once per member and worldview."""
    for field in range(s.PULL, s.HEDGE_VALUE + 1):
        fill(board.push[field], 0.0)
        fill(board.push_2024[field], 0.0)
    for domain in range(len(s.DOMAINS)):
        for actor in range(board.now.shape[1]):
            board.review[actor] = actor
        weigh_postures(domain, board.now.shape[1], board)
        for actor in range(board.now.shape[1]):
            us_tie, cn_tie = expected_ties(actor, board)
            board.choice_2024[domain, actor] = us_tie
            board.choice_2024[len(s.DOMAINS) + domain, actor] = cn_tie


@compiled
def align(first, stop, board):
    """Phase 9 for states `first` up to `stop`: their ties in each domain at the end of the quarter (choosers only).

    With chance, a state reviews its posture now and then and draws one by the logit weights; without, its ties follow the
    mean over postures.
    """
    is_chance = board.clock[4] == 1
    for domain in range(len(s.DOMAINS)):
        reviews = list_reviews(domain, first, stop, board)
        weigh_postures(domain, reviews, board)
        for k in range(reviews):
            actor = board.review[k]
            if is_chance:
                luck = board.luck[dealt.POSTURE + domain, actor]
                board.own[s.POSTURE + domain, actor] = drawn_posture(k, luck, board)
            else:
                board.us_aim[actor], board.cn_aim[actor] = expected_ties(k, board)
        if is_chance:
            aim_at_postures(domain, first, stop, board)
        move_ties(domain, first, stop, board)


@inlined
def list_reviews(domain, first, stop, board):
    """List in `review` who thinks its posture over this quarter; returns their number. Everybody does in the first quarter,
    and when nothing is left to chance.
    """
    choosers, luck, review = board.group[s.CHOOSERS], board.luck[dealt.REVIEW + domain], board.review
    likely = board.parameter[p.RECONSIDER]
    if board.clock[4] == 0 or board.clock[0] == 0:
        likely = np.inf
    reviews = 0
    for actor in range(first, stop):
        review[reviews] = actor
        reviews += choosers[actor] == 1.0 and luck[actor] < likely
    return reviews


@inlined
def weigh_postures(domain, reviews, board):
    """Fill `posture_weight` (5, reviews) for the states listed in `review`, under this quarter's pressures."""
    us_rest, cn_rest, pull, worth = board.us_rest, board.cn_rest, board.pull, board.worth
    for k in range(reviews):
        actor = board.review[k]
        us_rest[k] = board.attribute[s.US_REST + domain, actor]
        cn_rest[k] = board.attribute[s.CN_REST + domain, actor]
        pull[k] = board.push[s.PULL + domain, actor] - board.push_2024[s.PULL + domain, actor]
        worth[k] = board.push[s.HEDGE_VALUE, actor] - board.push_2024[s.HEDGE_VALUE, actor]
    spread = board.parameter[p.POSTURE_SPREAD]
    for posture in range(len(s.POSTURES)):
        weight = board.posture_weight[posture]
        us_tie, cn_tie, side = US_TIES[posture], CN_TIES[posture], SIDES[posture]
        for k in range(reviews):
            weight[k] = alignment.posture_weight(
                us_tie, cn_tie, us_rest[k], cn_rest[k], side, pull[k], worth[k], spread
            )


@inlined
def total_weight(k, board):
    """The sum of the weights of the postures of the k-th review."""
    total = 0.0
    for posture in range(len(s.POSTURES)):
        total = total + board.posture_weight[posture, k]
    return total


@inlined
def expected_ties(k, board):
    """The mean target ties, to Washington and to Beijing, under the choice of the k-th review."""
    us_tie = 0.0
    cn_tie = 0.0
    for posture in range(len(s.POSTURES)):
        us_tie = us_tie + board.posture_weight[posture, k] * US_TIES[posture]
        cn_tie = cn_tie + board.posture_weight[posture, k] * CN_TIES[posture]
    total = total_weight(k, board)
    return us_tie / total, cn_tie / total


@inlined
def drawn_posture(k, luck, board):
    """The posture on which the luck of the k-th review falls, 0 … 4."""
    falls_on = luck * total_weight(k, board)
    reached = 0.0
    posture = 0
    for option in range(len(s.POSTURES) - 1):
        reached = reached + board.posture_weight[option, k]
        posture += reached <= falls_on
    return posture


@inlined
def aim_at_postures(domain, first, stop, board):
    """The ties that states aim at by the postures they hold."""
    postures, us_aim, cn_aim = board.own[s.POSTURE + domain], board.us_aim, board.cn_aim
    for actor in range(first, stop):
        us_aim[actor] = US_TIES[int(postures[actor])]
        cn_aim[actor] = CN_TIES[int(postures[actor])]


@inlined
def move_ties(domain, first, stop, board):
    """Ties at the end of the quarter; those of states that do not choose stay."""
    us_ties, cn_ties = board.own[s.US_TIE + domain], board.own[s.CN_TIE + domain]
    us_rest, cn_rest = board.attribute[s.US_REST + domain], board.attribute[s.CN_REST + domain]
    us_2024, cn_2024 = board.choice_2024[domain], board.choice_2024[len(s.DOMAINS) + domain]
    us_aim, cn_aim, choosers = board.us_aim, board.cn_aim, board.group[s.CHOOSERS]
    speed = board.parameter[p.TIE_SPEED]
    for actor in range(first, stop):
        us_tie = alignment.tie(us_ties[actor], us_rest[actor], us_aim[actor], us_2024[actor], speed)
        cn_tie = alignment.tie(cn_ties[actor], cn_rest[actor], cn_aim[actor], cn_2024[actor], speed)
        us_ties[actor] = us_tie if choosers[actor] == 1.0 else us_ties[actor]
        cn_ties[actor] = cn_tie if choosers[actor] == 1.0 else cn_ties[actor]
