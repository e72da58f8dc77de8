"""What an actor and the world hold: the names, units and bounds of every variable, and its place in the arrays.

Arrays are field-per-row with the actor index innermost: `now[FIELD, actor]`, `world[FIELD]`.
*Adaptive* fields follow the normal form (`rules.motion.moved`): a resting level, pressures in logit points that are zero
in mid-2024, and a speed. The other fields are returned by rules of their own.
"""

import numpy as np

# Adaptive fields of an actor, unit 0..1 -----------------------------------------------------------------------------
ADAPTIVE_ACTOR_FIELDS = (
    "threat_cn",  # danger seen from China (0.8 and more: existential)
    "threat_ru",
    "threat_dprk",
    "threat_nato",  # danger seen from NATO's presence
    "bloc_pressure",  # pressure to take sides
    "target_risk",  # chance of becoming an object of coercion
    "trust_commit",  # belief that one would be defended
    "trust_assure",  # belief in NATO's promises of self-restraint
    "econ_cn",  # economic dependence on China
    "eu_tie",  # ties with the European Union
    "eu_approval",
    "resilience",
    "capability",  # usable military capability
    "engage_showy",  # engagement with NATO by format: summits, drills, office
    "engage_quiet",  # … tailored technical work
    "engage_industrial",  # … industry
    "nato_support",  # stance on NATO's role in Asia: 0 against, 0.5 indifferent, 1 for
    "backlash",  # intensity of opposition to NATO (non-partner Asian states; elsewhere a structural zero)
    "hedge",  # wish to keep ties with both powers
    "balancing",  # how far it works with others to limit coercion by China
    "defence_industry",
)
DOMAINS = ("security", "economy", "technology", "diplomacy")
OTHER_ACTOR_FIELDS = (
    "mood",  # domestic mood, 0 in mid-2024, about ±1
    "growth",  # %/year
    "economic_offer",  # what others offer this state, relative to mid-2024 (0)
    "technical_help",
    "eu_economy",  # … of it from the European Union
    "eu_security",  # arms, training and maritime help from the European Union, relative to mid-2024
    "industrial_work",  # joint production and upkeep aimed at it, a sum of levels
    "climate_help",
    "net_benefit",  # what partnership brings a state less what it costs, -1..1; read off, nothing answers to it
    "utility",  # how a state fares by its own lights, about 0..1; read off likewise
    *(f"us_tie_{domain}" for domain in DOMAINS),  # 0..1, Washington and its allies
    *(f"cn_tie_{domain}" for domain in DOMAINS),  # 0..1, Beijing
    *(f"posture_{domain}" for domain in DOMAINS),  # 0 with Beijing … 2 hedge … 4 with Washington
)
ACTOR_FIELDS = ADAPTIVE_ACTOR_FIELDS + OTHER_ACTOR_FIELDS

# Adaptive fields of the world, unit 0..1 ----------------------------------------------------------------------------
ADAPTIVE_WORLD_FIELDS = (
    "us_agenda",  # Washington's push for linking both regions
    "nato_agenda",  # push for an Asian role inside NATO
    "cohesion",  # unity of NATO
    "credibility",  # belief in NATO's commitments in Asia
    "encirclement",  # China's sense of being encircled
    "assertiveness",
    "narrative",  # resonance of Beijing's bloc story
    "china_russia",  # closeness
    "un_influence",  # Chinese influence in the UN
    "tension",
    "escalation",  # hazard of escalation in Asia
    "escalation_europe",
    "ukraine_war",  # intensity
    "european_capability",
    "us_in_asia",  # US resources for Asia
    "industry",  # allied industrial base
    "rival_industry",
    "interoperability",
    "deterrence_asia",
    "deterrence_europe",
    "us_pressure",  # Washington's pressure on others to take sides
    "trade_pressure",  # trade used as a lever by Beijing
    "hybrid_pressure",  # cyber and information attacks
    "partner_warnings",  # Beijing's warnings to partners
    "korea_pressure",  # help over Pyongyang withheld by Beijing
    "precedents",  # memory of partners left undefended
    "european_spending",
    "ukraine_support",  # support for Ukraine from outside Europe and the US
    "island_security",  # climate and development security of the Pacific Islands
)
# Signals are what instruments add up to, relative to mid-2024: 0 is the level of mid-2024, 1 everything at full.
SIGNALS = (
    "alarm",  # what Beijing sees: label, hardness, bloc signal, visibility
    "provocation",  # what the region sees
    "visibility",
    "hardness",
    "bloc_signal",
    "cooperation",  # joint capability with partners
    "rhetoric",
    "assurance",
    "discretion",
    "showy_offer",
    "quiet_offer",
    "industrial_offer",
    "industry_effort",
    "standards_effort",
    "us_shift",
    "home_build_up",
    "asian_drain",
    "eu_presence",  # European Union activity in the region
    "discipline",  # message discipline
    "un_effort",
    "asean_effort",
    "minilateral_effort",
    "climate_effort",
    "procurement_effort",
    "pledges",
    "crisis_support",
)
OTHER_WORLD_FIELDS = (
    *SIGNALS,
    "commitment",  # strongest hard commitment in force, 0..1
    "steps",  # memory stock of NATO steps in Asia, relative to mid-2024 (0)
    "refused_share",  # proposals now blocked, or in force against members' will, relative to all proposed
    "agreed_share",  # proposals agreed to by willing members, relative to all proposed
    "crisis_taiwan",  # intensity of a crisis, 0..1, fading
    "crisis_scs",
    "crisis_ecs",
    "crisis_korea",
    "crisis_europe",
    "crises",  # number of crises in Asia so far
    "stray_statements",  # talk of membership by former officials, 0..1
    "pledge_stock",  # common pledges that have become minimums, relative to mid-2024 (0)
    "projection",  # share of European forces and stocks that can act in Asia, 0..1
    "intervention",  # chance that NATO would act as an alliance in an Asian crisis
    "eu_delivery",  # share of the EU's usual delivery that it keeps to (1; only events move it)
)
WORLD_FIELDS = ADAPTIVE_WORLD_FIELDS + OTHER_WORLD_FIELDS
READ_OFF = ("net_benefit", "utility")  # fields of an actor that nothing answers to: no event can change them
FLASHPOINTS = ("taiwan", "scs", "ecs", "korea", "europe")

