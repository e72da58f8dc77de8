"""Dated events: what a scenario file writes, and what each changes, for whom, from when until when.

An event that *adds* offsets a variable's value while its window is open; one that *sets* replaces it. Windows
include their first quarter and exclude their last. Named events live in `seeds/events.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from sim.inputs.documents import Document, FileModel, Keys, read_document, unknown, validated
from sim.inputs.places import seeds_folder
from sim.inputs.problems import shown
from sim.inputs.quarters import Horizon

if TYPE_CHECKING:
    from sim.inputs.evidence import Actor

LARGEST_SIZE = 5.0
LARGEST_CHANGE = 100.0
# Whose variable it is that a move of others holds.
MOVERS = {
    "hedge": "ASIAN_STATES",
    "backlash": "ASIAN_NON_PARTNERS",
    "engage_showy": "IP4",
    "balancing": "ASIAN_STATES",
}


@dataclass(frozen=True)
class Event:
    """One change to one variable: `mode` is 'add' or 'set', of `actor` (None: of all it concerns).

    `start` is the index of the first quarter it acts in, `stop` that of the first it no longer acts in.
    `name` is the named event, the instrument or the variable it was written as.
    """

    variable: str
    actor: str | None
    mode: str
    value: float
    start: int
    stop: int
    name: str


@dataclass(frozen=True)
class Effect:
    """What a named event does to one variable; `actor` as written (an actor, a group or None)."""

    variable: str
    actor: str | None
    mode: str
    value: float


@dataclass(frozen=True)
class NamedEvent:
    """An event of `seeds/events.yaml`; `id` is the scenario of the evidence it was coded in."""

    slug: str
    id: str
    title: str
    sources: tuple[str, ...]
    note: str
    effects: tuple[Effect, ...]


class _EffectFile(FileModel):
    variable: str
    actor: str | None = None
    add: Any = None
    set_: Any = Field(default=None, alias="set")


class _NamedEventFile(FileModel):
    id: str
    title: str
    sources: list[str] = Field(default=[])
    note: str = ""
    effects: list[Any] = Field(min_length=1)


class _EventsFile(FileModel):
    events: dict[str, Any]


class _Happening(FileModel):
    """`{what: taiwan_crisis, from: 2029Q3, until: 2032Q3, size: 0.5}`"""

    what: str
    actor: str | None = None
    size: Any = 1.0
    from_: Any = Field(alias="from")
    until: Any = None


class _Change(_EffectFile):
    """`{variable: us_agenda, add: -0.4, from: 2026Q1, until: 2027Q4}`"""

    from_: Any = Field(alias="from")
    until: Any = None


def named_events() -> dict[str, NamedEvent]:
    """The named events of `seeds/events.yaml`, by slug."""
    return _named_events_in(seeds_folder() / "events.yaml")


@lru_cache
def _named_events_in(path: Path) -> dict[str, NamedEvent]:
    document = read_document(path)
    found = {}
    for slug in validated(_EventsFile, document).events:
        keys: Keys = ("events", slug)
        entry = validated(_NamedEventFile, document, keys)
        effects = []
        for i in range(len(entry.effects)):
            place = (*keys, "effects", i)
            effects.append(_effect(document, place, validated(_EffectFile, document, place)))
        found[slug] = NamedEvent(
            slug, entry.id, entry.title, tuple(entry.sources), entry.note, tuple(effects)
        )
    return found


def events_at(document: Document, keys: Keys, horizon: Horizon, actors: Iterable[Actor]) -> tuple[Event, ...]:
    """The events one entry of a file's `events:` stands for, one for each variable and actor it names.

    Raises InputError for an unknown event, variable or actor, a value out of bounds, or a window outside
    the run.
    """
    written = document.at(keys)
    if not isinstance(written, dict):
        example = "{what: taiwan_crisis, from: 2029Q3}"
        raise document.error_in(f"expected an event such as {example}, got {shown(written)}", keys)
    if "what" in written:
        happening = validated(_Happening, document, keys)
        name, effects = happening.what, _named_effects(document, keys, happening)
        start, stop = _window(document, keys, happening.from_, happening.until, horizon)
        actor = happening.actor
    elif "variable" in written:
        change = validated(_Change, document, keys)
        name, effects = change.variable, (_effect(document, keys, change),)
        start, stop = _window(document, keys, change.from_, change.until, horizon)
        actor = None
    else:
        message = unknown("kind of event", next(iter(written), ""), ("what", "variable"))
        raise document.error_in(message, keys)
    return tuple(
        Event(effect.variable, one, effect.mode, effect.value, start, stop, name)
        for effect in effects
        for one in _actors_meant(document, keys, effect.variable, actor or effect.actor, actors)
    )


def _named_effects(document: Document, keys: Keys, happening: _Happening) -> tuple[Effect, ...]:
    events = named_events()
    if happening.what not in events:
        raise document.error(unknown("event", happening.what, events), (*keys, "what"))
    size = happening.size
    is_number = isinstance(size, (int, float)) and not isinstance(size, bool)
    if not is_number or size == 0 or abs(size) > LARGEST_SIZE:
        message = (
            f"expected a multiplier from -{LARGEST_SIZE:g} to {LARGEST_SIZE:g}, not 0, got {shown(size)}"
        )
        raise document.error_in(message, (*keys, "size"))
    effects = events[happening.what].effects
    if size != 1 and any(effect.mode == "set" for effect in effects):
        message = f"'{happening.what}' sets a variable and has no size; leave it out"
        raise document.error_in(message, (*keys, "size"))
    if happening.actor is not None and all(is_world_variable(effect.variable) for effect in effects):
        message = f"'{happening.what}' concerns everyone at once; leave actor out"
        raise document.error_in(message, (*keys, "actor"))
    return tuple(replace(effect, value=effect.value * size) if size != 1 else effect for effect in effects)


def _effect(document: Document, keys: Keys, written: _EffectFile) -> Effect:
    """The one change written as `variable:` with `add:` or `set:`."""
    low, high = _bounds(document, keys, written.variable)
    given = [mode for mode in ("add", "set") if mode in document.at(keys)]
    if len(given) != 1:
        got = "both" if given else "neither"
        raise document.error_in(f"expected either 'add' or 'set', got {got}", keys)
    mode = given[0]
    value = written.add if mode == "add" else written.set_
    if mode == "add":
        reach = high - low if math.isfinite(high - low) else LARGEST_CHANGE
        low, high = -reach, reach
    low, high = max(low, -LARGEST_CHANGE), min(high, LARGEST_CHANGE)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
        message = f"expected a number from {low:g} to {high:g}, got {shown(value)}"
        raise document.error_in(message, (*keys, mode))
    return Effect(written.variable, written.actor, mode, float(value))


def _bounds(document: Document, keys: Keys, variable: str) -> tuple[float, float]:
    from sim.theory import state

    if variable in state.WORLD_FIELDS:
        i = state.WORLD_FIELDS.index(variable)
        return float(state.WORLD_LOWER[i]), float(state.WORLD_UPPER[i])
    if variable in state.ACTOR_FIELDS:
        i = state.ACTOR_FIELDS.index(variable)
        return float(state.ACTOR_LOWER[i]), float(state.ACTOR_UPPER[i])
    message = unknown("variable", variable, (*state.WORLD_FIELDS, *state.ACTOR_FIELDS))
    raise document.error(message, (*keys, "variable"))


def is_variable(name: str) -> bool:
    """Whether an event can change a variable of this name, of an actor or of the world."""
    from sim.theory import state

    return name in state.WORLD_FIELDS or (name in state.ACTOR_FIELDS and name not in state.READ_OFF)


def is_world_variable(variable: str) -> bool:
    """Whether everyone shares the variable; else each actor has its own."""
    from sim.theory import state

    return variable in state.WORLD_FIELDS


def _window(document: Document, keys: Keys, start: Any, until: Any, horizon: Horizon) -> tuple[int, int]:
    try:
        first = horizon.index(start)
    except ValueError as error:
        raise document.error_in(str(error), (*keys, "from")) from None
    if until is None and "until" not in document.at(keys):
        return first, horizon.quarters
    try:
        stop = horizon.end_index(until)
    except ValueError as error:
        raise document.error_in(str(error), (*keys, "until")) from None
    if stop <= first:
        message = f"expected a quarter after {start}, got {until} (the first quarter it is over)"
        raise document.error_in(message, (*keys, "until"))
    return first, stop


def _actors_meant(
    document: Document, keys: Keys, variable: str, written: str | None, actors: Iterable[Actor]
) -> list[str | None]:
    """Ids of the actors a text names (an id, a slug, a group); [None] where all are meant."""
    if written is None or written == "all":
        return [None]
    if is_world_variable(variable):
        if "what" in document.at(keys):
            return [None]
        raise document.error_in(f"'{variable}' is shared by everyone; leave actor out", (*keys, "actor"))
    actors = tuple(actor for actor in actors if actor.kind != "institution")
    for actor in actors:
        if written in (actor.id, actor.slug):
            return [actor.id]
    members: list[str | None] = [actor.id for actor in actors if written in actor.groups]
    if members:
        return members
    valid = {name for actor in actors for name in (actor.id, actor.slug, *actor.groups)}
    raise document.error(unknown("actor", written, {*valid, "all"}), (*keys, "actor"))


def described_events(
    variable: str, levels: Sequence[float], start: int, name: str, actors: Iterable[Actor]
) -> tuple[Event, ...]:
    """Events that hold `variable` on a path: one for each stretch of equal levels from quarter `start` on.

    Where the move is that of some of the `actors`, one for each of these.
    """
    movers: list[str | None] = [None]
    if variable in MOVERS:
        movers = [actor.id for actor in actors if MOVERS[variable] in actor.groups]
    events = []
    first = start
    for t in range(start, len(levels)):
        if t + 1 == len(levels) or levels[t + 1] != levels[first]:
            events += [Event(variable, actor, "set", levels[first], first, t + 1, name) for actor in movers]
            first = t + 1
    return tuple(events)


def contradiction(events: Sequence[Event]) -> tuple[int, str] | None:
    """Where two events set the same variable of the same actor in the same quarter, if anywhere.

    The place of the later one among `events`, and a message.
    """
    held: dict[str, dict[str | None, Event]] = {}
    for place in sorted(range(len(events)), key=lambda place: events[place].start):
        event = events[place]
        if event.mode != "set":
            continue
        holders = held.setdefault(event.variable, {})
        rivals = holders.values() if event.actor is None else (holders.get(None), holders.get(event.actor))
        for rival in rivals:
            if rival is not None and event.start < rival.stop:
                names = f"'{rival.name}' and '{event.name}'"
                return place, f"{names} both set '{event.variable}' at the same time; keep one"
        holders[event.actor] = event
    return None
