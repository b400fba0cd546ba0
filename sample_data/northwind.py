"""“Northwind Signal”, an invented software vendor: three years of accounts and deals, clean and
with the truth.

Comes in: a seed. Goes out: a `World` of clean frames. `exports.py` writes them as a CRM would.
Separate so that what happened and what the CRM shows of it are two things.
"""

from __future__ import annotations

from dataclasses import dataclass

import law
import numpy as np
import pandas as pd
import words

Random = np.random.Generator

AS_OF, START = pd.Timestamp("2026-09-30"), pd.Timestamp("2023-10-01")
REGULAR, LEGACY_TRIED, LEGACY, PARTNERS, COMPETITORS = 1060, 130, 45, 60, 25
TRY_AGAIN = (0.62, 0.5, 0.3)  # chance of another attempt after the first, second, third loss
NEVER_TRIED, FRESH_OPEN = 0.05, 120


@dataclass(frozen=True)
class World:
    """What happened. accounts: a row an account with clean attributes, `kind` (customer, prospect,
    partner, competitor), segment, bad, fit, logit, value, dates and metrics. deals: a row a deal,
    `row` points into accounts; `win_probability` for new business only.
    """

    accounts: pd.DataFrame
    deals: pd.DataFrame


def make_world(seed: int) -> World:
    """Draw accounts, let them buy or not, renew, grow and churn."""
    rng = np.random.default_rng([seed, 1])
    accounts = _draw_accounts(rng)
    business = _new_business(rng, accounts)
    accounts = _become_customers(rng, accounts, business)
    accounts = _draw_metrics(rng, accounts)
    deals = pd.concat(
        [business, _renewals(rng, accounts), _upsells(rng, accounts)], ignore_index=True
    )
    deals = deals.sort_values(["created", "row", "type"], kind="stable").reset_index(drop=True)
    deals["amount"] = _draw_amounts(rng, deals, accounts)
    deals["id"] = 7_000_001 + 3 * np.arange(len(deals))
    return World(accounts, deals)


def _draw_accounts(rng: Random) -> pd.DataFrame:
    """Everybody the CRM knows, in random order; partners and competitors are like the market at
    large.
    """
    n = REGULAR + LEGACY_TRIED + PARTNERS + COMPETITORS
    segment, bad = law.plant_groups(rng, n)
    kind = np.repeat(
        ["prospect", "legacy", "partner", "competitor"],
        [REGULAR, LEGACY_TRIED, PARTNERS, COMPETITORS],
    )
    outside = np.isin(kind, ["partner", "competitor"])
    segment, bad = np.where(outside, -1, segment), np.where(outside, -1, bad)
    frame = law.draw_attributes(rng, segment, bad)
    fit = law.attribute_fit(frame)
    frame = frame.assign(
        kind=kind,
        segment=segment,
        bad=bad,
        fit=fit,
        logit=law.win_logit(fit, segment, bad),
        value=law.customer_value(rng, fit, segment, bad),
    )
    bought = rng.random(n) < law.probability(frame["logit"].to_numpy())
    legacy = np.flatnonzero((kind == "legacy") & bought)[:LEGACY]
    keep = np.flatnonzero(kind != "legacy").tolist() + legacy.tolist()
    frame = frame.iloc[rng.permutation(keep)].reset_index(drop=True)
    frame.insert(0, "id", 52_000_101 + 7 * np.arange(len(frame)))
    frame.insert(1, "name", _draw_names(rng, len(frame)))
    return frame


def _draw_names(rng: Random, n: int) -> list[str]:
    pairs = [first + second for first in words.FIRST_PARTS for second in words.SECOND_PARTS]
    chosen = rng.permutation(len(pairs))[:n]
    last = rng.integers(len(words.LAST_PARTS), size=n)
    return [
        f"{pairs[pair]} {words.LAST_PARTS[end]}" for pair, end in zip(chosen, last, strict=True)
    ]


def _new_business(rng: Random, accounts: pd.DataFrame) -> pd.DataFrame:
    """Attempts to sell to each regular account until one is won, none is tried any more, or one is
    still open.
    """
    rows: list[dict[str, object]] = []
    for account in accounts[accounts["kind"] == "prospect"].itertuples():
        if rng.random() >= NEVER_TRIED:
            rows += _attempts(rng, account)
    deals = pd.DataFrame(rows)
    return pd.concat([deals, _fresh_open(rng, accounts, deals)], ignore_index=True)


def _attempts(rng: Random, account: object) -> list[dict[str, object]]:
    chance = float(law.probability(np.array(account.logit)))
    cycle = {0: 1.3, 1: 1.8}.get(account.bad, 0.8 if account.segment >= 0 else 1.0) * 65
    created = START + pd.Timedelta(days=int(rng.integers((AS_OF - START).days - 3)))
    found: list[dict[str, object]] = []
    while created <= AS_OF:
        closed = created + pd.Timedelta(days=int(4 + cycle * np.exp(rng.normal(0, 0.5))))
        won = bool(rng.random() < chance)
        is_open = closed > AS_OF
        found.append(
            {
                "row": account.Index,
                "type": "New Business",
                "created": created,
                "closed": closed,
                "outcome": "open" if is_open else "won" if won else "lost",
                "win_probability": chance,
            }
        )
        if is_open or won or rng.random() >= TRY_AGAIN[min(len(found), len(TRY_AGAIN)) - 1]:
            break
        created = closed + pd.Timedelta(days=int(rng.integers(60, 320)))
    return found


