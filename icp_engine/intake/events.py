"""What happened, summed up by account: orders, subscriptions, tickets, product usage, churn.

Comes in: event tables whose rows know their account, and the date the study speaks for. Goes out: value metrics and
early behaviour by account, who churned and when, since when they are customers, and the events in time order.
Separate because each kind of event says something else about worth, and nothing after the as-of date may count.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from icp_engine.intake.columns import Table
from icp_engine.intake.headers import split_header
from icp_engine.intake.model import Column, ColumnRule, Role
from icp_engine.types import Frame, Series

EARLY_DAYS = 90
DAYS_PER_MONTH = 30.4375
# name → direction, unit
METRICS: dict[str, tuple[str, str]] = {
    "ltv": ("more", "$"),
    "aov": ("more", "$"),
    "orders": ("more", "count"),
    "repeat_rate": ("more", "share"),
    "recency_days": ("less", "days"),
    "mrr": ("more", "$"),
    "tenure_days": ("more", "days"),
    "support_tickets": ("less", "count"),
    "satisfaction": ("more", "score"),
}


@dataclass(frozen=True)
class Summary:
    """What one table of events says by account: `frame` by account_id, a `Column` for each describing column of it.

    `frame` may hold customer_since, churned (boolean), churn_date and running_since as well.
    """

    frame: Frame
    columns: dict[str, Column] = field(default_factory=dict)


def read_events(table: Table, account_ids: Series) -> Frame:
    """Rows with account, date, amount and quantity, plus what describes them, in time order; no account, no row."""
    frame = pd.DataFrame({"account_id": account_ids.to_numpy()}, index=table.frame.index)
    empty = pd.Series(float("nan"), index=table.frame.index)
    date = table.part("event_date")
    frame["date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]") if date is None else date
    quantity, amount = table.part("event_quantity"), table.part("event_amount")
    frame["quantity"] = empty if quantity is None else quantity
    frame["amount"] = _amount(table, empty if amount is None else amount, frame["quantity"])
    event_id = table.part("event_id")
    if event_id is not None:
        frame["event_id"] = event_id
    if (ended := table.part("churn_date")) is not None:
        frame["end_date"] = ended
    for header in table.headers("attribute", "value_metric"):
        frame[f"about {header}"] = table.clean(header)
    return (
        frame[frame["account_id"].notna()].sort_values(["date", "account_id"], kind="stable").reset_index(drop=True)
    )


def _amount(table: Table, amount: Series, quantity: Series) -> Series:
    """Row amounts: a unit price counts times its quantity, a yearly amount of a subscription as a twelfth."""
    header = table.header("event_amount")
    words = split_header(header)[1] if header is not None else ""
    if words in ("unit price", "item price") and quantity.notna().any():
        return amount * quantity
    return amount / 12 if table.kind == "subscriptions" and ("arr" in words.split() or "annual" in words) else amount


def describe(name: str, table: str, role: Role, values: Series, rule: ColumnRule | None = None) -> Column:
    """The description of a column that was computed here."""
    rule = rule or ColumnRule(type="number")
    filled = float(values.notna().mean()) if len(values) else 0.0
    return Column(table, name, rule.type, role, rule, filled, int(values.nunique()))


def metric_column(name: str, table: str, values: Series) -> Column:
    """The description of a value metric of `METRICS`."""
    direction, unit = METRICS[name]
    return describe(
        name, table, Role("value_metric", 0.9, f"computed from “{table}”", direction=direction, unit=unit), values
    )


def _known(frame: Frame, table: str) -> Summary:
    """A summary of metrics only; a metric without a single value is left out."""
    frame = frame.dropna(axis="columns", how="all")
    return Summary(
        frame, {name: metric_column(name, table, frame[name]) for name in frame.columns if name in METRICS}
    )


def summarise_orders(table: Table, events: Frame, as_of: pd.Timestamp) -> Summary:
    """Per customer: ltv (sum of amounts), aov (ltv / orders), orders (count), repeat_rate (1 or 0), recency_days.

    repeat_rate is 1 with a second order; recency_days counts from the last order to as_of; customer_since is the
    first order. First order and first 90 days become attributes.

    Rows that share an order id are one order; without ids each row is one.
    """
    events = events[~(events["date"] > as_of)]
    by = events.groupby("account_id", sort=True)
    orders = by["event_id"].nunique() if "event_id" in events else by.size()
    spent = by["amount"].sum(min_count=1)
    first, last = by["date"].min(), by["date"].max()
    frame = pd.DataFrame(
        {
            "ltv": spent,
            "aov": spent / orders,
            "orders": orders.astype("float64"),
            "repeat_rate": (orders > 1).astype("float64"),
            "recency_days": (as_of - last).dt.days.astype("float64"),
        }
    )
    summary = _known(frame, table.name)
    early, columns = _early(table, events, first, as_of)
    frame = pd.concat([summary.frame, early], axis="columns").assign(customer_since=first)
    return Summary(frame, {**summary.columns, **columns})


def _early(table: Table, events: Frame, first: Series, as_of: pd.Timestamp) -> tuple[Frame, dict[str, Column]]:
    """Attributes of the first order and of the first 90 days; unknown for customers watched for a shorter time."""
    start = events["account_id"].map(first)
    on_first = events["date"] == start
    frame = pd.DataFrame(index=first.index)
    opening = events[on_first].groupby("account_id")
    frame["first_order_amount"] = opening["amount"].sum(min_count=1)
    frame["first_order_quantity"] = opening["quantity"].sum(min_count=1)
    soon = events[~on_first & (events["date"] <= start + pd.Timedelta(days=EARLY_DAYS))]
    further = (
        soon.groupby("account_id")["event_id"].nunique() if "event_id" in soon else soon.groupby("account_id").size()
    )
    watched = (as_of - first).dt.days >= EARLY_DAYS
    frame["further_orders_first_90_days"] = further.reindex(first.index).fillna(0).astype("float64").where(watched)
    frame = frame.dropna(axis="columns", how="all")
    role = Role("attribute", 0.8, "early behaviour: the first order, or the first 90 days", kind="behavioural")
    columns = {name: describe(name, table.name, role, frame[name]) for name in frame.columns}
    for header in table.headers("attribute"):
        name = f"first {header}"
        frame[name] = opening[f"about {header}"].first()
        columns[name] = describe(name, table.name, role, frame[name], table.rules[header])
    return frame, columns


def summarise_subscriptions(table: Table, events: Frame, as_of: pd.Timestamp) -> Summary:
    """Per account: mrr (sum over subscriptions running at as_of), ltv (Σ monthly amount × months until end or as_of),
    tenure_days since the first start; churned when none runs any more, churn_date then the last end.
    """
    events = events[~(events["date"] > as_of)].copy()
    ended = (
        events["end_date"] if "end_date" in events else pd.Series(pd.NaT, index=events.index, dtype="datetime64[ns]")
    )
    running = ended.isna() | (ended > as_of)
    until = ended.where(ended <= as_of, as_of)
    months = ((until - events["date"]).dt.days / DAYS_PER_MONTH).clip(lower=0)
    events["paid"], events["running"], events["ended"] = events["amount"] * months, running, ended
    events["now"] = events["amount"].where(running, 0.0)
    by = events.groupby("account_id", sort=True)
    first = by["date"].min()
    frame = pd.DataFrame(
        {
            "mrr": by["now"].sum(min_count=1),
            "ltv": by["paid"].sum(min_count=1),
            "tenure_days": (as_of - first).dt.days.astype("float64"),
        }
    )
    summary = _known(frame, table.name)
    churned = ~by["running"].any()
    frame = summary.frame.assign(customer_since=first, churned=churned.astype("boolean"))
    frame["churn_date"] = by["ended"].max().where(churned)
    frame["running_since"] = events[events["running"]].groupby("account_id")["date"].max()
    return Summary(frame, summary.columns)


def summarise_tickets(table: Table, events: Frame, as_of: pd.Timestamp) -> Summary:
    """Per account: support_tickets (count up to as_of) and satisfaction (mean of the answers)."""
    events = events[~(events["date"] > as_of)]
    by = events.groupby("account_id", sort=True)
    frame = pd.DataFrame({"support_tickets": by.size().astype("float64")})
    answers = [f"about {header}" for header in table.headers("value_metric")]
    if answers:
        frame["satisfaction"] = by[answers[0]].mean()
    return _known(frame, table.name)


def summarise_usage(table: Table, events: Frame, as_of: pd.Timestamp) -> Summary:
    """Per account: usage_count, the sum of quantities (else the number of rows); known only after the sale."""
    events = events[~(events["date"] > as_of)]
    by = events.groupby("account_id", sort=True)
    used = by["quantity"].sum(min_count=1) if events["quantity"].notna().any() else by.size().astype("float64")
    role = Role("known_after", 0.9, f"usage in “{table.name}” comes after the sale")
    return Summary(used.to_frame("usage_count"), {"usage_count": describe("usage_count", table.name, role, used)})


def summarise_churn(events: Frame, as_of: pd.Timestamp) -> Frame:
    """By account with a churn event up to as_of: churned (True) and churn_date, the last event's date."""
    last = events[~(events["date"] > as_of)].groupby("account_id", sort=True)["date"].max()
    return pd.DataFrame({"churned": pd.Series(True, index=last.index, dtype="boolean"), "churn_date": last})


def settle_churn(subscriptions: Frame | None, churn: Frame | None) -> Frame | None:
    """churned and churn_date by account: no subscription runs, or the customer left and started none since."""
    if subscriptions is None or "churned" not in subscriptions:
        return churn
    both = subscriptions[["churned", "churn_date"]]
    if churn is None:
        return both
    joined = churn.join(subscriptions[["running_since"]])
    gone = joined[~(joined["running_since"] > joined["churn_date"])][["churned", "churn_date"]]
    stays = both[~both.index.isin(gone.index)]
    return pd.concat([stays, gone]) if len(stays) else gone
