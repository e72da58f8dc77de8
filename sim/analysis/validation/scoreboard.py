"""The scoreboard: facts, signs, mechanisms and bounds, beside null models and ablations, and what is asked of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from sim.analysis.mechanism_signs import MechanismTest, mechanism_tests
from sim.analysis.validation import facts as fact_scores
from sim.analysis.validation import null_models
from sim.analysis.validation import signs as sign_scores
from sim.analysis.validation.bounds import MEMBERS as BOUND_MEMBERS
from sim.analysis.validation.bounds import AtBounds, shares_at_bounds
from sim.analysis.validation.estimates import FAILS, HOLDS
from sim.analysis.validation.facts import Judged
from sim.analysis.validation.sample import Sample, Spot, Wanted, collected
from sim.analysis.validation.signs import Cell, Effects, Group, Share
from sim.analysis.validation.variants import VARIANTS
from sim.inputs.expressions import BASELINE, PLAIN_FUTURE, Variable

if TYPE_CHECKING:
    from sim.inputs.assembly import Assembly
    from sim.inputs.evidence import Seeds
    from sim.inputs.expectations import Expectations
    from sim.inputs.expected_signs import ExpectedSigns
    from sim.inputs.scenario import Scenario

MODEL, NULL, ABLATION = "model", "null", "ablation"
FULL, FULL_AT_NULL_SIZE = "model", "model_at_null_size"
MOST_AT_BOUNDS = 0.05
AGREED = "agreed"
# Asked of the coding that was made twice: cells, measure, least share that comes out.
LEAST_SHARES = (("sure", "contrasts", 0.75), (AGREED, "directions", 0.95), ("sure", "zeros", 0.70))


class Watcher(Protocol):
    """Someone who wants to know how far it is."""

    def running(self, n_runs: int) -> None:
        """So many runs are about to start."""

    def finished(self, n_runs: int) -> None:
        """So many more have ended."""


class _Nobody:
    def running(self, n_runs: int) -> None:
        pass

    def finished(self, n_runs: int) -> None:
        pass


@dataclass(frozen=True)
class Scores:
    """One model's shares: signs by group of cells and measure, facts by kind (empty where it says nothing of them)."""

    slug: str
    name: str
    role: str
    members: int
    signs: Mapping[str, Mapping[str, Share]]
    facts: Mapping[str, Share]


class Threshold(NamedTuple):
    """Something asked of the model, and whether it is met."""

    name: str
    is_met: bool
    detail: str


@dataclass(frozen=True)
class Ablated:
    """What an ablation does to one headline outcome.

    shift: worldview → its mean under the course of 2024 less the full model's; size: typical effect of a policy over the
    full model's (NaN where there is none).
    """

    variant: str
    outcome: str
    shift: Mapping[str, float]
    size: float


@dataclass(frozen=True)
class Scoreboard:
    """Everything that was found. scores: the model, then null models and ablations."""

    members: int
    null_members: int
    random_seed: int
    broken_runs: int
    worldviews: tuple[str, ...]
    groups: tuple[Group, ...]
    scores: tuple[Scores, ...]
    facts: tuple[Judged, ...]
    signs: ExpectedSigns
    effects: Effects
    typical: Mapping[str, float]
    mechanisms: tuple[MechanismTest, ...]
    bounds: tuple[AtBounds, ...]
    ablated: tuple[Ablated, ...]

    @property
    def headline(self) -> Group:
        """The cells whose contrasts count: the second coding without low confidence, or the reader's."""
        return self.groups[0]

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """What is asked; see docs/guide/validate.md."""
        return tuple(_thresholds(self))

    @property
    def passes(self) -> bool:
        """Whether every threshold is met."""
        return all(one.is_met for one in self.thresholds)


