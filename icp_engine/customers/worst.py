"""Worst customers: those who left soonest, then low value, low satisfaction, heavy support and long
cycles for little.

Comes in: customers, ranks of their metrics, lost shares. Goes out: the order from the worst on, and
what it rests on in words. Separate because worst is more than the other end of best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.customers.age import age_cohorts, mid_rank
from icp_engine.customers.model import Customers, Metric
from icp_engine.types import Frame, Index, Series
from icp_engine.wording.sentences import listed

VALUE_CLASSES = ("value", "rate", "growth", "advocacy")


@dataclass(frozen=True)
class Badness:
    """By account_id: `order` 0–1, the higher the worse; `left` (churned). `signs`: what it rests
    on, in words.

    `by_age`: customers of the same age were compared.
    """

    order: Series
    left: Series
    signs: tuple[str, ...]
    by_age: bool


def judge_badness(
    customers: Customers, ranks: Frame, scores: Series, metrics: tuple[Metric, ...], lost: Series
) -> Badness:
    """Order customers from good to bad.

    ranks: metrics as 0–1, 1 = best. scores: the composite, which stands in where no sign is known.
    lost: share lost of each account's new-business deals, used only where no churn is recorded.
    Whoever left comes first, the soonest leading; then the mean of the signs known. Where at least
    60 customers have a date, both are compared among customers of the same age, since an older
    customer had longer to leave.
    """
    left = churned(customers, scores.index)
    signs = _signs(ranks.reindex(scores.index), metrics)
    if not left.any() and (lost > 0).any():
        signs["deals lost to it"] = mid_rank(lost.reindex(scores.index))
    known = pd.DataFrame(signs, index=scores.index).dropna(axis=1, how="all")
    bad = known.mean(axis=1).fillna(1.0 - scores) if known.shape[1] else 1.0 - scores
    cohort = age_cohorts(customers.customer_since.loc[scores.index])
    together = _leavers_first(left, _days_until_churn(customers, scores.index), bad)
    return Badness(mid_rank(together, cohort), left, tuple(known.columns), cohort is not None)


def churned(customers: Customers, index: Index) -> Series:
    """Who left, as booleans; unknown counts as staying."""
    if "churned" not in customers.accounts:
        return pd.Series(False, index=index)
    return customers.accounts.loc[index, "churned"].fillna(False).astype(bool)


def _leavers_first(left: Series, days: Series, bad: Series) -> Series:
    """One number to rank by: 0–1 for those who stayed, 2–3 for those who left (soonest highest,
    undated by badness).
    """
    soon = (1.0 - mid_rank(days.where(left))).fillna(0.5)
    return bad.where(~left, 2.0 + soon + 1e-6 * bad)


def _days_until_churn(customers: Customers, index: Index) -> Series:
    if "churn_date" not in customers.accounts:
        return pd.Series(np.nan, index=index)
    churn_date = customers.accounts.loc[index, "churn_date"]
    return (churn_date - customers.customer_since.loc[index]).dt.days.astype("float64")


def _signs(ranks: Frame, metrics: tuple[Metric, ...]) -> dict[str, Series]:
    """Each sign as 0–1, 1 = worst; support and cycles count against the value they bring."""
    value = _mean_rank(ranks, [m for m in metrics if m.metric_class in VALUE_CLASSES])
    satisfaction = _mean_rank(ranks, [m for m in metrics if m.metric_class == "satisfaction"])
    support = _mean_rank(ranks, [m for m in metrics if m.metric_class == "effort"])
    speed = _mean_rank(ranks, [m for m in metrics if m.metric_class == "speed"])
    worth = value.fillna(0.5)
    return {
        "low value": 1.0 - value,
        "low satisfaction": 1.0 - satisfaction,
        "support and cost heavy for its value": ((1.0 - support) + (1.0 - worth)) / 2.0,
        "long cycles with low payoff": np.minimum(1.0 - speed, 1.0 - worth),
    }


def _mean_rank(ranks: Frame, metrics: list[Metric]) -> Series:
    """Mean of the known ranks, weighted as the metrics are; NaN where none is known."""
    if not metrics:
        return pd.Series(np.nan, index=ranks.index)
    part, weights = ranks[[m.name for m in metrics]], np.array([m.weight for m in metrics])
    known = part.notna().to_numpy() @ weights
    total = part.fillna(0.0).to_numpy() @ weights
    return pd.Series(
        np.divide(total, known, out=np.full(len(part), np.nan), where=known > 0), index=ranks.index
    )


def say_basis(bad: Badness, worst: Index) -> str:
    """What “worst” rests on, in words."""
    signs = list(bad.signs) or ["low value"]
    words = listed(signs)
    gone = int(bad.left.reindex(worst).sum())
    if gone == 0:
        return f"{words}; no churn is recorded, which makes this weaker evidence"
    others = f"; the others by {words}" if gone < len(worst) else ""
    peers = " among customers of the same age" if bad.by_age else ""
    return f"{gone} of {len(worst)} churned, those who left soonest{peers} first{others}"
