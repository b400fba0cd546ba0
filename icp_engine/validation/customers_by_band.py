"""What customers of each band turned out to be worth: value, retention, churn, sales cycle, cost.

Comes in: mature customers with their band (by rubrics that did not see them) and what is known of
each. Goes out: one row a band. Separate because it speaks of customers after the sale; the other
figures speak of deals.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from icp_engine.rubric.model import BANDS, NOT_RATED
from icp_engine.stats.proportions import wilson
from icp_engine.types import Frame, Series
from icp_engine.validation.measure import estimate_median

MEDIANS: tuple[str, ...] = ("value", "days_to_close", "cost")
COLUMNS: tuple[str, ...] = (
    "band",
    "customers",
    *(f"{name}{end}" for name in MEDIANS for end in ("", "_low", "_high", "_of")),
    "stayed",
    "stayed_of",
    "retention",
    "retention_low",
    "retention_high",
    "churn",
    "churn_low",
    "churn_high",
)


def customers_by_band(band: Series, customers: Frame) -> Frame:
    """One row a band of BANDS, empty when there is no customer.

    customers: by account_id any of value and cost (study's currency), days_to_close, churned
    (bool). band: by the same. Medians with order-statistic limits (nan under six known values,
    `_of` = how many are known); stayed of stayed_of customers have not churned, retention and churn
    are shares 0–1 with Wilson limits. A figure nobody recorded is nan.
    """
    if not len(customers):
        return pd.DataFrame(columns=list(COLUMNS))
    band = band.reindex(customers.index).fillna(NOT_RATED)
    return pd.DataFrame(
        [_row(name, customers[(band == name).to_numpy()]) for name in BANDS], columns=list(COLUMNS)
    )


def _row(band: str, customers: Frame) -> dict[str, object]:
    row: dict[str, object] = {"band": band, "customers": len(customers)}
    for name in MEDIANS:
        row |= _median(name, customers)
    if "churned" in customers:
        row |= _retention(customers["churned"])
    return row


def _median(name: str, customers: Frame) -> dict[str, object]:
    if name not in customers:
        return {f"{name}_of": 0}
    values = customers[name].to_numpy(dtype=float, na_value=np.nan)
    one = estimate_median(values)
    return {
        name: one.value,
        f"{name}_low": one.low,
        f"{name}_high": one.high,
        f"{name}_of": int(one.n),
    }


def _retention(churned: Series) -> dict[str, object]:
    known = churned[churned.notna()].astype(bool)
    stayed, total = int((~known).sum()), len(known)
    low, high = (float(part) for part in wilson(stayed, total))
    share = stayed / total if total else np.nan
    return {
        "stayed": stayed,
        "stayed_of": total,
        "retention": share,
        "retention_low": low,
        "retention_high": high,
        "churn": 1 - share,
        "churn_low": 1 - high,
        "churn_high": 1 - low,
    }
