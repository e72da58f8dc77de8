"""Experiments: which policies meet which futures, under which worldviews, how often, and what is kept.

`load_experiment` reads an experiment file; `load_any` takes a scenario file as well and puts the baseline
beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from sim.inputs import choices
from sim.inputs.catalogue import located, referenced, shipped_experiments, shipped_scenarios, slug_of
from sim.inputs.choices import PERSPECTIVE, SCREEN
from sim.inputs.documents import Document, FileModel, InputError, Keys, read_document, validated
from sim.inputs.problems import shown
from sim.inputs.scenario import Scenario, combined, load_scenario, restored, scenario_in
from sim.inputs.scenario_files import ScenarioFile

if TYPE_CHECKING:
    from sim.inputs.evidence import Seeds

BASELINE = "course_of_2024"
PLAIN_FUTURE = "as_expected"
MOST_MEMBERS = 1_000_000
MOST_REPLICATES = 1_000_000
MOST_RUNS = 50_000_000
MOST_QUARTERLY_VALUES = 1_000_000_000
LARGEST_SEED = 2**63 - 1


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
    sweep: Any = None
    outcomes: Any = "headline"
    paths: Any = Field(default=[])
    perspective: str = PERSPECTIVE
    screen: list[str] = Field(default=list(SCREEN))


@dataclass(frozen=True)
class Experiment:
    """Scenarios crossed with futures and worldviews, each run `members` × `replicates` times; frozen.

    `policies` holds the baseline, named by `baseline`, first unless the file lists it elsewhere. `worldviews`
    are ids (W1 … W4), `outcomes`, `paths` (kept per quarter) and `screen` slugs of outcomes; those on
    the screen are among the outcomes.
    """

    slug: str
    title: str
    policies: tuple[Scenario, ...]
    futures: tuple[Scenario, ...]
    worldviews: tuple[str, ...]
    members: int
    replicates: int
    random_seed: int
    outcomes: tuple[str, ...]
    paths: tuple[str, ...]
    baseline: str = BASELINE
    perspective: str = PERSPECTIVE
    screen: tuple[str, ...] = SCREEN
    question: str = ""

    def __post_init__(self) -> None:
        """Raises InputError where sizes are out of bounds or the scenarios do not fit together."""
        shown_too = [slug for slug in self.screen if slug not in self.outcomes]
        object.__setattr__(self, "outcomes", (*self.outcomes, *shown_too))
        try:
            for name, largest in (("members", MOST_MEMBERS), ("replicates", MOST_REPLICATES)):
                whole_number(name, getattr(self, name), 1, largest)
            whole_number("random_seed", self.random_seed, 0, LARGEST_SEED)
        except ValueError as error:
            raise InputError(str(error)) from None
        self._refuse_misfits()
        if self.n_runs > MOST_RUNS:
            parts = (
                len(self.policies),
                len(self.futures),
                len(self.worldviews),
                self.members,
                self.replicates,
            )
            product = " × ".join(f"{part:,}" for part in parts)
            names = "policies × futures × worldviews × members × replicates"
            raise InputError(f"asks for {self.n_runs:,} runs ({names}: {product}); at most {MOST_RUNS:,}")
        values = self.n_runs * len(self.paths) * self.policies[0].quarters
        if values > MOST_QUARTERLY_VALUES:
            hint = f"at most {MOST_QUARTERLY_VALUES:,}: name fewer outcomes under 'paths'"
            raise InputError(f"keeps {values:,} quarterly values; {hint}")

    @property
    def n_runs(self) -> int:
        """Number of runs: policies × futures × worldviews × members × replicates."""
        crossed = len(self.policies) * len(self.futures) * len(self.worldviews)
        return crossed * self.members * self.replicates

    def scenario(self, policy: str, future: str) -> Scenario:
        """The policy in the future, both by slug."""
        by_slug = [{one.slug: one for one in group} for group in (self.policies, self.futures)]
        return combined(by_slug[0][policy], by_slug[1][future])

    def resolved(self) -> dict[str, Any]:
        """The whole experiment in plain data, its scenarios written out, as saved with every result."""
        plain: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in plain.items():
            if isinstance(value, tuple):
                plain[name] = [one.resolved() if isinstance(one, Scenario) else one for one in value]
        return plain

    def _refuse_misfits(self) -> None:
        for kind, scenarios in (("policies", self.policies), ("futures", self.futures)):
            seen: set[str] = set()
            for scenario in scenarios:
                if scenario.slug in seen:
                    raise InputError(f"{kind}: '{scenario.slug}' is named twice; names must differ")
                seen.add(scenario.slug)
        if self.baseline not in [policy.slug for policy in self.policies]:
            raise InputError(f"baseline: '{self.baseline}' is not among the policies")
        first = self.policies[0]
        for policy in self.policies:
            if not policy.is_policy:
                raise InputError(
                    f"policies: '{policy.slug}' is a future (events, no policy); list it under futures"
                )
            if policy.horizon != first.horizon:
                spans = [f"'{one.slug}' covers {one.start} to {one.horizon.last}" for one in (first, policy)]
                raise InputError(
                    f"policies: {spans[0]} but {spans[1]}; write the same start and quarters in all"
                )
            for future in self.futures:
                combined(policy, future)


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """The value if it is a whole number in bounds. Raises ValueError saying what was expected."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name}: expected a whole number from {low:,} to {high:,}, got {shown(value)}")
    return value


