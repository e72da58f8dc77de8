"""The table of `sim explain --vote`: what makes every member's margin in a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.analysis.explain_address import WORLD
from sim.inputs.documents import InputError, unknown
from sim.inputs.evidence import load_seeds
from sim.views.evidence import Page
from sim.views.explanation_tables import chance_text, is_seen, run_line, signed
from sim.views.labels import sentence, spaced

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.explain_votes import Ballot

MEMBERS_SHOWN = 10
RENAMED = {"political_weight": "political cost"}


def ballot_page(ballot: Ballot, actor: str = WORLD) -> Page:
    """One vote: the members with the lowest margins, or one of them, and what makes their margins.

    Raises InputError for an actor that has no vote on it.
    """
    members = ballot.members
    if actor != WORLD:
        ids = {name: one.id for one in load_seeds().actors for name in (one.id, one.slug)}
        members = members[(members["actor"] == ids.get(actor)).to_numpy()]
        if members.empty:
            voters = ballot.members["actor"]
            raise InputError(unknown(f"member with a vote on {ballot.instrument}", actor, voters, also=ids))
    page = Page(f"The vote on {ballot.instrument} in {ballot.quarter}: {sentence(ballot.scenario.slug)}")
    page.fact("what it is", ballot.instrument_name)
    page.fact("run", run_line(ballot.address))
    page.fact("rule", spaced(ballot.decision))
    page.fact("chance to pass", chance_text(ballot.chance))
    page.fact("votes on it", _votes(ballot.history))
    page.fact(
        "luck",
        "drawn once for all votes on it in a run: it stands for what the model does not know of the members",
    )
    page.fact(
        "to read",
        "a margin is in logit points: 0 is an even chance of agreeing, 3 is 95 %; its parts add up. Support and cohesion "
        "count from one half; a mechanism counts what it adds to the margin",
    )
    wide = ballot.terms.pivot_table(index="actor", columns="source", values="contribution", sort=False)
    wide = wide[[name for name in wide.columns if is_seen(wide[name])]]
    names = dict(zip(ballot.terms["source"], ballot.terms["name"], strict=True))
    for source in wide.columns:
        page.fact(_head(source), spaced(names[source]))
    shown = members.head(MEMBERS_SHOWN)
    rows = [
        (row["name"], *map(signed, wide.loc[row["actor"]]), signed(row["margin"]), chance_text(row["chance"]))
        for row in shown.to_dict("records")
    ]
    head = ("member", *(_head(source) for source in wide.columns), "margin", "agrees")
    is_whole = len(members) == len(shown)
    title = "Lowest margins first" if is_whole else f"The {len(shown)} lowest margins of {len(members)}"
    page.tables.append((title, head, rows))
    return page


def _head(source: object) -> str:
    return RENAMED.get(str(source), spaced(str(source)))


def _votes(history: pd.DataFrame) -> str:
    quarters = list(history["quarter"])
    passed = list(history["quarter"][history["passed"]])
    span = f", {quarters[0]} to {quarters[-1]}"
    asked = f"one, in {quarters[0]}" if len(quarters) == 1 else f"{len(quarters)}{span}"
    return f"{asked}; " + (f"passed in {', '.join(passed)}" if passed else "never passed")
