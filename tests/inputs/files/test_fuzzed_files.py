"""Whatever is in a file, reading it ends in the documented error or in a valid scenario, never in a traceback.

Bounded and without chance from run to run (`derandomize`); the number of examples can be raised by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.inputs.documents import InputError, parsed_document
from sim.inputs.experiment import Experiment, load_any
from sim.inputs.scenario import Scenario, restored

bounded = settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WORDS = [
    "title", "policy", "events", "based_on", "trend", "adopted", "settings", "strict", "start", "quarters", "notes",
    "IN08", "IN01", "CN03", "RS01", "public_discretion", "summit_publicity", "to", "from", "over", "until", "what",
    "variable", "actor", "add", "set", "size", "taiwan_crisis", "us_disengagement", "us_agenda", "mood", "JPN", "IP4",
    "course_of_2024", "as_expected", "2024Q3", "2030Q1", "2034Q3", "2026q1", "policies", "futures", "worldviews",
    "members", "replicates", "W1", "all", "headline", "x", "0", "1", "0.5", "-1", "1e3", "1e999", "40", "true", "NO",
    "null", "~", "''", '"', "'", "..", "/", "mine.yaml", "%", "é", "\u2028", "\ud7ff",
]  # fmt: skip
SIGNS = [
    ": ",
    ":",
    "\n",
    "\n  ",
    "\n- ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "&a ",
    "*a",
    "!!x ",
    "? ",
    "| ",
    ">\n",
    "#",
    "\t",
]

pieces = st.lists(st.sampled_from(WORDS + SIGNS), max_size=40).map("".join)

scalars = st.sampled_from(WORDS) | st.integers(-5, 50) | st.floats(-2, 2) | st.booleans() | st.none()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(st.sampled_from(WORDS[:22] + WORDS[40:45]), values, max_size=6)


def flow(value: Any) -> str:
    """The value as YAML on one line, whatever it holds."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def outcome(read: Callable[[], Any]) -> Any:
    said = "-"
    try:
        return read()
    except InputError as error:
        said = str(error)
    assert 0 < len(said) < 5000
    return None


def checked(path: Path, text: str, seeds: Any) -> None:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    experiment = outcome(lambda: load_any(path, seeds))
    if experiment is None:
        return
    assert isinstance(experiment, Experiment)
    for scenario in (*experiment.policies, *experiment.futures):
        assert isinstance(scenario, Scenario)
        levels = scenario.levels(seeds.instruments)
        assert levels.min() >= 0
        assert levels.max() <= 1
        assert restored(scenario.resolved()) == scenario
        for event in scenario.events:
            assert 0 <= event.start < event.stop <= scenario.quarters


@bounded
@given(pieces)
@example("title: x\nevents: [{variable: mood, add: 1, from: 2024Q3}]")
@example("title: x\npolicy: {IN08: {to: 1, from: 2030Q1}}")
def test_words_and_signs_in_any_order(tmp_path: Path, seeds: Any, text: str) -> None:
    checked(tmp_path / "mine.yaml", text, seeds)


@bounded
@given(documents)
def test_right_keys_with_any_values(tmp_path: Path, seeds: Any, data: dict[str, Any]) -> None:
    lines = [f"{key}: {flow(value)}" for key, value in {"title": "x", **data}.items()]
    checked(tmp_path / "mine.yaml", "\n".join(lines), seeds)


LEVELS = st.floats(-0.2, 1.2) | st.integers(0, 1)
QUARTERS = st.sampled_from(["2024Q3", "2025Q1", "2026Q4", "2030Q1", "2034Q2", "2034Q3", "2040Q1"])
STEPS = st.fixed_dictionaries({"to": LEVELS}, optional={"from": QUARTERS, "over": st.integers(0, 9)})
PATHS = LEVELS | STEPS | st.lists(STEPS, min_size=1, max_size=3)
HAPPENINGS = st.fixed_dictionaries(
    {"what": st.sampled_from(["taiwan_crisis", "us_disengagement", "partner_turns_away"]), "from": QUARTERS},
    optional={"until": QUARTERS, "size": st.floats(-6, 6), "actor": st.sampled_from(["JPN", "IP4", "all"])},
)
CHANGES = st.fixed_dictionaries(
    {"variable": st.sampled_from(["mood", "us_agenda", "growth"]), "add": st.floats(-2, 2), "from": QUARTERS},
    optional={"until": QUARTERS, "actor": st.sampled_from(["JPN", "IP4", "all"])},
)


@bounded
@given(
    st.dictionaries(st.sampled_from(["IN08", "IN01", "IN15", "IN50", "CN03", "CN08"]), PATHS, max_size=3),
    st.lists(HAPPENINGS | CHANGES, max_size=3),
)
def test_nearly_valid_files(
    tmp_path: Path, seeds: Any, policy: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    checked(tmp_path / "mine.yaml", f"title: x\npolicy: {flow(policy)}\nevents: {flow(events)}\n", seeds)


@bounded
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, seeds: Any, content: bytes) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    outcome(lambda: load_any(path, seeds))


@bounded
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    outcome(lambda: parsed_document(text, "mine.yaml"))


@pytest.mark.parametrize("cut", range(0, 1200, 7))
def test_a_file_cut_short_anywhere(tmp_path: Path, seeds: Any, cut: int) -> None:
    text = (
        "title: x\nquarters: 40\npolicy:\n  IN08: {to: 1.0, from: 2026Q1, over: 4}\n  IN01:\n"
        "    - {to: 0.2, from: 2025Q1, over: 2}\n    - {to: 0.6, from: 2030Q1}\n"
        'notes:\n  IN08: >-\n    words\n    and "more"\n  IN01: |\n    lines\n'
        "events:\n  - {what: us_disengagement, from: 2027Q3, size: 0.5}\n"
    )
    checked(tmp_path / "mine.yaml", text[: cut % len(text)], seeds)
