"""What subscriptions and invoices say of a customer: recurring and total revenue, how it grew, how
it is paid.

Comes in: subscriptions or invoices that know their account. Goes out: a `Summary`. Separate because
recurring revenue runs between two dates, where an order happens on one.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.columns.outcomes import read_churned
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.events import (
    DAYS_PER_MONTH,
    Moments,
    Summary,
    describe,
    known_metrics,
    list_bought,
)
from icp_engine.types import Frame, Series

YEAR = pd.Timedelta(days=365)


def summarise_subscriptions(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per account: mrr (sum over subscriptions running at as_of), arr (12 × mrr), acv (mean yearly
    amount of a subscription), ltv (Σ monthly amount × months until end or as_of), nrr (% of the MRR
    of a year ago that runs now), tenure_days since the first start; churned when none runs any
    more, churn_date then the last end. A subscription that its status calls cancelled without
    saying when runs no more; what it paid is unknown.
    """
    as_of = moments.as_of
    events = events[~(events["date"] > as_of)].copy()
    ended = (
        events["end_date"]
        if "end_date" in events
        else pd.Series(pd.NaT, index=events.index, dtype="datetime64[ns]")
    )
    stopped = _stopped(events) & ended.isna()
    running = (ended.isna() & ~stopped) | (ended > as_of)
    until = ended.where(ended <= as_of, as_of)
    months = ((until - events["date"]).dt.days / DAYS_PER_MONTH).clip(lower=0)
    months = months.mask(stopped)
    events["paid"], events["running"], events["ended"] = events["amount"] * months, running, ended
    events["now"] = events["amount"].where(running, 0.0)
    events["then"] = events["amount"].where(
        (events["date"] <= as_of - YEAR) & ~(ended <= as_of - YEAR), 0.0
    )
    by = events.groupby("account_id", sort=True)
    first, now, then = by["date"].min(), by["now"].sum(min_count=1), by["then"].sum(min_count=1)
    frame = pd.DataFrame(
        {
            "mrr": now,
            "arr": 12.0 * now,
            "acv": 12.0 * by["amount"].mean(),
            "ltv": by["paid"].sum(min_count=1),
            "nrr": (100.0 * now / then).where(then > 0),
            "tenure_days": (as_of - first).dt.days.astype("float64"),
        }
    )
    summary = known_metrics(frame, table.name)
    bought, columns = _first_bought(table, events)
    churned = ~by["running"].any()
    frame = summary.frame.join(bought).assign(
        customer_since=first, churned=churned.astype("boolean")
    )
    frame["churn_date"] = by["ended"].max().where(churned)
    frame["running_since"] = events[events["running"]].groupby("account_id")["date"].max()
    return Summary(frame, {**summary.columns, **columns})


def _stopped(events: Frame) -> Series:
    """Which subscriptions their status calls ended; none where no column says."""
    if "its state" not in events:
        return pd.Series(False, index=events.index)
    return read_churned(events["its state"].astype("str")).fillna(False).astype(bool)


def _first_bought(table: Table, events: Frame) -> tuple[Frame, dict[str, Column]]:
    """Plan, seats and terms of the first subscription: chosen with the sale, so they never score."""
    frame = pd.DataFrame(index=pd.Index([], dtype="str", name="account_id"))
    columns: dict[str, Column] = {}
    role = Role("known_after", 0.8, "what was bought first: known only with the sale")
    first = events.groupby("account_id", sort=True)
    for header in list_bought(table):
        name, values = f"first {header}", first[f"of {header}"].first()
        frame = frame.reindex(values.index).assign(**{name: values})
        columns[name] = describe(name, table.name, role, values, table.rules[header])
    return frame, columns


def summarise_invoices(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per account: revenue_invoiced (sum up to as_of), revenue_last_12_months, nrr (% of the twelve
    months before that, known after two years), days_late (mean days from due to paid; an unpaid one
    counts to as_of; early is 0), late_payments_share (0–1 of due invoices). customer_since is the
    first invoice.
    """
    as_of = moments.as_of
    events = events[~(events["date"] > as_of)].copy()
    events["last"] = events["amount"].where(events["date"] > as_of - YEAR, 0.0)
    two_years = events["date"] > as_of - 2 * YEAR
    events["before"] = events["amount"].where(two_years & ~(events["date"] > as_of - YEAR), 0.0)
    events["late"] = _days_late(events, as_of)
    by = events.groupby("account_id", sort=True)
    first, last, before = (
        by["date"].min(),
        by["last"].sum(min_count=1),
        by["before"].sum(min_count=1),
    )
    frame = pd.DataFrame(
        {
            "revenue_invoiced": by["amount"].sum(min_count=1),
            "revenue_last_12_months": last,
            "nrr": (100.0 * last / before).where((before > 0) & (first <= as_of - 2 * YEAR)),
            "days_late": by["late"].mean(),
            "late_payments_share": _share_late(events),
        }
    )
    summary = known_metrics(frame, table.name)
    return Summary(summary.frame.assign(customer_since=first), summary.columns)


def _share_late(events: Frame) -> Series:
    late = (events["late"] > 0).astype("float64").where(events["late"].notna())
    return late.groupby(events["account_id"]).mean()


def _days_late(events: Frame, as_of: pd.Timestamp) -> Series:
    """Days from due to paid, at least 0; to as_of while unpaid and overdue; missing before the due
    day.
    """
    if "its due" not in events:
        return pd.Series(float("nan"), index=events.index)
    due = events["its due"]
    paid = events["its paid"] if "its paid" in events else pd.Series(pd.NaT, index=events.index)
    paid = paid.where(~(paid > as_of))
    until = paid.where(paid.notna() | (due > as_of), as_of)
    return (until - due).dt.days.astype("float64").clip(lower=0)
