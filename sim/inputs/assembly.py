"""From seeds to the arrays of a run: what is fixed, what a member draws, what a worldview holds, what a policy sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.inputs.coding import DEFAULT_CORRELATION, Sourced
from sim.inputs.evidence import Mechanism, Seeds
from sim.inputs.members import Draw, Uncertain
from sim.theory import mechanisms as m
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.elementary import fill_logits
from sim.theory.phases import luck
from sim.theory.run import Luck, Run, new_board

if TYPE_CHECKING:
    from sim.inputs.scenario import Scenario, Settings

# Attributes of the seeds that a run needs, beside resting ties.
_SEED_ATTRIBUTES = (
    "threat_cn", "threat_ru", "threat_dprk", "threat_nato", "bloc_aversion", "target_fear", "trust_commit",
    "trust_assure", "econ_cn", "eu_tie", "eu_approval", "resilience", "capability", "nato_overall", "nato_hi", "nato_lo",
    "nato_ind", "growth", "domestic_swing", "vital_asia", "proximity_europe", "proximity_taiwan", "proximity_scs",
    "proximity_ecs", "proximity_korea", "growth_priority", "colonial", "nonalign", "autonomy", "democratic_identity",
    "dprk_need", "minilateral", "hedge", "defence_industry",
    *(f"us_tie_{domain}" for domain in s.DOMAINS),
    *(f"cn_tie_{domain}" for domain in s.DOMAINS),
)  # fmt: skip
# Resting levels stay this far from the ends of the scale, so that every variable can move both ways.
LOWEST, HIGHEST = 0.02, 0.98
# How much of its aversion to blocs a state feels as pressure in mid-2024 (assumed: half; the rest waits for signals).
PRESSURE_FELT = 0.5
STRICT_LEAVES_OUT = ("M15", "M57", "M58", "M59", "M68")
# Circles of neighbours: groups whose members look at one another, all weighing alike.
CIRCLES = ("ASEAN", "EASTERN_CIRCLE", "EUR_NATO")


@dataclass(frozen=True)
class Places:
    """Where each kind of number stands among a member's values."""

    dial: NDArray[np.int64]  # (dials, I)
    effect: NDArray[np.int64]  # (mechanisms with a canonical effect,)
    parameter: NDArray[np.int64]  # (parameters,)
    strength: dict[str, NDArray[np.int64]]  # worldview → (realised mechanisms,)
    attribute: dict[str, NDArray[np.int64]]  # worldview → (seed attributes, A)
    world: dict[str, NDArray[np.int64]]  # worldview → (adaptive world fields,)


