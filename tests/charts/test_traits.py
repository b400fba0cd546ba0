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


NOT_ADJUSTED = {
    "lift_adjusted": np.nan,
    "lift_adjusted_low": np.nan,
    "lift_adjusted_high": np.nan,
    "adjusted_for": "",
}


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


def of_pairs(*pairs):
    singles = [row("FinTech"), row("51–200", attribute="Size", kind="range")]
    return replace(of(*singles), pairs=pd.DataFrame(pairs))


def pair(**changes):
    return row("FinTech × 51–200", attribute="Industry × Size", lift_low=1.5) | changes


def test_a_pair_is_called_by_its_halves_and_counted_among_those_that_hold_both():
    found = of_pairs(pair(n_best=12, n_rest=2, n_worst=0, direction="icp"))
    chart = traits.pairs_chart(found)
    assert chart.title == "One pair says more than the stronger of its two traits"
    assert chart.table["Pair"][0] == "Industry: FinTech and Size 51–200"
    assert chart.table["Best, of those with both"][0] == "12 of 14"


def test_a_pair_that_adds_nothing_is_a_pattern_and_without_pairs_there_is_no_chart():
    assert "not proven" in traits.pairs_chart(of_pairs(pair(direction="none", lift=2.0))).title
    assert traits.pairs_chart(of_pairs(pair(direction="none", lift=0.9, lift_low=0.5))) is None


def test_a_name_that_holds_the_sign_of_a_pair_is_read_whole():
    singles = pd.DataFrame([row("a × b"), row("c", attribute="Size")])
    table = pd.DataFrame([row("a × b × c", attribute="Industry × Size")])
    assert traits.pair_labels(table, singles) == ["Industry: a × b and Size: c"]


def test_won_stands_above_lost_and_each_group_keeps_its_colour():
    won_lost = pd.DataFrame(
        [
            row("x", lift=0.4, lift_high=0.7, direction="anti", **NOT_ADJUSTED),
            row("y", lift=2.0, lift_low=1.5, direction="icp", **NOT_ADJUSTED),
        ]
    )
    chart = traits.won_lost_chart(won_lost)
    assert chart.title == "2 of 2 traits tell won accounts from lost ones"
    assert chart.table["Trait"].tolist() == ["Industry: y", "Industry: x"]
    assert chart.table["What it says"].tolist() == ["commoner among won", "commoner among lost"]
    assert set(chart.data["group"]) == {traits.NAME, "won", "lost"}
    assert theme.OUTCOMES["won"] in str(chart.specification)


def test_without_a_difference_won_and_lost_have_no_chart():
    same = row("x", lift=1.1, lift_low=0.8, lift_high=1.5, direction="none", **NOT_ADJUSTED)
    assert traits.won_lost_chart(pd.DataFrame([same])) is None


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