N_ADAPTIVE_ACTOR = len(ADAPTIVE_ACTOR_FIELDS)
N_ADAPTIVE_WORLD = len(ADAPTIVE_WORLD_FIELDS)

# Pressures that move no field by themselves but enter the choice of a posture.
CHOICE_PRESSURES = (*(f"pull_{domain}" for domain in DOMAINS), "hedge_value")
PRESSURES = ADAPTIVE_ACTOR_FIELDS + CHOICE_PRESSURES


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name)


(
    THREAT_CN, THREAT_RU, THREAT_DPRK, THREAT_NATO, BLOC_PRESSURE, TARGET_RISK, TRUST_COMMIT, TRUST_ASSURE, ECON_CN,
    EU_TIE, EU_APPROVAL, RESILIENCE, CAPABILITY, ENGAGE_SHOWY, ENGAGE_QUIET, ENGAGE_INDUSTRIAL, NATO_SUPPORT, BACKLASH,
    HEDGE, BALANCING, DEFENCE_INDUSTRY,
    MOOD, GROWTH, ECONOMIC_OFFER, TECHNICAL_HELP, EU_ECONOMY, EU_SECURITY, INDUSTRIAL_WORK, CLIMATE_HELP, NET_BENEFIT,
    UTILITY,
) = range(N_ADAPTIVE_ACTOR + 10)  # fmt: skip
US_TIE = _place(ACTOR_FIELDS, "us_tie_security")
CN_TIE = _place(ACTOR_FIELDS, "cn_tie_security")
POSTURE = _place(ACTOR_FIELDS, "posture_security")
PULL = len(ADAPTIVE_ACTOR_FIELDS)
HEDGE_VALUE = PULL + len(DOMAINS)

(
    US_AGENDA, NATO_AGENDA, COHESION, CREDIBILITY, ENCIRCLEMENT, ASSERTIVENESS, NARRATIVE, CHINA_RUSSIA, UN_INFLUENCE,
    TENSION, ESCALATION, ESCALATION_EUROPE, UKRAINE_WAR, EUROPEAN_CAPABILITY, US_IN_ASIA, INDUSTRY, RIVAL_INDUSTRY,
    INTEROPERABILITY, DETERRENCE_ASIA, DETERRENCE_EUROPE, US_PRESSURE, TRADE_PRESSURE, HYBRID_PRESSURE,
    PARTNER_WARNINGS, KOREA_PRESSURE, PRECEDENTS, EUROPEAN_SPENDING, UKRAINE_SUPPORT, ISLAND_SECURITY,
    ALARM, PROVOCATION, VISIBILITY, HARDNESS, BLOC_SIGNAL, COOPERATION, RHETORIC, ASSURANCE, DISCRETION, SHOWY_OFFER,
    QUIET_OFFER, INDUSTRIAL_OFFER, INDUSTRY_EFFORT, STANDARDS_EFFORT, US_SHIFT, HOME_BUILD_UP, ASIAN_DRAIN, EU_PRESENCE,
    DISCIPLINE, UN_EFFORT, ASEAN_EFFORT, MINILATERAL_EFFORT, CLIMATE_EFFORT, PROCUREMENT_EFFORT, PLEDGES,
    CRISIS_SUPPORT,
    COMMITMENT, STEPS, REFUSED_SHARE, AGREED_SHARE, CRISIS_TAIWAN, CRISIS_SCS, CRISIS_ECS, CRISIS_KOREA, CRISIS_EUROPE,
    CRISES, STRAY_STATEMENTS, PLEDGE_STOCK, PROJECTION, INTERVENTION, EU_DELIVERY,
) = range(len(WORLD_FIELDS))  # fmt: skip

