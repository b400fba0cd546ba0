"""How one column's text is read: `ColumnType`, `ColumnRule`.

Comes in: nothing. Goes out: the rule. Separate because a rubric carries rules to lists that no
study has seen.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from icp_engine.types import Frozen

ColumnType = Literal[
    "number",
    "money",
    "percent",
    "range",
    "boolean",
    "tags",
    "category",
    "text",
    "date",
    "id",
    "email",
    "phone",
    "domain",
    "empty",
]


def _is_one(value: float) -> bool:
    return value == 1.0


def _is_empty(text: str) -> bool:
    return not text


class ColumnRule(Frozen):
    """How one column's raw text becomes clean values; a rubric carries it so that a new list is
    read alike.

    `type` decides the result: number, money, percent → float64; range → its band's label as text
    (`levels` holds the bands in order); boolean → boolean; date → datetime64; tags → one text with
    tags joined by “; ”; category → text. `decimal` is “.” or “,”. `missing` are words that mean
    empty, lower case. `merges` maps the folded spelling (see `parse.fold`) to the level it stands
    for. `factor` is what a header's unit multiplies by (“in thousands”); a cell that names its own scale
    is not multiplied. `month_language` is whose month a word is where languages disagree (“listopad”).
    `rates` are units of `currency` for one unit of the currency whose sign stands in a cell.

    A column made from others carries how: `made_by` names the step (see `making`), `made_from` the
    rules of the columns it reads, in order, `made_at` the ISO date for which it holds.
    """

    type: ColumnType = "category"
    decimal: Literal[".", ","] = "."
    date_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    separator: str = ";"
    missing: tuple[str, ...] = ()
    merges: dict[str, str] = Field(default_factory=dict)
    levels: tuple[str, ...] = ()
    currency: str = ""
    # written down only where a rule has them
    factor: float = Field(default=1.0, exclude_if=_is_one)
    month_language: str = Field(default="", exclude_if=_is_empty)
    rates: dict[str, float] = Field(default_factory=dict)
    made_by: str = ""
    made_from: dict[str, ColumnRule] = Field(default_factory=dict)
    made_at: str = ""
