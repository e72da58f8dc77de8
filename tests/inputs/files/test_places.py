"""Names and outputs cannot leave their root."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.inputs.places import OutsideRoot, inside, scenarios_folder, seeds_folder


def test_the_folders_of_a_checkout_are_found() -> None:
    assert (seeds_folder() / "events.yaml").is_file()
    assert (scenarios_folder() / "README.md").is_file()


def test_a_plain_name_stays_under_its_root(tmp_path: Path) -> None:
    assert inside(tmp_path, "a.yaml") == tmp_path.resolve() / "a.yaml"
    assert inside(tmp_path, "sub/b.yaml") == tmp_path.resolve() / "sub" / "b.yaml"
    assert inside(tmp_path, "a..b.yaml").name == "a..b.yaml"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../a.yaml", "climbs out"), ("sub/../../a.yaml", "climbs out"), ("sub/..", "climbs out"), ("..", "climbs out"),
        ("..\\a.yaml", "climbs out"), ("/etc/passwd", "absolute path"), ("\\\\server\\a", "absolute path"),
        ("C:\\a.yaml", "absolute path"), ("c:/a.yaml", "absolute path"), ("~/a.yaml", "home folder"),
        ("~root/a.yaml", "home folder"), ("", "empty name"), (" ", "empty name"), ("a\0b", "no file name holds"),
        ("a\nb", "no file name holds"), ("x" * 300, "longer than a file name"),
    ],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(OutsideRoot, match=words):
        inside(tmp_path, name)


def test_a_link_that_leads_out_is_refused_and_one_that_stays_is_not(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "real.yaml").write_text("a: 1")
    (tmp_path / "secret.yaml").write_text("a: 1")
    (root / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "folder").symlink_to(tmp_path)
    (root / "within.yaml").symlink_to(root / "real.yaml")
    assert inside(root, "within.yaml").read_text() == "a: 1"
    for name in ("out.yaml", "folder/secret.yaml"):
        with pytest.raises(OutsideRoot, match="leads out"):
            inside(root, name)


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutsideRoot, match="leads nowhere"):
        inside(tmp_path, "a/x.yaml")
