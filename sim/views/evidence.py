"""`sim evidence NAME`: where a number comes from, and what it is used for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.views.rule_index import first_line_of, rules_of_mechanism, users_of_name

if TYPE_CHECKING:
    from rich.console import Console

    from sim.inputs.coding import Sourced
    from sim.inputs.evidence import (
        Actor,
        Claim,
        Instrument,
        Mechanism,
        Outcome,
        Perspective,
        Seeds,
        Worldview,
    )

PIPE_WIDTH = 120
NUMBER_HEAD = ("", "low", "mode", "high", "kind", "pedigree", "source")
AGREEMENT = "agreement"
NUMBER_COLUMNS = ("low", "mode", "high", "pedigree", "items", "alpha", "inside", "difference",
                  "equal", "nominal", "ordinal")  # fmt: skip
PEDIGREE_NOTE = "Pedigree: 0 a guess … 4 explicit text, or a figure read in its source. Low, high: ignorance."


@dataclass
class Page:
    """What is known about one thing: a heading, facts, and tables of numbers."""

    heading: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = field(default_factory=list)

    def fact(self, label: str, text: str) -> None:
        """Add one fact, unless there is nothing to say."""
        if text:
            self.facts.append((label, text))

    def numbers(self, title: str, values: Mapping[str, Sourced]) -> None:
        """Add a table of sourced numbers, one row per name; rows alike in all are drawn together."""
        rows = _merged([(name, *_number(value)) for name, value in values.items()])
        if rows:
            self.tables.append((title, NUMBER_HEAD, rows))


def pages(name: str, seeds: Seeds) -> list[Page]:
    """All that goes by this name: an id, a slug, `actor.attribute`, an attribute, a parameter, a claim; `agreement`.

    Raises InputError with the nearest names when there is nothing.
    """
    from sim.inputs.documents import InputError
    from sim.views.agreement import agreement_page

    if name == AGREEMENT:
        return [agreement_page(seeds)]
    found = [
        page for kind, maker in _KINDS for one in _named(kind, name, seeds) for page in [maker(one, seeds)]
    ]
    found += _attribute_pages(name, seeds)
    if name in seeds.parameters:
        found.append(_parameter_page(name, seeds))
    if name in seeds.world_names:
        found.append(_world_page(name, seeds))
    if name in seeds.codings:
        found.append(_coding_page(name, seeds))
    if not found:
        raise InputError(_unknown_name(name, seeds))
    return found


def _unknown_name(name: str, seeds: Seeds) -> str:
    """What to say about a name that nothing goes by."""
    from difflib import get_close_matches

    known = all_names(seeds)
    actor, dot, _ = name.partition(".")
    if dot:
        known += [f"{actor}.{attribute}" for one in seeds.states if actor in (one.id, one.slug)
                  for attribute in seeds.attribute_names]  # fmt: skip
    nearest = get_close_matches(name, known, n=3, cutoff=0.5)
    advice = f"did you mean {' or '.join(nearest)}?" if nearest else "see `sim list` for what there is"
    return (
        f"unknown name '{name[:80]}'; expected an instrument, mechanism, actor, actor.attribute, attribute, parameter, "
        f"outcome, worldview, perspective or claim, by name or id; {advice}"
    )


def all_names(seeds: Seeds) -> list[str]:
    """Everything `sim evidence` knows by name; attributes of single actors aside."""
    names = [text for kind, _ in _KINDS for one in _things(kind, seeds) for text in _names_of(one)]
    return [*names, *seeds.parameters, *seeds.world_names, *seeds.attribute_names, *seeds.codings, AGREEMENT]


def print_pages(found: Iterable[Page]) -> None:
    """Pages for people; the same words, without colour and lines, into a pipe."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        plain = Console(highlight=False, width=PIPE_WIDTH, file=io.StringIO())
        _print_all(found, plain)
        print("\n".join(line.rstrip() for line in plain.file.getvalue().splitlines()))  # type: ignore[attr-defined]
        return
    _print_all(found, console)


def _print_all(found: Iterable[Page], console: Console) -> None:
    from rich import box
    from rich.padding import Padding
    from rich.table import Table

    for page in found:
        console.print(page.heading, style="bold")
        facts = Table.grid(padding=(0, 2))
        facts.add_column(style="dim", no_wrap=True)
        facts.add_column(overflow="fold")
        for label, text in page.facts:
            facts.add_row(label, text)
        console.print(Padding(facts, (0, 0, 0, 2)))
        for title, head, rows in page.tables:
            table = Table(*head, box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="italic")
            for k, column in enumerate(table.columns):
                column.justify = "right" if head[k] in NUMBER_COLUMNS else "left"
                column.no_wrap = head[k] in (*NUMBER_COLUMNS, "kind")
                column.overflow = "fold"
            for row in rows:
                table.add_row(*row)
            console.print(table)
        if any(head == NUMBER_HEAD for _, head, _ in page.tables):
            console.print(PEDIGREE_NOTE, style="dim")
        console.print()


