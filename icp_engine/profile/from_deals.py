"""Sentences about how deals go: why they are lost, how long they take, where they come from, who is
involved.

Comes in: the study's deals, contacts and groups. Goes out: statements with counts. Separate because
these describe and never score.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from icp_engine.customers.model import Best, Metric
from icp_engine.holdout.set_aside import closed_new_business
from icp_engine.profile.model import NOT_RECORDED, Statement
from icp_engine.types import Frame, Index, Series
from icp_engine.wording.numbers import count, number, of, plural
from icp_engine.wording.sentences import listed, quote
from icp_engine.wording.shares import percent
from icp_engine.wording.units import with_unit

BLANKS = re.compile(r"\s+")
MOST_REASONS, MOST_SOURCES, MOST_TITLES = 6, 5, 6
FEWEST_DEALS = 5  # under that a rate by source is noise
FEWEST_CUSTOMERS = 3  # under that a median names single customers


def objections(deals: Frame) -> tuple[Statement, ...]:
    """Lost reasons by number of lost new-business deals, and what to ask about the three commonest."""
    lost = closed_new_business(deals)
    lost = lost[~lost["won"]]
    if "lost_reason" not in lost or not lost["lost_reason"].notna().any():
        return ()
    known = lost["lost_reason"].dropna()
    base = f"of {plural(len(known), 'lost new-business deal')} with a reason ({count(len(lost))} lost in all)"
    top = _tally(known).head(MOST_REASONS)
    said = tuple(
        Statement(
            f"{quote(reason)}: {count(deals_lost)} {base}, {percent(deals_lost / len(known))}.",
            "data",
            "deals: lost reason",
        )
        for reason, deals_lost in top.items()
    )
    commonest = listed([quote(reason) for reason in top.head(3).index])
    return (
        *said,
        Statement(
            f"{NOT_RECORDED}the answers to {commonest}; ask the reps who won against them what they "
            "said.",
            "assumption",
            to_ask=True,
        ),
    )


def sales_cycle(deals: Frame, best: Index) -> tuple[Statement, ...]:
    """Median days from creation to close of won new-business deals, best customers beside the
    others.
    """
    won = closed_new_business(deals)
    won = won[won["won"]]
    if not {"created_date", "closed_date"} <= set(won.columns):
        return ()
    days = (won["closed_date"] - won["created_date"]).dt.days
    of_best = won["account_id"].isin(best)
    parts = [_cycle("best customers", days[of_best]), _cycle("other customers", days[~of_best])]
    parts = [part for part in parts if part]
    if not parts:
        return ()
    return (
        Statement(
            f"From first record to signature: {'; '.join(parts)}.",
            "data",
            "deals: won new business",
        ),
    )


def _cycle(who: str, days: Series) -> str:
    known = days[days >= 0].dropna()
    if len(known) < FEWEST_CUSTOMERS:
        return ""
    low, middle, high = known.quantile([0.25, 0.5, 0.75])
    return (
        f"{who} {number(round(middle))} days in the middle, half between {number(round(low))} and"
        f" {number(round(high))} ({plural(len(known), 'deal')})"
    )


def committee(contacts: Frame, best: Index) -> tuple[Statement, ...]:
    """How many contacts a best customer has and which job titles recur among them."""
    if not len(contacts) or "account_id" not in contacts:
        return ()
    ours = contacts[contacts["account_id"].isin(best)]
    accounts = ours["account_id"].nunique()
    if accounts < FEWEST_CUSTOMERS:
        return ()
    middle = ours.groupby("account_id").size().median()
    text = (
        f"A best customer has {number(middle)} contacts on record in the middle"
        f" ({of(accounts, len(best))} best customers have any)."
    )
    return (Statement(text, "data", "contacts"), *_titles(ours, accounts))


def _titles(contacts: Frame, accounts: int) -> tuple[Statement, ...]:
    if "job_title" not in contacts:
        return ()
    pairs = contacts[["account_id", "job_title"]].dropna()
    pairs = pairs.assign(job_title=_one_spelling(pairs["job_title"])).drop_duplicates()
    top = _tally(pairs["job_title"])
    top = top[top >= FEWEST_CUSTOMERS].head(MOST_TITLES)
    return tuple(
        Statement(
            f"{quote(title)}: on record at {of(holders, accounts)} best customers with contacts.",
            "data",
            "contacts: job title",
        )
        for title, holders in top.items()
    )


def sources(deals: Frame, best: Index) -> tuple[Statement, ...]:
    """Lead sources by win rate of new business, and how many best customers came through each."""
    closed = closed_new_business(deals)
    if "lead_source" not in closed or not closed["lead_source"].notna().any():
        return ()
    known = closed.dropna(subset=["lead_source"])
    by_source = known.assign(lead_source=_one_spelling(known["lead_source"])).groupby("lead_source")
    table = pd.DataFrame({"won": by_source["won"].sum(), "deals": by_source.size()})
    table["best"] = by_source["account_id"].apply(lambda ids: len(set(ids) & set(best)))
    table = table[table["deals"] >= FEWEST_DEALS].sort_values(
        ["best", "won", "deals"], ascending=False
    )
    return tuple(
        Statement(
            f"{quote(row.Index)}: {of(row.best, len(best))} best customers; won {count(row.won)} of"
            f" {plural(row.deals, 'closed new-business deal')} ({percent(row.won / row.deals)}).",
            "data",
            "deals: lead source",
        )
        for row in table.head(MOST_SOURCES).itertuples()
    )


def products(deals: Frame, best: Index) -> tuple[Statement, ...]:
    """What best customers buy beside what other buyers do, by number of customers."""
    if "product" not in deals or "won" not in deals:
        return ()
    won = deals[deals["won"].fillna(False).astype(bool)].dropna(subset=["product"])
    pairs = won.assign(product=_one_spelling(won["product"]))[
        ["account_id", "product"]
    ].drop_duplicates()
    ours = pairs["account_id"].isin(best)
    customers, others = (pairs.loc[side, "account_id"].nunique() for side in (ours, ~ours))
    if customers < FEWEST_CUSTOMERS:
        return ()
    elsewhere = pairs.loc[~ours, "product"].value_counts()
    return tuple(
        Statement(
            f"{quote(name)}: bought by {of(buyers, customers)} best customers and"
            f" {of(elsewhere.get(name, 0), others)} others.",
            "data",
            "deals: product",
        )
        for name, buyers in _tally(pairs.loc[ours, "product"]).head(4).items()
    )


def success_metrics(accounts: Frame, best: Best, currency: str = "") -> tuple[Statement, ...]:
    """Each value metric's median among best customers beside the rest, with how many are known."""
    statements = [
        _metric(accounts, metric, best, currency)
        for metric in best.metrics
        if metric.name in accounts
    ]
    return tuple(statement for statement in statements if statement)


