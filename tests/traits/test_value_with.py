import numpy as np
import pandas as pd
import pytest

from icp_engine.attributes.model import Indicator, Indicators
from icp_engine.traits.sentences import name_worst
from icp_engine.traits.value_with import Figure, choose_figures, compare_with_without


def figure(values, statistic="median", name="value"):
    return Figure(
        name,
        "LTV",
        "$",
        statistic,
        pd.Series(values, index=list("abcdef")[: len(values)], dtype=float),
    )


def compared(values, held, known=None, **given):
    held = np.array(held, dtype=bool)[:, None]
    known = np.ones_like(held) if known is None else np.array(known, dtype=bool)[:, None]
    indicators = Indicators(
        pd.Index(list("abcdef")[: len(held)]), (Indicator("Tools", "SAP", "tag"),), held, known
    )
    return compare_with_without(indicators, (figure(values, **given),)).iloc[0]


def test_medians_and_counts_with_and_without():
    row = compared([10, 40, 30, 1, 2, 9], [1, 1, 1, 0, 0, 0])
    assert (
        row["value_with"],
        row["value_without"],
        row["value_n_with"],
        row["value_n_without"],
    ) == (30, 2, 3, 3)


def test_even_counts_take_the_middle_of_both():
    assert compared([10, 40, 30, 20], [1, 1, 1, 1])["value_with"] == 25


def test_unknown_traits_and_unknown_values_count_on_neither_side():
    row = compared([10, np.nan, 30, 1], [1, 1, 0, 0], known=[1, 1, 0, 1])
    assert (
        row["value_n_with"],
        row["value_n_without"],
        row["value_with"],
        row["value_without"],
    ) == (1, 1, 10, 1)


def test_nobody_without_is_no_number():
    row = compared([1, 0, 1], [1, 1, 1], statistic="share", name="retention")
    assert row["retention_with"] == pytest.approx(2 / 3) and np.isnan(row["retention_without"])


def test_the_sample_compares_value_retention_and_days_to_close(sample_study):
    figures = {f.name: f.label for f in choose_figures(sample_study._known, sample_study.best)}
    assert (
        figures["retention"] == "NRR"
        and figures["value"] in ("ARR", "LTV")
        and "days_to_close" in figures
    )
    traits = sample_study.traits
    assert (
        traits.with_without[["attribute", "value"]] == traits.table[["attribute", "value"]]
    ).all(axis=None)
    snowflake = traits.with_without.set_index("value").loc["Snowflake"]
    assert snowflake["value_with"] > snowflake["value_without"]


@pytest.mark.parametrize(
    ("churned", "name"),
    [
        (None, "Low-value customers"),
        ([False, None], "Low-value customers"),
        ([True, True], "Churned customers"),
        ([True, False], "Churned or low-value customers"),
    ],
)
def test_nobody_is_called_churned_without_churn(churned, name):
    assert name_worst(None if churned is None else pd.Series(churned, dtype="boolean")) == name
