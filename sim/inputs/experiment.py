"""Experiments: which policies meet which futures, under which worldviews, how often, and what is kept.

`load_experiment` reads an experiment file; `load_any` takes a scenario file as well and puts the baseline
beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.inputs import choices
from sim.inputs.catalogue import located, shipped_experiments, shipped_scenarios, slug_of
from sim.inputs.choices import PERSPECTIVE, SCREEN
from sim.inputs.coding import DEFAULT_CORRELATION, Choice
from sim.inputs.documents import InputError, read_document, validated
from sim.inputs.experiment_files import (
    BASELINE,
    PLAIN_FUTURE,
    ExperimentFile,
    chosen,
    is_experiment,
    key_of,
    scenarios_named,
)
from sim.inputs.problems import shown
from sim.inputs.scenario import Scenario, combined, load_scenario, restored, scenario_in

if TYPE_CHECKING:
    from sim.inputs.evidence import Seeds

MOST_MEMBERS = 1_000_000
MOST_REPLICATES = 1_000_000
MOST_RUNS = 50_000_000
MOST_QUARTERLY_VALUES = 1_000_000_000
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Experiment:
    """Scenarios crossed with futures and worldviews, each run `members` × `replicates` times; frozen.

    `policies` holds the baseline, named by `baseline`, first unless the file lists it elsewhere. `worldviews`
    are ids (W1 … W4, pooled), `outcomes` and `screen` slugs of outcomes (those on the screen are among the
    outcomes), `probes` state variables recorded beside them (`tension`, `threat_cn.PHL`), `paths` the outcomes
    and probes kept per quarter. `coding` says whose numbers are used, `correlation` (0..1) how far the errors
    of one coder in one kind of number go together (sim.inputs.members).
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
    probes: tuple[str, ...] = ()
    coding: Choice = "merged"
    correlation: float = DEFAULT_CORRELATION

    def __post_init__(self) -> None:
        """Raises InputError where sizes are out of bounds or the scenarios do not fit together."""
        shown_too = [slug for slug in self.screen if slug not in self.outcomes]
        object.__setattr__(self, "outcomes", (*self.outcomes, *shown_too))
        try:
            for name, largest in (("members", MOST_MEMBERS), ("replicates", MOST_REPLICATES)):
                whole_number(name, getattr(self, name), 1, largest)
            whole_number("random_seed", self.random_seed, 0, LARGEST_SEED)
            choices.coding_choice(self.coding)
            object.__setattr__(self, "correlation", share("correlation", self.correlation))
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


def share(name: str, value: object) -> float:
    """The value if it is a number from 0 to 1. Raises ValueError saying what was expected."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ValueError(f"{name}: expected a number from 0 to 1, got {shown(value)}")
    return float(value)


def restored_experiment(resolved: dict[str, Any]) -> Experiment:
    """The experiment whose resolved form this is. Raises InputError when it is not one."""
    try:
        scenarios = {name: tuple(map(restored, resolved[name])) for name in ("policies", "futures")}
        names = ("worldviews", "outcomes", "probes", "paths", "screen")
        lists = {name: tuple(resolved[name]) for name in names}
        return Experiment(**{**resolved, **scenarios, **lists})
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not the resolved form of an experiment ({type(error).__name__}: {error})"
        ) from None


def load_experiment(
    name: str | Path, seeds: Seeds | None = None, *, coding: Choice | None = None
) -> Experiment:
    """The experiment of a file, or of a shipped file's slug; `coding` goes before what the file says.

    Raises InputError for everything a file can get wrong, in it or in a scenario it names.
    """
    return experiment_in(located(name, "experiment", shipped_experiments()), seeds, coding)


def load_any(name: str | Path, seeds: Seeds | None = None, *, coding: Choice | None = None) -> Experiment:
    """The experiment of an experiment file or of a scenario file, by path or by slug.

    A policy is run beside the baseline; a future is met by the baseline, with and without its events.
    """
    path = located(name, "scenario or experiment", shipped_scenarios(), shipped_experiments())
    if is_experiment(read_document(path)):
        return experiment_in(path, seeds, coding)
    seeds = _coded(seeds, coding)
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

    Scenarios without a policy join the futures. `seeds` (default: both codings merged) must be those the scenarios
    were read with; their coding is the experiment's. Raises InputError where scenarios do not fit together.
    """
    seeds = _coded(seeds)
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
        coding=seeds.coding,
    )