@dataclass
class _Work:
    """What has to be run, for every variant alike."""

    seeds: Seeds
    expectations: Expectations
    signs: ExpectedSigns
    worldviews: tuple[str, ...]
    random_seed: int
    threads: int | None
    watcher: Watcher

    def __post_init__(self) -> None:
        self.wanted = Wanted()
        fact_scores.wanted_by(self.expectations, self.wanted)
        sign_scores.wanted_by(self.signs, self.worldviews, self.wanted)
        self.headline = [outcome.slug for outcome in self.seeds.outcomes if outcome.headline]
        for outcome in self.headline:
            for worldview in self.worldviews:
                self.wanted.add(Spot(BASELINE, PLAIN_FUTURE, worldview), _outcome(outcome))
        self.groups = sign_scores.groups(self.signs)
        self.policies = sign_scores.unshocked(self.signs)

    def sample(self, assembly: Assembly, members: int) -> Sample:
        return collected(
            self.wanted, assembly, members=members, random_seed=self.random_seed, threads=self.threads,
            watcher=self.watcher.finished,
        )  # fmt: skip

    def effects(self, sample: Sample) -> dict[Cell, np.ndarray]:
        return sign_scores.effects(self.signs, self.worldviews, sample)

    def scores(self, slug: str, name: str, role: str, sample: Sample) -> Scores:
        found = self.effects(sample)
        judged = fact_scores.judged(self.expectations.facts, sample)
        shares = {group.slug: sign_scores.scores(group, found, self.policies) for group in self.groups}
        return Scores(
            slug,
            name,
            role,
            sample.members,
            shares,
            {k: Share(*v) for k, v in fact_scores.tally(judged).items()},
        )


def scoreboard(
    seeds: Seeds,
    expectations: Expectations,
    signs: ExpectedSigns,
    *,
    members: int = 500,
    null_members: int = 100,
    random_seed: int = 0,
    threads: int | None = None,
    watcher: Watcher | None = None,
) -> Scoreboard:
    """Run and score the model, its null models and its ablations.

    members: draws of everything uncertain for the model, null_members for what is set beside it (and for the model once
    more, so that they are compared at equal size). Members and luck are the same everywhere.
    """
    from sim.inputs.assembly import Assembly

    work = _Work(
        seeds,
        expectations,
        signs,
        tuple(one.id for one in seeds.worldviews),
        random_seed,
        threads,
        watcher or _Nobody(),
    )
    null_members = min(null_members, members)
    scenarios = _whole_scenarios(seeds)
    bound_runs = len(scenarios) * len(work.worldviews) * BOUND_MEMBERS
    work.watcher.running(work.wanted.n_spots * (members + null_members * len(VARIANTS)) + bound_runs)
    full = Assembly(seeds)
    sample = work.sample(full, members)
    small = sample.first(null_members)
    effects = work.effects(sample)
    scores = [
        work.scores(FULL, "the model", MODEL, sample),
        work.scores(FULL_AT_NULL_SIZE, f"the model, {null_members} members", MODEL, small),
        *_still_models(work, list(effects)),
    ]
    ablated: list[Ablated] = []
    for variant in VARIANTS:
        found = work.sample(variant.assembly(seeds), null_members)
        scores.append(
            work.scores(variant.slug, variant.name, ABLATION if variant.is_ablation else NULL, found)
        )
        if variant.is_ablation:
            ablated += _ablated(variant.slug, work, found, small)
    return Scoreboard(
        members=members, null_members=null_members, random_seed=random_seed, broken_runs=sample.broken,
        worldviews=work.worldviews, groups=tuple(work.groups), scores=tuple(scores),
        facts=tuple(fact_scores.judged(expectations.facts, sample)), signs=signs, effects=effects,
        typical=sign_scores.typical_sizes(effects, work.policies), mechanisms=tuple(mechanism_tests()),
        bounds=tuple(shares_at_bounds(
            scenarios, work.worldviews, full, random_seed=random_seed, threads=threads, watcher=work.watcher.finished,
        )),
        ablated=tuple(ablated),
    )  # fmt: skip


def _still_models(work: _Work, cells: Sequence[Cell]) -> list[Scores]:
    """The null models that run nothing."""
    static = null_models.static_effects(cells, work.signs, work.seeds)
    shares = {group.slug: sign_scores.scores(group, static, work.policies) for group in work.groups}
    found = [Scores("static_arithmetic", "static arithmetic", NULL, 1, shares, {})]
    majorities: list[tuple[str, str, Callable[[sign_scores.Coding], sign_scores.Coding]]] = [
        ("one_sign", "one sign a scenario and outcome", null_models.sign_of_each_scenario),
        ("outcomes_sign", "the outcome's majority sign", null_models.sign_of_each_outcome),
    ]
    for slug, name, majority in majorities:
        told = {
            group.slug: sign_scores.prediction_scores(group, majority(group.coding)) for group in work.groups
        }
        found.append(Scores(slug, name, NULL, 0, told, {}))
    return found


