"""The scenario and experiment files that come with the project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.inputs.catalogue import shipped_experiments, shipped_scenarios
from sim.inputs.documents import InputError, read_document
from sim.inputs.events import named_events
from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.experiment import load_any, load_experiment, restored_experiment
from sim.inputs.levels import Segment
from sim.inputs.places import scenarios_folder
from sim.inputs.scenario import load_scenario, restored

POLICIES = {
    "course_of_2024", "frozen_at_2024", "institutional_deepening", "drills_and_ships", "rhetoric_only", "nato_mission",
    "firm_guarantee", "global_arsenal", "lower_profile", "stay_out", "eu_trade_and_investment", "restraint_and_eu",
}  # fmt: skip
OUR_OWN = {"restraint_us_stays", "us_shift_alone"}  # parts of a package, not coded from the articles
FUTURES = {"as_expected", "us_disengagement", "taiwan_crisis", "ukraine_ceasefire", "existential_china"}
CODED: dict[str, Any] = read_document(Path(__file__).with_name("coded_scenarios.yaml")).data


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds()


def test_the_files_are_those_we_mean_to_ship() -> None:
    assert set(shipped_scenarios()) == POLICIES | OUR_OWN | FUTURES
    assert set(shipped_experiments()) == {"profile_comparison", "first_look", "what_the_package_hangs_on"}


@pytest.mark.parametrize("slug", sorted(POLICIES | FUTURES))
def test_every_scenario_loads_by_slug_and_by_path_and_comes_back_from_its_resolved_form(
    slug: str, seeds: Seeds
) -> None:
    scenario = load_scenario(slug, seeds)
    assert scenario == load_scenario(shipped_scenarios()[slug], seeds)
    assert scenario == restored(scenario.resolved())
    assert scenario.is_policy == (slug in POLICIES)
    assert scenario.is_future == (slug in FUTURES)
    levels = scenario.levels(seeds.instruments)
    assert levels.shape == (40, len(seeds.instruments))
    assert levels.min() >= 0
    assert levels.max() <= 1


@pytest.mark.parametrize("slug", sorted(POLICIES | FUTURES))
def test_every_scenario_says_what_it_asks_and_why(slug: str, seeds: Seeds) -> None:
    scenario = load_scenario(slug, seeds)
    written = read_document(shipped_scenarios()[slug]).data
    for text in (scenario.title, scenario.question, scenario.author, scenario.date, scenario.notes):
        assert text
    assert scenario.sources or slug == "as_expected"
    changes = [*written.get("policy", {}), *(event["what"] for event in written.get("events", []))]
    changes += [key for key in ("trend", "adopted") if key in written]
    assert set(changes) <= set(scenario.notes) or not changes


@pytest.mark.parametrize("slug", sorted(CODED))
def test_levels_are_those_of_the_coding(slug: str, seeds: Seeds) -> None:
    scenario = load_scenario(slug, seeds)
    coded = CODED[slug]
    slugs = {instrument.id: instrument.slug for instrument in seeds.instruments}
    assert scenario.id == coded["id"]
    expected = {slugs[key]: (Segment(level, 0, 1),) for key, level in coded["levels"].items()}
    assert scenario.paths == expected
    assert [
        (event.variable, event.mode, event.value, event.start, event.stop) for event in scenario.events
    ] == [tuple(event) for event in coded["events"]]


def test_every_coded_scenario_is_checked() -> None:
    assert set(CODED) == POLICIES | FUTURES - {"as_expected"}


def test_the_baseline_rises_and_the_frozen_world_does_not(seeds: Seeds) -> None:
    baseline = [instrument.baseline for instrument in seeds.instruments]
    frozen = load_scenario("frozen_at_2024", seeds).levels(seeds.instruments)
    assert (frozen == baseline).all()
    last = load_scenario("course_of_2024", seeds).levels(seeds.instruments)[-1]
    for instrument, level in zip(seeds.instruments, last, strict=True):
        room = 0.1 * (1 - instrument.baseline) if instrument.has_trend else 0.0
        assert level == pytest.approx(instrument.baseline + room, abs=1e-15)


def test_the_vote_on_the_guarantee_is_taken_as_passed_and_no_other(seeds: Seeds) -> None:
    for slug in POLICIES:
        expected = frozenset({"defence_guarantee"}) if slug == "firm_guarantee" else frozenset()
        assert load_scenario(slug, seeds).adopted == expected


def test_experiments_load_and_come_back(seeds: Seeds) -> None:
    comparison = load_experiment("profile_comparison", seeds)
    assert [policy.slug for policy in comparison.policies] == [
        "course_of_2024", "institutional_deepening", "drills_and_ships", "firm_guarantee", "global_arsenal",
        "lower_profile", "stay_out", "restraint_and_eu",
    ]  # fmt: skip
    assert (comparison.members, comparison.replicates, comparison.random_seed) == (250, 2, 20240709)
    assert comparison.worldviews == ("W1", "W2", "W3", "W4")
    assert comparison.n_runs == 16_000
    headline = [outcome.slug for outcome in seeds.outcomes if outcome.headline]
    assert list(comparison.outcomes) == headline
    assert set(comparison.paths) == set(comparison.screen)
    first = load_any("first_look", seeds)
    assert (first.n_runs, first.replicates) == (600, 1)
    for experiment in (comparison, first):
        assert restored_experiment(experiment.resolved()) == experiment


def test_every_named_event_fits_the_model_and_its_actors(seeds: Seeds, tmp_path: Path) -> None:
    for slug in named_events():
        path = tmp_path / "future.yaml"
        path.write_text(f"title: x\nevents:\n- {{what: {slug}, from: 2026Q1, until: 2027Q1}}\n")
        assert load_scenario(path, seeds).events


def test_sources_of_events_and_scenarios_are_places_in_the_articles(seeds: Seeds) -> None:
    sections = {section: span for article in seeds.articles for section, span in article.sections.items()}
    sources = [source for event in named_events().values() for source in event.sources]
    sources += [source for slug in POLICIES | FUTURES for source in load_scenario(slug, seeds).sources]
    for source in sources:
        place, _, _ = source.partition(" (")  # a remark may follow: 'C.Q 1 (against expansion)'
        section, paragraph = place.split()
        first, last = sections[section]
        assert first <= int(paragraph) <= last, source


def test_no_slug_names_two_kinds_of_thing(seeds: Seeds) -> None:
    kinds = {
        "scenario": [*shipped_scenarios(), *shipped_experiments()],
        "instrument": [instrument.slug for instrument in seeds.instruments],
        "event": [
            slug for slug in named_events() if slug not in FUTURES
        ],  # a future may be named for its one event
        "outcome": [outcome.slug for outcome in seeds.outcomes],
        "mechanism": [mechanism.slug for mechanism in seeds.mechanisms],
        # one worldview and the policy that follows from it go by one name on purpose: both are the same argument
        "worldview": [one.slug for one in seeds.worldviews],
    }
    seen: dict[str, str] = {}
    for kind, slugs in kinds.items():
        for slug in slugs:
            assert slug not in seen, f"{slug} names a {seen[slug]} and a {kind}"
            seen[slug] = kind


def test_the_examples_of_the_readme_load(seeds: Seeds, tmp_path: Path) -> None:
    readme = (scenarios_folder() / "README.md").read_text(encoding="utf-8")
    examples = [part.partition("```")[0] for part in readme.split("```yaml\n")[1:]]
    names = ["quiet_office.yaml", "war_goes_on.yaml", "experiment.yaml"]
    for name, example in zip(names, examples, strict=True):
        (tmp_path / name).write_text(example, encoding="utf-8")
    assert load_scenario(tmp_path / names[0], seeds).is_policy
    assert len(load_scenario(tmp_path / names[1], seeds).events) == 5
    assert load_experiment(tmp_path / names[2], seeds).n_runs == 3 * 2 * 4 * 100 * 2


def test_two_shipped_files_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.yaml").write_text("title: x\npolicy: {}\n")
    monkeypatch.setattr("sim.inputs.catalogue.scenarios_folder", lambda: tmp_path)
    with pytest.raises(InputError, match="has the same name as"):
        shipped_scenarios()


def test_checking_a_scenario_file_is_quick_and_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from sim.inputs.experiment import load_any\n"
        "load_any('lower_profile')\n"
        "heavy = {'numba', 'pandas', 'scipy', 'matplotlib', 'mesa', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    quickest = 60.0
    for _ in range(3):  # processor time, the best of three: other work on the machine must not fail the test
        before = sum(os.times()[2:4])
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        quickest = min(quickest, sum(os.times()[2:4]) - before)
        assert done.stdout.strip() == "[]"
    assert quickest < 1.0