class Assembly:
    """The model assembled from its seeds: everything that is the same for all runs, and how a run is filled."""

    def __init__(
        self,
        seeds: Seeds,
        *,
        correlation: float = DEFAULT_CORRELATION,
        scales: Mapping[str, float] | None = None,
    ) -> None:
        """`scales`: factors on clusters of effects and on coefficients; default: those of the calibration."""
        self.seeds = seeds
        self.scales = seeds.calibration if scales is None else scales
        self.actors = [actor for actor in seeds.actors if actor.kind != "institution"]
        self.instruments = list(seeds.instruments)
        self.actor_ids = tuple(actor.id for actor in self.actors)
        self.worldviews = tuple(worldview.id for worldview in seeds.worldviews_and_pooled)
        self.group = self._groups()
        self.circle = self._circles()
        self.carry = self._carries()
        self.aim, self.target, self.sponsor = self._aims()
        self.draw, self.places = self._uncertain(correlation)

    def _groups(self) -> NDArray[np.float64]:
        names = {
            "NATO": s.NATO,
            "EU": s.EU,
            "ASEAN": s.ASEAN,
            "IP4": s.PARTNERS,
            "ASIAN_STATES": s.ASIAN_STATES,
        }
        group = np.zeros((len(s.GROUPS), len(self.actors)))
        for place, actor in enumerate(self.actors):
            for name, row in names.items():
                group[row, place] = float(name in actor.groups)
            is_partner = group[s.PARTNERS, place] == 1.0
            group[s.NON_PARTNERS, place] = float(group[s.ASIAN_STATES, place] == 1.0 and not is_partner)
            group[s.CHOOSERS, place] = float("FIXED_TIES" not in actor.groups)
            group[s.BEIJING, place] = float("BEIJING" in actor.groups)
        return group

    def indo_pacific(self) -> list[int]:
        """Places of the states whose positions are kept for every run."""
        return [k for k, actor in enumerate(self.actors) if "region" in actor.groups]

    def _circles(self) -> NDArray[np.float64]:
        """Who belongs to which circle (circles, A), each state to the first of its own; all in a circle weigh alike."""
        first = [next((name for name in CIRCLES if name in actor.groups), "") for actor in self.actors]
        return np.array([[float(name == one) for one in first] for name in CIRCLES])

    def _uncertain(self, correlation: float) -> tuple[Draw, Places]:
        seeds = self.seeds
        numbers = Uncertain()
        dial = [
            [numbers.add(item.dials[name], "dial", item.stream, name, name) for item in self.instruments]
            for name in s.DIALS
        ]
        mechanisms = {int(mechanism.id[1:]): mechanism for mechanism in seeds.mechanisms}
        effect = [
            numbers.add(self._canonical_effect(mechanisms[k]), "effect", k, "effect", mechanisms[k].cluster)
            for k in m.REALISED
            if k not in m.SHARES
        ]
        parameter = [
            numbers.add(self._coefficient(one), "parameter", 0, one.name, one.name) for one in p.PARAMETERS
        ]
        strength, attribute, world = {}, {}, {}
        for worldview in self.worldviews:
            strength[worldview] = np.array([
                numbers.add(mechanisms[k].strengths[worldview], "strength", k, "strength", "")
                for k in m.REALISED
            ])  # fmt: skip
            attribute[worldview] = np.array([
                [
                    numbers.add(seeds.attribute(worldview, name, actor.id), "attribute", actor.stream, name, name)
                    for actor in self.actors
                ]
                for name in _SEED_ATTRIBUTES
            ])  # fmt: skip
            world[worldview] = np.array([
                numbers.add(seeds.world(worldview, name), "world", 0, name, name) for name in s.ADAPTIVE_WORLD_FIELDS
            ])  # fmt: skip
        places = Places(np.array(dial), np.array(effect), np.array(parameter), strength, attribute, world)
        return numbers.frozen(correlation), places

    def _canonical_effect(self, mechanism: Mechanism) -> Sourced:
        """A mechanism's effect at strength 1, in logit points per reference step of its cause: its tier, varied."""
        size = self.seeds.tiers[mechanism.tier] * self.scales.get(mechanism.cluster, 1.0)
        spread = self.seeds.variation
        return Sourced(
            size * (1 - spread), size, size * (1 + spread), "assumed", f"assumed: {mechanism.tier_reason}", 1
        )

    def _coefficient(self, parameter: p.Parameter) -> Sourced:
        """A coefficient, scaled, inside its bounds."""
        value, scale = self.seeds.parameter(parameter.name), self.scales.get(parameter.name, 1.0)
        low, mode, high = (
            min(max(end * scale, parameter.lower), parameter.upper)
            for end in (value.low, value.mode, value.high)
        )
        return replace(value, low=low, mode=mode, high=high)

    def blank_run(self, quarters: int, n_events: int = 0) -> Run:
        """A run with everything that no member, worldview or policy changes filled in."""
        i = len(self.instruments)
        return Run(
            self.blank_board(),
            np.zeros((quarters, i)),
            np.zeros(i),
            np.zeros((n_events, 7)),
            self.blank_luck(quarters),
        )

    def blank_luck(self, quarters: int) -> Luck:
        """Room for the luck of one address, not dealt yet."""
        a, i = len(self.actors), len(self.instruments)
        return Luck(
            np.zeros((quarters, luck.N_ACTOR_LUCK, a)), np.zeros((quarters, luck.N_WORLD_LUCK)), np.zeros(i)
        )

    def blank_board(self) -> np.record:
        """A board with everything that no member, worldview or policy changes filled in."""
        board = new_board(len(self.actors), len(self.instruments), len(self.target))
        board.group[:], board.circle[:], board.carry[:] = self.group, self.circle, self.carry
        board.aim[:], board.target[:], board.sponsor[:] = self.aim, self.target, self.sponsor
        board.stream[:] = [actor.stream for actor in self.actors]
        board.baseline[:] = [item.baseline for item in self.instruments]
        board.brand[:] = [_brand(item.brand) for item in self.instruments]
        board.decision[:] = [s.DECISIONS.index(item.decision) for item in self.instruments]
        board.item_stream[:] = [item.stream for item in self.instruments]
        board.votes[:] = np.nan
        return board

    def _aims(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        """Each instrument's aim (I,); at whom each aim is directed (aims, A); whose role must be welcome for it (aims,).

        Instruments with the same targets under the same sponsor share an aim.
        """
        aims: dict[tuple[tuple[bool, ...], int], int] = {}
        of_item = [
            aims.setdefault(
                (tuple(actor.id in item.targets for actor in self.actors), _sponsor(item.brand)), len(aims)
            )
            for item in self.instruments
        ]
        targets, sponsors = zip(*aims, strict=True)
        return np.array(of_item), np.array(targets, dtype=np.float64), np.array(sponsors)

    def _carries(self) -> NDArray[np.float64]:
        carry = np.zeros((len(s.CARRIES), len(self.instruments)))
        for place, item in enumerate(self.instruments):
            for name in s.CARRIES:
                carry[s.CARRIES.index(name), place] = item.carries.get(name, 0.0)
            carry[s.EU_PRESENCE_CARRY, place] = float(item.brand == "EU")
            carry[s.POOL_CARRY, place] = float(item.shares_european_pool)
        return carry

    def fill_member(self, run: Run, values: NDArray[np.float64], worldview: str, settings: Settings) -> None:
        """Give a run a member's values (as drawn) under a worldview and settings; `prepare` must follow."""
        run.dial[:] = values[self.places.dial]
        run.parameter[:] = values[self.places.parameter]
        run.effect[:] = 0.0
        run.effect[list(m.REALISED)] = values[self.places.strength[worldview]]
        pushes = [k for k in m.REALISED if k not in m.SHARES]
        run.effect[pushes] *= values[self.places.effect]
        if not settings.european_pool:
            run.parameter[p.EUROPEAN_POOL] = np.inf
        if settings.strict:
            run.effect[[int(name[1:]) for name in STRICT_LEAVES_OUT]] = 0.0
        self._fill_reading(run, worldview)
        world = np.clip(values[self.places.world[worldview]], LOWEST, HIGHEST)
        fill_logits(world, run.world_rest)
        self._fill_actors(run, values[self.places.attribute[worldview]])

    def _fill_reading(self, run: Run, worldview: str) -> None:
        """Of two rival readings of one instrument only the worldview's own counts: the other's dials are all zero."""
        left_out = self.seeds.worldview(worldview).reading_left_out
        run.dial[:, [item.id for item in self.instruments].index(left_out)] = 0.0

    def _fill_actors(self, run: Run, drawn: NDArray[np.float64]) -> None:
        by_name = dict(zip(_SEED_ATTRIBUTES, drawn, strict=True))
        partner = self.group[s.PARTNERS] == 1.0
        rest = np.zeros_like(run.rest)
        for name in s.ADAPTIVE_ACTOR_FIELDS:
            row = s.ADAPTIVE_ACTOR_FIELDS.index(name)
            if name in by_name:
                rest[row] = by_name[name]
        rest[s.BLOC_PRESSURE] = PRESSURE_FELT * by_name["bloc_aversion"]
        rest[s.TARGET_RISK] = by_name["target_fear"]
        for row, form in (
            (s.ENGAGE_SHOWY, "nato_hi"),
            (s.ENGAGE_QUIET, "nato_lo"),
            (s.ENGAGE_INDUSTRIAL, "nato_ind"),
        ):
            stance = (by_name["nato_overall"] + by_name[form]) / 2
            rest[row] = np.where(partner, (1 + stance) / 2, 0.0)
        rest[s.NATO_SUPPORT] = (1 + by_name["nato_overall"]) / 2
        rest[s.BACKLASH] = np.where(self.group[s.NON_PARTNERS] == 1.0, -by_name["nato_overall"], 0.0)
        rest[s.BALANCING] = (by_name["threat_cn"] + by_name["us_tie_security"]) / 2
        fill_logits(np.clip(rest, LOWEST, HIGHEST), run.rest)
        for domain, name in enumerate(s.DOMAINS):
            run.attribute[s.US_REST + domain] = np.clip(by_name[f"us_tie_{name}"], LOWEST, HIGHEST)
            run.attribute[s.CN_REST + domain] = np.clip(by_name[f"cn_tie_{name}"], LOWEST, HIGHEST)
        run.attribute[s.GROWTH_REST] = by_name["growth"]
        for row in range(s.DOMESTIC_SWING, len(s.ATTRIBUTES)):
            run.attribute[row] = by_name[s.ATTRIBUTES[row]]

    def fill_policy(self, run: Run, scenario: Scenario) -> None:
        """Give a run a scenario's levels, votes taken as passed, and events (their number must fit the run)."""
        run.proposed[:], run.adopted[:], run.event[:] = self.policy(scenario)

    def policy(
        self, scenario: Scenario
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """What a scenario brings to a run: `Run.proposed`, `Run.adopted` and `Run.event`."""
        adopted = np.zeros(len(self.instruments))
        for place, item in enumerate(self.instruments):
            is_trend = item.slug not in scenario.paths
            is_adopted = scenario.adopted is True or (
                not isinstance(scenario.adopted, bool) and item.slug in scenario.adopted
            )
            adopted[place] = 2.0 if is_adopted and not is_trend else float(is_trend)
        return scenario.levels(self.instruments), adopted, self.event_rows(scenario)

    def event_rows(self, scenario: Scenario) -> NDArray[np.float64]:
        """A scenario's events as rows (E, 7) for the kernel, actors by place."""
        rows = np.zeros((len(scenario.events), 7))
        for k, event in enumerate(scenario.events):
            is_world = event.variable in s.WORLD_FIELDS
            names = s.WORLD_FIELDS if is_world else s.ACTOR_FIELDS
            actor = -1 if event.actor is None else self.actor_ids.index(event.actor)
            rows[k] = (
                float(is_world), names.index(event.variable), actor, float(event.mode == "set"), event.value,
                event.start, event.stop,
            )  # fmt: skip
        return rows


def _brand(name: str) -> int:
    return s.BRANDS.index(name) if name in s.BRANDS else s.OTHER_BRAND


def _sponsor(brand: str) -> int:
    """Whose role must be welcome for what comes under a flag: its place in `state.SPONSORS`."""
    own = "small formats" if brand in ("minilateral", "coalition") else brand
    return s.SPONSORS.index(own if own in s.SPONSORS else "other")
