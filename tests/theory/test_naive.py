"""The engine against a second, naive writing of the same page, quarter by quarter, for policies and events made at random.

The naive one (`tests/naive.py`) runs beside the engine on a state of its own, so that a difference cannot heal.
"""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.theory import chance
from sim.theory import run as r
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from sim.theory.outcomes import read_outcomes
from sim.theory.run import Run
from tests import naive, naive_instruments, naive_outcomes, naive_terms
from tests.bench import WORLDVIEWS, assembly, bench_run, quarters
from tests.naive import Naive
from tests.naive_instruments import Luck
from tests.naive_outcomes import outcomes

QUARTERS = 12
TOLERANCE = 1e-9
VOTED, TREND, ASSUMED = range(3)  # how an item is decided (`Run.adopted`)
PARTS = (naive, naive_terms, naive_instruments, naive_outcomes)
SOURCES = [inspect.getsource(module) for module in PARTS]
MODEL = Path(__file__).resolve().parents[2] / "docs" / "model.md"

shares = st.integers(0, 20).map(lambda k: k / 20)


@st.composite
def proposals(draw: st.DrawFn) -> tuple[int, float, int, int]:
    """An instrument, the level proposed for it, from which quarter on, and how it is decided (`Run.adopted`)."""
    item = draw(st.integers(0, len(assembly().instruments) - 1))
    return (
        item,
        draw(shares),
        draw(st.integers(0, QUARTERS - 1)),
        draw(st.sampled_from((VOTED, VOTED, TREND, ASSUMED))),
    )


@st.composite
def events(draw: st.DrawFn) -> tuple[float, ...]:
    """A row of `Run.event`: any variable of the world, of one state or of all, added to or set, for some quarters."""
    is_world, is_set = draw(st.booleans()), draw(st.booleans())
    field = draw(st.integers(0, len(s.WORLD_FIELDS if is_world else s.ACTOR_FIELDS) - 1))
    actor = -1 if is_world else draw(st.integers(-1, len(assembly().actors) - 1))
    start = draw(st.integers(0, QUARTERS - 2))
    stop = start + draw(st.integers(1, QUARTERS))
    return float(is_world), field, actor, float(is_set), 2 * draw(shares) - 1, start, stop


def luck_of(run: Run) -> Luck:
    """The numbers that the engine meets at the same addresses."""
    seed, member, replicate = (int(run.clock[k]) for k in (r.SEED, r.MEMBER, r.REPLICATE))

    def luck(channel: str, quarter: int, who: int, other: int) -> float:
        return float(
            chance.uniform(seed, member, replicate, quarter, getattr(chance, channel.upper()), who, other)
        )

    return luck


def assert_same(run: Run, other: Naive, quarter: int) -> None:
    """Every variable, own and shown, of states and of all, every level of instruments and every outcome."""
    for array, names, theirs in (
        (run.own, s.ACTOR_FIELDS, other.own),
        (run.now, s.ACTOR_FIELDS, other.now),
        (run.world_own, s.WORLD_FIELDS, other.world_own),
        (run.world, s.WORLD_FIELDS, other.world),
    ):
        for name, ours in zip(names, array, strict=True):
            apart = np.abs(ours - theirs[name]).max()
            assert apart < TOLERANCE, f"{name} differs by {apart} at the end of quarter {quarter}"
    for name in ("agreed", "level", "signed", "shown", "votes"):
        ours, theirs_ = getattr(run, name), getattr(other, name)
        assert np.allclose(ours, theirs_, rtol=0, atol=TOLERANCE, equal_nan=True), (
            f"{name}, quarter {quarter}"
        )
    read, again = np.zeros(len(OUTCOMES)), outcomes(other)
    read_outcomes(run.board, read)
    assert set(again) == {outcome.slug for outcome in OUTCOMES}
    for outcome, value in zip(OUTCOMES, read, strict=True):
        assert abs(value - again[outcome.slug]) < TOLERANCE, f"{outcome.slug}, quarter {quarter}"


# Everything at once, so that no shrunken policy leaves a corner out: all raised at once, all cut in the sixth quarter.
ALL_UP = [(item, 1.0, 0, item % 3) for item in range(63)] + [(item, 0.0, 6, item % 3) for item in range(63)]


def shock(
    variable: str, value: float, start: int, stop: int, *, is_set: bool = False, actor: int = -1
) -> tuple[float, ...]:
    """A row of `Run.event` on a variable of the world, of one state or of all."""
    is_world = variable in s.WORLD_FIELDS
    field = (s.WORLD_FIELDS if is_world else s.ACTOR_FIELDS).index(variable)
    return float(is_world), field, actor, float(is_set), value, start, stop


