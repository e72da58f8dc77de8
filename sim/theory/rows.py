"""Filling and copying, as plain loops: numba's own slices of arrays take seconds to compile."""

from sim.theory.compiled import inlined


@inlined
def fill(values, value):
    """Set every one of some values (n,)."""
    for k in range(values.shape[0]):
        values[k] = value


@inlined
def copy(values, source):
    """Set some values (n,) to those of another row."""
    for k in range(values.shape[0]):
        values[k] = source[k]
