"""Scenarios that a list of expectations names: shipped ones by slug or by id of the evidence, files beside the list, and
short ones that the list itself writes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import Field

from sim.inputs.catalogue import referenced, shipped_scenarios
from sim.inputs.documents import Document, FileModel, InputError, Keys, unknown
from sim.inputs.events import events_at
from sim.inputs.expression_names import lever
from sim.inputs.expressions import BASELINE, PLAIN_FUTURE
from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment, segments_at
from sim.inputs.quarters import Horizon
from sim.inputs.scenario import Scenario, load_scenario, scenario_in

if TYPE_CHECKING:
    from pathlib import Path

    from sim.inputs.evidence import Seeds

_ID = re.compile(r"^id: *['\"]?(S[0-9]+)", re.MULTILINE)


class ShortPolicy(FileModel):
    """A policy in a line: what it is based on, and what it changes."""

    based_on: str = BASELINE
    policy: dict[str, Any] = Field(default={})
    events: list[Any] = Field(default=[])
    adopted: bool = False
    quarters: int | None = Field(default=None, ge=1, le=400)


class ShortFuture(FileModel):
    """A future in a line: the events that a policy meets."""

    events: list[Any] = Field(min_length=1)


def shipped_by_id() -> dict[str, list[str]]:
    """Slugs of the shipped scenarios by the id that the evidence gives them."""
    found: dict[str, list[str]] = {}
    for slug, path in shipped_scenarios().items():
        if match := _ID.search(path.read_text(encoding="utf-8")):
            found.setdefault(match[1], []).append(slug)
    return found


@dataclass
class NamedScenarios:
    """What names stand for. `used` collects, by slug, what was asked for, and the baseline and the plain future.

    chosen: which shipped slug is meant by an id that several files carry. dials: sets of instruments by name.
    """

    document: Document
    seeds: Seeds
    chosen: Mapping[str, str] = field(default_factory=dict)
    dials: Mapping[str, Sequence[str]] = field(default_factory=dict)
    used: dict[str, Scenario] = field(default_factory=dict)
    _ids: dict[str, list[str]] | None = None

    def __post_init__(self) -> None:
        for slug in (BASELINE, PLAIN_FUTURE):
            self.used[slug] = load_scenario(slug, self.seeds)

    def slug(self, name: object, is_future: bool | None = None) -> str:
        """The slug of the scenario meant, which is `used` from now on. Raises ValueError for what cannot be.

        is_future: whether it must be a future, or must be a policy (None: either).
        """
        scenario = self._found(name)
        if is_future is False and not scenario.is_policy:
            raise ValueError(f"'{name}' is a future (events, no policy); name it under 'future'")
        if is_future and scenario.is_policy:
            raise ValueError(f"'{name}' is a policy; name it under 'policy'")
        self.used[scenario.slug] = scenario
        return scenario.slug

    def horizon(self, slug: str) -> Horizon:
        """The quarters that a used scenario covers."""
        return self.used[slug].horizon

    def _found(self, name: object) -> Scenario:
        text = str(name)
        if text in self.used:
            return self.used[text]
        instrument, _, level = text.partition(" at ")
        if level:
            return self._one_instrument(instrument, level)
        shipped = shipped_scenarios()
        if text in shipped:
            return load_scenario(text, self.seeds)
        if text in self._slugs_by_id():
            return load_scenario(self._only(text), self.seeds)
        try:
            path = referenced(text, "scenario", self.document.path.parent, shipped)
        except ValueError:
            raise ValueError(
                unknown("scenario", text, (*shipped, *self.used), also=self._slugs_by_id())
            ) from None
        return self._in_file(path, text)

    def _in_file(self, path: Path, name: str) -> Scenario:
        """The scenario in a file beside the list. Raises ValueError where its slug already stands for another."""
        scenario = scenario_in(path, self.seeds)
        other = self.used.get(scenario.slug)
        if other is None and scenario.slug in shipped_scenarios():
            other = load_scenario(scenario.slug, self.seeds)
        if other not in (None, scenario):
            raise ValueError(f"'{name}': '{scenario.slug}' is the name of another scenario; rename the file")
        return scenario

    def _only(self, identifier: str) -> str:
        slugs = self._slugs_by_id()[identifier]
        chosen = self.chosen.get(identifier, slugs[0] if len(slugs) == 1 else "")
        if chosen not in slugs:
            raise ValueError(f"{identifier} is the id of {' and '.join(slugs)}; name one of them")
        return chosen

    def _slugs_by_id(self) -> dict[str, list[str]]:
        if self._ids is None:
            self._ids = shipped_by_id()
        return self._ids

    def _one_instrument(self, instrument: str, level: str) -> Scenario:
        """The baseline with one instrument held at a level, its vote taken as passed."""
        item = lever(instrument, self.seeds)
        try:
            number = float(level)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            raise ValueError(f"expected a level from 0 to 1, got '{level[:40]}'")
        base = self.used[BASELINE]
        paths = FrozenMapping({**base.paths, item.slug: (Segment(number, 0, 1),)})
        title = f"{item.name} at {number:g}"
        return replace(base, slug=f"{item.slug}_at_{number:g}", id="", title=title, paths=paths, adopted=True)

    def add_short(self, slug: str, written: ShortPolicy | ShortFuture, keys: Keys) -> None:
        """Make a scenario written in the list itself known. Raises InputError with its line."""
        if slug in self.used or slug in shipped_scenarios():
            raise self.document.error(f"'{slug}' is the name of another scenario", keys)
        base = self.used[PLAIN_FUTURE] if isinstance(written, ShortFuture) else self._changed(written, keys)
        events = tuple(
            event
            for i in range(len(written.events))
            for event in events_at(self.document, (*keys, "events", i), base.horizon, self.seeds.actors)
        )
        self.used[slug] = replace(
            base, slug=slug, id="", title=slug.replace("_", " "), events=base.events + events
        )

    def _changed(self, written: ShortPolicy, keys: Keys) -> Scenario:
        """What a short policy is based on, with its own length, paths and votes."""
        base = self._base(written, keys)
        if written.quarters is not None:
            base = replace(base, quarters=written.quarters)
        paths = {**base.paths, **self._paths(written, keys, base.horizon)}
        adopted = written.adopted or base.adopted
        return replace(base, paths=FrozenMapping(sorted(paths.items())), adopted=adopted)

    def _base(self, written: ShortPolicy, keys: Keys) -> Scenario:
        try:
            return self._found(written.based_on)
        except InputError:
            raise
        except ValueError as error:
            raise self.document.error_in(str(error), (*keys, "based_on")) from None

    def _paths(self, written: ShortPolicy, keys: Keys, horizon: Horizon) -> dict[str, tuple[Segment, ...]]:
        paths: dict[str, tuple[Segment, ...]] = {}
        for name in written.policy:
            here = (*keys, "policy", name)
            for item in self.dials.get(name, (name,)):
                try:
                    slug = lever(item, self.seeds, also=self.dials).slug
                except ValueError as error:
                    raise self.document.error(str(error), here) from None
                paths[slug] = segments_at(self.document, here, horizon)
        return paths
