"""The evidence: what the model grows from, read from `seeds/`, merged, and with the source of every number.

`load_seeds()` gives the actors, instruments, mechanisms, worldviews, outcomes, perspectives, claims, articles and
parameters, and answers `attribute(worldview, name, actor)`, `world(worldview, variable)` and `parameter(name)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from sim.inputs import seeds_schema as schema
from sim.inputs.attributes import Attributes
from sim.inputs.coding import CHOICES, Choice, Coding, Sourced, Twice, hull
from sim.inputs.documents import InputError, unknown
from sim.inputs.figures import Figures
from sim.inputs.places import seeds_folder

__all__ = [
    "Actor",
    "Article",
    "Claim",
    "Instrument",
    "Mechanism",
    "Seeds",
    "Sourced",
    "Worldview",
    "load_seeds",
]

Tier = Literal["weak", "medium", "strong"]


@dataclass(frozen=True)
class Article:
    """One text, by its bibliography; `sections` gives each section's first and last paragraph."""

    id: str
    authors: tuple[str, ...]
    outlet: str
    title: str
    date: str
    sections: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Claim:
    """One paraphrased claim; `hooks` names the instruments, mechanisms and actors it bears on."""

    id: str
    at: tuple[str, ...]
    speaker: str
    type: str
    hooks: tuple[str, ...]
    claim: str


@dataclass(frozen=True)
class Actor:
    """One agent or institution; `stream` is its stable number in chance, `groups` the sets it belongs to."""

    id: str
    slug: str
    name: str
    kind: str
    stream: int
    groups: tuple[str, ...]
    inherits: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Instrument:
    """One lever (IN) or move (CN, RS, RU).

    dials: by name, each a Sourced (units in seeds/instruments.yaml). baseline: mode of `baseline_level`, the level
    of mid-2024, 0..1. carries: channels of substance it feeds, with weights. describes: for a move, the state
    variable it overrides. sponsors and targets are actor ids; `sponsors_named`, `targets_named` as coded.
    """

    id: str
    slug: str
    name: str
    stream: int
    category: str
    brand: str
    status: str
    decision: str
    sponsors: tuple[str, ...]
    targets: tuple[str, ...]
    dials: Mapping[str, Sourced]
    baseline: float
    baseline_level: Sourced
    carries: Mapping[str, float]
    has_trend: bool
    shares_european_pool: bool
    describes: str | None
    at: tuple[str, ...]
    claim: str
    counter_claim: str
    note: str
    basis: Mapping[str, tuple[str, ...]]
    decision_as_coded: str
    sponsors_named: tuple[str, ...]
    targets_named: tuple[str, ...]


@dataclass(frozen=True)
class Stance:
    """Who supports, disputes or passes over a mechanism, and where."""

    stance: str
    at: tuple[str, ...]
    who: str
    text: str
    modality: str
    claim: str


@dataclass(frozen=True)
class Mechanism:
    """One causal claim; `strengths` by worldview id (pooled too), 1 the full canonical effect, negative the other way."""

    id: str
    slug: str
    cluster: str
    cause: tuple[str, ...]
    effect: tuple[str, ...]
    sign: str
    through: str
    for_whom: tuple[str, ...]
    status: str
    form: str
    note: str
    added_by_coder: bool
    strengths: Mapping[str, Sourced]
    claims: tuple[Stance, ...]
    tier: Tier
    tier_reason: str
    realised_by: str
    left_out_because: str


@dataclass(frozen=True)
class Worldview:
    """One consistent theory; label tables are Sourced by label (seeds_schema.LABELS).

    reading_left_out: of two rival readings of one instrument, the one that counts nowhere here.
    """

    id: str
    slug: str
    anchor: str
    premise: str
    core: tuple[str, ...]
    tensions: tuple[str, ...]
    biases: tuple[str, ...]
    guard_against_bias: str
    coding_preference: tuple[str, ...]
    commitment_threshold: float | None
    commitment_threshold_in_words: str
    share_region_opposed: Sourced
    label_alarm_china: Mapping[str, Sourced]
    label_aversion_region: Mapping[str, Sourced]
    reading_left_out: str
    reading_because: str = ""


@dataclass(frozen=True)
class Outcome:
    """One outcome; `direction` is which way is better for most readers, or `depends`."""

    id: str
    slug: str
    name: str
    unit: str
    direction: str
    headline: bool
    scope: tuple[str, ...]
    at: tuple[str, ...]
    who_cares: str
    definition: str
    as_computed: str


@dataclass(frozen=True)
class Preference:
    """What a perspective makes of an outcome: `prefers` is higher, lower or either; weight 0..3."""

    prefers: str
    weight: float
    because: str
    at: tuple[str, ...]


