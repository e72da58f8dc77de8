"""Scenarios: a policy (levels of instruments over time), a future (dated events), or both.

A scenario is data and frozen; changing one gives a copy. `load_scenario` reads a file with its parents,
`combined` puts a policy into a future, `Scenario.resolved` writes everything out for the manifest, and
`restored` reads that again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.inputs.catalogue import located, shipped_scenarios
from sim.inputs.documents import Document, InputError, Keys, unknown
from sim.inputs.events import (
    Event,
    contradiction,
    described_events,
    events_at,
    is_variable,
)
from sim.inputs.frozen import FrozenMapping
from sim.inputs.levels import Segment, level_at, path_levels, segments_at, trend_levels
from sim.inputs.quarters import Horizon, quarter_number
from sim.inputs.scenario_files import Link, chain_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.inputs.evidence import Actor, Instrument, Seeds

FIRST_QUARTER = "2024Q3"

# An instrument or an event, and where it is written.
Named = tuple["Instrument", Document, Keys]
Happening = tuple[Event, Document, Keys]


@dataclass(frozen=True)
class Settings:
    """Switches of the model (see `docs/model.md`)."""

    strict: bool = False
    european_pool: bool = True


@dataclass(frozen=True)
class Scenario:
    """One policy and its events; every field is plain and frozen.

    `paths` holds the instruments the file or a parent names, by slug; `trend` the share of its remaining room
    by which every other instrument that has a trend rises over the run. `adopted` is True or the slugs of the
    instruments whose votes are taken as passed. `based_on` lists the parents, nearest first.
    """

    slug: str
    title: str
    id: str = ""
    question: str = ""
    sources: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    notes: Mapping[str, str] = FrozenMapping()
    based_on: tuple[str, ...] = ()
    start: str = FIRST_QUARTER
    quarters: int = 40
    trend: float = 0.0
    paths: Mapping[str, tuple[Segment, ...]] = FrozenMapping()
    adopted: bool | frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()
    settings: Settings = Settings()
    is_policy: bool = True

    @property
    def is_future(self) -> bool:
        """Whether it may stand among the futures of an experiment: it holds events, or no policy at all."""
        return bool(self.events) or not self.is_policy

    @property
    def horizon(self) -> Horizon:
        """The quarters a run of it covers."""
        return Horizon(self.start, self.quarters)

    def levels(self, instruments: Iterable[Instrument]) -> NDArray[np.float64]:
        """Proposed level of each instrument, 0..1, shape (quarters, n_instruments), in the order given.

        An instrument at its baseline has exactly the baseline's number, bit for bit. Raises ValueError when
        the scenario names an instrument that is not among those given.
        """
        import numpy as np

        columns = []
        left = set(self.paths)
        for instrument in instruments:
            left.discard(instrument.slug)
            if instrument.slug in self.paths:
                column = path_levels(instrument.baseline, self.paths[instrument.slug], self.quarters)
            else:
                trend = self.trend if instrument.has_trend else 0.0
                column = trend_levels(instrument.baseline, trend, self.quarters)
            columns.append(column)
        if left:
            raise ValueError(f"{self.slug} names instruments that were not given: {', '.join(sorted(left))}")
        return np.array(columns, dtype=np.float64).reshape(len(columns), self.quarters).T.copy()

    def resolved(self) -> dict[str, Any]:
        """The whole scenario in plain data (text, numbers, lists, dictionaries), as saved with results."""
        quarter = self.horizon.quarter
        plain = asdict(replace(self, paths={}, notes={}, events=()))
        plain["sources"], plain["based_on"] = list(self.sources), list(self.based_on)
        plain["notes"] = dict(self.notes)
        plain["adopted"] = self.adopted if isinstance(self.adopted, bool) else sorted(self.adopted)
        plain["paths"] = {
            slug: [{"to": step.to, "from": quarter(step.start), "over": step.over} for step in steps]
            for slug, steps in self.paths.items()
        }
        plain["events"] = [
            {
                "variable": event.variable, "actor": event.actor, event.mode: event.value,
                "from": quarter(event.start), "until": quarter(event.stop), "name": event.name,
            }
            for event in self.events
        ]  # fmt: skip
        return plain


def restored(resolved: Mapping[str, Any]) -> Scenario:
    """The scenario whose resolved form this is. Raises InputError when it is not one."""
    try:
        horizon = Horizon(resolved["start"], resolved["quarters"])
        paths = {
            slug: tuple(Segment(step["to"], horizon.index(step["from"]), step["over"]) for step in steps)
            for slug, steps in resolved["paths"].items()
        }
        events = tuple(_restored_event(event, horizon) for event in resolved["events"])
        adopted = resolved["adopted"]
        return Scenario(
            **{
                **resolved,
                "sources": tuple(resolved["sources"]),
                "based_on": tuple(resolved["based_on"]),
                "notes": FrozenMapping(resolved["notes"]),
                "paths": FrozenMapping(paths),
                "adopted": adopted if isinstance(adopted, bool) else frozenset(adopted),
                "events": events,
                "settings": Settings(**resolved["settings"]),
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not the resolved form of a scenario ({type(error).__name__}: {error})") from None


def _restored_event(event: Mapping[str, Any], horizon: Horizon) -> Event:
    mode = "add" if "add" in event else "set"
    start, stop = horizon.index(event["from"]), horizon.end_index(event["until"])
    return Event(event["variable"], event["actor"], mode, event[mode], start, stop, event["name"])


def combined(policy: Scenario, future: Scenario) -> Scenario:
    """The policy in that future: the policy's levels, the events of both, the future's own paths on top.

    Name, trend and settings are the policy's; votes are passed that either takes as passed. What goes on to
    the end of the future's run goes on to the end of the policy's. Raises InputError when the two do not fit:
    other starts, something of the future after the policy's run, or one variable set by both at once.
    """
    where = f"policy '{policy.slug}' in future '{future.slug}'"
    if not future.is_policy and future.settings not in (Settings(), policy.settings):
        raise InputError(f"{where}: the future has settings of its own; write settings in the policy")
    if not future.events and not future.paths and not future.adopted:
        return policy
    if future.start != policy.start:
        raise InputError(
            f"{where}: starts differ ({policy.start} and {future.start}); write the same start in both"
        )
    first_dates = [event.start for event in future.events]
    first_dates += [step.start for steps in future.paths.values() for step in steps]
    if max(first_dates, default=0) >= policy.quarters:
        date = future.horizon.quarter(max(first_dates))
        raise InputError(
            f"{where}: {date} of the future is after the policy's last quarter {policy.horizon.last}"
        )
    own = tuple(
        replace(event, stop=policy.quarters)
        if event.stop == future.quarters
        else replace(event, stop=min(event.stop, policy.quarters))
        for event in future.events
    )
    events = policy.events + own
    if clash := contradiction(events):
        raise InputError(f"{where}: {clash[1]}")
    if isinstance(policy.adopted, bool) or isinstance(future.adopted, bool):
        adopted: bool | frozenset[str] = True
    else:
        adopted = policy.adopted | future.adopted
    paths = FrozenMapping(sorted({**policy.paths, **future.paths}.items()))
    return replace(policy, events=events, paths=paths, adopted=adopted)


def load_scenario(name: str | Path, seeds: Seeds | None = None) -> Scenario:
    """The scenario of a file, or of a shipped file's slug, with all its parents applied.

    `seeds` are the instruments and actors it may name (default: those shipped). Raises InputError for all
    that a file can get wrong.
    """
    return scenario_in(located(name, "scenario", shipped_scenarios()), seeds)


def scenario_in(path: Path, seeds: Seeds | None = None) -> Scenario:
    """The scenario of the file at `path`; see `load_scenario`."""
    links = chain_of(path)
    if seeds is None:
        from sim.inputs.evidence import load_seeds

        seeds = load_seeds()
    child = links[0]
    horizon = _horizon(links)
    named = _named_instruments(links, seeds.instruments)
    paths, moves = _levers_and_moves(named, horizon, seeds.actors)
    _refuse_exclusive(named, paths, horizon.quarters, seeds.mutually_exclusive)
    happenings = moves + _happenings(links, horizon, seeds.actors)
    events = tuple(event for event, _, _ in happenings)
    if clash := contradiction(events):
        _, document, keys = happenings[clash[0]]
        raise document.error(clash[1], keys)
    notes = child.file.notes
    return Scenario(
        slug=child.slug,
        id=child.file.id,
        title=child.file.title,
        question=child.file.question,
        sources=tuple(child.file.sources),
        author=child.file.author,
        date=str(child.file.date),
        notes=FrozenMapping(notes if isinstance(notes, dict) else {"all": notes} if notes else {}),
        based_on=tuple(link.slug for link in links[1:]),
        start=horizon.start,
        quarters=horizon.quarters,
        trend=_trend(links),
        paths=FrozenMapping(sorted(paths.items())),
        adopted=_adopted(links, seeds.instruments),
        events=events,
        settings=_settings(links),
        is_policy=any(link.is_policy for link in links),
    )


def _levers_and_moves(
    named: Sequence[Named], horizon: Horizon, actors: Sequence[Actor]
) -> tuple[dict[str, tuple[Segment, ...]], list[Happening]]:
    """Paths of the levers by slug; and the events that hold a variable where a move of others is named."""
    paths = {}
    moves: list[Happening] = []
    for instrument, document, keys in named:
        segments = segments_at(document, keys, horizon)
        variable = _described(instrument, document, keys)
        if variable is None:
            paths[instrument.slug] = segments
            continue
        levels = path_levels(instrument.baseline, segments, horizon.quarters)
        held = described_events(variable, levels, segments[0].start, instrument.slug, actors)
        moves += [(event, document, keys) for event in held]
    return paths, moves


def _happenings(links: Sequence[Link], horizon: Horizon, actors: Iterable[Actor]) -> list[Happening]:
    """The events of all files of the chain, the oldest file's first."""
    found: list[Happening] = []
    for link in reversed(links):
        for i in range(len(link.file.events)):
            keys: Keys = ("events", i)
            found += [
                (event, link.document, keys) for event in events_at(link.document, keys, horizon, actors)
            ]
    return found


