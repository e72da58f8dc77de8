"""The results folder: complete or absent, the same bytes however runs arrive, never overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.runs import store
from sim.runs.result import Result, read_result
from sim.runs.store import DamagedResultError, ResultWriter, checksum, folder_name, is_complete
from tests.synthetic import OUTCOMES, POLICIES, QUARTERS, batches, columns, manifest, vocabulary, write_result


@pytest.fixture(autouse=True)
def _small_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several row groups even in small results."""
    monkeypatch.setattr(store, "OUTCOME_ROWS_PER_GROUP", 50)
    monkeypatch.setattr(store, "PATH_ROWS_PER_GROUP", 1_000)


@pytest.mark.parametrize("batch_size", [1, 7, 50, 64, 1_000])
def test_bytes_do_not_depend_on_batch_size(tmp_path: Path, batch_size: int) -> None:
    one = write_result(tmp_path / "one", members=3, batch_size=64)
    other = write_result(tmp_path / "other", members=3, batch_size=batch_size)
    for name in ("outcomes.parquet", "paths.parquet"):
        assert one.folder is not None
        assert other.folder is not None
        assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes(), name


def test_row_groups_have_one_size(tmp_path: Path) -> None:
    write_result(tmp_path / "result", members=3, batch_size=17)
    file = pq.ParquetFile(tmp_path / "result" / "outcomes.parquet")
    sizes = [file.metadata.row_group(k).num_rows for k in range(file.num_row_groups)]
    assert sizes == [50, 50, 50, 42]


def test_tables_hold_what_was_added(tmp_path: Path) -> None:
    result = write_result(tmp_path / "result", members=2, replicates=2, batch_size=9)
    table = result.outcomes
    assert list(table.columns) == [
        "policy",
        "future",
        "worldview",
        "member",
        "replicate",
        "status",
        *columns(),
    ]
    assert len(table) == 8 * 4 * 2 * 2
    assert [str(table[name].dtype) for name in ("policy", "status")] == ["str", "str"]
    assert [str(table[name].dtype) for name in ("member", "replicate", "growth")] == [
        "int64",
        "int64",
        "float64",
    ]
    expected = next(iter(batches(2, 2, batch_size=10_000)))
    np.testing.assert_array_equal(table[list(columns())].to_numpy(), expected.values)
    paths = result.paths
    assert list(paths.columns) == [
        "policy",
        "future",
        "worldview",
        "member",
        "replicate",
        "quarter",
        "outcome",
        "value",
    ]
    assert expected.paths is not None
    np.testing.assert_array_equal(paths["value"].to_numpy(), expected.paths.reshape(-1))
    one_run = paths[: len(OUTCOMES) * len(QUARTERS)]
    assert list(one_run["quarter"][:40]) == list(QUARTERS)
    assert list(one_run["outcome"].unique()) == list(OUTCOMES)


def test_bad_runs_hold_no_numbers(tmp_path: Path) -> None:
    result = write_result(tmp_path / "result", members=2, bad=(3, 40))
    table = result.outcomes
    bad = (table["status"] == "nonfinite").to_numpy()
    assert np.flatnonzero(bad).tolist() == [3, 40]
    assert table.loc[bad, list(columns())].isna().all(axis=None)
    assert table.loc[~bad, list(columns())].notna().all(axis=None)
    assert result.paths["value"].isna().sum() == 2 * len(OUTCOMES) * len(QUARTERS)
    assert result.manifest["status"] == {"ok": 126, "nonfinite": 2}


def test_without_paths_the_table_is_empty_but_has_its_columns(tmp_path: Path) -> None:
    with ResultWriter(tmp_path / "result", vocabulary()) as writer:
        for batch in batches(1):
            writer.add(type(batch)(batch.keys, batch.status, batch.values, batch.columns, None, ()))  # type: ignore[arg-type]
        writer.finish(manifest(1))
    paths = Result(tmp_path / "result").paths
    assert len(paths) == 0
    assert "value" in paths.columns


def test_in_memory_equals_on_disk(tmp_path: Path) -> None:
    on_disk = write_result(tmp_path / "result", members=2)
    with ResultWriter(None, vocabulary()) as writer:
        for batch in batches(2, batch_size=5):
            writer.add(batch)  # type: ignore[arg-type]
        assert writer.finish(manifest(2)) is None
        in_memory = Result(None, manifest=manifest(2), tables=writer.tables)
    assert in_memory.folder is None
    assert in_memory.outcomes.equals(on_disk.outcomes)
    assert in_memory.paths.equals(on_disk.paths)


@pytest.mark.parametrize("problem", [KeyboardInterrupt, RuntimeError])
def test_interrupted_writing_leaves_nothing(tmp_path: Path, problem: type[BaseException]) -> None:
    def interrupted() -> Iterator[object]:
        yield from list(batches(2, batch_size=16))[:5]
        raise problem

    def write() -> None:
        with ResultWriter(tmp_path / "result", vocabulary()) as writer:
            for batch in interrupted():
                writer.add(batch)  # type: ignore[arg-type]

    with pytest.raises(problem):
        write()
    assert list(tmp_path.iterdir()) == []


