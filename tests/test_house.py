"""The house stands: imports, sizes, forbidden constructs, pins and the commands our pages name."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
THEORY = ROOT / "sim" / "theory"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Folders that hold no source of ours, here or in a clone.
_NOT_OURS = {".git", ".venv", "results", "build", "dist", "htmlcov", "__pycache__", ".hypothesis",
             ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"}  # fmt: skip


def _files(folder: Path, pattern: str = "*") -> list[Path]:
    found = [path for path in folder.rglob(pattern) if path.is_file()]
    return sorted(path for path in found if not _NOT_OURS.intersection(path.relative_to(ROOT).parts))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PACKAGE_FILES = _files(ROOT / "sim", "*.py")
THEORY_FILES = _files(THEORY, "*.py")
PYTHON_FILES = _files(ROOT, "*.py")
PAGES = _files(ROOT, "*.md")


# ------------------------------------------------------------------------------------------ layers and layout


def test_import_contracts_hold() -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command, "import-linter is not installed: run `make setup`"
    finished = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_every_room_is_a_package() -> None:
    """A folder without `__init__.py` is invisible to import-linter: its contracts would hold of nothing."""
    rooms = {path.parent for path in PACKAGE_FILES}
    assert not [_named(room) for room in sorted(rooms) if not (room / "__init__.py").is_file()]


@pytest.mark.parametrize("path", THEORY_FILES, ids=_named)
def test_theory_imports_numpy_and_numba_alone(path: Path) -> None:
    reads_own_source = path.name == "compiled.py"  # the compile cache is keyed by the content of the theory
    touches_files = {"io", "os", "pathlib", "shutil", "tempfile"}
    for name in _imported(_tree(path)):
        top = name.partition(".")[0]
        if top == "sim":
            assert name.startswith("sim.theory"), f"{_named(path)} imports {name}"
        elif top not in {"numpy", "numba"}:
            assert top in sys.stdlib_module_names, f"{_named(path)} imports {name}"
            assert reads_own_source or top not in touches_files, f"{_named(path)} may not touch files"


def test_starting_up_imports_nothing_heavy() -> None:
    """`sim --help`, `sim list` and file checks answer at once: heavy libraries come when something needs them."""
    heavy = ["matplotlib", "mesa", "networkx", "numba", "pandas", "pyarrow", "scipy"]
    start = "import sys, sim.cli, sim.api, sim.inputs.check, sim.views.listing, sim.views.evidence"
    code = f"{start}; print(*sorted(set(sys.modules) & set({heavy})))"
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert finished.stdout.split() == []


@pytest.mark.parametrize("path", PYTHON_FILES, ids=_named)
def test_files_stay_short_and_say_what_they_are(path: Path) -> None:
    is_rule_file = THEORY / "rules" in path.parents
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (120 if is_rule_file else 400), f"{_named(path)} has {lines} lines: split it"
    assert ast.get_docstring(_tree(path)), f"{_named(path)} does not say what it is"


# --------------------------------------------------------------------------------------- forbidden constructs


@pytest.mark.parametrize("path", THEORY_FILES, ids=_named)
def test_theory_keeps_the_same_bits_everywhere(path: Path) -> None:
    """No fast mathematics, no sequential random numbers, no parallel loops, whose sums depend on threads."""
    for node in ast.walk(_tree(path)):
        where = f"{_named(path)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.keyword) and node.arg in {"fastmath", "parallel"}:
            assert isinstance(node.value, ast.Constant), f"{where}: {node.arg} must be plainly False"
            assert node.value.value is False, f"{where}: {node.arg}"
        if isinstance(node, ast.Attribute):
            is_numpy_random = node.attr == "random" and _text(node.value) in {"np", "numpy"}
            assert not is_numpy_random, f"{where}: numpy.random"
            assert node.attr != "prange", f"{where}: prange"
        if isinstance(node, ast.Name):
            assert node.id != "prange", f"{where}: prange"
    for name in _imported(_tree(path)):
        assert not name.startswith(("numpy.random", "random", "numba.prange")), (
            f"{_named(path)} imports {name}"
        )


_EVALUATORS = {"eval", "exec", "compile", "__import__", "breakpoint"}
_UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib",
                   "yaml", "code", "codeop", "runpy", "pty"}  # fmt: skip
_UNSAFE_METHODS = {"eval", "query", "read_pickle", "to_pickle", "unsafe_load", "full_load", "popen",
                   "getoutput", "getstatusoutput"}  # fmt: skip


@pytest.mark.parametrize("path", PACKAGE_FILES, ids=_named)
def test_nothing_evaluates_unpickles_or_shells_out(path: Path) -> None:
    """No file that a user hands us can make the package run code of its own."""
    tree = _tree(path)
    for name in _imported(tree):
        assert name.partition(".")[0] not in _UNSAFE_MODULES, f"{_named(path)} imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            fault = _unsafe_call(node)
            assert fault is None, f"{_named(path)}:{node.lineno}: {fault}"


def _unsafe_call(call: ast.Call) -> str | None:
    if isinstance(call.func, ast.Name) and call.func.id in _EVALUATORS:
        return f"{call.func.id}()"
    if isinstance(call.func, ast.Attribute):
        owner = _text(call.func.value)
        if call.func.attr in _UNSAFE_METHODS:
            return f"{owner}.{call.func.attr}() evaluates or unpickles"
        if owner == "os" and re.match(r"system|spawn|exec", call.func.attr):
            return f"os.{call.func.attr}()"
        if owner == "yaml" and call.func.attr.startswith("load"):
            return f"yaml.{call.func.attr}()"
    for keyword in call.keywords:
        is_false = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if keyword.arg in {"shell", "allow_pickle"} and not is_false:
            return f"{keyword.arg}="
        if (
            keyword.arg == "typ"
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value == "unsafe"
        ):
            return "the unsafe YAML loader"
    return None


@pytest.mark.parametrize(
    "line",
    [
        "__import__(name)",
        "eval(text)",
        "exec(text)",
        "frame.query(text)",
        "numpy.load(path, allow_pickle=True)",
        "os.popen(text)",
        "os.system(text)",
        "pandas.eval(text)",
        "pandas.read_pickle(path)",
        "subprocess.run(text, shell=True)",
        "yaml.load(text)",
        "YAML(typ='unsafe')",
    ],
)
def test_the_search_for_unsafe_calls_finds_them(line: str) -> None:
    call = ast.parse(line, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _unsafe_call(call)


def _imported(tree: ast.Module) -> Iterator[str]:
    """Full names of the modules a file imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _text(node: ast.expr) -> str:
    return ast.unparse(node)


