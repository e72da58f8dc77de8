"""Lists of facts and of signs: what we ship is read whole; each way to get one wrong is refused with line and reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.inputs.documents import InputError
from sim.inputs.expectations import load_expectations
from sim.inputs.expected_signs import load_signs
from sim.inputs.expression_reader import OPTIONS
from sim.inputs.expressions import Comparison, Number, Place, Ratio, Reading, ShareOfRuns, Weighted

Written = Callable[[str], Path]

FACT = """\
facts:
  - id: A1
    statement: something
    kind: direct
    worldviews: [W2]
    holds_if:
      - {comparison}
"""
SIGN = """\
signs:
  - {scenario: lower_profile, outcome: O05, worldview: W2, sign: '-'}
  - {cell}
"""


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_shipped_facts() -> None:
    found = load_expectations()
    assert len(found.facts) == 24
    assert {fact.kind for fact in found.facts} == {"input", "direct", "emergent"}
    assert all(fact.at and fact.asked and fact.statement for fact in found.facts)
    (rhetoric,) = [fact for fact in found.facts if fact.id == "E05"]
    assert rhetoric.worldviews == ("W2", "W4")
    assert [(one.low, one.high) for one in rhetoric.comparisons] == [(0.0, None), (-0.02, 0.02)]
    (missions,) = [fact for fact in found.facts if fact.id == "E17"]
    assert {one.worldviews: one.high for one in missions.comparisons} == {
        ("W1", "W2", "W4"): 0.1,
        ("W3",): 0.35,
    }


def test_the_shipped_signs() -> None:
    found = load_signs()
    assert found.is_coded_twice
    assert len(found.cells) == 536
    both = [one for one in found.cells if one.first is not None and one.second is not None]
    assert sum(one.is_agreed for one in both) > 0.95 * len(both)
    assert Counter(one.second for one in found.cells)[None] == sum(one.second is None for one in found.cells)
    (cell,) = [
        one for one in found.cells
        if (one.scenario, one.outcome, one.worldview) == ("institutional_deepening", "deterrence_in_asia", "W3")
    ]  # fmt: skip
    assert (cell.first, cell.second, cell.confidence) == (1, 1, "medium")


def comparison(written: Written, text: str) -> Comparison:
    """The one comparison of a fact so written."""
    return load_expectations(written(FACT.replace("{comparison}", text))).facts[0].comparisons[0]


def test_a_change_is_a_difference_of_readings(written: Written) -> None:
    found = comparison(written, "{value: {change: O12, policy: lower_profile}, below: 0.02}")
    assert isinstance(found.side, Weighted)
    (plus, first), (minus, second) = found.side.terms
    assert (plus, minus) == (1.0, -1.0)
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.variable.outcomes == second.variable.outcomes == ("opposition_to_nato",)
    assert (first.place, second.place) == (Place("lower_profile"), Place())
    assert (found.low, found.high) == (None, 0.02)
    assert found.text == "change of opposition_to_nato (lower_profile) below 0.02"


def test_a_slope_is_least_squares(written: Written) -> None:
    text = "{value: {slope: O03, over: {lower_profile: 0, rhetoric_only: 1, stay_out: 5}}, above: 0}"
    found = comparison(written, text).side
    assert isinstance(found, Weighted)
    values = {"lower_profile": 3.0, "rhetoric_only": 5.0, "stay_out": 13.0}
    total = sum(w * values[one.place.policy] for w, one in found.terms if isinstance(one, Reading))
    assert total == pytest.approx(2.0)
    assert sum(weight for weight, _ in found.terms) == pytest.approx(0.0)


def test_a_bound_that_is_measured_too(written: Written) -> None:
    found = comparison(written, "{value: {mean: O01}, above: {mean: O02}}")
    assert isinstance(found.side, Weighted)
    assert (found.low, found.high) == (0.0, None)


def test_groups_names_and_shares(written: Written) -> None:
    text = "{value: {share_of_runs: [{value: {final: hedge.IP4}, above: 0.5}]}, above: 0.8}"
    found = comparison(written, text).side
    assert isinstance(found, ShareOfRuns)
    reading = found.conditions[0].side
    assert isinstance(reading, Reading)
    assert reading.variable.probes == ("hedge.JPN", "hedge.KOR", "hedge.AUS", "hedge.NZL")
    ratio = comparison(written, "{value: {ratio: [{mean: tension}, 2]}, above: 0}").side
    assert isinstance(ratio, Ratio)
    assert ratio.below == Number(2.0)


def test_policies_written_in_the_list(written: Written) -> None:
    text = """\
