import itertools

import numpy as np
import pytest
from scipy import stats

from icp_engine.stats.ratios import log_ratio_interval, ratio_interval


def test_lift_of_41_of_96_against_22_of_158():
    ratio, low, high = ratio_interval(41, 96, 22, 158)
    assert ratio == pytest.approx(41 / 96 / (22 / 158))
    assert (low, high) == pytest.approx((1.964, 4.823), abs=0.005)


@pytest.mark.parametrize("counts", [(41, 96, 22, 158), (2, 10, 9, 30), (10, 10, 6, 12)])
def test_limits_are_where_the_score_test_is_just_significant(counts):
    a, n1, b, n2 = counts
    for limit in ratio_interval(a, n1, b, n2)[1:]:
        assert _profile_score(a, n1, b, n2, limit) == pytest.approx(
            stats.norm.ppf(0.975) ** 2, rel=1e-3
        )


def _profile_score(a, n1, b, n2, ratio):
    """The statistic with the restricted shares found by brute force instead of the closed form."""
    second = np.linspace(1e-7, min(1, 1 / ratio) - 1e-9, 400_001)
    first = ratio * second
    likelihood = sum(stats.binom.logpmf(k, n, p) for k, n, p in ((a, n1, first), (b, n2, second)))
    p1, p2 = (part[np.argmax(likelihood)] for part in (first, second))
    variance = p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2
    return (a / n1 - ratio * b / n2) ** 2 / (variance * (n1 + n2) / (n1 + n2 - 1))


def test_swapping_groups_inverts_the_interval():
    ratio, low, high = ratio_interval(7, 30, 12, 90)
    assert ratio_interval(12, 90, 7, 30) == pytest.approx((1 / ratio, 1 / high, 1 / low), rel=1e-6)


def test_zeros_leave_the_open_side_open():
    ratio, low, high = ratio_interval([0, 5, 0, 3], [10, 10, 10, 0], [5, 0, 0, 1], [10, 10, 10, 9])
    assert low[:3].tolist()[0] == 0 and 0 < high[0] < 1 < np.inf
    assert low[1] > 1 and high[1] == np.inf
    assert (low[2], high[2]) == (0, np.inf) and np.isfinite(ratio[:3]).all()
    assert np.isnan([ratio[3], low[3], high[3]]).all()


def test_each_row_may_have_its_own_level():
    _, low, high = ratio_interval(41, 96, 22, 158, [0.8, 0.95, 0.999])
    assert (np.diff(low) < 0).all() and (np.diff(high) > 0).all()


def _coverage(interval, n1, n2):
    a, b = np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij")
    _, low, high = interval(a, n1, b, n2)
    held = []
    for one, two in itertools.product(np.arange(0.1, 0.91, 0.1), repeat=2):
        chance = stats.binom.pmf(a, n1, one) * stats.binom.pmf(b, n2, two)
        held.append(chance[(low <= one / two) & (one / two <= high)].sum())
    return np.array(held)


@pytest.mark.parametrize("n", [10, 20, 50])
def test_holds_the_truth_as_often_as_it_says(n):
    held = _coverage(ratio_interval, n, n)
    assert 0.94 <= held.mean() <= 0.97 and held.min() >= 0.92


def test_log_method_is_worse_in_unequal_groups():
    assert _coverage(log_ratio_interval, 10, 40).min() < _coverage(ratio_interval, 10, 40).min()
