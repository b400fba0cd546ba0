"""Who moved between two rubrics: the right accounts, and the reason that is true of them."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.moved import list_moved
from icp_engine.rubric.scoring import Fits, score_fits

FITS = np.array([[20, 0], [0, 20], [20, 20], [-1, 20]])


def rubric(first, **more):
    criteria = tuple(
        Criterion(name=name, group="must_have", weight=weight)
        for name, weight in (("A", first), ("B", 100 - first))
    )
    return Rubric(criteria=criteria, **more)


@pytest.fixture
def fits():
    none = np.zeros(len(FITS), dtype=bool)
    return Fits(pd.Index(list("wxyz")), FITS, none, none, ())


def test_accounts_that_change_band_are_listed_with_the_weight_that_did_it(fits):
    moved = list_moved(rubric(85), fits, rubric(10), fits)
    before, after = (score_fits(one, fits)["band"] for one in (rubric(85), rubric(10)))
    assert set(moved.index) == set(before.index[before != after])
    assert (
        moved.loc["w", "reason"]
        == "B counts 90 instead of 15: −63.8; A counts 10 instead of 85: −11.2."
    )
    assert (
        moved.loc["x", "reason"]
        == "B counts 90 instead of 15: +63.8; A counts 10 instead of 85: +11.2."
    )


def test_a_weight_that_grows_where_an_account_earns_nothing_is_the_reason_it_fell():
    names = "ABC"
    before, after = (
        Rubric(
            criteria=tuple(
                Criterion(name=name, group="must_have", weight=weight)
                for name, weight in zip(names, weights, strict=True)
            )
        )
        for weights in ((20, 40, 40), (40, 30, 30))
    )
    none = np.zeros(1, dtype=bool)
    fits = Fits(pd.Index(["x"]), np.array([[0, 18, 20]]), none, none, ())
    moved = list_moved(before, fits, after, fits)
    assert moved.loc["x", "score_before"] == 76 and moved.loc["x", "score"] == 57
    assert moved.loc["x", "reason"].startswith("A counts 40 instead of 20: −15.2; ")


def test_a_rating_gained_is_said_so(fits):
    assert (
        "Enough of the weight is known"
        in list_moved(rubric(85), fits, rubric(10), fits).loc["z", "reason"]
    )


def test_a_threshold_that_moved_is_the_reason_where_no_score_did(fits):
    moved = list_moved(rubric(85), fits, rubric(85, green=90), fits)
    assert moved.loc["w", "reason"] == "Green begins at 90 instead of 80."


def test_nobody_moves_between_equal_rubrics(fits):
    assert not len(list_moved(rubric(50), fits, rubric(50), fits))


def test_a_switched_on_disqualifier_is_the_reason(fits):
    hit = Fits(fits.index, fits.fits, np.array([False, False, True, False]), fits.warned, ())
    assert "disqualifier" in list_moved(rubric(50), fits, rubric(50), hit).loc["y", "reason"]
