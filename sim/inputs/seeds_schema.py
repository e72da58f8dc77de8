"""What the files in `seeds/` look like: one model per file, checked on loading."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sim.inputs.documents import FileModel

WORLDVIEWS = ("W1", "W2", "W3", "W4")
POOLED = "pooled"
DIALS = (
    "visibility", "hardness", "deterrence_asia", "economic_benefit", "resilience", "cost_to_european_deterrence",
    "bloc_signal", "lead_time_months", "delivery", "commitment",
)  # fmt: skip
LABELS = ("NATO", "US", "US_bloc", "national_european", "minilateral", "EU", "coalition")
PERSPECTIVES = ("nato", "washington", "beijing", "asean", "eu", "partner")


def _three_in_order(values: list[float]) -> list[float]:
    if len(values) != 3 or not values[0] <= values[1] <= values[2]:
        raise ValueError("expected three numbers in order: [low, mode, high]")
    return values


def _two_in_order(values: list[float]) -> list[float]:
    if len(values) != 2 or not values[0] <= values[1]:
        raise ValueError("expected two numbers in order: [lowest, highest]")
    return values


def _locator(text: str) -> str:
    section, _, paragraph = text.partition(" ")
    if not section or not paragraph.isdecimal():
        raise ValueError(f"expected a locator such as 'A2.SP 6', got '{text[:40]}'")
    return text


def _slug(text: str) -> str:
    if not text.isidentifier() or text != text.lower() or len(text) > 48:
        raise ValueError(f"expected a short name in small letters and underscores, got '{text[:60]}'")
    return text


Interval = Annotated[list[float], AfterValidator(_three_in_order)]
Range = Annotated[list[float], AfterValidator(_two_in_order)]
Locators = list[Annotated[str, AfterValidator(_locator)]]
Slug = Annotated[str, AfterValidator(_slug)]
Text = Literal["explicit", "implied", "inferred-by-absence"]
Basis = Literal["explicit", "implied", "none", "text", "judgement"]
Share = Annotated[float, Field(ge=0, le=1)]


class ArticleEntry(FileModel):
    """One text, by its bibliography alone."""

    id: str
    authors: list[str]
    outlet: str
    title: str
    date: str
    kind: str
    sections: dict[str, list[int]]
    subtitle: str = ""


class ArticlesFile(FileModel):
    """articles.yaml."""

    articles: list[ArticleEntry]


class ClaimEntry(FileModel):
    """One paraphrased claim."""

    id: str
    at: Locators
    speaker: str
    type: str
    hooks: list[str]
    claim: str


class ClaimsFile(FileModel):
    """claims.yaml."""

    claims: list[ClaimEntry]


class CodingEntry(FileModel):
    """One coded attribute of one subject."""

    id: str
    first: Interval
    second: Interval | None = None
    at: Locators
    text: Text
    claim: str


class SubjectEntry(FileModel):
    """Somebody the articles speak of, with the codings."""

    id: str
    name: str
    kind: str
    note: str
    codings: list[CodingEntry]


class CodingsFile(FileModel):
    """codings/*.yaml, but for scales.yaml."""

    subjects: list[SubjectEntry]


class ScaleEntry(FileModel):
    """Range and meaning of a coded attribute."""

    scale: Range
    meaning: str


class QuantityWord(FileModel):
    """A quantity word of the articles as a share of a population."""

    phrase: str
    at: Locators
    share: Interval
    of: str


class ScalesFile(FileModel):
    """codings/scales.yaml."""

    attributes: dict[str, ScaleEntry]
    quantity_words: list[QuantityWord]


class OutcomeEntry(FileModel):
    """One outcome."""

    id: str
    slug: Slug
    name: str
    unit: str
    direction: Literal["higher", "lower", "depends"]
    headline: bool
    scope: list[str]
    at: Locators
    who_cares: str
    definition: str
    as_computed: str = ""


class OutcomesFile(FileModel):
    """outcomes.yaml."""

    outcomes: list[OutcomeEntry]


class WorldviewEntry(FileModel):
    """One consistent theory."""

    id: Literal["W1", "W2", "W3", "W4"]
    slug: Slug
    anchor: str
    premise: str
    core: list[str]
    tensions: list[str]
    biases: list[str]
    guard_against_bias: str
    coding_preference: list[str]
    commitment_threshold: Share | None
    commitment_threshold_in_words: str
    share_region_opposed: Interval
    label_alarm_china: dict[str, Interval]
    label_aversion_region: dict[str, Interval]
    reading_left_out: str


class PooledEntry(FileModel):
    """What is drawn from all theories at once."""

    slug: Slug
    anchor: str
    premise: str
    guard_against_bias: str
    reading_left_out: str
    reading_because: str


class WorldviewsFile(FileModel):
    """worldviews.yaml."""

    worldviews: list[WorldviewEntry]
    pooled: PooledEntry


class StrengthEntry(FileModel):
    """Strength of a mechanism in one worldview, coded twice."""

    first: Interval
    second: Interval
    basis: Basis
    corrected: Interval | None = None
    because: str = ""


class StanceEntry(FileModel):
    """Who supports or disputes a mechanism, and where."""

    stance: Literal["supports", "disputes", "silent"]
    at: Locators
    who: str
    text: Text
    modality: Literal["certain", "probable", "possible", "none"]
    claim: str


class MechanismEntry(FileModel):
    """One causal claim."""

    id: str
    slug: Slug
    cluster: str
    cause: list[str]
    effect: list[str]
    sign: str
    through: str
    for_whom: list[str]
    status: str
    form: str
    note: str = ""
    added_by_coder: bool = False
    tier: Literal["weak", "medium", "strong"]
    tier_reason: str
    realised_by: str
    left_out_because: str = ""
    strengths: dict[str, StrengthEntry]
    claims: list[StanceEntry]


class MechanismsFile(FileModel):
    """mechanisms.yaml."""

    clusters: dict[str, list[str]]
    variables: dict[str, str]
    mechanisms: list[MechanismEntry]


class DialEntry(FileModel):
    """One dial of an instrument, coded twice."""

    first: Interval
    second: float | Interval
    basis: list[Basis]
    corrected: Interval | None = None
    because: str = ""


class DialsEntry(FileModel):
    """All dials of an instrument."""

    visibility: DialEntry
    hardness: DialEntry
    deterrence_asia: DialEntry
    economic_benefit: DialEntry
    resilience: DialEntry
    cost_to_european_deterrence: DialEntry
    bloc_signal: DialEntry
    lead_time_months: DialEntry
    delivery: DialEntry
    commitment: DialEntry
    baseline_level: DialEntry


class InstrumentEntry(FileModel):
    """One lever or move."""

    id: str
    slug: Slug
    name: str
    stream: Annotated[int, Field(ge=1)]
    category: str
    brand: str
    status: str
    decision: Literal["nato_consensus", "eu_unanimity", "eu_majority", "asean_consensus", "none"]
    decision_as_coded: str
    sponsors: list[str]
    targets: list[str]
    carries: dict[str, float] = Field(default_factory=dict)
    has_trend: bool = False
    shares_european_pool: bool = False
    describes: str | None = None
    at: Locators
    claim: str
    counter_claim: str = ""
    note: str = ""
    profile_by_article: dict[str, str] = Field(default_factory=dict)
    dials: DialsEntry


class InstrumentsFile(FileModel):
    """instruments.yaml."""

    mutually_exclusive: list[list[str]]
    instruments: list[InstrumentEntry]


class WeightEntry(FileModel):
    """What one perspective makes of one outcome."""

    prefers: Literal["higher", "lower", "either"]
    weight: Annotated[float, Field(ge=0, le=3)]
    because: str
    at: Locators = Field(default_factory=list)


class PerspectiveEntry(FileModel):
    """Whose eyes a result is seen with."""

    slug: Slug
    name: str
    who: str
    outcomes: dict[str, WeightEntry]


class PerspectivesFile(FileModel):
    """perspectives.yaml."""

    perspectives: list[PerspectiveEntry]


class DroppedEntry(FileModel):
    """A dial on which the coders did not agree and whose codings are not kept."""

    items: int
    alpha: float
    inside: float
    difference: float
    because: str


class ReliabilityFile(FileModel):
    """reliability.yaml: agreement that cannot be computed, since the codings are no longer here."""

    dropped: dict[str, DroppedEntry]


class ParameterEntry(FileModel):
    """Value and pedigree of one coefficient."""

    low: float
    mode: float
    high: float
    source: str
    pedigree: Annotated[int, Field(ge=0, le=4)]


class ParametersFile(FileModel):
    """parameters.yaml: coefficients of the theory; their units, bounds and meanings are in sim/theory."""

    tiers: dict[str, float]
    variation: Annotated[float, Field(ge=0, lt=1)]
    calibration: dict[str, Annotated[float, Field(gt=0)]] = Field(max_length=12)
    parameters: dict[str, ParameterEntry]
