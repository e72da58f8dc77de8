"""A handful of seeds with round numbers, and files written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.inputs.documents import InputError
from sim.inputs.places import seeds_folder
from sim.inputs.scenario import Scenario, load_scenario


def _instrument(
    identifier: str,
    slug: str,
    baseline: float,
    *,
    has_trend: bool = False,
    decision: str = "nato_consensus",
    describes: str | None = None,
) -> SimpleNamespace:
    return SimpleNamespace(
        id=identifier,
        slug=slug,
        baseline=baseline,
        has_trend=has_trend,
        decision=decision,
        describes=describes,
    )


def _actor(identifier: str, slug: str, *groups: str, kind: str = "state") -> SimpleNamespace:
    return SimpleNamespace(id=identifier, slug=slug, kind=kind, groups=groups)


@pytest.fixture(scope="session")
def seeds() -> Any:
    """Seeds small enough to reckon with by hand; names are those of the real ones."""
    worldviews = (
        SimpleNamespace(id="W1", slug="provocation"),
        SimpleNamespace(id="W2", slug="restraint"),
        SimpleNamespace(id="W3", slug="connected_theatres"),
        SimpleNamespace(id="W4", slug="pragmatic_hedging"),
    )
    actors = (
        _actor("USA", "united_states", "NATO"),
        _actor("JPN", "japan", "IP4", "ASIAN_STATES"),
        _actor("AUS", "australia", "IP4"),
        _actor("KOR", "south_korea", "IP4", "ASIAN_STATES"),
        _actor("NATO", "nato_council", kind="institution"),
    )
    return SimpleNamespace(
        coding="merged",
        folder=seeds_folder(),
        instruments=(
            _instrument("IN01", "partner_leaders_at_summits", 0.5, has_trend=True),
            _instrument("IN08", "liaison_office_in_japan", 0.0),
            _instrument("IN14", "defence_guarantee", 0.1),
            _instrument("IN15", "summit_publicity", 0.85, has_trend=True, decision="none"),
            _instrument("IN50", "public_discretion", 0.05),
            _instrument("CN03", "assertive_conduct", 0.6, decision="none", describes="assertiveness"),
            _instrument("CN08", "invasion_of_taiwan", 0.0, decision="none", describes="crisis_taiwan"),
            _instrument("RS01", "issue_by_issue_hedging", 0.8, decision="none", describes="own_mix"),
        ),
        mutually_exclusive=(("IN50", "IN15"),),
        actors=actors,
        states=actors[:-1],
        worldviews=worldviews,
        worldviews_and_pooled=(*worldviews, SimpleNamespace(id="pooled", slug="pooled")),
        outcomes=(
            SimpleNamespace(id="O01", slug="deterrence_in_asia", headline=True),
            SimpleNamespace(id="O04", slug="escalation_in_asia", headline=True),
            SimpleNamespace(id="O06", slug="chinese_assertiveness", headline=False),
            SimpleNamespace(id="O12", slug="opposition_to_nato", headline=True),
            SimpleNamespace(id="O16", slug="growth_in_asia", headline=True),
        ),
        perspectives=(SimpleNamespace(slug="nato"), SimpleNamespace(slug="beijing")),
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file for this test and gives its path."""

    def write(text: str | bytes, name: str = "mine.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def loaded(written: Callable[..., Path], seeds: Any) -> Callable[[str], Scenario]:
    """The scenario a text stands for."""
    return lambda text: load_scenario(written(text), seeds)


@pytest.fixture
def refusal(written: Callable[..., Path], seeds: Any) -> Callable[[str | bytes], str]:
    """What is said about a scenario file that cannot be used, without the folder it is in."""

    def say(text: str | bytes) -> str:
        path = written(text)
        with pytest.raises(InputError) as caught:
            load_scenario(path, seeds)
        return str(caught.value).replace(f"{path.parent}/", "")

    return say
