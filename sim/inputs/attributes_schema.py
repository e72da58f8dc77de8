"""What `actors.yaml`, `attributes.yaml` and `world.yaml` look like: who takes part, and how attributes are filled."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.inputs.documents import FileModel
from sim.inputs.seeds_schema import Interval, Locators, Range, Slug


class ActorEntry(FileModel):
    """One agent or institution of the simulation."""

    id: str
    slug: Slug
    name: str
    kind: Literal["state", "aggregate", "institution"]
    stream: Annotated[int, Field(ge=1)]
    inherits: list[str] = Field(default_factory=list)
    note: str = ""


class GroupEntry(FileModel):
    """A named set of actors; `members` may be empty where a name stands for nobody in the simulation."""

    members: list[str]
    note: str = ""


class ActorsFile(FileModel):
    """actors.yaml."""

    groups: dict[str, GroupEntry]
    actors: list[ActorEntry]


class AssumedStep(FileModel):
    """Fills an attribute by an explicit assumption."""

    take: Literal["assumed"]
    of: list[str] = Field(default_factory=list)
    value: Interval
    because: str
    at: Locators = Field(default_factory=list)


class CodingStep(FileModel):
    """Fills an attribute by the actor's own coding, rescaled by plus + times · value."""

    take: Literal["own_coding"]
    of: list[str] = Field(default_factory=list)
    coding: str
    plus: float = 0.0
    times: float = 1.0
    because: str = ""


class GroupStep(FileModel):
    """Fills an attribute by the coding of a group, spread over its members by figures."""

    take: Literal["group_coding"]
    of: list[str] = Field(default_factory=list)
    coding: str
    groups: list[str] = Field(default_factory=list)
    spread: dict[str, float] = Field(default_factory=dict)
    plus: float = 0.0
    times: float = 1.0
    because: str = ""


class BlendStep(FileModel):
    """Fills an attribute by a mixture of the codings of two groups, weighted by figures."""

    take: Literal["blend"]
    of: list[str] = Field(default_factory=list)
    coding: str
    groups: list[str]
    share: str
    spread: dict[str, float]
    over: str
    plus: dict[str, float] = Field(default_factory=dict)
    because: str


class FigureStep(FileModel):
    """Fills an attribute by a reference figure on a scale."""

    take: Literal["figure"]
    of: list[str] = Field(default_factory=list)
    figure: str
    between: list[float]
    gives: list[float]
    logarithm: bool = False
    width: Annotated[float, Field(ge=0)]
    because: str


class LineStep(FileModel):
    """Fills an attribute by a line in other attributes and figures."""

    take: Literal["line"]
    of: list[str] = Field(default_factory=list)
    constant: float
    attributes: dict[str, float] = Field(default_factory=dict)
    figures: dict[str, float] = Field(default_factory=dict)
    width: Annotated[float, Field(ge=0)]
    because: str


Step = Annotated[
    AssumedStep | CodingStep | GroupStep | BlendStep | FigureStep | LineStep, Field(discriminator="take")
]


class AttributeEntry(FileModel):
    """How one attribute of the model is filled: the steps are tried in order."""

    name: Slug
    scale: Range
    meaning: str
    steps: list[Step]


class AttributesFile(FileModel):
    """attributes.yaml."""

    attributes: list[AttributeEntry]


class WorldEntry(FileModel):
    """Initial level of one shared variable: a coding, the level of an instrument, or an assumption."""

    name: Slug
    meaning: str
    coding: str = ""
    level_of: str = ""
    assumed: Interval | None = None
    because: str = ""
    at: Locators = Field(default_factory=list)


class WorldFile(FileModel):
    """world.yaml."""

    world: list[WorldEntry]
