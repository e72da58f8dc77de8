"""docs/model.md and the theory say the same: equations, rules, tests, mechanisms, coefficients, outcomes, links of pages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest

from sim.inputs.evidence import load_seeds
from sim.theory import mechanisms as m
from sim.theory import rules
from sim.theory.outcome_list import OUTCOMES
from sim.theory.parameters import PARAMETER_NAMES
from tests.theory import test_signs, worked_cases

DOCS = Path(__file__).resolve().parents[1] / "docs"
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")
LONGEST = 935

# `E7   p = …` in a block of equations; `| E7 | `decisions.agreement` | M07 | … | `test_sign` |` in a table; a cell
# `M07 consensus_gate`.
EQUATION = re.compile(r"^(E\d+)\s+\S", re.MULTILINE)
PROVENANCE = re.compile(r"^\| (E\d+) \| `(\w+\.\w+)` \| ([^|]*) \|", re.MULTILINE)
TEST = re.compile(r"^\| (E\d+) \| `(\w+\.\w+)` \|.*\| `(test_\w+)` \|$", re.MULTILINE)
REALISED = re.compile(r"\| (M\d\d) (\w+) \| `(\w+\.\w+)` \| (E\d+) (?=\|)")
MECHANISM = re.compile(r"\b(M\d\d) (\w+)")


def section(title: str) -> str:
    """The text of a numbered section, heading left out, down to the next of the same kind."""
    found = re.search(rf"^## \d+\. {re.escape(title)}\n(.*?)(?=^## |\Z)", MODEL, re.MULTILINE | re.DOTALL)
    assert found, f"docs/model.md has no section '{title}'"
    return found[1]


@cache
def docstrings() -> dict[str, str]:
    """Docstring of every public function of sim.theory.rules, by module.function."""
    found = {}
    for module in pkgutil.iter_modules(rules.__path__):
        loaded = importlib.import_module(f"sim.theory.rules.{module.name}")
        for name, value in vars(loaded).items():
            function = getattr(value, "py_func", value)
            is_own = callable(function) and getattr(function, "__module__", "") == loaded.__name__
            if is_own and not name.startswith("_"):
                found[f"{module.name}.{name}"] = function.__doc__ or ""
    return found


@cache
def mechanisms_of_rules() -> dict[str, str]:
    """Rule by mechanism (M01), after the docstrings' 'Mechanisms: M01 …'."""
    return {
        mechanism: rule
        for rule, text in docstrings().items()
        for part in re.findall(r"Mechanisms?: ([^.(]*)", text)
        for mechanism in re.findall(r"\bM\d\d\b", part)
    }


# ----------------------------------------------------------------------------------------------- equations


def test_every_equation_has_one_number() -> None:
    """E1, E2, … without a gap, each written once and each with one row, in the same place, saying where it comes from."""
    written = EQUATION.findall(MODEL)
    assert sorted(written, key=lambda number: int(number[1:])) == [
        f"E{k}" for k in range(1, len(written) + 1)
    ]
    assert [number for number, _, _ in PROVENANCE.findall(MODEL)] == written


def test_numbers_follow_the_phases() -> None:
    """The table of section 3 shares all equations out over the phases, in the sections where they stand."""
    of_phases = re.findall(
        r"^\| (?:\d+|—) \| [^|]* \| [^|]* \| (E[^|]*) \|$",
        section("Process overview and scheduling"),
        re.MULTILINE,
    )
    named: list[int] = []
    for cell in of_phases:
        for first, last in re.findall(r"E(\d+)(?:–E(\d+))?", cell):
            named += range(int(first), int(last or first) + 1)
    assert len(of_phases) == 12
    assert sorted(named) == list(range(1, len(EQUATION.findall(MODEL)) + 1))


def test_every_mention_of_an_equation_leads_somewhere() -> None:
    known = set(EQUATION.findall(MODEL))
    assert set(re.findall(r"\bE\d+\b", MODEL)) <= known


@pytest.mark.parametrize(
    ("number", "rule"), [(number, rule) for number, rule, _ in PROVENANCE.findall(MODEL)]
)
def test_an_equation_names_an_existing_rule(number: str, rule: str) -> None:
    module, _, function = rule.partition(".")
    loaded = importlib.import_module(f"sim.theory.rules.{module}")
    assert callable(getattr(loaded, function, None)), f"{number} names {rule}, which does not exist"


