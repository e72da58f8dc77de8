"""docs/model.md and the theory say the same: equations, rules, mechanisms, coefficients, outcomes, links between pages."""

from __future__ import annotations

import importlib
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

DOCS = Path(__file__).resolve().parents[1] / "docs"
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")
LONGEST = 720

# `E7   p = …` in a block of equations; `| E7 | `decisions.agreement` | M07 | …` in a table; a cell `M07 consensus_gate`.
EQUATION = re.compile(r"^(E\d+)\s+\S", re.MULTILINE)
PROVENANCE = re.compile(r"^\| (E\d+) \| `(\w+\.\w+)` \| ([^|]*) \|", re.MULTILINE)
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
    """E1, E2, … without a gap, each written once and each with one row saying where it comes from."""
    written = EQUATION.findall(MODEL)
    assert written == [f"E{k}" for k in range(1, len(written) + 1)]
    assert [number for number, _, _ in PROVENANCE.findall(MODEL)] == written


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


def test_the_mechanisms_not_realised_are_the_rest() -> None:
    table = re.findall(r"^\| (M\d\d [^|]*) \|", section("Mechanisms not yet realised"), re.MULTILINE)
    missing = [pair for cell in table for pair in MECHANISM.findall(cell)]
    rest = [(one.id, one.slug) for one in load_seeds().mechanisms if int(one.id[1:]) not in m.REALISED]
    assert len(missing) == len(set(missing))
    assert set(missing) == set(rest)
    assert (
        f"{len(m.REALISED)} of the {len(load_seeds().mechanisms)} mechanisms have a rule, {len(rest)} have none"
        in MODEL
    )


# ------------------------------------------------------------------------------------ coefficients, outcomes


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


def test_all_computed_outcomes_are_defined() -> None:
    text = MODEL[MODEL.index("### 7.12 Outcomes") : MODEL.index("## 8. ")]
    defined = re.findall(r"(O\d\d) `(\w+)`", text)
    assert sorted(defined) == sorted((one.id, one.slug) for one in OUTCOMES)
    assert [one for one, _ in defined[:13]] == [one.id for one in OUTCOMES if one.is_headline]


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
