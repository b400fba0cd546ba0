"""Hard conditions: the usual five are found, off by default, and counted alone and together."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.customers.conditions import MEDIANS, list_conditions


def make_frame(**columns) -> pd.DataFrame:
    n = 40
    return pd.DataFrame(
        {
            "account_id": [f"a{row:02d}" for row in range(n)],
            "account_type": "Customer",
            "industry": ["Retail", "Media"] * 20,
            "LTV": [100.0] * 20 + [50.0] * 10 + [300.0] * 10,
            "NRR": [118.0] * 30 + [120.0] * 9 + [np.nan],
            "Days to adoption": [60, 61] * 20,
            "Onboarding days": [90.0, 91] * 20,
            "Expansion rate": [39.0] * 25 + [40.0] * 15,
            **columns,
        }
    )


def open_study(frame: pd.DataFrame, **settings):
    return icp.Study.open(
        {"accounts": frame}, settings=icp.Settings(as_of="2026-09-30", **settings)
    )


@pytest.fixture(scope="module")
def study():
    return open_study(make_frame())


def test_the_usual_five_are_found_and_off(study):
    table = study.conditions
    assert list(table["metric"]) == [
        "LTV",
        "NRR",
        "Days to adoption",
        "Onboarding days",
        "Expansion rate",
        "",
    ]
    assert not table["on"].any()


def test_each_shows_how_many_pass_alone_and_of_how_many_known(study):
    table = study.conditions.set_index("metric")
    assert table["pass_alone"].drop("").to_dict() == {
        "LTV": 10,
        "NRR": 9,
        "Days to adoption": 20,
        "Onboarding days": 20,
        "Expansion rate": 15,
    }
    assert table.loc["NRR", "known"] == 39
    assert (table["of_judged"] == 40).all()


def test_what_passes_together_counts_the_conditions_that_are_on(study):
    chosen = list_conditions(study.customers, study.settings)
    on = study.replace(conditions=(chosen[0].condition, chosen[2].condition))
    table = on.conditions.set_index("metric")
    assert table["on"].drop("").tolist() == [True, False, True, False, False]
    assert table.loc["LTV", "pass_together"] == table.loc["Days to adoption", "pass_together"] == 5
    assert table.loc["NRR", "pass_together"] == 5
    assert table.loc["Onboarding days", "pass_together"] == 5
    assert (
        table.loc["Expansion rate", "pass_alone"]
        > 5
        == table.loc["Expansion rate", "pass_together"]
    )
    assert set(on.best.accounts) <= {"a30", "a32", "a34", "a36", "a38"}


def test_ratios_and_weeks_are_read_in_their_own_unit():
    study = open_study(
        make_frame(NRR=[1.1] * 30 + [1.2] * 10).rename(
            columns={"Onboarding days": "Weeks to onboard"}
        )
    )
    bounds = {
        item.condition.metric: item.condition
        for item in list_conditions(study.customers, study.settings)
    }
    assert bounds["NRR"].at_least == pytest.approx(1.2)
    assert bounds["Weeks to onboard"].at_most == pytest.approx(90 / 7)


def test_a_condition_of_ones_own_and_the_medians_are_listed_too(study):
    own = study.replace(
        conditions=({"metric": "LTV", "at_least": 200.0},), at_least_median=True
    ).conditions
    assert own.iloc[-2][["condition", "on", "pass_alone"]].tolist() == [
        "LTV at least 200",
        True,
        10,
    ]
    assert own.iloc[-1]["condition"] == MEDIANS
    assert own.iloc[-1]["on"]


def test_a_condition_on_a_missing_column_does_not_break():
    table = open_study(
        make_frame(), conditions=({"metric": "Nothing", "at_least": 1.0},)
    ).conditions
    assert table.set_index("metric").loc["Nothing", "known"] == 0


@pytest.mark.parametrize("name", ["industry", "account_type", "since", "gone"])
def test_a_condition_on_what_is_no_number_holds_nobody_back_and_says_so(name):
    condition = icp.settings.Condition(metric=name, at_least=3.0)
    study = open_study(make_frame(since="2020-01-01"), conditions=(condition,))
    row = study.conditions.set_index("metric").loc[name]
    assert (row["known"], row["pass_alone"], row["of_judged"]) == (0, 40, 40)
    assert study.best.accounts.equals(open_study(make_frame()).best.accounts)
    assert any(f"“{name}”" in note for note in study.best.notes)


@pytest.mark.parametrize(
    "settings",
    [
        {"metric_weights": {"LTV": float("inf")}},
        {"metric_weights": {"LTV": 1e308}},
        {"metric_weights": {"LTV": -1.0}},
        {"rates": {"USD": 0.0}},
        {"rates": {"USD": float("nan")}},
        {"conditions": ({"metric": "LTV", "at_least": float("nan")},)},
    ],
)
def test_figures_nobody_can_reckon_with_are_refused_when_they_are_set(settings):
    with pytest.raises(ValueError, match=next(iter(settings))):
        icp.Settings(**settings)
