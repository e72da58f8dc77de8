"""Every coefficient of the theory by name: unit, bounds, meaning. Its value, interval and source live in seeds/.

A parameter's place in `PARAMETERS` is its place in the array `parameter`; `theory` code uses the constants below.
Canonical effects of mechanisms are not here: they are tiers (weak, medium, strong) in seeds/mechanisms.yaml.
"""

from typing import NamedTuple


class Parameter(NamedTuple):
    """One coefficient: the seeds must give it a value inside [lower, upper]."""

    name: str
    unit: str
    lower: float
    upper: float
    meaning: str


PARAMETERS = (
    # motion
    Parameter("speed_fast", "share of distance per quarter", 0.05, 1, "Speed of signals' first readers: Beijing's sense of encirclement, pressure to choose, engagement"),
    Parameter("speed_medium", "share of distance per quarter", 0.02, 1, "Speed of perceptions, stances, hazards and deterrence"),
    Parameter("speed_slow", "share of distance per quarter", 0.005, 1, "Speed of capability, industry, dependence"),
    Parameter("tie_speed", "share of distance per quarter", 0.01, 1, "Speed at which ties follow a posture"),
    Parameter("state_step", "0..1", 0.05, 0.6, "One reference step of a state variable, from mid-2024 to the strongest scenario"),
    Parameter("cooperation_step", "relative", 0.1, 2, "One reference step of joint capability with partners"),
    # moods
    Parameter("turnover", "chance per quarter at full swing", 0, 0.25, "Chance that a government changes in a country that domestic politics swing fully"),
    Parameter("mood_persistence", "share kept per quarter", 0, 0.999, "How long a mood lasts"),
    Parameter("mood_shock", "mood per quarter", 0, 1, "Size of ordinary jolts of mood at full swing"),
    Parameter("stray_level", "0..1", 0, 1, "How much membership for Asian states is usually talked about off message"),
    Parameter("stray_persistence", "share kept per quarter", 0, 0.999, "How long such talk lasts"),
    Parameter("stray_shock", "0..1 per quarter", 0, 0.5, "Size of its jolts"),
    # decisions
    Parameter("readiness", "logit points", 0, 15, "A ready ally's margin for agreeing to a costless proposal"),
    Parameter("support_weight", "logit points", 0, 10, "How far a member's stance and NATO's cohesion move its margin"),
    Parameter("cost_weight", "logit points", 0, 60, "How far the full cost of a proposal lowers the margin"),
    Parameter("political_weight", "share", 0, 1, "Weight of quarrel with Beijing in a proposal's cost"),
    Parameter("mood_weight", "logit points", 0, 5, "How far domestic moods move a member's margin"),
    Parameter("mission_burden", "0..1", 0, 1, "What acting in Asia asks of members in arms where nothing binds them"),
    Parameter("majority_threshold", "share", 0.5, 1, "Share of agreement at which the EU's majority forms"),
    Parameter("majority_width", "share", 0.01, 0.5, "How sharp that threshold is"),
    Parameter("contested_weight", "logit points", 0, 3, "Cohesion lost when every proposal is blocked, or forced on unwilling members"),
    Parameter("agreement_weight", "logit points", 0, 3, "Cohesion won when every proposal is agreed to by all"),
    # delivery
    Parameter("cut_quarters", "quarters", 1, 8, "Time a cut takes"),
    Parameter("european_pool", "levels", 0.1, 6, "Sum of European increases that money, stocks and attention can sustain"),
    Parameter("home_need", "0..1", 0.1, 1, "European capability that home defence needs"),
    Parameter("land_share", "share", 0, 1, "Share of the build-up at home that is of no use at sea and in the air"),
    Parameter("heterogeneity", "0..1", 0, 1, "How unlike one another the region's states are"),
    # signals
    Parameter("blocked_signal", "share", 0, 1, "Share of a blocked proposal that still signals"),
    Parameter("discretion_reach", "share", 0, 1, "Share of visible activity that full discretion hides"),
    Parameter("home_visibility", "share", 0, 1, "Share of a build-up at home that counts as activity in Asia"),
    Parameter("relative_gain", "ratio", 0.1, 3, "Scale of relative sums over instruments"),
    Parameter("label_steepness", "per unit of effect", 0, 12, "How fast alarm falls with a flag's distance from NATO's"),
    Parameter("label_distance_us", "0..1", -0.5, 1, "Distance of the US flag from NATO's"),
    Parameter("label_distance_us_bloc", "0..1", -0.5, 1, "Distance of a US-led bloc's flag from NATO's"),
    Parameter("label_distance_national", "0..1", -0.5, 1, "Distance of European national flags from NATO's"),
    Parameter("label_distance_minilateral", "0..1", -0.5, 1, "Distance of minilateral formats from NATO's label"),
    Parameter("label_distance_coalition", "0..1", -0.5, 1, "Distance of issue coalitions from NATO's label"),
    Parameter("label_distance_eu", "0..1", -0.5, 1.5, "Distance of the EU's label from NATO's"),
    Parameter("step_intake", "share per quarter", 0, 0.5, "How much of today's activity enters the memory of steps"),
    Parameter("step_decay", "share per quarter", 0.005, 0.5, "How fast steps are forgotten"),
    Parameter("agenda_weight", "ratio", 0, 1, "How far a push for an Asian role makes everything louder, per reference step"),
    Parameter("pledge_intake", "share per quarter", 0, 0.5, "How fast common pledges become minimums"),
    # strength
    Parameter("commitment_link", "logit points", 0, 8, "Belief gained as the strongest commitment goes from none to a treaty guarantee"),
    Parameter("us_deterrence_link", "logit points", 0, 3, "Deterrence in Asia from US resources, per reference step"),
    Parameter("war_deterrence_link", "logit points", 0, 3, "Deterrence in Europe worn down by war there, per reference step"),
    Parameter("build_up_link", "logit points", 0, 4, "European capability from the build-up at home"),
    Parameter("war_drain_link", "logit points", 0, 3, "European capability drained by war, per reference step"),
    Parameter("shift_link", "logit points", 0, 5, "US resources in Asia from a decided shift"),
    Parameter("spending_link", "logit points", 0, 3, "European capability from spending, per reference step"),
    Parameter("asian_support_link", "logit points", 0, 3, "European capability spared by others' support for Ukraine, per reference step"),
    Parameter("return_link", "logit points", 0, 3, "US resources drawn back from Asia by escalation in Europe, per reference step"),
    Parameter("cohesion_deterrence_link", "logit points", 0, 3, "Deterrence in Europe from NATO's cohesion, per reference step"),
    Parameter("capability_deterrence_link", "logit points", 0, 3, "Deterrence in Asia from its states' own capability, per reference step"),
    # Beijing
    Parameter("lash_out_mark", "0..1", 0.5, 1, "Encirclement at which Beijing feels cornered"),
    Parameter("lash_out_width", "0..1", 0.01, 0.5, "How sharp that mark is"),
    Parameter("escalation_encirclement_link", "logit points", 0, 2, "Encirclement from escalation, per reference step"),
    Parameter("deterrence_escalation_link", "logit points", 0, 3, "Escalation prevented by deterrence, per reference step"),
    Parameter("deterrence_conduct_link", "logit points", 0, 3, "Assertive conduct prevented by deterrence, per reference step"),
    Parameter("arming_link", "logit points", 0, 3, "Rivals' arms industry driven by China's sense of encirclement, per reference step"),
    Parameter("countermove_link", "logit points", 0, 3, "Beijing's pressure on others from its sense of encirclement, per reference step"),
    Parameter("conduct_link", "logit points", 0, 3, "Beijing's pressure on others from its assertiveness, per reference step"),
    Parameter("us_pressure_link", "logit points", 0, 3, "Washington's pressure to take sides from its agenda, per reference step"),
    Parameter("precedent_link", "logit points", 0, 5, "Memory of undefended partners from a full crisis in which NATO stands aside"),
    Parameter("climate_link", "logit points", 0, 5, "Security of the islands from climate help"),
    # perception
    Parameter("bloc_link", "logit points", 0, 4, "Pressure to choose from bloc signals"),
    Parameter("tension_bloc_link", "logit points", 0, 3, "Pressure to choose from tension in the region, per reference step"),
    Parameter("relief_link", "logit points", 0, 3, "Relief from having to choose by economic offers"),
    Parameter("trust_link", "logit points", 0, 3, "Trust in protection from NATO's credibility, per reference step"),
    Parameter("assurance_weight", "logit points", 0, 3, "Trust gained by full assurances that are wholly believed"),
    Parameter("assurance_threat_link", "logit points", 0, 3, "Danger seen from NATO eased by trust in its assurances, per reference step"),
    Parameter("crisis_threat_link", "logit points", 0, 5, "Danger seen from China by a state at the scene of a full crisis"),
    Parameter("warning_link", "logit points", 0, 3, "Partners' target risk from Beijing's warnings, per reference step"),
    Parameter("hybrid_link", "logit points", 0, 3, "Target risk, and resilience lost, from hybrid pressure, per reference step"),
    # engagement
    Parameter("offer_link", "logit points", 0, 5, "Engagement made possible by what is offered"),
    # alignment
    Parameter("existential_mark", "0..1", 0.5, 1, "Danger from China that counts as existential"),
    Parameter("existential_width", "0..1", 0.005, 0.3, "How sharp that mark is"),
    Parameter("hedging_link", "logit points", 0, 5, "Worth of the middle from the wish to keep both ties, per reference step"),
    Parameter("protection_pull_link", "logit points", 0, 3, "Pull to Washington in security from trust in protection, per reference step"),
    Parameter("balancing_threat_link", "logit points", 0, 3, "Common action against coercion from danger seen from China, per reference step"),
    Parameter("balancing_eu_link", "logit points", 0, 3, "Common action against coercion from ties with the EU, per reference step"),
    Parameter("threat_pull_link", "logit points", 0, 3, "Pull to Washington in security from danger seen, per reference step"),
    Parameter("dependence_pull_link", "logit points", 0, 3, "Pull to Beijing in the economy from dependence, per reference step"),
    Parameter("backlash_pull_link", "logit points", 0, 2, "Pull to Beijing in diplomacy from backlash (small: rejecting NATO is no tilt), per reference step"),
    Parameter("neighbour_link", "logit points", 0, 3, "Pull of the neighbours' mean position, per reference step"),
    Parameter("stance_backlash_link", "logit points", 0, 3, "Support for NATO's role lost to backlash, per reference step"),
    Parameter("stance_threat_link", "logit points", 0, 3, "Support for NATO's role from danger seen from China, per reference step"),
    Parameter("lean_scale", "0..1", 0.05, 1, "Difference of resting ties at which a state leans fully to one side"),
    Parameter("posture_spread", "0..1", 0.05, 1, "How far from its resting ties a state will look for a posture"),
    Parameter("reconsider", "chance per quarter", 0, 1, "Chance that a state reconsiders its posture in a domain"),
    # living
    Parameter("growth_unit", "percentage points", 0, 3, "Growth per logit point of pressure"),
    Parameter("offer_growth_link", "logit points", 0, 4, "Growth from economic offers"),
    Parameter("crisis_growth_link", "logit points", 0, 20, "Growth lost at the scene of a full crisis"),
    Parameter("coercion_growth_link", "logit points", 0, 5, "Growth lost to trade used as a lever, at full dependence"),
    Parameter("eu_presence_link", "logit points", 0, 3, "Ties with the EU, and approval of it, from its presence"),
    # crises
    Parameter("escalation_tension_link", "logit points", 0, 3, "Tension from the hazard of escalation, per reference step"),
    Parameter("crisis_tension_link", "logit points", 0, 6, "Tension from a full crisis"),
    Parameter("crisis_escalation_link", "logit points", 0, 6, "Aftermath: hazard from a full crisis"),
    Parameter("crisis_base_taiwan", "chance per quarter", 0, 0.2, "Chance of a crisis over Taiwan in mid-2024"),
    Parameter("crisis_base_scs", "chance per quarter", 0, 0.2, "Chance of a crisis in the South China Sea in mid-2024"),
    Parameter("crisis_base_ecs", "chance per quarter", 0, 0.2, "Chance of a crisis in the East China Sea in mid-2024"),
    Parameter("crisis_base_korea", "chance per quarter", 0, 0.2, "Chance of a crisis in Korea in mid-2024"),
    Parameter("crisis_base_europe", "chance per quarter", 0, 0.2, "Chance of a crisis between Russia and NATO in mid-2024"),
    Parameter("crisis_sensitivity", "per logit point", 0, 3, "How the chance of a crisis grows with the hazard"),
    Parameter("crisis_most", "chance per quarter", 0, 1, "Largest chance of a crisis at one flashpoint"),
    Parameter("crisis_least_severity", "0..1", 0, 1, "Severity of the mildest crisis that counts"),
    Parameter("crisis_persistence", "share kept per quarter", 0, 0.99, "How slowly a crisis fades"),
)  # fmt: skip