def restored_experiment(resolved: dict[str, Any]) -> Experiment:
    """The experiment whose resolved form this is. Raises InputError when it is not one."""
    try:
        scenarios = {name: tuple(map(restored, resolved[name])) for name in ("policies", "futures")}
        lists = {name: tuple(resolved[name]) for name in ("worldviews", "outcomes", "paths", "screen")}
        return Experiment(**{**resolved, **scenarios, **lists})
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not the resolved form of an experiment ({type(error).__name__}: {error})"
        ) from None


def load_experiment(name: str | Path, seeds: Seeds | None = None) -> Experiment:
    """The experiment of a file, or of a shipped file's slug.

    Raises InputError for everything a file can get wrong, in it or in a scenario it names.
    """
    return experiment_in(located(name, "experiment", shipped_experiments()), seeds)


def load_any(name: str | Path, seeds: Seeds | None = None) -> Experiment:
    """The experiment of an experiment file or of a scenario file, by path or by slug.

    A policy is run beside the baseline; a future is met by the baseline, with and without its events.
    """
    path = located(name, "scenario or experiment", shipped_scenarios(), shipped_experiments())
    if _is_experiment(read_document(path)):
        return experiment_in(path, seeds)
    return compared([scenario_in(path, seeds)], seeds=seeds)


def compared(
    scenarios: Sequence[Scenario],
    *,
    futures: Sequence[Scenario] = (),
    worldviews: str | Sequence[str] = "all",
    members: int = 100,
    replicates: int = 2,
    random_seed: int = 0,
    outcomes: str | Sequence[str] = "headline",
    paths: Sequence[str] = (),
    baseline: str | Scenario = BASELINE,
    seeds: Seeds | None = None,
) -> Experiment:
    """The experiment that sets scenarios side by side, the baseline first unless it is among them.

    Scenarios without a policy join the futures. Raises InputError where they do not fit together.
    """
    seeds = seeds or _shipped_seeds()
    policies = [scenario for scenario in scenarios if scenario.is_policy]
    met = [scenario for scenario in scenarios if not scenario.is_policy]
    plain = [load_scenario(PLAIN_FUTURE, seeds)] if not futures and all(one.events for one in met) else []
    if not isinstance(baseline, Scenario):
        baseline = load_scenario(baseline, seeds)
    title = " and ".join(one.title for one in scenarios[:3]) + (" …" if len(scenarios) > 3 else "")
    return Experiment(
        slug="_and_".join(one.slug for one in scenarios[:3]),
        title=title,
        question=scenarios[0].question if len(scenarios) == 1 else "",
        policies=_with_baseline(policies, baseline),
        futures=(*plain, *futures, *met),
        worldviews=choices.worldview_ids(worldviews, seeds),
        members=members,
        replicates=replicates,
        random_seed=random_seed,
        outcomes=choices.outcome_slugs(outcomes, seeds),
        paths=choices.outcome_slugs(paths, seeds),
        baseline=baseline.slug,
    )


