"""How much memory and disk there is for a run, as far as the system says."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
RESIDENT = Path("/proc/self/statm")
CONTROL_GROUPS = Path("/sys/fs/cgroup")
# Limit and use of a control group, in its second and its first version; what it counts of cached files.
LIMITS = (
    ("memory.max", "memory.current", "memory.stat"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat"),
)
CACHED = ("active_file", "inactive_file")


def free_memory() -> int | None:
    """Bytes of memory that can be had without swapping, within the limit of a container; None where nobody says.

    Caches of files count as free where the system tells them apart (Linux): they give way. Where only the whole memory of
    the machine is known (macOS), that is taken.
    """
    known = [free for free in (_free_on_the_machine(), *map(_free_in_group, LIMITS)) if free is not None]
    return min(known, default=None)


def memory_held() -> int:
    """Bytes of memory that this process holds already; 0 where nobody says."""
    try:
        pages = int(RESIDENT.read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def free_disk(folder: Path) -> int:
    """Bytes free where a folder is or, if it is not there yet, would be."""
    place = folder.absolute()
    while not place.is_dir() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free


def _free_on_the_machine() -> int | None:
    available = _entries(MEMINFO).get("MemAvailable:")
    if available is not None:
        return available * 1024
    names = getattr(os, "sysconf_names", {})  # not on every system, and not every name
    pages = next((name for name in ("SC_AVPHYS_PAGES", "SC_PHYS_PAGES") if name in names), None)
    return None if pages is None else os.sysconf(pages) * os.sysconf("SC_PAGE_SIZE")


def _free_in_group(files: tuple[str, str, str]) -> int | None:
    """What a control group leaves; None where there is none, or no limit ('max')."""
    limit, used, statistics = (CONTROL_GROUPS / name for name in files)
    try:
        left = int(limit.read_text()) - int(used.read_text())
    except (OSError, ValueError):
        return None
    entries = _entries(statistics)
    return max(0, left + sum(entries.get(name, 0) for name in CACHED))


def _entries(path: Path) -> dict[str, int]:
    """The lines of a file of names and whole numbers; empty where it cannot be read."""
    try:
        lines = [line.split() for line in path.read_text().splitlines()]
    except OSError:
        return {}
    return {words[0]: int(words[1]) for words in lines if len(words) > 1 and words[1].isdigit()}
