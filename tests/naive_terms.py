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

    def world_pressures(self) -> dict[str, float]:
        """Sums of terms, in logit points, on what all share."""
        c, e, q, w = self.c, self.e, self.q, self.world
        believed = 1 - clip(e[4]) * (1 - w["credibility"])  # E25
        usable = 0.5 + w["interoperability"]  # E26
        gap = -e[47] * (w["rival_industry"] - w["industry"]) / q  # E28
        partners = e[3] * max(0.0, 1 + w["cooperation"]) / c["cooperation_step"] * believed * usable  # E27
        moved = {name: w[name] - self.world_2024[name] for name in ("us_in_asia", "european_capability")}
        early = -e[59] * max(0.0, moved["us_in_asia"] - moved["european_capability"]) / q  # E30
        distraction = -e[64] * w["asian_drain"]  # E31
        suspicion = e[65] * w["steps"]  # E34
        cornered = sigma((w["encirclement"] - c["lash_out_mark"]) / c["lash_out_width"])
        deters = c["deterrence_escalation_link"]
        return {
            "credibility": link(w["commitment"], c["commitment_link"]) - e[68] * w["discretion"],  # E20
            "industry": e[46] * w["industry_effort"],  # E22
            "interoperability": e[48] * w["standards_effort"],  # E23
            "european_capability": link(w["home_build_up"], c["build_up_link"])
            - link(w["ukraine_war"], c["war_drain_link"], q),
            "us_in_asia": link(w["us_shift"], c["shift_link"]) + e[12] * w["european_capability"] / q,  # E24
            "deterrence_asia": partners + gap + link(w["us_in_asia"], c["us_deterrence_link"], q),
            "deterrence_europe": gap + e[10] * w["home_build_up"] + early + distraction  # E29
            - link(w["ukraine_war"], c["war_deterrence_link"], q),
            "encirclement": e[1] * w["alarm"] + e[58] * w["us_in_asia"] / q + suspicion  # E32, E33
            + link(w["escalation"], c["escalation_encirclement_link"], q),
            "assertiveness": -link(w["deterrence_asia"], c["deterrence_conduct_link"], q),
            "cohesion": e[32] * (w["rhetoric"] - w["rhetoric"] ** 2 / 2)  # E35
            - c["contested_weight"] * w["refused_share"],  # E36
            "escalation": 2 * e[2] * cornered + e[13] * w["escalation_europe"] / q  # E58, E59
            - link(w["deterrence_asia"], deters, q) + link(self.asian_crisis(), c["crisis_escalation_link"]),
            "escalation_europe": e[13] * w["escalation"] / q - link(w["deterrence_europe"], deters, q)  # E59
            + link(w["crisis_europe"], c["crisis_escalation_link"]),
            "tension": link(w["escalation"], c["escalation_tension_link"], q)
            + link(self.asian_crisis(), c["crisis_tension_link"]),
        }  # fmt: skip

    def state_pressures(self) -> dict[str, Values]:
        """Sums of terms, in logit points, on what each state holds."""
        c, e, q, w, x = self.c, self.e, self.q, self.world, self.now
        nearby, everywhere = self.crisis_nearby(), np.ones(len(self.run.stream))
        believable = 1 - clip(e[25] * (1 + w["visibility"]))
        trust = c["assurance_weight"] * w["assurance"] * believable - e[25] * w["visibility"]  # E42
        averse = 0.5 + self.fixed["bloc_aversion"]
        relief = -c["relief_link"] * x["economic_offer"]  # E40
        siding = (x["bloc_pressure"] + x["engage_showy"]) / 2 / q
        danger = (x["threat_cn"] + x["threat_ru"] + x["threat_dprk"]) / 3 / q
        wish = -e[27] * x["econ_cn"] / q + e[30] * x["mood"] + e[31] * danger  # E43, E44, E45
        shown = w["provocation"]
        opposition = (
            e[19] * (shown + shown**2 / 2) + e[65] * w["steps"] - e[39] * w["eu_presence"]
        )  # E47, E34, E48
        eu = link(w["eu_presence"], c["eu_presence_link"]) * everywhere
        pressure = {
            "threat_cn": e[55] * w["assertiveness"] / q + link(nearby, c["crisis_threat_link"]),  # E37
            "threat_nato": e[20] * (w["visibility"] + w["narrative"] / q) * everywhere,  # E38
            "bloc_pressure": c["bloc_link"] * w["bloc_signal"] * averse + relief,  # E39
            "target_risk": e[5] * siding * (1 - w["credibility"]),  # E41
            "trust_commit": link(w["credibility"], c["trust_link"], q) * everywhere,
            "trust_assure": trust * everywhere,
            "backlash": self.group["non_partners"] * opposition,
            "nato_support": link(x["threat_cn"], c["stance_threat_link"], q)
            - link(x["backlash"], c["stance_backlash_link"], q),
            "econ_cn": -e[38] * x["eu_economy"],  # E56
            "resilience": e[61] * x["technical_help"],  # E57
            "eu_tie": eu,
            "eu_approval": eu,
        }
        for form in ("showy", "quiet", "industrial"):
            offered = c["offer_link"] * w[f"{form}_offer"]  # E46
            pressure[f"engage_{form}"] = self.group["partners"] * (wish + offered)
        return pressure

    # -------------------------------------------------------------------------------------------- section 7.9

    def forced_choice(self) -> Values:
        """E50."""
        return self.e[17] * (self.now["bloc_pressure"] / self.q) ** 2 / 4

    def worth_of_hedging(self) -> Values:
        """E49 less E50."""
        mortal = sigma((self.now["threat_cn"] - self.c["existential_mark"]) / self.c["existential_width"])
        return -2 * self.e[16] * mortal - self.forced_choice()  # E49

    def pulls(self) -> dict[str, Values]:
        """The pull to Washington's side in each domain."""
        c, x, q = self.c, self.now, self.q
        own = {
            "security": link(x["threat_cn"] - x["threat_nato"] - x["target_risk"], c["threat_pull_link"], q),
            "economy": self.demand(x["economic_offer"]) - link(x["econ_cn"], c["dependence_pull_link"], q),
            "technology": self.demand(x["technical_help"]),
            "diplomacy": -link(x["backlash"], c["backlash_pull_link"], q),
        }
        for domain in s.DOMAINS:
            apart = self.fixed[f"us_rest_{domain}"] - self.fixed[f"cn_rest_{domain}"]
            lean = np.clip(apart / c["lean_scale"], -1, 1)  # E51
            neighbours = (x[f"us_tie_{domain}"] - x[f"cn_tie_{domain}"]) @ self.run.neighbour
            own[domain] = own[domain] + self.forced_choice() * lean + link(neighbours, c["neighbour_link"], q)
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
