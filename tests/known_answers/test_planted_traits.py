"""Planted traits are found through the public face, noise is not named, and what only rides along
is told apart.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.markets_proof import judge_traits


@pytest.fixture(scope="module")
def judged() -> list[dict[str, float]]:
    return [judge_traits(700 + seed, 2000) for seed in range(3)]


def test_nine_in_ten_planted_traits_are_found_at_2000_customers(
    judged: list[dict[str, float]],
) -> None:
    assert np.mean([row["traits_found"] for row in judged]) >= 0.90


def test_noise_is_not_named(judged: list[dict[str, float]]) -> None:
    assert np.mean([row["traits_false"] for row in judged]) <= 0.05


def test_what_only_follows_headcount_is_told_by_its_adjusted_lift(
    judged: list[dict[str, float]],
) -> None:
    along = [row for row in judged if row["traits_ride_along"] > 0]
    names = ("ride_along_raw", "ride_along_adjusted")
    raw, adjusted = (np.mean([np.log(row[name]) for row in along]) for name in names)
    assert along and adjusted < 0.5 * raw
