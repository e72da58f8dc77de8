"""What README and guides show works: their Python runs, their commands and scenario are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language on a page."""
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(), re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_runs(page: Path) -> None:
    """The Python blocks of a page run one after the other in one namespace."""
    namespace: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec"), namespace)  # noqa: S102 - our own page


def test_the_readmes_commands_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its scenario is written to a file, and every `sim` command of the README is run on it (with few members)."""
    from sim.cli import main

    monkeypatch.chdir(tmp_path)
    (scenario,) = [
        block for block in blocks(ROOT / "README.md", "yaml") if block.startswith("# quiet_office.yaml")
    ]
    (tmp_path / "quiet_office.yaml").write_text(scenario)
    commands = re.findall(r"^\.venv/bin/sim ([^#\n]+)", "\n".join(blocks(ROOT / "README.md", "sh")), re.M)
    assert len(commands) >= 5
    for command in commands:
        words = command.split()
        if words[0] in ("run", "compare"):
            words += ["--members", "2", "--no-figures"]
        outcome = CliRunner().invoke(main, words)
        assert outcome.exit_code == 0, (command, outcome.output)


def test_the_two_make_commands_exist() -> None:
    """`make run` and `make test` are what the README promises."""
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert {"run", "test"} <= set(targets)
    assert re.findall(r"^make (\w+)", blocks(ROOT / "README.md", "sh")[0], re.M) == ["run", "test"]


def test_links_lead_somewhere() -> None:
    """Relative links of every page of prose lead to a file or folder."""
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "seeds" / "README.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
