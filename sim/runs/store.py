"""The results folder: streamed while runs finish, complete or absent, never overwritten.

Everything is written into a hidden folder beside the target and renamed in one step when the manifest is in.
So a folder with a `manifest.json` is complete; whatever was interrupted leaves nothing that looks like one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sim.runs.tables import Vocabulary, outcome_schema, outcome_table, path_schema, path_table

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from sim.runs.ensemble import Batch

OUTCOMES_FILE = "outcomes.parquet"
PATHS_FILE = "paths.parquet"
MANIFEST_FILE = "manifest.json"
OUTCOME_ROWS_PER_GROUP = 2_048
PATH_ROWS_PER_GROUP = 131_072


class DamagedResultError(RuntimeError):
    """A results folder whose files are missing or do not match the checksums of its manifest."""


def folder_name(slug: str, resolved: dict[str, Any], random_seed: int, version: str) -> str:
    """`<slug>-<hash>`: the same experiment, seed and model version give the same name, anything else another."""
    content = json.dumps(
        [resolved, random_seed, version], sort_keys=True, ensure_ascii=False, allow_nan=False
    )
    return f"{slug}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def is_complete(folder: Path) -> bool:
    """Whether a folder holds a finished result."""
    return (folder / MANIFEST_FILE).is_file()


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result. Raises `DamagedResultError` when there is none or it cannot be read."""
    path = folder / MANIFEST_FILE
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DamagedResultError(f"{folder}: no {MANIFEST_FILE}, so this is not a finished result") from None
    except (OSError, ValueError) as problem:
        raise DamagedResultError(f"{path}: cannot be read as a manifest ({problem})") from None
    if not isinstance(manifest, dict) or not {"files", "columns"} <= set(manifest):
        raise DamagedResultError(f"{path}: is not the manifest of a result")
    return manifest


def verify_file(folder: Path, name: str, manifest: dict[str, Any]) -> Path:
    """The path of one table, after comparing it with the manifest. Raises `DamagedResultError` naming the file."""
    path = folder / name
    if not path.is_file():
        raise DamagedResultError(
            f"{path}: missing, though the manifest lists it; run the experiment into another folder"
        )
    if name not in manifest["files"]:
        raise DamagedResultError(f"{path}: not listed in {MANIFEST_FILE}, so its content cannot be trusted")
    if checksum(path) != manifest["files"][name]["sha256"]:
        raise DamagedResultError(
            f"{path}: its content does not match the checksum in {MANIFEST_FILE}; "
            f"move {folder} away and run the experiment again"
        )
    return path


class ResultWriter:
    """Streams batches into tables; `finish` turns the hidden folder into the result. Use as a context manager.

    With `target` None nothing touches the disk and the tables are kept (`outcomes`, `paths`) for `Result`.
    """

    def __init__(self, target: Path | None, vocabulary: Vocabulary) -> None:
        self.target = target
        self.vocabulary = vocabulary
        self.status_counts: dict[str, int] = {}
        self.n_runs = 0
        self._hidden: Path | None = None
        self._outcomes: _Rows | None = None
        self._paths: _Rows | None = None

    def __enter__(self) -> ResultWriter:
        if self.target is not None:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._hidden = self.target.parent / f".unfinished-{self.target.name}-{uuid.uuid4().hex[:8]}"
            self._hidden.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for rows in (self._outcomes, self._paths):
            if rows is not None:
                rows.abandon()
        if self._hidden is not None:
            shutil.rmtree(self._hidden, ignore_errors=True)

    def add(self, batch: Batch) -> None:
        """Append one batch. Only one row group and one batch are ever in memory (unless `target` is None)."""
        if self._outcomes is None:
            self._outcomes = self._open(OUTCOMES_FILE, outcome_schema(batch.columns), OUTCOME_ROWS_PER_GROUP)
            self._paths = self._open(PATHS_FILE, path_schema(), PATH_ROWS_PER_GROUP)
        assert self._paths is not None
        self._outcomes.add(outcome_table(batch))
        if batch.paths is not None and len(batch.path_outcomes):
            self._paths.add(path_table(batch, self.vocabulary))
        self.n_runs += len(batch.status)
        for status in batch.status:
            self.status_counts[str(status)] = self.status_counts.get(str(status), 0) + 1

    def finish(self, manifest: dict[str, Any]) -> Path | None:
        """Close the tables, add their checksums to the manifest, and make the folder appear. None without a target.

        If another process has meanwhile finished the same result, that one is kept and this one dropped.
        """
        if self._outcomes is None or self._paths is None:
            raise RuntimeError("no batch was added: there is nothing to finish")
        rows = {OUTCOMES_FILE: self._outcomes.close(), PATHS_FILE: self._paths.close()}
        if self.target is None or self._hidden is None:
            return None
        manifest["files"] = {
            name: {
                "rows": count,
                "bytes": (self._hidden / name).stat().st_size,
                "sha256": checksum(self._hidden / name),
            }
            for name, count in rows.items()
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False, allow_nan=False)
        with (self._hidden / MANIFEST_FILE).open("w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            self._hidden.rename(self.target)
        except OSError:
            if not is_complete(self.target):
                raise
        return self.target

    @property
    def tables(self) -> tuple[pa.Table, pa.Table]:
        """The outcomes and paths kept in memory; only without a target, after `finish`."""
        assert self._outcomes is not None
        assert self._paths is not None
        return self._outcomes.kept, self._paths.kept

    def _open(self, name: str, schema: pa.Schema, rows_per_group: int) -> _Rows:
        path = None if self._hidden is None else self._hidden / name
        return _Rows(path, schema, rows_per_group)


class _Rows:
    """A table that grows; on disk in row groups of one fixed size, whatever the size of what is added."""

    def __init__(self, path: Path | None, schema: pa.Schema, rows_per_group: int) -> None:
        self.schema = schema
        self.rows_per_group = rows_per_group
        self.count = 0
        self._waiting: list[pa.Table] = []
        self._n_waiting = 0
        self._writer: pq.ParquetWriter | None = None if path is None else _parquet_writer(path, schema)

    def add(self, table: pa.Table) -> None:
        self._waiting.append(table)
        self._n_waiting += table.num_rows
        self.count += table.num_rows
        if self._writer is not None and self._n_waiting >= self.rows_per_group:
            self._write_groups(self._writer)

    def close(self) -> int:
        """Write what is left; the number of rows in all."""
        if self._writer is not None:
            self._write_groups(self._writer, last=True)
            self._writer.close()
            self._writer = None
        return self.count

    def abandon(self) -> None:
        """Let go of the file; it is about to be deleted."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @property
    def kept(self) -> pa.Table:
        import pyarrow as pa

        return pa.concat_tables(self._waiting) if self._waiting else self.schema.empty_table()

    def _write_groups(self, writer: pq.ParquetWriter, last: bool = False) -> None:
        table = self.kept
        whole = table.num_rows if last else table.num_rows - table.num_rows % self.rows_per_group
        for start in range(0, whole, self.rows_per_group):
            group = table.slice(start, min(self.rows_per_group, whole - start)).combine_chunks()
            writer.write_table(group, row_group_size=self.rows_per_group)
        self._waiting = [table.slice(whole).combine_chunks()] if whole < table.num_rows else []
        self._n_waiting = table.num_rows - whole


def _parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer whose bytes depend on the rows alone: fixed encodings, no times, no pandas notes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    others = [field.name for field in schema if not pa.types.is_floating(field.type)]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=others,
        use_byte_stream_split=floats,
        write_page_checksum=True,
        write_statistics=others,
    )
