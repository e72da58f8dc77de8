"""What an experiment left behind: tables, manifest, folder."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.runs.store import OUTCOMES_FILE, PATHS_FILE, read_manifest, verify_file

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Result:
    """The runs of one experiment. Tables are read, and compared with their checksums, when first asked for.

    `folder` is None where nothing was written (`out=None`); the tables then live in memory.
    `is_reused` says that a complete folder of the same experiment, seed and model version was found.
    """

    def __init__(
        self,
        folder: Path | None,
        manifest: dict[str, Any] | None = None,
        tables: tuple[pa.Table, pa.Table] | None = None,
        is_reused: bool = False,
    ) -> None:
        if folder is None and (manifest is None or tables is None):
            raise ValueError("a result without a folder needs its manifest and tables")
        self.folder = folder
        self.is_reused = is_reused
        self._tables = tables
        if manifest is not None:
            self.__dict__["manifest"] = manifest

    def __repr__(self) -> str:
        place = "in memory" if self.folder is None else str(self.folder)
        return (
            f"<Result {self.manifest.get('title', '')!r}: {self.manifest.get('n_runs', '?')} runs, {place}>"
        )

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """How the runs were made: resolved experiment, seeds, versions, timing, counts of status, checksums."""
        assert self.folder is not None
        return read_manifest(self.folder)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row per run: policy, future, worldview (text), member, replicate (int), status (text), then floats.

        Column `slug` is the outcome's own summary (its mean over the horizon unless its definition says otherwise),
        `slug.final` and `slug.worst` its last value and that of its worst quarter, `position.security.JPN` where a
        state stands (−1 Beijing … +1 Washington, mean over the horizon). Runs whose status is not `ok` hold NaN.
        """
        table: pd.DataFrame = self._table(0, OUTCOMES_FILE).to_pandas()
        return table

    @cached_property
    def paths(self) -> pd.DataFrame:
        """Long: the same keys, quarter (text, `2024Q3`), outcome, value. Empty unless the experiment asked for paths.

        Texts are categorical and values float32, to keep millions of rows small.
        """
        table: pd.DataFrame = self._table(1, PATHS_FILE).to_pandas()
        return table

    def _table(self, which: int, name: str) -> pa.Table:
        if self._tables is not None:
            return self._tables[which]
        import pyarrow.parquet as pq

        assert self.folder is not None
        path = verify_file(self.folder, name, self.manifest)
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read()


def read_result(folder: Path | str, is_reused: bool = False) -> Result:
    """Open a finished result. Raises `DamagedResultError` when the folder holds none."""
    folder = Path(folder)
    return Result(folder, manifest=read_manifest(folder), is_reused=is_reused)
