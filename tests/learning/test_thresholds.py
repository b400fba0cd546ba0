"""Bands hold accounts."""

import numpy as np
import pytest

from icp_engine.learning.thresholds import choose_bands


def shares(whole, green, yellow):
    return (whole >= green).mean(), ((whole >= yellow) & (whole < green)).mean()


def test_eighty_and_sixty_are_kept_where_they_hold_accounts():
    whole = np.r_[np.full(20, 85), np.full(30, 65), np.full(50, 40)]
    assert choose_bands(whole)[:2] == (80, 60)


@pytest.mark.parametrize("seed", range(5))
def test_low_scores_get_cut_offs_that_hold_accounts_and_say_what_eighty_would_leave(seed):
    whole = np.random.default_rng(seed).normal(40, 12, 500).clip(0, 100).round()
    green, yellow, note = choose_bands(whole)
    share_green, share_yellow = shares(whole, green, yellow)
    assert 0.02 <= share_green <= 0.40
    assert share_yellow >= 0.10
    assert "80 and 60 would leave" in note


def test_few_different_scores_still_leave_a_yellow():
    whole = np.r_[np.full(30, 100), np.full(30, 99), np.full(20, 55), np.full(20, 0)]
    green, yellow, _ = choose_bands(whole)
    assert shares(whole, green, yellow)[1] > 0
    assert yellow < green


def test_one_score_for_all_is_no_crash():
    green, yellow, _ = choose_bands(np.full(40, 50))
    assert 1 <= yellow < green <= 100


def test_green_stays_at_eighty_where_only_yellow_lacks_accounts():
    whole = np.r_[np.full(25, 95), np.full(5, 65), np.full(10, 45), np.full(60, 5)]
    green, yellow, _ = choose_bands(whole)
    assert (green, yellow) == (80, 45)
