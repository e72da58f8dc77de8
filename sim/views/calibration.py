"""What a calibration found, as a page in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.analysis.calibration import HELD_OUT_EVERY, LARGEST_FACTOR, best
from sim.analysis.validation.estimates import FAILS, HOLDS

if TYPE_CHECKING:
    from sim.analysis.calibration import Calibration
    from sim.analysis.validation.facts import Judged
    from sim.inputs.expectations import Fact

INTRODUCTION = """\
# Calibration

*This page is what `sim calibrate{options}` printed.*

Canonical effects, how far an effect moves when its cause moves one reference step, are not in the articles. Beforehand each
got one of three tiers, with its reason (`seeds/mechanisms.yaml`). What that gives, before any calibration, is the column
*before*. Then twelve scales were searched: one factor for the effects of each cluster of mechanisms, one for each speed, one
for the gain of presence. The target are {searched} of the stylised facts; every {every}rd, in the order of
`seeds/expectations.yaml`, was held out ({held_out}). The expected signs were not looked at.

The search: {samples} candidates, the first with every scale at 1, the others points of a Sobol sequence between {low:g} and
{high:g} on a logarithmic scale (random seed {seed}), each with {search_members} members and one replicate. A fact counts
under each worldview that claims it, and here it counts if it holds in the mean. Chosen was the candidate under which most
hold, among equals the one that departs least from 1; then each scale was set back to 1 unless a fact was lost by it. What is
left is adopted if it wins at least as many facts as it changes scales. Else it is set aside: a free number must earn its
place, and a search among hundreds finds something by luck alone.
"""


def page(found: Calibration, *, samples: int, random_seed: int) -> str:
    """The whole page."""
    options = f" --samples {samples} --search-members {found.search_members} --members {found.members} --seed {random_seed}"
    parts = [
        INTRODUCTION.format(
            options=options, searched=len(found.searched), every=HELD_OUT_EVERY,
            held_out=", ".join(fact.id for fact in found.held_out), samples=samples, low=1 / LARGEST_FACTOR,
            high=LARGEST_FACTOR, seed=random_seed, search_members=found.search_members,
        ),
        _candidates(found),
        _scales(found),
        _shares(found),
        _unsatisfied(found),
    ]  # fmt: skip
    return "\n".join(parts)


def _candidates(found: Calibration) -> str:
    counts = Counter(one.holding for one in found.tried)
    lines = ["| facts that hold in the mean, of " + str(found.asked) + " | candidates |", "|---|---|"]
    lines += [f"| {holding} | {counts[holding]} |" for holding in sorted(counts, reverse=True)]
    first, chosen = found.tried[0], best(found.tried)
    said = (
        f"\nWith every scale at 1, {first.holding} hold; under the best candidate {chosen.holding}. "
        f"{sum(one.holding > first.holding for one in found.tried)} of the {len(found.tried)} tried do better than no "
        "calibration."
    )
    return "## What was tried\n\n" + "\n".join(lines) + "\n" + said + "\n"


def _scales(found: Calibration) -> str:
    lines = ["| scale | factor |", "|---|---|"]
    lines += [f"| `{name}` | {value:.3g} |" for name, value in found.scales.items()]
    departs = [f"{name} {value:.3g}" for name, value in found.found.scales.items() if value != 1.0]
    won = found.found.holding - found.tried[0].holding
    said = (
        f"Found: {', '.join(departs) or 'nothing better than 1 for all'}; {len(departs)} scales changed, {won} more of the "
        f"{found.asked} facts searched on hold in the mean. "
    )
    if found.is_adopted:
        said += "**Adopted**: these are the departures from what was assumed beforehand."
    else:
        said += "**Set aside**: all stays as assumed beforehand. The columns *after* show what it would do."
    return "## What was found\n\n" + said + "\n\nThe scales in use:\n\n" + "\n".join(lines) + "\n"


def _shares(found: Calibration) -> str:
    lines = [
        "| facts, each under the worldviews that claim it | number | hold before | undecided | hold after | undecided |",
        "|---|---|---|---|---|---|",
    ]
    kinds = [(f"{kind}", kind) for kind in ("input", "direct", "emergent")]
    groups: list[tuple[str, list[str]]] = [
        ("searched on", [fact.id for fact in found.searched]),
        ("held out", [fact.id for fact in found.held_out]),
        *((name, [one.fact.id for one in found.before if one.fact.kind == kind]) for name, kind in kinds),
        ("all", [one.fact.id for one in found.before]),
    ]
    for name, ids in groups:
        before, after = (_count(side, ids) for side in (found.before, found.after))
        lines.append(f"| {name} | {before[2]} | {before[0]} | {before[1]} | {after[0]} | {after[1]} |")
    whole = [len(_whole(side, (*found.searched, *found.held_out))) for side in (found.before, found.after)]
    total = len(found.searched) + len(found.held_out)
    said = (
        f"\nOf the {total} facts, {whole[0]} hold under every worldview that claims them before, {whole[1]} after "
        f"({found.members} members; a fact holds if its whole 95 % interval lies on the right side)."
    )
    return "## Shares before and after\n\n" + "\n".join(lines) + "\n" + said + "\n"


def _count(side: Iterable[Judged], ids: Sequence[str]) -> tuple[int, int, int]:
    """How many hold, are undecided, and are asked."""
    verdicts = [one.verdict for one in side if one.fact.id in ids]
    return verdicts.count(HOLDS), len(verdicts) - verdicts.count(HOLDS) - verdicts.count(FAILS), len(verdicts)


def _whole(side: Sequence[Judged], facts: Iterable[Fact]) -> list[str]:
    """The facts that hold under all their worldviews."""
    return [fact.id for fact in facts if all(one.verdict == HOLDS for one in side if one.fact.id == fact.id)]


def _unsatisfied(found: Calibration) -> str:
    lines = [
        "| fact | worldview | held out | before | after | the comparison that decides |",
        "|---|---|---|---|---|---|",
    ]
    out = {fact.id for fact in found.held_out}
    for before, after in zip(found.before, found.after, strict=True):
        if after.verdict == HOLDS and before.verdict == HOLDS:
            continue
        one = after.deciding
        bounds = " and ".join(
            text for text in (
                "" if one.low is None else f"above {one.low:.3g}", "" if one.high is None else f"below {one.high:.3g}"
            ) if text
        )  # fmt: skip
        held = "yes" if after.fact.id in out else ""
        measured = f"{one.found.mean:+.3f} [{one.found.low:+.3f}, {one.found.high:+.3f}], asked {bounds}"
        lines.append(
            f"| {after.fact.id} {after.fact.statement} | {after.worldview} | {held} | {before.verdict} | {after.verdict} | "
            f"{measured} |"
        )
    said = (
        "A fact that no candidate satisfies is a finding about the theory as it stands, not a reason to bend it. Where the "
        "seeds know why, they say so (`known_failures`), and `docs/model.md`, section 10, discusses them."
    )
    return "## What does not hold, before or after\n\n" + "\n".join(lines) + "\n\n" + said + "\n"
