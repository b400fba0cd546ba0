"""Value, retention, cycle and cost by band, in counts one can look up."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.validation.customers_by_band import customers_by_band

BAND = pd.Series(["Green"] * 8 + ["Red"] * 4, index=[f"a{i}" for i in range(12)])


def table(**columns):
    return customers_by_band(BAND, pd.DataFrame(columns, index=BAND.index)).set_index("band")


def test_medians_and_retention_by_band():
    rows = table(
        value=[*range(10, 18), 1, 2, 3, np.nan],
        churned=[True] + [False] * 7 + [True, True, None, False],
    )
    assert rows.loc["Green", ["value", "customers", "stayed", "stayed_of"]].tolist() == [
        13.5,
        8,
        7,
        8,
    ]
    assert rows.loc["Red", ["value", "value_of", "stayed", "stayed_of"]].tolist() == [2, 3, 1, 3]
    assert rows.loc["Green", "churn"] == pytest.approx(1 / 8)
    assert rows.loc["Green", "churn_low"] == pytest.approx(1 - rows.loc["Green", "retention_high"])


def test_what_nobody_recorded_is_unknown():
    rows = table(value=range(12))
    assert rows[["cost", "retention", "days_to_close"]].isna().all(axis=None)
    assert rows.loc["Yellow", "customers"] == 0 and np.isnan(rows.loc["Yellow", "value"])


def test_a_customer_without_a_score_is_not_rated():
    rows = customers_by_band(
        BAND.iloc[:3], pd.DataFrame({"value": range(12)}, index=BAND.index)
    ).set_index("band")
    assert rows.loc["Not rated", "customers"] == 9


def test_without_customers_there_is_no_table():
    assert customers_by_band(BAND, pd.DataFrame({"value": []})).empty
