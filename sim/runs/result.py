"""What an experiment left behind: tables, manifest, folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.runs.store import OUTCOMES_FILE, PATHS_FILE, read_manifest, verify_file
from sim.runs.tables import RUN_KEYS, path_schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

ROWS_AT_ONCE = 16_384


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
        self._verified: dict[str, Path] = {}
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
        state stands (−1 Beijing … +1 Washington, mean over the horizon), `utility.JPN` how it fares. A probe has three
        columns: `threat_cn.JPN` (mean over the horizon), `.first_year` and `.final`. Runs whose status is not `ok` hold NaN.
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

    def outcome_pieces(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """The table of runs piece by piece: keys, status and these columns; every member whole in one piece.

        For what must look at every run in memory that does not grow with their number.
        """
        import pyarrow as pa

        waiting = None
        for table in self._pieces(0, OUTCOMES_FILE, [*RUN_KEYS, "status", *columns]):
            joined = table if waiting is None else pa.concat_tables([waiting, table])
            member = joined["member"].to_numpy()
            whole = int(np.searchsorted(member, member[-1]))  # rows stand in the order of members
            waiting = joined.slice(whole)
            if whole:
                yield joined.slice(0, whole).to_pandas()
        if waiting is not None:
            yield waiting.to_pandas()

    def first_outcomes(self, columns: Sequence[str], most_runs: int) -> pd.DataFrame:
        """Keys, status and these columns of the first runs: as many whole members as `most_runs` allows, at least one."""
        import pyarrow as pa

        last = self.last_member_of(most_runs)
        found = []
        for table in self._pieces(0, OUTCOMES_FILE, [*RUN_KEYS, "status", *columns]):
            stop = int(np.searchsorted(table["member"].to_numpy(), last, side="right"))
            found.append(table.slice(0, stop))
            if stop < table.num_rows:
                break
        frame: pd.DataFrame = pa.concat_tables(found).to_pandas()
        return frame

    def first_paths(self, outcome: str, most_runs: int) -> pd.DataFrame:
        """Policy, future, worldview, quarter and value of an outcome or probe in the first runs; empty if none was kept."""
        import pyarrow as pa
        import pyarrow.compute as pc

        last = self.last_member_of(most_runs)
        names = ["policy", "future", "worldview", "member", "quarter", "outcome", "value"]
        found = [path_schema().empty_table().select(names)]
        for table in self._pieces(1, PATHS_FILE, names):
            stop = int(np.searchsorted(table["member"].to_numpy(), last, side="right"))
            part = table.slice(0, stop)
            found.append(part.filter(pc.equal(pc.cast(part["outcome"], pa.string()), outcome)))
            if stop < table.num_rows:
                break
        frame: pd.DataFrame = pa.concat_tables(found).unify_dictionaries().to_pandas()
        return frame

    def last_member_of(self, most_runs: int) -> int:
        """The last member of the first `most_runs` runs, counting whole members; at least the first, at most all."""
        per_member = self.manifest["n_runs"] // self.manifest["members"]
        return int(min(max(1, most_runs // per_member), self.manifest["members"])) - 1

    def _table(self, which: int, name: str) -> pa.Table:
        if self._tables is not None:
            return self._tables[which]
        with self._file(name) as file:
            return file.read()

    def _pieces(self, which: int, name: str, columns: list[str]) -> Iterator[pa.Table]:
        """Some columns of a table, some rows at a time, in order."""
        import pyarrow as pa

        if self._tables is not None:
            for batch in self._tables[which].select(columns).to_batches(max_chunksize=ROWS_AT_ONCE):
                yield pa.Table.from_batches([batch])
            return
        with self._file(name) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
                yield pa.Table.from_batches([batch])

    def _file(self, name: str) -> pq.ParquetFile:
        """A table's file, compared with its checksum the first time it is opened."""
        import pyarrow.parquet as pq

        assert self.folder is not None
        if name not in self._verified:
            self._verified[name] = verify_file(self.folder, name, self.manifest)
        return pq.ParquetFile(self._verified[name], page_checksum_verification=True)


def read_result(folder: Path | str, is_reused: bool = False) -> Result:
    """Open a finished result. Raises `DamagedResultError` when the folder holds none."""
    folder = Path(folder)
    return Result(folder, manifest=read_manifest(folder), is_reused=is_reused)
