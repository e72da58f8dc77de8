"""A quarter of the model written a second time, from docs/model.md: slow, obvious, nothing shared with the engine.

It reads from a `Run` what member, worldview and policy fix (attributes, dials, coefficients, effects, proposals, events),
under the names of the theory, and keeps a state of its own, by name. It imports no rule, phase or elementary function.
Luck is handed in as uniform numbers. Every line that is an equation of the page says so (`E12`); the terms that add up
to pressures stand in `tests/naive_terms.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from sim.theory import state as s
from sim.theory.run import Run
from tests.naive_terms import ASIAN_FLASHPOINTS, POSTURES, Terms, Values, clip, link, logit, sigma

# A uniform number: channel, quarter, who (a state's or an item's stream, or a flashpoint), other.
Luck = Callable[[str, int, int, int], float]

FLASHPOINTS = (*ASIAN_FLASHPOINTS, "europe")
FAST = {"encirclement", "credibility", "bloc_pressure", "target_risk", "backlash",
        "engage_showy", "engage_quiet", "engage_industrial"}  # fmt: skip
SLOW = {
    "european_capability",
    "us_in_asia",
    "industry",
    "interoperability",
    "econ_cn",
    "eu_tie",
    "resilience",
}
UNBOUNDED = {
    "mood",
    "growth",
    "economic_offer",
    "technical_help",
    "eu_economy",
    "steps",
    "crises",
    *s.SIGNALS,
}
# Sums of substance (section 7.4): by signal, the channel and what of it counts (nothing: simply the level).
SUBSTANCE = {
    "rhetoric": ("rhetoric", ""), "assurance": ("assurance", ""), "discretion": ("discretion", ""),
    "showy_offer": ("showy_offer", ""), "quiet_offer": ("quiet_offer", ""),
    "industrial_offer": ("industrial_offer", ""), "industry_effort": ("industry", ""),
    "standards_effort": ("standards", ""), "us_shift": ("us_shift", ""), "eu_presence": ("eu_presence", ""),
    "home_build_up": ("home_build_up", "benefit"), "asian_drain": ("asian_drain", "cost"),
}  # fmt: skip


class Naive(Terms):
    """One run, its own way: `now` and `world` are what everybody sees, `own` and `world_own` what the equations return."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.begin()

    # ----------------------------------------------------------------------------------------------- mid-2024

    def begin(self) -> None:
        """The state of rest, and the same sums of terms as later, to be taken off."""
        states, run = len(self.run.stream), self.run
        self.own = {name: np.zeros(states) for name in s.ACTOR_FIELDS}
        self.world_own = dict.fromkeys(s.WORLD_FIELDS, 0.0)
        for name, resting in zip(s.ADAPTIVE_ACTOR_FIELDS, run.rest, strict=True):
            self.own[name] = sigma(resting)
        for name, resting in zip(s.ADAPTIVE_WORLD_FIELDS, run.world_rest, strict=True):
            self.world_own[name] = float(sigma(resting))
        self.own["growth"] = self.fixed["growth_rest"].copy()
        for domain in s.DOMAINS:
            self.own[f"us_tie_{domain}"] = self.fixed[f"us_rest_{domain}"].copy()
            self.own[f"cn_tie_{domain}"] = self.fixed[f"cn_rest_{domain}"].copy()
            self.own[f"posture_{domain}"] = np.full(states, 2.0)
        self.agreed, self.level, self.signed, self.shown = (self.level_2024.copy() for _ in range(4))
        self.votes = np.full(len(self.flag), np.nan)
        self.world_own["commitment"] = self.commitment()
        self.now, self.world = self.own.copy(), self.world_own.copy()
        self.world_2024 = self.world_own.copy()
        self.world_pressure_2024 = self.world_pressures()
        self.pressure_2024 = self.state_pressures()
        self.pull_2024, self.worth_2024 = self.pulls(), self.worth_of_hedging()

    # ---------------------------------------------------------------------------------------------- a quarter

    def quarter(self, t: int, luck: Luck) -> None:
        """Play quarter t: everything reads what was seen at the end of the last one, except as the page says."""
        world_pressure, pressure = self.world_pressures(), self.state_pressures()
        pull, worth = self.pulls(), self.worth_of_hedging()
        mood = self.moods(t, luck)
        self.decide(t, luck)
        self.deliver(t)
        signals = self.signals()
        offers = self.offers()
        ties = self.ties(t, pull, worth, luck)
        growth = self.growth()
        crises = self.crises(t, luck)
        for name, terms in world_pressure.items():  # E1
            target = sigma(logit(self.world_2024[name]) + terms - self.world_pressure_2024[name])
            self.world_own[name] += self.speed(name) * (float(target) - self.world_own[name])
        for k, name in enumerate(s.ADAPTIVE_ACTOR_FIELDS):  # E1
            if name in pressure:
                target = sigma(self.run.rest[k] + pressure[name] - self.pressure_2024[name])
                self.own[name] = self.own[name] + self.speed(name) * (target - self.own[name])
        self.own.update({"mood": mood, "growth": growth, **offers, **ties})
        self.world_own.update({**signals, **crises})
        self.show(t)

    def speed(self, name: str) -> float:
        """The share of its distance that a variable closes each quarter."""
        return self.c["speed_fast" if name in FAST else "speed_slow" if name in SLOW else "speed_medium"]

    def show(self, t: int) -> None:
        """Lay the events of quarter t over what the equations returned; bounds apply after each."""
        self.now, self.world = {name: x.copy() for name, x in self.own.items()}, self.world_own.copy()
        for is_world, field, actor, is_set, value, start, stop in self.run.event:
            if not start <= t < stop:
                continue
            name = (s.WORLD_FIELDS if is_world else s.ACTOR_FIELDS)[int(field)]
            low, high = (-np.inf, np.inf) if name in UNBOUNDED else (0, 4 if "posture" in name else 1)
            if is_world:
                self.world[name] = float(np.clip(value if is_set else self.world[name] + value, low, high))
            else:
                whom = slice(None) if actor < 0 else int(actor)
                x = self.now[name]
                x[whom] = np.clip(value if is_set else x[whom] + value, low, high)

    # ----------------------------------------------------------------------------------- sections 7.2 and 7.3

    def moods(self, t: int, luck: Luck) -> Values:
        """E3; without chance moods stay at 0."""
        mood = self.own["mood"].copy()
        for k, stream in enumerate(map(int, self.run.stream)):
            if not self.chance:
                mood[k] = self.c["mood_persistence"] * mood[k]
                continue
            swing = float(self.fixed["domestic_swing"][k])
            z1 = NormalDist().inv_cdf(luck("government_change", t, stream, 1))
            z2 = NormalDist().inv_cdf(luck("mood_shock", t, stream, 0))
            if luck("government_change", t, stream, 0) < self.c["turnover"] * swing:
                mood[k] = swing * z1
            else:
                mood[k] = self.c["mood_persistence"] * mood[k] + self.c["mood_shock"] * swing * z2
        return mood

    def decide(self, t: int, luck: Luck) -> None:
        """Cuts, items that nobody votes on and items taken as adopted go through; the rest is put to the vote."""
        blocked = asked = 0.0
        for k, proposed in enumerate(map(float, self.run.proposed[t])):
            free = self.decided_by[k] == "none" or self.run.adopted[k] == 1
            if proposed <= self.agreed[k] or free:
                self.agreed[k] = proposed
            else:
                self.votes[k] = self.chance_of_passing(k, proposed)
                item = int(self.run.item_stream[k])
                drawn = luck("vote", 0, item, 0) if self.chance else 0.5
                if drawn < self.votes[k]:
                    self.agreed[k] = proposed
            if self.decided_by[k] == "nato_consensus":
                asked += max(0.0, proposed - self.level_2024[k])
                blocked += max(0.0, proposed - self.agreed[k])
        self.world_own["refused_share"] = blocked / max(1.0, asked)  # in E36

    def chance_of_passing(self, k: int, proposed: float) -> float:
        """E4 to E9 for one item."""
        c, dial, by = self.c, self.dial, self.decided_by[k]
        increase = proposed - self.level_2024[k]
        military = increase * ((dial["hardness"][k] + dial["commitment"][k]) / 2) ** 3  # E4
        political = c["political_weight"] * increase * dial["bloc_signal"][k]  # E5
        war = self.world["ukraine_war"] * self.fixed["proximity_europe"]
        deficit = max(0.0, self.e[11]) * (self.now["econ_cn"] + war + 1 - self.fixed["vital_asia"]) / 3  # E6
        if by == "nato_consensus":
            members, support, unity = self.group["nato"], self.now["nato_support"], self.world["cohesion"]
        else:
            members = self.group["asean" if by == "asean_consensus" else "eu"]
            support, unity = self.now["eu_approval"], 0.5
        margin = c["readiness"] + c["support_weight"] * (support + unity - 1)
        p = sigma(margin - c["cost_weight"] * (military * (1 + deficit) + political))[members]  # E7
        if by == "eu_majority":
            return float(sigma((p.mean() - c["majority_threshold"]) / c["majority_width"]))  # E9
        return float(np.exp(max(0.0, self.e[7]) * np.log(p).sum()))  # E8

    def deliver(self, t: int) -> None:
        """E10 to E13; `signed` moves like the level, but towards all that was agreed."""
        eu_share = 1 - clip(self.e[57]) * self.now["econ_cn"][self.group["eu"]].mean()  # E10
        in_pool = self.carry["pool"] > 0
        demand = np.maximum(0, self.agreed - self.level_2024)[in_pool].sum()
        pool_share = 1.0 if demand <= self.c["european_pool"] else self.c["european_pool"] / demand  # E11
        for k, agreed in enumerate(self.agreed):
            share = self.dial["delivery"][k]
            share *= pool_share if in_pool[k] else 1
            share *= eu_share if self.flag[k] == "EU" else 1
            start = self.level_2024[k]
            goal = start + share * (agreed - start) if agreed > start else agreed  # E12
            self.level[k] = self.approach(k, self.level[k], goal)
            self.signed[k] = self.approach(k, self.signed[k], agreed)
            blocked = max(0.0, self.run.proposed[t, k] - agreed)
            self.shown[k] = self.level[k] + self.c["blocked_signal"] * blocked

    def approach(self, k: int, level: float, goal: float) -> float:
        """E13."""
        n = self.dial["lead_time_months"][k] / 3
        if goal < level:
            n = min(n, self.c["cut_quarters"])
        return level + (goal - level) / max(1, n)

    # -------------------------------------------------------------------------------------------- section 7.4

    def signals(self) -> dict[str, float]:
        """All signals, the strongest commitment and the stock of steps at the end of the quarter."""
        found = {}
        today, then = self.presence(self.shown, self.level), self.presence(self.level_2024, self.level_2024)
        for name in today:
            found[name] = self.c["relative_gain"] * (today[name] - then[name]) / then[name]  # E16
        deterrence = self.carry["partnership"] * np.maximum(0, self.dial["deterrence_asia"])
        before = (deterrence * self.level_2024).sum()
        found["cooperation"] = ((deterrence * self.level).sum() - before) / before  # E16, gain 1
        for name, (channel, part) in SUBSTANCE.items():
            cost = self.dial["cost_to_european_deterrence"]
            size = {"": 1.0, "benefit": np.maximum(0, -cost), "cost": np.maximum(0, cost)}[part]
            weight = self.carry[channel] * size
            total, total_2024 = (weight * self.level).sum(), (weight * self.level_2024).sum()
            found[name] = (total - total_2024) / max(total_2024, weight.sum() - total_2024)  # E17
        found["commitment"] = self.commitment()
        kept = 1 - self.c["step_decay"]
        found["steps"] = kept * self.world_own["steps"] + self.c["step_intake"] * self.world["alarm"]  # E19
        return {name: float(value) for name, value in found.items()}

    def presence(self, shown: Values, level: Values) -> dict[str, float]:
        """The sums of alarm, provocation, bloc signal, visibility and hardness, at some levels."""
        discretion = min(1.0, (self.carry["discretion"] * level).sum())
        sums = dict.fromkeys(("alarm", "provocation", "bloc_signal", "visibility", "hardness"), 0.0)
        m = clip(self.e[45])
        for k, flag in enumerate(self.flag):
            is_manner = self.carry["discretion"][k] > 0 or self.carry["assurance"][k] > 0
            if flag == "other" or is_manner or self.dial["bloc_signal"][k] < 0:
                continue
            visibility, hardness, bloc = (
                max(0.0, self.dial[name][k]) for name in ("visibility", "hardness", "bloc_signal")
            )
            distance = 0.0 if flag == "NATO" else self.c[f"label_distance_{flag.lower()}"]
            flag_weight = np.exp(-self.c["label_steepness"] * max(0.0, self.e[62]) * distance)  # E14
            at_home = 1 - (1 - self.c["home_visibility"]) * self.carry["home_build_up"][k]
            whole = flag_weight * at_home * shown[k]  # L, times the level
            of_nato = whole * (1 - self.carry["us_shift"][k])
            hidden = self.c["discretion_reach"] * (discretion if flag == "NATO" else 0)
            seen = (1 - m) + m * visibility * (1 - hidden)  # E15
            sums["alarm"] += of_nato * (hardness + bloc) / 2 * seen
            sums["provocation"] += whole * (1 + hardness) / 2 * seen
            sums["bloc_signal"] += whole * bloc * seen
            sums["visibility"] += of_nato * visibility * (1 - hidden)
            sums["hardness"] += whole * hardness
        return sums

    def commitment(self) -> float:
        """E18."""
        binds = (self.carry["partnership"] > 0) & (self.carry["home_build_up"] == 0)
        return float((self.signed * self.dial["commitment"] ** 2)[binds].max())

    def offers(self) -> dict[str, Values]:
        """What is offered to each state: economic benefit, the EU's part of it, technical help."""
        change, target = self.level - self.level_2024, self.run.target
        benefit, help_ = change * self.dial["economic_benefit"], change * self.dial["resilience"]
        return {
            "economic_offer": benefit @ target,
            "eu_economy": (benefit * self.carry["eu_economy"]) @ target,
            "technical_help": (help_ * self.carry["technical"]) @ target,
        }

    # ---------------------------------------------------------------------------------- sections 7.9 and 7.10

    def ties(self, t: int, pull: dict[str, Values], worth: Values, luck: Luck) -> dict[str, Values]:
        """Postures chosen and ties that follow, of the states that choose."""
        found = {}
        for d, domain in enumerate(s.DOMAINS):
            us, cn, posture = (
                self.own[f"{name}_{domain}"].copy() for name in ("us_tie", "cn_tie", "posture")
            )
            for k in np.flatnonzero(self.group["choosers"]):
                resting = (self.fixed[f"us_rest_{domain}"][k], self.fixed[f"cn_rest_{domain}"][k])
                more_pull = pull[domain][k] - self.pull_2024[domain][k]
                shares = self.shares(resting, more_pull, worth[k] - self.worth_2024[k])
                at_rest = self.shares(resting, 0, 0)
                stream = int(self.run.stream[k])
                thinks = self.chance and (t == 0 or luck("reconsider", t, stream, d) < self.c["reconsider"])
                if thinks:
                    drawn, reached = luck("posture", t, stream, d), np.cumsum(shares)
                    posture[k] = next((j for j in range(4) if drawn < reached[j]), 4)
                for ties, j in ((us, 0), (cn, 1)):
                    of_each = np.array([one[j] for one in POSTURES])
                    chosen = of_each[int(posture[k])] if self.chance else of_each @ shares
                    aim = clip(resting[j] + chosen - of_each @ at_rest)
                    ties[k] = ties[k] + self.c["tie_speed"] * (aim - ties[k])  # E54
            found |= {f"us_tie_{domain}": us, f"cn_tie_{domain}": cn, f"posture_{domain}": posture}
        return found

    def growth(self) -> Values:
        """E2, with its terms."""
        c, w = self.c, self.world
        confrontation = -self.e[37] * (w["tension"] - self.world_2024["tension"]) / self.q  # E55
        terms = confrontation + link(self.now["economic_offer"], c["offer_growth_link"])
        terms = terms - link(self.crisis_nearby(), c["crisis_growth_link"])
        target = self.fixed["growth_rest"] + c["growth_unit"] * terms
        return self.own["growth"] + c["speed_medium"] * (target - self.own["growth"])  # E2

    def crises(self, t: int, luck: Luck) -> dict[str, float]:
        """E60 and E61 at each flashpoint, and how many there were in Asia; without chance none breaks out."""
        c, found = self.c, {"crises": self.world_own["crises"]}
        for place, name in enumerate(FLASHPOINTS):
            hazard = "escalation_europe" if name == "europe" else "escalation"
            moved = logit(min(0.999, max(0.001, self.world[hazard]))) - logit(self.world_2024[hazard])
            likely = min(
                c["crisis_most"], c[f"crisis_base_{name}"] * np.exp(c["crisis_sensitivity"] * moved)
            )  # E60
            found[f"crisis_{name}"] = c["crisis_persistence"] * self.world_own[f"crisis_{name}"]  # E61
            if self.chance and luck("crisis", t, place, 0) < likely:
                least, severity = c["crisis_least_severity"], luck("crisis_severity", t, place, 0)
                found[f"crisis_{name}"] = max(found[f"crisis_{name}"], least + (1 - least) * severity)
                found["crises"] += float(name != "europe")
        return found
