"""Every mechanism's cause moves its effect with the stated sign, more at higher strength.

The cases are in `sim.analysis.mechanism_signs`; `sim validate` goes through them too. Mechanisms whose cause or effect is
not a variable (votes, labels, delivery) are in tests/theory/test_gates.py.
"""

from __future__ import annotations

import pytest

from sim.analysis.mechanism_signs import CASES, MULTIPLIED, answers, mechanisms_covered, multiplies
from sim.theory import mechanisms as m


@pytest.mark.parametrize(("mechanism", "cause", "move", "effect", "sign"), CASES)
def test_sign(mechanism: int, cause: str, move: float, effect: str, sign: int) -> None:
    """The effect answers with the stated sign, and at least half as strongly again at twice the strength."""
    assert answers(mechanism, cause, move, effect, sign)
    assert not answers(mechanism, cause, move, effect, -sign)


@pytest.mark.parametrize(("mechanism", "attribute", "cause", "move", "effect", "sign"), MULTIPLIED)
def test_an_attribute_multiplies(
    mechanism: int, attribute: str, cause: str, move: float, effect: str, sign: int
) -> None:
    """Of two states alike but for the attribute the one with more of it answers more, the more so the stronger."""
    assert multiplies(mechanism, attribute, cause, move, effect, sign)
    assert not multiplies(mechanism, attribute, cause, move, effect, -sign)


def test_every_realised_mechanism_has_a_sign_test() -> None:
    """Nothing that is realised goes without a sign test."""
    assert mechanisms_covered() == set(m.REALISED)
