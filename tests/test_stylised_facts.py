"""Stylised facts of the articles that must come out, and three that are reported whatever they say.

Every fact is judged on 120 members x 2 replicates, paired by member and luck; seeds are fixed. A sign is accepted when
the mean paired difference is more than 3.1 standard errors (clustered by member) beyond zero or beyond its stated margin:
were the true difference at the margin, a new seed would pass by chance less than once in a thousand. Each function's
docstring says what the evidence says and where. Labels: input (put in), direct (one mechanism away), emergent.
"""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from sim.inputs.experiment import Experiment, load_experiment
from sim.inputs.levels import Segment
from sim.inputs.scenario import Scenario, load_scenario
from sim.runs.ensemble import Ensemble
from sim.theory import state as s
from sim.theory.outcome_list import OUTCOMES
from tests.bench import WORLDVIEWS, assembly, bench_run, place, quarters

MEMBERS = 120
STANDARD_ERRORS = 3.1
DIAL = ("IN01", "IN02", "IN05", "IN06", "IN07", "IN08")  # the visible items of S20
GUARANTEE = "IN14"


def engaged(level: float, guarantee: float) -> Scenario:
    """S20: all visible items at one level, the firm guarantee at another, votes assumed passed."""
    slugs = {item.id: item.slug for item in assembly().instruments}
    base = load_scenario("course_of_2024")
    steps = {slugs[item]: (Segment(level, 0, 1),) for item in DIAL} | {
        slugs[GUARANTEE]: (Segment(guarantee, 0, 1),)
    }
    return dataclasses.replace(
        base, slug=f"engaged_{level:g}_{guarantee:g}", paths={**base.paths, **steps}, adopted=True
    )


@lru_cache(maxsize=1)
def runs() -> pd.DataFrame:
    """All runs that the facts need: one row per policy, worldview, member and replicate."""
    policies = [load_scenario(slug) for slug in (
        "course_of_2024", "rhetoric_only", "institutional_deepening", "global_arsenal", "eu_trade_and_investment",
    )]  # fmt: skip
    policies += [engaged(level, guarantee) for guarantee in (0.0, 0.5, 1.0) for level in (0.0, 0.1, 0.5, 1.0)]
    shipped = load_experiment("profile_comparison")
    experiment = dataclasses.replace(
        shipped, policies=tuple(policies), futures=(load_scenario("as_expected"),), members=MEMBERS, replicates=2,
        random_seed=2024, outcomes=tuple(outcome.slug for outcome in OUTCOMES), paths=(),
    )  # fmt: skip
    return table(experiment)


def table(experiment: Experiment) -> pd.DataFrame:
    """The rows of an experiment."""
    batch = Ensemble(experiment, assembly()).batch(0, experiment.members)
    return pd.DataFrame(batch.keys).join(pd.DataFrame(batch.values, columns=list(batch.columns)))


def difference(outcome: str, policy: str, other: str, worldview: str) -> tuple[float, float]:
    """Mean paired difference in an outcome's mean over the horizon, and its standard error clustered by member."""
    rows = runs()[runs().worldview == worldview].pivot_table(
        index="member", columns="policy", values=outcome, aggfunc="mean"
    )
    apart = rows[policy] - rows[other]
    return float(apart.mean()), float(apart.std(ddof=1) / np.sqrt(len(apart)))


def is_above(outcome: str, policy: str, other: str, worldview: str, margin: float = 0.0) -> bool:
    """Whether one policy's outcome is above another's by more than a margin, beyond chance."""
    mean, error = difference(outcome, policy, other, worldview)
    return mean - STANDARD_ERRORS * error > margin


def test_e01_engagement_orders_the_partners() -> None:
    """E01 (input; A2.SP 6; W2): Japan above Australia above Seoul and Wellington, which are close; 80 % of runs of S00.

    300 runs: were the true share 0.80, the observed share would stay above 0.72 in all but one of a thousand seeds.
    """
    engagement = []
    for member in range(300):
        run = bench_run("course_of_2024", "W2", member=member, seed=2024, chance=True)
        total = np.zeros((3, run.now.shape[1]))
        for _ in quarters(run):
            total += run.now[s.ENGAGE_SHOWY : s.ENGAGE_INDUSTRIAL + 1]
        mean = total.mean(axis=0) / run.proposed.shape[0]
        engagement.append([mean[place(partner)] for partner in ("JPN", "AUS", "KOR", "NZL")])
    japan, australia, korea, zealand = np.array(engagement).T
    ordered = (
        (japan > australia) & (australia > np.maximum(korea, zealand)) & (np.abs(korea - zealand) < 0.15)
    )
    assert ordered.mean() >= 0.8
    assert japan.mean() > australia.mean() > max(korea.mean(), zealand.mean())


@pytest.mark.parametrize("worldview", ["W2", "W4"])
def test_e05_rhetoric_alarms_without_deterring(worldview: str) -> None:
    """E05 (direct; A2.WW 14, A2.WW 16): rhetoric alone raises encirclement; deterrence in Asia moves less than 0.02."""
    assert is_above("perceived_encirclement", "rhetoric_only", "course_of_2024", worldview)
    mean, error = difference("deterrence_in_asia", "rhetoric_only", "course_of_2024", worldview)
    assert abs(mean) + STANDARD_ERRORS * error < 0.02


def test_e07_net_security_rises_under_connected_theatres() -> None:
    """E07 (emergent; A3.B 5, A3.B 8; W3): net security rises with the industrial agenda, and along the dial."""
    assert is_above("net_regional_security", "global_arsenal", "course_of_2024", "W3")
    assert is_above("net_regional_security", "engaged_1_0", "engaged_0.5_0", "W3")
    assert is_above("net_regional_security", "engaged_0.5_0", "engaged_0_0", "W3")


