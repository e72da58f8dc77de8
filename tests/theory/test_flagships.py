"""Each worldview's flagship policy acts through that worldview's own mechanisms: without them its effect goes.

Noise-free paths at the modes, so nothing here is a matter of chance.
"""

from __future__ import annotations

import pytest

from sim.theory import mechanisms as m
from sim.theory.outcome_list import OUTCOMES
from tests.bench import bench_run, outcome_paths

SLUGS = [outcome.slug for outcome in OUTCOMES]

# What makes opposition.
OPPOSITION = (
    m.REGIONAL_BACKLASH, m.STEPWISE_SUSPICION, m.COLONIAL_MEMORY, m.MILITARISM_AVERSION, m.NONALIGNMENT_NORM,
    m.CROSSFIRE_FEAR,
)  # fmt: skip
# flagship, worldview, outcome, direction, its own mechanisms, the share of the effect that may remain without them
CASES = [
    (
        "stay_out", "W1", "perceived_encirclement", -1,
        (m.ENCIRCLEMENT_PERCEPTION, m.STEPWISE_SUSPICION), 0.2,
    ),
    ("stay_out", "W1", "opposition_to_nato", -1, OPPOSITION, 0.0),
    ("stay_out", "W1", "escalation_in_asia", -1, (m.LASH_OUT_SPIRAL, m.NATO_AS_CAUSE_OF_WAR), 0.1),
    ("stay_out", "W1", "growth_in_asia", 1, (m.CONFRONTATION_COSTS_GROWTH,), 0.2),
    ("restraint_and_eu", "W2", "dependence_on_china", -1, (m.EU_ECONOMIC_COUNTERWEIGHT,), 0.0),
    ("restraint_and_eu", "W2", "opposition_to_nato", -1, (*OPPOSITION, m.EU_ACCEPTABILITY), 0.0),
    ("restraint_and_eu", "W2", "us_resources_for_asia", 1, (m.BURDEN_SHIFT,), 0.9),
    ("restraint_and_eu", "W2", "perceived_encirclement", -1, (m.PROFILE_SEPARABLE_FROM_SUBSTANCE,), 0.8),
    ("restraint_and_eu", "W2", "deterrence_in_europe", 1, (m.HOME_USE_OF_NEW_MONEY,), 0.7),
    ("global_arsenal", "W3", "allied_industrial_base", 1, (m.INDUSTRIAL_POOLING, m.SCALE_ECONOMIES), 0.0),
    ("global_arsenal", "W3", "allied_interoperability", 1, (m.INTEROPERABLE_CAPABILITY,), 0.0),
    (
        "global_arsenal", "W3", "deterrence_in_asia", 1,
        (m.DETERRENCE_THROUGH_PARTNERSHIP, m.RIVAL_INDUSTRIAL_GROWTH), 0.15,
    ),
    ("global_arsenal", "W3", "net_regional_security", 1, (m.DETERRENCE_THROUGH_PARTNERSHIP,), 0.6),
]  # fmt: skip


def effect(policy: str, worldview: str, outcome: str, off: tuple[int, ...] = ()) -> float:
    """Mean difference over the horizon between a policy and the course of 2024, with some mechanisms off in both."""
    effects = dict.fromkeys(off, 0.0)
    k = SLUGS.index(outcome)
    with_policy = outcome_paths(bench_run(policy, worldview, effects=effects))[k].mean()
    without = outcome_paths(bench_run("course_of_2024", worldview, effects=effects))[k].mean()
    return float(with_policy - without)


@pytest.mark.parametrize(("policy", "worldview", "outcome", "direction", "own", "remains"), CASES)
def test_flagship_acts_through_its_own_mechanisms(
    policy: str, worldview: str, outcome: str, direction: int, own: tuple[int, ...], remains: float
) -> None:
    """The flagship moves the outcome its worldview cares for, and mostly by that worldview's mechanisms."""
    full = effect(policy, worldview, outcome)
    assert direction * full > 1e-4
    assert direction * effect(policy, worldview, outcome, own) <= remains * direction * full + 1e-12


def test_other_worldviews_disagree() -> None:
    """The flagships' effects turn with the worldview: staying out helps net security under W1 and costs it under W3."""
    assert (
        effect("stay_out", "W1", "net_regional_security")
        > 0
        > effect("stay_out", "W3", "net_regional_security")
    )
    assert effect("global_arsenal", "W3", "net_regional_security") > 0.02
    assert effect("global_arsenal", "W1", "net_regional_security") < 0
