"""Every name that a side of a comparison may use: outcomes, variables, actors and groups, domains, instruments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sim.inputs.documents import unknown
from sim.inputs.expressions import Variable
from sim.inputs.problems import shown

if TYPE_CHECKING:
    from sim.inputs.evidence import Instrument, Seeds
    from sim.inputs.quarters import Horizon


@dataclass
class Names:
    """Every name a side may use. `scenario` answers for policies and futures, and raises ValueError for others.

    horizon: the quarters of a scenario that was named. variables: names given to means of several variables.
    """

    seeds: Seeds
    scenario: Callable[[object, bool], str]
    horizon: Callable[[str], Horizon]
    variables: Mapping[str, list[str]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(init=False)
    states: tuple[str, ...] = field(init=False)
    sets: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        from sim.theory.outcome_list import OUTCOMES

        slugs = {outcome.id: outcome.slug for outcome in OUTCOMES}
        self.outcomes = {**slugs, **{slug: slug for slug in slugs.values()}}
        agents = [actor for actor in self.seeds.actors if actor.kind != "institution"]
        self.states = tuple(actor.id for actor in agents if "region" in actor.groups)
        known = {actor.id for actor in agents}
        self.sets = {actor.id: (actor.id,) for actor in agents}
        self.sets.update(
            {name: tuple(m for m in ids if m in known) for name, ids in self.seeds.groups.items()}
        )

    def variable(self, written: object) -> Variable:
        """The variable, or the mean of a list of them. Raises ValueError for an unknown name."""
        if isinstance(written, list) and written:
            parts = [self.variable(one) for one in written]
            joined = {
                kind: tuple(name for part in parts for name in getattr(part, kind))
                for kind in ("outcomes", "probes", "positions")
            }
            return Variable(" and ".join(part.name for part in parts), **joined)
        if not isinstance(written, str):
            raise ValueError(f"expected the name of an outcome or variable, got {shown(written)}")
        if written in self.variables:
            return replace(self.variable(self.variables[written]), name=written)
        if written in self.outcomes:
            return Variable(self.outcomes[written], outcomes=(self.outcomes[written],))
        head, _, tail = written.partition(".")
        if head == "position":
            return self._position(written, tail)
        if head in ("agreed", "level"):
            return Variable(written, probes=(f"{head}.{self.instrument(tail)}",))
        return Variable(written, probes=self._probes(written, head, tail))

    def _probes(self, written: str, head: str, tail: str) -> tuple[str, ...]:
        from sim.theory import state

        if head in state.WORLD_FIELDS and not tail:
            return (head,)
        if head not in state.ACTOR_FIELDS:
            names = [
                *self.variables,
                *self.outcomes.values(),
                *state.WORLD_FIELDS,
                *state.ACTOR_FIELDS,
                "agreed",
                "level",
                "position",
            ]
            raise ValueError(unknown("outcome or variable", written, names, also=self.outcomes))
        if not tail:
            raise ValueError(f"'{head}' belongs to actors; name one or a group: {head}.JPN, {head}.ASEAN")
        return tuple(f"{head}.{actor}" for actor in self.actors(tail))

    def _position(self, written: str, tail: str) -> Variable:
        domain, _, name = tail.partition(".")
        self.domain(domain)
        found = tuple(f"position.{domain}.{actor}" for actor in self.actors(name) if actor in self.states)
        if not found:
            raise ValueError(f"'{name}' has no position; expected a state of the region or a group of such")
        return Variable(written, positions=found)

    def actors(self, name: str) -> tuple[str, ...]:
        """Ids of an actor or of a group's members."""
        if not self.sets.get(name):
            raise ValueError(unknown("actor or group", name, self.sets))
        return self.sets[name]

    def domain(self, name: object) -> str:
        """The domain of that name."""
        from sim.theory import state

        if name not in state.DOMAINS:
            raise ValueError(unknown("domain", name, state.DOMAINS))
        return str(name)

    def instrument(self, name: object) -> str:
        """The slug of the instrument with this slug or id."""
        return lever(name, self.seeds).slug

    def baseline_of(self, instrument: str) -> float:
        """Level of the instrument in mid-2024."""
        return next(item.baseline for item in self.seeds.instruments if item.slug == instrument)

    def worldview(self, name: object) -> str:
        """The id of the worldview with this id or slug."""
        return self.seeds.worldview(str(name)).id


def lever(name: object, seeds: Seeds, also: Iterable[str] = ()) -> Instrument:
    """The instrument with this slug or id. Raises ValueError for another name, and for a move of others.

    also: names of other things that could have been meant.
    """
    for item in seeds.instruments:
        if name in (item.id, item.slug):
            if item.describes is None:
                return item
            raise ValueError(
                f"'{name}' is no instrument but a move of others: an event on '{item.describes}'"
            )
    raise ValueError(unknown("instrument", name, [*also, *(item.slug for item in seeds.instruments)]))
