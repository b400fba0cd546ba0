"""What matters most, and one account's score: the pictures say what the numbers say."""

import pandas as pd
import pytest

from icp_engine.charts.weights import tornado_chart, waterfall_chart
from icp_engine.rubric.model import Criterion, Rubric


@pytest.fixture
def rubric():
    return Rubric(
        criteria=tuple(
            Criterion(name=name, group="must_have", weight=weight)
            for name, weight in (("A", 60), ("B", 40))
        )
    )


def test_the_weight_that_moves_most_accounts_stands_on_top():
    moves = pd.DataFrame(
        {
            "criterion": ["A", "A", "B", "B"],
            "move": [0.25, -0.25, 0.25, -0.25],
            "weight": 40,
            "weight_moved": 50,
            "accounts": 100,
            "changed": [3, 5, 9, 1],
            "up": 1,
            "down": 0,
        }
    )
    chart = tornado_chart(moves)
    assert chart.title.startswith("B matters most") and "9 of 100" in chart.title
    assert chart.data.loc[chart.data["move"] == "a quarter less", "signed"].max() < 0


def test_without_moves_there_is_no_picture():
    assert tornado_chart(pd.DataFrame({"criterion": []})) is None


def test_steps_begin_where_the_last_one_ended_and_end_at_the_score(rubric):
    chart = waterfall_chart(
        "Acme", rubric, pd.Series({"A": 45.0, "B": 10.0}), [15, -1], {"A": "x", "B": "unknown"}, 55
    )
    earned = chart.data[chart.data["part"] != "missed"]
    assert earned[["start", "end"]].to_numpy().tolist() == [[0, 45], [45, 55]]
    assert earned["part"].tolist() == ["earned", "not known, as set"]
    assert chart.title == "Acme scores 55; most is missed on B"
