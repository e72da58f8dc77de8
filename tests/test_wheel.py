"""The wheel is complete: installed elsewhere, it lists and runs what it ships, without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


def _run(command: list[str], folder: Path, **environment: str) -> str:
    """What a command prints; fails with everything it said unless its exit status is 0."""
    finished = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that this one is known to be complete too."""
    folder = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing else of ours."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    _run([*command, "--target", str(target), str(wheel)], target)
    return target


def test_wheel_carries_every_seed_and_scenario(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for room in ("seeds", "scenarios"):
        ours = [path for path in (ROOT / room).rglob("*") if path.is_file() and not path.name.startswith(".")]
        missing = {f"sim/shipped/{path.relative_to(ROOT).as_posix()}" for path in ours} - names
        assert ours
        assert not missing
    assert not [name for name in names if name.startswith(("tests/", "results/", "seeds/", "scenarios/"))]


def test_installed_package_lists_and_runs_its_scenarios(installed: Path, tmp_path: Path) -> None:
    """In another folder, with the installed copy found first and nothing compiled (compiling takes longer)."""
    environment = {"PYTHONPATH": str(installed), "NUMBA_DISABLE_JIT": "1"}
    sim = str(installed / "bin" / "sim")
    where = _run([sys.executable, "-c", "import sim; print(sim.__file__)"], tmp_path, **environment)
    assert Path(where.strip()).is_relative_to(installed)

    listed = _run([sys.executable, sim, "list", "scenarios"], tmp_path, **environment)
    for scenario in sorted((ROOT / "scenarios").glob("*.yaml")):
        assert scenario.stem in listed

    small = ["--members", "1", "--replicates", "1", "--worldviews", "W1"]
    _run([sys.executable, sim, "run", "lower_profile", *small, "--out", "here"], tmp_path, **environment)
    assert list((tmp_path / "here").rglob("manifest.json"))
    assert list((tmp_path / "here").rglob("outcomes.parquet"))
