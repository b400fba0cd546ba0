"""What an account is worth is told by money of which more is better."""

import pandas as pd
import pytest

from icp_engine.customers.model import Best, Metric

NOBODY = pd.Index([], dtype="str")


def metric(name, weight, direction="more", unit="$"):
    return Metric(name, name.upper(), direction, unit, weight, False, False)


def best(*metrics):
    none = pd.Series(dtype="float64")
    groups = (NOBODY,) * 5
    return Best(*groups, none, pd.DataFrame(), metrics, "value", "", "")


def test_the_weightiest_money_metric_tells_the_worth():
    found = best(metric("ltv", 1.0), metric("revenue", 2.0), metric("seats", 9.0, unit="seats"))
    assert (found.money_metric.name, found.value_name) == ("revenue", "REVENUE")


def test_the_first_of_equal_weight_is_taken():
    assert best(metric("ltv", 1.0), metric("revenue", 1.0)).money_metric.name == "ltv"


@pytest.mark.parametrize(
    "metrics",
    [(), (metric("cac", 5.0, "less"),), (metric("nps", 1.0, unit="score"),)],
    ids=["none", "only a cost", "no money"],
)
def test_a_cost_is_no_worth(metrics):
    assert (best(*metrics).money_metric, best(*metrics).value_name) == (None, "value score")
