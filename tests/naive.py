"""A quarter of the model written a second time, from docs/model.md: slow, obvious, nothing shared with the engine.

It reads from a `Run` what member, worldview and policy fix (attributes, dials, coefficients, effects, proposals, events),
under the names of the theory, and keeps a state of its own, by name. It imports no rule, phase or elementary function.
Luck is handed in as uniform numbers. Every line that is an equation of the page says so (`E12`); the terms that add up
to pressures stand in `tests/naive_terms.py`, what becomes of a proposal in `tests/naive_instruments.py`, what is read off
in the end in `tests/naive_outcomes.py`.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from sim.theory import state as s
from sim.theory.run import Run
from tests.naive_instruments import Instruments, Luck
from tests.naive_outcomes import benefit_and_utility
from tests.naive_terms import ASIAN_FLASHPOINTS, POSTURES, Values, clip, link, logit, sigma

FLASHPOINTS = (*ASIAN_FLASHPOINTS, "europe")
FAST = {
    "encirclement", "credibility", "bloc_pressure", "target_risk", "backlash", "engage_showy", "engage_quiet",
    "engage_industrial", "trade_pressure", "hybrid_pressure", "partner_warnings", "korea_pressure",
}  # fmt: skip
SLOW = {
    "capability", "european_capability", "us_in_asia", "industry", "rival_industry", "interoperability", "econ_cn",
    "eu_tie", "resilience", "china_russia", "un_influence", "ukraine_war", "european_spending", "ukraine_support",
    "island_security", "defence_industry",
}  # fmt: skip
UNBOUNDED = {
    "mood", "growth", "economic_offer", "technical_help", "eu_economy", "eu_security", "industrial_work", "climate_help",
    "net_benefit", "utility", "steps", "crises", "pledge_stock", *s.SIGNALS,
}  # fmt: skip


class Naive(Instruments):
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
        self.now = self.own.copy()
        self.own["industrial_work"] = self.offers()["industrial_work"]
        self.world_own |= {"commitment": self.commitment(), "eu_delivery": 1.0}
        self.world_own["stray_statements"] = self.c["stray_level"]
        self.now, self.world = self.own.copy(), self.world_own.copy()
        self.world_own |= {"projection": self.projection(), "intervention": self.intervention()}
        self.projection_2024 = self.world_own["projection"]
        self.world = self.world_own.copy()
        self.world_2024 = self.world_own.copy()
        self.world_pressure_2024 = self.world_pressures()
        self.pressure_2024 = self.state_pressures()
        self.pull_2024, self.worth_2024 = self.pulls(), self.worth_of_hedging()
        self.business_2024 = self.business()

    # ---------------------------------------------------------------------------------------------- a quarter

    def quarter(self, t: int, luck: Luck) -> None:
        """Play quarter t: everything reads what was seen at the end of the last one, except as the page says."""
        world_pressure, pressure = self.world_pressures(), self.state_pressures()
        pull, worth = self.pulls(), self.worth_of_hedging()
        mood = self.moods(t, luck)
        stray = self.stray_statements(t, luck)
        self.decide(t, luck)
        reach = {"intervention": self.intervention(), "projection": self.projection()}
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
        self.world_own.update({**signals, **crises, **reach, "stray_statements": stray})
        self.show(t)
        assessed = benefit_and_utility(self)
        self.own.update(assessed)
        self.now.update(assessed)

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

    # --------------------------------------------------------------------------------------------- section 7.2

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
            if luck("government_change", t, stream, 0) < self.c["turnover"] * swing:  # E100
                mood[k] = swing * z1
            else:
                mood[k] = self.c["mood_persistence"] * mood[k] + self.c["mood_shock"] * swing * z2
        return mood

    def stray_statements(self, t: int, luck: Luck) -> float:
        """Talk of membership wanders around its usual level, which message discipline lowers; without chance unmoved."""
        z = NormalDist().inv_cdf(luck("stray", t, 0, 0)) if self.chance else 0.0
        usual = self.c["stray_level"] * (1 - clip(self.world["discipline"]))
        kept = self.c["stray_persistence"] * (self.world_own["stray_statements"] - usual)
        return float(clip(usual + kept + self.c["stray_shock"] * z))  # E62

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
        coerced = self.now["econ_cn"] * (w["trade_pressure"] - self.world_2024["trade_pressure"])
        terms = (
            terms
            + self.e[67] * (self.business() - self.business_2024)
            - link(coerced, c["coercion_growth_link"])
        )  # E95
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
