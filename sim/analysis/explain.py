"""Why an actor, or the world, moved in one run: which terms drove each variable, quarter by quarter.

Terms are counted since mid-2024, in the state of their quarter: they say what pushes *then*, given everything that has
happened, and not what the whole run would have been without them. Contributions of one quarter and variable, `joint`
among them, add up to the pressure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.explain_address import WORLD, Address, place_of, scenario_of
from sim.analysis.explain_pressures import (
    ACTOR_VARIABLES,
    GROWTH,
    JOINT,
    JOINT_NAME,
    WORLD_VARIABLES,
    Source,
    Splitter,
    in_the_state_of,
    posture_chances,
    sources_of,
    targets,
)
from sim.inputs.documents import InputError, unknown
from sim.inputs.scenario import Scenario
from sim.runs.mesa_model import AlignmentModel
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.run import Run, copied

LOGIT_POINTS, PERCENTAGE_POINTS = "logit points", "percentage points a year"
PULLS = tuple(f"pull_{domain}" for domain in s.DOMAINS)
_TERM_KEYS = ["quarter", "actor", "variable", "source", "name"]


@dataclass(frozen=True)
class Explanation:
    """The terms behind one actor's variables in one run.

    terms: quarter, actor, variable, source (a mechanism's id, a link's coefficient, or `joint`), name, contribution in
    the unit of the variable's pressure. levels: quarter, actor, variable, unit (of the pressure), mid_2024, pressure (the
    sum of the contributions), target (where it would settle if the quarter's pressures stayed), level (at the end of the
    quarter, by the rules), seen (the same under open events). For a pull these are positions, −1 with Beijing … +1 with
    Washington, the target being the mean over postures; the worth of hedging has none. postures: quarter, actor, domain,
    posture, chance, chance_2024, held; empty for the world and for actors whose ties are fixed.
    """

    scenario: Scenario
    address: Address
    actor: str
    actor_name: str
    variables: tuple[str, ...]
    terms: pd.DataFrame
    levels: pd.DataFrame
    postures: pd.DataFrame
    against: Explanation | None = None

    @property
    def quarters(self) -> list[str]:
        """The quarters of the run, as text."""
        return [self.scenario.horizon.quarter(k) for k in range(self.scenario.quarters)]

    def difference(self, other: Explanation) -> pd.DataFrame:
        """What each term adds here and in another run of the same actor, and the change: here less there.

        Columns as in `terms`, then `contribution`, `against` and `change`; a term that one run lacks counts 0 there.
        """
        if (self.actor, self.quarters) != (other.actor, other.quarters):
            raise InputError("terms can be compared for the same actor over the same quarters only")
        here, there = (one.terms.set_index(_TERM_KEYS)["contribution"] for one in (self, other))
        both = pd.DataFrame({"contribution": here, "against": there}).fillna(0.0)
        both["change"] = both["contribution"] - both["against"]
        order = dict.fromkeys([*here.index, *there.index])
        return both.reindex(pd.MultiIndex.from_tuples(order, names=_TERM_KEYS)).reset_index()

    def change(self) -> pd.DataFrame:
        """The difference from the policy it was explained against. Raises InputError if there is none."""
        if self.against is None:
            raise InputError("explained by itself: give `against` to compare it with another policy")
        return self.difference(self.against)


def explain(
    scenario: str | Scenario,
    *,
    worldview: str,
    actor: str = WORLD,
    variable: str | None = None,
    member: int = 0,
    replicate: int = 0,
    random_seed: int = 0,
    chance: bool = True,
    against: str | Scenario | None = None,
) -> Explanation:
    """Explain one actor (id or slug; `world` for what all share) in one run, or one of its variables.

    Explaining a pull explains the worth of hedging with it: the two make the choice of a posture. `against` is another
    policy, played with the same member and the same luck; see `Explanation.change`.
    Raises InputError for an unknown actor, variable, worldview or scenario, and for policies over different quarters.
    """
    played = [scenario_of(one) for one in ([scenario] if against is None else [scenario, against])]
    if len({(one.start, one.quarters) for one in played}) > 1:
        raise InputError(f"{played[0].slug} and {played[1].slug} do not run over the same quarters")
    address = Address(worldview, member, replicate, random_seed, chance).checked()
    first, *others = [_explained(one, address, actor, variable) for one in played]
    return replace(first, against=others[0]) if others else first


def _explained(scenario: Scenario, address: Address, actor: str, variable: str | None) -> Explanation:
    model = address.model(scenario)
    place = place_of(actor, model.assembly)
    chosen = chosen_variables(variable, place)
    book = _Book(model, place, chosen)
    book.play()
    model.forget()
    id_ = WORLD if place is None else model.assembly.actor_ids[place]
    name = "the world" if place is None else model.assembly.actors[place].name
    return Explanation(scenario, address, id_, name, chosen, book.terms(id_), *book.tables(id_))


def chosen_variables(variable: str | None, place: int | None) -> tuple[str, ...]:
    """The variables to explain. Raises InputError for one that no pressure moves, saying what to ask instead."""
    known, others = (
        (WORLD_VARIABLES, ACTOR_VARIABLES) if place is None else (ACTOR_VARIABLES, WORLD_VARIABLES)
    )
    if variable is None:
        return known
    if variable in PULLS:
        return (variable, "hedge_value")
    if variable in known:
        return (variable,)
    if variable in others:
        owner = "a state's: name the actor" if place is None else "the world's: ask for the actor 'world'"
        raise InputError(f"{variable} is {owner}")
    domain = variable.rpartition("_")[2]
    if domain in s.DOMAINS and variable in s.ACTOR_FIELDS:
        raise InputError(f"{variable} follows the choice of a posture: explain pull_{domain}")
    if variable in (*s.ACTOR_FIELDS, *s.WORLD_FIELDS):
        raise InputError(f"{variable} is not moved by pressures: explain a variable that reads it")
    raise InputError(unknown("variable", variable, known))


class _Book:
    """What is noted of a run while it is played."""

    def __init__(self, model: AlignmentModel, place: int | None, variables: tuple[str, ...]) -> None:
        self.model, self.place, self.variables = model, place, variables
        names = WORLD_VARIABLES if place is None else ACTOR_VARIABLES
        self.columns = [names.index(name) for name in variables]
        run = model.arrays
        self.sources = sources_of(run, model.assembly.seeds)
        self.splitter = Splitter(run, place, self.sources)
        self.start = copied(run)
        chooses = place is not None and run.group[s.CHOOSERS, place] == 1.0
        pulls = [name for name in variables if name in PULLS] or (PULLS if "hedge_value" in variables else ())
        self.domains = [PULLS.index(name) for name in pulls] if chooses else []
        self.parts: list[np.ndarray] = []
        self.levels: list[dict[str, Any]] = []
        self.postures: list[dict[str, Any]] = []

    def play(self) -> None:
        """Play the run to its end, noting every quarter."""
        run, horizon = self.model.arrays, self.model.scenario.horizon
        while self.model.quarter < self.model.scenario.quarters:
            quarter = horizon.quarter(self.model.quarter)
            before = copied(run)
            self.model.step()
            probe = in_the_state_of(run, before)
            settled = targets(probe)
            total, parts = self.splitter.split(probe)
            self.parts.append(parts[:, self.columns])
            for variable, pressure in zip(self.variables, total[self.columns], strict=True):
                self.levels.append(self._level(quarter, variable, float(pressure), run, settled))
            for domain in self.domains:
                self.postures += self._postures(quarter, domain, run, settled)

    def _level(self, quarter: str, variable: str, pressure: float, run: Run, settled: Run) -> dict[str, Any]:
        return {
            "quarter": quarter,
            "variable": variable,
            "unit": PERCENTAGE_POINTS if variable == GROWTH else LOGIT_POINTS,
            "mid_2024": self._value(variable, self.start),
            "pressure": pressure,
            "target": self._value(variable, settled),
            "level": self._value(variable, run),
            "seen": self._value(variable, run, is_seen=True),
        }

    def _value(self, variable: str, run: Run, *, is_seen: bool = False) -> float:
        """A variable's own value in a run, or what everybody sees of it; a position for a pull."""
        if self.place is None:
            world = run.world if is_seen else run.world_own
            return float(world[s.WORLD_FIELDS.index(variable)])
        state = (run.now if is_seen else run.own)[:, self.place]
        if variable in PULLS:
            domain = PULLS.index(variable)
            return float(state[s.US_TIE + domain] - state[s.CN_TIE + domain])
        if variable == "hedge_value":
            return float("nan")
        return float(state[s.ACTOR_FIELDS.index(variable)])

    def _postures(self, quarter: str, domain: int, run: Run, settled: Run) -> list[dict[str, Any]]:
        assert self.place is not None
        chances = posture_chances(settled, self.place, domain)
        at_rest = posture_chances(settled, self.place, domain, in_mid_2024=True)
        is_drawn = bool(self.model.arrays.clock[r.CHANCE_ON])
        held = run.own[s.POSTURE + domain, self.place]
        return [
            {"quarter": quarter, "domain": s.DOMAINS[domain], "posture": name, "chance": chances[k],
             "chance_2024": at_rest[k], "held": is_drawn and held == k}
            for k, name in enumerate(s.POSTURES)
        ]  # fmt: skip

    def terms(self, actor: str) -> pd.DataFrame:
        """The table of terms: those that ever push a variable, and `joint` for every variable."""
        parts = np.array(self.parts)  # (quarters, sources + joint, variables)
        horizon = self.model.scenario.horizon
        sources = (*self.sources, Source(JOINT, JOINT_NAME, False, -1))
        rows = [
            (horizon.quarter(t), actor, variable, source.id, source.name, parts[t, k, column])
            for column, variable in enumerate(self.variables)
            for t in range(parts.shape[0])
            for k, source in enumerate(sources)
            if source.id == JOINT or parts[:, k, column].any()
        ]
        return pd.DataFrame(rows, columns=[*_TERM_KEYS, "contribution"])

    def tables(self, actor: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The tables of levels and of postures."""
        levels = pd.DataFrame(self.levels)
        columns = ["quarter", "domain", "posture", "chance", "chance_2024", "held"]
        postures = pd.DataFrame(self.postures, columns=columns)
        for table in (levels, postures):
            table.insert(1, "actor", actor)
        return levels, postures
