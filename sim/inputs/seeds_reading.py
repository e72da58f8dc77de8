"""From the files of `seeds/` to `Seeds`: read, checked against one another, merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.inputs import attributes_schema as filling
from sim.inputs import evidence as made
from sim.inputs import seeds_checks as checks
from sim.inputs import seeds_schema as schema
from sim.inputs.attributes import Attributes
from sim.inputs.coding import (
    PEDIGREE_OF_TEXT,
    Choice,
    Coding,
    Sourced,
    Twice,
    articles_of,
    coded_value,
    corrected_value,
    how_merged,
    hull,
    merged_interval,
    places,
    preferred,
    sourced,
    twice,
)
from sim.inputs.documents import Keys, unknown
from sim.inputs.figures import read_figures
from sim.inputs.seeds_files import SeedFile, read_seed

_SAYS_TEXT = ("explicit", "implied", "text")


class _Files:
    """Every file, read and checked on its own."""

    def __init__(self, folder: Path) -> None:
        self.articles = read_seed(schema.ArticlesFile, folder / "articles.yaml")
        self.claims = read_seed(schema.ClaimsFile, folder / "claims.yaml")
        self.scales = read_seed(schema.ScalesFile, folder / "codings" / "scales.yaml")
        paths = sorted((folder / "codings").glob("*.yaml"))
        self.codings = [read_seed(schema.CodingsFile, path) for path in paths if path.name != "scales.yaml"]
        self.actors = read_seed(filling.ActorsFile, folder / "actors.yaml")
        self.attributes = read_seed(filling.AttributesFile, folder / "attributes.yaml")
        self.world = read_seed(filling.WorldFile, folder / "world.yaml")
        self.instruments = read_seed(schema.InstrumentsFile, folder / "instruments.yaml")
        self.mechanisms = read_seed(schema.MechanismsFile, folder / "mechanisms.yaml")
        self.worldviews = read_seed(schema.WorldviewsFile, folder / "worldviews.yaml")
        self.outcomes = read_seed(schema.OutcomesFile, folder / "outcomes.yaml")
        self.perspectives = read_seed(schema.PerspectivesFile, folder / "perspectives.yaml")
        self.reliability = read_seed(schema.ReliabilityFile, folder / "reliability.yaml")
        self.parameters = read_seed(schema.ParametersFile, folder / "parameters.yaml")
        self.figures = read_figures(folder / "figures", (actor.id for actor in self.actors.content.actors))

    def check(self) -> None:
        """Everything that must hold across the files."""
        citations = checks.Citations(self.articles.content.articles)
        cited: list[SeedFile[Any]] = [
            self.claims, self.scales, *self.codings, self.attributes, self.world, self.instruments,
            self.mechanisms, self.outcomes, self.perspectives,
        ]  # fmt: skip
        for file in cited:
            checks.check_citations(file, citations)
        self._check_ids()
        checks.check_names(self._names())
        checks.check_members(self.actors)
        checks.check_dials(self.instruments)
        checks.check_channels(self.instruments)
        checks.check_readings(self.worldviews, self.instruments.content.mutually_exclusive)
        checks.check_strengths(self.mechanisms)
        checks.check_calibration(self.parameters, self.mechanisms.content.clusters)
        checks.check_wishes(self.perspectives, [entry.slug for entry in self.outcomes.content.outcomes])
        scales = self.scales.content.attributes
        for file in self.codings:
            checks.check_codings(file, scales)
        actors = self.actors.content
        known = [*(actor.id for actor in actors.actors), *actors.groups]
        checks.check_steps(self.attributes, self.figures.names, known, scales)

    def _check_ids(self) -> None:
        lists: list[tuple[SeedFile[Any], str, tuple[str, ...]]] = [
            (self.articles, "articles", ("id",)),
            (self.claims, "claims", ("id",)),
            (self.actors, "actors", ("id", "stream")),
            (self.instruments, "instruments", ("id", "stream")),
            (self.mechanisms, "mechanisms", ("id",)),
            (self.worldviews, "worldviews", ("id",)),
            (self.outcomes, "outcomes", ("id",)),
        ]
        for file, key, fields in lists:
            for field in fields:
                checks.check_unique(file, key, field)

    def _names(self) -> Iterable[tuple[str, str, SeedFile[Any], Keys]]:
        lists: list[tuple[SeedFile[Any], str, str, str]] = [
            (self.instruments, "instruments", "slug", "an instrument"),
            (self.mechanisms, "mechanisms", "slug", "a mechanism"),
            (self.outcomes, "outcomes", "slug", "an outcome"),
            (self.worldviews, "worldviews", "slug", "a worldview"),
            (self.actors, "actors", "slug", "an actor"),
            (self.perspectives, "perspectives", "slug", "a perspective"),
            (self.attributes, "attributes", "name", "an attribute"),
            (self.world, "world", "name", "a world variable"),
        ]
        for file, key, field, kind in lists:
            for i, entry in enumerate(getattr(file.content, key)):
                yield getattr(entry, field), kind, file, (key, i, field)
        yield self.worldviews.content.pooled.slug, "a worldview", self.worldviews, ("pooled", "slug")


def seeds_in(folder: Path, choice: Choice) -> made.Seeds:
    """`Seeds` of the files in `folder`. Raises InputError as `load_seeds` says."""
    files = _Files(folder)
    files.check()
    codings = _codings(files.codings, choice)
    by_key: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings.values():
        by_key.setdefault((coding.subject, coding.attribute), []).append(coding)
    actors = _actors(files.actors.content)
    groups = {name: tuple(group.members) for name, group in files.actors.content.groups.items()}
    instruments = _instruments(files, groups, choice)
    worldviews = tuple(_worldview(entry) for entry in files.worldviews.content.worldviews)
    pooled = _pooled(files.worldviews.content.pooled, worldviews)
    preference = {worldview.id: worldview.coding_preference for worldview in worldviews}
    words = {
        word.of: sourced(word.share, "coded", f"'{word.phrase}' at {places(word.at)}", 3)
        for word in files.scales.content.quantity_words
    }
    return made.Seeds(
        coding=choice,
        folder=folder,
        articles=tuple(_article(entry) for entry in files.articles.content.articles),
        claims=tuple(
            made.Claim(e.id, tuple(e.at), e.speaker, e.type, tuple(e.hooks), e.claim)
            for e in files.claims.content.claims
        ),
        codings=codings,
        actors=actors,
        groups=groups,
        instruments=instruments,
        mutually_exclusive=tuple(tuple(pair) for pair in files.instruments.content.mutually_exclusive),
        mechanisms=tuple(_mechanism(entry, choice) for entry in files.mechanisms.content.mechanisms),
        clusters={name: tuple(ids) for name, ids in files.mechanisms.content.clusters.items()},
        worldviews=worldviews,
        pooled=pooled,
        outcomes=tuple(_outcome(entry) for entry in files.outcomes.content.outcomes),
        perspectives=tuple(_perspective(entry) for entry in files.perspectives.content.perspectives),
        parameters={
            name: Sourced(e.low, e.mode, e.high, _kind_of(e.source), e.source, e.pedigree)
            for name, e in files.parameters.content.parameters.items()
        },
        tiers=dict(files.parameters.content.tiers),
        variation=files.parameters.content.variation,
        calibration=dict(files.parameters.content.calibration),
        quantity_words=words,
        twice_coded=tuple(_twice_coded(files)),
        dropped_dials=dict(files.reliability.content.dropped),
        figures=files.figures,
        attributes=Attributes(
            files.attributes.content.attributes,
            by_key,
            files.figures,
            {actor.id: actor.inherits for actor in actors},
            groups,
            preference,
            {name: value.mode for name, value in words.items()},
        ),
        world_levels=_world(files.world, by_key, instruments, preference),
        meanings={
            **{entry.name: entry.meaning for entry in files.attributes.content.attributes},
            **{entry.name: entry.meaning for entry in files.world.content.world},
        },
    )


def _kind_of(source: str) -> Any:
    return "assumed" if source.startswith("assumed") else "reference"


def _article(entry: schema.ArticleEntry) -> made.Article:
    sections = {name: (ends[0], ends[1]) for name, ends in entry.sections.items()}
    return made.Article(entry.id, tuple(entry.authors), entry.outlet, entry.title, entry.date, sections)


def _codings(files: Iterable[SeedFile[schema.CodingsFile]], choice: Choice) -> dict[str, Coding]:
    found = {}
    for file in files:
        for i, subject in enumerate(file.content.subjects):
            for j, e in enumerate(subject.codings):
                if e.id in found:
                    raise file.error(f"coding '{e.id}' is given twice", ("subjects", i, "codings", j, "id"))
                value = coded_value(e.id, e.first, e.second, e.text, e.at, choice)
                attribute = e.id.split(".")[1]
                found[e.id] = Coding(
                    e.id, subject.id, attribute, articles_of(e.at), tuple(e.at), e.text, e.claim, value
                )
    return found


def _twice_coded(files: _Files) -> Iterable[Twice]:
    """Every number that both coders gave: attributes by what the text says, dials, strengths by worldview.

    Attributes have scales of different lengths and are told together, so they are shares of their scale.
    """
    scales = files.scales.content.attributes
    for file in files.codings:
        for subject in file.content.subjects:
            for coding in subject.codings:
                if coding.second is not None:
                    low, high = scales[coding.id.split(".")[1]].scale
                    shares = [
                        [(x - low) / (high - low) for x in one] for one in (coding.first, coding.second)
                    ]
                    yield twice("attributes", coding.text, *shares)
    for name in (*schema.DIALS, "baseline_level"):
        for instrument in files.instruments.content.instruments:
            dial: schema.DialEntry = getattr(instrument.dials, name)
            yield twice(name, "", dial.first, dial.second)
    for worldview in schema.WORLDVIEWS:
        for mechanism in files.mechanisms.content.mechanisms:
            strength = mechanism.strengths[worldview]
            yield twice("strengths", worldview, strength.first, strength.second)


def _actors(content: filling.ActorsFile) -> tuple[made.Actor, ...]:
    actors = [
        made.Actor(
            e.id, e.slug, e.name, e.kind, e.stream,
            tuple(name for name, group in content.groups.items() if e.id in group.members),
            tuple(e.inherits), e.note,
        )
        for e in content.actors
    ]  # fmt: skip
    return tuple(sorted(actors, key=lambda actor: actor.stream))


def _dial(name: str, e: schema.DialEntry, at: list[str], choice: Choice) -> Sourced:
    if e.corrected is not None:
        return corrected_value(e.corrected, e.because)
    interval = merged_interval(e.first, e.second, choice)
    said = f"{places(at)} ({name}, {how_merged(e.second, choice)})"
    if any(basis in _SAYS_TEXT for basis in e.basis):
        pedigree = min(PEDIGREE_OF_TEXT[basis] for basis in e.basis)
        if all(basis in _SAYS_TEXT for basis in e.basis):
            return sourced(interval, "coded", said, pedigree)
        return sourced(interval, "coded", f"{said}; one of two coders finds no text for it", 2)
    return sourced(interval, "assumed", f"assumed: text silent, coders' values at {said}", 1)


def _instruments(
    files: _Files, groups: Mapping[str, tuple[str, ...]], choice: Choice
) -> tuple[made.Instrument, ...]:
    ids = {actor.id for actor in files.actors.content.actors}
    found = []
    for i, e in enumerate(files.instruments.content.instruments):
        expanded: dict[str, tuple[str, ...]] = {}
        for key, names in (("sponsors", e.sponsors), ("targets", e.targets)):
            for j, name in enumerate(names):
                if name not in ids and name not in groups:
                    message = unknown("actor or group", name, [*ids, *groups])
                    raise files.instruments.error(message, ("instruments", i, key, j))
            members = (m for name in names for m in ([name] if name in ids else groups[name]))
            expanded[key] = tuple(dict.fromkeys(members))
        dials = {
            name: _dial(f"{e.id}.{name}", getattr(e.dials, name), e.at, choice)
            for name in (*schema.DIALS, "baseline_level")
        }
        level = dials.pop("baseline_level")
        found.append(
            made.Instrument(
                id=e.id, slug=e.slug, name=e.name, stream=e.stream, category=e.category, brand=e.brand,
                status=e.status, decision=e.decision, sponsors=expanded["sponsors"],
                targets=expanded["targets"], dials=dials, baseline=level.mode, baseline_level=level,
                carries=dict(e.carries), has_trend=e.has_trend, shares_european_pool=e.shares_european_pool,
                describes=e.describes, at=tuple(e.at), claim=e.claim, counter_claim=e.counter_claim,
                note=e.note, basis={name: tuple(getattr(e.dials, name).basis) for name in schema.DIALS},
                decision_as_coded=e.decision_as_coded, sponsors_named=tuple(e.sponsors),
                targets_named=tuple(e.targets),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda instrument: instrument.stream))


def _mechanism(e: schema.MechanismEntry, choice: Choice) -> made.Mechanism:
    claims = tuple(made.Stance(c.stance, tuple(c.at), c.who, c.text, c.modality, c.claim) for c in e.claims)
    said = places(tuple(dict.fromkeys(locator for claim in e.claims for locator in claim.at)))
    strengths = {name: _strength(f"{e.id}.{name}", s, said, choice) for name, s in e.strengths.items()}
    strengths[schema.POOLED] = hull(list(strengths.values()))
    return made.Mechanism(
        id=e.id, slug=e.slug, cluster=e.cluster, cause=tuple(e.cause), effect=tuple(e.effect), sign=e.sign,
        through=e.through, for_whom=tuple(e.for_whom), status=e.status, form=e.form, note=e.note,
        added_by_coder=e.added_by_coder, strengths=strengths, claims=claims, tier=e.tier,
        tier_reason=e.tier_reason, realised_by=e.realised_by, left_out_because=e.left_out_because,
    )  # fmt: skip


def _strength(name: str, e: schema.StrengthEntry, said: str, choice: Choice) -> Sourced:
    if e.corrected is not None:
        return corrected_value(e.corrected, e.because)
    interval = merged_interval(e.first, e.second, choice)
    source = f"{said} ({name}, {how_merged(e.second, choice)})"
    if e.basis == "text":
        return sourced(interval, "coded", source, 3)
    return sourced(interval, "assumed", f"assumed: extrapolated by the coders from {source}", 1)


def _worldview(e: schema.WorldviewEntry) -> made.Worldview:
    def table(name: str, rows: Mapping[str, list[float]]) -> dict[str, Sourced]:
        said = f"assumed: {e.anchor}, {name}, one coding"
        return {label: sourced(values, "assumed", said, 1) for label, values in rows.items()}

    return made.Worldview(
        id=e.id, slug=e.slug, anchor=e.anchor, premise=e.premise, core=tuple(e.core),
        tensions=tuple(e.tensions), biases=tuple(e.biases), guard_against_bias=e.guard_against_bias,
        coding_preference=tuple(e.coding_preference), commitment_threshold=e.commitment_threshold,
        commitment_threshold_in_words=e.commitment_threshold_in_words,
        share_region_opposed=sourced(e.share_region_opposed, "coded", f"{e.anchor}, one coding", 2),
        label_alarm_china=table("label_alarm_china", e.label_alarm_china),
        label_aversion_region=table("label_aversion_region", e.label_aversion_region),
        reading_left_out=e.reading_left_out,
    )  # fmt: skip


def _pooled(e: schema.PooledEntry, theories: Sequence[made.Worldview]) -> made.Worldview:
    """The worldview that believes no theory more than another: the hull of all."""

    def table(name: str) -> dict[str, Sourced]:
        return {label: hull([getattr(one, name)[label] for one in theories]) for label in schema.LABELS}

    return made.Worldview(
        id=schema.POOLED, slug=e.slug, anchor=e.anchor, premise=e.premise, core=(), tensions=(), biases=(),
        guard_against_bias=e.guard_against_bias, coding_preference=(), commitment_threshold=None,
        commitment_threshold_in_words="", share_region_opposed=hull([one.share_region_opposed for one in theories]),
        label_alarm_china=table("label_alarm_china"), label_aversion_region=table("label_aversion_region"),
        reading_left_out=e.reading_left_out, reading_because=e.reading_because,
    )  # fmt: skip


def _outcome(e: schema.OutcomeEntry) -> made.Outcome:
    return made.Outcome(
        e.id, e.slug, e.name, e.unit, e.direction, e.headline, tuple(e.scope), tuple(e.at), e.who_cares,
        e.definition, e.as_computed,
    )  # fmt: skip


def _perspective(e: schema.PerspectiveEntry) -> made.Perspective:
    outcomes = {
        slug: made.Preference(w.prefers, w.weight, w.because, tuple(w.at)) for slug, w in e.outcomes.items()
    }
    return made.Perspective(e.slug, e.name, e.who, outcomes)


def _world(
    file: SeedFile[filling.WorldFile],
    codings: Mapping[tuple[str, str], list[Coding]],
    instruments: Iterable[made.Instrument],
    preference: Mapping[str, tuple[str, ...]],
) -> dict[tuple[str, str], Sourced]:
    """Level in mid-2024 of every shared variable under every worldview."""
    levels = {instrument.id: instrument.baseline_level for instrument in instruments}
    found = {}
    for i, e in enumerate(file.content.world):
        subject, _, attribute = e.coding.partition(".")
        competing = codings.get((subject, attribute), [])
        ways = [bool(competing), e.level_of in levels, e.assumed is not None]
        if sum(ways) != 1 or (e.assumed is not None and not e.because):
            message = (
                f"{e.name}: expected a coding that exists, or level_of an instrument, or assumed with because"
            )
            raise file.error(message, ("world", i))
        for worldview, order in preference.items():
            if e.assumed is not None:
                said = f" ({places(e.at)})" if e.at else ""
                value = sourced(e.assumed, "assumed", f"assumed: {e.because}{said}", 1 if e.at else 0)
            elif e.level_of:
                value = levels[e.level_of]
            else:
                chosen = preferred(competing, order)
                value = chosen.value if chosen else competing[0].value
            found[(worldview, e.name)] = value
    return found
