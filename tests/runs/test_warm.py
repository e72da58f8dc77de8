"""The engine is compiled once, by whichever process comes first."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.runs import warm
from sim.theory import compiled

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4
# Compiling is stood in for by a second's wait, noted in a file.
SCRIPT = """
import os, sys, time
from sim.runs import warm

def slow():
    with open(sys.argv[1], "a") as book:
        book.write(f"{os.getpid()}\\n")
    time.sleep(1)

warm._run_once = slow
warm.ensure_compiled()
print("ready")
"""


def test_processes_that_start_together_compile_once(tmp_path: Path) -> None:
    book = tmp_path / "book"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    environment.pop("NUMBA_DISABLE_JIT", None)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(book)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(PROCESSES)
    ]
    assert [process.communicate(timeout=120)[0] for process in started] == ["ready\n"] * PROCESSES
    assert len(book.read_text().split()) == 1


def test_compiled_before_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told once, and again only after an interruption that left no mark."""
    told: list[str] = []
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setattr(warm, "_run_once", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        warm.ensure_compiled(lambda: told.append("interrupted"))
    monkeypatch.setattr(warm, "_run_once", lambda: None)
    monkeypatch.setattr(warm, "forget_unused", lambda folder: None)
    for name in ("first", "second"):
        warm.ensure_compiled(lambda name=name: told.append(name))  # type: ignore[misc]
    assert told == ["interrupted", "first"]


def test_uncompiled_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    monkeypatch.setattr(warm, "_run_once", lambda: pytest.fail("compiled all the same"))
    warm.ensure_compiled(lambda: pytest.fail("told of compiling"))


def test_only_what_has_long_been_unused_is_forgotten(tmp_path: Path) -> None:
    long_ago = time.time() - (warm.UNUSED_DAYS + 1) * 24 * 3600
    now, old, used, fresh = (f"numba-0.60.0-{digit * 16}" for digit in "0123")
    others = ("seeds", "somebody_else_s")
    for name in (now, old, used, fresh, *others):
        (tmp_path / name).mkdir()
    (tmp_path / used / f"{warm.READY}-0").touch()
    for name in (now, old, used, *others):
        os.utime(tmp_path / name, (long_ago, long_ago))
    warm.forget_unused(tmp_path / "makeshift")  # not where compiled code is kept: nothing is touched
    assert (tmp_path / old).exists()
    warm.forget_unused(tmp_path / now)
    assert {one.name for one in tmp_path.iterdir()} == {now, used, fresh, *others}
