"""Paired points: shares with intervals, infinite and unknown lifts included, patterns marked as
such.
"""

from dataclasses import fields, replace

import numpy as np
import pandas as pd

from icp_engine.charts import theme, traits
from icp_engine.traits.model import TRAIT_COLUMNS, Traits
from icp_engine.traits.value_with import Figure
from icp_engine.types import Verdict


def row(value="x", n_best=6, n_worst=2, of_worst=10, direction="anti", kind="level", **changes):
    base = dict.fromkeys(TRAIT_COLUMNS, 1.0)
    base |= {
        "attribute": "Industry",
        "value": value,
        "kind": kind,
        "n_best": n_best,
        "n_rest": 3,
        "n_worst": n_worst,
        "of_best": 10,
        "of_rest": 10,
        "of_worst": of_worst,
        "direction": direction,
        "strength": "",
        "sentence": "s",
    }
    return base | changes


def of(*rows):
    nothing = dict.fromkeys((field.name for field in fields(Traits)), pd.DataFrame())
    return Traits(**{**nothing, "table": pd.DataFrame(rows), "verdict": Verdict("weak", "s")})


def test_each_trait_has_its_name_and_two_shares_with_limits():
    data = traits.worst_chart(of(row())).data
    shares = data[data["group"] != traits.NAME].set_index("group")
    assert shares.loc["best", "share"] == 0.6
    assert shares.loc["worst", "label"] == "2 of 10"
    assert (shares["low"] < shares["share"]).all() and (shares["share"] < shares["high"]).all()


def test_infinite_and_unknown_lifts_are_worded():
    unknown = dict.fromkeys(("lift_worst", "lift_worst_low", "lift_worst_high"), np.nan)
    table = traits.trait_table(
        pd.DataFrame([row(lift=np.inf, lift_low=2.0, lift_high=np.inf, **unknown)])
    )
    assert table["Best v others"][0] == "over 99\u202f×"
    assert table["95 % interval"][0] == "2.0\u202f× or more"
    assert table["Worst v best"][0] == "not known"


def test_without_proof_the_clearest_differences_are_called_patterns():
    chart = traits.best_chart(
        of(row(direction="none", lift=3.0, lift_low=1.4), row("y", direction="none", lift=0.5))
    )
    assert "not proven" in chart.title
    assert chart.data["trait"].unique().tolist() == ["Industry: x"]


def test_where_nobody_is_worst_the_others_stand_beside_the_best():
    chart = traits.worst_chart(of(row(of_worst=0, n_worst=0)))
    assert set(chart.data["group"]) == {traits.NAME, "best", "others"}
    assert traits.worst_chart(of(row(of_worst=0, n_worst=0, direction="none"))) is None


def test_a_negative_range_reads_as_a_range():
    label = traits.trait_label(pd.DataFrame([row("-32–-5", kind="range")]).iloc[0])
    assert label == "Industry \N{MINUS SIGN}32 to \N{MINUS SIGN}5"


def test_dark_paper_changes_labels_only_and_keeps_one_object():
    light = traits.paired_specification("worst")
    dark = theme.on_dark(light)
    assert dark is theme.on_dark(light)
    assert {key for key in light if light[key] != dark[key]} == {"config"}


def test_long_ranges_are_shown_as_people_write_them():
    label = traits.trait_label(pd.DataFrame([row("1500000–4999999", kind="range")]).iloc[0])
    assert label == "Industry 1.5M–5M"


def test_worth_with_and_without_names_the_customers_it_rests_on():
    figure = Figure("value", "ARR", "$", "median", pd.Series(dtype=float))
    worth = pd.DataFrame(
        {
            "value_with": [1200.0, 1.0],
            "value_without": [np.nan, 2.0],
            "value_n_with": [30, 3],
            "value_n_without": [0, 5],
        }
    )
    found = replace(of(row(), row("y", direction="none")), with_without=worth, figures=(figure,))
    table = traits.worth_table(found, traits.AGAINST)
    assert table.to_dict("list") == {
        "Trait": ["Industry: x"],
        "ARR, median with": ["1,200 (of 30)"],
        "ARR, median without": ["not known"],
    }
    assert traits.worth_table(found, traits.TOWARDS).empty


def test_adjusted_lifts_stand_beside_the_raw_ones_where_there_are_any():
    adjusted = {
        "lift_adjusted": 1.4,
        "lift_adjusted_low": 1.1,
        "lift_adjusted_high": 1.9,
        "lift_worst_adjusted": np.nan,
        "adjusted_for": "Region",
    }
    table = traits.trait_table(pd.DataFrame([row(**adjusted)]))
    assert table["Best v others, adjusted"][0] == "1.4\u202f×"
    assert table["Worst v best, adjusted"][0] == "not known"
    assert table["Adjusted for"][0] == "Region"
    assert "Adjusted for" not in traits.trait_table(pd.DataFrame([row()]))
