"""Domestic moods: slow swings, and jumps when a government changes."""

from sim.theory.compiled import inlined


@inlined
def government_changes(swing, luck, turnover):
    """Whether a state's government changes this quarter: a chance in proportion to how far politics swing the country.

    Source: A2.SP 6, A1.B 3 (dom_swing). Units: luck uniform; turnover a chance a quarter at full swing.
    """
    return luck < turnover * swing


@inlined
def mood(now, swing, is_new_government, its_luck, luck, persistence, shock):
    """A state's domestic mood towards a tough line on China at the end of the quarter, about -1..1, 0 in mid-2024.

    A new government draws its mood afresh. Otherwise the mood fades and is jolted a little. Regime switching: variance, not
    mean. Source: A2.SP 6, A1.B 3 (dom_swing); the law of motion is assumed. Units: its_luck, luck standard normal.
    """
    drawn_afresh = swing * its_luck
    carried_on = persistence * now + shock * swing * luck
    return drawn_afresh if is_new_government else carried_on


@inlined
def stray_statements(now, level, discipline, luck, persistence, shock):
    """How much membership for Asian states is talked about off message, 0..1: it wanders around its usual level.

    Message discipline lowers the level it returns to. Source: A2.SP 10 (feeds M26); the law of motion is assumed.
    Units: now, level 0..1; discipline relative to mid-2024; luck standard normal.
    """
    usual = level * (1 - min(1.0, max(0.0, discipline)))
    return min(1.0, max(0.0, usual + persistence * (now - usual) + shock * luck))