def _nearest(links: Sequence[Link], key: str) -> Link:
    """The first file of the chain that holds the key, else the last (whose value is then the usual one)."""
    return next((link for link in links if link.says(key)), links[-1])


def _horizon(links: Sequence[Link]) -> Horizon:
    link = _nearest(links, "start")
    start = link.file.start if link.says("start") else FIRST_QUARTER
    try:
        quarter_number(start)
    except ValueError as error:
        raise link.document.error_in(str(error), ("start",)) from None
    return Horizon(start, _nearest(links, "quarters").file.quarters)


def _trend(links: Sequence[Link]) -> float:
    link = _nearest(links, "trend")
    return level_at(link.document, ("trend",)) if link.says("trend") else 0.0


def _settings(links: Sequence[Link]) -> Settings:
    chosen: dict[str, bool] = {}
    for link in reversed(links):
        written = link.file.settings
        chosen.update({key: getattr(written, key) for key in written.model_fields_set})
    return Settings(**chosen)


def _adopted(links: Sequence[Link], instruments: Iterable[Instrument]) -> bool | frozenset[str]:
    link = _nearest(links, "adopted")
    adopted = link.file.adopted
    if isinstance(adopted, bool):
        return adopted or frozenset()
    known = _by_name(instruments)
    slugs = set()
    for i, name in enumerate(adopted):
        instrument = _instrument(name, known, link.document, ("adopted", i))
        if instrument.decision == "none":
            raise link.document.error_in(f"'{instrument.slug}' needs no vote; leave it out", ("adopted", i))
        slugs.add(instrument.slug)
    return frozenset(slugs)


