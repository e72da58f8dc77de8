"""The seeds, read once for all tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.places import seeds_folder

BrokenSeeds = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    return load_seeds()


@pytest.fixture(scope="session")
def _cache_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def seeds_cache(_cache_of_tests: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the tests' own, so that they neither trust nor fill the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(_cache_of_tests))
    return _cache_of_tests


@pytest.fixture
def broken_seeds(tmp_path: Path, seeds_cache: Path) -> BrokenSeeds:
    """Makes a copy of the seeds in which the first `before` of one file is `after`."""

    def copy(file: str, before: str, after: str) -> Path:
        folder = tmp_path / "seeds"
        shutil.copytree(seeds_folder(), folder)
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text, f"{file} does not hold {before!r}"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return folder

    return copy
