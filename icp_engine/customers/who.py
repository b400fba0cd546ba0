"""Who counts as a customer, which deals are new business, and who is too young to judge.

Comes in: `Intake` and settings. Goes out: deals with `deal_type` and `new_business` filled, and one
row an account saying whether it is a customer, since when, and why it was left out. Separate
because each wrong guess here reverses every later result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Bools, Frame, Index, Series

NOT_CUSTOMERS = ("partner", "vendor", "competitor", "test", "own")
LEAST_LOST = 10  # lost accounts that a test on deals needs
MONEY_UNITS = ("$", "money", "currency")


@dataclass(frozen=True)
class Membership:
    """By account_id: `is_customer` (bool), `since` (datetime or NaT), `left_out` (why, only those
    left out).
    """

    is_customer: Series
    since: Series
    left_out: Series
    too_young: Index


def classify_deals(deals: Frame, deal_is_account: bool) -> Frame:
    """Fill `deal_type` and add `new_business`.

    A deal whose type nobody recorded is an upsell when it was closed (or, while open, created)
    after the account's first win, else new business. Deals of the day of the first win count as new
    business. Where no type is recorded at all and that leaves fewer than ten lost accounts although
    repeat deals are lost too, every deal is contested anew and counts as new business.
    """
    deals = deals.copy()
    if deals.empty:
        return deals.assign(new_business=pd.Series(dtype=bool))
    known = (
        deals["deal_type"]
        if "deal_type" in deals
        else pd.Series(pd.NA, index=deals.index, dtype="str")
    )
    after_first_win = (
        pd.Series(False, index=deals.index) if deal_is_account else _after_first_win(deals)
    )
    if not known.notna().any() and _always_contested(deals, after_first_win):
        after_first_win = pd.Series(False, index=deals.index)
    deals["deal_type"] = known.where(
        known.notna(), after_first_win.map({True: "upsell", False: "new"})
    )
    deals["new_business"] = (deals["deal_type"] == "new").to_numpy(dtype=bool)
    return deals


def _after_first_win(deals: Frame) -> Series:
    won = deals["won"].fillna(False).astype(bool)
    if not won.any():
        return pd.Series(False, index=deals.index)
    first_win = deals.loc[won].groupby("account_id")["closed_date"].min()
    moment = deals["closed_date"].fillna(deals["created_date"])
    return (moment > pd.to_datetime(deals["account_id"].map(first_win))).fillna(False).astype(bool)


def _always_contested(deals: Frame, after_first_win: Series) -> bool:
    """Whether setting repeat deals apart leaves too few lost accounts, while with them there would
    be enough.
    """
    lost = deals["won"].map({True: 0.0, False: 1.0}).astype("float64")
    share_lost = lost.groupby(deals["account_id"]).mean().sum()
    share_lost_first = lost[~after_first_win].groupby(deals["account_id"]).mean().sum()
    return bool(share_lost_first < LEAST_LOST <= share_lost)


def find_customers(intake: Intake, deals: Frame, settings: Settings) -> Membership:
    """Decide for every account whether it is a customer.

    A customer has a won deal, a customer-since date, the type “customer”, or (where nothing else is
    recorded) a value metric. Partners, vendors, competitors, test and own records and a person's
    exclusions are left out.
    """
    accounts = intake.accounts
    won_deals = deals.loc[deals["won"].fillna(False).astype(bool)] if len(deals) else deals
    has_win = pd.Series(_among(accounts.index, won_deals["account_id"]), index=accounts.index)
    type_ = accounts.get("account_type", pd.Series(pd.NA, index=accounts.index, dtype="str"))
    since = _customer_since(accounts, won_deals)
    is_customer = has_win | (type_ == "customer").fillna(False).astype(bool)
    is_customer |= since.notna() & ~type_.isin(["prospect"])
    if not _has_evidence(accounts, won_deals):
        is_customer |= _has_revenue(intake)
    is_customer |= _has_revenue(intake) & type_.isna()
    left_out = _left_out(accounts, type_, settings)
    is_customer &= ~type_.isin(NOT_CUSTOMERS) & ~_among(accounts.index, list(settings.exclusions))
    age_days = (intake.as_of - since).dt.days
    too_young = accounts.index[is_customer & (age_days < settings.min_age_days)]
    too_young = too_young.difference(list(settings.pins)) if settings.pins else too_young
    return Membership(is_customer, since.where(is_customer), left_out, too_young)


def _customer_since(accounts: Frame, won_deals: Frame) -> Series:
    """The recorded date, else the first won deal's closing date."""
    none = pd.Series(dtype="datetime64[ns]")
    if not len(won_deals) and "customer_since" in accounts:
        return accounts["customer_since"]
    first_win = won_deals.groupby("account_id")["closed_date"].min() if len(won_deals) else none
    derived = first_win.reindex(accounts.index)
    return accounts["customer_since"].fillna(derived) if "customer_since" in accounts else derived


def _has_evidence(accounts: Frame, won_deals: Frame) -> bool:
    """Whether the data says anywhere who became a customer."""
    typed = "account_type" in accounts and bool((accounts["account_type"] == "customer").any())
    return typed or "customer_since" in accounts or len(won_deals) > 0


def _has_revenue(intake: Intake) -> Series:
    """Accounts with revenue: a money metric above zero; where no metric is money, any known value
    metric.
    """
    metrics = {
        name: column for name, column in intake.columns.items() if column.role == "value_metric"
    }
    money = [
        name
        for name, column in metrics.items()
        if column.type == "money" or column.role.unit in MONEY_UNITS
    ]
    accounts = intake.accounts
    if money:
        return (accounts[money] > 0).any(axis=1)
    return (
        accounts[list(metrics)].notna().any(axis=1)
        if metrics
        else pd.Series(False, index=accounts.index)
    )


def _left_out(accounts: Frame, type_: Series, settings: Settings) -> Series:
    by_type = type_[type_.isin(NOT_CUSTOMERS).to_numpy()]
    why = ("type “" + by_type.astype("str") + "”").astype("str")
    by_hand = {name: f"left out by hand: {reason}" for name, reason in settings.exclusions.items()}
    excluded = pd.Series(by_hand, dtype="str")
    if len(excluded):
        excluded = excluded[excluded.index.isin(accounts.index)]
    return pd.concat([why, excluded]).groupby(level=0).last()


def _among(names: Index, wanted: Sequence[str] | Series) -> Bools:
    """Which names are wanted; a million of them are not made objects to be sought in nothing."""
    found: Bools = names.isin(wanted) if len(wanted) else np.zeros(len(names), dtype=bool)
    return found
