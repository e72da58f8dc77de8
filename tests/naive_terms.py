"""What moves each variable, in logit points, written a second time from docs/model.md (see `tests/naive.py`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.theory import state as s
from sim.theory.parameters import PARAMETER_NAMES
from sim.theory.run import Run

Values = NDArray[np.float64]

ASIAN_FLASHPOINTS = ("taiwan", "scs", "ecs", "korea")
# The five postures (section 7.9): ties to Washington, to Beijing, side.
POSTURES = ((0.15, 0.85, -1.0), (0.40, 0.70, -0.5), (0.65, 0.65, 0.0), (0.70, 0.40, 0.5), (0.85, 0.15, 1.0))


def sigma(z: Values | float) -> Values | float:
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


def logit(x: float) -> float:
    """Its inverse."""
    return float(np.log(x / (1 - x)))


def clip(z: Values | float) -> Values | float:
    """Bound to 0..1."""
    return np.clip(z, 0, 1)


def link(u: Values | float, weight: float, step: float = 1.0) -> Values | float:
    """E21: a structural link; `step` is q for state variables."""
    return weight * u / step


def neighbours_of(circles: Values) -> Values:
    """What each state (row) weighs for each other (column): alike for the others of its circle, nothing else."""
    states = circles.shape[1]
    weights = np.zeros((states, states))
    for members in circles:
        places = [k for k in range(states) if members[k] == 1]
        for one in places:
            for other in places:
                if one != other:
                    weights[one, other] = 1 / (len(places) - 1)
    return weights


class Terms:
    """What member and worldview fix, and the sums of terms that follow from what is seen (`now` and `world`)."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.chance = run.clock[4] == 1
        self.c = dict(zip(PARAMETER_NAMES, map(float, run.parameter), strict=True))
        self.q = self.c["state_step"]
        self.e = [float(effect) for effect in run.effect]
        self.fixed = dict(zip(s.ATTRIBUTES, run.attribute.copy(), strict=True))
        self.group = dict(zip(s.GROUPS, run.group == 1, strict=True))
        self.dial = dict(zip(s.DIALS, run.dial.copy(), strict=True))
        self.carry = dict(zip(s.CARRIES, run.carry.copy(), strict=True))
        self.flag = [s.BRANDS[brand] for brand in run.brand]
        self.decided_by = [s.DECISIONS[decision] for decision in run.decision]
        self.level_2024 = run.baseline.copy()
        self.neighbours_of = neighbours_of(run.circle)
        self.now: dict[str, Values] = {}
        self.world: dict[str, float] = {}
        self.world_2024: dict[str, float] = {}

    # --------------------------------------------------------------------------- sections 7.5 to 7.8 and 7.10

    def asian_crisis(self) -> float:
        """How much crisis there is in Asia: the sum over its flashpoints, at most 1."""
        return min(1.0, sum(self.world[f"crisis_{place}"] for place in ASIAN_FLASHPOINTS))

    def crisis_nearby(self) -> Values:
        """The worst crisis in Asia for each state, by its nearness."""
        each = [
            self.world[f"crisis_{place}"] * self.fixed[f"proximity_{place}"] for place in ASIAN_FLASHPOINTS
        ]
        return np.max(each, axis=0)

    def mean_of(self, name: str, group: str) -> float:
        """The mean of a variable over a group of states."""
        return float(self.now[name][self.group[group]].mean())

    def position(self, domain: str) -> Values:
        """Each state's tie with Washington less its tie with Beijing."""
        return self.now[f"us_tie_{domain}"] - self.now[f"cn_tie_{domain}"]

    def world_pressures(self) -> dict[str, float]:
        """Sums of terms, in logit points, on what all share."""
        w, step = self.world, self.c["escalation_tension_link"]
        return {
            **self.strength_pressures(),
            **self.beijing_pressures(),
            **self.alliance_pressures(),
            **self.escalation_pressures(),
            "tension": link(w["escalation"], step, self.q)
            + link(self.asian_crisis(), self.c["crisis_tension_link"]),
        }

    def strength_pressures(self) -> dict[str, float]:
        """Section 7.5: credibility, industry, capability, deterrence."""
        c, e, q, w = self.c, self.e, self.q, self.world
        believed = 1 - clip(e[4]) * (1 - w["credibility"])  # E25
        usable = 0.5 + w["interoperability"]  # E26
        gap = -e[47] * (w["rival_industry"] - w["industry"]) / q  # E28
        partners = e[3] * max(0.0, 1 + w["cooperation"]) / c["cooperation_step"] * believed * usable  # E27
        moved = {name: w[name] - self.world_2024[name] for name in ("us_in_asia", "european_capability")}
        early = -e[59] * max(0.0, moved["us_in_asia"] - moved["european_capability"]) / q  # E30
        distraction = -e[64] * w["asian_drain"]  # E31
        working = (
            self.mean_of("engage_quiet", "partners") + self.mean_of("engage_industrial", "partners")
        ) / 2
        reverse = e[53] * working / q  # E73
        return {
            "credibility": link(w["commitment"], c["commitment_link"]) - e[68] * w["discretion"],  # E20
            "industry": e[46] * w["industry_effort"] + e[49] * w["procurement_effort"],  # E22, E71
            "interoperability": e[48] * w["standards_effort"],  # E23
            "european_spending": e[50] * w["pledge_stock"],  # E72
            "ukraine_support": reverse,
            "european_capability": link(w["home_build_up"], c["build_up_link"])
            - link(w["ukraine_war"], c["war_drain_link"], q)
            + link(w["european_spending"], c["spending_link"], q)
            + link(w["ukraine_support"], c["asian_support_link"], q),
            "us_in_asia": link(w["us_shift"], c["shift_link"]) + e[12] * w["european_capability"] / q  # E24
            - link(w["escalation_europe"], c["return_link"], q),
            "deterrence_asia": partners + gap + link(w["us_in_asia"], c["us_deterrence_link"], q)
            + e[63] * w["crisis_support"] * w["projection"]  # E74
            + link(self.mean_of("capability", "asian_states"), c["capability_deterrence_link"], q),
            "deterrence_europe": gap + e[10] * w["home_build_up"] + early + distraction + reverse  # E29
            - link(w["ukraine_war"] + w["escalation_europe"], c["war_deterrence_link"], q)
            + link(w["cohesion"], c["cohesion_deterrence_link"], q),
        }  # fmt: skip

    def beijing_pressures(self) -> dict[str, float]:
        """Section 7.6: Beijing's perception and conduct, and Moscow's war."""
        c, e, q, w = self.c, self.e, self.q, self.world
        suspicion = e[65] * w["steps"]  # E34
        pressed = link(w["encirclement"], c["countermove_link"], q) + link(
            w["assertiveness"], c["conduct_link"], q
        )
        return {
            "encirclement": e[1] * w["alarm"] + e[58] * w["us_in_asia"] / q + suspicion  # E32, E33
            + link(w["escalation"], c["escalation_encirclement_link"], q),
            "assertiveness": -link(w["deterrence_asia"], c["deterrence_conduct_link"], q),
            "rival_industry": link(w["encirclement"], c["arming_link"], q),
            "china_russia": e[15] * w["encirclement"] / q,  # E75
            "narrative": e[18] * w["visibility"] * self.world_2024["narrative"],  # E77
            "un_influence": -e[42] * w["un_effort"],  # E78
            "ukraine_war": e[14] * w["china_russia"] / q,  # E76
            **dict.fromkeys(("trade_pressure", "hybrid_pressure", "partner_warnings", "korea_pressure"), pressed),
        }  # fmt: skip

    def alliance_pressures(self) -> dict[str, float]:
        """Section 7.6: Washington, NATO, and what they leave undone or help with."""
        c, e, q, w = self.c, self.e, self.q, self.world
        trouble = self.now["capability"] * np.abs(self.now["mood"])
        strain = float(trouble[self.group["nato"]].max())
        return {
            "us_pressure": link(w["us_agenda"], c["us_pressure_link"], q),
            "nato_agenda": e[69] * w["us_agenda"] / q,  # E79
            "precedents": link(self.asian_crisis() * (1 - w["intervention"]), c["precedent_link"]),
            "island_security": link(w["climate_effort"], c["climate_link"]),
            "cohesion": e[32] * (w["rhetoric"] - w["rhetoric"] ** 2 / 2)  # E35
            + c["agreement_weight"] * w["agreed_share"] - c["contested_weight"] * w["refused_share"]  # E36
            - e[33] * strain,  # E80
        }  # fmt: skip

    def escalation_pressures(self) -> dict[str, float]:
        """Section 7.10: the hazards in both theatres."""
        c, e, q, w = self.c, self.e, self.q, self.world
        cornered = sigma((w["encirclement"] - c["lash_out_mark"]) / c["lash_out_width"])
        deters = c["deterrence_escalation_link"]
        return {
            "escalation": 2 * e[2] * cornered + e[13] * w["escalation_europe"] / q  # E58, E59
            - link(w["deterrence_asia"], deters, q) + link(self.asian_crisis(), c["crisis_escalation_link"])
            + e[35] * w["visibility"],  # E97
            "escalation_europe": e[13] * w["escalation"] / q - link(w["deterrence_europe"], deters, q)  # E59
            + link(w["crisis_europe"], c["crisis_escalation_link"]),
        }  # fmt: skip

    def state_pressures(self) -> dict[str, Values]:
        """Sums of terms, in logit points, on what each state holds."""
        return {**self.perceptions(), **self.engagement(), **self.attitudes(), **self.living()}

    def perceptions(self) -> dict[str, Values]:
        """Section 7.7."""
        c, e, q, w, x = self.c, self.e, self.q, self.world, self.now
        everywhere = np.ones(len(self.run.stream))
        believable = 1 - clip(e[25] * (1 + w["visibility"]))
        trust = c["assurance_weight"] * w["assurance"] * believable - e[25] * w["visibility"]  # E42
        averse = 0.5 + self.fixed["bloc_aversion"]
        relief = -c["relief_link"] * x["economic_offer"]  # E40
        siding = (x["bloc_pressure"] + x["engage_showy"]) / 2 / q
        trapped = e[54] * (w["us_pressure"] + x["engage_showy"]) / 2 / q  # E81
        warned = self.group["partners"] * link(w["partner_warnings"], c["warning_link"], q)
        return {
            "threat_cn": e[55] * w["assertiveness"] / q + link(self.crisis_nearby(), c["crisis_threat_link"]),  # E37
            "threat_nato": e[20] * (w["visibility"] + w["narrative"] / q) * everywhere  # E38
            - link(x["trust_assure"], c["assurance_threat_link"], q),
            "bloc_pressure": c["bloc_link"] * w["bloc_signal"] * averse + relief + trapped  # E39
            + link(w["tension"], c["tension_bloc_link"], q),
            "target_risk": e[5] * siding * (1 - w["credibility"])  # E41
            + link(w["hybrid_pressure"], c["hybrid_link"], q) + warned,
            "trust_commit": (link(w["credibility"], c["trust_link"], q) - e[66] * w["precedents"] / q)  # E82
            * everywhere,
            "trust_assure": (trust - e[26] * w["stray_statements"]) * everywhere,  # E83
        }  # fmt: skip

    def engagement(self) -> dict[str, Values]:
        """Section 7.8: partners alone."""
        e, q, w, x = self.e, self.q, self.world, self.now
        danger = (x["threat_cn"] + x["threat_ru"] + x["threat_dprk"]) / 3 / q
        wish = e[30] * x["mood"] + e[31] * danger  # E44, E45
        wish = wish - e[27] * x["econ_cn"] * (0.5 + w["trade_pressure"]) / q  # E43
        wish = wish - e[28] * self.fixed["dprk_need"] * w["korea_pressure"] / q  # E84
        wish = wish - e[29] * self.fixed["autonomy"] * x["bloc_pressure"] / q  # E85
        found = {}
        for form in ("showy", "quiet", "industrial"):
            offer = w[f"{form}_offer"]
            taken_up = (
                self.c["offer_link"] * offer + e[60] * self.fixed["democratic_identity"] * offer
            )  # E46, E86
            found[f"engage_{form}"] = self.group["partners"] * (wish + taken_up)
        return found

    def attitudes(self) -> dict[str, Values]:
        """Section 7.9: opposition, stance, approval, hedging and balancing."""
        c, e, q, w, x = self.c, self.e, self.q, self.world, self.now
        everywhere, members = np.ones(len(self.run.stream)), self.group["asean"]
        shown = w["provocation"]
        fear = e[56] * w["escalation"] * (0.5 + x["threat_cn"]) / q  # E90
        norm = e[24] * self.fixed["nonalign"] * w["bloc_signal"]  # E89
        opposition = (
            e[19] * (shown + shown**2 / 2) + e[65] * w["steps"] - e[39] * w["eu_presence"]
        )  # E47, E34, E48
        opposition = (
            opposition + e[22] * self.fixed["colonial"] * shown + e[23] * w["hardness"] + norm + fear
        )  # E87, E88
        mortal = sigma((x["threat_cn"] - c["existential_mark"]) / c["existential_width"])
        presence = link(w["eu_presence"], c["eu_presence_link"])
        small_formats = e[44] * w["minilateral_effort"] * (1 + self.fixed["minilateral"]) / 2  # E94
        lost = -e[21] * self.group["non_partners"] * x["backlash"] / q  # E93
        return {
            "backlash": self.group["non_partners"] * opposition,
            "nato_support": link(x["threat_cn"], c["stance_threat_link"], q)
            - link(x["backlash"], c["stance_backlash_link"], q) - norm,
            "hedge": -2 * e[16] * mortal - self.forced_choice() + fear,  # E49
            "eu_approval": presence + e[43] * w["asean_effort"] * members + e[71] * x["climate_help"],  # E91, E92
            "eu_tie": presence * everywhere,
            "balancing": lost + small_formats + link(x["threat_cn"], c["balancing_threat_link"], q)
            + link(x["eu_tie"], c["balancing_eu_link"], q),
        }  # fmt: skip

    def living(self) -> dict[str, Values]:
        """Section 7.10: dependence, resilience, capability, industry."""
        e, x = self.e, self.now
        hybrid = link(self.world["hybrid_pressure"], self.c["hybrid_link"], self.q)
        return {
            "econ_cn": -e[38] * x["eu_economy"],  # E56
            "resilience": e[61] * x["technical_help"] - hybrid,  # E57
            "capability": e[40] * x["eu_security"],  # E96
            "defence_industry": e[67] * self.business(),  # E95
        }

    def business(self) -> Values:
        """What joint production comes to: the work there is, as far as a state engages in it."""
        return self.now["engage_industrial"] * self.now["industrial_work"] / 2

    # -------------------------------------------------------------------------------------------- section 7.9

    def forced_choice(self) -> Values:
        """E50."""
        return self.e[17] * (self.now["bloc_pressure"] / self.q) ** 2 / 4

    def worth_of_hedging(self) -> Values:
        """What the wish to hedge is worth in the choice."""
        return link(self.now["hedge"], self.c["hedging_link"], self.q)

    def pulls(self) -> dict[str, Values]:
        """The pull to Washington's side in each domain."""
        c, x, q = self.c, self.now, self.q
        danger = link(x["threat_cn"] - x["threat_nato"] - x["target_risk"], c["threat_pull_link"], q)
        own = {
            "security": danger + link(x["trust_commit"], c["protection_pull_link"], q),
            "economy": self.demand(x["economic_offer"]) - link(x["econ_cn"], c["dependence_pull_link"], q),
            "technology": self.demand(x["technical_help"]),
            "diplomacy": -link(x["backlash"], c["backlash_pull_link"], q),
        }
        for domain in s.DOMAINS:
            apart = self.fixed[f"us_rest_{domain}"] - self.fixed[f"cn_rest_{domain}"]
            lean = np.clip(apart / c["lean_scale"], -1, 1)  # E51
            here = self.position(domain)
            neighbours = self.neighbours_of @ here
            drawn = self.e[43] * self.world["asean_effort"] * (neighbours - here) * self.group["asean"]  # E91
            example = link(neighbours, c["neighbour_link"], q)
            own[domain] = own[domain] + self.forced_choice() * lean + example + drawn
        return own

    def demand(self, offer: Values) -> Values:
        """E52."""
        return self.e[41] * self.fixed["growth_priority"] * offer

    def shares(self, resting: tuple[float, float], pull: float, worth: float) -> Values:
        """E53 over its sum: the chance of each posture."""
        weights = []
        for us, cn, side in POSTURES:
            away = (us - resting[0]) ** 2 + (cn - resting[1]) ** 2
            inertia = away / (2 * self.c["posture_spread"] ** 2)
            weights.append(np.exp(pull * side + worth * (1 - abs(side)) - inertia))  # E53
        return np.array(weights) / sum(weights)
