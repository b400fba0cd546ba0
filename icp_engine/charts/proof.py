"""Tables of the proof in plain words: impact with what is given up, all metrics, deals to read.

Comes in: `Validation`. Goes out: tables. Separate from `bands`, which draws.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.charts.words import UNKNOWN, estimate, interval, percent
from icp_engine.types import Estimate, Frame, Series
from icp_engine.validation.model import Validation

GAINED: tuple[tuple[str, str, str, str], ...] = (
    ("Deals worked for one win", "deals_per_win", "deals_per_win_green_yellow", "number"),
    ("Win rate", "win_rate", "win_rate_green_yellow", "share"),
    ("Days from created to won, middle", "days_to_close", "days_to_close_green_yellow", "number"),
)
GIVEN_UP: tuple[tuple[str, str], ...] = (
    ("Wins outside Green and Yellow", "wins_given_up"), ("Won revenue outside", "revenue_given_up"),
    ("Open pipeline outside, by amount", "pipeline_given_up"),
)
NOTHING = Estimate(None, None, None, 0.0)
SHARES = ("win_rate", "share_", "wins_", "precision", "recall", "revenue_given", "pipeline_given")


def say(value: Estimate, kind: str) -> str:
    """An estimate with its interval as a share or a number."""
    if kind == "share":
        return estimate(value)
    if value.value is None:
        return UNKNOWN
    limits = f" ({value.low:.2g}–{value.high:.2g})" if value.low is not None and value.high is not None else ""
    return f"{value.value:.3g}{limits}" if value.value >= 100 else f"{value.value:.2g}{limits}"


def impact_table(validation: Validation) -> Frame:
    """What working only Green and Yellow changes: a row a measure, all deals beside Green and Yellow."""
    metrics = validation.metrics
    return pd.DataFrame([
        {"Measure": name, "All deals": say(metrics.get(every, NOTHING), kind),
         "Green and Yellow only": say(metrics.get(some, NOTHING), kind)}
        for name, every, some, kind in GAINED
    ])


def given_up_table(validation: Validation) -> Frame:
    """What working only Green and Yellow gives up, with intervals."""
    return pd.DataFrame([
        {"Given up": name, "Share": estimate(validation.metrics.get(key, NOTHING))} for name, key in GIVEN_UP
    ])


def metric_rows(validation: Validation) -> Frame:
    """Every metric by name: value, limits, the number it rests on; shares 0–1."""
    return pd.DataFrame([
        {"Metric": name, "Value": e.value, "From": e.low, "To": e.high, "Rests on": round(e.n, 1),
         "In words": estimate(e) if name.startswith(SHARES) else say(e, "number")}
        for name, e in validation.metrics.items()
    ])


def backtest_table(backtest: Frame) -> Frame:
    """A past quarter a row, in words."""
    return pd.DataFrame({
        "Quarter": backtest["quarter"].astype(str), "Learned from accounts": backtest["learned"],
        "Won": backtest["won"], "Lost": backtest["lost"],
        "Ranks won above lost, in 100": [percent(auc).split("\u202f")[0] for auc in backtest["auc"]],
        "95 % interval": [interval(row.low, row.high).split("\u202f")[0] for row in backtest.itertuples()],
    })


def deal_table(scored: Frame, deals: Frame, names: Series | None, reasons: Series) -> Frame:
    """Deals to read, in the order of `scored`: deal, account, score, band, closed, amount, why."""
    deal_names = deals["deal_name"].reindex(scored["deal_id"]) if "deal_name" in deals else scored["deal_id"]
    accounts = scored["account_id"]
    if names is not None:
        accounts = names.reindex(accounts).fillna(pd.Series(accounts.to_numpy(), index=accounts)).to_numpy()
    return pd.DataFrame({
        "Deal": pd.Series(deal_names.to_numpy()).fillna(scored["deal_id"].reset_index(drop=True)).to_numpy(),
        "Account": accounts, "Score": scored["score"].to_numpy(), "Band": scored["band"].to_numpy(),
        "Closed": scored["closed_date"].to_numpy(), "Amount": scored["amount"].to_numpy(),
        "Why": reasons.reindex(scored["account_id"]).to_numpy(),
    })
