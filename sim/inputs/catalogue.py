"""Scenario and experiment files by name: those shipped, and those beside the file that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sim.inputs.documents import InputError, unknown
from sim.inputs.places import inside, scenarios_folder

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_SUFFIXES = (".yaml", ".yml")


def shipped_scenarios() -> dict[str, Path]:
    """Every shipped scenario file by slug (the file's name without its ending), whatever its folder."""
    folder = scenarios_folder()
    return _by_slug(
        path for path in folder.rglob("*.yaml") if "experiments" not in path.relative_to(folder).parts
    )


def shipped_experiments() -> dict[str, Path]:
    """Every shipped experiment file by slug."""
    return _by_slug((scenarios_folder() / "experiments").rglob("*.yaml"))


def _by_slug(paths: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(paths):
        if path.stem in found:
            raise InputError(
                f"has the same name as {found[path.stem]}; names are unique across folders", path
            )
        found[path.stem] = path
    return found


def slug_of(path: Path) -> str:
    """Name a file goes by in results. Raises InputError where it would not do as a name."""
    if not _SLUG.fullmatch(path.stem):
        expected = "expected letters, digits, _ and - in the file's name"
        raise InputError(f"'{path.stem[:60]}' cannot be a name in results; {expected}", path)
    return path.stem


def located(name: str | Path, kind: str, *catalogues: dict[str, Path]) -> Path:
    """The file a user means at the top level: a path, or the slug of a shipped file.

    Raises InputError for a name that is neither, with the nearest slug.
    """
    path = Path(name)
    shipped = {slug: file for catalogue in catalogues for slug, file in catalogue.items()}
    if isinstance(name, str) and name in shipped:
        return shipped[name]
    if _looks_like_a_path(str(name)) or path.exists():
        if not path.exists() and path.stem in shipped:
            raise InputError(f"no such file; did you mean the shipped '{path.stem}'?", path)
        return path
    raise InputError(unknown(kind, name, shipped))


def referenced(name: str, kind: str, folder: Path, shipped: dict[str, Path]) -> Path:
    """The file that a file in `folder` names: the slug of a shipped one, or a path inside `folder`.

    Raises ValueError saying why not (unknown, outside the folder, no such file).
    """
    if name in shipped:
        return shipped[name]
    if not _looks_like_a_path(name):
        beside = (path.name for path in folder.glob("*") if path.suffix in _SUFFIXES)
        raise ValueError(unknown(kind, name, (*shipped, *beside)))
    path = inside(folder, name)
    if not path.is_file():
        raise ValueError(f"no such file: {path}")
    return path


def _looks_like_a_path(name: str) -> bool:
    return any(sign in name for sign in "/\\~") or ".." in name or name.endswith(_SUFFIXES)