def changed(
    experiment: Experiment,
    *,
    members: int | None = None,
    replicates: int | None = None,
    worldviews: str | Sequence[str] | None = None,
    random_seed: int | None = None,
    seeds: Seeds | None = None,
) -> Experiment:
    """A copy with other sizes, worldviews or seed; None leaves what the experiment says."""
    new: dict[str, Any] = {"members": members, "replicates": replicates, "random_seed": random_seed}
    new = {name: value for name, value in new.items() if value is not None}
    if worldviews is not None:
        new["worldviews"] = choices.worldview_ids(worldviews, seeds or _shipped_seeds())
    return replace(experiment, **new)


def experiment_in(path: Path, seeds: Seeds | None = None) -> Experiment:
    """The experiment of the file at `path`; see `load_experiment`."""
    document = read_document(path)
    file = validated(ExperimentFile, document)
    if "sweep" in file.model_fields_set:
        advice = "write a policy file for each level (based_on helps) and list them under 'policies'"
        raise document.error(f"'sweep' belongs to a later version; for now {advice}", ("sweep",))
    seeds = seeds or _shipped_seeds()
    policies = _scenarios(document, "policies", file.policies, seeds)
    futures = _scenarios(document, "futures", file.futures, seeds)
    (baseline,) = _scenarios(document, "baseline", [file.baseline], seeds)
    try:
        return Experiment(
            slug=slug_of(path),
            title=file.title,
            question=file.question,
            policies=_with_baseline(policies, baseline),
            futures=tuple(futures),
            worldviews=_chosen(document, "worldviews", choices.worldview_ids, file.worldviews, seeds),
            members=file.members,
            replicates=file.replicates,
            random_seed=file.random_seed,
            outcomes=_chosen(document, "outcomes", choices.outcome_slugs, file.outcomes, seeds),
            paths=_chosen(document, "paths", choices.outcome_slugs, file.paths, seeds),
            baseline=baseline.slug,
            perspective=_chosen(document, "perspective", choices.perspective_slug, file.perspective, seeds),
            screen=_chosen(document, "screen", choices.screen_slugs, file.screen, seeds),
        )
    except InputError as error:
        if error.path is not None:
            raise
        raise document.error(error.message, (_key_of(error.message, document.data),)) from None


def _key_of(message: str, data: dict[str, Any]) -> str:
    """The key a message about a whole experiment is about."""
    key = message.partition(":")[0]
    if key in data:
        return key
    return "futures" if " in future '" in message else "members" if "members" in data else "policies"


def _shipped_seeds() -> Seeds:
    from sim.inputs.evidence import load_seeds

    return load_seeds()


def _is_experiment(document: Document) -> bool:
    """Whether more of the keys are an experiment's than a scenario's (a misspelt key must not decide)."""
    keys = set(document.data) if isinstance(document.data, dict) else set()
    own = set(ExperimentFile.model_fields) - set(ScenarioFile.model_fields)
    other = set(ScenarioFile.model_fields) - set(ExperimentFile.model_fields)
    return len(keys & own) > len(keys & other)


def _scenarios(document: Document, key: str, names: Sequence[str], seeds: Seeds) -> list[Scenario]:
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


def _with_baseline(policies: Sequence[Scenario], baseline: Scenario) -> tuple[Scenario, ...]:
    """The policies, with the baseline first if it is not among them, given their quarters and settings."""
    for policy in policies:
        if policy.slug == baseline.slug and policy != baseline:
            raise InputError(
                f"policies: '{policy.slug}' has the name of the baseline but says something else; rename it"
            )
        if policy.slug == baseline.slug:
            return tuple(policies)
    if policies and not baseline.events and not baseline.paths:
        first = policies[0]
        span = {"start": first.start, "quarters": first.quarters, "settings": first.settings}
        baseline = replace(baseline, **span)  # type: ignore[arg-type]
    return (baseline, *policies)


def _chosen(document: Document, key: str, chooser: Any, written: object, seeds: Seeds) -> Any:
    try:
        return chooser(written, seeds)
    except InputError as error:
        names = document.data.get(key)
        named = (
            [i for i, name in enumerate(names) if f"'{name}'" in error.message]
            if isinstance(names, list)
            else []
        )
        keys: Keys = (key, named[-1]) if named else (key,)
        raise document.error_in(error.message, keys) from None
