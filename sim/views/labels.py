"""The words a result is shown with; all from its manifest, so that an old result still shows itself rightly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.inputs.coding import DEFAULT_CORRELATION

SUMMARIES = {"final": "final", "worst": "worst", "first_year": "first year"}
NOT_OUTCOMES = ("position.", "utility.")  # what is kept of single states, beside outcomes and probes
LESS_OR_MORE = {1: "more is better", -1: "less is better", 0: "no preference"}


@dataclass(frozen=True)
class Labels:
    """Names, units and scales of whatever appears in one result."""

    manifest: dict[str, Any]

    @property
    def baseline(self) -> str:
        """The policy that all others are compared with."""
        return str(self.manifest["baseline"])

    @property
    def policies(self) -> list[str]:
        """Policies in the experiment's order, the baseline first."""
        others = [policy for policy in self.manifest["policies"] if policy != self.baseline]
        return [self.baseline, *others]

    @property
    def futures(self) -> list[str]:
        """Futures in the experiment's order."""
        return list(self.manifest["futures"])

    @property
    def worldviews(self) -> list[str]:
        """Worldviews in the experiment's order."""
        return list(self.manifest["worldviews"])

    @property
    def headline(self) -> list[str]:
        """The outcomes of the one-screen answer and the figures drawn by default."""
        return list(self.manifest["headline"])

    @property
    def path_outcomes(self) -> list[str]:
        """Outcomes kept quarter by quarter."""
        return list(self.manifest["path_outcomes"])

    @property
    def columns(self) -> list[str]:
        """All value columns of the table of runs."""
        return list(self.manifest["columns"])

    @property
    def measures(self) -> list[str]:
        """Columns of outcomes, counter-moves and probes: all but what is kept of single states."""
        return [column for column in self.columns if not column.startswith(NOT_OUTCOMES)]

    @property
    def has_positions(self) -> bool:
        """Whether the table says where states stand, domain by domain."""
        return any(column.startswith("position.") for column in self.columns)

    def levers(self, policy: str) -> int:
        """How many instruments a policy sets (its parents' included)."""
        resolved = {one["slug"]: one for one in self.manifest["experiment"]["policies"]}
        return len(resolved[policy]["paths"])

    def worldview(self, worldview: str) -> str:
        """`W1 provocation`; `pooled`."""
        slug = self.manifest["worldviews"].get(worldview, "")
        return worldview if slug == worldview else f"{worldview} {spaced(slug)}".strip()

    def short(self, worldview: str) -> str:
        """At most three letters, for the head of a narrow column: `W1`, `P` for pooled."""
        return worldview if len(worldview) <= LONGEST_SHORT_NAME else worldview[:1].upper()

    def key(self, worldview: str) -> str:
        """The short name with what it stands for."""
        short = self.short(worldview)
        return self.worldview(worldview) if worldview.startswith(short) else f"{short} = {worldview}"

    def outcome(self, outcome: str) -> str:
        """`Deterrence in Asia`, `Threat CN, Japan`; with `final`, `worst` or `first year` where a column is not the mean."""
        measure, summary = measure_and_summary(outcome)
        variable, _, part = measure.partition(".")
        known = self._measure(measure)
        name = str(known.get("name", sentence(variable)))
        return ", ".join(text for text in (name, self.state(part), SUMMARIES.get(summary, "")) if text)

    def unit(self, outcome: str) -> str:
        """The outcome's unit as it stands on an axis."""
        return str(self._measure(outcome).get("unit", "unit not stated"))

    def unit_of_difference(self, outcome: str) -> str:
        """The unit of one value less another: two rates in per cent differ by percentage points."""
        unit = self.unit(outcome)
        return f"percentage points{unit[1:]}" if unit.startswith("% ") else unit

    def bounds(self, outcome: str) -> tuple[float, float] | None:
        """Lowest and highest possible value, where there are such."""
        known = self._measure(outcome).get("bounds")
        return None if known is None else (float(known[0]), float(known[1]))

    def scale(self, outcome: str) -> float:
        """The span against which a difference is small or large, in the outcome's unit."""
        return float(self._measure(outcome).get("scale", 1.0))

    def state(self, actor: str) -> str:
        """`Japan`."""
        return str(self.manifest["states"].get(actor, actor))

    def directions(self, perspective: str) -> dict[str, int]:
        """Preferred direction of each outcome for a perspective: 1 more, −1 less, 0 neither."""
        return {outcome: int(sign) for outcome, sign in self._perspective(perspective)["directions"].items()}

    def direction(self, perspective: str, column: str) -> int:
        """The same for one column; an outcome's `final` and `worst` are wished for like the outcome."""
        return self.directions(perspective).get(column.partition(".")[0], 0)

    def not_in_version(self) -> str:
        """`Not in this version: …`, as known when the run was made; empty where nothing is missing."""
        known = self.manifest.get("not_in_version")
        if not known or not known["mechanisms"]:
            return ""
        return f"Not in this version: {known['mechanisms']} of {known['mechanisms_listed']} mechanisms."

    def perspective(self, perspective: str) -> str:
        """The readable name of a perspective."""
        return str(self._perspective(perspective)["name"])

    @property
    def perspectives(self) -> list[str]:
        """Perspectives this result can be read from; the first is the default."""
        return list(self.manifest["perspectives"])

    def _measure(self, column: str) -> dict[str, Any]:
        """What the manifest says of the outcome, counter-move or probe that a column summarises."""
        measure, _ = measure_and_summary(column)
        for kind in ("outcomes", "counter_moves", "probes"):
            if measure in self.manifest.get(kind, {}):
                return dict(self.manifest[kind][measure])
        return {}

    def _perspective(self, perspective: str) -> dict[str, Any]:
        return dict(self.manifest["perspectives"][perspective])


LONGEST_SHORT_NAME = 3
ALWAYS_CAPITALS = {
    name.lower(): name for name in ("NATO", "EU", "US", "UN", "ASEAN", "IP4", "CN", "RU", "DPRK")
}


def measure_and_summary(column: str) -> tuple[str, str]:
    """`threat_cn.JPN.final` → (`threat_cn.JPN`, `final`); the summary is empty for a mean over the horizon."""
    measure, _, summary = column.rpartition(".")
    return (measure, summary) if summary in SUMMARIES else (column, "")


def spaced(slug: str) -> str:
    """`restraint_and_eu` → `restraint and EU`."""
    return " ".join(ALWAYS_CAPITALS.get(word, word) for word in slug.split("_"))


def sentence(slug: str) -> str:
    """`restraint_and_eu` → `Restraint and EU`."""
    text = spaced(slug)
    return text[:1].upper() + text[1:]


def counted(number: int, thing: str) -> str:
    """`1 member`, `250 members`."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def sizes(manifest: dict[str, Any]) -> str:
    """`250 members × 2 replicates`, and whose coding and which correlation if not the usual ones."""
    numbers = f"{counted(manifest['members'], 'member')} × {counted(manifest['replicates'], 'replicate')}"
    coding, correlation = manifest["coding"], manifest["correlation"]
    unusual = [f"{coding} coding alone"] if coding != "merged" else []
    unusual += [f"correlation {correlation:g}"] if correlation != DEFAULT_CORRELATION else []
    return ", ".join([numbers, *unusual])
