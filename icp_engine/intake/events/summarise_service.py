"""What tickets, survey answers and product use say of a customer: effort, satisfaction, adoption.

Comes in: events that know their account. Goes out: a `Summary` each. Separate because these tell
how it goes after the sale; only what happened before the first deal may describe an account.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.events.events import Moments, Summary, describe, known_metrics
from icp_engine.intake.events.summarise_before import count_before
from icp_engine.types import Frame, Series

PERIOD_DAYS = 30


def summarise_tickets(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per account: support_tickets (count up to as_of) and satisfaction (mean of the answers)."""
    events = events[~(events["date"] > moments.as_of)]
    by = events.groupby("account_id", sort=True)
    frame = pd.DataFrame({"support_tickets": by.size().astype("float64")})
    answers = [f"about {header}" for header in table.headers("value_metric")]
    if answers:
        frame["satisfaction"] = by[answers[0]].mean()
    return known_metrics(frame, table.name)


def summarise_surveys(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per account: nps, the mean answer up to as_of on the survey's scale; satisfaction where no
    header says NPS.
    """
    events = events[~(events["date"] > moments.as_of)]
    headers = table.headers("value_metric")
    if not headers:
        return Summary(pd.DataFrame(index=pd.Index([], dtype="str", name="account_id")))
    words = " ".join(table.roles).casefold()
    name = (
        "nps" if "nps" in words or "promoter" in words or "recommend" in words else "satisfaction"
    )
    means = events.groupby("account_id", sort=True)[f"about {headers[0]}"].mean()
    return known_metrics(means.to_frame(name), table.name)


def summarise_usage(table: Table, events: Frame, moments: Moments) -> Summary:
    """Per account: usage_count (sum of quantities, else rows), features_used, active_share (0–1 of
    the 30-day periods since becoming a customer with any use), adoption_days (from becoming a
    customer to the first use; use before it is 0), and usage_before_deal, the only one that may
    score.
    """
    events = events[~(events["date"] > moments.as_of)]
    by = events.groupby("account_id", sort=True)
    used = (
        by["quantity"].sum(min_count=1)
        if events["quantity"].notna().any()
        else by.size().astype("float64")
    )
    after = Role("known_after", 0.9, f"usage in “{table.name}” comes after the sale")
    frame = pd.DataFrame({"usage_count": used})
    if "its feature" in events:
        frame["features_used"] = by["its feature"].nunique().astype("float64")
    frame["active_share"] = _active_share(events, moments)
    columns = {
        name: describe(name, table.name, after, frame[name])
        for name in frame
        if frame[name].notna().any()
    }
    first = by["date"].min()
    adoption = (first - moments.since.reindex(first.index)).dt.days.astype("float64").clip(lower=0)
    metrics = known_metrics(adoption.to_frame("adoption_days"), table.name)
    before, described = count_before(table, events, moments, "usage_before_deal")
    frame = frame[list(columns)].join(metrics.frame, how="outer").join(before, how="outer")
    return Summary(frame, {**columns, **metrics.columns, **described})


def _active_share(events: Frame, moments: Moments) -> Series:
    """Share 0–1 of the 30-day periods from customer_since (else the first use) to as_of that saw
    any use.
    """
    first = events.groupby("account_id", sort=True)["date"].min()
    start = moments.since.reindex(first.index)
    start = start.where(start.notna(), first)
    periods = ((moments.as_of - start).dt.days // PERIOD_DAYS + 1).clip(lower=1)
    day = (events["date"] - events["account_id"].map(start)).dt.days
    seen = (day // PERIOD_DAYS)[day >= 0]
    active = seen.groupby(events["account_id"]).nunique().reindex(first.index).fillna(0)
    return (active / periods).where(start.notna()).astype("float64")
