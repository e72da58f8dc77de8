"""Phase 8: how far each partner engages with NATO, format by format."""

from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.compiled import compiled
from sim.theory.rules import engagement, links


@compiled
def engage(first, stop, run):
    """Phase 8 for states `first` up to `stop`: pressures on partners' engagement; other states have none to move."""
    now, world, push, attribute, effect, parameter = (
        run.now, run.world, run.push, run.attribute, run.effect, run.parameter,
    )  # fmt: skip
    step = parameter[p.STATE_STEP]
    for actor in range(first, stop):
        if run.group[s.PARTNERS, actor] == 1.0:
            wish = (
                engagement.trade_restraint(
                    now[s.ECON_CN, actor],
                    world[s.TRADE_PRESSURE],
                    effect[m.TRADE_RESTRAINS_PARTNERS],
                    step,
                )
                + engagement.domestic_swings(now[s.MOOD, actor], effect[m.DOMESTIC_SWINGS])
                + engagement.threat_drives(
                    now[s.THREAT_CN, actor],
                    now[s.THREAT_RU, actor],
                    now[s.THREAT_DPRK, actor],
                    effect[m.THREAT_DRIVES_ENGAGEMENT],
                    step,
                )
                + engagement.double_bind(
                    attribute[s.DPRK_NEED, actor],
                    world[s.KOREA_PRESSURE],
                    effect[m.KOREAN_DOUBLE_BIND],
                    step,
                )
                + engagement.independent_tradition(
                    attribute[s.AUTONOMY, actor],
                    now[s.BLOC_PRESSURE, actor],
                    effect[m.NZ_INDEPENDENCE],
                    step,
                )
            )
            for form in range(3):
                offer = world[s.SHOWY_OFFER + form]
                push[s.ENGAGE_SHOWY + form, actor] = (
                    wish
                    + links.offered(offer, parameter[p.OFFER_LINK])
                    + engagement.shared_identity(
                        attribute[s.DEMOCRATIC_IDENTITY, actor], offer, effect[m.SHARED_DEMOCRATIC_IDENTITY]
                    )
                )
