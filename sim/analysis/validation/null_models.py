"""Null models that run nothing: majority signs of the coding itself, and static arithmetic on levels, dials and strengths.

Whoever claims that dynamics and actors matter must do better than these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sim.analysis.validation.sample import Values
from sim.analysis.validation.signs import Cell, Coding
from sim.inputs.evidence import Instrument, Seeds
from sim.inputs.expected_signs import ExpectedSigns
from sim.inputs.expressions import BASELINE


class Term(NamedTuple):
    """A dial that feeds an outcome through a mechanism, with the mechanism's sign for the outcome.

    brands: only instruments under these flags count (empty: all).
    """

    dial: str
    mechanism: str
    sign: int
    brands: tuple[str, ...] = ()


_EU, _NATO = ("EU",), ("NATO", "national", "US", "US_bloc")
# First order only: which dial moves which outcome at once, through which mechanism. What has no dial (events, moods, votes)
# has no effect here.
TABLE: Mapping[str, tuple[Term, ...]] = {
    "O01": (Term("deterrence_asia", "M03", 1),),
    "O02": (Term("cost_to_european_deterrence", "M10", -1), Term("hardness", "M64", -1, _NATO)),
    "O03": (Term("deterrence_asia", "M03", 1), Term("hardness", "M02", -1), Term("bloc_signal", "M05", -1)),
    "O04": (Term("hardness", "M02", 1), Term("visibility", "M35", 1)),
    "O05": (Term("hardness", "M01", 1, _NATO), Term("bloc_signal", "M01", 1, _NATO)),
    "O06": (Term("hardness", "M02", 1), Term("deterrence_asia", "M03", -1)),
    "O08": (Term("bloc_signal", "M17", 1),),
    "O09": (Term("bloc_signal", "M17", 1), Term("economic_benefit", "M41", -1)),
    "O10": (Term("bloc_signal", "M17", -1),),
    "O11": (Term("bloc_signal", "M17", -1), Term("economic_benefit", "M43", 1, _EU)),
    "O12": (Term("visibility", "M19", 1, _NATO), Term("hardness", "M23", 1, _NATO)),
    "O13": (Term("visibility", "M20", 1, _NATO),),
    "O14": (Term("visibility", "M21", -1, _NATO), Term("economic_benefit", "M44", 1)),
    "O15": (Term("economic_benefit", "M39", 1, _EU), Term("resilience", "M39", 1, _EU)),
    "O16": (Term("economic_benefit", "M41", 1), Term("bloc_signal", "M37", -1)),
    "O17": (Term("economic_benefit", "M38", -1, _EU),),
    "O18": (Term("deterrence_asia", "M03", 1), Term("bloc_signal", "M05", -1), Term("economic_benefit", "M67", 1)),
    "O19": (Term("visibility", "M05", 1, _NATO), Term("bloc_signal", "M05", 1)),
    "O20": (Term("visibility", "M32", 1, _NATO), Term("cost_to_european_deterrence", "M11", -1)),
    "O21": (Term("commitment", "M04", 1),),
    "O22": (Term("cost_to_european_deterrence", "M08", -1),),
    "O23": (Term("cost_to_european_deterrence", "M12", -1),),
    "O24": (Term("hardness", "M15", 1, _NATO),),
    "O25": (),  # no dial moves the war
    "O26": (Term("deterrence_asia", "M46", 1),),
    "O27": (Term("deterrence_asia", "M48", 1),),
    "O28": (Term("resilience", "M61", 1),),
    "O29": (Term("visibility", "M18", 1, _NATO),),
    "O30": (Term("bloc_signal", "M42", -1, ("coalition",)),),
    "O31": (Term("bloc_signal", "M17", -1),),
    "O32": (Term("visibility", "M34", 1, ("US", "US_bloc", "NATO")),),
    "O33": (Term("resilience", "M71", 1, ("EU", "minilateral")),),
    "O35": (Term("visibility", "M25", -1, _NATO),),
}  # fmt: skip


def static_effects(cells: Iterable[Cell], signs: ExpectedSigns, seeds: Seeds) -> dict[Cell, Values]:
    """Σ over instruments of (last level − level in the baseline) × dial × strength, one number a cell (1,).

    Most likely dials and strengths; no dynamics, actors, votes or luck.
    """
    ids = {outcome.slug: outcome.id for outcome in seeds.outcomes}
    strengths = {
        one.id: {name: value.mode for name, value in one.strengths.items()} for one in seeds.mechanisms
    }
    levers = [item for item in seeds.instruments if item.describes is None]
    before = _last_levels(BASELINE, signs, levers)
    found = {}
    for cell in cells:
        change = _last_levels(cell.scenario, signs, levers) - before
        total = 0.0
        for term in TABLE[ids[cell.outcome]]:
            dials = np.array([_dial(item, term) for item in levers])
            total += term.sign * strengths[term.mechanism][cell.worldview] * float(change @ dials)
        found[cell] = np.array([total])
    return found


def _last_levels(slug: str, signs: ExpectedSigns, levers: Sequence[Instrument]) -> Values:
    scenario = signs.scenarios[slug if signs.scenarios[slug].is_policy else BASELINE]
    known = {item.slug for item in levers}
    own = replace(scenario, paths={name: steps for name, steps in scenario.paths.items() if name in known})
    return np.asarray(own.levels(levers)[-1])


def _dial(item: Instrument, term: Term) -> float:
    if term.brands and item.brand not in term.brands:
        return 0.0
    return item.dials[term.dial].mode


def sign_of_each_scenario(coding: Coding) -> dict[Cell, int]:
    """One sign for each scenario and outcome: the commonest over worldviews (of equals the first of +, −, 0)."""
    return _commonest(coding, lambda cell: cell[:2])


def sign_of_each_outcome(coding: Coding) -> dict[Cell, int]:
    """One sign for each outcome, whatever the scenario: the commonest over scenarios and worldviews."""
    return _commonest(coding, lambda cell: cell.outcome)


def _commonest(coding: Coding, key: Callable[[Cell], object]) -> dict[Cell, int]:
    counts: dict[object, Counter[int]] = {}
    for cell, sign in coding.items():
        counts.setdefault(key(cell), Counter())[sign] += 1
    order = (1, -1, 0)
    best = {name: max(order, key=lambda sign: (of[sign], -order.index(sign))) for name, of in counts.items()}
    return {cell: best[key(cell)] for cell in coding}
