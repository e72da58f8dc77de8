"""Names an experiment chooses from: worldviews, outcomes, probes, perspectives, codings, by id or by slug."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.inputs.coding import CHOICES, Choice
from sim.inputs.documents import InputError, unknown
from sim.inputs.problems import shown

if TYPE_CHECKING:
    from sim.inputs.evidence import Outcome, Seeds

SCREEN = ("deterrence_in_asia", "escalation_in_asia", "opposition_to_nato", "growth_in_asia")
PERSPECTIVE = "nato"


def worldview_ids(names: object, seeds: Seeds) -> tuple[str, ...]:
    """Ids of the worldviews named by id or slug; `all` are the rival theories, without the pooled one."""
    if names == "all":
        return tuple(worldview.id for worldview in seeds.worldviews)
    by_name = {name: one.id for one in seeds.worldviews_and_pooled for name in (one.id, one.slug)}
    return _picked("worldview", names, by_name)


def outcome_slugs(names: object, seeds: Seeds) -> tuple[str, ...]:
    """Slugs of the outcomes named by id or slug, of those computed; `headline` and `all` are lists of their own."""
    outcomes = _computed(seeds)
    if names in ("headline", "all"):
        return tuple(one.slug for one in outcomes if one.headline or names == "all")
    by_name = {name: one.slug for one in outcomes for name in (one.id, one.slug)}
    return _picked("outcome", names, by_name, empty_ok=True)


def probe_names(names: object, seeds: Seeds) -> tuple[str, ...]:
    """State variables to record: `tension` is everyone's, `threat_cn.PHL` an actor's (by id or slug; given back by id).

    Raises InputError for an unknown variable or actor, an actor where there is none or none where there is one, and
    for a variable that goes by an outcome's name.
    """
    if not isinstance(names, (list, tuple)):
        raise InputError(f"expected a list of probes such as [tension, threat_cn.JPN], got {shown(names)}")
    picked: list[str] = []
    for name in names:
        probe = _probe(name, seeds)
        if probe in picked:
            raise InputError(f"probe '{name}' is named twice")
        picked.append(probe)
    return tuple(picked)


def path_names(names: object, probes: Sequence[str], seeds: Seeds) -> tuple[str, ...]:
    """What is kept for every quarter: outcomes named as for `outcome_slugs`, and probes among those recorded."""
    if names in ("headline", "all"):
        return outcome_slugs(names, seeds)
    by_name = {name: one.slug for one in _computed(seeds) for name in (one.id, one.slug)}
    slugs = {actor.id: actor.slug for actor in seeds.states}
    for probe in probes:
        variable, dot, actor = probe.partition(".")
        by_name |= {probe: probe, f"{variable}{dot}{slugs.get(actor, '')}": probe}
    return _picked("outcome or probe", names, by_name, empty_ok=True)


def coding_choice(name: object) -> Choice:
    """Whose coding is meant: `merged`, `first` or `second`."""
    if name not in CHOICES:
        raise InputError(unknown("coding", name, CHOICES))
    return name


def screen_slugs(names: object, seeds: Seeds) -> tuple[str, ...]:
    """Slugs of the four outcomes of the one-screen answer."""
    slugs = outcome_slugs(names, seeds)
    if len(slugs) != len(SCREEN):
        raise InputError(f"expected {len(SCREEN)} outcomes, got {len(slugs)}")
    return slugs


def perspective_slug(name: object, seeds: Seeds) -> str:
    """The perspective, if there is one of that slug."""
    slugs = [one.slug for one in seeds.perspectives]
    if name not in slugs:
        raise InputError(unknown("perspective", name, slugs))
    return str(name)


def _computed(seeds: Seeds) -> list[Outcome]:
    from sim.theory.outcome_list import OUTCOMES

    computed = {outcome.id for outcome in OUTCOMES}
    return [one for one in seeds.outcomes if one.id in computed]


def _probe(name: object, seeds: Seeds) -> str:
    from sim.theory import state

    variable, dot, actor = str(name).partition(".")
    if variable in {one.slug for one in seeds.outcomes} and variable in (
        *state.WORLD_FIELDS,
        *state.ACTOR_FIELDS,
    ):
        raise InputError(f"'{name}' is an outcome too; name it under outcomes")
    if variable in state.WORLD_FIELDS:
        if dot:
            raise InputError(f"'{name}': everyone shares '{variable}'; leave '.{actor}' out")
        return variable
    if variable not in state.ACTOR_FIELDS:
        fault = unknown("variable", variable, (*state.WORLD_FIELDS, *state.ACTOR_FIELDS))
        raise InputError(f"'{name}': {fault}")
    if not dot:
        raise InputError(f"'{name}': every actor has one; say whose, such as {variable}.JPN")
    for one in seeds.states:
        if actor in (one.id, one.slug):
            return f"{variable}.{one.id}"
    ids = [one.id for one in seeds.states]
    raise InputError(f"'{name}': {unknown('actor', actor, ids, also=[one.slug for one in seeds.states])}")


def _picked(kind: str, names: object, by_name: dict[str, str], *, empty_ok: bool = False) -> tuple[str, ...]:
    chosen = [names] if isinstance(names, str) else names
    if not isinstance(chosen, (list, tuple)) or (not chosen and not empty_ok):
        raise InputError(f"expected a list of {kind}s such as [{next(iter(by_name))}], got {shown(names)}")
    picked: list[str] = []
    for name in chosen:
        if not isinstance(name, str) or name not in by_name:
            raise InputError(unknown(kind, name, by_name))
        if by_name[name] in picked:
            raise InputError(f"{kind} '{name}' is named twice")
        picked.append(by_name[name])
    return tuple(picked)
