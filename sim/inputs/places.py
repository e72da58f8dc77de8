"""Where the project's files are, in a checkout and in an installed package, and how far a name may reach."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parent


class OutsideRoot(ValueError):
    """A name that points out of the folder it must stay in; the text says why."""


def seeds_folder() -> Path:
    """Folder the model grows from: the copy in an installed package, else `seeds/` of the checkout."""
    return _folder("seeds")


def scenarios_folder() -> Path:
    """Folder of the shipped scenario files: the copy in an installed package, else that of the checkout."""
    return _folder("scenarios")


def _folder(name: str) -> Path:
    shipped = _PACKAGE / "shipped" / name
    return shipped if shipped.is_dir() else _CHECKOUT / name


def inside(root: Path, name: str) -> Path:
    """The path `name` stands for under the folder `root`; the file need not exist.

    Raises OutsideRoot when the name is empty, absolute, starts at a home folder, holds `..` or a character no
    file name holds, or when a symbolic link on the way leads out of `root`.
    """
    if not name or not name.strip():
        raise OutsideRoot("an empty name is no file")
    if not name.isprintable():
        raise OutsideRoot(f"{name!r} holds characters no file name holds")
    parts = name.replace("\\", "/").split("/")
    if name.startswith("~"):
        raise OutsideRoot(f"'{name}' starts at a home folder; names stay inside {root}")
    if parts[0] == "" or Path(name).is_absolute() or (len(parts[0]) > 1 and parts[0][1] == ":"):
        raise OutsideRoot(f"'{name}' is an absolute path; names stay inside {root}")
    if ".." in parts:
        raise OutsideRoot(f"'{name}' climbs out with '..'; names stay inside {root}")
    if any(len(part.encode()) > 255 for part in parts):
        raise OutsideRoot(f"'{name[:60]}…' is longer than a file name can be")
    real_root = root.resolve()
    path = real_root.joinpath(*parts)
    try:
        stays = path.resolve().is_relative_to(real_root)
    except (OSError, RuntimeError):
        raise OutsideRoot(f"'{name}' is a link that leads nowhere") from None
    if not stays:
        raise OutsideRoot(f"'{name}' is a link that leads out of {root}")
    return path
