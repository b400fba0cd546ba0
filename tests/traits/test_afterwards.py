import dataclasses

import numpy as np
import pandas as pd
import pytest

from icp_engine.customers.model import Best, Customers, Metric
from icp_engine.intake.columns.role import Column, Role
from icp_engine.traits.afterwards import describe_afterwards, median_interval
from icp_engine.values.rule import ColumnRule


def case(metrics=("onboarding_days",), **columns):
    """Thirty best, sixty rest, thirty worst customers with the given columns, known after the sale
    unless metrics.
    """
    size = {len(values) for values in columns.values()}.pop()
    ids = pd.Index([f"a{i}" for i in range(size)])
    accounts = pd.DataFrame({name: list(values) for name, values in columns.items()}, index=ids)
    described = {
        name: Column(
            "accounts",
            name,
            "category" if accounts[name].dtype != float else "number",
            Role("known_after"),
            ColumnRule(),
            1.0,
            9,
        )
        for name in columns
        if name not in metrics
    }
    own = tuple(
        Metric(name, name, "less", "days", 1.0, False, False) for name in metrics if name in columns
    )
    nothing = pd.Series(dtype=object)
    customers = Customers(
        accounts, pd.DataFrame(), described, own, nothing, nothing, nothing, ids[:0]
    )
    best = Best(
        ids[:30], ids[90:], ids[30:90], ids[:0], ids[:0], nothing, accounts, own, "value", "", ""
    )
    return customers, best


def test_numbers_give_medians_and_levels_shares():
    customers, best = case(
        onboarding_days=[10.0] * 30 + [20.0] * 60 + [30.0] * 30,
        plan_training=["yes"] * 24 + ["no"] * 6 + ["yes"] * 15 + ["no"] * 75,
    )
    table = describe_afterwards(customers, best).set_index(["attribute", "value"])
    days, training = table.loc[("onboarding_days", "")], table.loc[("plan_training", "yes")]
    assert (days["best"], days["rest"], days["worst"], days["best_n"]) == (10, 20, 30, 30) and days[
        "part_of_best"
    ]
    assert (training["best"], training["rest"], training["worst"]) == (0.8, 0.25, 0.0)
    assert training["differs"] and not training["part_of_best"]
    assert (
        "part of how the best were chosen" in days["sentence"]
        and "80\u202f% among best" in training["sentence"]
    )


@pytest.mark.parametrize(
    "label", ["renewal_forecast", "churn_flag", "lost_reason", "account_status", "Refund amount"]
)
def test_labels_of_the_outcome_are_no_afterwards(label):
    customers, best = case(**{label: ["yes"] * 30 + ["no"] * 90})
    assert describe_afterwards(customers, best).empty


def test_what_differs_by_chance_is_not_said_to_differ():
    rng = np.random.default_rng(5)
    table = describe_afterwards(*case(usage_count=rng.normal(100, 20, 120)))
    assert (
        not table["differs"].any() and table["sentence"].str.endswith("Not proven to differ.").all()
    )


def test_few_known_values_and_best_by_wins_say_nothing():
    customers, best = case(usage_count=[1.0] * 4 + [np.nan] * 26 + [2.0] * 90)
    assert describe_afterwards(customers, best).empty
    customers, best = case(usage_count=[1.0] * 120)
    assert describe_afterwards(customers, dataclasses.replace(best, basis="won")).empty


def test_the_median_lies_in_its_interval_as_often_as_it_says():
    rng = np.random.default_rng(9)
    for size in (7, 12, 35):
        limits = [median_interval(rng.exponential(size=size))[1:] for _ in range(400)]
        assert np.mean([low <= np.log(2) <= high for low, high in limits]) >= 0.93


def test_under_six_values_a_median_has_no_limits():
    assert np.isnan(median_interval(np.arange(5.0))[1]) and median_interval(np.arange(6.0)) == (
        2.5,
        0.0,
        5.0,
    )


def test_the_sample_describes_onboarding_but_no_label(sample_study):
    names = set(sample_study.afterwards["attribute"])
    assert "Onboarding days" in names and "Renewal forecast" not in names
    used = {name for criterion in sample_study.rubric.criteria for name in criterion.attributes}
    assert not used & names
