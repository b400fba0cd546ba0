"""Why an account scores what it scores: what it lost most on comes first, and nothing that earned
little is “for”.
"""

import numpy as np
import pandas as pd
import pytest

from icp_engine.rubric.explain import explain_origin, explain_rows
from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.rubric.scoring import Fits, contributions, score_fits


@pytest.fixture
def rubric():
    weights = {"Employees": 45, "ERP system": 24, "Sector": 31}
    return Rubric(
        criteria=tuple(Criterion(name=n, group="must_have", weight=w) for n, w in weights.items())
    )


def explain(rubric, *fits, disqualified=False, warned=False):
    one = np.ones(1, dtype=bool)
    return explain_rows(
        rubric, Fits(pd.Index(["a"]), np.array([fits]), one & disqualified, one & warned, ())
    ).iloc[0]


def test_a_red_account_hears_what_is_missing_and_what_it_lost_most_on_first(rubric):
    assert explain(rubric, 15, 13, 6) == (
        "Red 59, 1 point short of Yellow; lost most on: Sector 9.3 of 31; for: Employees 33.8 of 45, "
        "ERP system 15.6 of 24."
    )


def test_what_earned_less_than_half_is_never_for_an_account(rubric):
    assert "for:" not in explain(rubric, 9, 9, 9)
    green = explain(rubric, 20, 20, 9)
    assert (
        green == "Green 83; for: Employees 45 of 45, ERP system 24 of 24; against: Sector 14 of 31."
    )


def test_a_yellow_account_hears_its_largest_loss_even_where_it_earned_most_of_it(rubric):
    assert explain(rubric, 14, 16, 16) == (
        "Yellow 76, 4 points short of Green; lost most on: Employees 31.5 of 45; "
        "for: Sector 24.8 of 31, ERP system 19.2 of 24."
    )


def test_a_capped_account_is_told_what_holds_it_not_how_much_is_missing(rubric):
    assert explain(rubric, 20, 20, 20, disqualified=True).startswith(
        "Red 100; held at Red by a disqualifier; for: "
    )
    assert explain(rubric, 20, 20, 20, warned=True).startswith(
        "Yellow 100; held at Yellow by a warning; for: "
    )


def test_the_score_said_is_the_whole_one_that_the_band_uses(rubric):
    # 59.5 to one decimal
    assert explain(rubric, 14, 13, 8).startswith("Yellow 60, 20 points short of Green")


def test_what_is_named_as_lost_most_has_lost_most(rubric):
    fits = np.random.default_rng(3).integers(-1, 21, (500, 3))
    none = np.zeros(500, dtype=bool)
    rows = Fits(pd.RangeIndex(500), fits, none, none, ())
    lost = [c.weight for c in rubric.criteria] - contributions(rubric, rows)
    worst = lost.where(fits >= 0).idxmax(axis=1)
    below = score_fits(rubric, rows)["band"].isin(["Red", "Yellow"])
    said = explain_rows(rubric, rows)[below].str.extract(r"lost most on: (\D+) [\d.]+ of")[0]
    assert (said == worst[below]).all()


def test_what_a_person_changed_of_a_suggested_criterion_is_said(rubric):
    given = Criterion(
        name="Size",
        group="must_have",
        weight=100,
        attributes=("Employees",),
        why="suggested by data",
    )
    suggestion = Rubric(criteria=(given,))
    moved = given.model_copy(update={"weight": 40})
    edited = given.model_copy(update={"levels": (Level(label="any", fit=20, tests=(Match(),)),)})
    assert explain_origin(given, suggestion) == "suggested by data"
    assert explain_origin(moved, suggestion).endswith("they suggest a weight of 100")
    assert "edited by hand" in explain_origin(edited, suggestion)
    assert (
        explain_origin(given.model_copy(update={"why": "from interviews"}), suggestion)
        == "from interviews"
    )
