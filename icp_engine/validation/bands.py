"""What the bands are worth: win rates, shares, wins kept and given up, for all deals against Green
and Yellow.

Comes in: judged accounts (and open deals). Goes out: the band table, the score histogram, metrics
by name. Separate because pages, impact and checks read the same rows. Nothing is balanced: every
rate is at the window's own win rate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import BANDS
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Series
from icp_engine.validation.measure import (
    Judged,
    band_codes,
    estimate_inverse,
    estimate_median,
    estimate_share,
    known_amounts,
)

if TYPE_CHECKING:
    from icp_engine.types import Bools

BAND_KEYS: tuple[str, ...] = ("green", "yellow", "red", "not_rated")
HISTOGRAM_STEP = 5
# What the mix of won and lost deals decides; a list balanced by hand says nothing about these.
RATE_PREFIXES: tuple[str, ...] = (
    "win_rate",
    "precision",
    "share_",
    "deals_per_win",
    "average_precision",
)


def band_table(judged: Judged, *, rates_known: bool = True) -> Frame:
    """One row a band in the order of BANDS: band, accounts, deals, won, win_rate, low, high.

    `deals` and `won` count deals; `win_rate` is the mean over the band's accounts of the share of
    their deals that were won, so that one account with forty deals does not decide it (equal to won
    / deals at one deal an account). `low`, `high`: 95 % Wilson limits on accounts. nan without
    accounts, or when `rates_known` is False.
    """
    size, outcomes = len(BANDS), judged.outcomes
    accounts = np.bincount(judged.band, minlength=size)
    weight = np.bincount(judged.band, judged.won, size)
    low, high = wilson(weight, accounts)
    rates = np.column_stack(
        [np.where(accounts > 0, weight / np.maximum(accounts, 1), np.nan), low, high]
    )
    rates = rates if rates_known else np.full_like(rates, np.nan)
    return pd.DataFrame(
        {
            "band": BANDS,
            "accounts": accounts,
            "deals": np.bincount(judged.band, outcomes.deals, size).astype(np.int64),
            "won": np.bincount(judged.band, outcomes.won_deals, size).astype(np.int64),
            "win_rate": rates[:, 0],
            "low": rates[:, 1],
            "high": rates[:, 2],
        }
    )


def score_histogram(judged: Judged) -> Frame:
    """Won and lost deals by score: columns score (lower edge, 0–95 by 5; 100 counts in the last),
    won, lost.
    """
    size = 100 // HISTOGRAM_STEP
    bins = np.clip((judged.score // HISTOGRAM_STEP).astype(np.int64), 0, size - 1)
    won = np.bincount(bins, judged.outcomes.won_deals, size).astype(np.int64)
    deals = np.bincount(bins, judged.outcomes.deals, size).astype(np.int64)
    return pd.DataFrame(
        {"score": np.arange(size) * HISTOGRAM_STEP, "won": won, "lost": deals - won}
    )


def open_deals_by_band(open_deals: Frame, scores: Frame) -> Frame:
    """Open deals by band of their account: band, deals, amount (sum of known amounts in the study's
    currency).
    """
    rows = scores.index.get_indexer(open_deals["account_id"])
    codes = np.full(len(rows), len(BANDS) - 1, dtype=np.int64)
    codes[rows >= 0] = band_codes(scores["band"])[rows[rows >= 0]]
    deals = np.bincount(codes, minlength=len(BANDS))
    amount = np.bincount(codes, known_amounts(open_deals), len(BANDS)).astype(float)
    return pd.DataFrame({"band": BANDS, "deals": deals, "amount": amount})


def band_metrics(judged: Judged) -> dict[str, Estimate]:
    """Rates, shares and wins by band, by the names of `Validation.metrics`; all on accounts, deals
    weighing 1/m.

    win_rate (window), win_rate_<band>, win_rate_green_yellow: share won. share_<band>: share of the
    window's accounts. wins_in_<band>, wins_in_green_yellow: share of all wins; wins_given_up: the
    rest. precision_, recall_: the same by their other names. deals_per_win,
    deals_per_win_green_yellow: deals worked for one win.
    """
    every = np.ones(len(judged.won))
    metrics = {"win_rate": estimate_share(every, judged.won)}
    for name, inside in _selections(judged).items():
        metrics[f"win_rate_{name}"] = estimate_share(inside.astype(float), judged.won)
        metrics[f"share_{name}"] = estimate_share(every, inside)
        metrics[f"wins_in_{name}"] = estimate_share(judged.won, inside)
    for name in ("green", "green_yellow"):
        metrics[f"precision_{name}"] = metrics[f"win_rate_{name}"]
        metrics[f"recall_{name}"] = metrics[f"wins_in_{name}"]
    metrics["deals_per_win"] = estimate_inverse(metrics["win_rate"])
    metrics["deals_per_win_green_yellow"] = estimate_inverse(metrics["win_rate_green_yellow"])
    return metrics | _impact_metrics(judged)


def _selections(judged: Judged) -> dict[str, Bools]:
    each = {key: judged.band == code for code, key in enumerate(BAND_KEYS)}
    return each | {"green_yellow": each["green"] | each["yellow"]}


def _impact_metrics(judged: Judged) -> dict[str, Estimate]:
    """What working only Green and Yellow gives up (shares of wins and of won revenue) and does to
    the sales cycle.
    """
    kept = judged.band <= BANDS.index("Yellow")
    days = judged.outcomes.days_to_close
    return {
        "wins_given_up": estimate_share(judged.won, ~kept),
        "revenue_given_up": estimate_share(judged.outcomes.won_amount, ~kept),
        "days_to_close": estimate_median(days),
        "days_to_close_green_yellow": estimate_median(days[kept]),
    }


def cost_metrics(judged: Judged, cost: Series | None) -> dict[str, Estimate]:
    """Median cost of the won accounts, all and Green + Yellow, in the study's currency; none
    without costs.
    """
    if cost is None:
        return {"cost_per_win": NOT_APPLICABLE, "cost_per_win_green_yellow": NOT_APPLICABLE}
    known = cost.reindex(judged.outcomes.accounts).to_numpy(dtype=float, na_value=np.nan)
    won, kept = judged.is_won, judged.band <= BANDS.index("Yellow")
    return {
        "cost_per_win": estimate_median(known[won]),
        "cost_per_win_green_yellow": estimate_median(known[won & kept]),
    }


def pipeline_given_up(by_band: Frame) -> Estimate:
    """Share of the open deals' amount outside Green and Yellow: a count of what is there, so
    without an interval.
    """
    amount = by_band["amount"].to_numpy(float)
    if amount.sum() <= 0:
        return NOT_APPLICABLE
    return Estimate(
        float(amount[2:].sum() / amount.sum()), None, None, float(by_band["deals"].sum())
    )


def withhold_rates(metrics: dict[str, Estimate]) -> dict[str, Estimate]:
    """Blank every metric that depends on the mix of won and lost: a list balanced by hand has none
    of its own.
    """
    return {
        name: NOT_APPLICABLE if name.startswith(RATE_PREFIXES) else estimate
        for name, estimate in metrics.items()
    }
