"""On what, and of what: the kind of machine, versions, the commit."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

from sim.runs.ensemble import processors
from sim.runs.version import installed_version, model_version, package_versions, platform_description

ROOT = Path(__file__).resolve().parents[1]


def described() -> dict[str, Any]:
    """The machine without its name, what is installed, model version and commit."""
    return {
        "machine": {**platform_description(), "cpu": cpu(), "processors": processors(), "memory_gib": memory_gib()},
        "load_at_start": load(),
        "versions": {**package_versions(), "ema_workbench": installed_version("ema_workbench")},
        "model_version": model_version(),
        "commit": commit(),
    }  # fmt: skip


def cpu() -> str:
    """The processor's name, as far as the system tells."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def memory_gib() -> float | None:
    """The machine's memory in GiB, None where the system does not tell."""
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError):
        return None


def load() -> float | None:
    """How many processes wanted to run in the last minute: above zero, others are using the machine."""
    try:
        return round(os.getloadavg()[0], 2)
    except OSError:
        return None


def commit() -> str:
    """The commit, followed by `-changed` when files differ from it; `unknown` outside a clone."""
    git = shutil.which("git")
    if git is None:
        return "unknown"
    asked = subprocess.run(  # noqa: S603 (no input of anybody's)
        [git, "-C", str(ROOT), "describe", "--always", "--dirty=-changed", "--abbrev=10", "--match="],
        capture_output=True, text=True,
    )  # fmt: skip
    return asked.stdout.strip() if asked.returncode == 0 else "unknown"