def test_every_rule_has_an_equation() -> None:
    """Nothing in the rulebook is left out of the page, and no rule is written twice."""
    assert sorted(rule for _, rule, _ in PROVENANCE.findall(MODEL)) == sorted(docstrings())


def test_mechanisms_stand_beside_their_own_equations() -> None:
    """A row names a mechanism outright only if its rule's docstring does; `(feeds M30)` and the like are free."""
    of_rules = mechanisms_of_rules()
    for number, rule, cell in PROVENANCE.findall(MODEL):
        own = {mechanism for mechanism, realiser in of_rules.items() if realiser == rule}
        if own:
            assert set(re.findall(r"M\d\d", cell)) == own, number


# ------------------------------------------------------------------------------------------- equations' tests


@cache
def docstrings_of_tests() -> dict[str, str]:
    """Docstring of every test function of tests/theory, by name."""
    found = {}
    for path in sorted((DOCS.parent / "tests" / "theory").glob("test_*.py")):
        loaded = importlib.import_module(f"tests.theory.{path.stem}")
        for name, value in inspect.getmembers(loaded, inspect.isfunction):
            if name.startswith("test_"):
                found[name] = value.__doc__ or ""
    return found


def test_every_equation_names_its_test() -> None:
    """A mechanism's equation names the sign test, or a test that says it is about it; any other its pencil case."""
    rows = TEST.findall(MODEL)
    assert [number for number, _, _ in rows] == [number for number, _, _ in PROVENANCE.findall(MODEL)]
    with_sign = {f"M{case[0]:02d}" for case in test_signs.CASES}
    with_pencil = {case[0] for case in worked_cases.CASES}
    of_rules: dict[str, set[str]] = {}
    for mechanism, rule in mechanisms_of_rules().items():
        of_rules.setdefault(rule, set()).add(mechanism)
    for number, rule, name in rows:
        assert name in docstrings_of_tests(), f"{number} names {name}, which does not exist"
        assert rule in with_pencil, f"{number}: {rule} has no worked case"
        own = of_rules.get(rule, set())
        if name == "test_sign":
            assert own, f"{number} realises no mechanism"
            assert own <= with_sign, f"{number}: {own} has no sign case"
        elif name == "test_worked_case":
            assert not own, f"{number}: {own} has a test of its own"
        else:
            about = set(re.findall(r"M\d\d", docstrings_of_tests()[name].partition(":")[0]))
            assert own <= about, f"{number}: {name} is not about {own}"


# ---------------------------------------------------------------------------------------------- mechanisms


def test_every_realised_mechanism_is_in_the_table() -> None:
    """Mechanism, rule and equation of the table are those of the docstrings, the seeds and the rows above."""
    rows = REALISED.findall(section("Which mechanism is where"))
    assert {mechanism: rule for mechanism, _, rule, _ in rows} == mechanisms_of_rules()
    assert len(rows) == len({mechanism for mechanism, *_ in rows}) == len(m.REALISED)
    slugs = {one.id: one.slug for one in load_seeds().mechanisms}
    equation_of = {rule: number for number, rule, _ in PROVENANCE.findall(MODEL)}
    for mechanism, slug, rule, number in rows:
        assert slug == slugs[mechanism]
        assert number == equation_of[rule], f"{mechanism}: {rule} is {equation_of[rule]}"


def test_the_claims_without_a_rule_are_the_rest() -> None:
    table = re.findall(r"^\| (M\d\d [^|]*) \|", section("Two claims that are results"), re.MULTILINE)
    missing = [pair for cell in table for pair in MECHANISM.findall(cell)]
    rest = [(one.id, one.slug) for one in load_seeds().mechanisms if int(one.id[1:]) not in m.REALISED]
    assert len(missing) == len(set(missing))
    assert set(missing) == set(rest)
    assert (
        f"{len(m.REALISED)} of the {len(load_seeds().mechanisms)} mechanisms have a rule, {len(rest)} have none"
        in MODEL
    )


# ------------------------------------------------------------------------------------ coefficients, outcomes


