"""One table as understood: its rows as the file has them, with what each column is.

Comes in: a raw frame, rules and roles. Goes out: clean values, words, descriptions of columns.
Separate because whoever judges tables needs it, and who understands them needs the judges.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from icp_engine.intake.columns.outcomes import explain_values
from icp_engine.intake.columns.role import Column, Role, TableKind
from icp_engine.intake.columns.roles import ROLE_TYPES
from icp_engine.types import Frame, Series
from icp_engine.values.currency_signs import apply_factors
from icp_engine.values.parse import count_values, missing_mask, parse_column
from icp_engine.values.rule import ColumnRule


@dataclass(frozen=True)
class Table:
    """One table as understood. `frame` is raw, its index the file's row numbers.

    `sure`: how sure its kind is, 0–1.
    `factors`: by column of amounts, what makes each row's amount one in the study's currency.
    `meanings`: by column, what a person says its values mean. `lent`: by role, values that another
    table holds of these rows, as an order does of its lines.
    """

    name: str
    kind: TableKind
    reason: str
    frame: Frame
    rules: dict[str, ColumnRule]
    roles: dict[str, Role]
    sure: float = 1.0
    factors: dict[str, Series] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    lent: dict[str, Series] = field(default_factory=dict, repr=False, compare=False)
    counts: dict[str, tuple[ColumnRule, tuple[int, int, int]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def header(self, role: str) -> str | None:
        """The first column with this role, or None."""
        return next((header for header, found in self.roles.items() if found == role), None)

    def headers(self, *roles: str) -> list[str]:
        """All columns with one of these roles, in file order."""
        return [header for header, found in self.roles.items() if found in roles]

    def clean(self, header: str) -> Series:
        """Clean values by the rule, amounts in the study's currency; a column without any has its
        role's type.
        """
        rule = self.rules[header]
        if rule.type == "empty":
            rule = rule.model_copy(
                update={"type": ROLE_TYPES.get(str(self.roles[header]), rule.type)}
            )
        values = parse_column(self.frame[header], rule)
        if rule.factor != 1.0 and pd.api.types.is_numeric_dtype(self.frame[header]):
            values = (values * rule.factor).round(9)  # numbers as they came, not texts
        return apply_factors(values, self.factors[header]) if header in self.factors else values

    def words(self, header: str) -> Series:
        """The raw values for readers of words: what means empty is missing, what a person explained
        is explained.
        """
        series = self.frame[header]
        missing = missing_mask(series, self.rules[header]).to_numpy(dtype=bool)
        known = series.where(~missing) if missing.any() else series
        return explain_values(known, self.meanings.get(header, {}))

    def part(self, role: str) -> Series | None:
        """The clean values of the column that has this role, else those lent for it, or None."""
        header = self.header(role)
        return self.lent.get(role) if header is None else self.clean(header)

    def column(self, header: str, role: Role | None = None) -> Column:
        """The column's description; `role` replaces the table's own."""
        rule = self.rules[header]
        known, distinct, blank = self._count(header, rule)
        rows, missing = len(self.frame), len(self.frame) - known
        filled, worded = (
            known / rows if rows else 0.0,
            max(0.0, 1.0 - blank / missing) if missing else 0.0,
        )
        return Column(
            self.name, header, rule.type, role or self.roles[header], rule, filled, distinct, worded
        )

    def _count(self, header: str, rule: ColumnRule) -> tuple[int, int, int]:
        """`count_values`, once a column and rule: a million rows are asked for by several stages."""
        counted = self.counts.get(header)
        if counted is None or counted[0] is not rule:
            self.counts[header] = counted = (rule, count_values(self.frame[header], rule))
        return counted[1]


def known_values(series: Series, rule: ColumnRule) -> Series:
    """The raw values that do not mean empty."""
    return series[~missing_mask(series, rule).to_numpy(dtype=bool)]
