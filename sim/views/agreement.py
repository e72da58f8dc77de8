"""`sim evidence agreement`: how far the two coders agree, computed anew from their codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.views.evidence import Page

if TYPE_CHECKING:
    from sim.inputs.evidence import Seeds

SIGN_HEAD = ("cells", "items", "equal", "nominal", "ordinal")
HEAD = ("number", "part", "items", "alpha", "inside", "difference")
NOTES = (
    ("alpha", "Krippendorff's, interval metric, on the modes: 1 perfect, 0 what chance would give"),
    ("inside", "share of the second coder's modes inside the first coder's interval"),
    ("difference", "mean absolute difference of the modes, in the number's own unit; attributes: share of their scale"),
    ("signs", "share of cells with equal signs; alpha by whether they are equal (nominal), by how far apart (ordinal)"),
    ("read it as", "an upper bound: coders who share a habit of reading agree more than strangers would"),
    ("before", "merging and corrections; numbers coded once are left out"),
)  # fmt: skip


def agreement_page(seeds: Seeds) -> Page:
    """A row per kind of number, computed from `seeds/`; expected signs of scenarios; dials dropped for want of agreement."""
    from sim.analysis.agreement import agreements, sign_agreements
    from sim.inputs.expected_signs import FILE, load_signs

    page = Page("Agreement of the two codings")
    for label, text in NOTES:
        page.fact(label, text)
    rows = [
        (one.kind, one.part, f"{one.items}", f"{one.alpha:.2f}", f"{one.inside:.2f}", f"{one.difference:.2g}")
        for one in agreements(seeds)
    ]
    page.tables.append(("Numbers coded twice", HEAD, rows))
    signs = [
        (one.part, f"{one.items}", f"{one.equal:.2f}", f"{one.nominal:.2f}", f"{one.ordinal:.2f}")
        for one in sign_agreements(load_signs(seeds.folder / FILE, seeds))
    ]
    page.tables.append(("Signs expected of scenarios, where both coders gave one", SIGN_HEAD, signs))
    dropped = [
        (name, f"{one.items}", f"{one.alpha:.2f}", f"{one.inside:.2f}", f"{one.difference:.2g}", one.because)
        for name, one in seeds.dropped_dials.items()
    ]
    head = ("number", *HEAD[2:], "because")
    page.tables.append(("Dropped dials, as found then (their codings are not kept)", head, dropped))
    return page
