"""Reading the sides of comparisons from a document: strict, and every refusal names file, line and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.inputs.documents import Document, Keys, unknown
from sim.inputs.expression_names import Names
from sim.inputs.expressions import (
    BASELINE,
    PLAIN_FUTURE,
    SUMMARIES,
    Comparison,
    Extreme,
    Number,
    Place,
    Positions,
    Ratio,
    Reading,
    ShareOfRuns,
    Side,
    Variable,
    Weighted,
    has_ratio,
    in_words,
)
from sim.inputs.problems import shown

WHERE = ("policy", "future", "under")
OPTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(SUMMARIES, WHERE),
    "change": (*WHERE, "of", "against", "against_future"),
    "slope": ("over", "of", "future", "under"),
    "sum": (), "difference": (), "times": (), "largest": (), "smallest": (), "ratio": (), "share_of_runs": (),
    "passes": WHERE,
    "correlation_of_positions": WHERE,
    "states_apart": (*WHERE, "by"),
}  # fmt: skip
TESTS = ("above", "below", "within")


class Reader:
    """Reads sides and comparisons of one document; every refusal names file, line and reason."""

    def __init__(self, document: Document, names: Names, each: str | None = None) -> None:
        self.document = document
        self.names = names
        self.each = each  # the instrument that `each` stands for in a comparison made `for_each` of several

    def comparison(self, keys: Keys, *, is_condition: bool = False) -> Comparison:
        """The comparison written at `keys`: `value` with one of above, below, within.

        is_condition: it is one of those of `share_of_runs`, asked wherever that is.
        """
        written = self._mapping(keys, "a comparison such as {value: {mean: polarisation}, above: 0.1}")
        options = () if is_condition else ("worldviews", "for_each")
        self._refuse_unknown(written, ("value", *TESTS, *options), keys)
        tests = [test for test in TESTS if test in written]
        if "value" not in written or len(tests) != 1:
            raise self.document.error_in("expected 'value' and exactly one of: above, below, within", keys)
        test = tests[0]
        side = self.side((*keys, "value"))
        low, high = None, None
        words = f"{in_words(side)} {test} "
        if test == "within":
            low, high = self._two_numbers((*keys, "within"))
            words += f"{low:g} to {high:g}"
        else:
            bound = self.side((*keys, test))
            words += in_words(bound)
            limit = 0.0
            if isinstance(bound, Number):
                limit = bound.value
            else:
                side = Weighted(((1.0, side), (-1.0, bound)))
            low, high = (limit, None) if test == "above" else (None, limit)
        names = written.get("worldviews", [])
        listed = names if isinstance(names, list) else [names]
        worldviews = tuple(self.named(self.names.worldview, one, (*keys, "worldviews")) for one in listed)
        return Comparison(side, low, high, words, worldviews)

    def side(self, keys: Keys) -> Side:
        """The side written at `keys`."""
        written = self.document.at(keys)
        if isinstance(written, (int, float)) and not isinstance(written, bool):
            return Number(float(written))
        written = self._mapping(keys, "a number or a function such as {mean: polarisation}")
        functions = [name for name in written if name in OPTIONS]
        if len(functions) != 1:
            if functions:
                raise self.document.error_in(f"expected one function, got {' and '.join(functions)}", keys)
            raise self.document.error_in(unknown("function", next(iter(written), ""), OPTIONS), keys)
        function = functions[0]
        self._refuse_unknown(written, (function, *OPTIONS[function]), keys)
        return self._made(function, written, (*keys, function), keys)

    def _made(self, function: str, written: dict[str, Any], inner: Keys, keys: Keys) -> Side:
        if function in SUMMARIES:
            return self._reading(function, inner, self._place(written, keys))
        if function == "change":
            return self._change(written, inner, keys)
        if function == "slope":
            return self._slope(written, inner, keys)
        if function == "share_of_runs":
            self._list(inner)
            places = [(*inner, i) for i in range(len(self.document.at(inner)))]
            conditions = tuple(self.comparison(one, is_condition=True) for one in places)
            self._refuse_ratios([one.side for one in conditions], inner)
            return ShareOfRuns(conditions)
        if function == "passes":
            return self._passes(written, inner, keys)
        if function in ("correlation_of_positions", "states_apart"):
            return self._positions(function, written, inner, keys)
        return self._combined(function, inner)

    def _reading(self, summary: str, keys: Keys, place: Place) -> Reading:
        variable = self.named(self.names.variable, self.document.at(keys), keys)
        if summary == "first_year" and (variable.outcomes or variable.positions):
            raise self.document.error_in(
                "first_year is kept for variables, not for outcomes; name the variable", keys
            )
        if summary == "worst" and (variable.probes or variable.positions):
            raise self.document.error_in("worst is kept for outcomes, not for variables", keys)
        if summary != "mean" and variable.positions:
            raise self.document.error_in("of a position only the mean over the horizon is kept", keys)
        return Reading(summary, variable, place)

    def _change(self, written: dict[str, Any], inner: Keys, keys: Keys) -> Weighted:
        place = self._place(written, keys)
        future = written.get("against_future", PLAIN_FUTURE if "against" not in written else place.future)
        other = Place(
            self._scenario(written.get("against", BASELINE), (*keys, "against")),
            self._scenario(future, (*keys, "against_future"), is_future=True),
            place.under,
        )
        if place == other:
            raise self.document.error_in("compares a policy with itself; name another policy or future", keys)
        self._refuse_uneven((place, other), keys)
        summary = self._summary(written, keys)
        return Weighted(
            ((1.0, self._reading(summary, inner, place)), (-1.0, self._reading(summary, inner, other)))
        )

    def _slope(self, written: dict[str, Any], inner: Keys, keys: Keys) -> Weighted:
        """Least squares over (level, value) points: a weighted sum of the values."""
        over = written.get("over")
        levels = list(over.values()) if isinstance(over, dict) else []
        if not all(map(_is_number, levels)) or len(set(levels)) < 2:
            raise self.document.error_in(
                "expected over: {policy: level, …} with two different levels or more", keys
            )
        assert isinstance(over, dict)
        middle = sum(levels) / len(levels)
        spread = sum((level - middle) ** 2 for level in levels)
        summary = self._summary(written, keys)
        terms = []
        for policy, level in over.items():
            place = self._place({**written, "policy": policy}, keys, at=(*keys, "over", policy))
            terms.append(((level - middle) / spread, self._reading(summary, inner, place)))
        self._refuse_uneven([one.place for _, one in terms], keys)
        return Weighted(tuple(terms))

    def _passes(self, written: dict[str, Any], inner: Keys, keys: Keys) -> ShareOfRuns:
        slug = self.named(self.names.instrument, self.document.at(inner), inner)
        agreed = Reading(
            "final", Variable(f"agreed.{slug}", probes=(f"agreed.{slug}",)), self._place(written, keys)
        )
        text = f"{slug} agreed to"
        return ShareOfRuns((Comparison(agreed, self.names.baseline_of(slug) + 1e-9, None, text),))

    def _positions(self, function: str, written: dict[str, Any], inner: Keys, keys: Keys) -> Positions:
        pair = self.document.at(inner)
        if not isinstance(pair, list) or len(pair) != 2:
            raise self.document.error_in("expected two domains such as [security, economy]", inner)
        first, second = (self.named(self.names.domain, one, inner) for one in pair)
        apart = None
        if function == "states_apart":
            apart = written.get("by", 0.0)
            if not _is_number(apart) or apart < 0:
                raise self.document.error_in(
                    f"expected a number of at least 0, got {shown(apart)}", (*keys, "by")
                )
        return Positions((first, second), self.names.states, self._place(written, keys), apart)

    def _combined(self, function: str, keys: Keys) -> Side:
        self._list(keys)
        sides = tuple(self.side((*keys, i)) for i in range(len(self.document.at(keys))))
        if function in ("difference", "times", "ratio") and len(sides) != 2:
            raise self.document.error_in(f"expected a list of two, got {len(sides)}", keys)
        if function == "times":
            if not isinstance(sides[0], Number):
                raise self.document.error_in("expected [number, side]", keys)
            return Weighted(((sides[0].value, sides[1]),))
        if function == "ratio":
            return Ratio(sides[0], sides[1])
        if function in ("sum", "difference"):
            weights = (1.0, -1.0) if function == "difference" else (1.0,) * len(sides)
            return Weighted(tuple(zip(weights, sides, strict=True)))
        self._refuse_ratios(sides, keys)
        return Extreme(function == "largest", sides)

    def _place(self, written: dict[str, Any], keys: Keys, at: Keys | None = None) -> Place:
        policy = self._scenario(written.get("policy", BASELINE), at or (*keys, "policy"))
        future = self._scenario(written.get("future", PLAIN_FUTURE), (*keys, "future"), is_future=True)
        under = written.get("under", "")
        return Place(
            policy, future, self.named(self.names.worldview, under, (*keys, "under")) if under else ""
        )

    def _scenario(self, name: object, keys: Keys, *, is_future: bool = False) -> str:
        if isinstance(name, dict) and set(name) == {"each"} and self.each is not None:
            name = f"{self.each} at {name['each']}"
        return str(self.named(lambda one: self.names.scenario(one, is_future), name, keys))

    def _summary(self, written: dict[str, Any], keys: Keys) -> str:
        summary = written.get("of", "mean")
        if summary not in SUMMARIES:
            raise self.document.error_in(unknown("summary", summary, SUMMARIES), (*keys, "of"))
        return str(summary)

    def _mapping(self, keys: Keys, expected: str) -> dict[str, Any]:
        written = self.document.at(keys)
        if not isinstance(written, dict):
            raise self.document.error_in(f"expected {expected}, got {shown(written)}", keys)
        return written

    def _list(self, keys: Keys) -> None:
        written = self.document.at(keys)
        if not isinstance(written, list) or not written:
            raise self.document.error_in(f"expected a list, got {shown(written)}", keys)

    def _two_numbers(self, keys: Keys) -> tuple[float, float]:
        written = self.document.at(keys)
        if (
            not isinstance(written, list)
            or len(written) != 2
            or not all(map(_is_number, written))
            or written[0] >= written[1]
        ):
            raise self.document.error_in("expected two numbers in order: [lowest, highest]", keys)
        return float(written[0]), float(written[1])

    def _refuse_uneven(self, places: Iterable[Place], keys: Keys) -> None:
        """What differs between means over different quarters is not what a policy changes."""
        if len({self.names.horizon(one.policy) for one in places}) > 1:
            raise self.document.error_in("compares policies that run over different quarters", keys)

    def _refuse_ratios(self, sides: Iterable[Side], keys: Keys) -> None:
        """A ratio is of two means: it has no value in a single run."""
        if any(map(has_ratio, sides)):
            raise self.document.error_in("a ratio is of two means, and this is asked run by run", keys)

    def _refuse_unknown(self, written: Mapping[str, Any], valid: Iterable[str], keys: Keys) -> None:
        for name in written:
            if name not in valid:
                raise self.document.error(unknown("key", name, valid), (*keys, name))

    def named(self, find: Any, name: object, keys: Keys) -> Any:
        """What `find` makes of a name. Raises InputError with its line for one it does not know."""
        try:
            return find(name)
        except ValueError as error:
            raise self.document.error_in(str(error), keys) from None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
