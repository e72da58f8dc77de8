"""From instruments to what others see. The dials stay apart: each worldview reacts to different ones."""

from sim.theory.compiled import inlined
from sim.theory.elementary import exponential


@inlined
def label_weight(distance, steepness, effect):
    """How much a flag alarms relative to NATO's, about 0..1.

    `distance` is how far the flag is from NATO's (0 NATO, 1 the EU). At no effect all flags alarm alike.
    Mechanisms: M62 flag_discount. Source: A2.NN 19-21, A2.I 3, A1.B 7; assumed: exponential in distance, scaled to the
    four worldviews' label tables.
    """
    return exponential(-steepness * max(0.0, effect) * distance)


@inlined
def seen_share(visibility, discretion, discretion_reach, effect):
    """The share of an activity that is noticed and held against it, 0..1.

    With separability (effect) at 0 even quiet work counts in full; at 1 only what is visible counts, and discretion
    hides up to `discretion_reach` of that.
    Mechanisms: M45 profile_separable_from_substance (the visibility elasticity). Source: A2.I 5, A2.NN 17, A1.B 4.
    """
    separable = min(1.0, max(0.0, effect))
    return (1 - separable) + separable * visibility * (1 - discretion_reach * discretion)


@inlined
def visible_share(visibility, discretion, discretion_reach, effect):
    """How visible an activity is, 0..1: discretion hides it as far as profile can be separated from substance (M45).

    Source: A2.I 5, A2.NN 17; A1.B 4 denounces quiet work as well.
    """
    separable = min(1.0, max(0.0, effect))
    return visibility * (1 - separable * discretion_reach * discretion)


@inlined
def relative_change(total, total_2024, gain):
    """A sum over instruments relative to mid-2024: 0 then, -gain when nothing is left."""
    return gain * (total - total_2024) / total_2024


@inlined
def share_of_room(total, total_2024, total_at_full):
    """A sum of levels relative to mid-2024, as a share of the larger way, up to full or down to nothing: -1..1."""
    return (total - total_2024) / max(total_2024, total_at_full - total_2024)


@inlined
def steps(now, alarm, intake, decay):
    """The memory of NATO's steps in Asia, relative to mid-2024: activity adds, time forgets slowly.

    Source: A1.B 2 (three years running), A2.SP 10 (routine). Units: about -1..1.
    """
    return (1 - decay) * now + intake * alarm


@inlined
def hard_commitment(signed, commitment):
    """How far an instrument binds its sponsor to defend, 0 (talk) … 1 (a treaty guarantee with forces).

    `signed` is the level agreed, once its lead time has passed: an obligation binds in full, however slowly the forces
    behind it come. Convex (square) in the dial: regular cooperation binds little, a written guarantee much.
    Source: A2.WW 14; assumed form.
    """
    return signed * commitment * commitment


@inlined
def agenda_tone(agenda, agenda_2024, effect, weight, step):
    """What the push of NATO's staff and Secretary General adds to how loudly everything is done, relative to mid-2024.

    Mechanisms: M70 agenda_entrepreneur. Source: A2.I 1, A2.SP 10, A3.B 17-18. It lapses with the office-holder.
    """
    return weight * effect * (agenda - agenda_2024) / step


@inlined
def ratchet(now, pledges, intake):
    """The stock of common pledges, relative to mid-2024: it takes up new pledges slowly and never gives one back.

    Source: A3.B 13 (a goal became a minimum in ten years); assumed: a share of what is missing each quarter.
    """
    return now + intake * max(0.0, pledges - now)