# Fixed attributes of an actor (per member and worldview) beside its resting levels ----------------------------------
ATTRIBUTES = (
    "us_rest_security", "us_rest_economy", "us_rest_technology", "us_rest_diplomacy",
    "cn_rest_security", "cn_rest_economy", "cn_rest_technology", "cn_rest_diplomacy",
    "growth_rest", "domestic_swing", "vital_asia", "proximity_europe", "proximity_taiwan", "proximity_scs",
    "proximity_ecs", "proximity_korea", "bloc_aversion", "growth_priority", "colonial", "nonalign", "autonomy",
    "democratic_identity", "dprk_need", "minilateral",
)  # fmt: skip
(
    US_REST, _1, _2, _3, CN_REST, _5, _6, _7, GROWTH_REST, DOMESTIC_SWING, VITAL_ASIA, PROXIMITY_EUROPE,
    PROXIMITY_TAIWAN, PROXIMITY_SCS, PROXIMITY_ECS, PROXIMITY_KOREA, BLOC_AVERSION, GROWTH_PRIORITY, COLONIAL, NONALIGN,
    AUTONOMY, DEMOCRATIC_IDENTITY, DPRK_NEED, MINILATERAL,
) = range(len(ATTRIBUTES))  # fmt: skip

# Groups of actors, as rows of 0/1 ----------------------------------------------------------------------------------
GROUPS = ("nato", "eu", "asean", "partners", "asian_states", "non_partners", "choosers", "beijing")
NATO, EU, ASEAN, PARTNERS, ASIAN_STATES, NON_PARTNERS, CHOOSERS, BEIJING = range(len(GROUPS))

# Circles of neighbours: states that look at one another.
N_CIRCLES = 3
# Whose role must be welcome for an offer to be taken up: NATO's, European states', the EU's, that of small formats, or
# nobody's. What is offered to states, in the order of their fields from `economic_offer`.
SPONSORS = ("NATO", "national", "EU", "small formats", "other")
OFFERS = OTHER_ACTOR_FIELDS[2:8]
N_OFFERS = len(OFFERS)
(
    ECONOMIC, TECHNICAL, FROM_EU, EU_ARMS, INDUSTRIAL, CLIMATE,
) = range(N_OFFERS)  # fmt: skip

POSTURES = ("with Beijing", "lean to Beijing", "hedge", "lean to Washington", "with Washington")

# Instruments: dials (0..1 but the lead time), what they carry, whose flag they fly, who decides ------------------------
DIALS = (
    "visibility", "hardness", "deterrence_asia", "economic_benefit", "resilience", "cost_to_european_deterrence",
    "bloc_signal", "delivery", "commitment", "lead_time_months",
)  # fmt: skip
(
    VISIBILITY_DIAL, HARDNESS_DIAL, DETERRENCE_DIAL, ECONOMIC_DIAL, RESILIENCE_DIAL, EUROPEAN_COST_DIAL, BLOC_DIAL,
    DELIVERY_DIAL, COMMITMENT_DIAL, LEAD_TIME_DIAL,
) = range(len(DIALS))  # fmt: skip
CARRIES = (
    "rhetoric", "assurance", "discretion", "showy_offer", "quiet_offer", "industrial_offer", "industry", "standards",
    "us_shift", "home_build_up", "asian_drain", "partnership", "technical", "eu_economy", "eu_presence", "pool",
    "discipline", "un_coalition", "asean", "minilateral", "climate", "procurement", "pledge", "crisis_support",
    "eu_security", "asian_pact", "european_forces",
)  # fmt: skip
(
    RHETORIC_CARRY, ASSURANCE_CARRY, DISCRETION_CARRY, SHOWY_CARRY, QUIET_CARRY, INDUSTRIAL_CARRY, INDUSTRY_CARRY,
    STANDARDS_CARRY, US_SHIFT_CARRY, HOME_CARRY, DRAIN_CARRY, PARTNERSHIP_CARRY, TECHNICAL_CARRY, EU_ECONOMY_CARRY,
    EU_PRESENCE_CARRY, POOL_CARRY, DISCIPLINE_CARRY, UN_CARRY, ASEAN_CARRY, MINILATERAL_CARRY, CLIMATE_CARRY,
    PROCUREMENT_CARRY, PLEDGE_CARRY, CRISIS_SUPPORT_CARRY, EU_SECURITY_CARRY, PACT_CARRY, FORCES_CARRY,
) = range(len(CARRIES))  # fmt: skip
BRANDS = ("NATO", "national", "US", "US_bloc", "minilateral", "coalition", "EU", "other")
(
    NATO_BRAND,
    NATIONAL_BRAND,
    US_BRAND,
    US_BLOC_BRAND,
    MINILATERAL_BRAND,
    COALITION_BRAND,
    EU_BRAND,
    OTHER_BRAND,
) = range(8)
DECISIONS = ("none", "nato_consensus", "eu_unanimity", "eu_majority", "asean_consensus")
NO_VOTE, NATO_CONSENSUS, EU_UNANIMITY, EU_MAJORITY, ASEAN_CONSENSUS = range(len(DECISIONS))

