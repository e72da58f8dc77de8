"""What is read off at the end of a quarter, written a second time from docs/model.md (see `tests/naive.py`)."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from sim.theory import state as s
from tests.naive_terms import Terms, Values

# Outcomes that are simply a variable of all, or the mean of a state's variable over a group.
VARIABLES = {
    "deterrence_in_asia": "deterrence_asia", "deterrence_in_europe": "deterrence_europe",
    "escalation_in_asia": "escalation", "perceived_encirclement": "encirclement", "nato_cohesion": "cohesion",
    "chinese_assertiveness": "assertiveness", "nato_credibility": "credibility",
    "european_readiness": "european_capability", "us_resources_for_asia": "us_in_asia",
    "allied_industrial_base": "industry", "allied_interoperability": "interoperability",
    "closeness_of_china_and_russia": "china_russia", "ukraine_war_course": "ukraine_war",
    "weight_of_bloc_narrative": "narrative", "chinese_influence_in_un": "un_influence",
    "island_climate_security": "island_security",
}  # fmt: skip
MEANS = {
    "opposition_to_nato": ("backlash", "non_partners"), "growth_in_asia": ("growth", "asian_states"),
    "dependence_on_china": ("econ_cn", "asian_states"), "resilience_to_shocks": ("resilience", "asian_states"),
    "pressure_to_choose": ("bloc_pressure", "asian_states"), "approval_of_eu": ("eu_approval", "asian_states"),
    "partner_target_risk": ("target_risk", "partners"), "trust_in_assurances": ("trust_assure", "asian_states"),
    "partner_net_benefit": ("net_benefit", "partners"),
}  # fmt: skip
CLASSES = np.array([-1, -0.5, 0, 0.5, 1])


def benefit_and_utility(run: Terms) -> dict[str, Values]:
    """What partnership brings each state, and how it fares by its own lights."""
    x, w = run.now, run.world
    gains = x["trust_commit"] + x["resilience"] + x["defence_industry"]
    costs = x["target_risk"] + x["econ_cn"] * w["trade_pressure"] + x["bloc_pressure"]
    danger = np.max([x[f"threat_{name}"] for name in ("cn", "ru", "dprk", "nato")], axis=0)
    danger[run.group["beijing"]] = w["encirclement"]
    grown = (x["growth"] - run.fixed["growth_rest"]) / 5
    fares = grown + x["resilience"] + (1 - danger) + (1 - x["bloc_pressure"]) + (1 - x["target_risk"])
    return {"net_benefit": (gains - costs) / 3, "utility": fares / 5}


def outcomes(run: Terms) -> dict[str, float]:
    """Every outcome by its slug, of the state that is now seen."""
    w, x, group = run.world, run.now, run.group
    found = {slug: w[variable] for slug, variable in VARIABLES.items()}
    found |= {slug: run.mean_of(variable, of) for slug, (variable, of) in MEANS.items()}
    asian = group["asian_states"]
    us, cn, rests = ties(run, "us_tie"), ties(run, "cn_tie"), [ties_at_rest(run, of) for of in ("us", "cn")]
    found["net_regional_security"] = (
        w["deterrence_asia"] - w["escalation"] - run.mean_of("target_risk", "asian_states")
    )
    found["polarisation"] = float(np.mean([polarisation(row) for row in (us - cn)[:, asian]]))
    room = (1 - np.abs(us - cn)) * np.minimum(1, 2 * np.minimum(us, cn))
    found["hedging_space"] = float(room[:, asian].mean())
    found["unity_of_asean"] = 1 - float(np.mean([
        abs(x["nato_support"][a] - x["nato_support"][b]) + np.abs((us - cn)[:, a] - (us - cn)[:, b]).mean() / 2
        for a, b in combinations(np.flatnonzero(group["asean"]), 2)
    ]))  # fmt: skip
    others = group["non_partners"]
    found["nato_seen_as_greater_danger"] = float((x["threat_nato"] > x["threat_cn"])[others].mean())
    weighed = x["capability"][asian] * x["balancing"][asian]
    found["balancing_coalition"] = float(weighed.sum() / x["capability"][asian].sum())
    moved = np.abs(us - rests[0]) + np.abs(cn - rests[1])
    found["regional_autonomy"] = 1 - float(moved[:, asian].mean())
    both = us[0] + cn[0]
    found["us_control"] = float(np.where(both > 0, us[0] / np.maximum(both, 1e-300), 0)[asian].mean())
    return found


def ties(run: Terms, kind: str) -> Values:
    """Ties of one kind (domains, states)."""
    return np.array([run.now[f"{kind}_{domain}"] for domain in s.DOMAINS])


def ties_at_rest(run: Terms, kind: str) -> Values:
    """The same in mid-2024."""
    return np.array([run.fixed[f"{kind}_rest_{domain}"] for domain in s.DOMAINS])


def polarisation(positions: Values) -> float:
    """Esteban and Ray with alpha = 1: shares of five classes, twice the sum of share² · share · distance."""
    shares = np.maximum(0, 1 - np.abs(positions[:, None] - CLASSES) / 0.5).mean(axis=0)
    return 2 * sum(
        a**2 * b * abs(x - y)
        for a, x in zip(shares, CLASSES, strict=True)
        for b, y in zip(shares, CLASSES, strict=True)
    )
