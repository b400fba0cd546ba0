"""Everything known about every account: attributes, value metrics, who is a customer.

Comes in: `Intake` and settings. Goes out: `Customers`. Separate because it joins what the accounts
table says with what the account's deals say, once, for all later stages.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from icp_engine.customers.metrics import DERIVED, derive_from_deals, list_metrics
from icp_engine.customers.model import Customers
from icp_engine.customers.who import Membership, classify_deals, find_customers
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.joining.accounts import STANDARD
from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Frame

CARRIED_ROLES = ("attribute", "known_after", "existing_score", "lead_source", "product")


def find_everyone(intake: Intake, settings: Settings) -> tuple[Frame, Membership]:
    """Classified deals of the scope (without left-out accounts' deals) and the membership of every
    account.
    """
    deals = classify_deals(intake.deals, intake.deal_is_account)
    membership = find_customers(intake, deals, settings)
    kept = deals[~deals["account_id"].isin(membership.left_out.index)] if len(deals) else deals
    return kept, membership


def describe_accounts(
    intake: Intake,
    deals: Frame,
    membership: Membership,
    settings: Settings,
    before: pd.Timestamp | None = None,
) -> Customers:
    """Join attributes of the first new-business deal and metrics of won deals to the accounts.

    With `before`, value metrics come from deals closed before that day only: what derivation may
    know.
    """
    carried, carried_columns = carry_deal_attributes(intake, deals)
    usable = deals if before is None or not len(deals) else deals[~(deals["closed_date"] >= before)]
    derived = derive_from_deals(usable, membership.since, before or intake.as_of)
    derived = derived.rename(
        columns=lambda name: f"{name} (deals)" if name in intake.accounts else name
    )
    metrics = list_metrics(
        intake, derived.rename(columns=lambda name: name.removesuffix(" (deals)")), settings
    )
    metrics = tuple(
        replace(metric, name=f"{metric.name} (deals)")
        if metric.derived and metric.name in intake.accounts
        else metric
        for metric in metrics
    )
    accounts = intake.accounts.copy(deep=False)
    for more in (carried, derived):
        accounts = accounts.join(more) if len(more.columns) else accounts
    return Customers(
        accounts=accounts,
        deals=deals,
        columns={**intake.columns, **carried_columns},
        metrics=metrics,
        is_customer=membership.is_customer,
        customer_since=membership.since,
        left_out=membership.left_out,
        too_young=membership.too_young,
    )


def carry_deal_attributes(intake: Intake, deals: Frame) -> tuple[Frame, dict[str, Column]]:
    """Attributes of each account's first new-business deal, under the file's column names.

    A name that the accounts have, or that means something of its own there (“churn_date”), gets
    “ (deal)” appended.
    """
    if intake.deal_is_account or not len(deals):
        names = {} if not len(deals) else _carried_names(intake)
        first = deals.set_index("account_id") if len(deals) else deals
    else:
        names = _carried_names(intake)
        new = deals[deals["new_business"]]
        order = new.sort_values(["created_date", "closed_date"], kind="stable", na_position="last")
        first = order.drop_duplicates("account_id").set_index("account_id")
    frame = pd.DataFrame(
        {new: first[old] for old, (new, _) in names.items()}, index=first.index if names else None
    )
    return frame, dict(names.values())


def _carried_names(intake: Intake) -> dict[str, tuple[str, Column]]:
    carried = {}
    taken = {"account_id", *STANDARD, *DERIVED, *intake.accounts}
    for name, column in intake.deal_columns.items():
        if column.role in CARRIED_ROLES and name in intake.deals:
            labels = (column.name, f"{column.name} (deal)", f"{name} (deal)")
            label = next((free for free in labels if free not in taken), None)
            if label is not None:
                taken.add(label)
                carried[name] = (label, _as_attribute(column))
    return carried


def _as_attribute(column: Column) -> Column:
    if column.role in ("lead_source", "product"):
        return replace(
            column, role=Role("attribute", column.role.score, column.role.reason, kind="buying")
        )
    return column
