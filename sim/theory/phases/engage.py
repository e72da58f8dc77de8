"""Phase 8: how far each partner engages with NATO, format by format."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled
from sim.theory.rules import engagement, links


@compiled
def engage(first, stop, board):
    """Phase 8 for states `first` up to `stop`: pressures on partners' engagement; other states have none to move."""
    now, world, attribute, effect, parameter = (
        board.now, board.world, board.attribute, board.effect, board.parameter,
    )  # fmt: skip
    threat_cn, threat_ru, threat_dprk = now[s.THREAT_CN], now[s.THREAT_RU], now[s.THREAT_DPRK]
    econ_cn, mood, pressed = now[s.ECON_CN], now[s.MOOD], now[s.BLOC_PRESSURE]
    need, autonomy, is_partner = attribute[s.DPRK_NEED], attribute[s.AUTONOMY], board.group[s.PARTNERS]
    trade_pressure, korea_pressure = world[s.TRADE_PRESSURE], world[s.KOREA_PRESSURE]
    restraint, swings, threats = (
        effect[m.TRADE_RESTRAINS_PARTNERS], effect[m.DOMESTIC_SWINGS], effect[m.THREAT_DRIVES_ENGAGEMENT],
    )  # fmt: skip
    bind, independence = effect[m.KOREAN_DOUBLE_BIND], effect[m.NZ_INDEPENDENCE]
    step = parameter[p.STATE_STEP]
    wish = board.wish
    for actor in range(first, stop):
        wish[actor] = (
            engagement.trade_restraint(econ_cn[actor], trade_pressure, restraint, step)
            + engagement.domestic_swings(mood[actor], swings)
            + engagement.threat_drives(threat_cn[actor], threat_ru[actor], threat_dprk[actor], threats, step)
            + engagement.double_bind(need[actor], korea_pressure, bind, step)
            + engagement.independent_tradition(autonomy[actor], pressed[actor], independence, step)
        )
    identity, shared = attribute[s.DEMOCRATIC_IDENTITY], effect[m.SHARED_DEMOCRATIC_IDENTITY]
    for form in range(3):
        offer, engaged = world[s.SHOWY_OFFER + form], board.push[s.ENGAGE_SHOWY + form]
        offered = links.offered(offer, parameter[p.OFFER_LINK])
        for actor in range(first, stop):
            engaged[actor] = is_partner[actor] * (
                wish[actor] + offered + engagement.shared_identity(identity[actor], offer, shared)
            )