@pytest.mark.parametrize("guarantee", ["0", "0.5", "1"])
def test_e08_net_security_falls_under_provocation(guarantee: str) -> None:
    """E08 (emergent; A1.B 8-9; W1): net security falls with engagement at every level of commitment."""
    for more, less in (("1", "0.5"), ("0.5", "0.1"), ("0.1", "0")):
        assert is_above(
            "net_regional_security", f"engaged_{less}_{guarantee}", f"engaged_{more}_{guarantee}", "W1"
        )


@pytest.mark.parametrize("worldview", WORLDVIEWS)
def test_e12_alignment_is_issue_specific(worldview: str) -> None:
    """E12 (input and emergent; A2.SP 7): positions correlate less than fully across domains; some states' signs differ."""
    rows = runs()
    rows = rows[(rows.worldview == worldview) & (rows.policy == "course_of_2024")]
    states = [name.rsplit(".", 1)[1] for name in rows.columns if name.startswith("position.security.")]
    positions = {d: np.array([rows[f"position.{d}.{state}"].mean() for state in states]) for d in s.DOMAINS}
    correlation = np.corrcoef(list(positions.values()))
    assert correlation[~np.eye(len(s.DOMAINS), dtype=bool)].max() < 0.99
    security, economy = positions["security"], positions["economy"]
    assert np.any((security > 0.05) & (economy < -0.05))


def test_e17_a_mission_in_asia_does_not_pass() -> None:
    """E17 (direct; A2.WW 13-14, A1.B 3): a NATO mission passes in under 10 % of runs (W1, W2, W4), 35 % (W3), ever.

    240 runs a worldview: at a true share of 0.10 an observed share below 0.04 comes once in a thousand seeds, and the
    shares seen lie below that.
    """
    ids = [item.id for item in assembly().instruments]
    mission = ids.index("IN11")
    for worldview, most in (("W1", 0.1), ("W2", 0.1), ("W4", 0.1), ("W3", 0.35)):
        passed = 0
        for member in range(120):
            for replicate in range(2):
                run = bench_run(
                    "nato_mission", worldview, member=member, replicate=replicate, seed=2024, chance=True
                )
                for _ in quarters(run):
                    if run.agreed[mission] > run.baseline[mission]:
                        passed += 1
                        break
        share = passed / 240
        assert share + STANDARD_ERRORS * np.sqrt(max(share, 1 / 240) * (1 - share) / 240) < most


def test_report_e06_half_measures(fact_report: list[str]) -> None:
    """E06 (emergent in part; A2.WW 16; W2), reported: without a pledge engagement costs net security; one closes it."""
    gap, error = difference("net_regional_security", "engaged_0.5_0", "engaged_0.1_0", "W2")
    closed, other = difference("net_regional_security", "engaged_0.5_1", "engaged_0.1_1", "W2")
    costs = gap + STANDARD_ERRORS * error < 0
    verdict = (
        "fails"
        if not costs
        else "holds"
        if closed > gap / 2
        else "holds in part (the gap narrows by less than half)"
    )
    fact_report.append(
        f"E06 {verdict}: W2 net security, engagement 0.5 less 0.1: {gap:+.3f} ± {error:.3f} without a guarantee, "
        f"{closed:+.3f} ± {other:.3f} with it"
    )
    assert np.isfinite([gap, error, closed, other]).all()


def test_report_e09_eu_instruments_provoke_less(fact_report: list[str]) -> None:
    """E09 (emergent; A2.NN 20), reported: opposition under S10 above S40 by more than 0.2; S40 no more than S00 + 0.02."""
    for worldview in ("W1", "W2", "W4"):
        high, error = difference(
            "opposition_to_nato", "institutional_deepening", "eu_trade_and_investment", worldview
        )
        eu, _ = difference("opposition_to_nato", "eu_trade_and_investment", "course_of_2024", worldview)
        verdict = "holds" if high - STANDARD_ERRORS * error > 0.2 and eu < 0.02 else "fails"
        fact_report.append(
            f"E09 {verdict}: {worldview} S10 less S40 {high:+.3f} ± {error:.3f} (asked > 0.2), S40 {eu:+.3f}"
        )
        assert np.isfinite([high, error, eu]).all()


def test_report_e11_hedging_collapses_only_in_mortal_danger(fact_report: list[str]) -> None:
    """E11 (emergent, knife-edge; A2.SP 7; W2, W4), reported: hedging space > 0.55 in S00 and < 0.35 in S96, at the end."""
    shipped = load_experiment("profile_comparison")
    experiment = dataclasses.replace(
        shipped, policies=(load_scenario("course_of_2024"),), members=MEMBERS, replicates=2, random_seed=2024,
        futures=(load_scenario("as_expected"), load_scenario("existential_china")), outcomes=("hedging_space",), paths=(),
    )  # fmt: skip
    rows = table(experiment)
    for worldview in ("W2", "W4"):
        means = rows[rows.worldview == worldview].groupby("future")["hedging_space.final"].mean()
        calm, danger = means["as_expected"], means["existential_china"]
        verdict = "holds" if calm > 0.55 and danger < 0.35 else "fails"
        fact_report.append(
            f"E11 {verdict}: {worldview} hedging space {calm:.2f} in S00 (asked > 0.55), {danger:.2f} in S96 (< 0.35)"
        )
        assert danger < calm
