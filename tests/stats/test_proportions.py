import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from icp_engine.stats.proportions import difference_interval, two_by_two_p, wilson

counts = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.just(n[0]), st.integers(0, n[1]), st.just(n[1]))
)


def test_wilson_equals_scipys():
    expected = stats.binomtest(7, 20).proportion_ci(method="wilson")
    assert wilson(7, 20) == pytest.approx((expected.low, expected.high))


def test_wilson_of_nothing_is_unknown_and_of_all_ends_at_one():
    low, high = wilson([0, 0, 5], [0, 5, 5])
    assert np.isnan(low[0]) and np.isnan(high[0])
    assert low[1] == 0 and high[1] > 0 and low[2] < 1 and high[2] == 1


@pytest.mark.parametrize(
    ("n", "mean", "lowest"), [(20, 0.94, 0.92), (40, 0.94, 0.92), (200, 0.94, 0.92)]
)
def test_wilson_holds_the_truth_as_often_as_it_says(n, mean, lowest):
    won = np.arange(n + 1)
    low, high = wilson(won, n)
    held = [
        stats.binom.pmf(won, n, p)[(low <= p) & (p <= high)].sum()
        for p in np.arange(0.1, 0.91, 0.1)
    ]
    assert mean <= np.mean(held) <= 0.97 and min(held) >= lowest


@settings(max_examples=150, deadline=None)
@given(counts)
def test_p_is_the_mid_p_of_small_tables_and_the_chi_square_of_large_ones(table):
    a, n1, b, n2 = table
    total, holders = n1 + n2, a + b
    if holders in (0, total):
        expected = 1.0
    elif min(n1, n2) * min(holders, total - holders) < 5 * total:
        expected = (
            stats.fisher_exact([[a, n1 - a], [b, n2 - b]])[1]
            - stats.hypergeom.pmf(a, total, n1, holders) / 2
        )
    else:
        square = stats.chi2_contingency([[a, n1 - a], [b, n2 - b]], correction=False)[0]
        expected = stats.chi2.sf(square * (total - 1) / total, 1)
    assert two_by_two_p(a, n1, b, n2) == pytest.approx(expected, abs=1e-9)


def test_many_tables_at_once_equal_one_by_one():
    rng = np.random.default_rng(1)
    n1, n2 = rng.integers(1, 3000, 200), rng.integers(1, 9000, 200)
    a, b = rng.binomial(n1, 0.01), rng.binomial(n2, 0.012)
    alone = [float(two_by_two_p(*row)) for row in zip(a, n1, b, n2, strict=True)]
    assert two_by_two_p(a, n1, b, n2) == pytest.approx(alone)


def test_an_empty_group_proves_nothing():
    assert two_by_two_p([3, 0, 0], [10, 0, 5], [0, 4, 0], [0, 9, 5]).tolist() == [1, 1, 1]
    assert two_by_two_p([], [], [], []).shape == (0,)


def test_p_is_not_too_often_small_without_a_difference():
    rng = np.random.default_rng(2)
    a, b = rng.binomial(40, 0.2, 4000), rng.binomial(120, 0.2, 4000)
    assert (two_by_two_p(a, 40, b, 120) < 0.05).mean() <= 0.06


def test_difference_interval_is_newcombes():
    # Newcombe 1998, table II: 56/70 − 48/80, method 10
    assert difference_interval(56, 70, 48, 80) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
