"""What orders say of a customer: worth from all of them, behaviour from the first ninety days.

Comes in: orders that know their account. Goes out: a `Summary`. Separate because transactions alone
must carry a study.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.events import Moments, Summary, describe, join_tags, known_metrics
from icp_engine.types import Frame, Series
from icp_engine.values.rule import ColumnRule

EARLY_DAYS = 90
MIX_LEVELS = 60  # a column with more different values names things, it mixes no basket
LEAST_MIXED = 0.05  # share of baskets with several values, or the first order says it all
EARLY = Role(
    "attribute", 0.8, "early behaviour: the first order, or the first 90 days", kind="behavioural"
)
AFTERWARDS = Role("known_after", 0.8, "orders begin only after the first deal is decided")


def summarise_orders(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per customer: ltv (sum of amounts), aov (ltv / orders), orders (count), repeat_rate (1 or 0),
    recency_days.

    repeat_rate is 1 with a second order; recency_days counts from the last order to as_of;
    customer_since is the first order. First order and first 90 days become attributes.

    Rows that share an order id are one order; without ids each row is one.
    """
    events = events[~(events["date"] > moments.as_of)]
    by = events.groupby("account_id", sort=True)
    orders = count_orders(events)
    spent = by["amount"].sum(min_count=1)
    first, last = by["date"].min(), by["date"].max()
    frame = pd.DataFrame(
        {
            "ltv": spent,
            "aov": spent / orders,
            "orders": orders.astype("float64"),
            "repeat_rate": (orders > 1).astype("float64"),
            "recency_days": (moments.as_of - last).dt.days.astype("float64"),
        }
    )
    summary = known_metrics(frame, table.name)
    early, role = before_decision(events, moments), EARLY
    if not len(early):
        early, role = events, AFTERWARDS
    described, columns = _early(table, early, moments.as_of, role)
    frame = summary.frame.join(described).assign(customer_since=first)
    return Summary(frame, {**summary.columns, **columns})


def count_orders(events: Frame) -> Series:
    """Orders by account: different order ids, or rows where there are none."""
    by = events.groupby("account_id", sort=True)
    return by["event_id"].nunique() if "event_id" in events else by.size()


def before_decision(events: Frame, moments: Moments) -> Frame:
    """Events before the day on which the account's first deal was decided; all of them where none
    was.
    """
    decided = events["account_id"].map(moments.decided)
    return events[~(events["date"] >= decided)]


def _early(
    table: Table, events: Frame, as_of: pd.Timestamp, role: Role
) -> tuple[Frame, dict[str, Column]]:
    """Attributes of the first order and of the first 90 days; unknown for customers watched for a
    shorter time.
    """
    first = events.groupby("account_id", sort=True)["date"].min()
    start = events["account_id"].map(first)
    on_first = events["date"] == start
    opening = events[on_first].groupby("account_id")
    soon = events[events["date"] <= start + pd.Timedelta(days=EARLY_DAYS)]
    later = soon[~on_first.reindex(soon.index)]
    watched = (as_of - first).dt.days >= EARLY_DAYS
    frame = pd.DataFrame(
        {
            "first_order_amount": opening["amount"].sum(min_count=1),
            "first_order_quantity": opening["quantity"].sum(min_count=1),
            "further_orders_first_90_days": _or_none(count_orders(later), first.index).where(
                watched
            ),
            "days_to_second_order": _days_between(later, first).where(watched),
            "discount_share_first_90_days": _discounted(soon).reindex(first.index).where(watched),
        },
        index=first.index,
    ).dropna(axis="columns", how="all")
    columns = {name: describe(name, table.name, role, frame[name]) for name in frame.columns}
    for header in table.headers("attribute"):
        name = f"first {header}"
        frame[name] = opening[f"about {header}"].first()
        columns[name] = describe(name, table.name, role, frame[name], table.rules[header])
        if (
            table.rules[header].type == "category"
            and 1 < events[f"about {header}"].nunique() <= MIX_LEVELS
        ):
            mix = f"{header} in the first 90 days"
            basket = (
                join_tags(soon["account_id"], soon[f"about {header}"])
                .reindex(first.index)
                .where(watched)
            )
            if (
                basket.str.contains(";", regex=False).sum()
                >= LEAST_MIXED * basket.notna().sum()
                > 0
            ):
                frame[mix] = basket
                columns[mix] = describe(
                    mix, table.name, role, basket, ColumnRule(type="tags", separator=";")
                )
    return frame, columns


def _or_none(counts: Series, index: object) -> Series:
    return counts.reindex(index).fillna(0).astype("float64")


def _days_between(later: Frame, first: Series) -> Series:
    """Days from the first order to the next one within the first 90 days; missing without one."""
    second = later.groupby("account_id")["date"].min().reindex(first.index)
    return (second - first).dt.days.astype("float64")


def _discounted(soon: Frame) -> Series:
    """Share 0–1 of the order lines of the first 90 days with a discount; empty where no column
    says.
    """
    if "its discount" not in soon:
        return pd.Series(dtype="float64")
    said = soon["its discount"]
    if pd.api.types.is_numeric_dtype(said) or pd.api.types.is_bool_dtype(said):
        given = said.astype("float64").fillna(0.0) > 0
    else:
        given = said.notna()  # a coupon's code
    return given.astype("float64").groupby(soon["account_id"]).mean()