# Sums over instruments that signals are made of: with no discretion (open) and with full discretion (hidden) where it
# matters.
TOTALS = (
    "alarm_open", "alarm_hidden", "provocation_open", "provocation_hidden", "visibility_open", "visibility_hidden",
    "bloc_open", "bloc_hidden", "hardness", "cooperation", "forces", "rhetoric", "assurance", "discretion", "showy_offer",
    "quiet_offer", "industrial_offer", "industry", "standards", "us_shift", "home_build_up", "asian_drain", "eu_presence",
    "discipline", "un_effort", "asean_effort", "minilateral_effort", "climate_effort", "procurement_effort", "pledges",
    "crisis_support",
)  # fmt: skip
(
    ALARM_OPEN, ALARM_HIDDEN, PROVOCATION_OPEN, PROVOCATION_HIDDEN, VISIBILITY_OPEN, VISIBILITY_HIDDEN, BLOC_OPEN,
    BLOC_HIDDEN, HARDNESS_TOTAL, COOPERATION_TOTAL, FORCES_TOTAL, RHETORIC_TOTAL, ASSURANCE_TOTAL, DISCRETION_TOTAL,
    SHOWY_TOTAL, QUIET_TOTAL, INDUSTRIAL_TOTAL, INDUSTRY_TOTAL, STANDARDS_TOTAL, US_SHIFT_TOTAL, HOME_TOTAL, DRAIN_TOTAL,
    EU_TOTAL, DISCIPLINE_TOTAL, UN_TOTAL, ASEAN_TOTAL, MINILATERAL_TOTAL, CLIMATE_TOTAL, PROCUREMENT_TOTAL, PLEDGE_TOTAL,
    CRISIS_SUPPORT_TOTAL,
) = range(len(TOTALS))  # fmt: skip

# Speeds: 0 fast, 1 medium, 2 slow (parameters speed_fast, speed_medium, speed_slow) -----------------------------------
_FAST = {"bloc_pressure", "target_risk", "backlash", "engage_showy", "engage_quiet", "engage_industrial",
         "encirclement", "credibility", "trade_pressure", "hybrid_pressure", "partner_warnings",
         "korea_pressure"}  # fmt: skip
_SLOW = {"econ_cn", "eu_tie", "resilience", "capability", "european_capability", "us_in_asia", "industry",
         "rival_industry", "interoperability", "china_russia", "un_influence", "ukraine_war", "defence_industry",
         "european_spending", "ukraine_support", "island_security"}  # fmt: skip


def _speeds(names: tuple[str, ...]) -> np.ndarray:
    return np.array([0 if name in _FAST else 2 if name in _SLOW else 1 for name in names])


ACTOR_SPEED = _speeds(ADAPTIVE_ACTOR_FIELDS)
WORLD_SPEED = _speeds(ADAPTIVE_WORLD_FIELDS)

_UNBOUNDED = {"mood", "growth", "economic_offer", "technical_help", "eu_economy", "eu_security", "industrial_work",
              "climate_help", "net_benefit", "utility"}  # fmt: skip


def _bounds(names: tuple[str, ...], unbounded: set[str], lower: float) -> tuple[np.ndarray, np.ndarray]:
    low = np.array([-np.inf if name in unbounded else lower for name in names])
    high = np.array([np.inf if name in unbounded else 1.0 for name in names])
    return low, high


ACTOR_LOWER, ACTOR_UPPER = _bounds(ACTOR_FIELDS, _UNBOUNDED, 0.0)
ACTOR_UPPER[POSTURE : POSTURE + len(DOMAINS)] = 4.0
WORLD_LOWER, WORLD_UPPER = _bounds(WORLD_FIELDS, {*SIGNALS, "steps", "crises", "pledge_stock"}, 0.0)
