"""`make check` reads every YAML file we ship: a key nobody knows is found, whatever file it is in."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from sim.inputs import check, events
from sim.inputs.documents import InputError
from sim.inputs.evidence import load_seeds
from sim.inputs.expectations import load_expectations
from sim.inputs.expected_signs import load_signs
from sim.inputs.experiment import load_any
from sim.inputs.places import scenarios_folder, seeds_folder

SEEDS = sorted(path.relative_to(seeds_folder()).as_posix() for path in seeds_folder().rglob("*.yaml"))
SCENARIOS = sorted(scenarios_folder().rglob("*.yaml"))
UNKNOWN = "\nnobody_knows_this_key: 1\n"


def test_what_we_ship_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main() == 0
    assert f"All {len(SEEDS) + len(SCENARIOS)} YAML files" in capsys.readouterr().out


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_file_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(seeds_folder(), folder)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(UNKNOWN)
    monkeypatch.setattr(events, "seeds_folder", lambda: folder)
    others = {
        "events.yaml": events.named_events,
        "expectations.yaml": partial(load_expectations, folder.resolve() / name),
        "expected_signs.yaml": partial(load_signs, folder.resolve() / name),
    }
    read = others.get(name, partial(load_seeds, folder=folder))
    with pytest.raises(InputError, match="nobody_knows_this_key") as caught:
        read()
    assert str(caught.value).startswith(f"{folder.resolve() / name}:")


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_and_experiment_is_read(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_text(path.read_text(encoding="utf-8") + UNKNOWN, encoding="utf-8")
    with pytest.raises(InputError, match="nobody_knows_this_key"):
        load_any(copy)


def test_a_misnamed_file_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "extra.yml").write_text("title: never read\n", encoding="utf-8")
    monkeypatch.setattr(check, "scenarios_folder", lambda: tmp_path)
    assert check.main() == 2
    assert "extra.yml" in capsys.readouterr().err
