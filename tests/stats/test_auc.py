import numpy as np
import pytest
from scipy import special

from icp_engine.stats.auc import (
    effective_number,
    histogram_auc,
    newcombe_interval,
    permutation_p,
    weighted_auc,
)


def test_equals_counting_all_pairs_with_ties_half():
    rng = np.random.default_rng(3)
    score, won, lost = rng.integers(0, 6, 80), rng.random(80), rng.random(80)
    ranks = (score[:, None] > score[None, :]) + 0.5 * (score[:, None] == score[None, :])
    expected = (won[:, None] * lost[None, :] * ranks).sum() / (won.sum() * lost.sum())
    assert weighted_auc(score, won, lost) == pytest.approx(expected)
    by_score = [np.bincount(score, weight) for weight in (won, lost)]
    assert histogram_auc(*by_score) == pytest.approx(expected)


def test_without_lost_deals_there_is_no_auc():
    assert np.isnan(weighted_auc([1, 2], [1, 1], [0, 0]))
    assert np.isnan(histogram_auc([], []))


def test_effective_number_of_equal_weights_is_their_count():
    assert effective_number([2, 2, 2]) == 3
    assert effective_number([40, 1, 1]) < 1.2
    assert effective_number([0, 0]) == 0


def test_interval_meets_its_own_variance_at_the_limits():
    n_pos, n_neg, auc = 53, 54, 0.776
    others = (n_pos + n_neg) / 2 - 1
    for limit in newcombe_interval(auc, n_pos, n_neg):
        spread = 1 + others * (1 - limit) / (2 - limit) + others * limit / (1 + limit)
        error = np.sqrt(limit * (1 - limit) * spread / (n_pos * n_neg))
        assert abs(auc - limit) == pytest.approx(special.ndtri(0.975) * error, rel=1e-6)


def test_perfect_ranking_of_ten_and_ten_is_not_certain():
    low, high = newcombe_interval(1.0, 10, 10)
    assert 0.75 < low < 0.85 and high == 1
    assert np.isnan(newcombe_interval(0.5, 0, 10)).all()


@pytest.mark.parametrize("truth", [0.5, 0.7, 0.9])
@pytest.mark.parametrize("n", [10, 20])
def test_interval_holds_the_truth_as_often_as_it_says(n, truth):
    rng = np.random.default_rng([5, n])
    won = rng.normal(special.ndtri(truth) * np.sqrt(2), 1, (1500, n))
    lost = rng.normal(0, 1, (1500, n))
    low, high = newcombe_interval((won[:, :, None] > lost[:, None, :]).mean(axis=(1, 2)), n, n)
    assert 0.93 <= ((low <= truth) & (truth <= high)).mean() <= 0.985


def test_permutation_finds_an_order_and_acquits_noise():
    rng = np.random.default_rng(6)
    won = (np.arange(100) < 50).astype(float)
    assert permutation_p(won + rng.random(100), won, 1 - won, seed=1, draws=199) == 1 / 200
    noise = [
        permutation_p(rng.random(60), won[20:80], 1 - won[20:80], seed=1, draws=99)
        for _ in range(200)
    ]
    assert 0.01 <= (np.array(noise) <= 0.05).mean() <= 0.1 and 0.4 < np.mean(noise) < 0.6


def test_permutation_keeps_an_account_with_many_deals_together():
    score, won, lost = np.arange(12.0), np.zeros(12), np.ones(12)
    won[11], lost[11] = 40, 0
    assert permutation_p(score, won, lost, seed=1, draws=999) > 0.04


def test_permutation_without_a_side_proves_nothing():
    assert permutation_p([1, 2, 3], [1, 1, 1], [0, 0, 0], seed=1) == 1
    assert permutation_p([], [], [], seed=1) == 1
