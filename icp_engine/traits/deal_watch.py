"""Cautions for open deals: open for longer than nearly all won deals took; nobody technical, nobody
with a budget.

Comes in: deals, contacts, the day the data speaks for. Goes out: one row an open deal. Separate
because these are signs seen while a deal runs: they never score an account. How often deals of that
age still were won is measured among deals that were still open at the same age, so that nothing
later leaks.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from icp_engine.types import Frame, Index, Series
from icp_engine.wording.numbers import count

AGES = (30, 60, 90, 180)  # days after creation at which deals still open are followed up
LONGEST_SHARE = 0.90  # of won deals closed sooner
FEWEST_WON = 10  # won deals with both dates, or length is not judged
FEWEST_DEALS_OF_AGE = 10
TECHNICAL = re.compile(
    r"\b(?:cto|cio|ciso|it|engineer\w*|developer\w*|architect\w*|technical|technology|data|devops|security|systems?|"
    r"software|informati\w*|entwickl\w*|technisch\w*|technique|ingenieur\w*|ingénieur\w*|desarrollador\w*|sistemas)\b",
    re.IGNORECASE,
)
BUDGET = re.compile(
    r"\b(?:ceo|cfo|coo|cto|cio|cmo|cro|chief|founder\w*|co-?founder\w*|owner|president|vp|vice president|director|"
    r"head|partner|finance|financial|procurement|purchasing|buyer|geschäftsführ\w*|leiter\w*|inhaber\w*|einkauf\w*|"
    r"directeur|directrice|gérant\w*|achats|gerente|jefe|compras|dueñ\w*)\b",
    re.IGNORECASE,
)
SIGNS = {  # sign → what is said once where most open deals show it
    "long open": "have been open for longer than nine in ten won deals took: check which of them are still open",
    "no contact": "have no contact on record",
    "not technical": "have no technical contact on record",
    "no budget": "have nobody on record who looks able to decide on a budget, going by job titles",
}
WATCH_COLUMNS = (
    "account_id",
    "days_open",
    "won_within_days",
    "age",
    "won_of_age",
    "deals_of_age",
    "contacts",
    "technical_contact",
    "budget_contact",
    "cautions",
    "caution",
)


def watch_deals(
    deals: Frame, derivation_deals: Index, contacts: Frame, as_of: pd.Timestamp
) -> Frame:
    """One row an open new-business deal (by deal_id), longest open first.

    Columns: account_id; days_open; won_within_days (nine in ten won deals took no longer; nan under
    ten won deals); age (the largest of 30, 60, 90, 180 days it has reached), deals_of_age (closed
    derivation deals still open at that age) and won_of_age of them; contacts on record,
    technical_contact and budget_contact (by job title; <NA> without any job title of the account);
    cautions (count); caution (the sentences, “” where there is nothing to say).
    """
    if not len(deals):
        return _no_deals()
    new = deals[deals["new_business"]]
    open_deals = new[new["won"].isna() & ~(new["created_date"] > as_of)]
    days_open = (as_of - open_deals["created_date"]).dt.days.astype("float64")
    closed = new[new.index.isin(derivation_deals) & new["won"].notna()]
    watched = pd.DataFrame({"account_id": open_deals["account_id"], "days_open": days_open})
    watched = watched.join(_by_age(closed, days_open)).join(
        _people(contacts, open_deals["account_id"])
    )
    watched = watched.join(join_signs(name_signs(watched, bool(len(contacts)))))
    return watched.sort_values("days_open", ascending=False, kind="stable", na_position="last")[
        list(WATCH_COLUMNS)
    ]


def _no_deals() -> Frame:
    return pd.DataFrame(
        {
            name: pd.Series(dtype="str" if name in ("account_id", "caution") else "float64")
            for name in WATCH_COLUMNS
        },
        index=pd.Index([], dtype="str", name="deal_id"),
    )


def _by_age(closed: Frame, days_open: Series) -> Frame:
    """How long won deals took, and what became of closed deals that were still open at the same
    age.
    """
    length = (closed["closed_date"] - closed["created_date"]).dt.days.astype("float64")
    won = closed["won"].astype(bool)
    usable = length >= 0
    won_length = length[usable & won]
    limit = float(won_length.quantile(LONGEST_SHARE)) if len(won_length) >= FEWEST_WON else np.nan
    age = days_open.map(
        lambda days: max((step for step in AGES if days >= step), default=np.nan)
    ).astype("float64")
    still = {float(step): usable & (length > step) for step in AGES}
    counts = {step: (float((mask & won).sum()), float(mask.sum())) for step, mask in still.items()}
    return pd.DataFrame(
        {
            "won_within_days": limit,
            "age": age,
            "won_of_age": age.map({step: pair[0] for step, pair in counts.items()}).astype(
                "float64"
            ),
            "deals_of_age": age.map({step: pair[1] for step, pair in counts.items()}).astype(
                "float64"
            ),
        },
        index=days_open.index,
    )


def _people(contacts: Frame, accounts: Series) -> Frame:
    titles = contacts.get("job_title", pd.Series(index=contacts.index, dtype="str")).astype("str")
    facts = pd.DataFrame(
        {
            "account_id": contacts.get("account_id", pd.Series(dtype="str")),
            "titled": titles.notna(),
            "technical": titles.str.contains(TECHNICAL).fillna(False).astype(bool),
            "budget": titles.str.contains(BUDGET).fillna(False).astype(bool),
        }
    )
    by_account = facts.groupby("account_id").agg(
        contacts=("titled", "size"),
        titled=("titled", "any"),
        technical=("technical", "any"),
        budget=("budget", "any"),
    )
    found = by_account.reindex(accounts.to_numpy()).set_axis(accounts.index)
    titled = found["titled"].fillna(False).astype(bool)
    return pd.DataFrame(
        {
            "contacts": found["contacts"].fillna(0).astype("int64"),
            "technical_contact": found["technical"].astype("boolean").where(titled),
            "budget_contact": found["budget"].astype("boolean").where(titled),
        }
    )


def name_signs(watched: Frame, any_contacts: bool) -> Frame:
    """What each deal gives reason to watch: one column a sign (`SIGNS`), the sentence or “” where
    it does not hold.

    watched: as `watch_deals` gives it. any_contacts: whether the files name contacts at all.
    """
    rows = [_signs(row, any_contacts) for row in watched.itertuples()]
    return pd.DataFrame(rows, index=watched.index, columns=list(SIGNS), dtype="str")


def _signs(row: object, any_contacts: bool) -> tuple[str, ...]:
    alone = any_contacts and not row.contacts  # type: ignore[attr-defined]
    technical = not alone and _is_false(row.technical_contact)  # type: ignore[attr-defined]
    budget = not alone and _is_false(row.budget_contact)  # type: ignore[attr-defined]
    return (
        _about_length(row),
        "No contact is on record." * alone,
        "No technical contact is on record." * technical,
        "Nobody on record looks able to decide on a budget, going by job titles." * budget,
    )


def _is_false(value: object) -> bool:
    return value is not pd.NA and not pd.isna(value) and not value


def _about_length(row: object) -> str:
    days, limit = row.days_open, row.won_within_days  # type: ignore[attr-defined]
    if not days > limit:
        return ""
    text = f"Open for {count(days)} days; nine in ten won deals closed within {count(limit)} days."
    if row.deals_of_age >= FEWEST_DEALS_OF_AGE:  # type: ignore[attr-defined]
        text += (
            f" Of {count(row.deals_of_age)} deals still open after {count(row.age)} days,"  # type: ignore[attr-defined]
            f" {count(row.won_of_age)} were won."  # type: ignore[attr-defined]
        )
    return text


def split_common(signs: Frame) -> tuple[Frame, dict[str, int]]:
    """(signs that tell deals apart, {sign that more than half of the deals show: of how many}).

    What nearly every deal shows is said once for all; beside each row it would hide the signs that
    matter. Of fewer than FEWEST_DEALS_OF_AGE deals every sign is told by row.
    """
    shown = (signs != "").sum()
    often = shown[shown > len(signs) / 2] if len(signs) >= FEWEST_DEALS_OF_AGE else shown.head(0)
    return signs.drop(columns=often.index), {str(sign): int(deals) for sign, deals in often.items()}


def join_signs(signs: Frame) -> Frame:
    """By deal: cautions (how many signs it shows) and caution (their sentences)."""
    texts = [" ".join(part for part in row if part) for row in signs.itertuples(index=False)]
    counts = (signs != "").sum(axis=1).astype("int64")
    return pd.DataFrame(
        {"cautions": counts, "caution": pd.Series(texts, index=signs.index, dtype="str")}
    )