def test_counts_of_evidence_are_those_of_the_seeds() -> None:
    """How many dials, strengths and coefficients rest on something: section 5 says it as it is."""
    seeds = load_seeds()
    text = " ".join(section("Initialisation").split())
    levers = [item for item in seeds.instruments if item.id.startswith("IN")]
    dials = [dial.kind != "assumed" for item in levers for dial in item.dials.values()]
    assert (
        f"Of the {len(dials)} dials of the levers {100 * sum(dials) / len(dials):.0f} % rest on text" in text
    )
    realised = [one for one in seeds.mechanisms if int(one.id[1:]) in m.REALISED]
    on_text = {
        worldview.id: sum(one.strengths[worldview.id].kind != "assumed" for one in realised)
        for worldview in seeds.worldviews
    }
    n_strengths = len(realised) * len(on_text)
    assert f"of the {n_strengths} strengths in use {100 * sum(on_text.values()) / n_strengths:.0f} %" in text
    first, *others = sorted(on_text, key=lambda worldview: -on_text[worldview])
    shown = [f"{first} {on_text[first]} of {len(realised)}", *(f"{name} {on_text[name]}" for name in others)]
    assert f"({', '.join(shown)})" in text
    assumed = [value.kind == "assumed" for value in seeds.parameters.values()]
    assert f"of the {len(assumed)} coefficients all but two are assumptions" in text
    assert assumed.count(False) == 2


def test_structural_links_name_existing_coefficients_and_their_modes() -> None:
    """Coefficients are spelt as declared; weights in the table are the modes of the seeds, up to sign."""
    text = MODEL[MODEL.index("### 7.11 Structural links") : MODEL.index("### 7.12 Outcomes")]
    rows = re.findall(r"^\| [^|]* \| [^|]* \| (`[^|]*`) \| ([^|]*) \|$", text, re.MULTILINE)
    assert len(rows) > 10
    seeds = load_seeds()
    for names, weights in rows:
        modes = [seeds.parameter(name).mode for name in re.findall(r"`(\w+)`", names)]
        shown = [float(weight.strip(" +−")) for weight in weights.split(";")]
        assert shown == pytest.approx(modes), names


def test_numbers_behind_coefficients_are_their_modes() -> None:
    """Wherever the text of section 7 gives a number after a coefficient's name, it is the mode in the seeds."""
    seeds = load_seeds()
    given = re.findall(r"`([a-z_]+)` (\d+(?:\.\d+)?)", section("Submodels"))
    given = [(name, value) for name, value in given if name in PARAMETER_NAMES]
    assert len(given) > 20
    for name, value in given:
        assert float(value) == pytest.approx(seeds.parameter(name).mode), name


def test_all_outcomes_are_defined() -> None:
    """Those of every run in the table, the headline ones first, and the others of the seeds below it."""
    text = MODEL[MODEL.index("### 7.12 Outcomes") : MODEL.index("## 8. ")]
    table = "\n".join(line for line in text.splitlines() if line.startswith("| O"))
    defined = re.findall(r"(O\d\d) `(\w+)`", table)
    assert sorted(defined) == sorted((one.id, one.slug) for one in OUTCOMES)
    assert [one for one, _ in defined[:13]] == [one.id for one in OUTCOMES if one.is_headline]
    every = re.findall(r"(O\d\d) `(\w+)`", text)
    assert sorted(every) == sorted((one.id, one.slug) for one in load_seeds().outcomes)
    assert f"{len(every)} outcomes" in text
    assert f"{len(OUTCOMES)} for every run" in text


# ---------------------------------------------------------------------------------------------------- pages


def test_the_page_stays_readable() -> None:
    assert len(MODEL.splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix()
)
def test_links_between_pages_hold(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: no {target}"


def test_decisions_are_numbered_in_order_and_complete() -> None:
    """Each page has its number, date and parts (see docs/decisions/README.md)."""
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} — "), page.name
        assert re.search(r"^(Proposed|Accepted|Replaced).*\d{1,2} \w+ 20\d\d\.$", text, re.MULTILINE), (
            page.name
        )
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
            "Context",
            "Choice",
            "Alternatives",
            "Consequences",
        ], page.name


def test_every_guarantee_names_a_test_that_exists() -> None:
    """`test_name` or tests/path.py, at least one in every row of a table."""
    text = (DOCS / "guarantees.md").read_text(encoding="utf-8")
    tests = DOCS.parent / "tests"
    written = {
        name
        for path in tests.rglob("*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }
    rows = [line for line in text.splitlines() if line.startswith(("| C", "| D", "| —"))]
    assert len(rows) >= 13
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        paths = re.findall(r"tests/[\w/]+\.py", row)
        assert named or paths, row
        assert set(named) <= written, row
        assert all((DOCS.parent / path).exists() for path in paths), row