def _instrument_page(one: Instrument, seeds: Seeds) -> Page:
    page = Page(f"{one.slug} ({one.id}): {one.name}")
    page.fact(
        "kind", f"instrument, {one.category}; flag {one.brand}; decided by {one.decision}; {one.status}"
    )
    page.fact("articles", ", ".join(one.at))
    page.fact("claim", one.claim)
    page.fact("against it", one.counter_claim)
    page.fact("note", one.note)
    page.fact("feeds", ", ".join(f"{name} ({weight:g})" for name, weight in one.carries.items()))
    page.fact("stands for", f"the state variable {one.describes}, which it replaces" if one.describes else "")
    page.fact("mechanisms", ", ".join(_mechanisms_hooked(one.id, seeds)))
    page.fact("enters by", "its level times its dials, in theory.phases.decide, deliver and signal")
    page.numbers("Level in mid-2024 and dials", {"level in 2024": one.baseline_level, **one.dials})
    _add_claims(page, one.id, seeds)
    return page


def _mechanism_page(one: Mechanism, seeds: Seeds) -> Page:
    page = Page(f"{one.slug} ({one.id}): {', '.join(one.cause)} → {', '.join(one.effect)}")
    page.fact("kind", f"mechanism of {one.cluster}; sign {one.sign}; {one.status}")
    page.fact("form", one.form)
    page.fact("size", f"{one.tier}: {one.tier_reason}")
    page.fact("note", one.note)
    page.fact("rule", one.realised_by or (one.left_out_because and f"none: {one.left_out_because}"))
    for rule in rules_of_mechanism(one.id):
        page.fact("used in", f"{rule}: {first_line_of(rule)}")
    for stance in one.claims:
        page.fact(stance.stance, f"{', '.join(stance.at)} ({stance.who}; {stance.text}): {stance.claim}")
    page.numbers(
        "Strength by worldview (1 the full canonical effect, negative the other way round)", one.strengths
    )
    _add_claims(page, one.id, seeds)
    return page


def _actor_page(one: Actor, seeds: Seeds) -> Page:
    page = Page(f"{one.slug} ({one.id}): {one.name}")
    page.fact("kind", one.kind)
    page.fact("groups", ", ".join(one.groups))
    page.fact("note", one.note)
    if one in seeds.states:
        first = seeds.worldviews[0].id
        values = {name: seeds.attribute(first, name, one.id) for name in seeds.attribute_names}
        page.numbers(
            f"Attributes under {first}; `sim evidence {one.slug}.ATTRIBUTE` shows every worldview", values
        )
    _add_claims(page, one.id, seeds)
    return page


def _outcome_page(one: Outcome, seeds: Seeds) -> Page:
    page = Page(f"{one.slug} ({one.id}): {one.name}")
    page.fact("kind", f"outcome, {one.unit}; better: {one.direction}{'; headline' if one.headline else ''}")
    page.fact("definition", one.definition)
    page.fact("as computed", one.as_computed)
    page.fact("articles", ", ".join(one.at))
    page.fact("who cares", one.who_cares)
    rows = [
        (perspective.slug, wish.prefers, f"{wish.weight:g}", wish.because, ", ".join(wish.at))
        for perspective in seeds.perspectives
        for slug, wish in perspective.outcomes.items()
        if slug == one.slug
    ]
    page.tables.append(("Better for whom", ("perspective", "prefers", "weight", "because", "articles"), rows))
    return page


def _worldview_page(one: Worldview, seeds: Seeds) -> Page:
    page = Page(one.id if one.slug == one.id else f"{one.slug} ({one.id})")
    page.fact("anchor", one.anchor)
    page.fact("premise", one.premise)
    for label, texts in (("holds", one.core), ("tension", one.tensions), ("bias", one.biases)):
        for text in texts:
            page.fact(label, text)
    page.fact("guard", one.guard_against_bias)
    page.fact("commitment", one.commitment_threshold_in_words)
    page.fact(
        "left out",
        f"{one.reading_left_out}, a rival reading of what Washington does; {one.reading_because}".rstrip(
            "; "
        ),
    )
    page.numbers("Share of the region opposed (a claim to test)", {"share": one.share_region_opposed})
    page.numbers("Alarm by flag, Beijing", one.label_alarm_china)
    page.numbers("Aversion by flag, the region", one.label_aversion_region)
    page.numbers(
        "Strength of mechanisms",
        {f"{each.id} {each.slug}": each.strengths[one.id] for each in seeds.mechanisms},
    )
    return page


def _perspective_page(one: Perspective, seeds: Seeds) -> Page:
    page = Page(f"{one.slug}: {one.name}")
    page.fact("who", one.who)
    rows = [
        (slug, wish.prefers, f"{wish.weight:g}", wish.because, ", ".join(wish.at))
        for slug, wish in one.outcomes.items()
    ]
    page.tables.append(("What it wants", ("outcome", "prefers", "weight", "because", "articles"), rows))
    return page


