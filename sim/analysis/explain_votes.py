"""Why a vote went as it did: every member's margin split by what makes it, and the chance that the proposal passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.explain_address import Address, scenario_of
from sim.analysis.explain_pressures import JOINT, JOINT_NAME, sources_of
from sim.inputs.assembly import Assembly
from sim.inputs.documents import InputError, unknown
from sim.inputs.scenario import Scenario
from sim.theory import parameters as p
from sim.theory import state as s
from sim.theory.phases import decide, luck
from sim.theory.run import Run, copied

MILITARY_COST = "military_cost"
INDIFFERENT = 0.5
_SPLIT_OTHERWISE = ("support_weight", "cost_weight")  # into support and cohesion; into the costs

Switch = Callable[[Run], None]


@dataclass(frozen=True)
class Ballot:
    """One vote on one instrument, and all votes on it in the run.

    members: actor, name, margin (logit points), chance (of agreeing), the lowest margin first. terms: actor, source, name,
    contribution (logit points); a member's contributions add up to its margin. history: quarter, proposed, agreed (before
    the vote), chance (of passing), passed; one row per vote.
    """

    scenario: Scenario
    address: Address
    instrument: str
    instrument_name: str
    decision: str
    quarter: str
    members: pd.DataFrame
    terms: pd.DataFrame
    history: pd.DataFrame

    @property
    def chance(self) -> float:
        """The chance that the proposal passes in this vote."""
        is_this = (self.history["quarter"] == self.quarter).to_numpy()
        return float(self.history["chance"].to_numpy()[is_this][0])


def explain_vote(
    scenario: str | Scenario,
    *,
    worldview: str,
    instrument: str,
    quarter: str | None = None,
    member: int = 0,
    replicate: int = 0,
    random_seed: int = 0,
    chance: bool = True,
) -> Ballot:
    """Explain the vote on one instrument (slug or id) in a quarter of a run; by default the first on it.

    Raises InputError for an unknown instrument or quarter, and where there was no vote, saying why.
    """
    chosen = scenario_of(scenario)
    address = Address(worldview, member, replicate, random_seed, chance).checked()
    model = address.model(chosen)
    item = _instrument(instrument, model.assembly)
    thing = model.assembly.instruments[item]
    votes = []
    states = []
    while model.quarter < chosen.quarters:
        before = copied(model.arrays)
        luck.lay_out(before, model.quarter)
        model.step()
        likely = _put_to_the_vote(before, item)
        if likely is None:
            continue
        proposed = float(before.proposed[model.quarter - 1, item])
        votes.append({
            "quarter": chosen.horizon.quarter(model.quarter - 1), "proposed": proposed,
            "agreed": float(before.agreed[item]), "chance": likely,
            "passed": bool(model.arrays.agreed[item] == proposed),
        })  # fmt: skip
        states.append(before)
    model.forget()
    if not votes:
        raise InputError(_why_no_vote(thing.slug, thing.decision, chosen, model.arrays, item))
    history = pd.DataFrame(votes)
    k = _vote_of(quarter, history, chosen, thing.slug)
    terms, members = _split(states[k], item, model.assembly)
    return Ballot(
        chosen, address, thing.slug, thing.name, thing.decision, str(history["quarter"][k]), members, terms, history
    )  # fmt: skip


def _instrument(name: str, assembly: Assembly) -> int:
    by_name = {text: k for k, one in enumerate(assembly.instruments) for text in (one.slug, one.id)}
    if name not in by_name:
        slugs = [one.slug for one in assembly.instruments]
        raise InputError(unknown("instrument", name, slugs, also=by_name))
    return by_name[name]


def _put_to_the_vote(before: Run, item: int) -> float | None:
    """The chance with which a proposal passes in the quarter that follows, None if nobody votes on it then."""
    probe = copied(before)
    probe.votes[item] = np.nan
    decide.decide(item, item + 1, probe.board)
    return None if np.isnan(probe.votes[item]) else float(probe.votes[item])


def _vote_of(quarter: str | None, history: pd.DataFrame, scenario: Scenario, slug: str) -> int:
    if quarter is None:
        return 0
    try:
        scenario.horizon.index(quarter)
    except ValueError as error:
        raise InputError(str(error)) from None
    quarters = list(history["quarter"])
    if quarter not in quarters:
        span = (
            quarters[0]
            if len(quarters) == 1
            else f"{len(quarters)} times, from {quarters[0]} to {quarters[-1]}"
        )
        raise InputError(f"{slug} was not put to the vote in {quarter}, but {span}")
    return quarters.index(quarter)


def _why_no_vote(slug: str, decision: str, scenario: Scenario, run: Run, item: int) -> str:
    if decision == "none":
        return f"{slug} is not voted on: nobody else has to agree to it"
    if slug not in scenario.paths:
        return f"{slug} is not voted on under {scenario.slug}, which proposes nothing about it"
    if run.adopted[item] == decide.ASSUMED:
        return f"{slug} is not voted on under {scenario.slug}: the scenario takes it as adopted"
    return f"{slug} is not voted on under {scenario.slug}, which never proposes more than has been agreed"


def _split(before: Run, item: int, assembly: Assembly) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables of terms and of members."""
    voters = np.flatnonzero(before.group[decide.electorate(before.decision[item])] == 1.0)
    whole = _margins(before, item, voters)
    names, parts = [], []
    bare = copied(before)
    for name, meaning, switch in _switches(before, assembly):
        without = copied(before)
        switch(without)
        part = whole - _margins(without, item, voters)
        switch(bare)
        if part.any() or name in ("readiness", "support", "cohesion", "political_weight"):
            names.append((name, meaning))
            parts.append(part)
    free = copied(bare)
    free.parameter[p.COST_WEIGHT] = 0.0
    names.append((MILITARY_COST, "What it asks in arms and obligation"))
    parts.append(_margins(bare, item, voters) - _margins(free, item, voters))
    names.append((JOINT, JOINT_NAME))
    parts.append(whole - np.sum(parts, axis=0))
    ids = [assembly.actor_ids[place] for place in voters]
    terms = pd.DataFrame(
        [(ids[j], *name, parts[k][j]) for j in range(len(ids)) for k, name in enumerate(names)],
        columns=["actor", "source", "name", "contribution"],
    )
    members = pd.DataFrame({
        "actor": ids, "name": [assembly.actors[place].name for place in voters], "margin": whole,
        "chance": _chances(before, item, voters),
    })  # fmt: skip
    return terms, members.sort_values("margin", kind="stable", ignore_index=True)


