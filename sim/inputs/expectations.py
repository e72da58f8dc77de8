"""Stylised facts that the model is held to: `seeds/expectations.yaml`, or a reader's own file of the same form.

A fact is a list of comparisons, all of which must hold under every worldview that claims it. The sides of a comparison are
built from a closed set of functions (`sim.inputs.expressions`); the form of the file is in `docs/guide/validate.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from sim.inputs.documents import Document, FileModel, Keys, read_document, validated
from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.expression_names import Names, lever
from sim.inputs.expression_reader import Reader
from sim.inputs.expressions import Comparison
from sim.inputs.named_scenarios import NamedScenarios, ShortFuture, ShortPolicy
from sim.inputs.places import seeds_folder
from sim.inputs.scenario import Scenario
from sim.inputs.seeds_schema import Locators

FILE = "expectations.yaml"
Kind = Literal["input", "direct", "emergent"]
KINDS: tuple[Kind, ...] = ("input", "direct", "emergent")


class FactEntry(FileModel):
    """One fact as written; its comparisons are read where their names are known."""

    id: str
    statement: str
    kind: Kind
    worldviews: list[str] = Field(min_length=1)
    at: Locators = Field(default=[])
    asked: str = ""
    departure: str = ""
    holds_if: list[Any] = Field(min_length=1)
    known_failures: dict[str, str] = Field(default={})


class ExpectationsFile(FileModel):
    """expectations.yaml, or a reader's facts."""

    variables: dict[str, list[str]] = Field(default={})
    dials: dict[str, list[str]] = Field(default={})
    policies: dict[str, ShortPolicy] = Field(default={})
    futures: dict[str, ShortFuture] = Field(default={})
    facts: list[FactEntry] = Field(min_length=1)


@dataclass(frozen=True)
class Fact:
    """One fact. kind: input (an attribute put in), direct (one mechanism away) or emergent.

    comparisons must all hold under each of the worldviews. asked: the evidence's test in short; departure: where the
    comparisons depart from it, and why. known_failures: worldview → why it fails, for those known to.
    """

    id: str
    statement: str
    kind: Kind
    worldviews: tuple[str, ...]
    at: tuple[str, ...]
    asked: str
    departure: str
    comparisons: tuple[Comparison, ...]
    known_failures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Expectations:
    """Facts, and the scenarios that they name, by slug."""

    facts: tuple[Fact, ...]
    scenarios: Mapping[str, Scenario]


def load_expectations(path: Path | None = None, seeds: Seeds | None = None) -> Expectations:
    """The facts of a file (default: those shipped).

    Raises InputError, with file and line, for an unknown function, outcome, variable, scenario, actor or worldview, a
    paragraph that does not exist, or whatever else is wrong.
    """
    document = read_document(path or seeds_folder() / FILE)
    file = validated(ExpectationsFile, document)
    seeds = seeds or load_seeds()
    _check_dials(document, file, seeds)
    scenarios = NamedScenarios(document, seeds, dials=file.dials)
    for slug, policy in file.policies.items():
        scenarios.add_short(slug, policy, ("policies", slug))
    for slug, future in file.futures.items():
        scenarios.add_short(slug, future, ("futures", slug))
    names = Names(seeds, scenarios.slug, scenarios.horizon, file.variables)
    _check_variables(document, file, names)
    seen: set[str] = set()
    facts = []
    for i, entry in enumerate(file.facts):
        if entry.id in seen:
            raise document.error(f"id '{entry.id}' is given twice", ("facts", i, "id"))
        seen.add(entry.id)
        _check_locators(document, entry, ("facts", i), seeds)
        facts.append(_fact(document, entry, ("facts", i), names))
    return Expectations(tuple(facts), dict(scenarios.used))


def _check_dials(document: Document, file: ExpectationsFile, seeds: Seeds) -> None:
    """Every dial moves instruments that exist, at least one."""
    for name, items in file.dials.items():
        if not items:
            raise document.error_in("expected a list of instruments", ("dials", name))
        for i, item in enumerate(items):
            try:
                lever(item, seeds)
            except ValueError as error:
                raise document.error_in(str(error), ("dials", name, i)) from None


def _check_variables(document: Document, file: ExpectationsFile, names: Names) -> None:
    """Every name stands for variables that exist, themselves not named here."""
    for name, parts in file.variables.items():
        for i, part in enumerate(parts):
            if part in file.variables:
                raise document.error(f"'{part}' is itself a name given here", ("variables", name, i))
        Reader(document, names).named(names.variable, parts, ("variables", name))


def _fact(document: Document, entry: FactEntry, keys: Keys, names: Names) -> Fact:
    reader = Reader(document, names)
    worldviews = tuple(
        reader.named(names.worldview, one, (*keys, "worldviews", i)) for i, one in enumerate(entry.worldviews)
    )
    known = {
        reader.named(names.worldview, one, (*keys, "known_failures", one)): why
        for one, why in entry.known_failures.items()
    }
    comparisons: list[Comparison] = []
    for i in range(len(entry.holds_if)):
        comparisons += _comparisons(document, (*keys, "holds_if", i), names)
    for k, comparison in enumerate(comparisons):
        if strangers := set(comparison.worldviews) - set(worldviews):
            message = f"asks under {', '.join(sorted(strangers))}, which the fact does not name (use 'under' on a side)"
            raise document.error_in(message, (*keys, "holds_if", min(k, len(entry.holds_if) - 1)))
    if names.seeds.pooled.id in worldviews:
        raise document.error_in(
            "facts are those of rival theories, not of the pooled one", (*keys, "worldviews")
        )
    for worldview in worldviews:
        if not any(not one.worldviews or worldview in one.worldviews for one in comparisons):
            raise document.error_in(
                f"asks nothing under {worldview}, which the fact names", (*keys, "holds_if")
            )
    if strangers := set(known) - set(worldviews):
        message = f"names {', '.join(sorted(strangers))}, which the fact does not"
        raise document.error_in(message, (*keys, "known_failures"))
    return Fact(
        entry.id, entry.statement, entry.kind, worldviews, tuple(entry.at), entry.asked, entry.departure,
        tuple(comparisons), known,
    )  # fmt: skip


def _comparisons(document: Document, keys: Keys, names: Names) -> list[Comparison]:
    """The comparison at `keys`; one for each instrument where it is made `for_each` of several."""
    written = document.at(keys)
    if not isinstance(written, dict) or "for_each" not in written:
        return [Reader(document, names).comparison(keys)]
    each = written["for_each"]
    here = (*keys, "for_each")
    if not isinstance(each, list) or not each:
        raise document.error_in("expected a list of instruments", here)
    found = []
    for name in each:
        slug = Reader(document, names).named(names.instrument, name, here)
        found.append(Reader(document, names, each=slug).comparison(keys))
    return found


def _check_locators(document: Document, entry: FactEntry, keys: Keys, seeds: Seeds) -> None:
    sections = {name: ends for article in seeds.articles for name, ends in article.sections.items()}
    for i, locator in enumerate(entry.at):
        section, _, paragraph = locator.partition(" ")
        first, last = sections.get(section, (1, 0))
        if not first <= int(paragraph) <= last:
            raise document.error(f"there is no paragraph {locator}", (*keys, "at", i))
