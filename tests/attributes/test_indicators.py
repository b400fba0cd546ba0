"""Indicators: numbers are cut blind and round, levels pool, tags stand alone."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from icp_engine.attributes.indicators import build_indicators, cut_points, range_label
from icp_engine.attributes.model import Attribute
from icp_engine.settings import Settings
from icp_engine.values.rule import ColumnRule


def attribute(name, measure, levels=()):
    return Attribute(name, "firmographic", measure, levels, ColumnRule())


def values_of(frame, attributes):
    return [item.value for item in build_indicators(frame, attributes, Settings()).items]


def test_every_known_number_is_in_exactly_one_range():
    frame = pd.DataFrame(
        {"size": np.r_[np.random.default_rng(0).lognormal(5, 1, 300), [np.nan] * 20]}
    )
    indicators = build_indicators(frame, (attribute("size", "number"),), Settings())
    assert indicators.held.sum(axis=1).tolist() == [1] * 300 + [0] * 20
    assert indicators.known[:, 0].sum() == 300


def test_ordered_bands_keep_their_order():
    bands = ("1–10", "11–50", "51–200")
    frame = pd.DataFrame({"size": ["51–200", "1–10", "11–50"] * 30})
    assert values_of(frame, (attribute("size", "ordered", bands),)) == list(bands)


def test_a_tag_list_is_one_trait_a_tag():
    frame = pd.DataFrame({"stack": ["AWS; Kafka", "AWS", None, "Kafka; SAP"] * 20})
    assert set(values_of(frame, (attribute("stack", "tags"),))) == {"AWS", "Kafka", "SAP"}


def test_rare_levels_pool():
    levels = [f"city {i % 40}" for i in range(400)]
    found = values_of(pd.DataFrame({"city": levels}), (attribute("city", "category"),))
    assert len(found) == Settings().levels_max + 1
    assert "Other" in found


def test_whole_number_ranges_do_not_overlap_in_words():
    assert range_label(10, 50) == "10–49"
    assert range_label(3, 4) == "3"
    assert range_label(0.5, 1.5) == "0.5–1.5"


def test_the_outer_ranges_are_open_in_words_whatever_the_largest_value_is_today():
    column = pd.Series([0, 1, 2, 3, 117] * 20, dtype="float64")
    assert values_of(pd.DataFrame({"depots": column}), (attribute("depots", "number"),)) == [
        "0",
        "1",
        "2",
        "3–116",
        "117 or more",
    ]
    assert (
        values_of(pd.DataFrame({"depots": column + 1}), (attribute("depots", "number"),))[0]
        == "under 2"
    )


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=2, max_size=200))
def test_cuts_rise_and_lie_within_the_values(values):
    edges = cut_points(np.asarray(values))
    assert (np.diff(edges) > 0).all()
    assert all(min(values) < edge <= max(values) for edge in edges)
