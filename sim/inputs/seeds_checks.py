"""What must hold across the files of `seeds/`: citations resolve, names are unique, numbers stay on their scales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.inputs import attributes_schema as filling
from sim.inputs import seeds_schema as schema
from sim.inputs.documents import Keys, unknown
from sim.inputs.seeds_files import SeedFile

SCALES: Mapping[str, tuple[float, float]] = {
    "visibility": (-1, 1), "hardness": (-1, 1), "deterrence_asia": (-1, 1), "economic_benefit": (-1, 1),
    "resilience": (-1, 1), "cost_to_european_deterrence": (-1, 1), "bloc_signal": (-1, 1),
    "lead_time_months": (0, 240), "delivery": (0, 1), "commitment": (0, 1), "baseline_level": (0, 1),
}  # fmt: skip
STRENGTHS = (-1.0, 1.0)


class Citations:
    """The paragraphs that exist."""

    def __init__(self, articles: Sequence[schema.ArticleEntry]) -> None:
        self.sections = {name: (ends[0], ends[1]) for a in articles for name, ends in a.sections.items()}
        self.articles = tuple(article.id for article in articles)

    def fault(self, locator: str) -> str | None:
        """What is wrong with a locator such as `A2.SP 6`, or None."""
        section, _, paragraph = locator.partition(" ")
        if section not in self.sections:
            return unknown("section", section, self.sections)
        first, last = self.sections[section]
        if not first <= int(paragraph) <= last:
            return f"{section} has no paragraph {paragraph}; expected {first} to {last}"
        return None


def check_citations(file: SeedFile[Any], citations: Citations) -> None:
    """Every locator of the file stands for a paragraph that exists. Raises InputError with file and line."""
    for keys, locator in _locators(file.content.model_dump(), ()):
        if fault := citations.fault(locator):
            raise file.error(fault, keys)


def _locators(value: Any, keys: Keys) -> Iterable[tuple[Keys, str]]:
    """Every text under a key `at`, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "at":
                yield from ((((*keys, "at", i)), text) for i, text in enumerate(inner))
            else:
                yield from _locators(inner, (*keys, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _locators(inner, (*keys, i))


def check_unique(file: SeedFile[Any], key: str, field: str) -> None:
    """No two entries of the list `key` share their `field`. Raises InputError with file and line."""
    seen: dict[object, int] = {}
    for i, entry in enumerate(getattr(file.content, key)):
        value = getattr(entry, field)
        if value in seen:
            raise file.error(f"{field} '{value}' is given twice", (key, i, field))
        seen[value] = i


def check_names(names: Iterable[tuple[str, str, SeedFile[Any], Keys]]) -> None:
    """No slug names two kinds of thing. `names`: (slug, kind, file, place). Raises InputError."""
    seen: dict[str, str] = {}
    for slug, kind, file, keys in names:
        if slug in seen:
            raise file.error(f"'{slug}' names {kind} and already {seen[slug]}; one name, one thing", keys)
        seen[slug] = kind


def check_scale(file: SeedFile[Any], keys: Keys, values: Iterable[float], scale: tuple[float, float]) -> None:
    """All values lie inside the scale. Raises InputError with file and line."""
    for value in values:
        if not scale[0] <= value <= scale[1]:
            raise file.error(f"{value:g} is outside the scale {scale[0]:g} to {scale[1]:g}", keys)


def check_dials(file: SeedFile[schema.InstrumentsFile]) -> None:
    """Every dial of every instrument lies on its scale, in both codings."""
    for i, instrument in enumerate(file.content.instruments):
        for name, scale in SCALES.items():
            dial: schema.DialEntry = getattr(instrument.dials, name)
            values = [*dial.first, *(dial.second if isinstance(dial.second, list) else [dial.second])]
            check_scale(file, ("instruments", i, "dials", name), [*values, *(dial.corrected or [])], scale)
            if dial.corrected and not dial.because:
                raise file.error("a correction needs its reason (because)", ("instruments", i, "dials", name))


def check_channels(file: SeedFile[schema.InstrumentsFile]) -> None:
    """Every instrument feeds channels, or describes a variable, that the theory knows. Raises InputError."""
    from sim.inputs.events import is_variable
    from sim.theory import state

    for i, instrument in enumerate(file.content.instruments):
        for channel in instrument.carries:
            if channel not in state.CARRIES:
                fault = unknown("channel", channel, state.CARRIES)
                raise file.error(fault, ("instruments", i, "carries", channel))
        if instrument.describes is not None and not is_variable(instrument.describes):
            fault = unknown("variable", instrument.describes, (*state.WORLD_FIELDS, *state.ACTOR_FIELDS))
            raise file.error(fault, ("instruments", i, "describes"))


def check_strengths(file: SeedFile[schema.MechanismsFile]) -> None:
    """Every mechanism has a strength on the scale for each worldview, a cluster, and causes that are defined."""
    clustered = {name: cluster for cluster, names in file.content.clusters.items() for name in names}
    for i, mechanism in enumerate(file.content.mechanisms):
        if sorted(mechanism.strengths) != list(schema.WORLDVIEWS):
            raise file.error(
                "expected one strength for each of W1, W2, W3, W4", ("mechanisms", i, "strengths")
            )
        for name, strength in mechanism.strengths.items():
            values = [*strength.first, *strength.second, *(strength.corrected or [])]
            check_scale(file, ("mechanisms", i, "strengths", name), values, STRENGTHS)
        if clustered.get(mechanism.id) != mechanism.cluster:
            raise file.error(
                f"{mechanism.id} is not listed in cluster {mechanism.cluster}", ("mechanisms", i)
            )
        for key in ("cause", "effect"):
            for variable in getattr(mechanism, key):
                if variable not in file.content.variables:
                    fault = unknown("variable", variable, file.content.variables)
                    raise file.error(fault, ("mechanisms", i, key))


def check_readings(file: SeedFile[schema.WorldviewsFile], rivals: Sequence[Sequence[str]]) -> None:
    """Every worldview leaves out one of two instruments that exclude each other. Raises InputError."""
    known = {name for pair in rivals for name in pair}
    entries: list[tuple[Keys, str]] = [
        (("worldviews", i), entry.reading_left_out) for i, entry in enumerate(file.content.worldviews)
    ]
    for keys, name in [*entries, (("pooled",), file.content.pooled.reading_left_out)]:
        if name not in known:
            fault = unknown("rival reading", name, known)
            raise file.error(fault, (*keys, "reading_left_out"))


def check_wishes(file: SeedFile[schema.PerspectivesFile], outcomes: Sequence[str]) -> None:
    """Perspectives judge outcomes that there are. Raises InputError with file and line."""
    for i, perspective in enumerate(file.content.perspectives):
        for slug in perspective.outcomes:
            if slug not in outcomes:
                raise file.error(unknown("outcome", slug, outcomes), ("perspectives", i, "outcomes", slug))


def check_calibration(file: SeedFile[schema.ParametersFile], clusters: Iterable[str]) -> None:
    """Every scale is of a cluster of mechanisms or of a coefficient. Raises InputError with file and line."""
    valid = [*clusters, *file.content.parameters]
    for name in file.content.calibration:
        if name not in valid:
            raise file.error(unknown("cluster or coefficient", name, valid), ("calibration", name))


def check_codings(file: SeedFile[schema.CodingsFile], scales: Mapping[str, schema.ScaleEntry]) -> None:
    """Every coding is named subject.attribute.number, of a known attribute, and on its scale."""
    for i, subject in enumerate(file.content.subjects):
        for j, coding in enumerate(subject.codings):
            keys: Keys = ("subjects", i, "codings", j)
            named, _, rest = coding.id.partition(".")
            attribute, _, number = rest.partition(".")
            if named != subject.id or not number.isdecimal():
                raise file.error(f"expected an id such as {subject.id}.attribute.1, got '{coding.id}'", keys)
            if attribute not in scales:
                raise file.error(unknown("coded attribute", attribute, scales), keys)
            low, high = scales[attribute].scale
            check_scale(file, keys, [*coding.first, *(coding.second or [])], (low, high))


def check_members(file: SeedFile[filling.ActorsFile]) -> None:
    """Groups have known members. Raises InputError with file and line."""
    ids = [actor.id for actor in file.content.actors]
    for name, group in file.content.groups.items():
        for i, member in enumerate(group.members):
            if member not in ids:
                raise file.error(unknown("actor", member, ids), ("groups", name, "members", i))


def check_steps(
    file: SeedFile[filling.AttributesFile], figures: Iterable[str], known: Iterable[str], coded: Iterable[str]
) -> None:
    """Steps name known figures, earlier attributes, coded attributes, and actors or groups."""
    figures, known, coded = set(figures), set(known), set(coded)
    earlier: set[str] = set()
    for i, entry in enumerate(file.content.attributes):
        for j, step in enumerate(entry.steps):
            keys: Keys = ("attributes", i, "steps", j)
            if isinstance(step, filling.FigureStep):
                _check_all(file, (*keys, "figure"), "figure", [step.figure], figures)
            elif isinstance(step, filling.GroupStep):
                _check_all(file, (*keys, "spread"), "figure", step.spread, figures)
            elif isinstance(step, filling.BlendStep):
                _check_all(file, (*keys, "spread"), "figure", step.spread, figures)
                _check_all(file, (*keys, "plus"), "figure", step.plus, figures)
            elif isinstance(step, filling.LineStep):
                _check_all(file, (*keys, "figures"), "figure", step.figures, figures)
                _check_all(file, (*keys, "attributes"), "earlier attribute", step.attributes, earlier)
            if isinstance(step, filling.CodingStep | filling.GroupStep | filling.BlendStep):
                _check_all(file, (*keys, "coding"), "coded attribute", [step.coding], coded)
            _check_all(file, (*keys, "of"), "actor or group", step.of, known)
        earlier.add(entry.name)


def _check_all(
    file: SeedFile[Any], keys: Keys, kind: str, names: Iterable[str], valid: Iterable[str]
) -> None:
    for name in names:
        if name not in valid:
            raise file.error(unknown(kind, name, valid), keys)
