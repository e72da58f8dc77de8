"""The seeds as a whole: counts, names, citations, scales, kinds, and what is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.inputs import seeds_files
from sim.inputs.attributes_schema import ActorsFile
from sim.inputs.coding import Sourced
from sim.inputs.documents import InputError, read_document
from sim.inputs.evidence import Seeds, load_seeds
from sim.inputs.places import seeds_folder
from sim.inputs.seeds_checks import SCALES
from sim.inputs.seeds_files import read_seed
from sim.inputs.seeds_schema import DIALS, LABELS, PERSPECTIVES, POOLED, WORLDVIEWS

BrokenSeeds = Callable[[str, str, str], Path]
NATO_MEMBERS = [
    "USA", "CAN", "GBR", "FRA", "DEU", "ITA", "POL", "HUN", "TUR", "NLD", "NOR", "BEL", "LUX", "DNK", "ISL", "PRT",
    "ESP", "GRC", "CZE", "SVK", "SVN", "HRV", "ROU", "BGR", "EST", "LVA", "LTU", "ALB", "MKD", "MNE", "FIN", "SWE",
]  # fmt: skip


def test_counts(seeds: Seeds) -> None:
    assert len(seeds.claims) == 145
    assert len(seeds.codings) == 307
    assert len(seeds.instruments) == 79
    assert len(seeds.mechanisms) == 71
    assert len(seeds.outcomes) == 36
    assert sum(outcome.headline for outcome in seeds.outcomes) == 13
    assert [worldview.id for worldview in seeds.worldviews] == list(WORLDVIEWS)
    assert len(seeds.states) == 56
    assert [actor.id for actor in seeds.actors[56:]] == ["NATO", "EU", "ASEAN"]
    assert {article.id for article in seeds.articles} == {"A1", "A2", "A3", "C", "H"}
    assert tuple(perspective.slug for perspective in seeds.perspectives) == PERSPECTIVES


def test_every_file_is_described_in_the_readme() -> None:
    readme = (seeds_folder() / "README.md").read_text(encoding="utf-8")
    for path in seeds_folder().iterdir():
        assert f"`{path.name}" in readme or path.name == "README.md", (
            f"{path.name} is missing in seeds/README.md"
        )


# ------------------------------------------------------------------------------------------------- names, places


def test_names_are_unique_and_name_one_kind_of_thing(seeds: Seeds) -> None:
    ids = [thing.id for things in (seeds.claims, seeds.actors, seeds.instruments, seeds.mechanisms,
                                   seeds.worldviews, seeds.outcomes) for thing in things]  # fmt: skip
    assert not [name for name, count in Counter(ids).items() if count > 1]
    slugs = [thing.slug for things in (seeds.actors, seeds.instruments, seeds.mechanisms, seeds.worldviews,
                                       seeds.outcomes, seeds.perspectives) for thing in things]  # fmt: skip
    slugs += [*seeds.attribute_names, *seeds.world_names]
    assert not [name for name, count in Counter(slugs).items() if count > 1]


def test_streams_are_unique_and_stay_what_they_are(seeds: Seeds) -> None:
    """A stream addresses chance: renumbering would change everybody's luck."""
    streams = {actor.id: actor.stream for actor in seeds.actors}
    assert len(set(streams.values())) == len(streams)
    assert [streams[actor] for actor in (*NATO_MEMBERS, "JPN", "KOR", "AUS", "NZL")] == list(range(1, 37))
    assert (streams["IND"], streams["PIC"], streams["EUX"], streams["NATO"]) == (48, 55, 56, 101)
    numbers = [instrument.stream for instrument in seeds.instruments]
    assert numbers == list(range(1, 80))
    assert (seeds.instruments[0].id, seeds.instruments[-1].id) == ("IN01", "RU01")


def test_every_citation_stands_for_a_paragraph(seeds: Seeds) -> None:
    last = {"A1.B": 9, "A2.I": 5, "A2.SP": 10, "A2.WW": 16, "A2.NN": 22, "A3.B": 18, "C.Q": 1,
            "A1.T": 0, "A2.T": 0, "A3.T": 0, "H": 0}  # fmt: skip
    first = {"A1.B": 1, "A2.I": 1, "A2.SP": 6, "A2.WW": 11, "A2.NN": 17, "A3.B": 1, "C.Q": 1}
    cited = [locator for claim in seeds.claims for locator in claim.at]
    cited += [locator for coding in seeds.codings.values() for locator in coding.at]
    cited += [locator for instrument in seeds.instruments for locator in instrument.at]
    cited += [locator for m in seeds.mechanisms for stance in m.claims for locator in stance.at]
    cited += [locator for outcome in seeds.outcomes for locator in outcome.at]
    cited += re.findall(r"\b(?:A[123]|C)\.[A-Z]+ \d+", (seeds_folder() / "attributes.yaml").read_text())
    assert len(cited) > 800
    for locator in cited:
        section, paragraph = locator.split(" ")
        assert first.get(section, 0) <= int(paragraph) <= last[section], locator


