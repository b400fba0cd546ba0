"""What a study can be narrowed to: the columns worth filtering by, their values and how many rows
have each.

Comes in: the intake of everything. Goes out: `ScopeChoice` values. Separate from `scope`, which
applies filters whoever wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from icp_engine.intake.columns.role import Column
from icp_engine.intake.model import Intake
from icp_engine.types import Frame, Series

Side = Literal["accounts", "deals"]
VALUES_MAX = 200  # a column with more different values names things
DEAL_ROLES = ("pipeline", "product", "deal_type", "stage", "owner", "lost_reason", "lead_source")
DEAL_DATES = ("created_date", "closed_date")
ACCOUNT_ROLES = ("account_type", "owner")
ACCOUNT_DATES = ("customer_since",)


@dataclass(frozen=True)
class ScopeChoice:
    """One column to filter by. `values`: (value, rows) by number of rows, empty for dates; `low`,
    `high`: its first and last day as ISO dates; `open_deals`: deals without a day of closing yet,
    for the column that holds it.
    """

    table: Side
    column: str
    values: tuple[tuple[str, int], ...] = ()
    low: str = ""
    high: str = ""
    open_deals: int = 0

    @property
    def is_date(self) -> bool:
        """Whether it is filtered from a day to a day."""
        return bool(self.low)


def find_scope_choices(intake: Intake) -> tuple[ScopeChoice, ...]:
    """Pipeline, product, deal type, owner, dates, lost reason; then account type and attributes
    with few levels.
    """
    sides: tuple[tuple[Side, Frame, tuple[str, ...], tuple[str, ...], dict[str, Column]], ...] = (
        ("deals", intake.deals, DEAL_ROLES, DEAL_DATES, intake.deal_columns),
        ("accounts", intake.accounts, ACCOUNT_ROLES, ACCOUNT_DATES, intake.columns),
    )
    found: list[ScopeChoice | None] = []
    for side, frame, roles, dates, columns in sides:
        found += [
            _values(side, header_of(intake, side, role), frame[role])
            for role in roles
            if role in frame
        ]
        found += [
            _dates(side, header_of(intake, side, role), frame[role])
            for role in dates
            if role in frame
        ]
        found += [
            _values(side, name, frame[name])
            for name in columns
            if _is_level(columns[name]) and name in frame
        ]
    opened = int(intake.deals["won"].isna().sum())
    closing = header_of(intake, "deals", "closed_date")
    return tuple(
        replace(choice, open_deals=opened)
        if choice.is_date and choice.table == "deals" and choice.column == closing
        else choice
        for choice in found
        if choice is not None
    )


def header_of(intake: Intake, side: Side, role: str) -> str:
    """The header that holds a role in the tables of one kind; the role's name where no or several
    headers do.
    """
    headers = {
        header
        for table, roles in intake.roles.items()
        if intake.kinds.get(table) == side
        for header, found in roles.items()
        if found == role
    }
    return headers.pop() if len(headers) == 1 else role


def _is_level(column: Column) -> bool:
    return column.role in ("attribute", "lead_source") and column.type in (
        "category",
        "range",
        "boolean",
    )


def _values(side: Side, name: str, values: Series) -> ScopeChoice | None:
    counts = values.dropna().astype("str").value_counts()
    kinds = len(counts) + bool(values.isna().any())
    if kinds < 2 or not 0 < len(counts) <= VALUES_MAX:
        return None
    return ScopeChoice(side, name, tuple((str(value), int(rows)) for value, rows in counts.items()))


def _dates(side: Side, name: str, values: Series) -> ScopeChoice | None:
    known = values.dropna()
    if not len(known) or known.min() == known.max():
        return None
    low, high = (pd.Timestamp(moment).date().isoformat() for moment in (known.min(), known.max()))
    return ScopeChoice(side, name, (), low, high)