def changed(
    experiment: Experiment,
    *,
    members: int | None = None,
    replicates: int | None = None,
    worldviews: str | Sequence[str] | None = None,
    random_seed: int | None = None,
    coding: Choice | None = None,
    correlation: float | None = None,
    seeds: Seeds | None = None,
) -> Experiment:
    """A copy with other sizes, worldviews, seed, coding or correlation; None leaves what the experiment says.

    Raises InputError for another coding where a scenario moves a variable on from where the coding puts it in 2024.
    """
    new: dict[str, Any] = {
        "members": members, "replicates": replicates, "random_seed": random_seed, "coding": coding,
        "correlation": correlation,
    }  # fmt: skip
    new = {name: value for name, value in new.items() if value is not None}
    seeds = _coded(seeds)
    if worldviews is not None:
        new["worldviews"] = choices.worldview_ids(worldviews, seeds)
    if coding not in (None, experiment.coding):
        _refuse_moves(experiment, seeds)
    return replace(experiment, **new)


def experiment_in(path: Path, seeds: Seeds | None = None, coding: Choice | None = None) -> Experiment:
    """The experiment of the file at `path`; see `load_experiment`."""
    document = read_document(path)
    file = validated(ExperimentFile, document)
    if "sweep" in file.model_fields_set:
        advice = "write a policy file for each level (based_on helps) and list them under 'policies'"
        raise document.error(f"'sweep' belongs to a later version; for now {advice}", ("sweep",))
    if file.coding is not None:
        coding = coding or chosen(document, "coding", file.coding, choices.coding_choice)
    seeds = _coded(seeds, coding)
    policies = scenarios_named(document, "policies", file.policies, seeds)
    futures = scenarios_named(document, "futures", file.futures, seeds)
    (baseline,) = scenarios_named(document, "baseline", [file.baseline], seeds)

    def named(key: str, chooser: Callable[..., Any]) -> Any:
        return chosen(document, key, getattr(file, key), lambda written: chooser(written, seeds=seeds))

    probes = named("probes", choices.probe_names)
    try:
        return Experiment(
            slug=slug_of(path),
            title=file.title,
            question=file.question,
            policies=_with_baseline(policies, baseline),
            futures=tuple(futures),
            worldviews=named("worldviews", choices.worldview_ids),
            members=file.members,
            replicates=file.replicates,
            random_seed=file.random_seed,
            outcomes=named("outcomes", choices.outcome_slugs),
            probes=probes,
            paths=named("paths", partial(choices.path_names, probes=probes)),
            baseline=baseline.slug,
            perspective=named("perspective", choices.perspective_slug),
            screen=named("screen", choices.screen_slugs),
            coding=seeds.coding,
            correlation=file.correlation,
        )
    except InputError as error:
        if error.path is not None:
            raise
        raise document.error(error.message, (key_of(error.message, document.data),)) from None


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


def _coded(seeds: Seeds | None, coding: Choice | None = None) -> Seeds:
    """The seeds given (default: those shipped), in the coding asked for."""
    from sim.inputs.evidence import load_seeds

    if seeds is not None and coding in (None, seeds.coding):
        return seeds
    return load_seeds(coding or "merged", None if seeds is None else seeds.folder)


def _refuse_moves(experiment: Experiment, seeds: Seeds) -> None:
    """Moves of others became events when their scenario was read, from the level its coding gives them in 2024."""
    moves = {one.slug for one in seeds.instruments if one.describes}
    for scenario in (*experiment.policies, *experiment.futures):
        for event in scenario.events:
            if event.name in moves:
                advice = "load the experiment with the other coding instead"
                raise InputError(
                    f"coding: '{scenario.slug}' holds '{event.name}' as {experiment.coding} has it; {advice}"
                )