def _fresh_open(rng: Random, accounts: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """A recent push: open deals with accounts that have not bought and have nothing open, whatever
    their fit.
    """
    busy = deals.loc[deals["outcome"] != "lost", "row"]
    free = accounts.index[(accounts["kind"] == "prospect") & ~accounts.index.isin(busy)].to_numpy()
    chosen = np.sort(rng.choice(free, FRESH_OPEN, replace=False))
    last_close = deals.groupby("row")["closed"].max().reindex(chosen).fillna(START).to_numpy()
    created = AS_OF - pd.to_timedelta(rng.integers(1, 45, FRESH_OPEN), unit="D")
    created = np.maximum(pd.DatetimeIndex(last_close), created)
    return pd.DataFrame(
        {
            "row": chosen,
            "type": "New Business",
            "created": created,
            "closed": AS_OF + pd.to_timedelta(rng.integers(10, 120, FRESH_OPEN), unit="D"),
            "outcome": "open",
            "win_probability": law.probability(accounts.loc[chosen, "logit"].to_numpy()),
        }
    )


def _become_customers(rng: Random, accounts: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """Customers since their first win, or since before the export begins; some have left since."""
    since = deals[deals["outcome"] == "won"].groupby("row")["closed"].min().reindex(accounts.index)
    legacy = accounts["kind"] == "legacy"
    since[legacy] = START - pd.to_timedelta(rng.integers(30, 900, legacy.sum()), unit="D")
    age = (AS_OF - since).dt.days
    leaves = (
        rng.random(len(accounts)) < law.probability(-1.9 - 1.1 * accounts["value"].to_numpy())
    ) & (age > 150)
    stays = (90 + rng.random(len(accounts)) * (age.fillna(0) - 90)).astype(int)
    kind = accounts["kind"].where(since.isna(), "customer")
    churn_date = (since + pd.to_timedelta(stays, unit="D")).where(leaves)
    return accounts.assign(kind=kind, since=since, churn_date=churn_date)


def _draw_metrics(rng: Random, accounts: pd.DataFrame) -> pd.DataFrame:
    """Value metrics of customers, each with luck of its own; LTV also grows with time."""
    n, value = len(accounts), accounts["value"].to_numpy()
    is_customer = (accounts["kind"] == "customer").to_numpy()
    years = (accounts["churn_date"].fillna(AS_OF) - accounts["since"]).dt.days.to_numpy() / 365.25
    arr = np.round(np.exp(9.5 + 0.5 * value + rng.normal(0, 0.3, n)), -2)
    metrics = {
        "arr": arr,
        "ltv": np.round(arr * (0.3 + years)),
        "nrr": np.round(101 + 9 * value + rng.normal(0, 9, n)),
        "nps": np.where(
            rng.random(n) < 0.7,
            np.clip(np.round(28 + 15 * value + rng.normal(0, 24, n)), -100, 100),
            np.nan,
        ),
        "tickets": rng.poisson(np.exp(2.1 - 0.25 * value)).astype(float),
        "onboarding": np.round(np.exp(3.7 - 0.18 * value + rng.normal(0, 0.35, n))),
    }
    return accounts.assign(
        **{name: np.where(is_customer, column, np.nan) for name, column in metrics.items()}
    )


def _renewals(rng: Random, accounts: pd.DataFrame) -> pd.DataFrame:
    """One a year while the customer stays, and a lost one at the anniversary after it left."""
    rows: list[dict[str, object]] = []
    for account in accounts[accounts["kind"] == "customer"].itertuples():
        due = account.since + pd.Timedelta(days=365)
        while due - pd.Timedelta(days=60) <= AS_OF:
            gone = pd.notna(account.churn_date) and account.churn_date <= due
            outcome = "open" if due > AS_OF else "lost" if gone else "won"
            created = due - pd.Timedelta(days=int(rng.integers(30, 60)))
            if due >= START and created <= AS_OF and not (gone and outcome == "open"):
                rows.append(
                    {
                        "row": account.Index,
                        "type": "Renewal",
                        "created": created,
                        "closed": due,
                        "outcome": outcome,
                    }
                )
            if gone:
                break
            due += pd.Timedelta(days=365)
    return pd.DataFrame(rows)


def _upsells(rng: Random, accounts: pd.DataFrame) -> pd.DataFrame:
    """Extra sales to customers, more to good ones, mostly won."""
    customers = accounts[accounts["kind"] == "customer"]
    first = customers["since"].where(customers["since"] > START, START)
    days = (customers["churn_date"].fillna(AS_OF) - first).dt.days.to_numpy()
    count = rng.poisson(
        0.42 * np.exp(0.3 * customers["value"].to_numpy()) * np.maximum(0, days) / 365.25
    )
    who = np.repeat(np.arange(len(customers)), count)
    created = first.to_numpy()[who] + pd.to_timedelta(
        (rng.random(len(who)) * days[who]).astype(int), unit="D"
    )
    closed = created + pd.to_timedelta(rng.integers(7, 70, len(who)), unit="D")
    outcome = np.where(rng.random(len(who)) < 0.72, "won", "lost")
    return pd.DataFrame(
        {
            "row": customers.index.to_numpy()[who],
            "type": "Upsell",
            "created": created,
            "closed": closed,
            "outcome": np.where(closed > AS_OF, "open", outcome),
        }
    )


def _draw_amounts(rng: Random, deals: pd.DataFrame, accounts: pd.DataFrame) -> np.ndarray:
    """Amounts follow the account's worth; upsells are a fraction of it."""
    value = accounts["value"].to_numpy()[deals["row"]]
    part = deals["type"].map({"New Business": 0.8, "Renewal": 1.0, "Upsell": 0.25}).to_numpy(float)
    return np.round(part * np.exp(9.5 + 0.4 * value + rng.normal(0, 0.35, len(deals))), -2)