# ------------------------------------------------------------------------------------- stands on its own feet


_TEXT_ENDINGS = {".cfg", ".csv", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml", ""}
# Written in two halves, so that this file does not match itself.
_MACHINE_PATHS = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "Users/", "/" + "opt/",
              "/" + "tmp/scratch", r"\.\./" + "shared", "file:" + "//", r"[A-Z]:\\" + "Users"])
)  # fmt: skip


def test_no_file_names_a_path_of_one_machine() -> None:
    found = []
    for path in _files(ROOT):
        if path.suffix not in _TEXT_ENDINGS or path.name == "LICENSE":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := _MACHINE_PATHS.search(line):
                found.append(f"{_named(path)}:{number}: {match[0]}")
    assert not found, "\n".join(found)


def test_every_dependency_is_pinned() -> None:
    pins = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            match = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][0-9a-z.]*)", line)
            assert match, f"constraints.txt: '{line}' is not a plain name==version"
            pins[canonicalize_name(match[1])] = match[2]
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        requirement = Requirement(text)
        version = pins.get(canonicalize_name(requirement.name))
        assert version, f"constraints.txt does not pin {requirement.name}"
        assert requirement.specifier.contains(version), f"{text} is not met by the pinned {version}"


def test_the_changelog_knows_this_version() -> None:
    headings = re.findall(
        r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert PROJECT["version"] in headings or headings[:1] == ["Unreleased"]


# ------------------------------------------------------------------------------------------- commands we name


def _commands(page: Path) -> list[str]:
    """Lines of the code blocks of a page that are marked as commands (sh, bash, shell, console)."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [re.sub(r"\s+#.*", "", line) for line in lines if line and not line.startswith("#")]


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)], ids=_named)
def test_commands_in_our_pages_exist(page: Path) -> None:
    cli = pytest.importorskip("sim.cli")
    for command in _commands(page):
        words = command.split()
        if words[0] == "make":
            unknown = {word for word in words[1:] if "=" not in word} - _make_targets()
            assert not unknown, f"{_named(page)}: `{command}`: the Makefile does not know {unknown}"
        elif words[0] in {"sim", ".venv/bin/sim"} and not words[1].startswith("-"):
            assert words[1] in cli.main.commands, f"{_named(page)}: `{command}`: no such command"
        for word in words[1:]:
            if re.match(r"(scenarios|seeds|docs|sim|tests)/", word):
                assert (ROOT / word).exists(), f"{_named(page)}: `{command}`: no {word}"


def test_make_knows_what_the_readme_promises() -> None:
    promised = {"setup", "run", "test", "check", "clean"}
    assert promised <= _make_targets()
    assert {"make run", "make test"} <= set(_commands(ROOT / "README.md"))


def test_ci_runs_the_tests_and_the_checks() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert re.findall(r"^make \w+$", script, re.MULTILINE) == ["make test", "make check"]
