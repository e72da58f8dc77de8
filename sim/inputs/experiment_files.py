"""Experiment files: their keys, and reading the scenarios and names they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import Field

from sim.inputs.catalogue import referenced, shipped_scenarios
from sim.inputs.choices import PERSPECTIVE, SCREEN
from sim.inputs.coding import DEFAULT_CORRELATION
from sim.inputs.documents import Document, FileModel, InputError, Keys
from sim.inputs.expressions import BASELINE as BASELINE
from sim.inputs.expressions import PLAIN_FUTURE as PLAIN_FUTURE
from sim.inputs.scenario import Scenario, scenario_in
from sim.inputs.scenario_files import ScenarioFile

if TYPE_CHECKING:
    from sim.inputs.evidence import Seeds

Named = TypeVar("Named")


class ExperimentFile(FileModel):
    """The keys of an experiment file; names and sizes are checked where they are read."""

    title: str
    question: str = ""
    author: str = ""
    date: str | int = ""
    notes: str = ""
    policies: list[str] = Field(min_length=1)
    futures: list[str] = Field(default=[PLAIN_FUTURE], min_length=1)
    baseline: str = BASELINE
    worldviews: Any = "all"
    members: Any = 100
    replicates: Any = 2
    random_seed: Any = 0
    coding: Any = None
    correlation: Any = DEFAULT_CORRELATION
    sweep: Any = None
    outcomes: Any = "headline"
    probes: Any = Field(default=[])
    paths: Any = Field(default=[])
    perspective: str = PERSPECTIVE
    screen: list[str] = Field(default=list(SCREEN))


def is_experiment(document: Document) -> bool:
    """Whether more of a file's keys are an experiment's than a scenario's (a misspelt key must not decide)."""
    keys = set(document.data) if isinstance(document.data, dict) else set()
    own = set(ExperimentFile.model_fields) - set(ScenarioFile.model_fields)
    other = set(ScenarioFile.model_fields) - set(ExperimentFile.model_fields)
    return len(keys & own) > len(keys & other)


def scenarios_named(document: Document, key: str, names: Sequence[str], seeds: Seeds) -> list[Scenario]:
    """The scenarios an experiment file names under `key`: slugs of shipped ones, or files in its folder."""
    found = []
    shipped = shipped_scenarios()
    for i, name in enumerate(names):
        keys: Keys = (key,) if key == "baseline" else (key, i)
        try:
            path = referenced(name, "scenario", document.path.parent, shipped)
        except ValueError as error:
            raise document.error_in(str(error), keys) from None
        scenario = scenario_in(path, seeds)
        if key == "futures" and not scenario.is_future:
            raise document.error_in(f"'{name}' is a policy without events; list it under policies", keys)
        if key != "futures" and not scenario.is_policy:
            raise document.error_in(f"'{name}' is a future (events, no policy); list it under futures", keys)
        found.append(scenario)
    return found


def chosen(document: Document, key: str, written: object, chooser: Callable[[object], Named]) -> Named:
    """What the chooser makes of what is written at `key`; its InputError is told with file and line."""
    try:
        return chooser(written)
    except InputError as error:
        names = document.data.get(key)
        named = (
            [i for i, name in enumerate(names) if f"'{name}'" in error.message]
            if isinstance(names, list)
            else []
        )
        keys: Keys = (key, named[-1]) if named else (key,)
        raise document.error_in(error.message, keys) from None


def key_of(message: str, data: dict[str, Any]) -> str:
    """The key a message about a whole experiment is about."""
    key = message.partition(":")[0]
    if key in data:
        return key
    return "futures" if " in future '" in message else "members" if "members" in data else "policies"
