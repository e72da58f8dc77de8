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
from sim.inputs.scenario import Scenario, combined, load_scenario, restored

CODED: dict[str, Any] = read_document(Path(__file__).with_name("coded_scenarios.yaml")).data
FROM_THE_EVIDENCE: dict[str, Any] = CODED["files"]
# Not coded from the articles.
OUR_OWN = {"restraint_us_stays", "us_shift_alone", "as_expected", "connected_theatres_package"}
FUTURES = {
    "as_expected", "australia_turns_away", "korea_turns_away", "new_zealand_turns_away", "us_disengagement",
    "taiwan_crisis", "south_china_sea_incident", "ukraine_ceasefire", "china_lashes_out", "china_russia_pact",
    "korean_crisis", "cyber_shock", "rival_industrial_surge", "pushing_secretary_general", "cautious_secretary_general",
    "indonesia_keeps_both_ties", "indonesia_tilts", "existential_china", "attack_on_nato_member", "trade_coercion",
}  # fmt: skip
POLICIES_WITH_EVENTS = {
    "office_blocked", "membership_talk", "discretion_exposed", "eu_promises_broken", "us_shift_before_europe",
    "us_presses_on_asia", "paris_turns_inward", "ukraine_war_deepens", "beijing_reciprocates",
}  # fmt: skip
VOTES_PASSED = {
    "asian_membership",
    "firm_guarantee",
    "us_led_asian_alliance",
}  # and all of the engagement dial
EVERY_SCENARIO = sorted(OUR_OWN | set(FROM_THE_EVIDENCE))


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds()


def test_the_files_are_those_we_mean_to_ship() -> None:
    assert sorted(shipped_scenarios()) == EVERY_SCENARIO
    assert set(shipped_experiments()) == {
        "profile_comparison", "first_look", "what_the_package_hangs_on", "engagement_dial", "three_packages",
    }  # fmt: skip


def test_every_scenario_of_the_evidence_is_shipped() -> None:
    assert len(CODED["codings"]) == 55
    assert {entry["id"] for entry in FROM_THE_EVIDENCE.values()} == set(CODED["codings"])
    for slug, entry in FROM_THE_EVIDENCE.items():
        departs = set(entry) - {"id", "branch", "because"}
        assert bool(departs) == bool(entry.get("because")), f"{slug}: a departure needs its reason"


def test_files_lie_in_the_folder_of_their_family() -> None:
    """Pure events have a folder of their own; what is the coder's own choice of family stays the coder's."""
    for slug, entry in FROM_THE_EVIDENCE.items():
        family = CODED["codings"][entry["id"]]["family"]
        is_event_alone = family == "exogenous" and slug in FUTURES
        assert shipped_scenarios()[slug].parent.name == ("futures" if is_event_alone else family), slug


@pytest.mark.parametrize("slug", EVERY_SCENARIO)
def test_every_scenario_loads_by_slug_and_by_path_and_comes_back_from_its_resolved_form(
    slug: str, seeds: Seeds
) -> None:
    scenario = load_scenario(slug, seeds)
    assert scenario == load_scenario(shipped_scenarios()[slug], seeds)
    assert scenario == restored(scenario.resolved())
    assert scenario.is_policy == (slug not in FUTURES)
    assert scenario.is_future == (slug in FUTURES | POLICIES_WITH_EVENTS)
    levels = scenario.levels(seeds.instruments)
    assert levels.shape == (40, len(seeds.instruments))
    assert levels.min() >= 0
    assert levels.max() <= 1


@pytest.mark.parametrize("slug", EVERY_SCENARIO)
def test_every_scenario_says_what_it_asks_and_why(slug: str, seeds: Seeds) -> None:
    scenario = load_scenario(slug, seeds)
    written = read_document(shipped_scenarios()[slug]).data
    for text in (scenario.title, scenario.question, scenario.author, scenario.date, scenario.notes):
        assert text
    assert scenario.sources or slug == "as_expected"
    changes = [*written.get("policy", {})]
    changes += [event.get("what") or event["variable"] for event in written.get("events", [])]
    changes += [key for key in ("trend", "adopted") if key in written]
    assert set(changes) <= set(scenario.notes) or not changes


