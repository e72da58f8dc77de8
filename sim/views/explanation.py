"""`sim explain`: which terms drove an actor, a variable or a vote; printed, and written as tables and a figure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.inputs.documents import InputError
from sim.views.evidence import print_pages
from sim.views.options import DEFAULT_OUT

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.explain import Explanation
    from sim.analysis.explain_address import Address
    from sim.analysis.explain_votes import Ballot

FOLDER = "explained"


def answer(
    scenario: str,
    *,
    actor: str,
    variable: str | None,
    vote: str | None,
    against: str | None,
    quarter: str | None,
    out: Path | None,
    as_json: bool,
    seed: int,
    **run: Any,
) -> None:
    """Explain, print, and write files: where `out` is given, and for one variable unless it is printed as JSON.

    run: worldview, member and replicate of the run. Raises InputError for whatever there is nothing to say about.
    """
    from sim.runs.warm import ensure_compiled
    from sim.views.progress import Progress

    ensure_compiled(Progress().compiling)
    run["random_seed"] = seed
    if vote is None:
        _explain_actor(scenario, actor, variable, against, quarter, out, as_json, run)
    elif variable is None and against is None:
        _explain_vote(scenario, actor, vote, quarter, out, as_json, run)
    else:
        raise InputError("a vote is explained by itself: leave out --variable and --against")


def _explain_actor(
    scenario: str,
    actor: str,
    variable: str | None,
    against: str | None,
    quarter: str | None,
    out: Path | None,
    as_json: bool,
    run: Mapping[str, Any],
) -> None:
    from sim.analysis.explain import explain
    from sim.views.explanation_tables import overview, variable_page

    told = explain(scenario, actor=actor, variable=variable, against=against, **run)
    page = overview(told, quarter) if variable is None else variable_page(told, quarter)
    if as_json:
        _print_json(content(told))
    else:
        print_pages([page])
    if out is None and (as_json or variable is None):
        return
    folder, stem = out or DEFAULT_OUT / FOLDER, stem_of(told, variable)
    tables = {"": told.terms if told.against is None else told.change(), "-levels": told.levels}
    written = _written(
        tables if told.postures.empty else {**tables, "-postures": told.postures}, folder, stem
    )
    if variable is not None:
        from sim.views.explanation_figure import draw
        from sim.views.style import house_style, saved

        with house_style():
            written += saved(draw(told), folder, stem, ("png",))
    _name_files(written, as_json)


def _explain_vote(
    scenario: str,
    actor: str,
    vote: str,
    quarter: str | None,
    out: Path | None,
    as_json: bool,
    run: Mapping[str, Any],
) -> None:
    from sim.analysis.explain_votes import explain_vote
    from sim.views.explanation_vote import ballot_page

    ballot = explain_vote(scenario, instrument=vote, quarter=quarter, **run)
    page = ballot_page(ballot, actor)
    if as_json:
        _print_json(ballot_content(ballot))
    else:
        print_pages([page])
    if out is not None:
        tables = {"": ballot.terms, "-members": ballot.members, "-votes": ballot.history}
        stem = _stem(ballot.scenario.slug, ballot.address, ballot.instrument, ballot.quarter)
        _name_files(_written(tables, out, stem), as_json)


def stem_of(told: Explanation, variable: str | None) -> str:
    """The name of an explanation's files, without ending: everything that tells it from another."""
    parts = [told.actor] + ([variable] if variable else [])
    return _stem(told.scenario.slug, told.address, *parts, *_against(told))


def _against(told: Explanation) -> list[str]:
    return [] if told.against is None else ["against", told.against.scenario.slug]


def content(told: Explanation) -> dict[str, Any]:
    """The whole explanation as plain data: run, variables, terms, levels, postures, and the other policy's if any."""
    found = {
        "scenario": told.scenario.slug, **_address(told.address), "actor": told.actor,
        "variables": list(told.variables), "terms": _records(told.terms), "levels": _records(told.levels),
        "postures": _records(told.postures),
    }  # fmt: skip
    if told.against is not None:
        found["against"] = content(told.against)
        found["change"] = _records(told.change())
    return found


def ballot_content(ballot: Ballot) -> dict[str, Any]:
    """The whole ballot as plain data."""
    return {
        "scenario": ballot.scenario.slug, **_address(ballot.address), "instrument": ballot.instrument,
        "decision": ballot.decision, "quarter": ballot.quarter, "chance": ballot.chance,
        "members": _records(ballot.members), "terms": _records(ballot.terms), "votes": _records(ballot.history),
    }  # fmt: skip


def _print_json(found: Mapping[str, Any]) -> None:
    print(json.dumps(found, ensure_ascii=False, allow_nan=False))


def _name_files(written: list[Path], as_json: bool) -> None:
    """Say where the files are, unless standard output is for JSON alone."""
    if not as_json:
        print("\n".join(str(path) for path in written))


def _address(address: Address) -> dict[str, Any]:
    return {
        "worldview": address.worldview, "member": address.member, "replicate": address.replicate,
        "random_seed": address.random_seed, "chance": address.chance,
    }  # fmt: skip


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): None if value != value else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def _stem(scenario: str, address: Address, *parts: str) -> str:
    run = f"m{address.member}-r{address.replicate}-s{address.random_seed}"
    return "-".join([scenario, address.worldview, *parts, run])


def _written(tables: Mapping[str, pd.DataFrame], folder: Path, stem: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for ending, table in tables.items():
        path = folder / f"{stem}{ending}.csv"
        table.to_csv(path, index=False, float_format="%.9g", lineterminator="\n")
        written.append(path)
    return written
