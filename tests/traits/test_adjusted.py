import numpy as np
import pytest

from icp_engine.attributes.model import Indicator, Indicators
from icp_engine.traits.adjusted import adjust_lifts, mantel_haenszel, rows_to_adjust
from icp_engine.traits.compare import Groups


def market(seed, size=6000, own_effect=0.0):
    """Best follows headcount (and, with `own_effect`, cloud); cloud follows headcount; colour
    follows nothing.
    """
    rng = np.random.default_rng(seed)
    large = rng.random(size) < 0.4
    cloud = rng.random(size) < np.where(large, 0.7, 0.2)
    colour = rng.random(size) < 0.3
    best = rng.random(size) < np.where(large, 0.4, 0.1) * (1 + own_effect * cloud)
    held = np.column_stack([large, ~large, cloud, ~cloud, colour, ~colour])
    names = ("Headcount", "Cloud", "Colour")
    items = tuple(Indicator(name, value, "level") for name in names for value in ("yes", "no"))
    known = rng.random(held.shape) > 0.02
    none = np.empty(0, dtype=np.int64)
    return Indicators(np.arange(size), items, held, known), Groups(
        np.flatnonzero(best), np.flatnonzero(~best), none
    )


def test_a_trait_that_only_rides_along_loses_its_lift():
    row = adjust_lifts(*market(1), np.array([2])).iloc[0]
    assert row["adjusted_for"] == "Headcount"
    assert (
        row["lift_adjusted_low"] < 1 < row["lift_adjusted_high"]
        and 0.93 < row["lift_adjusted"] < 1.07
    )


def test_a_trait_with_an_effect_of_its_own_keeps_one():
    row = adjust_lifts(*market(2, own_effect=0.8), np.array([2])).iloc[0]
    assert row["lift_adjusted_low"] > 1.1 and row["adjusted_for"] == "Headcount"


def test_intervals_hold_the_truth_as_often_as_they_say():
    rows = [adjust_lifts(*market(100 + seed, 800), np.array([2])).iloc[0] for seed in range(150)]
    hit = sum(row["lift_adjusted_low"] <= 1 <= row["lift_adjusted_high"] for row in rows)
    assert hit >= 0.90 * len(rows)


def test_one_stratum_gives_the_raw_ratio():
    ratio, low, high = mantel_haenszel(*(np.array([[x]], dtype=float) for x in (41, 96, 22, 158)))
    assert ratio[0] == pytest.approx((41 / 96) / (22 / 158)) and low[0] < ratio[0] < high[0]


def test_two_strata_by_hand():
    # strata (10/20 v 20/80) and (5/30 v 2/20): Σ a·n2/N = 8 + 2, Σ b·n1/N = 4 + 1.2
    parts = [np.array([part], dtype=float) for part in ((10, 5), (20, 30), (20, 2), (80, 20))]
    assert mantel_haenszel(*parts)[0][0] == pytest.approx(10 / 5.2)


def test_nobody_holding_a_trait_is_no_number():
    parts = [np.array([part], dtype=float) for part in ((0, 0), (20, 30), (20, 2), (80, 20))]
    assert np.isnan(mantel_haenszel(*parts)).all()


def test_claimed_and_first_rows_are_adjusted_and_pairs_never(planted):
    _, traits = planted
    places = rows_to_adjust(traits.table)
    assert traits.table["lift_adjusted"].iloc[places].notna().mean() > 0.9
    others = traits.table.drop(index=traits.table.index[places])
    assert others["lift_adjusted"].isna().all() and (others["adjusted_for"] == "").all()
    assert traits.pairs["lift_adjusted"].isna().all() and (traits.pairs["adjusted_for"] == "").all()
    rows = traits.table.iloc[places]
    assert not (rows["adjusted_for"].str.split(" with ").str[0] == rows["attribute"]).any()
