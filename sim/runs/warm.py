"""The compiled engine: compiled once for all processes of a user, whichever starts first."""

from __future__ import annotations

import gc
import hashlib
import os
import platform
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

READY = "ready"  # begins the name of a mark in the folder of compiled code: everything a run needs is there
COMPILED = re.compile(r"numba-.+-[0-9a-f]{16}")  # the name of such a folder
UNUSED_DAYS = 30
_HERE = threading.local()


def ensure_compiled(tell: Callable[[], None] | None = None, *, with_agents: bool = False) -> None:
    """Compile the engine, unless this very theory has been compiled on this machine before.

    Processes that start together compile once: one does, the others wait (numba's own cache can mix up what two processes
    write at once). `tell` is called before compiling or waiting. `with_agents`: also the phases as single agents call them.
    Compiled code of other versions of the theory that has not been used for UNUSED_DAYS days is removed. Does nothing under
    NUMBA_DISABLE_JIT=1.
    """
    if os.environ.get("NUMBA_DISABLE_JIT") == "1" or getattr(_HERE, "is_compiling", False):
        return
    _ensure(_run_once, READY, tell)
    if with_agents:
        _ensure(_step_once, f"{READY}-agents", tell)


def _ensure(compile_all: Callable[[], None], mark: str, tell: Callable[[], None] | None) -> None:
    from sim.theory.compiled import cache_folder

    ready = cache_folder() / f"{mark}-{_place()}"
    if not ready.exists():
        from filelock import FileLock

        if tell is not None:
            tell()
        with FileLock(cache_folder() / "compiling.lock"):
            if not ready.exists():
                with _compiling():
                    compile_all()
                forget_unused(cache_folder())
    ready.touch()


@contextmanager
def _compiling() -> Iterator[None]:
    """Mark this thread as compiling, and let Python's garbage collector rest: the compiler makes millions of small objects
    that stay, and looking for garbage among them costs a sixth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    _HERE.is_compiling = True
    try:
        yield
    finally:
        _HERE.is_compiling = False
        if was_on:
            gc.enable()


@cache
def _place() -> str:
    """What compiled code is tied to beside the theory's content: the place and dates of its sources, Python, processor."""
    import sim.theory

    here = Path(sim.theory.__file__).parent
    dates = sorted((str(path), path.stat().st_mtime_ns) for path in here.rglob("*.py"))
    about = (dates, sys.implementation.cache_tag, platform.machine(), llvm_processor())
    return hashlib.sha256(repr(about).encode()).hexdigest()[:16]


def llvm_processor() -> str:
    """The processor that code is compiled for."""
    from llvmlite import binding

    return str(binding.get_host_cpu_name())


def _run_once() -> None:
    """The shortest run there is, through everything that an ensemble calls."""
    from sim.inputs.experiment import load_experiment
    from sim.runs.ensemble import Ensemble

    Ensemble(replace(load_experiment("first_look"), members=1, worldviews=("W1",))).batch(0, 1)


def _step_once() -> None:
    """One quarter of one model, and one member's vote."""
    from sim.runs.mesa_model import AlignmentModel

    model = AlignmentModel("course_of_2024")
    model.step()
    model.states[0].agreement(0)
    model.forget()


def forget_unused(folder: Path) -> None:
    """Remove compiled code beside `folder` that has not been used for UNUSED_DAYS days; touches nothing else."""
    oldest = time.time() - UNUSED_DAYS * 24 * 3600
    if not COMPILED.fullmatch(folder.name):  # a makeshift folder among other people's
        return
    for other in folder.parent.iterdir():
        if other == folder or not COMPILED.fullmatch(other.name):
            continue
        try:
            last_used = max(mark.stat().st_mtime for mark in (other, *other.glob(f"{READY}-*")))
        except OSError:
            continue
        if last_used < oldest:
            shutil.rmtree(other, ignore_errors=True)