def test_unfinished_folder_does_not_look_complete(tmp_path: Path) -> None:
    with ResultWriter(tmp_path / "result", vocabulary()) as writer:
        writer.add(next(iter(batches(1))))  # type: ignore[arg-type]
        assert not (tmp_path / "result").exists()
        hidden = list(tmp_path.iterdir())
        assert len(hidden) == 1
        assert hidden[0].name.startswith(".unfinished-result-")
        assert not is_complete(hidden[0])


def test_a_result_finished_meanwhile_is_kept(tmp_path: Path) -> None:
    with ResultWriter(tmp_path / "result", vocabulary()) as writer:
        for batch in batches(1):
            writer.add(batch)  # type: ignore[arg-type]
        write_result(tmp_path / "result", members=1)
        before = (tmp_path / "result" / "manifest.json").read_bytes()
        assert writer.finish(manifest(1, title="late")) == tmp_path / "result"
    assert (tmp_path / "result" / "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["result"]


def test_a_foreign_folder_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "result").mkdir()
    (tmp_path / "result" / "precious.txt").write_text("mine")
    with pytest.raises(OSError, match="result"):
        write_result(tmp_path / "result", members=1)
    assert [path.name for path in tmp_path.rglob("*")] == ["result", "precious.txt"]


def test_manifest_lists_files_with_checksums(tmp_path: Path) -> None:
    result = write_result(tmp_path / "result", members=1)
    for name in ("outcomes.parquet", "paths.parquet"):
        entry = result.manifest["files"][name]
        assert entry["sha256"] == checksum(tmp_path / "result" / name)
        assert entry["bytes"] == (tmp_path / "result" / name).stat().st_size
    assert result.manifest["files"]["outcomes.parquet"]["rows"] == 8 * 4 * 2


@pytest.mark.parametrize("name", ["outcomes.parquet", "paths.parquet"])
def test_a_flipped_bit_is_noticed_and_the_file_named(tmp_path: Path, name: str) -> None:
    write_result(tmp_path / "result", members=1)
    path = tmp_path / "result" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    result = read_result(tmp_path / "result")
    with pytest.raises(DamagedResultError, match=name):
        _ = result.outcomes if name.startswith("outcomes") else result.paths


def test_missing_parts_are_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedResultError, match="manifest"):
        read_result(tmp_path)
    write_result(tmp_path / "result", members=1)
    (tmp_path / "result" / "paths.parquet").unlink()
    with pytest.raises(DamagedResultError, match=r"paths\.parquet: missing"):
        _ = read_result(tmp_path / "result").paths
    (tmp_path / "result" / "manifest.json").write_text("{")
    with pytest.raises(DamagedResultError, match="manifest"):
        read_result(tmp_path / "result")


def test_folder_names_tell_experiments_seeds_and_versions_apart() -> None:
    resolved = {"policies": list(POLICIES), "members": 3}
    name = folder_name("profile", resolved, 0, "v1")
    assert name.startswith("profile-")
    assert name == folder_name("profile", json.loads(json.dumps(resolved)), 0, "v1")
    others = {
        folder_name("profile", {**resolved, "members": 4}, 0, "v1"),
        folder_name("profile", resolved, 1, "v1"),
        folder_name("profile", resolved, 0, "v2"),
    }
    assert len(others | {name}) == 4


@pytest.mark.parametrize("rows_at_once", [1, 5, 64, 100, 10_000])
def test_pieces_hold_whole_members_and_together_every_run(
    tmp_path: Path, rows_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.runs.result.ROWS_AT_ONCE", rows_at_once)
    result = write_result(tmp_path / "result", members=5)
    pieces = list(result.outcome_pieces(["growth"]))
    seen = [set(piece["member"]) for piece in pieces]
    assert sum(len(members) for members in seen) == len(set().union(*seen)) == 5
    together = pd.concat(pieces, ignore_index=True)
    assert together.equals(result.outcomes[list(together.columns)])


@pytest.mark.parametrize("rows_at_once", [7, 10_000])
def test_first_rows_are_whole_members(
    tmp_path: Path, rows_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.runs.result.ROWS_AT_ONCE", rows_at_once)
    result = write_result(tmp_path / "result", members=5)
    per_member = 8 * 4 * 2
    assert len(result.first_outcomes(["growth"], most_runs=10**9)) == 5 * per_member
    assert len(result.first_outcomes(["growth"], most_runs=3 * per_member - 1)) == 2 * per_member
    assert len(result.first_outcomes(["growth"], most_runs=1)) == per_member
    paths = result.first_paths("escalation", most_runs=2 * per_member)
    assert len(paths) == 2 * per_member * len(QUARTERS)
    whole = result.paths[(result.paths["outcome"] == "escalation") & (result.paths["member"] < 2)]
    np.testing.assert_array_equal(paths["value"].to_numpy(), whole["value"].to_numpy())
    assert len(result.first_paths("rainfall", most_runs=2 * per_member)) == 0


def test_memory_does_not_grow_with_the_number_of_runs(tmp_path: Path) -> None:
    """Between two batches never more than one row group waits, and reading piece by piece holds one piece."""
    import pyarrow as pa

    waiting = []
    with ResultWriter(tmp_path / "result", vocabulary()) as writer:
        for batch in batches(30, batch_size=40):
            writer.add(batch)  # type: ignore[arg-type]
            waiting.append(pa.total_allocated_bytes())
        writer.finish(manifest(30))
    early, late = max(waiting[3:12]), max(waiting[-12:])
    assert late <= 1.2 * early + 200_000
