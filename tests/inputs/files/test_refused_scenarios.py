"""Every way to get a scenario file wrong that we know of: one message, with line, what was expected, what was meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.inputs.documents import InputError
from sim.inputs.scenario import load_scenario

Refusal = Callable[[str | bytes], str]
Write = Callable[..., Path]

# In the one line of a policy: the line, what is said to be wrong, and what was probably meant.
POLICY = [
    ("IN08: {too: 1}", "unknown key 'too'; expected one of: from, over, to", "did you mean 'to'?"),
    ("liason_office_in_japan: 1", "unknown instrument", "did you mean 'liaison_office_in_japan'?"),
    ("IN99: 1", "unknown instrument 'IN99'", ""),
    ("in08: 1", "unknown instrument 'in08'", "did you mean 'IN08'?"),
    ("RS01: 1", "'issue_by_issue_hedging' is no lever, and what it describes (own_mix) no variable", "use an event"),
    ("IN08: 1.2", "policy.IN08: expected a level from 0 to 1, got 1.2", ""),
    ("IN08: -0.1", "policy.IN08: expected a level from 0 to 1, got -0.1", ""),
    ("IN08: 30", "expected a level from 0 to 1, got 30", "did you mean 0.3?"),
    ("IN08: 30%", "expected a level from 0 to 1, got text '30%'", "did you mean 0.3?"),
    ("IN08: 0.5 %", "got text '0.5 %'", "did you mean 0.005?"),
    ("IN08: '0,3'", "got text '0,3'", "did you mean 0.3?"),
    ("IN08: high", "expected a level from 0 to 1, got text 'high'", ""),
    ("IN08: true", "expected a level from 0 to 1, got true", ""),
    ("IN08:", "expected a level from 0 to 1, got nothing", ""),
    ("IN08: .nan", "'.nan' is not a finite number", ""),
    ("IN08: {from: 2025Q1}", "missing key 'to'", ""),
    ("IN08: []", "expected at least one step, got an empty list", ""),
    ("IN08: [0.5]", "policy.IN08.1: expected keys and values", ""),
    (
        "IN08: {to: 1, over: 0}",
        "policy.IN08.over: expected a whole number of quarters, 1 (at once) to 400, got 0", "",
    ),
    ("IN08: {to: 1, over: 1.5}", "expected a whole number of quarters", "got 1.5"),
    ("IN08: {to: 1, over: 2 years}", "expected a whole number of quarters", "got text '2 years'"),
    (
        "IN08: {to: 1, from: 2026q1}",
        "policy.IN08.from: expected a quarter such as 2026Q1, got '2026q1'", "did you mean 2026Q1?",
    ),
    ("IN08: {to: 1, from: 2026}", "expected a quarter such as 2026Q1, got '2026'", "did you mean 2026Q1?"),
    ("IN08: {to: 1, from: 2040Q1}", "2040Q1 lies outside the run", "expected a quarter from 2024Q3 to 2034Q2"),
    ("IN08: {to: 1, from: 2024Q2}", "2024Q2 lies outside the run", ""),
]  # fmt: skip

# In the one event of a future.
EVENT = [
    ("{what: taiwan_crisis, from: 2029-07-01}", "events.1.from: expected a quarter", "did you mean 2029Q3?"),
    ("{what: taiwan_crisis, from: 2035Q1}", "events.1.from: 2035Q1 lies outside the run", ""),
    ("{what: taiwan_crisis, from: 2029Q3, until: 2035Q1}", "events.1.until: 2035Q1 lies outside the run", ""),
    ("{what: taiwan_crisis, from: 2029Q3, until: }", "events.1.until: expected a quarter", "got nothing"),
    ("{what: taiwan_crisis}", "missing key 'from'", ""),
    ("{what: taiwan_crysis, from: 2029Q3}", "unknown event 'taiwan_crysis'", "did you mean 'taiwan_crisis'?"),
    ("{what: taiwan_crisis, form: 2029Q3}", "unknown key 'form'", "did you mean 'from'?"),
    ("taiwan_crisis", "events.1: expected an event such as {what: taiwan_crisis, from: 2029Q3}", ""),
    ("{}", "unknown kind of event ''; expected one of: variable, what", ""),
    ("{variables: us_agenda, add: 1, from: 2029Q3}", "unknown kind of event 'variables'", "did you mean 'variable'?"),
    ("{variable: us_agendum, add: 1, from: 2029Q3}", "unknown variable 'us_agendum'", "did you mean 'us_agenda'?"),
    ("{variable: us_agenda, from: 2029Q3}", "expected either 'add' or 'set', got neither", ""),
    ("{variable: us_agenda, add: 1, set: 1, from: 2029Q3}", "expected either 'add' or 'set', got both", ""),
    ("{variable: us_agenda, add: 1.5, from: 2029Q3}", "events.1.add: expected a number from -1 to 1, got 1.5", ""),
    ("{variable: us_agenda, set: -0.1, from: 2029Q3}", "events.1.set: expected a number from 0 to 1, got -0.1", ""),
    ("{variable: us_agenda, add: little, from: 2029Q3}", "expected a number from -1 to 1, got text 'little'", ""),
    ("{variable: growth, add: 1000, from: 2029Q3}", "expected a number from -100 to 100, got 1000", ""),
    ("{variable: posture_security, set: 5, from: 2029Q3}", "expected a number from 0 to 4, got 5", ""),
    (
        "{what: us_disengagement, from: 2029Q3, size: big}",
        "events.1.size: expected a multiplier from -5 to 5, not 0", "",
    ),
    ("{what: us_disengagement, from: 2029Q3, size: 0}", "expected a multiplier from -5 to 5, not 0, got 0", ""),
    ("{what: taiwan_crisis, from: 2029Q3, size: 2}", "'taiwan_crisis' sets a variable and has no size", ""),
    ("{variable: mood, actor: JPM, add: 0.1, from: 2029Q3}", "unknown actor 'JPM'", "did you mean 'JPN'?"),
    ("{variable: mood, actor: japon, add: 0.1, from: 2029Q3}", "unknown actor 'japon'", "did you mean 'japan'?"),
    (
        "{variable: us_agenda, actor: JPN, add: 0.1, from: 2029Q3}",
        "'us_agenda' is shared by everyone; leave actor out", "",
    ),
    ("{what: taiwan_crisis, actor: JPN, from: 2029Q3}", "'taiwan_crisis' concerns everyone at once", ""),
]  # fmt: skip

# Whole files, and the line that is named.
WHOLE = [
    ("title: x\npolcy: {}\n", 2, "unknown key 'polcy'", "did you mean 'policy'?"),
    ("title: x\npolicy: {}\nsetings: {}\n", 3, "unknown key 'setings'", "did you mean 'settings'?"),
    (
        "title: x\npolicy: {}\nsettings: {strickt: true}\n", 3,
        "unknown key 'strickt'", "did you mean 'strict'? (in settings)",
    ),
    ("policy: {}\n", 1, "missing key 'title'", ""),
    ("policy: {}\ntitl: x\n", 2, "unknown key 'titl'", "did you mean 'title'?"),
    ("title: x\npolicy: {}\npolicy: {}\n", 3, "key 'policy' is written twice (first on line 2)", ""),
    ("title: x\npolicy:\n", 2, "policy: expected keys and values, got nothing", ""),
    ("title: x\nevents:\n", 2, "events: expected a list, got nothing", ""),
    ("title: x\nevents: {what: taiwan_crisis}\n", 2, "events: expected a list, got keys and values", ""),
    (
        "title: x\npolicy:\n  IN08: 1\n  liaison_office_in_japan: 0\n", 4,
        "'liaison_office_in_japan' and 'IN08' are the same instrument", "",
    ),
    (
        "title: x\npolicy:\n  IN15: 0.9\n  IN50: 0.5\n", 3,
        "'public_discretion' and 'summit_publicity' exclude each other", "(0.05 and 0.85)",
    ),
    ("title: x\npolicy:\n  IN08:\n    to: 3\n", 4, "policy.IN08.to: expected a level from 0 to 1, got 3", ""),
    (
        "title: x\npolicy:\n  IN08:\n  - {to: 1, from: 2025Q1, over: 4}\n  - {to: 0, from: 2025Q3}\n", 5,
        "step 2 starts before step 1 has reached its level", "expected 2026Q1 or later",
    ),
    ("title: x\ntrend: 10\n", 2, "trend: expected a level from 0 to 1, got 10", "did you mean 0.1?"),
    (
        "title: x\nevents:\n- what: taiwan_crisis\n  from: 2029Q3\n  until: 2029Q3\n", 5,
        "events.1.until: expected a quarter after 2029Q3", "",
    ),
    (
        "title: x\nstart: 2024\npolicy: {}\n", 2,
        "start: expected a quarter such as 2026Q1, got '2024'", "did you mean 2024Q1?",
    ),
    ("title: x\nquarters: 0\npolicy: {}\n", 2, "quarters: expected a number of at least 1, got 0", ""),
    ("title: x\nquarters: 4000\npolicy: {}\n", 2, "quarters: expected a number of at most 400, got 4000", ""),
    ("title: x\nquarters: 40.0\npolicy: {}\n", 2, "quarters: expected a whole number, got 40", ""),
    (
        "title: x\nevents:\n- {variable: mood, actor: JPN, set: 1, from: 2029Q3}\n"
        "- {variable: mood, set: 0, from: 2030Q1}\n", 4,
        "'mood' and 'mood' both set 'mood' at the same time", "keep one",
    ),
    ("title: x\nadopted: [IN14, INO8]\n", 2, "unknown instrument 'INO8'", "did you mean 'IN08'?"),
    ("title: x\nadopted: [summit_publicity]\n", 2, "'summit_publicity' needs no vote; leave it out", ""),
    ("title: x\nadopted: some\n", 2, "adopted: expected true or false or a list, got text 'some'", ""),
    (
        "title: x\nbased_on: course_of_2042\n", 2,
        "unknown scenario 'course_of_2042'", "did you mean 'course_of_2024'?",
    ),
    ("title: x\nbased_on: mine.yaml\npolicy: {}\n", 2, "based_on goes in a circle: mine → mine.yaml", ""),
    ("title: x\nbased_on: absent.yaml\npolicy: {}\n", 2, "based_on: no such file", "(chain: mine → absent.yaml)"),
    ("title: x\nbased_on: ../other.yaml\npolicy: {}\n", 2, "climbs out with '..'", ""),
    ("title: x\nbased_on: /etc/passwd\npolicy: {}\n", 2, "is an absolute path", ""),
    ("title: x\nbased_on: ~/other.yaml\npolicy: {}\n", 2, "starts at a home folder", ""),
    ("title: x\nbased_on: [a, b]\npolicy: {}\n", 2, "based_on: expected text, got a list", ""),
    ("title: x\n", 1, "says nothing: expected 'policy' (levels of instruments) or 'events' (a future)", ""),
    ("title: x\nbased_on: course_of_2024\n", 1, "says nothing", ""),
    ("title: x\nsettings: {strict: true}\n", 1, "says nothing", ""),
    ("", 1, "is empty; expected keys and values", ""),
    ("# a remark\n", 1, "is empty", ""),
    ("- title\n", 1, "expected keys and values ('key: value'), got a list", ""),
    ("only text\n", 1, "expected keys and values ('key: value'), got 'only text'", ""),
    ("title: [x\n", None, "is not valid YAML", ""),
    ("title: x\npolicy: {IN08: 1\n", None, "is not valid YAML", ""),
    (b"\x89PNG\r\n\x00\x00", None, "is a binary file; expected YAML text", ""),
    ("title: !!python/name:os.system x\n", 1, "uses a tag", ""),
    ("title: &a x\npolicy: {IN08: *a}\n", 1, "uses an anchor or alias", ""),
]  # fmt: skip

REFUSED = [(f"title: x\npolicy:\n  {text}\n", 3, wrong, meant) for text, wrong, meant in POLICY]
REFUSED += [(f"title: x\nevents:\n- {text}\n", 3, wrong, meant) for text, wrong, meant in EVENT]
REFUSED += WHOLE


@pytest.mark.parametrize(("text", "line", "wrong", "meant"), REFUSED)
def test_one_message_with_line_what_was_expected_and_what_was_meant(
    refusal: Refusal, text: str | bytes, line: int | None, wrong: str, meant: str
) -> None:
    message = refusal(text)
    assert message.startswith("mine.yaml:" if line is None else f"mine.yaml:{line}: ")
    assert wrong in message
    assert meant in message
    assert "Traceback" not in message
    assert len(message) < 1000


def test_a_circle_and_a_missing_parent_name_the_whole_chain(written: Write, seeds: Any) -> None:
    written("title: a\nbased_on: b.yaml\npolicy: {}\n", "a.yaml")
    written("title: b\npolicy: {}\nbased_on: c.yaml\n", "b.yaml")
    written("title: c\npolicy: {}\n\nbased_on: a.yaml\n", "c.yaml")
    with pytest.raises(InputError, match=r"c\.yaml:4: based_on goes in a circle: a → b → c → a\.yaml"):
        load_scenario(written("title: a\nbased_on: b.yaml\npolicy: {}\n", "a.yaml"), seeds)
    written("title: c\npolicy: {}\nbased_on: gone\n", "c.yaml")
    with pytest.raises(
        InputError, match=r"c\.yaml:3: based_on: unknown scenario 'gone'.*\(chain: a → b → c → gone\)"
    ):
        load_scenario(written("title: a\nbased_on: b.yaml\npolicy: {}\n", "a.yaml"), seeds)


def test_a_fault_in_a_parent_is_told_with_the_parent_s_file_and_line(written: Write, seeds: Any) -> None:
    written("title: a\npolicy:\n  IN08: 7\n", "a.yaml")
    with pytest.raises(InputError, match=r"a\.yaml:3: policy\.IN08: expected a level"):
        load_scenario(written("title: b\nbased_on: a.yaml\ntrend: 0\n", "b.yaml"), seeds)


def test_a_parent_that_is_a_link_out_of_the_folder_is_refused(
    written: Write, seeds: Any, tmp_path: Path
) -> None:
    written("title: secret\npolicy: {}\n", "secret.yaml")
    path = written("title: b\nbased_on: a.yaml\npolicy: {}\n", "mine/b.yaml")
    (tmp_path / "mine" / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(InputError, match=r"b\.yaml:2: based_on: 'a\.yaml' is a link that leads out"):
        load_scenario(path, seeds)


def test_names_of_files_and_slugs(written: Write, seeds: Any, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"unknown scenario 'lower_profil'; .*did you mean 'lower_profile'\?"
    ):
        load_scenario("lower_profil", seeds)
    with pytest.raises(InputError, match=r"absent\.yaml: no such file"):
        load_scenario(tmp_path / "absent.yaml", seeds)
    with pytest.raises(InputError, match="no such file; did you mean the shipped 'lower_profile'"):
        load_scenario("scenarios/lower_profile.yaml", seeds)
    with pytest.raises(InputError, match="is a folder; expected a YAML file"):
        load_scenario(tmp_path, seeds)
    with pytest.raises(InputError, match="'a b' cannot be a name in results"):
        load_scenario(written("title: x\npolicy: {}\n", "a b.yaml"), seeds)


def test_too_many_events_are_refused(refusal: Refusal) -> None:
    events = "- {what: taiwan_crisis, from: 2029Q3}\n" * 501
    assert "mine.yaml:2: events: " in refusal(f"title: x\nevents:\n{events}")