def _claim_page(one: Claim, seeds: Seeds) -> Page:
    page = Page(f"{one.id}: {one.claim}")
    page.fact("kind", f"claim, {one.type}; speaker: {one.speaker}")
    page.fact("where", ", ".join(one.at))
    for article in seeds.articles:
        if one.at[0].startswith(article.id):
            page.fact(
                "article",
                f"{article.id}: {', '.join(article.authors)}, {article.title}, {article.outlet}, {article.date}",
            )
    page.fact("bears on", ", ".join(one.hooks))
    return page


def _attribute_pages(name: str, seeds: Seeds) -> list[Page]:
    """`japan.dove`, `JPN.dove`, or `dove` for everyone."""
    actor_name, dot, attribute = name.partition(".")
    worldviews = [one.id for one in seeds.worldviews_and_pooled]
    if not dot and name in seeds.attribute_names:
        page = Page(f"{name}: {seeds.meanings.get(name, 'an attribute of actors')}")
        page.fact("used in", ", ".join(users_of_name(name)))
        page.numbers(
            f"Under {worldviews[0]}",
            {one.id: seeds.attribute(worldviews[0], name, one.id) for one in seeds.states},
        )
        return [page]
    for one in seeds.states if dot else ():
        if actor_name in (one.id, one.slug) and attribute in seeds.attribute_names:
            page = Page(f"{one.slug}.{attribute}: {seeds.meanings.get(attribute, 'an attribute')}")
            page.fact("used in", ", ".join(users_of_name(attribute)))
            page.numbers("By worldview", {w: seeds.attribute(w, attribute, one.id) for w in worldviews})
            return [page]
    return []


def _parameter_page(name: str, seeds: Seeds) -> Page:
    from sim.theory.parameters import PARAMETERS

    declared = {one.name: one for one in PARAMETERS}.get(name)
    page = Page(f"{name}: {declared.meaning if declared else 'a parameter'}")
    if declared:
        page.fact(
            "kind", f"parameter, {declared.unit}; allowed from {declared.lower:g} to {declared.upper:g}"
        )
    page.fact("used in", ", ".join(users_of_name(name)))
    page.numbers("Value", {"": seeds.parameter(name)})
    return page


def _world_page(name: str, seeds: Seeds) -> Page:
    page = Page(f"{name}: {seeds.meanings.get(name, 'a variable that everyone shares')}")
    page.fact("used in", ", ".join(users_of_name(name)))
    page.numbers(
        "Level in mid-2024, by worldview",
        {one.id: seeds.world(one.id, name) for one in seeds.worldviews_and_pooled},
    )
    return page


def _coding_page(name: str, seeds: Seeds) -> Page:
    one = seeds.codings[name]
    page = Page(f"{one.id}: {one.attribute} of {one.subject}")
    page.fact("where", ", ".join(one.at))
    page.fact("text", one.text)
    page.fact("claim", one.claim)
    page.numbers("Value, both codings merged", {"": one.value})
    return page


_KINDS: tuple[tuple[str, Callable[[Any, Seeds], Page]], ...] = (
    ("instruments", _instrument_page),
    ("mechanisms", _mechanism_page),
    ("actors", _actor_page),
    ("outcomes", _outcome_page),
    ("worldviews_and_pooled", _worldview_page),
    ("perspectives", _perspective_page),
    ("claims", _claim_page),
)


def _things(kind: str, seeds: Seeds) -> Sequence[Any]:
    things: Sequence[Any] = getattr(seeds, kind)
    return things


def _names_of(thing: Any) -> list[str]:
    return [text for text in (getattr(thing, "id", None), getattr(thing, "slug", None)) if text]


def _named(kind: str, name: str, seeds: Seeds) -> list[Any]:
    return [one for one in _things(kind, seeds) if name in _names_of(one)]


def _number(value: Sourced) -> tuple[str, ...]:
    span = tuple(f"{number:.3g}" for number in (value.low, value.mode, value.high))
    return (*span, value.kind, str(value.pedigree), value.source)


def _merged(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Neighbouring rows with the same numbers and source become one, with both names."""
    found: list[tuple[str, ...]] = []
    for name, *rest in rows:
        if found and list(found[-1][1:]) == rest:
            found[-1] = (f"{found[-1][0]}, {name}", *rest)
        else:
            found.append((name, *rest))
    return found


def _mechanisms_hooked(instrument: str, seeds: Seeds) -> list[str]:
    """Mechanisms that some claim mentions together with the instrument."""
    known = {one.id: one.slug for one in seeds.mechanisms}
    hooked = [
        hook for claim in seeds.claims if instrument in claim.hooks for hook in claim.hooks if hook in known
    ]
    return [f"{hook} {known[hook]}" for hook in dict.fromkeys(hooked)]


def _add_claims(page: Page, hook: str, seeds: Seeds) -> None:
    rows = [(one.id, ", ".join(one.at), one.speaker, one.claim) for one in seeds.claims if hook in one.hooks]
    if rows:
        page.tables.append(
            ("Claims that bear on it (paraphrased)", ("claim", "where", "speaker", "says"), rows)
        )
