"""What intake hands on: typed tables, what each column was taken for, and what was wrong.

Comes in: nothing (definitions only). Goes out: `Role`, `ColumnRule`, `Column`, `Intake`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from icp_engine.intake.columns.proposal_model import CurrencyUse, DerivedAttribute
from icp_engine.intake.columns.role import Column, Role, TableKind
from icp_engine.problems import Problem

if TYPE_CHECKING:
    from icp_engine.intake.joining.joins_and_summaries import SummaryColumn, TableJoin


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