PARAMETER_NAMES = tuple(parameter.name for parameter in PARAMETERS)
N_PARAMETERS = len(PARAMETERS)

(
    SPEED_FAST, SPEED_MEDIUM, SPEED_SLOW, TIE_SPEED, STATE_STEP, COOPERATION_STEP, TURNOVER, MOOD_PERSISTENCE,
    MOOD_SHOCK, STRAY_LEVEL, STRAY_PERSISTENCE, STRAY_SHOCK, READINESS, SUPPORT_WEIGHT, COST_WEIGHT,
    POLITICAL_WEIGHT, MOOD_WEIGHT, MISSION_BURDEN, MAJORITY_THRESHOLD, MAJORITY_WIDTH, CONTESTED_WEIGHT,
    AGREEMENT_WEIGHT, CUT_QUARTERS, EUROPEAN_POOL, HOME_NEED, LAND_SHARE, HETEROGENEITY, BLOCKED_SIGNAL,
    DISCRETION_REACH, HOME_VISIBILITY, RELATIVE_GAIN, LABEL_STEEPNESS, LABEL_DISTANCE_US,
    LABEL_DISTANCE_US_BLOC, LABEL_DISTANCE_NATIONAL, LABEL_DISTANCE_MINILATERAL, LABEL_DISTANCE_COALITION,
    LABEL_DISTANCE_EU, STEP_INTAKE, STEP_DECAY, AGENDA_WEIGHT, PLEDGE_INTAKE, COMMITMENT_LINK,
    US_DETERRENCE_LINK, WAR_DETERRENCE_LINK, BUILD_UP_LINK, WAR_DRAIN_LINK, SHIFT_LINK, SPENDING_LINK,
    ASIAN_SUPPORT_LINK, RETURN_LINK, COHESION_DETERRENCE_LINK, CAPABILITY_DETERRENCE_LINK, LASH_OUT_MARK,
    LASH_OUT_WIDTH, ESCALATION_ENCIRCLEMENT_LINK, DETERRENCE_ESCALATION_LINK, DETERRENCE_CONDUCT_LINK,
    ARMING_LINK, COUNTERMOVE_LINK, CONDUCT_LINK, US_PRESSURE_LINK, PRECEDENT_LINK, CLIMATE_LINK, BLOC_LINK,
    TENSION_BLOC_LINK, RELIEF_LINK, TRUST_LINK, ASSURANCE_WEIGHT, ASSURANCE_THREAT_LINK, CRISIS_THREAT_LINK,
    WARNING_LINK, HYBRID_LINK, OFFER_LINK, EXISTENTIAL_MARK, EXISTENTIAL_WIDTH, HEDGING_LINK,
    PROTECTION_PULL_LINK, BALANCING_THREAT_LINK, BALANCING_EU_LINK, THREAT_PULL_LINK, DEPENDENCE_PULL_LINK,
    BACKLASH_PULL_LINK, NEIGHBOUR_LINK, STANCE_BACKLASH_LINK, STANCE_THREAT_LINK, LEAN_SCALE, POSTURE_SPREAD,
    RECONSIDER, GROWTH_UNIT, OFFER_GROWTH_LINK, CRISIS_GROWTH_LINK, COERCION_GROWTH_LINK, EU_PRESENCE_LINK,
    ESCALATION_TENSION_LINK, CRISIS_TENSION_LINK, CRISIS_ESCALATION_LINK, CRISIS_BASE_TAIWAN, CRISIS_BASE_SCS,
    CRISIS_BASE_ECS, CRISIS_BASE_KOREA, CRISIS_BASE_EUROPE, CRISIS_SENSITIVITY, CRISIS_MOST,
    CRISIS_LEAST_SEVERITY, CRISIS_PERSISTENCE,
) = range(N_PARAMETERS)  # fmt: skip
