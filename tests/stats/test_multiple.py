import numpy as np
import pytest
from scipy import stats

from icp_engine.stats.multiple import benjamini_hochberg, selected_level


def test_q_values_equal_scipys_in_any_order():
    p = np.random.default_rng(1).random(200) ** 3
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))


def test_unknown_p_counts_as_no_evidence():
    assert benjamini_hochberg([np.nan, 0.01]).tolist() == [1.0, 0.02]
    assert benjamini_hochberg([]).shape == (0,)


def test_without_signal_something_is_selected_in_about_the_rate_of_families():
    p = np.random.default_rng(2).random((2000, 50))
    selected = [(benjamini_hochberg(row) < 0.05).any() for row in p]
    assert 0.035 <= np.mean(selected) <= 0.065


def test_fewer_selected_means_wider_intervals():
    assert selected_level(1, 100, 0.05) == pytest.approx(0.9995)
    assert selected_level(100, 100, 0.05) == pytest.approx(0.95)
    assert selected_level(0, 100, 0.05) == selected_level(1, 100, 0.05)
    assert selected_level(0, 0, 0.05) == 0.95
