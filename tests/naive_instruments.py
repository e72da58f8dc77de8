"""Instruments, written a second time from docs/model.md: votes, delivery, signals and offers (see `tests/naive.py`)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.theory.run import Run
from tests.naive_terms import Terms, Values, clip, sigma

# A uniform number: channel, quarter, who (a state's or an item's stream, or a flashpoint), other.
Luck = Callable[[str, int, int, int], float]

# How an item is decided: `Run.adopted`; else passage is assumed.
PUT_TO_VOTE, FOLLOWS_TREND = 0, 1
# Sums of substance (section 7.4): by signal, the channel and what of it counts (nothing: simply the level).
SUBSTANCE = {
    "rhetoric": ("rhetoric", ""), "assurance": ("assurance", ""), "discretion": ("discretion", ""),
    "showy_offer": ("showy_offer", ""), "quiet_offer": ("quiet_offer", ""),
    "industrial_offer": ("industrial_offer", ""), "industry_effort": ("industry", ""),
    "standards_effort": ("standards", ""), "us_shift": ("us_shift", ""), "eu_presence": ("eu_presence", ""),
    "home_build_up": ("home_build_up", "benefit"), "asian_drain": ("asian_drain", "cost"),
    "discipline": ("discipline", ""), "un_effort": ("un_coalition", ""), "asean_effort": ("asean", ""),
    "minilateral_effort": ("minilateral", ""), "climate_effort": ("climate", ""),
    "procurement_effort": ("procurement", ""), "pledges": ("pledge", ""), "crisis_support": ("crisis_support", ""),
}  # fmt: skip
# The tone of NATO's agenda colours these.
TONED = ("alarm", "provocation", "visibility", "bloc_signal", "showy_offer")


class Instruments(Terms):
    """What policy proposes, from the vote to what others see of it."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.world_own: dict[str, float] = {}
        self.agreed, self.level, self.signed, self.shown = (self.level_2024.copy() for _ in range(4))
        self.votes = np.full(len(self.flag), np.nan)
        self.projection_2024 = 1.0

    # --------------------------------------------------------------------------------------------- section 7.2

    def decide(self, t: int, luck: Luck) -> None:
        """Cuts, items that nobody votes on and items taken as adopted go through; the rest is put to the vote."""
        for k, proposed in enumerate(map(float, self.run.proposed[t])):
            free = self.decided_by[k] == "none" or self.run.adopted[k] != PUT_TO_VOTE
            if proposed <= self.agreed[k] or free:
                self.agreed[k] = proposed
            else:
                self.votes[k] = self.chance_of_passing(k, proposed)
                item = int(self.run.item_stream[k])
                drawn = luck("vote", 0, item, 0) if self.chance else 0.5
                if drawn < self.votes[k]:
                    self.agreed[k] = proposed
        self.world_own |= self.unity_shown(t)

    def unity_shown(self, t: int) -> dict[str, float]:
        """What NATO's members refuse or only put up with, and what they want, of all that is proposed: in E36."""
        wanted = unwanted = asked = 0.0
        for k, proposed in enumerate(map(float, self.run.proposed[t])):
            increase = proposed - self.level_2024[k]
            if (
                self.decided_by[k] != "nato_consensus"
                or self.run.adopted[k] == FOLLOWS_TREND
                or increase <= 0
            ):
                continue
            adopted = self.run.adopted[k] != PUT_TO_VOTE
            willing = float(self.willing_to(k, proposed).mean()) if adopted else 1.0
            risen = max(0.0, float(self.agreed[k]) - self.level_2024[k])
            asked, wanted, unwanted = (
                asked + increase,
                wanted + willing * risen,
                unwanted + increase - willing * risen,
            )
        return {"refused_share": unwanted / max(1.0, asked), "agreed_share": wanted / max(1.0, asked)}

    def chance_of_passing(self, k: int, proposed: float) -> float:
        """E8 or E9 for one item."""
        c, p = self.c, self.willing_to(k, proposed)
        if self.decided_by[k] == "eu_majority":
            return float(sigma((p.mean() - c["majority_threshold"]) / c["majority_width"]))  # E9
        return self.all_agree(p)

    def willing_to(self, k: int, proposed: float) -> Values:
        """The chance that each voter agrees to one item, by E4 and E5."""
        dial, increase = self.dial, proposed - self.level_2024[k]
        military = increase * ((dial["hardness"][k] + dial["commitment"][k]) / 2) ** 3  # E4
        political = self.c["political_weight"] * increase * dial["bloc_signal"][k]  # E5
        return self.willing(self.decided_by[k], military, political)

    def willing(self, by: str, military: float, political: float) -> Values:
        """E6 and E7: the chance that each voter agrees to what costs as much."""
        c, x = self.c, self.now
        war = self.world["ukraine_war"] * self.fixed["proximity_europe"]
        stake = self.fixed["vital_asia"] * self.attention()
        deficit = max(0.0, self.e[11]) * (x["econ_cn"] + war + 1 - stake) / 3  # E6
        if by == "nato_consensus":
            members, support, unity = self.group["nato"], x["nato_support"], self.world["cohesion"]
        else:
            members = self.group["asean" if by == "asean_consensus" else "eu"]
            support, unity = x["eu_approval"], 0.5
        margin = c["readiness"] + c["support_weight"] * (support + unity - 1) + c["mood_weight"] * x["mood"]
        every: Values = sigma(margin - c["cost_weight"] * (military * (1 + deficit) + political))  # E7
        return every[members]

    def all_agree(self, p: Values) -> float:
        """E8."""
        return float(np.exp(max(0.0, self.e[7]) * np.log(p).sum()))

    def attention(self) -> float:
        """What the war in Ukraine leaves of Europe's attention: E63."""
        return float(1 - clip(self.e[52]) * self.world["ukraine_war"])

    def intervention(self) -> float:
        """The chance that NATO acts in a crisis: what the treaty covers (E65), times a consensus to act."""
        bound = self.world["commitment"]
        cover = 1 - clip(self.e[6]) * (1 - bound)
        burden = self.c["mission_burden"] * (1 - bound) ** 2  # E64
        return float(cover * self.all_agree(self.willing("nato_consensus", burden, 0.0)))

    # --------------------------------------------------------------------------------------------- section 7.3

    def deliver(self, t: int) -> None:
        """E10 to E13; `signed` moves like the level, but towards all that was agreed (of a pact: all that is feasible)."""
        eu_share = 1 - clip(self.e[57]) * self.now["econ_cn"][self.group["eu"]].mean()  # E10
        in_pool = self.carry["pool"] > 0
        demand = np.maximum(0, self.agreed - self.level_2024)[in_pool].sum()
        pool_share = 1.0 if demand <= self.c["european_pool"] else self.c["european_pool"] / demand  # E11
        for k, agreed in enumerate(self.agreed):
            feasible = 1 - self.carry["asian_pact"][k] * clip(self.e[36]) * self.c["heterogeneity"]  # E66
            share = self.dial["delivery"][k] * feasible
            share *= pool_share if in_pool[k] else 1
            share *= eu_share * self.world["eu_delivery"] if self.flag[k] == "EU" else 1
            start = self.level_2024[k]
            raised = max(0.0, agreed - start)
            goal = start + share * raised if raised > 0 else agreed  # E12
            binding = start + feasible * raised if raised > 0 else agreed
            self.level[k] = self.approach(k, self.level[k], goal)
            self.signed[k] = self.approach(k, self.signed[k], binding)
            tried = max(0.0, self.run.proposed[t, k] - agreed) + (1 - feasible) * raised
            self.shown[k] = self.level[k] + self.c["blocked_signal"] * tried

    def approach(self, k: int, level: float, goal: float) -> float:
        """E13."""
        n = self.dial["lead_time_months"][k] / 3
        if goal < level:
            n = min(n, self.c["cut_quarters"])
        return level + (goal - level) / max(1, n)

    def projection(self) -> float:
        """The share of Europe's forces that is of use in Asia: spare (E67), convertible (E68), not absorbed (E63)."""
        need = self.c["home_need"]
        spare = 1 - clip(self.e[8]) * clip((need - self.world["european_capability"]) / need)
        convertible = 1 - clip(self.e[9]) * self.c["land_share"] * clip(self.world["home_build_up"])
        return float(spare * convertible * self.attention())

    # --------------------------------------------------------------------------------------------- section 7.4

    def signals(self) -> dict[str, float]:
        """All signals, the strongest commitment and the stocks of steps and of pledges at the end of the quarter."""
        found = {}
        today, then = self.presence(self.shown, self.level), self.presence(self.level_2024, self.level_2024)
        for name in today:
            found[name] = self.c["relative_gain"] * (today[name] - then[name]) / then[name]  # E16
        before = self.joint_work(self.level_2024, self.projection_2024)
        found["cooperation"] = (
            self.joint_work(self.level, self.world["projection"]) - before
        ) / before  # E16, gain 1
        for name, (channel, part) in SUBSTANCE.items():
            cost = self.dial["cost_to_european_deterrence"]
            size = {"": 1.0, "benefit": np.maximum(0, -cost), "cost": np.maximum(0, cost)}[part]
            weight = self.carry[channel] * size
            total, total_2024 = (weight * self.level).sum(), (weight * self.level_2024).sum()
            found[name] = (total - total_2024) / max(total_2024, weight.sum() - total_2024)  # E17
        risen = self.world["nato_agenda"] - self.world_2024["nato_agenda"]
        for name in TONED:
            found[name] += self.c["agenda_weight"] * self.e[70] * risen / self.q  # E69
        found["commitment"] = self.commitment()
        kept = 1 - self.c["step_decay"]
        found["steps"] = kept * self.world_own["steps"] + self.c["step_intake"] * self.world["alarm"]  # E19
        stock = self.world_own["pledge_stock"]
        found["pledge_stock"] = stock + self.c["pledge_intake"] * max(0.0, found["pledges"] - stock)  # E70
        return {name: float(value) for name, value in found.items()}

    def joint_work(self, level: Values, projection: float) -> float:
        """What cooperation sums up, of European forces the part that can be projected."""
        deterrence = self.carry["partnership"] * np.maximum(0, self.dial["deterrence_asia"])
        european = self.carry["european_forces"]
        return float((deterrence * level * (1 - european + european * projection)).sum())

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
            sums["visibility"] += of_nato * visibility * (1 - m * hidden)  # E99
            sums["hardness"] += whole * hardness
        return sums

    def commitment(self) -> float:
        """E18."""
        binds = (self.carry["partnership"] > 0) & (self.carry["home_build_up"] == 0)
        return float((self.signed * self.dial["commitment"] ** 2)[binds].max())

    def taken_up(self) -> Values:
        """E98, by item and state: the sponsor's flag says whose role must be welcome."""
        formats = (1 + self.fixed["minilateral"]) / 2
        support = self.now["nato_support"]
        welcome = {"NATO": support, "national": (support + formats) / 2,
                   "EU": self.now["eu_approval"], "minilateral": formats, "coalition": formats}  # fmt: skip
        indifferent = np.full(len(formats), 0.5)
        return np.array([np.minimum(1, 2 * welcome.get(flag, indifferent)) for flag in self.flag])  # E98

    def offers(self) -> dict[str, Values]:
        """What is offered to each state, above mid-2024, and the industrial work that it has (all of it)."""
        change, target = self.level - self.level_2024, self.run.target[self.run.aim] * self.taken_up()
        benefit, help_ = change * self.dial["economic_benefit"], change * self.dial["resilience"]
        industrial = self.carry["industrial_offer"]
        return {
            "economic_offer": (benefit * (1 - industrial)) @ target,
            "industrial_work": (self.level * industrial) @ target,
            "eu_economy": (benefit * self.carry["eu_economy"]) @ target,
            "technical_help": (help_ * self.carry["technical"]) @ target,
            "eu_security": (change * self.carry["eu_security"]) @ target,
            "climate_help": (change * self.carry["climate"]) @ target,
        }