SHOCKS = [
    shock("cooperation", -1.5, 2, 5, is_set=True),
    shock("escalation", 1.0, 3, 12, is_set=True),
    shock("escalation_europe", 1.0, 3, 12, is_set=True),
    shock("crisis_taiwan", 0.8, 1, 4),
    shock("threat_cn", 0.3, 2, 9),
    shock("mood", -0.5, 0, 8, actor=33),
    shock("steps", 0.5, 0, 8),
    shock("economic_offer", 0.4, 4, 9, is_set=True),
]
# One at a time or together, whatever the second half of the theory reads or keeps.
MORE_SHOCKS = [
    *(shock(name, 0.3, 1 + k % 3, 6 + k % 5) for k, name in enumerate((
        "trade_pressure", "hybrid_pressure", "partner_warnings", "korea_pressure", "us_pressure", "us_agenda",
        "precedents", "european_spending", "ukraine_support", "island_security", "china_russia", "pledge_stock",
        "hedge", "balancing", "defence_industry", "capability", "eu_security", "climate_help", "industrial_work",
        "eu_tie", "econ_cn", "commitment", "hardness", "nato_agenda", "crisis_support",
    ))),
    *(shock(name, -0.3, 2 + k % 3, 5 + k % 5) for k, name in enumerate((
        "ukraine_war", "european_capability", "rival_industry", "asean_effort", "minilateral_effort",
        "procurement_effort", "pledges", "un_effort", "climate_effort", "nato_support", "trust_commit", "discipline",
    ))),
    shock("mood", -0.6, 1, 12, actor=5),
    shock("escalation", 0.35, 0, 12),
    shock("escalation_europe", 0.45, 0, 12),
    shock("home_build_up", 1.4, 4, 7, is_set=True),
    shock("discipline", 1.5, 6, 8, is_set=True),
    shock("stray_statements", 0.5, 3, 5),
    shock("projection", 0.1, 4, 9, is_set=True),
    shock("intervention", 0.9, 5, 8, is_set=True),
    shock("eu_delivery", 0.4, 3, 12, is_set=True),
    shock("crisis_korea", 0.7, 4, 9, is_set=True),
    shock("net_benefit", 0.5, 2, 12),
    shock("utility", 0.5, 2, 12),
]  # fmt: skip
# Pacts, pledges, crisis support, discipline, the EU's own tools and small formats, one after the other, then some cut.
BESIDE_NUMBERS = (9, 10, 12, 40, 41, 43, 52, 65, 66, *range(71, 81))
BESIDE_ITEMS = [
    k for k, item in enumerate(assembly().instruments) if item.id in {f"IN{n:02}" for n in BESIDE_NUMBERS}
]
BESIDE = [(item, 0.9, k % 4, (VOTED, ASSUMED)[k % 2]) for k, item in enumerate(BESIDE_ITEMS)]
BESIDE += [(item, 0.05, 8, VOTED) for item in BESIDE_ITEMS[::3]]


@given(
    worldview=st.sampled_from(WORLDVIEWS),
    member=st.none() | st.integers(0, 99),
    has_chance=st.booleans(),
    policy=st.lists(proposals(), min_size=5, max_size=40),
    laid_over=st.lists(events(), max_size=8),
)
@example(worldview="W1", member=None, has_chance=False, policy=ALL_UP, laid_over=SHOCKS)
@example(worldview="W2", member=3, has_chance=True, policy=ALL_UP, laid_over=SHOCKS)
@example(worldview="W3", member=4, has_chance=True, policy=ALL_UP, laid_over=[])
@example(worldview="W4", member=5, has_chance=True, policy=[], laid_over=SHOCKS)
@example(worldview="W1", member=None, has_chance=False, policy=BESIDE, laid_over=MORE_SHOCKS)
@example(worldview="W2", member=6, has_chance=True, policy=BESIDE, laid_over=[])
@example(worldview="W3", member=7, has_chance=True, policy=[], laid_over=MORE_SHOCKS)
@example(worldview="W4", member=8, has_chance=True, policy=BESIDE, laid_over=MORE_SHOCKS)
@settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_engine_and_naive_agree(
    worldview: str,
    member: int | None,
    has_chance: bool,
    policy: list[tuple[int, float, int, int]],
    laid_over: list[tuple[float, ...]],
) -> None:
    run = bench_run("course_of_2024", worldview, member=member, replicate=1, chance=has_chance)
    run = run._replace(event=np.array(laid_over, dtype=np.float64).reshape(-1, 7))
    for item, level, start, decided in policy:
        run.proposed[start:, item] = level
        run.adopted[item] = decided
    other, luck = Naive(run), luck_of(run)
    for quarter in quarters(run, QUARTERS):
        other.quarter(quarter, luck)
        assert_same(run, other, quarter)


def test_the_naive_one_shares_no_code() -> None:
    """Of the theory it imports names and the run's layout alone."""
    allowed = {
        "sim.theory": {"state"},
        "sim.theory.parameters": {"PARAMETER_NAMES"},
        "sim.theory.run": {"Run"},
        **{part.__name__: set(part.__dict__) for part in PARTS},
    }
    for node in (node for text in SOURCES for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(("sim", "tests")):
            assert {alias.name for alias in node.names} <= allowed.get(node.module, set()), node.module
        elif isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} == {"numpy"}


def test_the_naive_one_has_every_equation() -> None:
    """Each of the page's equations is marked in it (a range like `E4 to E9` marks its parts one by one as well)."""
    on_page = set(re.findall(r"^(E\d+)\s+\S", MODEL.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bE\d+\b", "".join(SOURCES))) == on_page
