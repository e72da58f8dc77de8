"""Golden summaries of reference scenarios, digit by digit; whoever changes them has said so in the changelog (C5)."""

from __future__ import annotations

from tests.golden.summaries import CHANGELOG, digest, recorded, summaries


def test_golden_summaries_have_not_moved() -> None:
    """If a change is meant, `python -m tests.golden "why"` writes them anew."""
    expected, found = recorded(), summaries()
    moved = {key: (expected.get(key), value) for key, value in found.items() if expected.get(key) != value}
    assert not moved, f"{len(moved)} of {len(found)} moved, such as {dict(list(moved.items())[:3])}"
    assert len(expected) == len(found) > 3_000


def test_the_digest_of_the_summaries_on_file_is_in_the_changelog() -> None:
    """Digits changed by hand, or without a line under "Results changed", are found out."""
    changed = CHANGELOG.read_text(encoding="utf-8").split("### Results changed", 1)[1]
    assert f"golden summaries {digest(recorded())})" in " ".join(changed.split())
