"""Writes the golden summaries anew: `python -m tests.golden "what changed and why"`, with the reason put in the changelog.

Numbers that we publish do not change by accident: the summaries of a few reference scenarios stand in a file, a test
compares them digit by digit, and nobody but this script writes it.
"""

from __future__ import annotations

import sys
import textwrap

from tests.golden.summaries import CHANGELOG, GOLDEN, digest, recorded, summaries, written

WIDTH = 125
UNRELEASED, HEADING = "## [Unreleased]\n", "### Results changed\n\n"


def main(reason: str) -> None:
    """Write the summaries, and the reason with their digest under "Results changed" of what is not released yet."""
    found = summaries()
    if GOLDEN.exists() and recorded() == found:
        print("nothing has moved: the golden summaries stay as they are")
        return
    before, unreleased, after = sections(CHANGELOG.read_text(encoding="utf-8"))
    if HEADING not in unreleased:
        unreleased = f"{unreleased.rstrip()}\n\n{HEADING}"
    line = f"- {' '.join(reason.split())} (golden summaries {digest(found)})"
    line = textwrap.fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    CHANGELOG.write_text(
        before + unreleased.replace(HEADING, f"{HEADING}{line}\n", 1) + after, encoding="utf-8"
    )
    GOLDEN.write_text(written(found), encoding="utf-8")
    print(f"{len(found)} summaries written to {GOLDEN}")


def sections(changelog: str) -> tuple[str, str, str]:
    """What stands before the section of what is not released yet, the section, and what follows."""
    before, rest = changelog.split(UNRELEASED, 1)
    unreleased, mark, after = rest.partition("\n## [")
    return before + UNRELEASED, unreleased, mark + after


if __name__ == "__main__":
    if len(sys.argv) != 2 or len(sys.argv[1].split()) < 4:
        sys.exit('say what changed and why, in a sentence: python -m tests.golden "…"')
    main(sys.argv[1])
