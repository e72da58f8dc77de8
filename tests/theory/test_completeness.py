"""Nothing is realised twice or forgotten: rules, mechanisms, parameters and seeds name each other."""

from __future__ import annotations

import importlib
import pkgutil
import re

import sim.theory.rules as rules
from sim.inputs.evidence import load_seeds
from sim.theory import mechanisms as m
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from sim.theory.parameters import PARAMETERS

NAMED = re.compile(r"\b(M\d\d) (\w+)")


def rule_docstrings() -> dict[str, str]:
    """Docstring of every public rule, by module.function."""
    found = {}
    for module in pkgutil.iter_modules(rules.__path__):
        loaded = importlib.import_module(f"sim.theory.rules.{module.name}")
        for name, value in vars(loaded).items():
            function = getattr(value, "py_func", value)
            if (
                callable(function)
                and getattr(function, "__module__", "") == loaded.__name__
                and name[0] != "_"
            ):
                found[f"{module.name}.{name}"] = function.__doc__ or ""
    return found


def mechanisms_of_rules() -> dict[str, list[str]]:
    """Mechanisms named after 'Mechanisms:' in rules' docstrings, each with the rules that name it."""
    realised: dict[str, list[str]] = {}
    for rule, text in rule_docstrings().items():
        for part in re.findall(r"Mechanisms?: ([^.(]*)", text):
            for number, slug in NAMED.findall(part):
                realised.setdefault(f"{number} {slug}", []).append(rule)
    return realised


def test_every_realised_mechanism_has_exactly_one_rule() -> None:
    """Rules name the mechanisms they realise by id and slug; the seeds name the rule; the constants agree."""
    realised = mechanisms_of_rules()
    assert {name: found for name, found in realised.items() if len(found) != 1} == {}
    seeds = load_seeds()
    by_id = {mechanism.id: mechanism for mechanism in seeds.mechanisms}
    assert {name.split()[0] for name in realised} == {f"M{number:02d}" for number in m.REALISED}
    for name, (rule,) in realised.items():
        number, slug = name.split()
        assert by_id[number].slug == slug
        assert by_id[number].realised_by == rule
    for mechanism in seeds.mechanisms:
        assert bool(mechanism.realised_by) != bool(mechanism.left_out_because), mechanism.id
        assert bool(mechanism.realised_by) == (int(mechanism.id[1:]) in m.REALISED), mechanism.id


def test_constants_are_named_as_in_the_seeds() -> None:
    """The constant of a mechanism is its slug in capitals."""
    constants = {value: name for name, value in vars(m).items() if name.isupper() and isinstance(value, int)}
    for mechanism in load_seeds().mechanisms:
        number = int(mechanism.id[1:])
        if number in m.REALISED:
            assert constants[number].lower() == mechanism.slug


def test_every_mechanism_but_two_is_realised() -> None:
    """M34 and M51 are results to be read off: what control and half-measures come to, not what causes them."""
    assert set(m.REALISED) == set(range(1, m.N_MECHANISMS)) - {34, 51}


def test_every_parameter_has_a_value_inside_its_bounds() -> None:
    """The two sides match, and an unsourced number says `assumed:` and why."""
    seeds = load_seeds()
    assert set(seeds.parameters) == {parameter.name for parameter in PARAMETERS}
    for parameter in PARAMETERS:
        value = seeds.parameter(parameter.name)
        assert parameter.lower <= value.low <= value.mode <= value.high <= parameter.upper, parameter.name
        assert len(value.source) > 12, parameter.name


def test_every_parameter_is_used() -> None:
    """No coefficient is declared that no phase reads."""
    from pathlib import Path

    import sim.theory as theory

    text = "".join(path.read_text() for path in Path(theory.__path__[0]).glob("phases/*.py"))
    by_place = {"speed_medium", "speed_slow"}  # read as SPEED_FAST + speed class
    unused = [
        parameter.name
        for parameter in PARAMETERS
        if f"p.{parameter.name.upper()}" not in text and parameter.name not in by_place
    ]
    assert unused == []


def test_outcomes_are_those_of_the_seeds() -> None:
    """Ids, slugs and the headline set agree with the seeds; every headline outcome is computed."""
    by_id = {outcome.id: outcome for outcome in load_seeds().outcomes}
    for outcome in OUTCOMES:
        assert by_id[outcome.id].slug == outcome.slug
        assert by_id[outcome.id].headline == outcome.is_headline
    assert {one.id for one in by_id.values() if one.headline} <= {outcome.id for outcome in OUTCOMES}


def test_every_adaptive_world_field_has_an_initial_level() -> None:
    """The seeds give a level in mid-2024 for every adaptive variable of the world."""
    assert set(s.ADAPTIVE_WORLD_FIELDS) <= set(load_seeds().world_names)
