"""`sim list`, `sim evidence`, `sim plot`, `sim --help`: looking at what is there, quickly."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sim.cli import KINDS_OF_FIGURES, KINDS_OF_LISTS, main
from sim.inputs.documents import InputError
from sim.inputs.evidence import load_seeds
from sim.views.evidence import pages, print_pages
from sim.views.figures import KINDS
from sim.views.listing import TABLES
from sim.views.rule_index import rules_of_mechanism, users_of_name
from tests.synthetic import write_result

HEAVY = ("numba", "pandas", "matplotlib", "mesa", "pyarrow", "scipy", "networkx")


def sim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list"], ["list", "scenarios"], ["run", "--help"]]
)
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, sim.cli\n"
        f"try:\n    sim.cli.main({arguments!r})\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stderr.strip() == "[]"
    assert finished.stdout


def test_help_answers_at_once() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "sim.cli", "--help"], check=True, capture_output=True)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(4)) < 0.5


def test_help_lists_the_verbs_and_says_what_it_is_not() -> None:
    text = sim("--help").output
    for verb in ("run", "compare", "plot", "list", "evidence"):
        assert f"\n  {verb} " in text
    assert "does not forecast" in " ".join(text.split())


def test_every_option_says_what_it_does() -> None:
    for name, command in main.commands.items():
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.opts[0]}"


def test_choices_of_the_command_are_those_of_the_views() -> None:
    assert tuple(TABLES) == KINDS_OF_LISTS
    assert KINDS_OF_FIGURES == KINDS


@pytest.mark.parametrize("kind", KINDS_OF_LISTS)
def test_lists_are_tab_separated_lines_in_a_pipe(kind: str) -> None:
    printed = sim("list", kind)
    assert printed.exit_code == 0, printed.output
    rows = [line.split("\t") for line in printed.stdout.splitlines()]
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    assert all(row[0] and row[0] == row[0].strip() for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_lists_know_the_shipped_things() -> None:
    assert "lower_profile\tS30\t" in sim("list", "scenarios").stdout
    assert "profile_comparison\t" in sim("list", "experiments").stdout
    assert len(sim("list", "instruments").stdout.splitlines()) == len(load_seeds().instruments)


def test_a_reader_who_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m sim.cli list instruments | head -n 1"
    finished = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True)
    assert finished.stderr == ""
    assert len(finished.stdout.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["list", "scenario"], ["list", "nothing"], ["evidence"], ["plot"]])
def test_unknown_words_exit_with_status_2(arguments: list[str]) -> None:
    printed = sim(*arguments)
    assert printed.exit_code == 2
    assert printed.stderr


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("IN01", ["partner_leaders_at_summits", "visibility", "A2.I 3", "Pedigree"]),
        ("partner_leaders_at_summits", ["(IN01)"]),
        (
            "M01",
            ["encirclement_perception", "rules.beijing.encirclement_by_presence", "A1.B 4", "Global Times"],
        ),
        ("JPN", ["japan", "threat_cn", "IP4"]),
        ("japan.threat_cn", ["A2.SP 6", "coded", "W1"]),
        ("threat_cn", ["PHL", "VNM"]),
        ("bloc_link", ["parameter, logit points", "phases.perceive", "assumed"]),
        ("deterrence_in_asia", ["O01", "Better for whom", "beijing"]),
        ("W2", ["(W2)", "A2 (Droin, Grieco, Jacob)", "Apply M57 and M58"]),
        ("beijing", ["What it wants"]),
        ("A1.1c", ["Global Times", "A1.B 1", "bears on"]),
        ("tension", ["Level in mid-2024"]),
    ],
)
def test_evidence_shows_where_a_number_comes_from(name: str, parts: list[str]) -> None:
    printed = sim("evidence", name)
    assert printed.exit_code == 0, printed.output
    for part in parts:
        assert part in printed.stdout, part
    assert all(line == line.rstrip() for line in printed.stdout.splitlines())


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("partner_leader_at_summits", "partner_leaders_at_summits"),
        ("japan.treat_cn", "japan.threat_cn"),
        ("qqqqqqqq", "sim list"),
    ],
)
def test_unknown_evidence_names_the_nearest(name: str, nearest: str) -> None:
    printed = sim("evidence", name)
    assert printed.exit_code == 2
    assert nearest in printed.stderr
    assert printed.stdout == ""


def test_everything_in_the_seeds_has_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    seeds = load_seeds()
    names = [
        one.id
        for kind in (seeds.instruments, seeds.mechanisms, seeds.outcomes, seeds.worldviews)
        for one in kind
    ]
    names += [actor.slug for actor in seeds.actors] + [one.slug for one in seeds.perspectives]
    names += [*seeds.parameters, *seeds.world_names]
    for name in names:
        found = pages(name, seeds)
        assert found, name
        print_pages(found[:1])
    assert capsys.readouterr().out


def test_a_rule_is_found_by_its_mechanism_and_a_constant_by_its_users() -> None:
    assert rules_of_mechanism("M01") == ["rules.beijing.encirclement_by_presence"]
    assert any(user.startswith("phases.") for user in users_of_name("bloc_link"))
    assert users_of_name("no_such_thing") == []


def test_unknown_attribute_of_a_known_actor() -> None:
    with pytest.raises(InputError, match="japan"):
        pages("japan.height", load_seeds())


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_result(tmp_path_factory.mktemp("results") / "made_up", members=3).folder
    assert folder is not None
    return folder


def test_plot_draws_what_is_asked_for(made_up: Path) -> None:
    printed = sim("plot", made_up, "--kind", "distributions", "--outcome", "growth.final", "--by", "worldview",
                  "--format", "svg")  # fmt: skip
    assert printed.exit_code == 0, printed.output
    assert printed.stdout.split() == [str(made_up / "figures" / "distribution-growth.final-by-worldview.svg")]
    assert "final" in (made_up / "figures" / "distribution-growth.final-by-worldview.svg").read_text()


def test_plot_positions_of_a_policy(made_up: Path) -> None:
    printed = sim("plot", made_up, "--kind", "positions", "--policy", "stay_out")
    assert printed.stdout.split() == [str(made_up / "figures" / "positions-stay_out.png")]


def test_plot_finds_a_result_by_name(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (made_up.parent.parent / "results").mkdir(exist_ok=True)
    link = made_up.parent.parent / "results" / "by_name"
    link.symlink_to(made_up)
    monkeypatch.chdir(made_up.parent.parent)
    assert sim("plot", "by_name", "--kind", "differences").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--outcome", "grwth"], "growth"),
        (["--policy", "stay_in"], "stay_out"),
        (["--perspective", "nata"], "nato"),
        (["--kind", "pies"], "pies"),
        (["--by", "moon"], "moon"),
    ],
)
def test_plot_refuses_what_the_result_does_not_have(
    made_up: Path, arguments: list[str], message: str
) -> None:
    printed = sim("plot", made_up, *arguments)
    assert printed.exit_code == 2
    assert message in printed.stderr


def test_plot_refuses_what_is_no_result(tmp_path: Path) -> None:
    printed = sim("plot", tmp_path)
    assert printed.exit_code == 2
    assert "manifest.json" in printed.stderr
    assert sim("plot", tmp_path / "nowhere").exit_code == 2


def test_plot_refuses_a_damaged_result(tmp_path: Path) -> None:
    folder = write_result(tmp_path / "damaged", members=1).folder
    assert folder is not None
    (folder / "outcomes.parquet").write_bytes(b"PAR1")
    printed = sim("plot", folder)
    assert printed.exit_code == 2
    assert "outcomes.parquet" in printed.stderr
