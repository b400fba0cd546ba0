"""Who left, told from orders that ceased: an estimate, tried on the customers' own past before it
is used.

Comes in: orders by account and the as-of day. Goes out: churned and churn_date by account, and the
rule in words. Separate because nobody recorded this: it must be labelled, measured and easy to
refuse.

The rule: a customer left who has been silent for more than 4 × the usual gap. The usual gap is the
mean of the customer's own gaps, drawn towards the market's mean gap with the weight of two gaps;
with a single order it is the market's. On CDNOW, 85 % of those it called left at the end of October
1997, and 90 % at the end of the year, ordered nothing in the 8 and 6 months that followed; of those
it kept, 59 % and 50 % did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.join import Accounts
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count, of

TIMES = 4.0
MARKET_GAPS = 2.0  # weight of the market's mean gap beside a customer's own gaps
# share of those called left earlier that stayed silent, or the estimate is not used
LEAST_RIGHT = 0.75
LEAST_TRIED = 20
LONGEST_TRIAL = 180


@dataclass(frozen=True)
class Trial:
    """The rule tried on an earlier day: of `called` customers it called left, `silent` ordered
    nothing afterwards.
    """

    day: pd.Timestamp
    days_after: int
    called: int
    silent: int

    @property
    def share(self) -> float:
        """Share 0–1 of those called left that stayed silent."""
        return self.silent / self.called if self.called else 0.0


def find_silent(orders: Frame, as_of: pd.Timestamp) -> Frame:
    """By account_id of customers with an order up to as_of: churned (bool), churn_date (last order
    + limit).

    orders: account_id and date; orders of one day count once. Nobody left where nobody ordered
    twice.
    """
    past = orders.loc[orders["date"] <= as_of, ["account_id", "date"]].drop_duplicates()
    past = past.sort_values(["account_id", "date"])
    gaps = past.groupby("account_id")["date"].diff().dt.days.astype("float64")
    by = past.groupby("account_id", sort=True)
    last = by["date"].max()
    if not gaps.notna().any():
        return pd.DataFrame(
            {"churned": pd.Series(False, index=last.index, dtype="boolean"), "churn_date": pd.NaT}
        )
    own = gaps.groupby(past["account_id"]).sum().reindex(last.index)
    usual = (own + MARKET_GAPS * gaps.mean()) / (by.size() - 1 + MARKET_GAPS)
    limit = (TIMES * usual).round()
    left = limit < (as_of - last) / pd.Timedelta(days=1)
    day = last + pd.to_timedelta(
        limit.where(left), unit="D"
    )  # of others it may lie beyond all days
    return pd.DataFrame({"churned": left.astype("boolean"), "churn_date": day})


def try_rule(orders: Frame, as_of: pd.Timestamp) -> Trial:
    """The rule as it would have judged earlier: a third of the time covered back, at most 180 days."""
    covered = int((as_of - orders["date"].min()).days)
    days = min(LONGEST_TRIAL, covered // 3)
    day = as_of - pd.Timedelta(days=days)
    before = find_silent(orders, day)
    called = before.index[before["churned"].astype(bool)]
    later = orders.loc[(orders["date"] > day) & (orders["date"] <= as_of), "account_id"].unique()
    return Trial(day, days, len(called), int((~called.isin(later)).sum()))


def add_silence(
    tables: dict[str, Table],
    events: dict[str, Frame],
    accounts: Accounts,
    as_of: pd.Timestamp,
    settings: Settings,
) -> tuple[Accounts, str, list[Problem]]:
    """Accounts with who left by silence, the rule in words (“” when it is not used), and a Problem
    that asks.

    Used where nothing records who left, orders have dates, and the rule proved right on the
    customers' own past; a person may confirm or refuse it (`Settings.churn_from_silence`).
    """
    names = [
        name
        for name in events
        if tables[name].kind == "orders" and events[name]["date"].notna().any()
    ]
    if not names or settings.churn_from_silence is False or pd.isna(as_of):
        return accounts, "", []
    orders = pd.concat([events[name][["account_id", "date"]].dropna() for name in names])
    trial = try_rule(orders, as_of)
    proved = trial.called >= LEAST_TRIED and trial.share >= LEAST_RIGHT
    found = find_silent(orders, as_of)
    if not (proved or settings.churn_from_silence) or not found["churned"].any():
        return accounts, "", []
    frame = accounts.frame
    frame = frame.assign(
        churned=found["churned"].reindex(frame.index).astype("boolean"),
        churn_date=found["churn_date"].reindex(frame.index).astype("datetime64[ns]"),
    )
    rule = say_rule(trial)
    count = int(found["churned"].sum())
    question = make_problem(
        "churn-estimated", table=names[0], count=count, total=len(found), rule=rule
    )
    return replace(accounts, frame=frame), rule, [] if settings.churn_from_silence else [question]


def say_rule(trial: Trial) -> str:
    """The rule and how it did on the customers' own past."""
    rule = f"no order for more than {count(TIMES)} times their usual gap (their own gaps, drawn towards everybody's)"
    if not trial.called:
        return rule
    day = date(trial.day)
    return (
        f"{rule}; tried on {day}, {of(trial.silent, trial.called)} it called left ordered nothing in the "
        f"{trial.days_after} days that followed"
    )
