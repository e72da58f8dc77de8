"""Reading the files of `seeds/`: strictly the first time, from the user's cache when the content is unchanged.

Parsing YAML takes about a second for all files; the plain data of a file is therefore kept as JSON in the user's
cache folder, under a hash of the file's content. What comes out of the cache is checked against the same model as
what comes out of the file; whenever that fails, the file itself is read and the error names file and line.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sim.inputs.documents import LARGEST_FILE_BYTES, InputError, Keys, read_document, validated

Model = TypeVar("Model", bound=BaseModel)

_FORMAT = "1"  # of the cache: raised when the reading of YAML changes


@dataclass(frozen=True)
class SeedFile(Generic[Model]):
    """One checked file: its content, and errors that name the line."""

    path: Path
    content: Model

    def error(self, message: str, keys: Keys = ()) -> InputError:
        """The error to raise about the entry at `keys`, e.g. ("instruments", 3, "targets")."""
        return read_document(self.path).error(message, keys)


def read_seed(model_class: type[Model], path: Path) -> SeedFile[Model]:
    """The file as a `model_class`. Raises InputError as `read_document` and `validated` do."""
    data = _cached(path)
    if data is not None:
        with contextlib.suppress(ValidationError):
            return SeedFile(path, model_class.model_validate(data))
    document = read_document(path)
    content = validated(model_class, document)
    _keep(path, document.data)
    return SeedFile(path, content)


def _cache_path(path: Path) -> Path | None:
    """Where the plain data of this very content is kept; None where the file cannot be read or is too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except OSError:
        return None
    if len(content) > LARGEST_FILE_BYTES:
        return None
    name = hashlib.sha256(_FORMAT.encode() + b"\0" + content).hexdigest()
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(home) / "alignment-politics" / "seeds" / f"{name[:32]}.json"


def _cached(path: Path) -> Any:
    place = _cache_path(path)
    if place is None:
        return None
    try:
        if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
            return None
        return json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _keep(path: Path, data: Any) -> None:
    """Writes the data whole or not at all; a cache that cannot be written is no error."""
    place = _cache_path(path)
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(data, stream)
            os.replace(name, place)
        except OSError:
            os.unlink(name)
