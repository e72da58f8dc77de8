"""Every numba option, in one place, and where compiled code is kept between starts.

Options: nopython, `nogil` (threads run outside the kernel), no fastmath (the same bits in both drivers and on every
machine), the numpy error model (a division by zero gives infinity, as it does uncompiled).

Numba's own cache does not notice an edit in *another* file: a kernel keeps returning the old answer after a rule
changed. So the cache lives in a folder named after the content of every file in this package, private to the user.
"""

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba

_HERE = Path(__file__).resolve().parent


def theory_fingerprint() -> str:
    """Hash of every source file of the theory (hex, 16 characters): the theory's version."""
    digest = hashlib.sha256()
    for path in sorted(_HERE.rglob("*.py")):
        digest.update(path.relative_to(_HERE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """Where compiled kernels are kept: the user's cache folder, one subfolder per content of the theory.

    Where that cannot be written, a temporary folder that goes with the process: numba would else fall back on a cache
    beside the sources, which notices no edit.
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    versions = f"numba-{numba.__version__}-{theory_fingerprint()}"
    folder = Path(home) / "alignment-politics" / versions
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        fallback = Path(tempfile.mkdtemp(prefix="alignment-politics-"))
        atexit.register(shutil.rmtree, fallback, ignore_errors=True)
        return fallback


numba.config.CACHE_DIR = str(cache_folder())


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function compiled with the project's options; plain Python under NUMBA_DISABLE_JIT=1."""
    return numba.njit(cache=True, nogil=True, fastmath=False, error_model="numpy")(function)


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function put into its callers before they are compiled: rules, and parts of phases. Never compiled by itself."""
    return numba.njit(nogil=True, fastmath=False, error_model="numpy", inline="always")(function)


def linked(function: Callable[..., Any]) -> Callable[..., Any]:
    """A small function that many callers share: compiled once, linked into each (which keep the only cached copy)."""
    return numba.njit(nogil=True, fastmath=False, error_model="numpy")(function)
