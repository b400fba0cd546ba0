"""What a column is for: roles, kinds of tables and attributes.

Comes in: nothing. Goes out: `Role`, `Column`. Separate because every room of intake speaks of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from icp_engine.values.rule import ColumnRule, ColumnType

TableKind = Literal[
    "accounts",
    "deals",
    "contacts",
    "orders",
    "subscriptions",
    "invoices",
    "usage",
    "tickets",
    "surveys",
    "engagement",
    "campaigns",
    "churn",
    "notes",
    "leads",
    "quotes",
    "history",
    "unknown",
]


AttributeKind = Literal[
    "demographic", "firmographic", "technographic", "behavioural", "psychographic", "buying"
]


ROLES: tuple[str, ...] = (
    "account_id",
    "account_name",
    "domain",
    "account_type",
    "owner",
    "deal_id",
    "deal_name",
    "deal_type",
    "pipeline",
    "product",
    "currency",
    "won",
    "stage",
    "amount",
    "created_date",
    "closed_date",
    "customer_since",
    "churned",
    "churn_date",
    "lost_reason",
    "lead_source",
    "value_metric",
    "attribute",
    "text",
    "contact_email",
    "contact_phone",
    "contact_first_name",
    "contact_last_name",
    "contact_job_title",
    "event_id",
    "event_date",
    "event_quantity",
    "event_amount",
    "known_after",
    "existing_score",
    "identifier",
    "ignore",
)


class Role(str):
    """What a column is for. Equal to its name as text; carries how sure that is and why.

    `score` 0–1, `kind` the attribute kind (“” unless an attribute), `direction` “more” or “less” is
    better and `unit` for a value metric. `given` is True when a person said so; `rivals` are columns
    that could be it as well.
    """

    score: float
    reason: str
    kind: str
    direction: str
    unit: str
    given: bool
    rivals: tuple[str, ...]

    def __new__(
        cls,
        name: str,
        score: float = 1.0,
        reason: str = "",
        kind: str = "",
        direction: str = "",
        unit: str = "",
        given: bool = False,
        rivals: tuple[str, ...] = (),
    ) -> Role:
        role = super().__new__(cls, name)
        role.score, role.reason, role.kind = score, reason, kind
        role.direction, role.unit, role.given = direction, unit, given
        role.rivals = rivals
        return role

    def __reduce__(self) -> Any:
        return (
            Role,
            (
                *(str(self), self.score, self.reason, self.kind, self.direction, self.unit),
                *(self.given, self.rivals),
            ),
        )

    @property
    def name(self) -> str:
        """The role's name as plain text."""
        return str(self)


@dataclass(frozen=True)
class Column:
    """One column of one table: what it was taken for.

    `filled` is the share 0–1 of rows with a value, `worded` the share 0–1 of the other rows in
    which somebody wrote a missing word (“unknown”) rather than nothing.
    """

    table: str
    name: str
    type: ColumnType
    role: Role
    rule: ColumnRule
    filled: float
    distinct: int
    worded: float = 0.0