variables: {both: [threat_cn.JPN, threat_cn.KOR]}
dials: {shown: [IN01, IN02]}
policies:
  shown_half: {policy: {shown: 0.5, IN14: {to: 1, from: 2026Q1}}, adopted: true, quarters: 20}
futures:
  fear: {events: [{variable: threat_cn, actor: IP4, add: 0.1, from: 2025Q1}]}
""" + FACT.replace(
        "{comparison}",
        "{for_each: [IN01, IN03], value: {change: both, policy: {each: 1}, future: fear}, above: 0}",
    )
    text += "      - {value: {mean: both, policy: shown_half}, above: 0}\n"
    found = load_expectations(written(text))
    policy = found.scenarios["shown_half"]
    assert policy.quarters == 20
    assert policy.adopted is True
    assert (
        policy.paths["partner_leaders_at_summits"][0].to
        == policy.paths["partner_officials_at_ministerials"][0].to
        == 0.5
    )
    assert policy.paths["defence_guarantee"][0].start == 6
    assert [event.actor for event in found.scenarios["fear"].events] == ["JPN", "KOR", "AUS", "NZL"]
    assert len(found.facts[0].comparisons) == 3
    assert "partner_leaders_at_summits_at_1" in found.scenarios
    assert "china_listed_as_challenge_at_1" in found.scenarios


COMPARISONS = [
    ("{value: {mean: polarization}, above: 0}", 7, "unknown outcome or variable 'polarization'", "'polarisation'"),
    ("{value: {average: O01}, above: 0}", 7, "unknown function 'average'", ""),
    ("{value: {mean: O99}, above: 0}", 7, "unknown outcome or variable 'O99'", ""),
    ("{value: {mean: threat_cn}, above: 0}", 7, "belongs to actors", "threat_cn.JPN"),
    ("{value: {mean: threat_cn.JAP}, above: 0}", 7, "unknown actor or group 'JAP'", ""),
    ("{value: {mean: agreed.liason_office_in_japan}, above: 0}", 7, "unknown instrument", "liaison_office_in_japan"),
    ("{value: {mean: O01, policy: lower_profil}, above: 0}", 7, "unknown scenario 'lower_profil'", "lower_profile"),
    ("{value: {mean: O01, policy: taiwan_crisis}, above: 0}", 7, "is a future", "under 'future'"),
    ("{value: {mean: O01, future: lower_profile}, above: 0}", 7, "is a policy", "under 'policy'"),
    ("{value: {mean: O01, policy: S20}, above: 0}", 7, "S20 is the id of", "name one of them"),
    ("{value: {mean: O01, under: W9}, above: 0}", 7, "unknown worldview 'W9'", ""),
    ("{value: {mean: O01}}", 7, "exactly one of: above, below, within", ""),
    ("{value: {mean: O01}, above: 0, below: 1}", 7, "exactly one of: above, below, within", ""),
    ("{value: {mean: O01}, within: [1, 0]}", 7, "two numbers in order", ""),
    ("{value: {mean: O01}, over: 0}", 7, "unknown key 'over'", ""),
    ("{value: {mean: O01, final: O01}, above: 0}", 7, "expected one function, got mean and final", ""),
    ("{value: {first_year: O01}, above: 0}", 7, "not for outcomes", ""),
    ("{value: {worst: tension}, above: 0}", 7, "not for variables", ""),
    ("{value: {final: position.security.JPN}, above: 0}", 7, "only the mean", ""),
    ("{value: {change: O01}, above: 0}", 7, "compares a policy with itself", ""),
    ("{value: {change: O01, policy: stay_out, of: median}, above: 0}", 7, "unknown summary 'median'", ""),
    ("{value: {slope: O01, over: {stay_out: 1}}, above: 0}", 7, "two different levels or more", ""),
    ("{value: {slope: O01, over: {stay_out: 1, rhetoric_only: 1.0}}, above: 0}", 7, "two different levels or more", ""),
    ("{value: {change: O01, policy: CN01 at 1}, above: 0}", 7, "a move of others", "'narrative'"),
    ("{value: {passes: trade_as_leverage}, above: 0}", 7, "a move of others", "'trade_pressure'"),
    ("{value: {mean: level.RS01}, above: 0}", 7, "a move of others", "'hedge'"),
    ("{value: {share_of_runs: [{value: {mean: O01}, above: 0}], under: W3}, above: 0}", 7, "unknown key 'under'", ""),
    ("{value: {share_of_runs: [{value: {mean: O01}, above: 0, worldviews: [W2]}]}, above: 0}", 7,
     "unknown key 'worldviews'", ""),
    ("{value: {share_of_runs: [{value: {ratio: [{mean: O01}, {mean: O02}]}, above: 1}]}, above: 0}", 7,
     "a ratio is of two means", "run by run"),
    ("{value: {largest: [0, {sum: [1, {ratio: [{mean: O01}, {mean: O02}]}]}]}, above: 1}", 7,
     "a ratio is of two means", "run by run"),
    ("{value: {times: [{mean: O01}, 2]}, above: 0}", 7, "expected [number, side]", ""),
    ("{value: {difference: [1, 2, 3]}, above: 0}", 7, "expected a list of two, got 3", ""),
    ("{value: {correlation_of_positions: [security, trade]}, above: 0}", 7, "unknown domain 'trade'", ""),
    ("{value: {passes: IN99}, below: 0.1}", 7, "unknown instrument 'IN99'", ""),
    ("{value: '__import__(\"os\").getcwd()', above: 0}", 7, "expected a number or a function", ""),
    ("{value: {mean: '1 + 1'}, above: 0}", 7, "unknown outcome or variable", ""),
    ("{worldviews: [W1], value: {mean: O01}, above: 0}", 7, "asks under W1", "use 'under'"),
    ("{for_each: [IN01, IN99], value: {mean: O01, policy: {each: 1}}, above: 0}", 7, "unknown instrument 'IN99'", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "reason", "hint"), COMPARISONS)
def test_a_wrong_comparison_is_refused(
    written: Written, text: str, line: int, reason: str, hint: str
) -> None:
    path = written(FACT.replace("{comparison}", text))
    with pytest.raises(InputError) as caught:
        load_expectations(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("kind: direct", "kind: indirect", 4, "unknown kind 'indirect'"),
        ("worldviews: [W2]", "worldviews: [W7]", 5, "unknown worldview 'W7'"),
        ("worldviews: [W2]", "worldviews: [W2, pooled]", 5, "not of the pooled one"),
        ("worldviews: [W2]", "worldviews: [W2]\n    at: [A2.SP 99]", 6, "there is no paragraph A2.SP 99"),
        ("statement: something", "statements: something", 3, "unknown key 'statements'"),
        ("facts:\n", "policies: {mine: {policy: {IN99: 1}}}\nfacts:\n", 1, "unknown instrument 'IN99'"),
        ("facts:\n", "policies: {mine: {policy: {IN01: 2}}}\nfacts:\n", 1, "expected a level from 0 to 1"),
        (
            "facts:\n",
            "policies: {stay_out: {policy: {IN01: 1}}}\nfacts:\n",
            1,
            "the name of another scenario",
        ),
        ("facts:\n", "variables: {mine: [threat_cn.NOBODY]}\nfacts:\n", 1, "unknown actor or group 'NOBODY'"),
        ("facts:\n", "policies: {mine: {policy: {CN01: 1}}}\nfacts:\n", 1, "a move of others"),
        ("facts:\n", "dials: {mine: [IN99]}\nfacts:\n", 1, "unknown instrument 'IN99'"),
        ("facts:\n", "dials: {mine: []}\nfacts:\n", 1, "expected a list of instruments"),
        ("facts:\n", "futures: {mine: {policy: {IN01: 1}}}\nfacts:\n", 1, "unknown key 'policy'"),
        ("facts:\n", "futures: {mine: {events: []}}\nfacts:\n", 1, "mine"),
        ("holds_if", "known_failures: {W3: so}\n    holds_if", 6, "names W3, which the fact does not"),
    ],
)
def test_a_wrong_list_is_refused(written: Written, before: str, after: str, line: int, reason: str) -> None:
    text = FACT.replace("{comparison}", "{value: {mean: O01}, above: 0}")
    assert before in text
    path = written(text.replace(before, after, 1))
    with pytest.raises(InputError) as caught:
        load_expectations(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)


def test_a_fact_asks_something_under_each_of_its_worldviews(written: Written) -> None:
    text = FACT.replace("[W2]", "[W2, W3]").replace(
        "{comparison}", "{value: {mean: O01}, above: 0, worldviews: [W2]}"
    )
    with pytest.raises(InputError, match="asks nothing under W3"):
        load_expectations(written(text))


def test_means_over_different_quarters_are_not_compared(written: Written) -> None:
    short = "policies: {short: {quarters: 8}, other: {quarters: 8, policy: {IN01: 1}}}\n" + FACT
    for side in ("{change: O01, policy: short}", "{slope: O01, over: {short: 0, course_of_2024: 1}}"):
        with pytest.raises(InputError, match="different quarters"):
            load_expectations(written(short.replace("{comparison}", f"{{value: {side}, above: 0}}")))
    alike = "{value: {change: O01, policy: short, against: other}, above: 0}"
    assert len(load_expectations(written(short.replace("{comparison}", alike))).facts) == 1


def test_a_file_does_not_take_the_place_of_another_scenario(written: Written, tmp_path: Path) -> None:
    (tmp_path / "course_of_2024.yaml").write_text("title: Mine\npolicy: {IN01: 1}\n", encoding="utf-8")
    with pytest.raises(InputError, match="rename the file"):
        comparison(written, "{value: {mean: O01, policy: ./course_of_2024.yaml}, above: 0}")
    with pytest.raises(InputError, match="rename the file"):
        load_signs(
            written("signs: [{scenario: ./course_of_2024.yaml, outcome: O01, worldview: W2, sign: '+'}]\n")
        )
    (tmp_path / "shown.yaml").write_text("title: Mine\npolicy: {IN01: 1}\n", encoding="utf-8")
    found = load_signs(written("signs: [{scenario: shown.yaml, outcome: O01, worldview: W2, sign: '+'}]\n"))
    assert found.cells[0].scenario == "shown"


def test_a_fact_given_twice_is_refused(written: Written) -> None:
    text = FACT.replace("{comparison}", "{value: {mean: O01}, above: 0}")
    with pytest.raises(InputError, match="id 'A1' is given twice"):
        load_expectations(written(text + text.removeprefix("facts:\n")))


def test_a_readers_signs(written: Written) -> None:
    found = load_signs(
        written(SIGN.replace("{cell}", "{scenario: S34, outcome: O01, worldview: restraint, sign: 0}"))
    )
    assert not found.is_coded_twice
    assert [(one.scenario, one.outcome, one.worldview, one.second) for one in found.cells] == [
        ("lower_profile", "perceived_encirclement", "W2", -1), ("stay_out", "deterrence_in_asia", "W2", 0),
    ]  # fmt: skip
    assert {"lower_profile", "stay_out", "course_of_2024", "as_expected"} <= set(found.scenarios)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("{scenario: stay_out, outcome: O05, worldview: W2, sign: up}", "one of '-', '0', '+', '?'"),
        ("{scenario: stay_out, outcome: O05, worldview: W2, sign: 1}", "got 1"),
        ("{scenario: stay_out, outcome: O05, worldview: W2, sign: false}", "got false"),
        (
            "{scenario: stay_out, outcome: O05, worldview: W2}",
            "expected either 'sign', or 'first' and 'second'",
        ),
        ("{scenario: stay_uot, outcome: O05, worldview: W2, sign: '-'}", "unknown scenario 'stay_uot'"),
        ("{scenario: S80, outcome: O05, worldview: W2, sign: '-'}", "S80 is the id of"),
        ("{scenario: stay_out, outcome: O98, worldview: W2, sign: '-'}", "unknown outcome 'O98'"),
        ("{scenario: stay_out, outcome: O05, worldview: W5, sign: '-'}", "unknown worldview 'W5'"),
        ("{scenario: stay_out, outcome: O05, worldview: W2, sine: '-'}", "unknown key 'sine'"),
        ("{scenario: stay_out, outcome: O05, worldview: pooled, sign: '-'}", "not of the pooled one"),
        (
            "{scenario: course_of_2024, outcome: O05, worldview: W2, sign: '-'}",
            "what scenarios are compared with",
        ),
        ("{scenario: CN01 at 1, outcome: O05, worldview: W2, sign: '-'}", "a move of others"),
        (
            "{scenario: S30, outcome: perceived_encirclement, worldview: W2, sign: '+'}",
            "given twice (first on line 2)",
        ),
        (
            "{scenario: stay_out, outcome: O05, worldview: W2, sign: '-', confidence: sure}",
            "unknown confidence 'sure'",
        ),
    ],
)
def test_a_wrong_sign_is_refused(written: Written, cell: str, reason: str) -> None:
    path = written(SIGN.replace("{cell}", cell))
    with pytest.raises(InputError) as caught:
        load_signs(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert reason in str(caught.value)


def test_the_examples_of_the_guide_are_read(written: Written) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "validate.md").read_text(
        encoding="utf-8"
    )
    signs, facts = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(load_signs(written(signs)).cells) == 3
    (fact,) = load_expectations(written(facts)).facts
    assert len(fact.comparisons) == 3


def test_the_guide_names_every_function() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "validate.md").read_text(
        encoding="utf-8"
    )
    assert [name for name in OPTIONS if f"`{name}`" not in page] == []
