"""Scenario files as they are written: which keys they take, and how one follows from its parents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from sim.inputs.catalogue import referenced, shipped_scenarios, slug_of
from sim.inputs.documents import Document, FileModel, read_document, validated

LONGEST_RUN = 400
MOST_EVENTS = 500


class SettingsFile(FileModel):
    """Switches: `strict` leaves out mechanisms no article claims; `european_pool` bounds Europe's means."""

    strict: bool = False
    european_pool: bool = True


class ScenarioFile(FileModel):
    """The keys of a scenario file; levels, quarters and events are checked where they are read."""

    id: str = ""
    title: str
    question: str = ""
    based_on: str | None = None
    sources: list[str] = Field(default=[])
    author: str = ""
    date: str | int = ""
    notes: str | dict[str, str] = ""
    start: Any = None
    quarters: int = Field(default=40, ge=1, le=LONGEST_RUN)
    trend: Any = None
    adopted: bool | list[str] = False
    settings: SettingsFile = SettingsFile()
    policy: dict[str, Any] = Field(default={})
    events: list[Any] = Field(default=[], max_length=MOST_EVENTS)


# What makes a file more than a header; the second lot alone make it a policy.
_SUBSTANCE = {"policy", "events", "trend", "adopted", "settings", "start", "quarters"}
_POLICY = {"policy", "trend", "adopted"}


@dataclass(frozen=True)
class Link:
    """One file of a chain of parents: the document, its keys, and the name it goes by."""

    slug: str
    document: Document
    file: ScenarioFile

    def says(self, key: str) -> bool:
        """Whether the file itself holds the key."""
        return key in self.file.model_fields_set

    @property
    def is_policy(self) -> bool:
        """Whether the file itself says anything about instruments."""
        return any(self.says(key) for key in _POLICY)


def chain_of(path: Path) -> list[Link]:
    """The file at `path`, its parent, that one's parent and so on.

    Raises InputError for a file that says nothing, a missing parent and a circle, naming the chain.
    """
    links = [_link(path)]
    seen = {path.resolve()}
    shipped = shipped_scenarios()
    while (parent := links[-1].file.based_on) is not None:
        document = links[-1].document
        chain = " → ".join([*(link.slug for link in links), parent[:80]])
        try:
            path = referenced(parent, "scenario", path.parent, shipped)
        except ValueError as error:
            raise document.error(f"based_on: {error} (chain: {chain})", ("based_on",)) from None
        if path.resolve() in seen:
            raise document.error(f"based_on goes in a circle: {chain}", ("based_on",))
        seen.add(path.resolve())
        links.append(_link(path))
    for link in links:
        written = link.file.model_fields_set
        alone = link.file.based_on is None and not written & (_POLICY | {"events"})
        if alone or not written & _SUBSTANCE:
            expected = "expected 'policy' (levels of instruments) or 'events' (a future)"
            raise link.document.error(f"says nothing: {expected}")
    return links


def _link(path: Path) -> Link:
    document = read_document(path)
    file = validated(ScenarioFile, document)
    return Link(slug_of(path), document, file)
