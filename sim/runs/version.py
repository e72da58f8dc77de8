"""Which model made these numbers: a hash over everything that can change them, and the packages beneath."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "alignment-politics"
ROOMS_THAT_MAKE_NUMBERS = ("theory", "inputs", "runs")
PACKAGES_WORTH_RECORDING = (
    "numpy",
    "numba",
    "llvmlite",
    "pandas",
    "pyarrow",
    "scipy",
    "mesa",
    "pydantic",
    "ruamel.yaml",
)


def hash_of_files(files: list[tuple[str, Path]]) -> str:
    """SHA-256 over names and contents, in order of name; line ends do not count."""
    digest = hashlib.sha256()
    for name, path in sorted(files):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def model_version() -> str:
    """Hash of the code that makes numbers (theory, inputs, runs) and of all seeds: twelve hexadecimal digits.

    A change in how results are shown leaves it alone; a change in anything that could move a number does not.
    """
    from sim.inputs.places import seeds_folder

    package = Path(__file__).resolve().parent.parent
    files = [
        (f"sim/{path.relative_to(package).as_posix()}", path)
        for room in ROOMS_THAT_MAKE_NUMBERS
        for path in (package / room).rglob("*.py")
    ]
    seeds = seeds_folder()
    files += [
        (f"seeds/{path.relative_to(seeds).as_posix()}", path)
        for path in seeds.rglob("*")
        if path.is_file() and path.suffix in {".yaml", ".csv"}
    ]
    return hash_of_files(files)[:12]


def sim_version() -> str:
    """The version of the installed package, `unknown` when run from a bare folder."""
    return installed_version(DISTRIBUTION)


def installed_version(package: str) -> str:
    """The version of an installed distribution, or `unknown`."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def package_versions() -> dict[str, str]:
    """Python and the packages whose version could matter to a number."""
    versions = {"python": platform.python_version()}
    versions.update({package: installed_version(package) for package in PACKAGES_WORTH_RECORDING})
    return versions


def platform_description() -> dict[str, str]:
    """The kind of machine, without its name."""
    return {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
