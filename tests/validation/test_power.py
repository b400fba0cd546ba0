"""The accounts asked for give the level in four of five samples."""

import numpy as np
import pytest

from icp_engine.stats.auc import newcombe_interval, weighted_auc
from icp_engine.validation.power import power_table


@pytest.mark.parametrize(
    ("auc", "shift", "level", "threshold"),
    [
        (0.70, 0.7416, "weak", 0.50),
        (0.80, 1.1902, "moderate", 0.55),
        (0.85, 1.4657, "strong", 0.65),
    ],
)
def test_four_of_five_samples_earn_the_level(auc, shift, level, threshold):
    row = power_table(50, 50).query("auc == @auc and level == @level").iloc[0]
    won = np.repeat([1.0, 0.0], [row["won"], row["lost"]])
    generator = np.random.default_rng(6)
    sampled = [
        weighted_auc(generator.normal(size=len(won)) + shift * won, won, 1 - won)
        for _ in range(500)
    ]
    low = newcombe_interval(np.array(sampled), row["won"], row["lost"])[0]
    assert 0.72 <= np.mean(low >= threshold) <= 0.90


def test_more_must_be_won_to_show_less():
    table = power_table(30, 70)
    weak = table[table["level"] == "weak"]
    assert weak["won"].is_monotonic_decreasing and (table["won"] >= 10).all()


def test_a_level_that_an_auc_cannot_earn_is_left_out():
    table = power_table(30, 70)
    assert table.loc[table["auc"] == 0.55, "level"].tolist() == ["weak"]


def test_enough_says_whether_there_are_so_many():
    row = power_table(50, 50).iloc[0]
    assert not row["enough"]
    assert power_table(row["won"], row["lost"]).iloc[0]["enough"]


def test_no_deals_at_all_still_answer():
    assert not power_table(0, 0)["enough"].any()
