"""The compiled engine: compiled once for all processes of a user, whichever starts first."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

READY = "ready"  # a file in the folder of compiled code: everything a run needs is there
UNUSED_DAYS = 30


def ensure_compiled(tell: Callable[[], None] | None = None) -> None:
    """Compile the engine, unless this very theory has been compiled on this machine before.

    Processes that start together compile once: one does, the others wait (numba's own cache can mix up what two processes
    write at once). `tell` is called before compiling or waiting. Compiled code of other versions of the theory that has not
    been used for UNUSED_DAYS days is removed. Does nothing under NUMBA_DISABLE_JIT=1.
    """
    if os.environ.get("NUMBA_DISABLE_JIT") == "1":
        return
    from sim.theory.compiled import cache_folder

    ready = cache_folder() / READY
    if not ready.exists():
        from filelock import FileLock

        if tell is not None:
            tell()
        with FileLock(cache_folder() / "compiling.lock"):
            if not ready.exists():
                _run_once()
                forget_unused(cache_folder())
    ready.touch()


def _run_once() -> None:
    """The shortest run there is, through everything that an ensemble calls."""
    from sim.inputs.experiment import load_experiment
    from sim.runs.ensemble import Ensemble

    Ensemble(replace(load_experiment("first_look"), members=1, worldviews=("W1",))).batch(0, 1)


def forget_unused(folder: Path) -> None:
    """Remove the folders beside `folder` in which nothing has been used for UNUSED_DAYS days."""
    oldest = time.time() - UNUSED_DAYS * 24 * 3600
    for other in folder.parent.iterdir():
        marks = [other / READY, other]
        last_used = max((mark.stat().st_mtime for mark in marks if mark.exists()), default=0.0)
        if other != folder and other.is_dir() and last_used < oldest:
            shutil.rmtree(other, ignore_errors=True)
