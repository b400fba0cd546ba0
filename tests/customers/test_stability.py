"""How sure each best customer is: redraws, borderline customers, weights, and what pins change."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.customers.age import mid_rank
from icp_engine.customers.stability import (
    WEIGHT_SPREAD,
    describe_stability,
    draw_weights,
    sort_metric,
)


def open_study(n: int, noise: float, seed: int = 0, **settings):
    """A planted value of which ltv and nrr each show a noisy picture; every customer is as old as
    the other.
    """
    rng = np.random.default_rng(seed)
    value = rng.normal(size=n)
    accounts = pd.DataFrame(
        {
            "account_id": [f"a{row:04d}" for row in range(n)],
            "account_type": "Customer",
            "industry": rng.choice(["Retail", "Media"], n),
            "ltv": np.exp(9 + value + noise * rng.normal(size=n)).round(2),
            "nrr": (100 + 10 * (value + noise * rng.normal(size=n))).round(3),
        }
    )
    study = icp.Study.open(
        {"accounts": accounts}, settings=icp.Settings(as_of="2026-09-30", **settings)
    )
    return study, pd.Series(value, index=accounts["account_id"])


@pytest.fixture(scope="module")
def clear():
    return open_study(300, 0.1)[0]


def test_ranks_of_a_redraw_without_repeats_are_the_ranks():
    rng = np.random.default_rng(1)
    column = pd.Series(rng.integers(0, 20, 200).astype(float)).where(rng.random(200) > 0.2)
    cohort = pd.Series(rng.integers(0, 3, 200).astype(float))
    for groups in (None, cohort):
        assert np.allclose(
            sort_metric(column, groups).ranks(np.ones(200)),
            mid_rank(column, groups),
            equal_nan=True,
        )


def test_a_customer_drawn_twice_counts_twice():
    ranks = sort_metric(pd.Series([1.0, 2, 3]), None).ranks(np.array([2.0, 1, 0]))
    assert ranks.tolist() == pytest.approx([1 / 3, 5 / 6, 1])


def test_drawn_weights_keep_their_mean_and_move_by_a_quarter():
    rng = np.random.default_rng(2)
    drawn = np.array([draw_weights(np.ones(4), rng) for _ in range(4000)])
    assert np.allclose(drawn.mean(axis=0), 0.25, atol=0.005)
    assert drawn.std(axis=0) / 0.25 == pytest.approx([WEIGHT_SPREAD] * 4, abs=0.02)


def test_clear_sets_are_firm_and_only_customers_near_the_line_are_borderline(clear):
    table, scores = clear.stability, clear.best.scores
    line = scores[clear.best.accounts].min()
    assert (table.loc[table["best"], "chosen_share"] > 0.75).mean() > 0.85
    assert (scores[table["borderline"]] - line).abs().max() < 0.1
    assert table["chosen_share"].sum() == pytest.approx(len(clear.best.accounts), rel=0.05)


def test_the_same_seed_gives_the_same_shares(clear):
    again = open_study(300, 0.1)[0]
    assert again.stability.equals(clear.stability)


def test_pins_are_always_chosen_and_named_with_those_they_push_out(clear):
    last, first = clear.best.worst[0], clear.best.accounts[-1]
    pinned = clear.replace(pins={last: "lighthouse"})
    table = pinned.stability
    assert table.loc[last, ["chosen_share", "by_hand"]].tolist() == [1.0, "in"]
    assert table.index[table["by_hand"] == "out"].tolist() == [first]
    assert "By hand: 1" in describe_stability(table)[-1]


def test_no_pins_no_change_by_hand(clear):
    assert (clear.stability["by_hand"] == "").all()
    assert not any("hand" in sentence for sentence in describe_stability(clear.stability))


def test_every_weight_moves_both_ways_and_most_stay(clear):
    table = clear.sensitivity
    assert len(table) == 2 * len(clear.best.metrics)
    assert (table["stay"] / table["of"]).min() > 0.85


def test_one_metric_cannot_be_outweighed(clear):
    only = clear.replace(metric_weights={"ltv": 2.0})
    assert (only.sensitivity["stay"] == only.sensitivity["of"]).all()


@pytest.mark.parametrize("n", [8, 20, 35, 60])
def test_small_sets_are_measured_too(n):
    study, _ = open_study(n, 0.5)
    assert study.stability["chosen_share"].between(0, 1).all()
    assert describe_stability(study.stability)


def test_planted_value_is_recovered():
    study, value = open_study(1000, 0.5, seed=5)
    truth = set(value.nlargest(200).index)
    assert len(truth & set(study.best.accounts)) >= 140
    assert (
        value[study.best.accounts].mean()
        > value[study.best.rest].mean() + 1
        > value[study.best.worst].mean() + 1
    )
