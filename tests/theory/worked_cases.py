"""Worked cases of every rule, their answers reckoned with a pencil from the rule's description and not by its code.

E1 and E2 are e and its square written out, SIGMA1 is 1 / (1 + 1/e).
"""

from __future__ import annotations

E1 = 2.718281828459045
E2 = 7.38905609893065
SIGMA1 = 0.7310585786300049  # 1 / (1 + e^-1)
SIGMA2 = 0.8807970779778823  # 1 / (1 + e^-2)
SIGMA3 = 0.9525741268224334  # 1 / (1 + e^-3)

# rule, what it is given, what it must return
CASES: list[tuple[str, dict[str, float], float]] = [
    # alignment: 0.4 + 0.16/2 = 0.48; times 1.5
    ("alignment.backlash_by_insistence", {"provocation": 0.4, "effect": 1.5}, 0.72),
    ("alignment.backlash_by_insistence", {"provocation": 0.0, "effect": 1.5}, 0.0),
    ("alignment.backlash_by_insistence", {"provocation": -1.0, "effect": 1.0}, -0.5),
    ("alignment.backlash_by_insistence", {"provocation": 1.0, "effect": -0.5}, -0.75),
    ("alignment.eu_acceptability", {"eu_presence": 0.5, "effect": 0.8}, -0.4),
    ("alignment.eu_acceptability", {"eu_presence": -0.25, "effect": 0.8}, 0.2),
    # a width beyond the mark; at the mark half of everything is gone; twenty widths below it nothing
    (
        "alignment.hedging_value",
        {"threat_cn": 0.80, "effect": 1.5, "existential_mark": 0.77, "width": 0.03},
        -3 * SIGMA1,
    ),
    ("alignment.hedging_value", {"threat_cn": 0.77, "effect": 1.5, "existential_mark": 0.77, "width": 0.03}, -1.5),
    (
        "alignment.hedging_value",
        {"threat_cn": 0.17, "effect": 1.5, "existential_mark": 0.77, "width": 0.03},
        -3 / (1 + E2**10),
    ),
    # two reference steps: 4/4; one: 1/4
    ("alignment.forced_choice", {"bloc_pressure": 0.5, "effect": 1.2, "step": 0.25}, 1.2),
    ("alignment.forced_choice", {"bloc_pressure": 0.25, "effect": 1.2, "step": 0.25}, 0.3),
    ("alignment.side_leaned_to", {"us_rest": 0.7, "cn_rest": 0.5, "scale": 0.5}, 0.4),
    ("alignment.side_leaned_to", {"us_rest": 0.9, "cn_rest": 0.1, "scale": 0.5}, 1.0),
    ("alignment.side_leaned_to", {"us_rest": 0.1, "cn_rest": 0.9, "scale": 0.5}, -1.0),
    ("alignment.demand_match", {"offer": 0.5, "priority": 0.8, "effect": 0.5}, 0.2),
    # the very posture of its resting ties: nothing but pull and the worth of hedging
    (
        "alignment.posture_weight",
        {"us_tie": 0.65, "cn_tie": 0.65, "us_rest": 0.65, "cn_rest": 0.65, "side": 0.0, "pull": 3.0, "hedge_value": 1.0,
         "spread": 0.2},
        E1,
    ),
    # a half-way posture: half the pull, half the worth of hedging (1 + 1/2 - 1/2 = 1), away by its spread: -(1 + 1)/2
    (
        "alignment.posture_weight",
        {"us_tie": 0.7, "cn_tie": 0.4, "us_rest": 0.5, "cn_rest": 0.6, "side": 0.5, "pull": 2.0, "hedge_value": 2.0,
         "spread": 0.2},
        E1,
    ),
    # with Beijing: the pull counts against, hedging for nothing
    (
        "alignment.posture_weight",
        {"us_tie": 0.15, "cn_tie": 0.85, "us_rest": 0.15, "cn_rest": 0.85, "side": -1.0, "pull": 2.0,
         "hedge_value": 5.0, "spread": 0.1},
        1 / E2,
    ),
    # a tenth of the way from 0.5 to 0.5 + (0.85 - 0.65) = 0.7; and up to 1 but not beyond
    ("alignment.tie", {"now": 0.5, "resting": 0.5, "chosen": 0.85, "chosen_at_rest": 0.65, "speed": 0.1}, 0.52),
    ("alignment.tie", {"now": 0.9, "resting": 0.9, "chosen": 0.85, "chosen_at_rest": 0.55, "speed": 0.5}, 0.95),
    ("alignment.tie", {"now": 0.1, "resting": 0.1, "chosen": 0.15, "chosen_at_rest": 0.65, "speed": 0.5}, 0.05),
    ("alignment.tie", {"now": 0.3, "resting": 0.3, "chosen": 0.6, "chosen_at_rest": 0.6, "speed": 0.5}, 0.3),
    # Beijing
    ("beijing.encirclement_by_presence", {"alarm": 0.6, "effect": 1.5}, 0.9),
    ("beijing.encirclement_by_us_forces", {"us_in_asia": 0.5, "effect": 0.4, "step": 0.25}, 0.8),
    ("beijing.suspicion", {"steps": 0.3, "effect": 0.5}, 0.15),
    ("beijing.lash_out", {"encirclement": 0.9, "effect": 1.5, "mark": 0.8, "width": 0.1}, 3 * SIGMA1),
    ("beijing.lash_out", {"encirclement": 0.7, "effect": 1.0, "mark": 0.8, "width": 0.1}, 2 * (1 - SIGMA1)),
    ("beijing.lash_out", {"encirclement": 0.8, "effect": 0.7, "mark": 0.8, "width": 0.1}, 0.7),
    ("beijing.common_opponent", {"encirclement": 0.5, "effect": 0.4, "step": 0.25}, 0.8),
    ("beijing.narrative_validated", {"visibility": 0.5, "effort": 0.8, "effect": 0.6}, 0.24),
    ("beijing.norm_contest", {"un_effort": 0.5, "effect": 0.6}, -0.3),
    ("beijing.sustained_war", {"china_russia": 0.5, "effect": 0.4, "step": 0.25}, 0.8),
    ("beijing.presence_as_cause", {"visibility": -0.5, "effect": 0.6}, -0.3),
    # crises: proportional hazard, e to the power ½ · 2; capped
    ("crises.crisis_chance", {"base": 0.01, "escalation_pressure": 2.0, "sensitivity": 0.5, "most": 0.3}, 0.01 * E1),
    ("crises.crisis_chance", {"base": 0.01, "escalation_pressure": 0.0, "sensitivity": 0.5, "most": 0.3}, 0.01),
    ("crises.crisis_chance", {"base": 0.1, "escalation_pressure": 4.0, "sensitivity": 0.5, "most": 0.3}, 0.3),
    # breaks out: at least 0.4, and half of the rest; fades; a milder one does not shorten one that goes on
    (
        "crises.crisis",
        {"now": 0.0, "luck": 0.01, "chance": 0.02, "severity_luck": 0.5, "least_severity": 0.4, "persistence": 0.8},
        0.7,
    ),
    (
        "crises.crisis",
        {"now": 0.5, "luck": 0.02, "chance": 0.02, "severity_luck": 0.5, "least_severity": 0.4, "persistence": 0.8},
        0.4,
    ),
    (
        "crises.crisis",
        {"now": 1.0, "luck": 0.0, "chance": 0.02, "severity_luck": 0.0, "least_severity": 0.4, "persistence": 0.8},
        0.8,
    ),
    # decisions: 0.5 · ((0.8 + 0.4)/2)³ = 0.5 · 0.216
    ("decisions.military_cost", {"increase": 0.5, "hardness": 0.8, "commitment": 0.4}, 0.108),
    ("decisions.military_cost", {"increase": 1.0, "hardness": 0.5, "commitment": 0.5}, 0.125),
    ("decisions.political_cost", {"increase": 0.5, "bloc_signal": 0.6, "weight": 0.2}, 0.06),
    (
        "decisions.will_deficit",
        {"dependence_on_china": 0.6, "war_in_europe": 0.3, "stake_in_asia": 0.4, "effect": 0.8},
        0.4,
    ),
    (
        "decisions.will_deficit",
        {"dependence_on_china": 0.6, "war_in_europe": 0.3, "stake_in_asia": 0.4, "effect": -0.8},
        0.0,
    ),
    # 5 + 2·(0.7 + 0.8 - 1) + 1 - 10·(0.2·1.5 + 0.1) = 5 + 1 + 1 - 4 = 3; less so in a sour mood
    (
        "decisions.agreement",
        {"support": 0.7, "unity": 0.8, "mood": 1.0, "military": 0.2, "political": 0.1, "deficit": 0.5, "readiness": 5.0,
         "support_weight": 2.0, "cost_weight": 10.0},
        SIGMA3,
    ),
    (
        "decisions.agreement",
        {"support": 0.7, "unity": 0.8, "mood": 0.0, "military": 0.2, "political": 0.1, "deficit": 0.5, "readiness": 5.0,
         "support_weight": 2.0, "cost_weight": 10.0},
        SIGMA2,
    ),
    # costless, and neither support nor unity out of the ordinary: readiness alone
    (
        "decisions.agreement",
        {"support": 0.5, "unity": 0.5, "mood": 0.0, "military": 0.0, "political": 0.0, "deficit": 1.0, "readiness": 3.0,
         "support_weight": 2.0, "cost_weight": 10.0},
        SIGMA3,
    ),
    # log of 0.5 twice, to the power 1, ½, 0 and less
    ("decisions.consensus", {"log_agreements": -2 * 0.6931471805599453, "effect": 1.0}, 0.25),
    ("decisions.consensus", {"log_agreements": -2 * 0.6931471805599453, "effect": 0.5}, 0.5),
    ("decisions.consensus", {"log_agreements": -2 * 0.6931471805599453, "effect": 0.0}, 1.0),
    ("decisions.consensus", {"log_agreements": -2 * 0.6931471805599453, "effect": -1.0}, 1.0),
    ("decisions.qualified_majority", {"mean_agreement": 0.75, "threshold": 0.65, "width": 0.05}, SIGMA2),
    ("decisions.qualified_majority", {"mean_agreement": 0.65, "threshold": 0.65, "width": 0.05}, 0.5),
    # helps most at 1: 1 - ½; twice as loud is no help at all
    ("decisions.unity_by_common_threat", {"rhetoric": 1.0, "effect": 0.8}, 0.4),
    ("decisions.unity_by_common_threat", {"rhetoric": 2.0, "effect": 0.8}, 0.0),
    ("decisions.unity_by_common_threat", {"rhetoric": -1.0, "effect": 0.8}, -1.2),
    # a quarter wanted, half refused: 0.25 · 0.4 - 0.5 · 0.6
    (
        "decisions.contested_votes",
        {"refused_share": 0.5, "agreed_share": 0.25, "contested_weight": 0.6, "agreement_weight": 0.4},
        -0.2,
    ),
    # 0.5 · (1 - 0.6)²; nothing under a full treaty, all of it without any
    ("decisions.mission_cost", {"burden": 0.5, "commitment": 0.6}, 0.08),
    ("decisions.mission_cost", {"burden": 0.5, "commitment": 1.0}, 0.0),
    ("decisions.mission_cost", {"burden": 0.5, "commitment": 0.0}, 0.5),
    # 1 - 0.5 · 0.6; strength beyond 1 counts as 1, below 0 as none
    ("decisions.treaty_cover", {"commitment": 0.4, "effect": 0.5}, 0.7),
    ("decisions.treaty_cover", {"commitment": 0.4, "effect": 1.3}, 0.4),
    ("decisions.treaty_cover", {"commitment": 0.4, "effect": -0.2}, 1.0),
    ("decisions.internal_weakness", {"strain": 0.5, "effect": 0.6}, -0.3),
    ("decisions.us_lead", {"us_agenda": 0.5, "effect": 0.4, "step": 0.25}, 0.8),
    # delivery
    ("delivery.eu_delivery", {"dependence_on_china": 0.4, "effect": 0.5}, 0.8),
    ("delivery.eu_delivery", {"dependence_on_china": 0.4, "effect": 1.7}, 0.6),
    ("delivery.eu_delivery", {"dependence_on_china": 0.4, "effect": -0.3}, 1.0),
    ("delivery.sustained_share", {"demand": 3.0, "pool": 1.5}, 0.5),
    ("delivery.sustained_share", {"demand": 1.5, "pool": 1.5}, 1.0),
    ("delivery.sustained_share", {"demand": 0.0, "pool": 1.5}, 1.0),
    ("delivery.goal", {"agreed": 0.9, "baseline": 0.5, "delivered_share": 0.5}, 0.7),
    ("delivery.goal", {"agreed": 0.1, "baseline": 0.5, "delivered_share": 0.5}, 0.1),
    # a quarter of the way in four quarters; a cut in two, or sooner; never more than all of the way
    ("delivery.level", {"now": 0.2, "heading_for": 0.6, "lead_quarters": 4.0, "cut_quarters": 2.0}, 0.3),
    ("delivery.level", {"now": 0.6, "heading_for": 0.2, "lead_quarters": 4.0, "cut_quarters": 2.0}, 0.4),
    ("delivery.level", {"now": 0.6, "heading_for": 0.2, "lead_quarters": 1.0, "cut_quarters": 2.0}, 0.2),
    ("delivery.level", {"now": 0.2, "heading_for": 0.6, "lead_quarters": 0.5, "cut_quarters": 2.0}, 0.6),
    # 1 - 0.5 · 0.8
    ("delivery.taken_up", {"welcome": 0.2}, 0.4),
    ("delivery.taken_up", {"welcome": 0.5}, 1.0),
    ("delivery.taken_up", {"welcome": 0.9}, 1.0),
    ("delivery.pact_feasibility", {"heterogeneity": 0.8, "effect": 0.5}, 0.6),
    ("delivery.pact_feasibility", {"heterogeneity": 0.8, "effect": 1.4}, 0.2),
    ("delivery.pact_feasibility", {"heterogeneity": 0.8, "effect": -0.4}, 1.0),
    # engagement
    # two steps of dependence, at half of a lever as it is, at a whole and a half pulled fully
    (
        "engagement.trade_restraint",
        {"dependence_on_china": 0.5, "trade_pressure": 0.5, "effect": 0.6, "step": 0.25},
        -1.2,
    ),
    (
        "engagement.trade_restraint",
        {"dependence_on_china": 0.5, "trade_pressure": 1.0, "effect": 0.6, "step": 0.25},
        -1.8,
    ),
    ("engagement.domestic_swings", {"mood": -0.5, "effect": 0.6}, -0.3),
    (
        "engagement.threat_drives",
        {"threat_cn": 0.7, "threat_ru": 0.5, "threat_dprk": 0.3, "effect": 0.6, "step": 0.25},
        1.2,
    ),
    # 2 steps, of which a need of 0.4
    (
        "engagement.double_bind",
        {"need_of_beijing": 0.4, "help_withheld": 0.5, "effect": 0.6, "step": 0.25},
        -0.48,
    ),
    ("engagement.independent_tradition", {"autonomy": 0.8, "bloc_pressure": 0.5, "effect": 0.6, "step": 0.25}, -0.96),
    ("engagement.shared_identity", {"democratic_identity": 0.8, "offer": 0.5, "effect": 0.6}, 0.24),
    # links
    ("links.link", {"level": 0.5, "weight": 0.6, "step": 0.25}, 1.2),
    ("links.bloc_pressure_by_signal", {"bloc_signal": 0.5, "aversion": 0.0, "weight": 1.2}, 0.3),
    ("links.bloc_pressure_by_signal", {"bloc_signal": 0.5, "aversion": 0.5, "weight": 1.2}, 0.6),
    ("links.relief_by_offers", {"offer": 0.5, "weight": 0.6}, -0.3),
    ("links.offered", {"offer": 0.5, "weight": 0.6}, 0.3),
    # living
    ("living.cost_of_confrontation", {"tension": 0.75, "tension_2024": 0.5, "effect": 0.6, "step": 0.25}, -0.6),
    ("living.cost_of_confrontation", {"tension": 0.5, "tension_2024": 0.5, "effect": 0.6, "step": 0.25}, 0.0),
    ("living.eu_counterweight", {"eu_economy": 0.5, "effect": 0.6}, -0.3),
    ("living.technical_resilience", {"technical_help": 0.5, "effect": 0.6}, 0.3),
    ("living.commercial_benefit", {"engagement": 0.5, "industrial_work": 1.2, "effect": 0.5}, 0.15),
    ("living.eu_defence_help", {"eu_security": 0.5, "effect": 0.6}, 0.3),
    # moods: 0.9 · 0.5 + 0.1 · 0.8 · 2; a new government (0.05 · 0.8 = 0.04) starts afresh with 0.8 · -0.5
    ("moods.government_changes", {"swing": 0.8, "luck": 0.041, "turnover": 0.05}, 0.0),
    ("moods.government_changes", {"swing": 0.8, "luck": 0.039, "turnover": 0.05}, 1.0),
    (
        "moods.mood",
        {
            "now": 0.5,
            "swing": 0.8,
            "is_new_government": 0.0,
            "its_luck": -0.5,
            "luck": 2.0,
            "persistence": 0.9,
            "shock": 0.1,
        },
        0.61,
    ),
    (
        "moods.mood",
        {
            "now": 0.5,
            "swing": 0.8,
            "is_new_government": 1.0,
            "its_luck": -0.5,
            "luck": 2.0,
            "persistence": 0.9,
            "shock": 0.1,
        },
        -0.4,
    ),
    # usual 0.4 · (1 - 0.25) = 0.3; 0.3 + 0.5 · (0.7 - 0.3) + 0.1 · -2; at rest it stays; never below none nor above all
    (
        "moods.stray_statements",
        {"now": 0.7, "level": 0.4, "discipline": 0.25, "luck": -2.0, "persistence": 0.5, "shock": 0.1},
        0.3,
    ),
    (
        "moods.stray_statements",
        {"now": 0.4, "level": 0.4, "discipline": 0.0, "luck": 0.0, "persistence": 0.7, "shock": 0.1},
        0.4,
    ),
    (
        "moods.stray_statements",
        {"now": 0.4, "level": 0.4, "discipline": -1.0, "luck": -9.0, "persistence": 0.5, "shock": 0.1},
        0.0,
    ),
    (
        "moods.stray_statements",
        {"now": 0.4, "level": 0.4, "discipline": 2.0, "luck": 9.0, "persistence": 0.5, "shock": 0.1},
        1.0,
    ),
    # motion: a quarter of the way to 1/(1 + e^-2); at rest it stays; unbounded ones by plain addition
    ("motion.moved", {"own": 0.5, "resting_logit": 0.5, "pressure": 1.5, "speed": 0.25}, 0.5 + 0.25 * (SIGMA2 - 0.5)),
    ("motion.moved", {"own": SIGMA1, "resting_logit": 1.0, "pressure": 0.0, "speed": 0.7}, SIGMA1),
    ("motion.moved", {"own": 0.1, "resting_logit": 0.0, "pressure": 0.0, "speed": 1.0}, 0.5),
    ("motion.moved_linearly", {"own": 4.0, "resting": 5.0, "pressure": -2.0, "speed": 0.25}, 3.75),
    # opinion
    ("opinion.colonial_memory", {"colonial": 0.8, "provocation": 0.5, "effect": 0.6}, 0.24),
    ("opinion.militarism_aversion", {"hardness": 0.5, "effect": 0.6}, 0.3),
    ("opinion.nonalignment_norm", {"nonalignment": 0.8, "bloc_signal": -0.5, "effect": 0.6}, -0.24),
    # two steps of hazard, times ½ + 0.7
    ("opinion.crossfire_fear", {"escalation": 0.5, "threat_cn": 0.7, "effect": 0.5, "step": 0.25}, 1.2),
    ("opinion.lost_balancers", {"backlash": 0.5, "effect": 0.4, "step": 0.25}, -0.8),
    # a stance of 0.6 is 0.8 of the way from -1 to 1; nothing where it is -1
    ("opinion.flexible_formats", {"minilateral_effort": 0.5, "minilateral_stance": 0.6, "effect": 0.6}, 0.24),
    ("opinion.flexible_formats", {"minilateral_effort": 0.5, "minilateral_stance": -1.0, "effect": 0.6}, 0.0),
    ("opinion.asean_channel", {"asean_effort": 0.5, "effect": 0.6}, 0.3),
    ("opinion.climate_goodwill", {"climate_help": 0.5, "effect": 0.6}, 0.3),
    # perception
    ("perception.threat_by_conduct", {"assertiveness": 0.5, "effect": 0.6, "step": 0.25}, 1.2),
    ("perception.threat_inversion", {"visibility": 0.5, "narrative": 0.25, "effect": 0.6, "step": 0.25}, 0.9),
    # (0.3 + 0.7)/2 / 0.25 = 2 steps, of which 1 - 0.4 uncovered
    (
        "perception.target_risk_of_siding",
        {"bloc_pressure": 0.3, "engagement": 0.7, "credibility": 0.4, "effect": 0.5, "step": 0.25},
        0.6,
    ),
    # deeds 0.5·(1 + 0.2) = 0.6 leave 0.4 believable: 0.8·1·0.4 - 0.5·0.2
    (
        "perception.assurances_discounted",
        {"assurance": 1.0, "visibility": 0.2, "assurance_weight": 0.8, "effect": 0.5},
        0.22,
    ),
    (
        "perception.assurances_discounted",
        {"assurance": 1.0, "visibility": 1.0, "assurance_weight": 0.8, "effect": 0.7},
        -0.7,
    ),
    # (0.6 + 0.4)/2 / 0.25 = 2 steps
    ("perception.entrapment", {"us_pressure": 0.6, "engagement": 0.4, "effect": 0.3, "step": 0.25}, 0.6),
    ("perception.lesson_of_the_undefended", {"precedents": 0.5, "effect": 0.4, "step": 0.25}, -0.8),
    ("perception.off_message_noise", {"stray_statements": 0.5, "effect": 0.6}, -0.3),
    # reach: (0.8 - 0.4)/0.8 is half short, of which 0.6 counts; none to spare at no capability; enough
    ("reach.spare_capacity", {"european_capability": 0.4, "home_need": 0.8, "effect": 0.6}, 0.7),
    ("reach.spare_capacity", {"european_capability": 0.0, "home_need": 0.8, "effect": 1.5}, 0.0),
    ("reach.spare_capacity", {"european_capability": 0.9, "home_need": 0.8, "effect": 1.0}, 1.0),
    ("reach.spare_capacity", {"european_capability": 0.4, "home_need": 0.8, "effect": -1.0}, 1.0),
    # 1 - 0.5 · 0.6 · 0.5; a build-up beyond full counts as full, a cut as none
    ("reach.convertible_share", {"home_build_up": 0.5, "land_share": 0.6, "effect": 0.5}, 0.85),
    ("reach.convertible_share", {"home_build_up": 1.5, "land_share": 0.6, "effect": 2.0}, 0.4),
    ("reach.convertible_share", {"home_build_up": -0.5, "land_share": 0.6, "effect": 1.0}, 1.0),
    ("reach.convertible_share", {"home_build_up": 0.5, "land_share": 0.6, "effect": -0.5}, 1.0),
    ("reach.attention_left", {"ukraine_war": 0.8, "effect": 0.5}, 0.6),
    ("reach.attention_left", {"ukraine_war": 0.8, "effect": 1.2}, 0.2),
    ("reach.attention_left", {"ukraine_war": 0.8, "effect": -0.2}, 1.0),
    # signals
    ("signals.label_weight", {"distance": 0.5, "steepness": 4.0, "effect": 0.5}, 1 / E1),
    ("signals.label_weight", {"distance": 0.0, "steepness": 4.0, "effect": 0.5}, 1.0),
    ("signals.label_weight", {"distance": 0.5, "steepness": 4.0, "effect": -0.5}, 1.0),
    ("signals.label_weight", {"distance": -0.5, "steepness": 4.0, "effect": 0.5}, E1),
    # 0.4 + 0.6 · 0.5 · (1 - 0.85 · 0.4) = 0.4 + 0.3 · 0.66
    ("signals.seen_share", {"visibility": 0.5, "discretion": 0.4, "discretion_reach": 0.85, "effect": 0.6}, 0.598),
    ("signals.seen_share", {"visibility": 0.5, "discretion": 1.0, "discretion_reach": 0.85, "effect": 0.0}, 1.0),
    ("signals.seen_share", {"visibility": 0.5, "discretion": 0.0, "discretion_reach": 0.85, "effect": 1.4}, 0.5),
    ("signals.relative_change", {"total": 3.0, "total_2024": 2.0, "gain": 0.8}, 0.4),
    ("signals.relative_change", {"total": 0.0, "total_2024": 2.0, "gain": 0.8}, -0.8),
    # the larger way: up (4 - 1) or down (3)
    ("signals.share_of_room", {"total": 2.5, "total_2024": 1.0, "total_at_full": 4.0}, 0.5),
    ("signals.share_of_room", {"total": 0.0, "total_2024": 3.0, "total_at_full": 4.0}, -1.0),
    ("signals.steps", {"now": 0.5, "alarm": 0.6, "intake": 0.1, "decay": 0.02}, 0.55),
    ("signals.hard_commitment", {"signed": 0.5, "commitment": 0.8}, 0.32),
    # one step of agenda, a tenth of half
    (
        "signals.agenda_tone",
        {"agenda": 0.75, "agenda_2024": 0.5, "effect": 0.5, "weight": 0.1, "step": 0.25},
        0.05,
    ),
    (
        "signals.agenda_tone",
        {"agenda": 0.25, "agenda_2024": 0.5, "effect": 0.5, "weight": 0.1, "step": 0.25},
        -0.05,
    ),
    # a tenth of what is missing; a pledge given back takes nothing away
    # a quarter hidden by full separability, an eighth by half of it, nothing by none
    ("signals.visible_share", {"visibility": 0.8, "discretion": 0.5, "discretion_reach": 0.5, "effect": 1.0}, 0.6),
    ("signals.visible_share", {"visibility": 0.8, "discretion": 0.5, "discretion_reach": 0.5, "effect": 0.5}, 0.7),
    ("signals.visible_share", {"visibility": 0.8, "discretion": 0.5, "discretion_reach": 0.5, "effect": -0.5}, 0.8),
    ("signals.ratchet", {"now": 0.2, "pledges": 0.6, "intake": 0.1}, 0.24),
    ("signals.ratchet", {"now": 0.2, "pledges": -0.6, "intake": 0.1}, 0.2),
    # strength: 0.6 · (1 + 0.2) / 0.5 · 0.5 · 0.75 = 1.44 · 0.375
    (
        "strength.partnership_deterrence",
        {"cooperation": 0.2, "credible": 0.5, "usable": 0.75, "effect": 0.6, "step": 0.5},
        0.54,
    ),
    (
        "strength.partnership_deterrence",
        {"cooperation": -1.5, "credible": 0.5, "usable": 0.75, "effect": 0.6, "step": 0.5},
        0.0,
    ),
    ("strength.credible_share", {"credibility": 0.4, "effect": 0.5}, 0.7),
    ("strength.credible_share", {"credibility": 0.4, "effect": 1.6}, 0.4),
    ("strength.credible_share", {"credibility": 0.4, "effect": -1.0}, 1.0),
    ("strength.lost_signal", {"discretion": 0.5, "effect": 0.6}, -0.3),
    ("strength.spillover", {"escalation_elsewhere": 0.5, "effect": 0.6, "step": 0.25}, 1.2),
    ("strength.industrial_gap", {"rival_industry": 0.75, "allied_industry": 0.5, "effect": 0.6, "step": 0.25}, -0.6),
    ("strength.pooled_industry", {"industry_effort": 0.5, "effect": 0.6}, 0.3),
    ("strength.common_standards", {"standards_effort": 0.5, "effect": 0.6}, 0.3),
    ("strength.usable_share", {"interoperability": 0.25}, 0.75),
    ("strength.burden_shift", {"european_capability": 0.5, "effect": 0.6, "step": 0.25}, 1.2),
    ("strength.home_use", {"home_build_up": 0.5, "effect": 0.6}, 0.3),
    ("strength.early_gap", {"us_shift": 0.5, "readiness": 0.25, "effect": 0.6, "step": 0.25}, -0.6),
    ("strength.early_gap", {"us_shift": 0.125, "readiness": 0.25, "effect": 0.6, "step": 0.25}, 0.0),
    ("strength.distraction", {"asian_drain": 0.5, "effect": 0.6}, -0.3),
    # support
    ("support.scale_economies", {"joint_procurement": 0.5, "effect": 0.6}, 0.3),
    ("support.pledge_ratchet", {"pledge_stock": 0.5, "effect": 0.6}, 0.3),
    ("support.reverse_flow", {"engagement": 0.5, "effect": 0.4, "step": 0.25}, 0.8),
    ("support.wartime_support", {"crisis_support": 0.5, "projection": 0.8, "effect": 0.6}, 0.24),
]  # fmt: skip
