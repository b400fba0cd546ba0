"""The interval of a difference of two AUCs on the same accounts holds what it promises."""

import numpy as np
import pytest
from scipy import stats

from icp_engine.stats.auc import weighted_auc
from icp_engine.stats.paired import paired_auc_difference

WON = np.repeat([1.0, 0.0], [20, 20])


def test_the_difference_is_that_of_the_two_aucs():
    generator = np.random.default_rng(1)
    one, other, won = generator.normal(size=60), generator.normal(size=60), generator.random(60)
    difference = paired_auc_difference(one, other, won, 1 - won)[0]
    assert difference == pytest.approx(
        weighted_auc(one, won, 1 - won) - weighted_auc(other, won, 1 - won)
    )


def test_without_mixed_accounts_it_is_welch_s_t_on_placements():
    generator = np.random.default_rng(4)
    scores = generator.normal(size=(2, 40)) + WON
    sides = []
    for one in scores:
        pairs = one[:20, None] > one[None, 20:]
        sides.append((pairs.mean(axis=1), pairs.mean(axis=0)))
    gaps = [sides[0][side] - sides[1][side] for side in (0, 1)]
    parts = [gap.var(ddof=1) / 20 for gap in gaps]
    freedom = sum(parts) ** 2 / sum(part**2 / 19 for part in parts)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(sum(parts))
    difference, low, high = paired_auc_difference(*scores, WON, 1 - WON)
    assert (low, high) == pytest.approx((difference - half, difference + half))


def test_equal_rankings_differ_by_nothing():
    score = np.random.default_rng(2).normal(size=40)
    assert paired_auc_difference(score, 3 * score + 1, WON, 1 - WON) == (0.0, 0.0, 0.0)


def test_two_perfect_rankings_are_not_called_equal():
    one, other = np.arange(40.0)[::-1], np.r_[np.arange(40.0, 20, -1)[::-1], np.zeros(20)]
    difference, low, high = paired_auc_difference(one, other, WON, 1 - WON)
    assert difference == pytest.approx(0) and low < -0.05 and high > 0.05


def test_without_an_outcome_there_is_no_difference():
    assert np.isnan(paired_auc_difference([1, 2], [2, 1], [1, 1], [0, 0])).all()


def test_an_account_counts_once_however_its_deals_split():
    """Doubling every account must narrow the interval; splitting its weight between won and lost
    must not.
    """
    generator = np.random.default_rng(3)
    one, other = generator.normal(size=40) + WON, generator.normal(size=40) + WON
    single = paired_auc_difference(one, other, WON, 1 - WON)
    scaled = paired_auc_difference(one, other, 5 * WON, 5 * (1 - WON))
    assert scaled == pytest.approx(single)


@pytest.mark.parametrize(
    ("won", "lost", "correlation"), [(10, 10, 0.5), (20, 20, 0.9), (10, 40, 0.0), (100, 100, 0.5)]
)
def test_the_interval_holds_the_truth(won, lost, correlation):
    """Two normal scores with AUC 0.80 and 0.70."""
    generator, is_won, held = (
        np.random.default_rng(won + lost),
        np.repeat([1.0, 0.0], [won, lost]),
        0,
    )
    shift = np.outer(is_won, np.sqrt(2) * np.array([0.8416212, 0.5244005]))
    for _ in range(600):
        scores = (
            generator.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]], won + lost)
            + shift
        )
        _, low, high = paired_auc_difference(scores[:, 0], scores[:, 1], is_won, 1 - is_won)
        held += low <= 0.10 <= high
    assert 0.925 <= held / 600 <= 0.99
