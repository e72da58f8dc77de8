"""Golden summaries of reference scenarios, digit by digit; whoever changes them has said so in the changelog (C5)."""

from __future__ import annotations

from tests.golden.summaries import CHANGELOG, recorded, summaries


def test_golden_summaries_have_not_moved() -> None:
    """If a change is meant, `python -m tests.golden "why"` writes them anew."""
    _, expected = recorded()
    found = summaries()
    moved = {key: (expected.get(key), value) for key, value in found.items() if expected.get(key) != value}
    assert not moved, f"{len(moved)} of {len(found)} moved, such as {dict(list(moved.items())[:3])}"
    assert len(expected) == len(found) > 3_000


def test_the_reason_of_the_last_change_is_in_the_changelog() -> None:
    reason, _ = recorded()
    _, changed = CHANGELOG.read_text(encoding="utf-8").split("### Results changed", 1)
    assert len(reason.split()) >= 4
    assert reason in " ".join(changed.split())
