"""Estimates beside what runs really take; refusals before anything is allocated."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.api import experiment_of, perform, resized
from sim.inputs.documents import InputError
from sim.inputs.experiment import Experiment, changed
from sim.runs import ensemble, room
from sim.runs.ensemble import Ensemble
from sim.runs.estimate import PROGRAM_BYTES, batch_bytes, desk_bytes, duration, estimated, refuse_misfit, size
from sim.runs.tables import Vocabulary, outcome_table, path_table

GB = 1_000_000_000


@pytest.fixture(scope="module")
def small() -> Experiment:
    """Five policies under three worldviews, with quarterly values and probes."""
    return replace(
        changed(experiment_of("three_packages"), members=6, replicates=2, worldviews=["W1", "W3", "pooled"]),
        paths=("growth_in_asia", "escalation_in_asia", "tension"),
        probes=("tension", "threat_cn.PHL"),
    )


def arrays_in(thing: Any) -> Iterator[np.ndarray]:
    """Every array in a structure of tuples, lists and dictionaries."""
    if isinstance(thing, np.ndarray):
        yield thing
    elif isinstance(thing, dict):
        for one in thing.values():
            yield from arrays_in(one)
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from arrays_in(one)


def nbytes(thing: Any) -> int:
    """Bytes of the different arrays in a structure."""
    return sum(array.nbytes for array in {id(array): array for array in arrays_in(thing)}.values())


@pytest.mark.parametrize("quarters", [8, 40, 160])
def test_the_desk_of_a_thread_is_as_large_as_estimated(small: Experiment, quarters: int) -> None:
    policies = tuple(replace(policy, quarters=quarters) for policy in small.policies)
    ready = Ensemble(replace(small, policies=policies))
    desk = ensemble._Desk(ready)
    boards = list(desk.boards.values())
    true = sum(run.board.nbytes for run in boards)
    held = [*([run.proposed, run.adopted, run.event, run.luck] for run in desk.runs)]
    true += nbytes([*held, desk.paths, desk.profile])
    assert true < desk_bytes(ready) < 2 * true


def test_a_batch_is_as_large_as_estimated(small: Experiment) -> None:
    ready = Ensemble(small)
    batch = ready.batch(0, 2)
    assert batch.paths is not None
    quarterly_values = len(small.paths) * small.policies[0].quarters
    true = nbytes([batch.keys, batch.status, batch.values, batch.paths])
    assert batch_bytes(len(batch.status), len(batch.columns), quarterly_values) == true


def test_a_member_more_in_memory_is_as_large_as_estimated(small: Experiment) -> None:
    ready = Ensemble(small)
    batch = ready.batch(0, 1)
    horizon = small.policies[0].horizon
    vocabulary = Vocabulary(
        policies=tuple(policy.slug for policy in small.policies),
        futures=tuple(future.slug for future in small.futures),
        worldviews=small.worldviews,
        quarters=tuple(horizon.quarter(k) for k in range(horizon.quarters)),
        path_outcomes=small.paths,
    )
    true = outcome_table(batch).nbytes + path_table(batch, vocabulary).nbytes
    needs = [
        estimated(small, 1, members=members, is_kept_in_memory=True).memory_bytes
        for members in (1_000, 2_000)
    ]
    assert (needs[1] - needs[0]) / 1_000 == pytest.approx(true, rel=0.25)


def test_memory_at_its_highest_is_as_estimated(small: Experiment) -> None:
    """What Python and numpy allocate at the worst moment of a run of one large batch, the program itself left out."""
    whole = replace(small, members=1, replicates=100)
    perform(replace(whole, replicates=1))
    tracemalloc.start()
    try:
        perform(whole, threads=1)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    needs = estimated(whole, 1, is_kept_in_memory=True).memory_bytes - PROGRAM_BYTES
    assert needs / 3 < highest < needs * 1.5


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("profile_comparison", {"members": 2, "replicates": 1}),
        ("profile_comparison", {"members": 12, "replicates": 2}),
        ("what_the_package_hangs_on", {"members": 8, "replicates": 2}),
        ("lower_profile", {"members": 40, "replicates": 2, "worldviews": ["W2", "W4"]}),
    ],
)
def test_a_result_takes_the_disk_that_was_estimated(name: str, sizes: dict[str, Any], tmp_path: Path) -> None:
    experiment = changed(experiment_of(name), **sizes)
    folder = perform(experiment, out=tmp_path).folder
    assert folder is not None
    true = sum(path.stat().st_size for path in folder.iterdir())
    assert estimated(experiment).disk_bytes == pytest.approx(true, rel=0.25)


def test_what_is_kept_of_runs_takes_disk_and_memory_only_where_it_is_kept(small: Experiment) -> None:
    on_disk, in_memory = estimated(small), estimated(small, is_kept_in_memory=True)
    assert in_memory.disk_bytes == 0 < on_disk.disk_bytes
    many = [estimated(small, is_kept_in_memory=kept, members=1_000_000) for kept in (False, True)]
    assert many[0].memory_bytes < 2 * on_disk.memory_bytes
    assert many[1].memory_bytes > 100 * in_memory.memory_bytes
    assert estimated(replace(small, paths=())).disk_bytes < on_disk.disk_bytes


def test_time_grows_with_runs_and_quarters_and_shrinks_with_processors(
    small: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.runs.estimate.processors", lambda: 4)
    seconds = [estimated(small, threads, members=1_000).seconds for threads in (1, 2, 4, 64)]
    assert seconds[0] == pytest.approx(2 * seconds[1]) == pytest.approx(4 * seconds[2])
    assert seconds[3] == seconds[2]
    assert estimated(small, 1, members=2_000).seconds == pytest.approx(2 * seconds[0])
    longer = tuple(replace(policy, quarters=80) for policy in small.policies)
    assert estimated(replace(small, policies=longer), 1, members=1_000).seconds > 1.8 * seconds[0]


def test_time_never_refuses(small: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_disk", lambda folder: 10**30)
    forever = estimated(small, members=10**15)
    assert "years" in str(forever)
    refuse_misfit(forever, Path("results"))


def test_too_little_memory_is_refused_before_anything_is_made(
    small: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 300_000_000)
    monkeypatch.setattr(ensemble, "run_experiment", lambda *_, **__: pytest.fail("began to run"))
    whole = replace(small, members=1, replicates=20_000)
    with pytest.raises(
        InputError, match=r"of memory, and 300 MB are free; lower replicates.*300,000 runs"
    ) as refusal:
        perform(whole, out=tmp_path / "results")
    assert "of disk)" in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_a_table_too_large_to_keep_in_memory_is_refused(
    small: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: GB)
    with pytest.raises(InputError, match="give a folder to write to"):
        sim.run(small, members=100_000)


def test_too_little_disk_is_refused_before_anything_is_made(
    small: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_disk", lambda folder: 5_000_000)
    with pytest.raises(InputError, match=r"of disk, and 5 MB are free .*lower members") as refusal:
        sim.run(small, members=10_000, out=tmp_path / "results")
    assert "300,000 runs: about" in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_says_how_much_memory_there_is_nothing_is_refused(
    small: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: None)
    refuse_misfit(estimated(small, members=10**9, is_kept_in_memory=True), None)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"members": 10**12},
            r"members: expected .* to 1,000,000, .*30,000,000,000,000 runs: about .* years",
        ),
        ({"replicates": 10**12}, r"replicates: .* PB of memory"),
        ({"members": 10**6, "replicates": 10**6}, "at most 50,000,000 .* of disk"),
        ({"members": 10**400}, "members: expected"),
        ({"members": True}, "members: expected"),
        ({"members": 0}, "members: expected"),
    ],
)
def test_absurd_sizes_are_refused_at_once(
    small: Experiment, asked: dict[str, int], message: str, tmp_path: Path
) -> None:
    started = time.perf_counter()
    with pytest.raises(InputError, match=message):
        sim.run(replace(small, paths=()), **asked, out=tmp_path / "results")  # type: ignore[arg-type]
    assert time.perf_counter() - started < 5
    assert list(tmp_path.iterdir()) == []


def test_a_million_quarters_are_refused_without_allocating_them(
    small: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 8 * GB)
    policies = tuple(replace(policy, quarters=1_000_000) for policy in small.policies)
    endless = replace(small, policies=policies, members=1, replicates=1)
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="run fewer quarters or on fewer threads"):
            perform(endless)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert highest < 100_000_000


def test_other_sizes_do_not_hang_on_the_sizes_of_the_file(small: Experiment) -> None:
    """Many members under one worldview may become few under all: what is refused is what is asked for."""
    large = replace(small, paths=(), worldviews=("W1",), members=1_000_000, replicates=10)
    assert resized(large, worldviews="all", members=3).members == 3


def files(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


V1 = "memory/memory"


@pytest.mark.parametrize(
    ("group", "free"),
    [
        ({}, 4_096_000),
        ({"memory.max": "max\n", "memory.current": "70\n"}, 4_096_000),
        ({"memory.max": "1000\n", "memory.current": "700\n"}, 300),
        (
            {"memory.max": "1000\n", "memory.current": "900\n", "memory.stat": "anon 9\ninactive_file 250\n"},
            350,
        ),
        ({"memory.max": "1000\n", "memory.current": "1001\n"}, 0),
        ({f"{V1}.limit_in_bytes": "5000\n", f"{V1}.usage_in_bytes": "1000\n"}, 4_000),
        ({f"{V1}.limit_in_bytes": f"{2**63}\n", f"{V1}.usage_in_bytes": "1000\n"}, 4_096_000),
    ],
)
def test_free_memory_is_what_machine_and_container_leave(
    group: dict[str, str], free: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(tmp_path, {"meminfo": "MemTotal: 9000 kB\nMemAvailable:    4000 kB\n", **group})
    monkeypatch.setattr(room, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(room, "CONTROL_GROUPS", tmp_path)
    assert room.free_memory() == free


def test_free_memory_where_there_is_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MEMINFO", tmp_path / "nothing")
    monkeypatch.setattr(room, "CONTROL_GROUPS", tmp_path)
    monkeypatch.setattr("os.sysconf", {"SC_PAGE_SIZE": 4_096, "SC_PHYS_PAGES": 10}.__getitem__)
    monkeypatch.setattr("os.sysconf_names", {"SC_PHYS_PAGES": 1})
    assert room.free_memory() == 40_960
    monkeypatch.setattr("os.sysconf_names", {})
    assert room.free_memory() is None


def test_free_disk_is_that_of_the_nearest_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    free = room.free_disk(tmp_path)
    assert free > 0
    for place in (tmp_path / "not" / "yet", tmp_path / "file" / "below"):
        assert room.free_disk(place) == pytest.approx(free, rel=0.1)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (3.26, "3.3 s"), (119, "119 s"), (600, "10 min"), (12_600, "3.5 h"), (1e6, "12 days"),
     (1e11, "3,169 years")],
)  # fmt: skip
def test_durations_are_short(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("n_bytes", "text"),
    [(900, "0.9 kB"), (53_000, "53 kB"), (1_000_000, "1 MB"), (9_960_000, "10 MB"), (2_340_000_000, "2.3 GB"),
     (10**21, "1,000 EB")],
)  # fmt: skip
def test_sizes_are_short(n_bytes: int, text: str) -> None:
    assert size(n_bytes) == text
