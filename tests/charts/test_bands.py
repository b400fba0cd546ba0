"""Score and win-rate charts draw what validation found, and stay the same picture when only numbers
move.
"""

from dataclasses import fields

import numpy as np
import pandas as pd

from icp_engine.charts import bands
from icp_engine.types import Estimate, Verdict
from icp_engine.validation.model import Validation


def validation(green=(10, 8), yellow=(0, 0), red=(20, 2), rate=1 / 3):
    counts = [green, yellow, red, (0, 0)]
    table = pd.DataFrame(
        {
            "band": ["Green", "Yellow", "Red", "Not rated"],
            "accounts": [n for n, _ in counts],
            "deals": [n for n, _ in counts],
            "won": [won for _, won in counts],
            "win_rate": [won / n if n else np.nan for n, won in counts],
            "low": 0.1,
            "high": 0.9,
        }
    )
    histogram = pd.DataFrame({"score": range(0, 100, 5), "won": 0, "lost": 0})
    histogram.loc[17, ["won", "lost"]] = [8, 2]
    histogram.loc[4, ["won", "lost"]] = [2, 18]
    open_deals = pd.DataFrame(
        {"band": ["Green", "Yellow", "Red", "Not rated"], "deals": [2, 0, 3, 0], "amount": 10.0}
    )
    known = {
        "metrics": {"win_rate": Estimate(rate, 0.2, 0.5, 30)},
        "bands": table,
        "histogram": histogram,
        "open_deals": open_deals,
        "verdict": Verdict("weak", "s"),
    }
    return Validation(**{**dict.fromkeys(field.name for field in fields(Validation)), **known})


def test_won_deals_stand_above_the_line_and_lost_ones_below():
    rows = bands.score_rows(validation().histogram, 80, 60)
    assert (rows.loc[rows["outcome"] == "won", "signed"] >= 0).all()
    assert (rows.loc[rows["outcome"] == "lost", "signed"] <= 0).all()
    assert rows["deals"].sum() == 30
    assert rows["end"].max() == 100


def test_the_title_counts_what_lies_in_green():
    assert (
        bands.score_chart(validation(), 80, 60).title
        == "8 of 10 won and 2 of 20 lost deals are Green"
    )


def test_weights_being_tried_are_drawn_in_the_words_of_their_outcome():
    found = validation()
    tried = found.histogram.rename(columns={"won": "good", "lost": "bad"})
    chart = bands.tried_chart(
        tried, found.bands, 70, 50, names=("best", "other"), unit="customers", table=tried
    )
    assert chart.title == "8 of 10 best and 2 of 20 other customers are Green"
    assert set(chart.data["outcome"]) == {"best", "other"} and chart.data["green"].eq(70).all()
    assert chart.specification is bands.score_specification(("best", "other"), "customers")


def test_bands_without_deals_are_not_drawn():
    chart = bands.win_rate_chart(validation())
    assert chart.data["band"].tolist() == ["Green", "Red"]
    assert chart.title == "Green won 8 of 10 deals, Red 2 of 20"
    assert chart.table["Win rate"].tolist() == ["80\u202f%", "10\u202f%"]


def test_the_title_says_when_a_lower_band_won_more_often():
    title = bands.win_rate_chart(validation(green=(10, 3), yellow=(10, 4))).title
    assert title.startswith("Yellow won more often than Green, 40\u202f%")
    assert title.endswith("which chance can explain")


def test_an_unknown_overall_rate_is_empty_not_zero():
    assert bands.win_rate_chart(validation(rate=None)).data["overall"].isna().all()


def test_pictures_are_constant_and_carry_no_data():
    first, second = (
        bands.score_chart(validation(), 80, 60),
        bands.score_chart(validation(red=(9, 1)), 54, 43),
    )
    assert first.specification is second.specification
    assert "data" not in first.specification