def test_every_paragraph_has_a_claim(seeds: Seeds) -> None:
    claimed = {locator for claim in seeds.claims for locator in claim.at}
    for article in seeds.articles:
        for section, (first, last) in article.sections.items():
            for paragraph in range(first, last + 1):
                assert f"{section} {paragraph}" in claimed


def test_what_claims_bear_on_exists(seeds: Seeds) -> None:
    names = {thing.id for things in (seeds.instruments, seeds.mechanisms, seeds.actors) for thing in things}
    names |= {coding.subject for coding in seeds.codings.values()}
    hooks = {hook for claim in seeds.claims for hook in claim.hooks}
    scenarios = {hook for hook in hooks if re.fullmatch(r"S\d\d", hook)}
    assert hooks - names - scenarios <= {"BIAS"}


def test_groups_sponsors_and_targets_are_actors(seeds: Seeds) -> None:
    known = {actor.id for actor in seeds.actors}
    assert seeds.groups["NATO"] == tuple(NATO_MEMBERS)
    assert len(seeds.groups["EU"]) == 24  # 23 members that are in NATO, the others as one
    assert len(seeds.groups["ASEAN"]) == 11
    for instrument in seeds.instruments:
        assert set(instrument.targets) | set(instrument.sponsors) <= known
    by_id = {instrument.id: instrument for instrument in seeds.instruments}
    assert by_id["IN25"].targets == ("JPN", "KOR", "AUS", "NZL")
    assert by_id["IN07"].sponsors == ("FRA", "DEU", "ITA", "GBR")
    assert "CHN" not in by_id["IN64"].targets
    assert {"JPN", "IDN", "IND", "TWN", "PIC"} <= set(by_id["IN64"].targets)


# ------------------------------------------------------------------------------------------- numbers and kinds


def _numbers(seeds: Seeds) -> Iterator[tuple[str, Sourced, tuple[float, float]]]:
    for instrument in seeds.instruments:
        assert tuple(instrument.dials) == DIALS
        for name, value in instrument.dials.items():
            yield f"{instrument.id}.{name}", value, SCALES[name]
        yield f"{instrument.id}.baseline", instrument.baseline_level, (0, 1)
        assert instrument.baseline == instrument.baseline_level.mode
    for mechanism in seeds.mechanisms:
        assert tuple(mechanism.strengths) == (*WORLDVIEWS, POOLED)
        for name, value in mechanism.strengths.items():
            yield f"{mechanism.id}.{name}", value, (-1, 1)
    for worldview in seeds.worldviews_and_pooled:
        for table in (worldview.label_alarm_china, worldview.label_aversion_region):
            assert tuple(table) == LABELS
            for label, value in table.items():
                yield f"{worldview.id}.{label}", value, (0, 1)
        for name in seeds.world_names:
            yield f"{worldview.id}.{name}", seeds.world(worldview.id, name), (0, 1)
        for name, entry in seeds.attributes.entries.items():
            for actor in seeds.states:
                value = seeds.attribute(worldview.id, name, actor.id)
                yield f"{worldview.id}.{actor.id}.{name}", value, (entry.scale[0], entry.scale[1])


def test_intervals_are_ordered_on_their_scales_and_say_where_they_come_from(seeds: Seeds) -> None:
    for name, value, (lowest, highest) in _numbers(seeds):
        assert lowest <= value.low <= value.mode <= value.high <= highest, (name, value)
        assert value.kind in ("coded", "reference", "assumed"), name
        assert value.source.startswith("assumed: ") == (value.kind == "assumed"), (name, value.source)
        assert 0 <= value.pedigree <= 4, name
        if value.kind == "assumed":
            assert len(value.source) > len("assumed: ") + 5, f"{name} gives no reason"
            assert value.pedigree <= 1, name


