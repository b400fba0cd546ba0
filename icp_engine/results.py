"""What a finished study holds, as a type for whatever shows or writes it.

Comes in: nothing (definitions only). Goes out: `Results`. Separate because documents, exports,
charts and pages read results and make none: they name this type, and never import what composes.
Each is explained where it is made, in `icp_engine/study/`.
"""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd

from icp_engine.attributes.model import AttributeSet
from icp_engine.customers.model import Best, Customers
from icp_engine.holdout.model import HoldOut
from icp_engine.intake.model import Intake
from icp_engine.problems import Problem
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import Fits
from icp_engine.segments.model import Segments
from icp_engine.settings import Settings
from icp_engine.traits.model import Traits
from icp_engine.types import Frame, Series
from icp_engine.validation.model import Validation


class Results(Protocol):
    """The results of a study in one state of its settings."""

    settings: Settings
    raw: dict[str, Frame]

    @property
    def intake(self) -> Intake: ...

    @property
    def problems(self) -> list[Problem]: ...

    @property
    def as_of(self) -> pd.Timestamp: ...

    @property
    def customers(self) -> Customers: ...

    @property
    def accounts(self) -> Frame: ...

    @property
    def deals(self) -> Frame: ...

    @property
    def holdout(self) -> HoldOut: ...

    @property
    def outcomes(self) -> Frame: ...

    @property
    def best(self) -> Best: ...

    @property
    def attributes(self) -> AttributeSet: ...

    @property
    def traits(self) -> Traits: ...

    @property
    def grouped_reasons(self) -> Frame: ...

    @property
    def reasons(self) -> Frame: ...

    @property
    def recorded_reasons(self) -> Frame: ...

    @property
    def words(self) -> Frame: ...

    @property
    def afterwards(self) -> Frame: ...

    @property
    def deal_watch(self) -> Frame: ...

    @property
    def segments(self) -> Segments: ...

    @property
    def segment_traits(self) -> Frame: ...

    @property
    def suggestion(self) -> Rubric: ...

    @property
    def rubric(self) -> Rubric: ...

    @property
    def fits(self) -> Fits: ...

    @property
    def scores(self) -> Frame: ...

    @property
    def contributions(self) -> Frame: ...

    @property
    def validation(self) -> Validation: ...

    def explain(self, ids: Any) -> Series: ...

    def what_would_lift(self, ids: Any) -> Frame: ...
