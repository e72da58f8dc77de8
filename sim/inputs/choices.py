"""Names an experiment chooses from: worldviews, outcomes, perspectives, by id or by slug."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.inputs.documents import InputError, unknown
from sim.inputs.problems import shown

if TYPE_CHECKING:
    from sim.inputs.evidence import Seeds

SCREEN = ("deterrence_in_asia", "escalation_in_asia", "opposition_to_nato", "growth_in_asia")
PERSPECTIVE = "nato"


def worldview_ids(names: object, seeds: Seeds) -> tuple[str, ...]:
    """Ids of the worldviews named by id or slug; `all` are those of the seeds."""
    ids = [worldview.id for worldview in seeds.worldviews]
    if names == "all":
        return tuple(ids)
    by_name = {name: one.id for one in seeds.worldviews for name in (one.id, one.slug)}
    return _picked("worldview", names, by_name)


def outcome_slugs(names: object, seeds: Seeds) -> tuple[str, ...]:
    """Slugs of the outcomes named by id or slug, of those computed; `headline` and `all` are lists of their own."""
    from sim.theory.outcome_list import OUTCOMES

    computed = {outcome.id for outcome in OUTCOMES}
    outcomes = [one for one in seeds.outcomes if one.id in computed]
    if names in ("headline", "all"):
        return tuple(one.slug for one in outcomes if one.headline or names == "all")
    by_name = {name: one.slug for one in outcomes for name in (one.id, one.slug)}
    return _picked("outcome", names, by_name, empty_ok=True)


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
