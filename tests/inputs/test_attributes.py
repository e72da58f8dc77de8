"""Attributes of agents: each kind of step worked by hand, and who leans where."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from sim.inputs.attributes import Attributes, on_scale, rescaled
from sim.inputs.attributes_schema import AttributeEntry
from sim.inputs.coding import Coding, Sourced
from sim.inputs.evidence import Seeds
from sim.inputs.figures import Figure, Figures

DOMAINS = ("security", "economy", "technology", "diplomacy")


def _figure(actor: str, name: str, value: float, provenance: str = "read") -> Figure:
    return Figure(actor, name, value, "unit", "2023", "somebody", provenance, "made_up.csv")


def _coding(name: str, low: float, mode: float, high: float, article: str = "A2") -> Coding:
    subject, attribute, _ = name.split(".")
    value = Sourced(low, mode, high, "coded", name, 4)
    return Coding(name, subject, attribute, (article,), (f"{article}.I 1",), "explicit", "", value)


def _attributes(*steps: dict[str, object], scale: tuple[float, float] = (0, 1)) -> Attributes:
    """Three members A, B, C of group G (figures 1, 2, 6), and D outside."""
    entries = [
        AttributeEntry.model_validate(
            {"name": "sought", "scale": list(scale), "meaning": "", "steps": list(steps)}
        )
    ]
    codings = {
        ("A", "fear"): [_coding("A.fear.1", 0.1, 0.2, 0.4), _coding("A.fear.2", 0.7, 0.8, 0.9, "A1")],
        ("G", "fear"): [_coding("G.fear.1", 0.3, 0.4, 0.6)],
        ("H", "fear"): [_coding("H.fear.1", 0.6, 0.8, 0.9)],
    }
    figures = Figures([_figure("A", "size", 1), _figure("B", "size", 2), _figure("C", "size", 6, "recalled")])
    inherits = {"A": ("G",), "B": ("G", "H"), "C": ("Z", "G"), "D": ()}
    groups = {"G": ("A", "B", "C"), "H": ("B",)}
    return Attributes(
        entries, codings, figures, inherits, groups, {"W1": ("A1", "A2"), "W2": ("A2", "A1")}, {"some": 0.25}
    )


def _numbers(value: Sourced) -> tuple[float, float, float]:
    return (value.low, value.mode, value.high)


def test_own_coding_by_worldview_and_rescaled() -> None:
    step = {"take": "own_coding", "coding": "fear"}
    assert _numbers(_attributes(step).value("W2", "sought", "A")) == (0.1, 0.2, 0.4)
    assert _numbers(_attributes(step).value("W1", "sought", "A")) == (0.7, 0.8, 0.9)
    turned = _attributes({**step, "plus": 1.0, "times": -1.0}).value("W2", "sought", "A")
    assert _numbers(turned) == pytest.approx((0.6, 0.8, 0.9))
    assert turned.kind == "coded"


def test_inheritance_widens_by_a_tenth_each_step() -> None:
    attributes = _attributes(
        {"take": "own_coding", "coding": "fear"}, {"take": "group_coding", "coding": "fear"}
    )
    near = attributes.value("W2", "sought", "B")
    assert _numbers(near) == pytest.approx((0.2, 0.4, 0.7))
    assert (near.kind, near.pedigree) == ("coded", 3)
    far = attributes.value("W2", "sought", "C")  # its first group has no coding
    assert _numbers(far) == pytest.approx((0.1, 0.4, 0.8))
    assert far.pedigree == 2
    with pytest.raises(LookupError, match="no step of sought applies to D"):
        attributes.value("W2", "sought", "D")


def test_spread_moves_members_about_the_mean_of_the_group() -> None:
    """Mean of the figure 3, slope 0.1: A -0.2, B -0.1, C +0.3; ends 0.15 wider."""
    attributes = _attributes(
        {"take": "group_coding", "coding": "fear", "groups": ["G"], "spread": {"size": 0.1}}
    )
    a, b, c = (attributes.value("W2", "sought", actor) for actor in "ABC")
    assert _numbers(a) == pytest.approx((0.0, 0.2, 0.55))  # low end cut at the scale
    assert _numbers(b) == pytest.approx((0.05, 0.3, 0.65))
    assert _numbers(c) == pytest.approx((0.45, 0.7, 1.0))  # high end cut at the scale
    assert (a.mode + b.mode + c.mode) / 3 == pytest.approx(0.4)
    assert [value.kind for value in (a, b, c)] == ["reference"] * 3
    assert (a.pedigree, c.pedigree) == (3, 2)  # C's figure is recalled


def test_blend_of_two_groups() -> None:
    """Share 0.25 + 0.05 × (1 - 3) = 0.15: 0.85 × 0.4 + 0.15 × 0.8 = 0.46, moved by 0.02 × (1 - 3)."""
    step = {"take": "blend", "coding": "fear", "groups": ["G", "H"], "over": "G", "share": "some",
            "spread": {"size": 0.05}, "plus": {"size": 0.02}, "because": "made up"}  # fmt: skip
    value = _attributes(step).value("W2", "sought", "A")
    assert value.mode == pytest.approx(0.46 - 0.04)
    assert value.low == pytest.approx(0.85 * 0.3 + 0.15 * 0.6 - 0.04 - 0.05)
    assert value.kind == "reference"


def test_figure_on_a_scale() -> None:
    step = {"take": "figure", "figure": "size", "between": [1, 100], "gives": [0, 1], "logarithm": True,
            "width": 0.1, "because": "made up"}  # fmt: skip
    value = _attributes(step).value("W2", "sought", "C")
    assert value.mode == pytest.approx(math.log10(6) / 2)
    assert value.pedigree == 1  # recalled, less one for the scale
    entry = AttributeEntry.model_validate({"name": "x", "scale": [0, 1], "meaning": "", "steps": [step]})
    beyond = on_scale(entry.steps[0], _figure("A", "size", 1000))  # type: ignore[arg-type]
    assert _numbers(beyond) == pytest.approx((0.9, 1.0, 1.1))


def test_a_line_adds_up_the_ignorance_of_its_terms(seeds: Seeds) -> None:
    wish = seeds.attribute("W2", "us_stance", "IDN")
    tie = seeds.attribute("W2", "us_tie_security", "IDN")
    assert tie.mode == pytest.approx(0.22 + 0.3 * wish.mode + 0.4 * 0.25)
    assert tie.high - tie.mode == pytest.approx(0.3 * (wish.high - wish.mode) + 0.04)
    technology = seeds.attribute("W2", "us_tie_technology", "IDN")
    economy = seeds.attribute("W2", "us_tie_economy", "IDN")
    assert technology.mode == pytest.approx((tie.mode + economy.mode) / 2)
    assert technology.kind == "assumed"


def test_rescaling_leaves_the_kind() -> None:
    value = rescaled(Sourced(-0.5, 0.2, 0.6, "coded", "x", 3), 0.5, 0.5, "other scale")
    assert _numbers(value) == pytest.approx((0.25, 0.6, 0.8))
    assert (value.kind, value.pedigree) == ("coded", 3)


# ------------------------------------------------------------------------------------- the agents of the model


def _modes(seeds: Seeds, name: str, *actors: str) -> list[float]:
    return [seeds.attribute("W2", name, actor).mode for actor in actors]


def _position(seeds: Seeds, actor: str, domain: str) -> float:
    us, cn = (seeds.attribute("W2", f"{side}_tie_{domain}", actor).mode for side in ("us", "cn"))
    return us - cn


def test_members_of_the_alliance_differ(seeds: Seeds) -> None:
    """Not by hand: two group codings, spread by figures."""
    stance = {actor: seeds.attribute("W2", "nato_overall", actor) for actor in seeds.groups["EUR_NATO"]}
    modes = {actor: value.mode for actor, value in stance.items()}
    assert min(modes, key=modes.__getitem__) in ("HUN", "TUR")
    assert max(modes["HUN"], modes["TUR"]) < -0.3 < modes["FRA"] < 0.1 < modes["GBR"]
    assert stance["HUN"].kind == "reference"
    assert stance["FRA"].kind == "assumed"  # coded by absence
    near, far = _modes(seeds, "home_priority", "EST", "PRT")
    assert near > far
    near, far = _modes(seeds, "threat_ru", "POL", "ESP")
    assert near > far + 0.05


def test_who_leans_where(seeds: Seeds) -> None:
    mean = {actor: float(np.mean([_position(seeds, actor, domain) for domain in DOMAINS]))
            for actor in seeds.groups["ASEAN"]}  # fmt: skip
    order = sorted(mean, key=mean.__getitem__)
    assert order[0] == "LAO"
    assert order[-1] == "PHL"
    assert max(mean["LAO"], mean["KHM"], mean["BRN"]) < 0
    for actor, least in (("JPN", 0.2), ("PHL", 0.2), ("VNM", 0.1)):  # Hanoi patrols with Beijing too
        assert _position(seeds, actor, "security") > least, actor
    for side in ("us", "cn"):
        ties = [seeds.attribute("W2", f"{side}_tie_{domain}", "IDN").mode for domain in DOMAINS]
        assert np.mean(ties) > 0.35, f"Indonesia wants both: {side}"
    survey = [seeds.figures.get(actor, "iseas_us_share") for actor in mean]
    pairs = [(mean[figure.actor], figure.value) for figure in survey if figure is not None]
    assert np.corrcoef(np.array(pairs).T)[0, 1] > 0.7


def test_capability_follows_the_logarithm_of_spending(seeds: Seeds) -> None:
    america, china = _modes(seeds, "capability", "USA", "CHN")
    assert america == pytest.approx(0.95, abs=0.005)
    assert china == pytest.approx(0.85, abs=0.01)


def test_lines_that_claim_to_fit_the_codings_do(seeds: Seeds) -> None:
    """The constants in attributes.yaml against a least-squares fit of the codings they name."""
    for other, constant, slope in (
        ("nato_lo", 0.34, 0.79),
        ("nato_ind", 0.22, 0.79),
        ("bloc_aversion", 0.57, -0.39),
    ):
        pairs = [
            (seeds.codings[f"{subject}.nato_overall.1"].value.mode, coding.value.mode)
            for subject, coding in ((c.subject, c) for c in seeds.codings.values() if c.attribute == other)
            if coding.id.endswith(".1") and f"{subject}.nato_overall.1" in seeds.codings
        ]
        x, y = np.array(pairs).T
        fitted = np.linalg.lstsq(np.column_stack([np.ones_like(x), x]), y, rcond=None)[0]
        assert fitted == pytest.approx([constant, slope], abs=0.02), other


def test_figures_say_where_they_come_from(seeds: Seeds) -> None:
    figures = seeds.figures.all()
    assert len(figures) > 1000
    readme = (seeds.folder / "figures" / "README.md").read_text(encoding="utf-8")
    for (_, name), figure in figures.items():
        assert figure.source
        assert "/" not in figure.year
        assert name in readme or name.startswith(("distance_to_", "trade_share_", "military_spending")), name
    assert {figure.provenance for figure in figures.values()} == {"read", "recalled", "assumed"}
    assert seeds.figures.get("IDN", "trade_share_china").value == pytest.approx(23.5)  # type: ignore[union-attr]


def test_the_pages_say_how_many_figures_are_unchecked(seeds: Seeds) -> None:
    figures = seeds.figures.all().values()
    recalled = sum(figure.provenance == "recalled" for figure in figures)
    for page in ("README.md", "figures/README.md"):
        text = " ".join((seeds.folder / page).read_text(encoding="utf-8").split())
        said = re.search(r"\*\*([\d,]+) of the ([\d,]+) (?:reference )?figures are recalled", text)
        assert said, page
        assert [int(number.replace(",", "")) for number in said.groups()] == [recalled, len(figures)], page


def test_distances_are_great_circles(seeds: Seeds) -> None:
    """Tokyo to Beijing and London to Moscow, from an atlas, to 3 per cent."""
    for actor, name, kilometres in (("JPN", "distance_to_beijing", 2100), ("GBR", "distance_to_moscow", 2500),
                                    ("IDN", "distance_to_washington", 16350)):  # fmt: skip
        figure = seeds.figures.get(actor, name)
        assert figure is not None
        assert figure.value == pytest.approx(kilometres, rel=0.03)
