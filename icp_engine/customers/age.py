"""Time is not merit: customers of the same age are compared with each other, and a check tells
whether age still shows.

Comes in: value metrics and customer-since dates. Goes out: ranks 0–1, cohorts, `AgeDifference`.
Separate because an older customer had longer to pay, to expand and to leave; without this, whatever
early customers have in common would look like a trait of good ones.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.customers.model import AgeDifference, Customers
from icp_engine.types import Index, Series
from icp_engine.wording.numbers import count

LEAST_COHORT = 30  # customers of a customer-since quarter before they are ranked among themselves
# a younger customer counts as half a year old: one early payment is no yearly income
LEAST_YEARS = 0.5
WIDEST_COHORT_YEARS = 1.0  # within a cohort wider than this, values count per year as well
DAYS_PER_YEAR = 365.25
DAYS_IN = {"days": 1.0, "months": 30.4375, "years": DAYS_PER_YEAR}
LEAST_TO_COMPARE = 5
DAYS_THAT_MATTER = 90


def customer_start(customers: Customers, index: Index, as_of: pd.Timestamp) -> Series:
    """When each customer started: the date known, else `as_of` minus recorded tenure; NaT where
    neither is known.
    """
    since = customers.customer_since.loc[index]
    if pd.isna(as_of):  # no date anywhere: a tenure cannot be counted back from an unknown day
        return since
    for metric in customers.metrics:
        if metric.kind == "tenure" and metric.unit in DAYS_IN and since.isna().any():
            days = (
                customers.accounts.loc[index, metric.name].astype("float64") * DAYS_IN[metric.unit]
            ).round()
            since = since.fillna(
                as_of - pd.to_timedelta(days.where(days.between(0, 36_500)), unit="D")
            )
    return since


def age_cohorts(since: Series) -> Series | None:
    """Customer-since quarters, neighbours joined until each holds 30 customers; None where fewer
    than 60 have a date.

    Customers without a date are a cohort of their own, −1.
    """
    quarters = since.dt.to_period("Q")
    counts = quarters.value_counts().sort_index()
    if counts.sum() < 2 * LEAST_COHORT:
        return None
    groups, current, size = {}, 0, 0
    for quarter, customers in counts.items():
        groups[quarter] = current
        size += int(customers)
        if size >= LEAST_COHORT:
            current, size = current + 1, 0
    if size and current:  # the last, too small group joins the one before it
        groups = {quarter: min(group, current - 1) for quarter, group in groups.items()}
    return quarters.map(groups).astype("float64").fillna(-1.0)


def mid_rank(column: Series, cohort: Series | None = None) -> Series:
    """Share of known values below, plus half of those equal: 0–1 without either end; unknown stays
    NaN.

    Ties share their mean rank. A single huge value has no more pull than the next one: nothing is
    winsorised.
    """
    if cohort is None:
        return (column.rank(method="average") - 0.5) / max(1, int(column.notna().sum()))
    groups = column.groupby(cohort)
    return (groups.rank(method="average") - 0.5) / groups.transform("count").clip(lower=1)


def per_year(column: Series, since: Series, as_of: pd.Timestamp) -> Series:
    """Values per year of tenure, a tenure under half a year counting as half a year, an unknown one
    as the median.
    """
    years = ((as_of - since).dt.days / DAYS_PER_YEAR).clip(lower=LEAST_YEARS)
    return column / years.fillna(years.median() if years.notna().any() else 1.0)


def comparable(column: Series, cohort: Series | None, since: Series, as_of: pd.Timestamp) -> Series:
    """What is ranked of a metric that grows: the value within a cohort of one year or less, else
    the value per year.
    """
    yearly = per_year(column, since, as_of)
    if cohort is None:
        return yearly
    groups = since.groupby(cohort)
    spread_days = (groups.transform("max") - groups.transform("min")).dt.days
    return column.where(spread_days <= WIDEST_COHORT_YEARS * DAYS_PER_YEAR, yearly)


def compare_ages(
    since: Series, best: Index, rest: Index, as_of: pd.Timestamp
) -> AgeDifference | None:
    """Median customer age of best and rest, and the 95 % interval of the difference (Price & Bonett
    2002).

    None where fewer than five of either have a date.
    """
    days = (as_of - since).dt.days.astype("float64")
    ours, others = (days.reindex(group).dropna().to_numpy() for group in (best, rest))
    if min(len(ours), len(others)) < LEAST_TO_COMPARE:
        return None
    (first, first_error), (second, second_error) = (
        _median_with_error(ours),
        _median_with_error(others),
    )
    difference, reach = first - second, 1.959964 * float(np.hypot(first_error, second_error))
    low, high = difference - reach, difference + reach
    matters = abs(difference) >= DAYS_THAT_MATTER and (low > 0 or high < 0)
    return AgeDifference(
        difference,
        low,
        high,
        len(ours),
        len(others),
        matters,
        _say(first, second, low, high, matters),
    )


def _median_with_error(values: np.ndarray) -> tuple[float, float]:
    """Median and its standard error from order statistics about the middle (Price & Bonett 2001)."""
    # loaded when asked for: start-up stays light
    from scipy.stats import binom, norm

    ordered, n = np.sort(values), len(values)
    position = max(1, round((n + 1) / 2 - np.sqrt(n)))
    outside = 2.0 * float(binom.cdf(position - 1, n, 0.5))
    z = float(norm.isf(outside / 2.0))
    return float(np.median(values)), float(ordered[n - position] - ordered[position - 1]) / (
        2.0 * z
    )


def _say(best: float, rest: float, low: float, high: float, matters: bool) -> str:
    middle = f"{count(best)} days in the middle, the rest {count(rest)}"
    if not matters:
        return f"Best customers have been customers for {middle}: time does not pass for merit."
    return (
        f"Best customers have been customers for {middle} (difference {count(low)} to {count(high)} days): part of "
        "what sets them apart may be age."
    )
