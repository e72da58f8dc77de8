"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import settings

# No deadline: the first example may compile. In CI the same examples every time, so that a failure is the change's own.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("project")


@pytest.fixture(autouse=True)
def _whole_numbers_wrap() -> Iterator[None]:
    """Without compilation numpy warns where 64-bit words wrap around, as those of the generator are meant to."""
    if os.environ.get("NUMBA_DISABLE_JIT") != "1":
        yield
        return
    with np.errstate(over="ignore"):
        yield


@pytest.fixture
def fact_report(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Lines that a test adds to what is printed after the run, whatever they say."""
    lines: list[str] = []
    yield lines
    for line in lines:
        request.node.user_properties.append(("fact", line))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the reported stylised facts say."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    facts = sorted(
        value
        for report in reports
        for name, value in getattr(report, "user_properties", [])
        if name == "fact" and getattr(report, "when", "") == "teardown"
    )
    if facts:
        terminalreporter.section("stylised facts, reported whatever they say")
        for fact in facts:
            terminalreporter.line(fact)
