"""What happened before the first deal: marketing touches, trial use, and what the campaigns cost.

Comes in: events, campaign costs, the day each account's first deal was opened. Goes out: attributes
that a new account can be asked for as well, and the cost of winning. Separate because nothing here
may look past that day.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.events import Moments, Summary, describe, join_tags, metric_column
from icp_engine.types import Frame, Series
from icp_engine.values.parse import fold_series
from icp_engine.values.rule import ColumnRule

WINDOW_DAYS = 90
BEFORE = Role(
    "attribute", 0.8, "counted in the 90 days before the first deal was opened", kind="behavioural"
)


def window(events: Frame, moments: Moments) -> tuple[Frame, Series]:
    """Events of the 90 days before the first deal was opened (before as_of without one), and who
    was watched.

    Watched are accounts whose window lies within the days the table covers; of others nothing is
    known.
    """
    end = moments.opened.where(moments.opened.notna(), moments.as_of)
    start = end - pd.Timedelta(days=WINDOW_DAYS)
    account = events["account_id"]
    inside = (events["date"] < account.map(end)) & (events["date"] >= account.map(start))
    covered = (start >= events["date"].min()) & (start <= events["date"].max())
    return events[inside.fillna(False)], covered


def count_before(
    table: Table, events: Frame, moments: Moments, name: str
) -> tuple[Frame, dict[str, Column]]:
    """How many events the window holds, 0 for watched accounts without any; nothing where no
    account has one.
    """
    inside, covered = window(events, moments)
    if not len(inside):
        return pd.DataFrame(index=pd.Index([], dtype="str", name="account_id")), {}
    counts = (
        inside.groupby("account_id")
        .size()
        .reindex(covered.index)
        .fillna(0.0)
        .astype("float64")
        .where(covered)
    )
    return counts.to_frame(name).rename_axis("account_id"), {
        name: describe(name, table.name, BEFORE, counts)
    }


def summarise_engagement(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per account: touches_before_deal (count), channels_before_deal (tags), first_touch (channel
    of the first one).
    """
    events = events[~(events["date"] > moments.as_of)]
    frame, columns = count_before(table, events, moments, "touches_before_deal")
    inside, _ = window(events, moments)
    part = next((name for name in ("its channel", "its campaign") if name in inside), None)
    if part is None or not len(inside):
        return Summary(frame, columns)
    said = inside[["account_id", part]].dropna()
    more = pd.DataFrame(
        {
            "channels_before_deal": join_tags(said["account_id"], said[part]),
            "first_touch": said.groupby("account_id")[part].first(),
        }
    )
    tags, word = ColumnRule(type="tags", separator=";"), ColumnRule(type="category")
    for name, rule in (("channels_before_deal", tags), ("first_touch", word)):
        columns[name] = describe(name, table.name, BEFORE, more[name], rule)
    return Summary(frame.join(more, how="left"), columns)


def cost_of_winning(
    table: Table, sources: dict[str, Series], won: Series, as_of: pd.Timestamp
) -> tuple[Summary, str]:
    """cac: what the campaigns of an account's source cost in all / accounts won from that source;
    and that column.

    sources: by account_id, columns that may name a campaign; the one that shares most names with
    `table` counts. won: by account_id, whether it was won. Costs after as_of do not count.
    """
    costs = _costs(table, as_of)
    shares = {
        name: float(fold_series(values.dropna().astype("str")).isin(costs.index).mean())
        for name, values in sources.items()
        if values.notna().any()
    }
    best = max(shares, key=lambda name: shares[name], default="")
    if not len(costs) or not best or shares[best] < 0.2:
        return Summary(pd.DataFrame(index=pd.Index([], dtype="str", name="account_id"))), ""
    named = fold_series(sources[best].astype("str"))
    named = named[won.reindex(named.index).fillna(False).astype(bool)]
    each = (costs / named.value_counts().reindex(costs.index)).dropna()
    cac = named.map(each).astype("float64").dropna()
    return Summary(cac.to_frame("cac"), {"cac": metric_column("cac", table.name, cac)}), best


def _costs(table: Table, as_of: pd.Timestamp) -> Series:
    """Cost by folded campaign or channel name."""
    amount = table.part("event_amount")
    header = next(
        (h for h, rule in table.rules.items() if rule.type in ("category", "text", "id")), None
    )
    if amount is None or header is None:
        return pd.Series(dtype="float64")
    date = table.part("event_date")
    usable = pd.Series(True, index=amount.index) if date is None else ~(date > as_of)
    return (
        amount[usable]
        .groupby(fold_series(table.clean(header)[usable].astype("str")))
        .sum(min_count=1)
        .dropna()
    )
