"""Names for the pandas objects that pass between stages, and the verdict every stage ends in.

Comes in: nothing. Goes out: type aliases and `Verdict`. Separate because every stage uses them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:  # at run time they are words in annotations; the shell's help needs no numpy
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]
else:
    Floats = Bools = Ints = Any
Pair: TypeAlias = tuple[Floats, Floats]  # (good, bad) weights by account

Frame: TypeAlias = Any  # pandas.DataFrame: pandas ships no types
Series: TypeAlias = Any  # pandas.Series
Index: TypeAlias = Any  # pandas.Index
Progress: TypeAlias = Callable[[str, float], None]  # (what is being done, share done 0–1)


class Frozen(BaseModel):
    """A value object: immutable, no unknown fields, JSON in and out."""

    model_config = ConfigDict(frozen=True, extra="forbid")


VerdictLevel = Literal["strong", "moderate", "weak", "none", "too_little_data"]
LEVEL_WORDS: dict[str, str] = {
    "strong": "strong",
    "moderate": "moderate",
    "weak": "weak",
    "none": "none",
    "too_little_data": "too little data",
}


@dataclass(frozen=True)
class Verdict:
    """What a stage found, in one sentence for a sales lead, and the reasons behind it."""

    level: VerdictLevel
    sentence: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval and the count it rests on; `value` None means not applicable."""

    value: float | None
    low: float | None
    high: float | None
    n: float


NOT_APPLICABLE = Estimate(None, None, None, 0.0)  # nothing was there to measure
