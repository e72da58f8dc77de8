"""NATO's profile in the Indo-Pacific: every policy under every rival theory, compared by paired runs.

`sim.run`, `sim.compare` and `sim.Result` are the Python side of the command `sim`, imported when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.api import compare, run
    from sim.inputs.documents import InputError
    from sim.runs.result import Result

__all__ = ["InputError", "Result", "__version__", "compare", "run"]

_HOMES = {
    "run": "sim.api",
    "compare": "sim.api",
    "Result": "sim.runs.result",
    "InputError": "sim.inputs.documents",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("alignment-politics")
        except PackageNotFoundError:
            return "unknown"
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