@dataclass(frozen=True)
class Perspective:
    """Whose eyes a result is seen with; `outcomes` by outcome slug."""

    slug: str
    name: str
    who: str
    outcomes: Mapping[str, Preference]


@dataclass(frozen=True)
class Seeds:
    """Everything in `seeds/`, with the two codings merged as `coding` says. Actors and instruments by stream.

    worldviews: the rival theories, W1 to W4. pooled: drawn from the hull of all four, for whoever asks for it by name.
    """

    coding: Choice
    folder: Path
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    codings: Mapping[str, Coding]
    actors: tuple[Actor, ...]
    groups: Mapping[str, tuple[str, ...]]
    instruments: tuple[Instrument, ...]
    mutually_exclusive: tuple[tuple[str, ...], ...]
    mechanisms: tuple[Mechanism, ...]
    clusters: Mapping[str, tuple[str, ...]]
    worldviews: tuple[Worldview, ...]
    pooled: Worldview
    outcomes: tuple[Outcome, ...]
    perspectives: tuple[Perspective, ...]
    parameters: Mapping[str, Sourced]
    tiers: Mapping[str, float]
    variation: float
    calibration: Mapping[str, float]
    quantity_words: Mapping[str, Sourced]
    twice_coded: tuple[Twice, ...] = field(repr=False)
    dropped_dials: Mapping[str, schema.DroppedEntry]
    figures: Figures
    attributes: Attributes = field(repr=False)
    world_levels: Mapping[tuple[str, str], Sourced] = field(repr=False)
    meanings: Mapping[str, str] = field(repr=False)

    @cached_property
    def worldviews_and_pooled(self) -> tuple[Worldview, ...]:
        """Every worldview that can be asked for by name."""
        return (*self.worldviews, self.pooled)

    @cached_property
    def states(self) -> tuple[Actor, ...]:
        """The agents that have attributes: states and aggregates, by stream; institutions are left out."""
        return tuple(actor for actor in self.actors if actor.kind != "institution")

    @cached_property
    def attribute_names(self) -> tuple[str, ...]:
        """Names of the attributes of agents, in the order of seeds/attributes.yaml."""
        return tuple(self.attributes.entries)

    @cached_property
    def world_names(self) -> tuple[str, ...]:
        """Names of the shared variables that have an initial level."""
        return tuple(dict.fromkeys(name for _, name in self.world_levels))

    def attribute(self, worldview: str, name: str, actor: str) -> Sourced:
        """An attribute of an agent under a worldview (id or slug). Raises InputError for an unknown name."""
        worldview = self.worldview(worldview).id
        if name not in self.attributes.entries:
            raise InputError(unknown("attribute", name, self.attributes.entries))
        if actor not in self._agents:
            raise InputError(unknown("agent", actor, self._agents))
        if worldview == self.pooled.id:
            return hull([self.attributes.value(one.id, name, actor) for one in self.worldviews])
        return self.attributes.value(worldview, name, actor)

    def world(self, worldview: str, variable: str) -> Sourced:
        """Level of a shared variable in mid-2024. Raises InputError for an unknown name."""
        worldview = self.worldview(worldview).id
        if variable not in self.world_names:
            raise InputError(unknown("world variable", variable, self.world_names))
        if worldview == self.pooled.id:
            return hull([self.world_levels[(one.id, variable)] for one in self.worldviews])
        return self.world_levels[(worldview, variable)]

    def parameter(self, name: str) -> Sourced:
        """A coefficient of the theory. Raises InputError for an unknown name."""
        if name not in self.parameters:
            raise InputError(unknown("parameter", name, self.parameters))
        return self.parameters[name]

    def worldview(self, name: str) -> Worldview:
        """The worldview with this id or slug. Raises InputError for an unknown name."""
        for worldview in self.worldviews_and_pooled:
            if name in (worldview.id, worldview.slug):
                return worldview
        known = [name for worldview in self.worldviews_and_pooled for name in (worldview.id, worldview.slug)]
        raise InputError(unknown("worldview", name, known))

    @cached_property
    def _agents(self) -> frozenset[str]:
        return frozenset(actor.id for actor in self.states)


def load_seeds(coding: Choice = "merged", folder: Path | None = None) -> Seeds:
    """Everything in `folder` (default: the project's `seeds/`), with one or the other coding or both merged.

    Read once per coding and folder. Raises InputError, with file and line, for whatever is wrong in a file: an
    unknown key, numbers out of order or scale, a citation of a paragraph that does not exist, a name given twice.
    """
    if coding not in CHOICES:
        raise InputError(unknown("coding", coding, CHOICES))
    return _loaded(coding, (folder or seeds_folder()).resolve())


@lru_cache(maxsize=8)
def _loaded(coding: Choice, folder: Path) -> Seeds:
    from sim.inputs.seeds_reading import seeds_in

    return seeds_in(folder, coding)
