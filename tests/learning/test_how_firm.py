"""Selection frequency: what matters is chosen always, what does not rarely."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.attributes.model import Attribute
from icp_engine.learning import how_firm
from icp_engine.learning.derivation import Derivation, Lessons
from icp_engine.learning.how_firm import selection_frequency
from icp_engine.learning.suggest import suggest
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.values.rule import ColumnRule


@pytest.fixture(scope="module")
def planted():
    rng = np.random.default_rng(8)
    index = pd.Index([f"a{i}" for i in range(600)])
    names = ["strong", *(f"noise{i}" for i in range(5))]
    accounts = pd.DataFrame(
        {name: rng.choice(["x", "y", "z"], 600) for name in names}, index=index
    ).astype("str")
    won = pd.Series(
        (rng.random(600) < np.where(accounts["strong"] == "x", 0.7, 0.25)) * 1.0, index=index
    )
    attributes = tuple(
        Attribute(name, "firmographic", "category", (), ColumnRule(type="category"))
        for name in names
    )
    lessons = Lessons(won, 1 - won, index[:0], index[:0])
    return Derivation(accounts, attributes, lessons, index[:0])


def test_what_matters_is_always_chosen_and_noise_seldom(planted):
    suggestion = suggest(planted, Settings())
    table = selection_frequency(planted, suggestion, Settings()).set_index("criterion")
    assert table.index[0] == "strong" and table.loc["strong", "chosen_share"] == 1
    assert (
        table.loc["strong", "weight_low"]
        <= table.loc["strong", "weight"]
        <= table.loc["strong", "weight_high"]
    )
    assert table.drop(index="strong")["chosen_share"].mean() < 0.5  # measured over six seeds: 0.31


def test_the_same_seed_gives_the_same_table(planted, monkeypatch):
    monkeypatch.setattr(how_firm, "REFITS", 8)
    suggestion = suggest(planted, Settings())
    first, second = (selection_frequency(planted, suggestion, Settings()) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_a_rubric_without_criteria_has_no_stability(planted):
    assert selection_frequency(planted, Rubric(), Settings()).empty


def test_it_says_how_many_draws_are_left(planted, monkeypatch):
    monkeypatch.setattr(how_firm, "REFITS", 2)
    told = []
    suggestion = suggest(planted, Settings())
    selection_frequency(
        planted, suggestion, Settings(), lambda words, share: told.append((words[-6:], share))
    )
    assert told == [("2 left", 0.0), ("1 left", 0.5)]