def _switches(run: Run, assembly: Assembly) -> Iterator[tuple[str, str, Switch]]:
    """What can be taken out of a member's margin: its id, its meaning, and how to take it out of a run."""

    def no_readiness(one: Run) -> None:
        one.parameter[p.READINESS] = 0.0

    def no_support(one: Run) -> None:
        one.now[[s.NATO_SUPPORT, s.EU_APPROVAL]] = INDIFFERENT

    def no_cohesion(one: Run) -> None:
        one.world[s.COHESION] = INDIFFERENT

    yield "readiness", "A ready ally's margin", no_readiness
    yield "support", "The member's stance, counted from indifference", no_support
    yield "cohesion", "The alliance's unity, counted from a half", no_cohesion
    for source in sources_of(run, assembly.seeds):
        if source.id in _SPLIT_OTHERWISE:
            continue

        def without(one: Run, source: Any = source) -> None:
            source.coefficients(one)[source.place] = 0.0

        yield source.id, source.name, without


def _chances(run: Run, item: int, voters: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.array([decide.agreement(place, item, run.board) for place in voters])


def _margins(run: Run, item: int, voters: NDArray[np.int64]) -> NDArray[np.float64]:
    """Every voter's margin in logit points, read back from its chance of agreeing."""
    chances = _chances(run, item, voters)
    return np.log(chances) - np.log1p(-chances)