def _by_name(instruments: Iterable[Instrument]) -> dict[str, Instrument]:
    return {name: instrument for instrument in instruments for name in (instrument.id, instrument.slug)}


def _instrument(name: str, known: Mapping[str, Instrument], document: Document, keys: Keys) -> Instrument:
    if name in known:
        return known[name]
    slugs = [instrument.slug for instrument in known.values()]
    raise document.error(unknown("instrument", name, slugs, also=known), keys)


def _named_instruments(links: Sequence[Link], instruments: Iterable[Instrument]) -> list[Named]:
    """Each instrument the chain names, with the place that counts: that in the youngest file."""
    known = _by_name(instruments)
    found: dict[str, Named] = {}
    for link in reversed(links):
        here: dict[str, str] = {}
        for name in link.file.policy:
            keys = ("policy", name)
            instrument = _instrument(name, known, link.document, keys)
            if instrument.slug in here:
                message = f"'{name}' and '{here[instrument.slug]}' are the same instrument; keep one"
                raise link.document.error(message, keys)
            here[instrument.slug] = name
            found[instrument.slug] = (instrument, link.document, keys)
    return [found[slug] for slug in sorted(found)]


def _described(instrument: Instrument, document: Document, keys: Keys) -> str | None:
    """The state variable that a move of China, the region or Russia stands for; None for a lever."""
    if instrument.describes is None:
        return None
    variable: str = instrument.describes
    if not is_variable(variable):
        message = (
            f"'{instrument.slug}' is no lever, and what it describes ({variable}) no variable of the model"
        )
        raise document.error_in(f"{message}; use an event on a variable", keys)
    return variable


def _refuse_exclusive(
    named: Sequence[Named],
    paths: Mapping[str, tuple[Segment, ...]],
    quarters: int,
    exclusive: Iterable[Sequence[str]],
) -> None:
    """Rival readings of one thing, or a thing and its opposite: a policy raises at most one of each pair."""
    by_id = {instrument.id: (instrument, document, keys) for instrument, document, keys in named}
    for pair in exclusive:
        if not all(name in by_id and by_id[name][0].slug in paths for name in pair):
            continue
        raised = []
        for name in pair:
            instrument = by_id[name][0]
            levels = path_levels(instrument.baseline, paths[instrument.slug], quarters)
            raised.append([level > instrument.baseline for level in levels])
        if any(both for both in map(all, zip(*raised, strict=True))):
            first, second = (by_id[name] for name in pair)
            names = f"'{first[0].slug}' and '{second[0].slug}'"
            baselines = f"{first[0].baseline:g} and {second[0].baseline:g}"
            message = f"{names} exclude each other; raise at most one above its baseline ({baselines})"
            raise second[1].error(message, second[2])
