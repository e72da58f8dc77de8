"""Which run, and whose side of it, is to be explained."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.inputs.assembly import Assembly
from sim.inputs.documents import InputError, unknown
from sim.inputs.evidence import load_seeds
from sim.inputs.experiment import LARGEST_SEED, MOST_MEMBERS, MOST_REPLICATES, whole_number
from sim.inputs.scenario import Scenario, load_scenario
from sim.runs.mesa_model import AlignmentModel

WORLD = "world"


@dataclass(frozen=True)
class Address:
    """Which run of a scenario: worldview (id), member, replicate, random seed, and whether luck plays."""

    worldview: str
    member: int = 0
    replicate: int = 0
    random_seed: int = 0
    chance: bool = True

    def checked(self) -> Address:
        """The same with the worldview's id. Raises InputError for an unknown worldview or a number out of bounds."""
        try:
            whole_number("member", self.member, 0, MOST_MEMBERS - 1)
            whole_number("replicate", self.replicate, 0, MOST_REPLICATES - 1)
            whole_number("random_seed", self.random_seed, 0, LARGEST_SEED)
        except ValueError as error:
            raise InputError(str(error)) from None
        return replace(self, worldview=load_seeds().worldview(self.worldview).id)

    def model(self, scenario: Scenario) -> AlignmentModel:
        """The run at its start, ready to be played."""
        return AlignmentModel(
            scenario,
            worldview=self.worldview,
            member=self.member,
            replicate=self.replicate,
            random_seed=self.random_seed,
            chance=self.chance,
        )


def scenario_of(scenario: str | Scenario) -> Scenario:
    """The scenario itself, or the one of that name or file."""
    return scenario if isinstance(scenario, Scenario) else load_scenario(scenario)


def place_of(actor: str, assembly: Assembly) -> int | None:
    """An actor's place, None for the world. Raises InputError for one that is not in the model or holds no state."""
    if actor == WORLD:
        return None
    ids, seeds = assembly.actor_ids, assembly.seeds
    by_name = {name: one.id for one in seeds.actors for name in (one.id, one.slug)}
    id_ = by_name.get(actor)
    if id_ in ids:
        return ids.index(id_)
    if id_ is not None:
        raise InputError(
            f"{actor} decides by its members and has no state of its own: explain a member, the world, or a vote"
        )
    slugs = [one.slug for one in seeds.actors if one.id in ids]
    raise InputError(unknown("actor", actor, [*ids, WORLD], also=slugs))