def _metric(accounts: Frame, metric: Metric, best: Best, currency: str) -> Statement | None:
    values = pd.to_numeric(accounts[metric.name], errors="coerce")
    ours, others = (values.reindex(group).dropna() for group in (best.accounts, best.rest))
    if len(ours) < FEWEST_CUSTOMERS or len(others) < FEWEST_CUSTOMERS:
        return None
    unit = metric.unit_in(currency)
    text = (
        f"{metric.label or metric.name}: {_median(ours, unit)} in the middle of {count(len(ours))} best customers,"
        f" {_median(others, unit)} of {count(len(others))} others ({metric.direction} is better)."
    )
    return Statement(text, "data", "value metrics")


def _median(values: Series, unit: str) -> str:
    return with_unit(float(values.median()), unit)


def _tally(values: Series) -> Series:
    """Counts by commonest spelling, largest first, ties by name."""
    counts = _one_spelling(values).value_counts()
    return (
        counts.rename_axis("value")
        .reset_index()
        .sort_values(["count", "value"], ascending=[False, True])
        .set_index("value")["count"]
    )


def _one_spelling(values: Series) -> Series:
    """Variants in case and spaces under their commonest spelling (ties: first in the alphabet)."""
    text = values.astype(str).str.strip().str.replace(BLANKS.pattern, " ", regex=True)
    folded = text.str.casefold()
    common: dict[Any, str] = {}
    pairs = pd.DataFrame({"folded": folded, "text": text}).value_counts().reset_index()
    for row in pairs.sort_values(["count", "text"], ascending=[False, True]).itertuples():
        common.setdefault(row.folded, str(row.text))
    return folded.map(common)
