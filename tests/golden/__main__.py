"""Writes the golden summaries anew: `python -m tests.golden "what changed and why"`, with the reason put in the changelog.

Numbers that we publish do not change by accident: the summaries of a few reference scenarios stand in a file, a test
compares them digit by digit, and nobody but this script writes it.
"""

from __future__ import annotations

import sys
import textwrap

from tests.golden.summaries import CHANGELOG, GOLDEN, recorded, summaries, written

WIDTH = 125
HEADING = "### Results changed\n\n"


def main(reason: str) -> None:
    """Write the summaries, and the reason under "Results changed" in the changelog, if anything has moved."""
    found = summaries()
    if GOLDEN.exists() and recorded()[1] == found:
        print("nothing has moved: the golden summaries stay as they are")
        return
    changelog = CHANGELOG.read_text(encoding="utf-8")
    if reason not in " ".join(changelog.split()):
        head, tail = changelog.split(HEADING, 1)
        line = textwrap.fill(f"- {reason}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        CHANGELOG.write_text(f"{head}{HEADING}{line}\n{tail}", encoding="utf-8")
    GOLDEN.write_text(written(reason, found), encoding="utf-8")
    print(f"{len(found)} summaries written to {GOLDEN}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or len(sys.argv[1].split()) < 4:
        sys.exit('say what changed and why, in a sentence: python -m tests.golden "…"')
    main(sys.argv[1])
