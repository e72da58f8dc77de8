"""The model with something taken out: null models that still run, and ablations of what the agents add."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assembly import Assembly
from sim.inputs.evidence import Mechanism, Seeds, Sourced
from sim.inputs.scenario import Settings
from sim.theory import parameters as p
from sim.theory.run import Run

# Kinds of actors, the first that fits counts; whoever is in none is a kind of its own (the poles, Taiwan, Ukraine …).
KINDS_OF_ACTORS = ("IP4", "ASIAN_NON_PARTNERS", "NATO_MEMBERS")
NEVER_AVERAGED = ("USA",)
# The worldviews that are averaged, and the one whose reading of Washington (two rival instruments) all are given.
AVERAGED = ("W1", "W2", "W3", "W4")
READING_OF = "W2"
# With these at 1 a variable, a tie and the memory of steps hold nothing but the last quarter.
FORGOTTEN_AT_ONCE = (p.STEP_DECAY, p.SPEED_FAST, p.SPEED_MEDIUM, p.SPEED_SLOW, p.TIE_SPEED)


class EffectsOfOne(Assembly):
    """Every canonical effect is 1 logit point: the tiers weak, medium and strong are flattened, and not varied."""

    def _canonical_effect(self, mechanism: Mechanism) -> Sourced:
        return Sourced(1.0, 1.0, 1.0, "assumed", f"assumed: {mechanism.id} like every other", 0)


class IdenticalWorldviews(Assembly):
    """Every worldview holds the mean of the four: strengths, attributes, levels of the world, one reading of Washington."""

    def fill_member(self, run: Run, values: NDArray[np.float64], worldview: str, settings: Settings) -> None:
        """As in the full model, of the means over worldviews."""
        mixed = values.copy()
        for by_worldview in vars(self.places).values():
            if isinstance(by_worldview, dict):
                mean = np.mean([values[by_worldview[one]] for one in AVERAGED], axis=0)
                for one in AVERAGED:
                    mixed[by_worldview[one]] = mean
        super().fill_member(run, mixed, worldview, settings)

    def _fill_reading(self, run: Run, worldview: str) -> None:
        super()._fill_reading(run, READING_OF)


class IdenticalActors(Assembly):
    """Every attribute of an actor is the mean over its kind: partners, other Asian states, members of NATO."""

    def _fill_actors(self, run: Run, drawn: NDArray[np.float64]) -> None:
        alike = drawn.copy()
        for places in self.kinds():
            alike[:, places] = drawn[:, places].mean(axis=1, keepdims=True)
        super()._fill_actors(run, alike)

    def kinds(self) -> list[list[int]]:
        """Places of the actors of each kind."""
        found: dict[str, list[int]] = {}
        for place, actor in enumerate(self.actors):
            kind = next((name for name in KINDS_OF_ACTORS if name in actor.groups), actor.id)
            found.setdefault(actor.id if actor.id in NEVER_AVERAGED else kind, []).append(place)
        return list(found.values())


class NoNeighbours(Assembly):
    """Nobody looks at anybody: no circle has members."""

    def _circles(self) -> NDArray[np.float64]:
        return np.zeros_like(super()._circles())


class NoMemory(Assembly):
    """Nothing outlasts a quarter: steps are forgotten at once, variables and ties are where their causes put them.

    Moods and crises are chance, not memory, and keep their persistence.
    """

    def fill_member(self, run: Run, values: NDArray[np.float64], worldview: str, settings: Settings) -> None:
        """As in the full model, with every speed and the decay of steps at 1."""
        super().fill_member(run, values, worldview, settings)
        run.parameter[list(FORGOTTEN_AT_ONCE)] = 1.0


class Variant(NamedTuple):
    """A model to score beside the full one."""

    slug: str
    name: str
    is_ablation: bool
    assembly: Callable[[Seeds], Assembly]


VARIANTS = (
    Variant("effects_of_one", "all effects 1", False, EffectsOfOne),
    Variant("identical_worldviews", "identical worldviews", False, IdenticalWorldviews),
    Variant("identical_actors", "identical actors", True, IdenticalActors),
    Variant("no_neighbours", "no neighbours", True, NoNeighbours),
    Variant("no_memory", "no memory", True, NoMemory),
)
