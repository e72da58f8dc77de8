"""Every rule with a pencil: the worked cases hold, every rule has one, and every argument of a rule counts in one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

import sim.theory.rules
from tests.theory.worked_cases import CASES

pytestmark = pytest.mark.pure


def rules() -> dict[str, Callable[..., Any]]:
    """Every public function of every module of rules, by `module.name`."""
    found = {}
    for module_info in pkgutil.iter_modules(sim.theory.rules.__path__):
        module = importlib.import_module(f"sim.theory.rules.{module_info.name}")
        for name, member in vars(module).items():
            plain = getattr(member, "py_func", member)
            is_own = inspect.isfunction(plain) and plain.__module__ == module.__name__
            if is_own and not name.startswith("_"):
                found[f"{module_info.name}.{name}"] = member
    return found


RULES = rules()


def _title(case: object) -> str:
    return case if isinstance(case, str) else ""


@pytest.mark.parametrize(("rule", "given", "expected"), CASES, ids=_title)
def test_worked_case(rule: str, given: dict[str, float], expected: float) -> None:
    assert RULES[rule](**given) == pytest.approx(expected, rel=1e-14, abs=1e-15)


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_argument_of_a_rule_counts_in_some_case(rule: str) -> None:
    """A case proves little if the answer would be the same whatever an argument is."""
    cases = [given for name, given, _ in CASES if name == rule]
    for argument in cases[0]:
        answers = [
            (RULES[rule](**given), RULES[rule](**{**given, argument: given[argument] + 0.07}))
            for given in cases
        ]
        assert any(before != after for before, after in answers), argument
