"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import settings

from sim.runs.warm import ensure_compiled

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


@pytest.fixture(autouse=True, scope="session")
def _compiled_once() -> None:
    """Test processes that start together compile once, not each for itself."""
    ensure_compiled(with_agents=True)
