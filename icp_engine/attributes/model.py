"""Attributes that may describe an account, and the indicators (levels, tags, ranges) they fall
into.

Comes in: nothing (definitions only). Goes out: `Attribute`, `Withheld`, `AttributeSet`,
`Indicator`, `Indicators`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from icp_engine.types import Index
from icp_engine.values.rule import ColumnRule

if TYPE_CHECKING:
    from icp_engine.types import Bools

Measure = Literal["number", "ordered", "category", "tags", "boolean"]


@dataclass(frozen=True)
class Attribute:
    """A column known before the sale that may describe an account.

    `kind` is demographic, firmographic, technographic, behavioural, psychographic or buying.
    `measure` says how it is compared: number (float64 column), ordered (text levels in the order of
    `levels`), category, tags (one text, joined by “; ”), boolean (text “yes”/“no” after
    `attributes.indicators`).
    """

    name: str
    kind: str
    measure: Measure
    levels: tuple[str, ...]
    rule: ColumnRule
    unit: str = ""


@dataclass(frozen=True)
class Withheld:
    """A column that could describe but must not, and the check that says so. `can_allow`: a person
    may override.
    """

    attribute: str
    code: str
    how_detected: str
    why_it_matters: str
    what_to_do: str
    can_allow: bool = True


@dataclass(frozen=True)
class AttributeSet:
    """The attributes that may describe and score, those that may only describe, and those withheld
    with the reason.
    """

    attributes: tuple[Attribute, ...]
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True)
class Indicator:
    """One attribute holding one value, tag or range. `low`/`high` for ranges: low ≤ value < high
    (None: open).
    """

    attribute: str
    value: str
    kind: Literal["level", "tag", "range"]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Indicators:
    """Accounts × indicators. `held[i, j]`: account i holds indicator j; `known[i, j]`: its
    attribute is known.
    """

    index: Index
    items: tuple[Indicator, ...]
    held: Bools
    known: Bools
