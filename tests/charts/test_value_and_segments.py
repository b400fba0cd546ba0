"""Value curve, metric medians, segment map, lost reasons: aggregated, bounded, honest where empty."""

import numpy as np
import pandas as pd

from icp_engine.charts import customers, deals, segments
from icp_engine.customers.model import Best, Metric
from icp_engine.segments.model import Segments
from icp_engine.types import Verdict


def best(n=50, chosen=10, basis="value"):
    ids = pd.Index([f"a{i}" for i in range(n)])
    scores = pd.Series(np.linspace(1, 0, n), index=ids)
    metric = Metric("ltv", "LTV", "more", "$", 1.0, False, False)
    return Best(
        ids[:chosen],
        ids[-chosen:],
        ids[chosen:-chosen],
        ids[:0],
        ids[:0],
        scores,
        scores.to_frame("ltv"),
        (metric,) if basis == "value" else (),
        basis,
        "basis",
        "sentence",
    )


def test_the_curve_begins_at_nothing_ends_at_all_and_names_the_share_of_the_best():
    chosen = best()
    value = pd.Series(1.0, index=chosen.scores.index).where(
        ~chosen.scores.index.isin(chosen.accounts), 4.0
    )
    chart = customers.value_chart(chosen, value, "LTV")
    curve = chart.data[chart.data["label"] == ""]
    assert curve["value_share"].iloc[0] == 0 and abs(curve["value_share"].iloc[-1] - 1) < 1e-9
    assert "hold 50\u202f% of all LTV" in chart.title


def test_the_curve_stays_small_for_many_customers():
    chosen = best(100_000, 20_000)
    assert len(customers.value_chart(chosen, chosen.scores, "LTV").data) <= customers.POINTS + 2


def test_without_value_there_is_no_curve():
    assert customers.value_chart(best(), pd.Series(0.0, index=best().scores.index), "LTV") is None
    assert customers.value_chart(best(basis="won"), best().scores, "LTV") is None


def test_medians_say_of_how_many_they_are_known():
    accounts = pd.DataFrame({"ltv": np.arange(50.0)}, index=best().scores.index)
    accounts.loc["a0", "ltv"] = np.nan
    table = customers.metric_table(accounts, best())
    assert table["Best, known of"][0] == "9 of 10"
    assert table["Best, median"][0] == 5.0


def test_the_map_is_sampled_and_unplaced_customers_are_named_so():
    layout = pd.DataFrame(
        {"x": range(5000), "y": 0.0, "label": -1}, index=[f"a{i}" for i in range(5000)]
    )
    found = Segments(
        pd.Series(-1, index=layout.index),
        (),
        Verdict("none", "s"),
        pd.DataFrame(),
        layout,
        "none",
        lambda frame: frame,
    )
    chart = segments.map_chart(found)
    assert len(chart.data) == segments.MOST_POINTS
    assert set(chart.data["segment"]) == {segments.NONE_NAME}
    assert "form no groups" in chart.title


def test_spellings_of_a_reason_count_together():
    frame = pd.DataFrame(
        {
            "account_id": [*"abcde"],
            "won": [False] * 4 + [True],
            "new_business": True,
            "lost_reason": ["Price", "price ", "Timing", None, "Price"],
        }
    )
    chart = deals.lost_reason_chart(frame)
    assert chart.title == "As written down, “Price” comes first: 2 of 3 deals"
    assert chart.data["deals"].tolist() == [2, 1]
    assert deals.lost_reason_chart(frame.drop(columns="lost_reason")) is None
