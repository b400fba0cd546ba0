"""Metrics of a score against won and lost deals: AUC, rates and shares, each with its interval.

Comes in: closed deals once, then a score and a band for each account. Goes out: `Outcomes`,
`Judged`, estimates. Separate because a what-if step (new weights, same deals) must not touch the
deals again: `collect_outcomes` runs once for a list of deals, everything else works on one number
an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.rubric.model import BANDS, NOT_RATED_CODE
from icp_engine.stats.auc import effective_number, histogram_auc, newcombe_interval, permutation_p
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Index, Series

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats, Ints

NO_SIGNAL_SCORE = 50.0


@dataclass(frozen=True)
class Outcomes:
    """What became of the closed new-business deals of each account; arrays are aligned with
    `accounts`.

    `won`: share 0–1 of the account's deals that were won, so that an account with forty deals still
    counts as one. `deals`, `won_deals`: counts. `won_amount`: sum over won deals in the study's
    currency, unknown amounts count 0. `days_to_close`: median days from created to won, nan where
    unknown. `positions`: row of each deal's account.
    """

    accounts: Index
    won: Floats
    deals: Ints
    won_deals: Ints
    won_amount: Floats
    days_to_close: Floats
    positions: Ints


@dataclass(frozen=True)
class Judged:
    """Outcomes with the score and the band (position in BANDS) that each account got; all arrays
    aligned.
    """

    outcomes: Outcomes
    score: Floats
    band: Ints
    coverage: Floats

    @property
    def won(self) -> Floats:
        """Won weight 0–1 of each account."""
        return self.outcomes.won

    @property
    def lost(self) -> Floats:
        """Lost weight 0–1 of each account."""
        return 1.0 - self.outcomes.won

    @property
    def is_won(self) -> Bools:
        """Accounts that count as won: at least half of their deals were."""
        return self.outcomes.won >= 0.5


def collect_outcomes(deals: Frame) -> Outcomes:
    """Sum closed deals (account_id, won; amount, created_date and closed_date where known) up to
    one row an account.

    Rows whose `won` is unknown are open and take no part.
    """
    closed = deals[deals["won"].notna()]
    positions, accounts = pd.factorize(closed["account_id"].astype("str"))
    won = closed["won"].astype(float).to_numpy()
    size = len(accounts)
    count = np.bincount(positions, minlength=size)
    won_count = np.bincount(positions, won, size)
    won_amount = np.bincount(positions, known_amounts(closed) * won, size)
    return Outcomes(
        pd.Index(accounts, name="account_id"),
        won_count / np.maximum(count, 1),
        count,
        won_count.astype(np.int64),
        won_amount.astype(float),
        _days_to_close(closed, positions, size),
        positions,
    )


def known_amounts(deals: Frame) -> Floats:
    """Amount of each deal, 0 where unknown."""
    if "amount" not in deals:
        return np.zeros(len(deals))
    return pd.to_numeric(deals["amount"], errors="coerce").fillna(0).to_numpy(float)


def _days_to_close(closed: Frame, positions: Ints, size: int) -> Floats:
    days = np.full(size, np.nan)
    if not {"created_date", "closed_date"} <= set(closed.columns):
        return days
    created, finished = (
        pd.to_datetime(closed[name], errors="coerce") for name in ("created_date", "closed_date")
    )
    length = (finished - created).dt.total_seconds().to_numpy(float) / 86_400
    usable = np.isfinite(length) & (length >= 0) & closed["won"].astype(bool).to_numpy()
    medians = pd.Series(length[usable]).groupby(positions[usable]).median()
    days[medians.index.to_numpy(dtype=np.int64)] = medians.to_numpy(float)
    return days


def judge(scores: Frame, outcomes: Outcomes) -> Judged:
    """Look up each account's score and band. An account without a score counts as “Not rated” with
    score 50.
    """
    coverage = (
        scores["coverage"].to_numpy(dtype=float) if "coverage" in scores else np.ones(len(scores))
    )
    score = scores["score"].to_numpy(dtype=float, na_value=np.nan)
    rows = scores.index.get_indexer(outcomes.accounts)
    return judge_rows(outcomes, rows, score, band_codes(scores["band"]), coverage)


def judge_rows(
    outcomes: Outcomes, rows: Ints, score: Floats, band: Ints, coverage: Floats
) -> Judged:
    """The same from arrays: `rows` says which row of them each judged account is (−1: none).

    A what-if keeps `rows` from step to step, since looking up 100,000 names takes longer than all
    metrics together.
    """
    found = rows >= 0
    codes = (
        np.where(found, band[rows], NOT_RATED_CODE)
        if len(band)
        else np.full(len(rows), NOT_RATED_CODE)
    )
    known = _or_else(score, rows, found, NO_SIGNAL_SCORE)
    return Judged(outcomes, known, codes, _or_else(coverage, rows, found, 0.0))


def _or_else(values: Floats, rows: Ints, found: Bools, otherwise: float) -> Floats:
    picked = values[rows] if len(values) else np.full(len(rows), np.nan)
    return np.where(found & np.isfinite(picked), picked, otherwise)


def band_codes(band: Series) -> Ints:
    """Positions in BANDS; an unknown word counts as “Not rated”."""
    codes = pd.Categorical(band, categories=list(BANDS)).codes.astype(np.int64)
    return np.where(codes < 0, NOT_RATED_CODE, codes)


def score_bins(score: Floats) -> Ints:
    """Order-preserving integer bins: tenths of a point where scores have one decimal, else ranks of
    distinct values.
    """
    tenths = np.rint(score * 10)
    if (
        len(score)
        and tenths.min() >= 0
        and tenths.max() <= 10_000
        and np.abs(score * 10 - tenths).max() < 1e-6
    ):
        return tenths.astype(np.int64)
    return np.unique(score, return_inverse=True)[1].ravel().astype(np.int64)


def estimate_auc(score: Floats, won: Floats, lost: Floats) -> Estimate:
    """How often a won deal ranks above a lost one (ties half), 0–1, with the 95 % interval of
    Newcombe's method 5.

    `won`, `lost`: weights of each account. The interval rests on effective numbers of accounts,
    (Σw)² / Σw². `n` is their sum. Not applicable where one side has no weight. Source: Newcombe
    2006, Statistics in Medicine 25:559; Kish 1965 for effective numbers.
    """
    bins = score_bins(score)
    value = histogram_auc(np.bincount(bins, won), np.bincount(bins, lost))
    won_number, lost_number = effective_number(won), effective_number(lost)
    if not np.isfinite(value):
        return Estimate(None, None, None, won_number + lost_number)
    low, high = newcombe_interval(value, won_number, lost_number)
    return Estimate(float(value), float(low), float(high), won_number + lost_number)


def estimate_value_auc(value_scores: tuple[Series, Series] | None) -> Estimate:
    """How often a best customer scores above another one, from cross-fitted scores of (best, rest)."""
    if value_scores is None:
        return NOT_APPLICABLE
    best, rest = (part.to_numpy(dtype=float, na_value=np.nan) for part in value_scores)
    best, rest = best[np.isfinite(best)], rest[np.isfinite(rest)]
    is_best = np.repeat([1.0, 0.0], [len(best), len(rest)])
    return estimate_auc(np.concatenate([best, rest]), is_best, 1.0 - is_best)


def estimate_share(weight: Floats, inside: Floats | Bools) -> Estimate:
    """Weighted mean of `inside` (0–1 an account) with Wilson's 95 % interval on the effective
    number of accounts.
    """
    total, number = float(weight.sum()), effective_number(weight)
    if total <= 0:
        return NOT_APPLICABLE
    value = min(1.0, float((weight * inside).sum() / total))
    low, high = wilson(value * number, number)
    return Estimate(value, float(low), float(high), number)


def estimate_inverse(share: Estimate) -> Estimate:
    """Deals worked per win from a win rate: limits swap; a limit without bound is None."""
    if not share.value:
        return Estimate(None, None, None, share.n)
    low = 1 / share.high if share.high else None
    return Estimate(1 / share.value, low, 1 / share.low if share.low else None, share.n)


def estimate_median(values: Floats) -> Estimate:
    """Median of the known values, with the order-statistic 95 % interval (binomial; limits None
    under 6 values).
    """
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return NOT_APPLICABLE
    reach = 1.96 * np.sqrt(len(known)) / 2
    below, above = int(np.floor(len(known) / 2 - reach)), int(np.ceil(len(known) / 2 + reach))
    bounded = below >= 0 and above < len(known)
    low, high = (float(known[below]), float(known[above])) if bounded else (None, None)
    return Estimate(float(np.median(known)), low, high, float(len(known)))


def permutation(judged: Judged, seed: int, draws: int = 999) -> float:
    """Share of shuffles of accounts in which chance ranks at least as well; one-sided, never 0."""
    return permutation_p(judged.score, judged.won, judged.lost, seed, draws)
