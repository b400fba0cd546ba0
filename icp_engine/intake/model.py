"""What intake hands on: typed tables, what each column was taken for, and what was wrong.

Comes in: nothing (definitions only). Goes out: `Role`, `ColumnRule`, `Column`, `Intake`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from icp_engine.intake.model_proposals import CurrencyUse, DerivedAttribute
from icp_engine.problems import Problem
from icp_engine.types import Frozen

if TYPE_CHECKING:
    from icp_engine.intake.view import SummaryColumn, TableJoin

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
    better and `unit` for a value metric. `given` is True when a person said so.
    """

    score: float
    reason: str
    kind: str
    direction: str
    unit: str
    given: bool

    def __new__(
        cls,
        name: str,
        score: float = 1.0,
        reason: str = "",
        kind: str = "",
        direction: str = "",
        unit: str = "",
        given: bool = False,
    ) -> Role:
        role = super().__new__(cls, name)
        role.score, role.reason, role.kind = score, reason, kind
        role.direction, role.unit, role.given = direction, unit, given
        return role

    def __reduce__(self) -> Any:
        return (
            Role,
            (str(self), self.score, self.reason, self.kind, self.direction, self.unit, self.given),
        )

    @property
    def name(self) -> str:
        """The role's name as plain text."""
        return str(self)


class ColumnRule(Frozen):
    """How one column's raw text becomes clean values; a rubric carries it so that a new list is
    read alike.

    `type` decides the result: number, money, percent → float64; range → its band's label as text
    (`levels` holds the bands in order); boolean → boolean; date → datetime64; tags → one text with
    tags joined by “; ”; category → text. `decimal` is “.” or “,”. `missing` are words that mean
    empty, lower case. `merges` maps the folded spelling (see `parse.fold`) to the level it stands
    for. `rates` are units of `currency` for one unit of the currency whose sign stands in a cell.

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
    rates: dict[str, float] = Field(default_factory=dict)
    made_by: str = ""
    made_from: dict[str, ColumnRule] = Field(default_factory=dict)
    made_at: str = ""


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


@dataclass(frozen=True)
class Intake:
    """Clean tables with roles.

    accounts: DataFrame by account_id (text, unique). Standard columns, present only when known:
        account_name, domain, account_type (“customer” “prospect” “partner” “vendor” “competitor”
        “test” “own” or <NA>), owner, customer_since, churned (boolean), churn_date. Then attributes
        and value metrics under their file names. Aggregates of further tables (orders,
        subscriptions, tickets, usage) join here as columns with a `Column` each.
    deals: DataFrame by deal_id (text, unique): account_id, won (boolean, <NA> while open),
        deal_type (“new” “renewal” “upsell” or <NA> when no column says), created_date, closed_date,
        amount, and stage, pipeline, product, owner, lost_reason, lead_source, deal_name where
        known. Then deal attributes under their file names. Empty frame with these columns when
        there are no deals.
    columns: what describes an account: {name in `accounts`: Column} for attributes, value metrics,
    known_after etc. deal_columns: the same for `deals`. contacts: account_id, job_title and further
    contact columns. texts: account_id, source, date, text. events: {table: DataFrame with
    account_id, date, amount, quantity} in time order. joins: how each table found its accounts.
    summaries: every aggregation of a further table, those off included. churn_basis: where
    “churned” comes from: “recorded”, “events”, “estimate” or “”; churn_rule: the estimate in words.
    """

    raw: dict[str, Any]
    kinds: dict[str, TableKind]
    roles: dict[str, dict[str, Role]]
    table_columns: dict[str, tuple[Column, ...]]
    accounts: Any
    deals: Any
    columns: dict[str, Column]
    deal_columns: dict[str, Column]
    contacts: Any
    texts: Any
    events: dict[str, Any]
    as_of: Any
    unit: Literal["company", "person"]
    deal_is_account: bool
    currency: str
    problems: tuple[Problem, ...] = field(default_factory=tuple)
    joins: tuple[TableJoin, ...] = ()
    summaries: tuple[SummaryColumn, ...] = ()
    churn_basis: str = ""
    churn_rule: str = ""
    derived: tuple[DerivedAttribute, ...] = ()
    currencies: tuple[CurrencyUse, ...] = ()