@pytest.mark.parametrize("slug", sorted(FROM_THE_EVIDENCE))
def test_levels_and_events_are_those_of_the_coding(slug: str, seeds: Seeds) -> None:
    scenario, entry = load_scenario(slug, seeds), FROM_THE_EVIDENCE[slug]
    slugs = {instrument.id: instrument.slug for instrument in seeds.instruments}
    assert scenario.id == entry["id"]
    shocks = _coded_shocks(entry)
    start, stop = (shocks[0][4], shocks[0][5]) if entry.get("dated") else (0, scenario.quarters)
    paths, events = {}, []
    for name, level in _coded_levels(entry).items():
        if name in CODED["moves"]:
            events.append((CODED["moves"][name], "all", "set", level, start, stop))
        else:
            paths[slugs[name]] = (Segment(level, start, 1),)
    for variable, actor, mode, values, first, last in shocks:
        value = values[entry["branch"]] if len(values) > 1 else values[0]
        events += [(name, actor, mode, value, first, last) for name in CODED["variables"][variable]]
    assert scenario.paths == paths
    assert sorted(_plain_events(scenario)) == sorted(events)


def _coded_levels(entry: dict[str, Any]) -> dict[str, float]:
    """Levels by instrument id, with the departures that the entry lists."""
    codings = CODED["codings"]
    levels = dict(codings[entry["on_top_of"]]["levels"]) if "on_top_of" in entry else {}
    levels |= entry["levels"] if "levels" in entry else codings[entry.get("levels_of", entry["id"])]["levels"]
    for name, level in levels.items():
        if isinstance(level, list):
            chosen = entry["choose"].get(name, entry["choose"]["others"])
            assert chosen in level, name
            levels[name] = chosen
    return levels


def _coded_shocks(entry: dict[str, Any]) -> list[list[Any]]:
    shocks: list[list[Any]] = entry.get("shocks", CODED["codings"][entry["id"]]["shocks"])
    return [[shock[0], entry.get("actor", shock[1]), *shock[2:]] for shock in shocks]


def _plain_events(scenario: Scenario) -> list[tuple[str, str, str, float, int, int]]:
    return [
        (event.variable, event.actor or "all", event.mode, event.value, event.start, event.stop)
        for event in scenario.events
    ]


def test_every_future_fits_every_policy(seeds: Seeds) -> None:
    """Nothing that a future forces is forced by a policy as well: all can be crossed in one experiment."""
    scenarios = [load_scenario(slug, seeds) for slug in EVERY_SCENARIO]
    futures = [one for one in scenarios if not one.is_policy]
    for policy in (one for one in scenarios if one.is_policy):
        for future in futures:
            assert len(combined(policy, future).events) == len(policy.events) + len(future.events)


def test_the_baseline_rises_and_the_frozen_world_does_not(seeds: Seeds) -> None:
    baseline = [instrument.baseline for instrument in seeds.instruments]
    frozen = load_scenario("frozen_at_2024", seeds).levels(seeds.instruments)
    assert (frozen == baseline).all()
    last = load_scenario("course_of_2024", seeds).levels(seeds.instruments)[-1]
    for instrument, level in zip(seeds.instruments, last, strict=True):
        room = 0.1 * (1 - instrument.baseline) if instrument.has_trend else 0.0
        assert level == pytest.approx(instrument.baseline + room, abs=1e-15)


def test_votes_are_taken_as_passed_where_passage_is_assumed_and_nowhere_else(seeds: Seeds) -> None:
    for slug in EVERY_SCENARIO:
        is_assumed = slug in VOTES_PASSED or slug.startswith("engagement_dial_")
        assert load_scenario(slug, seeds).adopted == (True if is_assumed else frozenset()), slug


def test_the_engagement_dial_holds_all_its_settings(seeds: Seeds) -> None:
    settings = [slug for slug, entry in FROM_THE_EVIDENCE.items() if entry["id"] == "S20"]
    experiment = load_experiment("engagement_dial", seeds)
    assert [policy.slug for policy in experiment.policies] == ["course_of_2024", *settings]
    assert experiment.n_runs == 5600
    assert restored_experiment(experiment.resolved()) == experiment


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
    for slug in EVERY_SCENARIO:
        own = load_scenario(slug, seeds).sources
        sources += own
        if slug in FROM_THE_EVIDENCE:
            coded = CODED["codings"][FROM_THE_EVIDENCE[slug]["id"]]["at"]
            assert {source.partition(" (")[0] for source in own} <= set(coded), slug
    for source in sources:
        place, _, _ = source.partition(" (")  # a remark may follow: 'C.Q 1 (against expansion)'
        section, paragraph = place.split()
        first, last = sections[section]
        assert first <= int(paragraph) <= last, source


def test_no_slug_names_two_kinds_of_thing(seeds: Seeds) -> None:
    kinds = {
        "scenario": [*shipped_scenarios(), *shipped_experiments()],
        "instrument": [instrument.slug for instrument in seeds.instruments],
        # a future may be named for its one event
        "event": [slug for slug in named_events() if slug not in FUTURES],
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
