"""Conditions, borderline customers and moved weights in plain counts."""

import pandas as pd

from icp_engine.charts import stability
from icp_engine.customers.model import Best, Metric

IDS = pd.Index(["a", "b", "c"])


def best():
    scores = pd.Series([0.9, 0.6, 0.3], index=IDS)
    metric = Metric("ltv", "LTV", "more", "$", 1.0, False, False)
    return Best(
        IDS[:1],
        IDS[2:],
        IDS[1:2],
        IDS[:0],
        IDS[:0],
        scores,
        scores.to_frame("ltv"),
        (metric,),
        "value",
        "",
        "",
    )


def redraws(**changes):
    table = pd.DataFrame(
        {
            "best": [True, False, False],
            "chosen_share": [0.7, 0.4, 0.0],
            "borderline": [True, True, False],
            "by_hand": ["", "", ""],
        },
        index=IDS,
    )
    return table.assign(**changes)


def test_only_customers_near_the_line_are_listed_the_surest_first():
    table = stability.borderline_table(
        redraws(), best(), pd.Series({"a": "Ada", "b": "Bob", "c": "Cid"})
    )
    assert table["Account"].tolist() == ["Ada", "Bob"]
    assert table["Best in"].tolist() == [70.0, 40.0]
    assert table["Today"].tolist() == ["best", "just below the line"]
    assert "By hand" not in table


def test_what_a_pin_moved_is_listed_too():
    table = stability.borderline_table(redraws(by_hand=["", "", "out"]), best(), None)
    assert table.loc["c", "By hand"] == "lost its place to a pin"


def test_moved_weights_stand_beside_each_other_and_the_worst_case_is_said():
    moved = pd.DataFrame(
        {"metric": ["ltv", "ltv"], "change": [-0.25, 0.25], "stay": [9, 7], "of": 10}
    )
    assert stability.moved_weights_table(moved, best()).iloc[0].tolist() == [
        "LTV",
        "9 of 10",
        "7 of 10",
    ]
    assert "at least 7 of 10" in stability.moved_weights_sentence(moved)
    assert stability.moved_weights_sentence(moved.head(0)) == ""


def test_conditions_count_alone_and_together():
    table = stability.condition_table(
        pd.DataFrame(
            {
                "condition": ["NRR at least 120 %"],
                "metric": ["NRR"],
                "on": [False],
                "pass_alone": [1],
                "known": [2],
                "pass_together": [1],
                "of_judged": [3],
            }
        )
    )
    assert table.iloc[0].tolist() == ["NRR at least 120 %", False, "1 of 3", "1 of 3", "2 of 3"]
