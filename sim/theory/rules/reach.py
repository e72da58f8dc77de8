"""How much of its strength Europe can and will send to Asia: shares, 0..1, that multiply."""

from sim.theory.compiled import inlined


@inlined
def spare_capacity(european_capability, home_need, effect):
    """The share left after the shortage at home.

    Mechanisms: M08 no_spare_capacity. Source: A2.WW 15; half conceded A3.B 12. A gate at what home needs.
    """
    shortage = min(1.0, max(0.0, (home_need - european_capability) / home_need))
    return 1 - min(1.0, max(0.0, effect)) * shortage


@inlined
def convertible_share(home_build_up, land_share, effect):
    """The share that is of use at sea and in the air: a build-up for Europe's land front is not.

    Mechanisms: M09 asset_mismatch. Source: A2.WW 15; by way of upkeep disputed A3.B 9.
    """
    return 1 - min(1.0, max(0.0, effect)) * land_share * min(1.0, max(0.0, home_build_up))


@inlined
def attention_left(ukraine_war, effect):
    """The share of attention, stocks and money that the war in Ukraine leaves.

    Mechanisms: M52 war_absorbs_europe. Source: A2.WW 13, A2.WW 15; disputed A3.B 2. Linear.
    """
    return 1 - min(1.0, max(0.0, effect)) * ukraine_war
