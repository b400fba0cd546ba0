"""The hold-out: the newest accounts with closed new-business deals, set aside whole before anything
is derived.

Comes in: deals with `new_business`, settings. Goes out: `HoldOut`. Separate, and first, because
nothing that was looked at can prove anything.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.holdout.model import HoldOut
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index, Series
from icp_engine.values.dates import read_day
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count

LEAST = 10  # won and lost accounts, each
LARGEST_SHARE = 0.30
MANY_DEALS = 5
MOSTLY = 0.8
LEAST_LEFT = 20  # won and lost accounts that derivation keeps, each
NOBODY: Index = pd.Index([], dtype="str")


def closed_new_business(deals: Frame) -> Frame:
    """Won and lost new-business deals of accounts that are known, `won` as plain bool; every closed
    deal where none is told apart.
    """
    if "won" not in deals or not len(deals):
        return deals.head(0).assign(won=pd.Series(dtype=bool))
    rows = deals[deals["won"].notna() & deals["account_id"].notna()]
    if "new_business" in rows:
        rows = rows[rows["new_business"].fillna(False).astype(bool)]
    return rows.assign(won=rows["won"].astype(bool))


def account_outcomes(deals: Frame) -> Frame:
    """One row an account with closed new-business deals: won, lost (shares of its deals, sum 1),
    first_closed, deals
    """
    closed = closed_new_business(deals)
    won = closed["won"].astype("float64")
    grouped = won.groupby(closed["account_id"])
    outcomes = pd.DataFrame({"won": grouped.mean(), "deals": grouped.size()})
    outcomes["lost"] = 1.0 - outcomes["won"]
    outcomes["first_closed"] = decided_on(closed).groupby(closed["account_id"]).min()
    outcomes.index.name = "account_id"
    return outcomes


def decided_on(closed: Frame) -> Series:
    """The day each closed deal counts from: its closing date, or its creation where closings are
    mostly not recorded.

    Leads that were lost often have no closing date; mixing both dates would put won and lost deals
    in another order.
    """
    recorded = closed["closed_date"].notna()
    if recorded.mean() >= MOSTLY or not closed["created_date"].notna().any():
        return closed["closed_date"]
    return closed["created_date"].fillna(closed["closed_date"])


def set_aside(deals: Frame, settings: Settings) -> HoldOut:
    """Choose the held-out accounts.

    Accounts are ordered by their first closed new-business deal; the newest are taken until N won
    and N lost (an account counts by its shares of won and lost deals). N = `holdout_n` where that
    takes at most `holdout_share` of the accounts, else as many as that share holds, never under 10
    + 10. Where 10 + 10 is more than 30 % of the accounts or leaves fewer than 20 + 20: five folds
    by account. Under 10 + 10 in all: too little data.
    """
    if deals.empty or not deals["won"].notna().any():
        return _without(
            "no_deals",
            deals,
            0,
            0,
            "There are no closed deals, so the profile is not tested on deals.",
        )
    outcomes = account_outcomes(deals)
    won = round(outcomes["won"].sum())
    lost = len(outcomes) - won
    if settings.final:
        return _without(
            "final",
            deals,
            won,
            lost,
            "Refitted on every deal: nothing is held out, so nothing is proven here.",
        )
    if min(won, lost) < LEAST:
        return _without(
            "too_little",
            deals,
            won,
            lost,
            f"{won} won and {lost} lost accounts are too few to test on; it takes {LEAST} of each.",
        )
    order = outcomes.sort_values("first_closed", ascending=False, kind="stable", na_position="last")
    taken = _how_many(order, settings)
    undated = order["first_closed"].isna().mean() > 1 - MOSTLY
    if taken is None or undated:
        why = (
            "Most deals have no closing date"
            if undated
            else f"{won} won and {lost} lost accounts are too few to set some aside"
        )
        return _without(
            "cross_checked",
            deals,
            won,
            lost,
            f"{why}, so every account is scored by a rubric that did not "
            f"see it (cross-checked, not held out).{_repeat_note(outcomes)}",
        )
    return _held_out(deals, order, taken)


def _repeat_note(outcomes: Frame) -> str:
    if outcomes["deals"].mean() <= MANY_DEALS:
        return ""
    return (
        f" Accounts have {count(outcomes['deals'].mean())} closed deals on average and no column tells repeat business "
        "apart, so every deal counts and every account has one vote."
    )


def _without(method: str, deals: Frame, won: int, lost: int, sentence: str) -> HoldOut:
    usable = closed_new_business(deals).index if len(deals) else NOBODY
    return HoldOut(method, NOBODY, NOBODY, usable, pd.NaT, won, lost, sentence)  # type: ignore[arg-type]


def _how_many(order: Frame, settings: Settings) -> int | None:
    """How many of the newest accounts to take; None where a hold-out would cost too much."""
    won, lost = (order[side].to_numpy().cumsum() for side in ("won", "lost"))
    begin = read_day(settings.holdout_from)
    given = not pd.isna(begin)  # what is no date has no effect: intake says so
    late = int((order["first_closed"] >= begin).sum())
    taken = late if given else _size_for(won, lost, settings)
    enough = 0 < taken < len(order) and min(won[taken - 1], lost[taken - 1]) >= LEAST
    if not enough or taken > LARGEST_SHARE * len(order):
        return None
    left_won, left_lost = won[-1] - won[taken - 1], lost[-1] - lost[taken - 1]
    return taken if min(left_won, left_lost) >= LEAST_LEFT else None


def _size_for(won: Frame, lost: Frame, settings: Settings) -> int:
    """Fewest newest accounts with N won and N lost, N as the settings allow."""
    smaller = pd.Series(won).combine(pd.Series(lost), min).to_numpy()
    within = int(settings.holdout_share * len(smaller))
    wanted = settings.holdout_n if within and smaller[within - 1] >= settings.holdout_n else LEAST
    if within and LEAST <= smaller[within - 1] < settings.holdout_n:
        return within
    reached = smaller >= wanted
    return int(reached.argmax()) + 1 if reached.any() else 0


def _held_out(deals: Frame, order: Frame, taken: int) -> HoldOut:
    chosen = order.iloc[:taken]
    cut = chosen["first_closed"].min()
    # accounts whose first deal closed on the cut's own day stay together: a day has no order within
    accounts = order.index[order["first_closed"] >= cut]
    chosen = order.loc[accounts]
    closed = closed_new_business(deals)
    in_holdout = closed["account_id"].isin(accounts)
    derivation = closed.index[~in_holdout & ~(decided_on(closed) >= cut)]
    won = round(chosen["won"].sum())
    lost = len(chosen) - won
    sentence = (
        f"The newest {len(chosen)} accounts ({won} won, {lost} lost, first closed from "
        f"{date(cut)}) were set aside before anything was derived."
    )
    return HoldOut(
        "held_out",
        pd.Index(accounts),
        closed.index[in_holdout],
        derivation,
        cut,
        won,
        lost,
        sentence,
    )