def _ablated(slug: str, work: _Work, ablated: Sample, full: Sample) -> list[Ablated]:
    sizes = [sign_scores.typical_sizes(work.effects(sample), work.policies) for sample in (ablated, full)]
    found = []
    for outcome in work.headline:
        shift = {}
        for worldview in work.worldviews:
            spot = Spot(BASELINE, PLAIN_FUTURE, worldview)
            apart = ablated.read(spot, _outcome(outcome)) - full.read(spot, _outcome(outcome))
            shift[worldview] = float(np.nanmean(apart))
        was = sizes[1].get(outcome, 0.0)
        found.append(Ablated(slug, outcome, shift, sizes[0].get(outcome, 0.0) / was if was else float("nan")))
    return found


def _outcome(slug: str) -> Variable:
    return Variable(slug, outcomes=(slug,))


def _whole_scenarios(seeds: Seeds) -> dict[str, Scenario]:
    """Every shipped scenario by slug, futures met by the course of 2024."""
    from sim.inputs.catalogue import shipped_scenarios
    from sim.inputs.scenario import combined, load_scenario

    base = load_scenario(BASELINE, seeds)
    found = {slug: load_scenario(slug, seeds) for slug in shipped_scenarios()}
    return {slug: one if one.is_policy else combined(base, one) for slug, one in found.items()}


def _thresholds(board: Scoreboard) -> Sequence[Threshold]:
    new = [
        f"{one.fact.id}/{one.worldview}"
        for one in board.facts
        if one.verdict == FAILS and not one.is_known_failure
    ]
    failing = sum(one.verdict == FAILS for one in board.facts)
    declared = f"{failing} fail, {failing - len(new)} of them declared with a reason; {_held(board.facts)}"
    detail = f"new: {', '.join(new)}; {declared}" if new else declared
    found = [Threshold("no fact fails but those declared to", not new, detail)]
    small = next(one for one in board.scores if one.slug == FULL_AT_NULL_SIZE)
    nulls = [one for one in board.scores if one.role == NULL]
    group = board.headline.slug
    if small.signs[group]["contrasts"].total:
        rivals = {one.name: one.signs[group]["contrasts"].share for one in nulls}
        own = small.signs[group]["contrasts"].share
        found.append(_beats("contrasts: more than every null model", own, rivals))
    if small.facts["emergent"].total:
        rivals = {one.name: one.facts["emergent"].share for one in nulls if one.facts}
        found.append(
            _beats("emergent facts: more than every null model", small.facts["emergent"].share, rivals)
        )
    failed = [one for one in board.mechanisms if not one.passes]
    names = ", ".join(sorted({one.mechanism for one in failed}))
    found.append(
        Threshold("every mechanism passes its sign test (a test of the code)", not failed, names or "all do")
    )
    worst = max(board.bounds, key=lambda one: one.share)
    detail = f"most: {worst.share:.1%} ({worst.scenario}, {worst.worldview}; {worst.field})"
    name = f"at most {MOST_AT_BOUNDS:.0%} of actor-quarters at a bound, in every scenario"
    found.append(Threshold(name, worst.share <= MOST_AT_BOUNDS, detail))
    found += [
        Threshold(
            f"{measure}, {group.name}: at least {least:.0%}",
            bool(shares[measure].share >= least),
            f"{shares[measure].share:.1%} ({shares[measure].right} of {shares[measure].total})",
        )
        for slug, measure, least in LEAST_SHARES
        for group in board.groups
        if group.slug == slug and AGREED in {one.slug for one in board.groups}
        for shares in [board.scores[0].signs[slug]]
    ]
    return found


def _held(facts: Sequence[Judged]) -> str:
    """How many facts hold under every worldview that claims them."""
    by_fact: dict[str, bool] = {}
    for one in facts:
        by_fact[one.fact.id] = by_fact.get(one.fact.id, True) and one.verdict == HOLDS
    return f"{sum(by_fact.values())} of {len(by_fact)} facts hold under every worldview that claims them"


def _beats(name: str, own: float, rivals: Mapping[str, float]) -> Threshold:
    best = max(rivals, key=lambda rival: rivals[rival])
    is_met = bool(own > rivals[best])
    return Threshold(name, is_met, f"{own:.0%} against {rivals[best]:.0%} ({best})")
