"""The outcomes that are computed, in the order of their columns. Definitions are in `outcomes`."""

from typing import NamedTuple


class Outcome(NamedTuple):
    """What an outcome is called and which quarter of a run is its worst: the highest or the lowest."""

    id: str
    slug: str
    unit: str
    worst: str  # 'highest' or 'lowest'
    is_headline: bool


OUTCOMES = (
    Outcome("O01", "deterrence_in_asia", "0..1", "lowest", True),
    Outcome("O02", "deterrence_in_europe", "0..1", "lowest", True),
    Outcome("O03", "net_regional_security", "index -2..1", "lowest", True),
    Outcome("O04", "escalation_in_asia", "hazard index 0..1", "highest", True),
    Outcome("O05", "perceived_encirclement", "0..1", "highest", True),
    Outcome("O08", "polarisation", "0..1", "highest", True),
    Outcome("O10", "hedging_space", "0..1", "lowest", True),
    Outcome("O11", "unity_of_asean", "0..1", "lowest", True),
    Outcome("O12", "opposition_to_nato", "mean intensity 0..1", "highest", True),
    Outcome("O16", "growth_in_asia", "%/year", "lowest", True),
    Outcome("O17", "dependence_on_china", "0..1", "highest", True),
    Outcome("O20", "nato_cohesion", "0..1", "lowest", True),
    Outcome("O28", "resilience_to_shocks", "0..1", "lowest", True),
    Outcome("O06", "chinese_assertiveness", "0..1", "highest", False),
    Outcome("O09", "pressure_to_choose", "0..1", "highest", False),
    Outcome("O13", "nato_seen_as_greater_danger", "share of states 0..1", "highest", False),
    Outcome("O15", "approval_of_eu", "0..1", "lowest", False),
    Outcome("O19", "partner_target_risk", "0..1", "highest", False),
    Outcome("O21", "nato_credibility", "0..1", "lowest", False),
    Outcome("O22", "european_readiness", "0..1", "lowest", False),
    Outcome("O23", "us_resources_for_asia", "0..1", "lowest", False),
    Outcome("O26", "allied_industrial_base", "0..1", "lowest", False),
    Outcome("O27", "allied_interoperability", "0..1", "lowest", False),
    Outcome("O35", "trust_in_assurances", "0..1", "lowest", False),
    Outcome("O14", "balancing_coalition", "0..1", "lowest", False),
    Outcome("O18", "partner_net_benefit", "index -1..1", "lowest", False),
    Outcome("O24", "closeness_of_china_and_russia", "0..1", "highest", False),
    Outcome("O25", "ukraine_war_course", "0..1", "highest", False),
    Outcome("O29", "weight_of_bloc_narrative", "0..1", "highest", False),
    Outcome("O30", "chinese_influence_in_un", "0..1", "highest", False),
    Outcome("O31", "regional_autonomy", "0..1", "lowest", False),
    Outcome("O32", "us_control", "0..1", "highest", False),
    Outcome("O33", "island_climate_security", "0..1", "lowest", False),
)
N_OUTCOMES = len(OUTCOMES)

# Means over the horizon that are kept of every actor, in the order of their rows.
PROFILE = ("position.security", "position.economy", "position.technology", "position.diplomacy", "utility")
# O07, what China does in answer: the variable behind each of its moves.
COUNTER_MOVES = (
    ("CN01", "narrative"), ("CN02", "escalation"), ("CN03", "assertiveness"), ("CN04", "trade_pressure"),
    ("CN05", "china_russia"), ("CN06", "un_influence"), ("CN07", "rival_industry"), ("CN08", "crisis_taiwan"),
    ("CN09", "hybrid_pressure"), ("CN10", "partner_warnings"), ("CN11", "korea_pressure"),
)  # fmt: skip
# Kinds of probe, in the order of their numbers: an actor's field, a shared variable, the agreed level of an instrument, its
# level in force.
PROBE_KINDS = ("actor", "world", "agreed", "level")
