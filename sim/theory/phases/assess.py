"""What a state makes of the quarter that has ended. Read off the state shown; nothing answers to it."""

from sim.theory import state as s
from sim.theory.compiled import compiled

PERCENT_OF_GROWTH = 5.0  # points of growth that count as much as a whole scale of anything else (assumed)


@compiled
def assess(board):
    """Net benefit of partnership and utility of every state, at the end of the quarter."""
    now, own, world, beijing = board.now, board.own, board.world, board.group[s.BEIJING]
    for actor in range(now.shape[1]):
        now[s.NET_BENEFIT, actor] = (
            now[s.TRUST_COMMIT, actor]
            + now[s.RESILIENCE, actor]
            + now[s.DEFENCE_INDUSTRY, actor]
            - now[s.TARGET_RISK, actor]
            - now[s.ECON_CN, actor] * world[s.TRADE_PRESSURE]
            - now[s.BLOC_PRESSURE, actor]
        ) / 3
        danger = max(
            max(now[s.THREAT_CN, actor], now[s.THREAT_RU, actor]),
            max(now[s.THREAT_DPRK, actor], now[s.THREAT_NATO, actor]),
        )
        danger = world[s.ENCIRCLEMENT] if beijing[actor] == 1.0 else danger
        now[s.UTILITY, actor] = (
            (now[s.GROWTH, actor] - board.attribute[s.GROWTH_REST, actor]) / PERCENT_OF_GROWTH
            + now[s.RESILIENCE, actor]
            + (1 - danger)
            + (1 - now[s.BLOC_PRESSURE, actor])
            + (1 - now[s.TARGET_RISK, actor])
        ) / 5
        own[s.NET_BENEFIT, actor] = now[s.NET_BENEFIT, actor]
        own[s.UTILITY, actor] = now[s.UTILITY, actor]