def test_most_dials_other_than_visibility_rest_on_no_text(seeds: Seeds) -> None:
    silent = [dial.kind == "assumed" for i in seeds.instruments for n, dial in i.dials.items()
              if n not in ("visibility", "bloc_signal", "hardness", "delivery", "commitment")]  # fmt: skip
    assert sum(silent) > len(silent) / 2


def test_moves_describe_a_state_and_levers_do_not(seeds: Seeds) -> None:
    for instrument in seeds.instruments:
        is_move = not instrument.id.startswith("IN")
        assert (instrument.describes is not None) == is_move
        assert not (is_move and (instrument.carries or instrument.has_trend))
    with_trend = {instrument.id for instrument in seeds.instruments if instrument.has_trend}
    assert with_trend >= {"IN01", "IN06", "IN07", "IN15", "IN20", "IN21", "IN29"}
    assert not with_trend & {"IN08", "IN09", "IN14", "IN30", "IN50", "IN63"}
    pool = {instrument.id for instrument in seeds.instruments if instrument.shares_european_pool}
    assert pool == {"IN42", "IN44", "IN65", "IN12", "IN06", "IN07"}


def test_perspectives_judge_every_headline_outcome(seeds: Seeds) -> None:
    headline = {outcome.slug for outcome in seeds.outcomes if outcome.headline}
    for perspective in seeds.perspectives:
        assert set(perspective.outcomes) >= headline
        for preference in perspective.outcomes.values():
            assert preference.at or preference.because.startswith("assumed: ") or preference.weight == 0


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("instruments.yaml", "    brand: NATO", "    brnad: NATO", r"unknown key 'brnad'.*did you mean 'brand'"),
        ("claims.yaml", "at: [A1.B 4]", "at: [A1.B 14]", r"A1\.B has no paragraph 14; expected 1 to 9"),
        ("claims.yaml", "at: [A1.B 4]", "at: [A4.B 4]", r"unknown section 'A4\.B'"),
        ("claims.yaml", "at: [A1.B 4]", "at: [A1.B.4]", r"expected a locator such as 'A2\.SP 6'"),
        ("attributes.yaml", "at: [A3.B 5]", "at: [A3.B 55]", r"A3\.B has no paragraph 55"),
        ("instruments.yaml", "first: [0.8, 0.9, 1]", "first: [0.9, 0.8, 1]", r"expected three numbers in order"),
        ("instruments.yaml", "first: [0.8, 0.9, 1]", "first: [0.8, 0.9, 1.5]", r"1\.5 is outside the scale"),
        ("instruments.yaml", "first: [0.8, 0.9, 1]", "first: [0.8, yes, 1]", r"expected a number, got text 'yes'"),
        ("instruments.yaml", "targets: [CHN]", "targets: [CHNN]", r"unknown actor or group 'CHNN'.*did you mean 'CHN'"),
        ("instruments.yaml", "carries: {rhetoric: 1", "carries: {rethoric: 1", r"unknown channel 'rethoric'.*did you mean"),
        ("instruments.yaml", "describes: narrative", "describes: narative", r"unknown variable 'narative'.*did you mean"),
        ("mechanisms.yaml", "cause: [cn_encircle]", "cause: [cn_encirle]", r"unknown variable 'cn_encirle'.*did you mean"),
        ("mechanisms.yaml", "first: [0.7, 0.88, 1]", "first: [0.7, 0.88, 1.2]", r"1\.2 is outside the scale -1 to 1"),
        ("mechanisms.yaml", "first: [0.7, 0.88, 1]", "first: [0.9, 0.88, 1]", r"expected three numbers in order"),
        ("mechanisms.yaml", "at: [A1.B 4, A1.B 5]", "at: [A1.B 4, A1.B 50]", r"A1\.B has no paragraph 50"),
        ("parameters.yaml", "  partners: 1.0", "  partner: 1.0", r"unknown cluster or coefficient 'partner'"),
        ("worldviews.yaml", "reading_left_out: IN81", "reading_left_out: IN83", r"unknown rival reading 'IN83'"),
        ("worldviews.yaml", "slug: pooled", "slug: japan", r"names a worldview and already an actor"),
        ("perspectives.yaml", "nato_cohesion: {", "nato_cohesoin: {", r"unknown outcome 'nato_cohesoin'.*did you mean"),
        ("actors.yaml", "slug: japan", "slug: summit_publicity", r"names an actor and already an instrument"),
        ("mechanisms.yaml", "id: M02", "id: M01", r"id 'M01' is given twice"),
        ("mechanisms.yaml", "tier: strong", "tier: huge", r"unknown tier 'huge'"),
        ("actors.yaml", "stream: 2\n", "stream: 1\n", r"stream '1' is given twice"),
        ("attributes.yaml", "{accession_delay", "{accession_delai", r"unknown figure 'accession_delai'"),
        ("world.yaml", "coding: USA.agenda", "coding: USA.agendum", r"us_agenda: expected a coding that exists"),
        ("codings/partners.yaml", "id: JPN.nato_hi.1", "id: JPN.nato_high.1", r"unknown coded attribute 'nato_high'"),
        ("figures/economy.csv", "USA,gdp,", "USB,gdp,", r"unknown actor 'USB'"),
        ("figures/economy.csv", "USA,gdp,", "USA,gdp,much", r"is not a finite number"),
    ],
)  # fmt: skip
def test_faults_are_refused_with_file_and_line(
    broken_seeds: BrokenSeeds, file: str, before: str, after: str, message: str
) -> None:
    folder = broken_seeds(file, before, after)
    text = (seeds_folder() / file).read_text(encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    with pytest.raises(InputError, match=message) as caught:
        load_seeds(folder=folder)
    assert str(caught.value).startswith(f"{folder / file}:")
    assert caught.value.line is not None
    assert abs(caught.value.line - line) <= 1  # an entry may be named by its first line


def test_unknown_names_are_refused_with_the_nearest(seeds: Seeds) -> None:
    with pytest.raises(InputError, match="did you mean 'threat_cn'"):
        seeds.attribute("W1", "threat_c", "JPN")
    with pytest.raises(InputError, match="unknown agent 'JAP'"):
        seeds.attribute("W1", "threat_cn", "JAP")
    with pytest.raises(InputError, match="unknown worldview 'W5'"):
        seeds.attribute("W5", "threat_cn", "JPN")
    with pytest.raises(InputError, match="did you mean 'tension'"):
        seeds.world("W1", "tensions")
    with pytest.raises(InputError, match="unknown parameter"):
        seeds.parameter("speed_of_light")
    with pytest.raises(InputError, match="unknown coding 'both'"):
        load_seeds("both")  # type: ignore[arg-type]
    assert seeds.attribute("provocation", "threat_cn", "JPN") == seeds.attribute("W1", "threat_cn", "JPN")


def test_texts_that_older_yaml_would_twist_stay_text(broken_seeds: BrokenSeeds) -> None:
    folder = broken_seeds("actors.yaml", "note: the two named as examples", "note: NO")
    folder_file = folder / "actors.yaml"
    text = folder_file.read_text(encoding="utf-8").replace("name: Norway", "name: on")
    folder_file.write_text(text.replace("note: the four partners", "note: 22:30"), encoding="utf-8")
    content = read_seed(ActorsFile, folder_file).content
    names = {actor.id: actor.name for actor in content.actors}
    assert names["NOR"] == "on"
    assert content.groups["NONALIGNED"].note == "NO"
    assert content.groups["IP4"].note == "22:30"
    for path in sorted(seeds_folder().rglob("*.yaml")):
        for value in _texts(read_document(path).data):
            assert isinstance(value, str | int | float | bool | None)


def _texts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield value


# --------------------------------------------------------------------------------------------------- the cache


def test_the_cache_changes_nothing_and_is_left_when_the_file_changes(
    tmp_path: Path, seeds_cache: Path
) -> None:
    path = tmp_path / "actors.yaml"
    path.write_text("groups: {}\nactors: [{id: JPN, slug: japan, name: Japan, kind: state, stream: 1}]\n")
    read = read_seed(ActorsFile, path).content
    assert read_seed(ActorsFile, path).content == read
    path.write_text(path.read_text().replace("stream: 1", "stream: 2"))
    assert read_seed(ActorsFile, path).content.actors[0].stream == 2
    place = seeds_files._cache_path(path)
    assert place is not None
    assert place.is_relative_to(seeds_cache)
    for rubbish in ("", "{", "[1]", '{"groups": 3}'):
        place.write_text(rubbish)
        assert read_seed(ActorsFile, path).content.actors[0].stream == 2


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    path = tmp_path / "actors.yaml"
    path.write_text("groups: {}\nactors: []\n")
    assert read_seed(ActorsFile, path).content.actors == []
