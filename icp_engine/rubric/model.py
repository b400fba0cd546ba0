"""The rubric: weighted criteria that score any account from its raw attributes.

Comes in: nothing (definitions only) or a rubric's JSON. Goes out: `Rubric` and its parts. A rubric
carries the rules that read raw values, so it scores a file it has never seen without the study it
came from.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from icp_engine.types import Frozen
from icp_engine.values.rule import ColumnRule

if TYPE_CHECKING:
    from icp_engine.types import Frame

FIT_UNITS = 20  # fit levels are multiples of 0.05
RATED_BANDS: tuple[str, ...] = ("Green", "Yellow", "Red")  # best first
NOT_RATED = "Not rated"
BANDS: tuple[str, ...] = (*RATED_BANDS, NOT_RATED)
NOT_RATED_CODE = BANDS.index(NOT_RATED)  # where results hold positions in BANDS


class Match(Frozen):
    """What one attribute must hold: any of `values` (levels or tags), or a range low ≤ value < high
    (None: open).
    """

    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


class Level(Frozen):
    """A fit level: earns `fit` twentieths of the criterion's weight when every test (one an
    attribute) holds.

    Levels are tried in order; the first that fits counts. A known value that fits none earns 0.
    """

    label: str
    fit: int = Field(ge=0, le=FIT_UNITS)
    tests: tuple[Match, ...]

    @property
    def is_any_other(self) -> bool:
        """Whether it holds for every known value: what is left over is no characteristic, and none
        to look for.
        """
        return all(test == Match() for test in self.tests)


class Criterion(Frozen):
    """One weighted line of the rubric.

    `attributes` are at most two column names; none means a question that people answer (`levels`
    then test the answers best / good / none under the criterion's own name). `unknown_fit` is what
    an unknown value earns under the missing policy “average”, in twentieths.
    """

    name: str
    group: str
    weight: int = Field(ge=0, le=100)
    attributes: tuple[str, ...] = Field((), max_length=2)
    levels: tuple[Level, ...] = Field((), max_length=8)
    unknown_fit: int = Field(0, ge=0, le=FIT_UNITS)
    question: str = ""
    why: str = ""
    locked: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns the criterion reads: its attributes, or its own name for a question."""
        return self.attributes or (self.name,)


class Group(Frozen):
    """A criterion group by attribute kind; `locked_total` holds its share of the 100 when weights
    move.
    """

    key: str
    name: str
    locked_total: int | None = None
    why: str = ""


class Flag(Frozen):
    """A bad-fit trait: when `on`, a disqualifier caps the band at Red, a warning at Yellow; a
    caution is only shown.
    """

    attribute: str
    test: Match
    strength: Literal["disqualifier", "warning", "caution"]
    sentence: str = ""
    on: bool = False


GROUPS: tuple[Group, ...] = (
    Group(key="must_have", name="Must have"),
    Group(key="growth", name="Growth"),
    Group(key="technical", name="Technical fit"),
)
GROUP_OF_KIND: dict[str, str] = {
    "firmographic": "must_have",
    "demographic": "must_have",
    "buying": "must_have",
    "behavioural": "growth",
    "psychographic": "growth",
    "technographic": "technical",
}


class Rubric(Frozen):
    """At most twelve criteria whose integer weights sum to 100 (or no criteria: score 50, “Not
    rated”).

    `green`/`yellow`: band thresholds on the half-up rounded score. `bands_note` says how they were
    chosen. `origin`: “suggested”, “by hand” or “starter set”; `made_for` identifies the best
    customers it was made for.
    """

    version: Literal[1] = 1
    origin: Literal["suggested", "by hand", "starter set"] = "suggested"
    criteria: tuple[Criterion, ...] = Field((), max_length=12)
    groups: tuple[Group, ...] = GROUPS
    rules: dict[str, ColumnRule] = Field(default_factory=dict)
    missing_policy: Literal["average", "zero", "leave_out"] = "average"
    coverage_floor: float = Field(0.6, ge=0, le=1)
    green: int = Field(80, ge=1, le=100)
    yellow: int = Field(60, ge=0, le=100)
    bands_note: str = ""
    flags: tuple[Flag, ...] = ()
    learned_from: str = ""
    note: str = ""
    made_for: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Rubric:
        total = sum(criterion.weight for criterion in self.criteria)
        if self.criteria and total != 100:
            raise ValueError(f"weights sum to {total}, not 100")
        if len({criterion.name for criterion in self.criteria}) != len(self.criteria):
            raise ValueError("two criteria have the same name")
        if self.yellow >= self.green:
            raise ValueError("Yellow must start below Green")
        if unknown := {c.group for c in self.criteria} - {g.key for g in self.groups}:
            raise ValueError(f"criteria name groups that do not exist: {sorted(unknown)}")
        return self

    def score(self, frame: Frame) -> Frame:
        """Score raw or clean rows; see `rubric.scoring.score_frame`."""
        # the rubric's two doors: these import this module
        from icp_engine.rubric.scoring import score_frame

        return score_frame(self, frame)

    def twin_of(self, criterion: Criterion) -> Criterion | None:
        """The criterion with the same attributes and levels, the last of several; compared, never
        hashed: what was not changed is the same object, and that costs nothing.
        """
        twins = (
            one
            for one in reversed(self.criteria)
            if one.attributes == criterion.attributes and one.levels == criterion.levels
        )
        return next(twins, None)

    def with_weights(self, weights: dict[str, int]) -> Rubric:
        """Set some weights, the others change in proportion; see `rubric.weights.rebalance`."""
        # the rubric's two doors: these import this module
        from icp_engine.rubric.weights import rebalance

        return rebalance(self, weights)

    def to_json(self) -> str:
        """The rubric as text; equal rubrics give equal bytes."""
        return (
            json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True)
            + "\n"
        )

    @classmethod
    def from_json(cls, text: str) -> Rubric:
        """Read a rubric; ValueError (pydantic's) when it is not one."""
        return cls.model_validate_json(text)
