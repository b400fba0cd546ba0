"""Who enters and leaves the best: counted from both sides, with the metric that moved each."""

import numpy as np
import pandas as pd

from icp_engine import Settings, Study
from icp_engine.charts.value_scatter import MOST_POINTS, scatter_chart
from icp_engine.customers.changes import compare_best


def study_of(size=100, **settings):
    rng = np.random.default_rng(3)
    accounts = pd.DataFrame(
        {
            "Account ID": [f"a{i}" for i in range(size)],
            "Customer since": "2023-01-05",
            "LTV": rng.permutation(size) * 100.0 + 50,
            "NPS": rng.permutation(size) % 100 - 20.0,
            "Industry": rng.choice(["x", "y"], size),
        }
    )
    study = Study.open({"accounts": accounts}, settings=Settings(as_of="2025-06-30"))
    return study.replace(
        metric_weights={m.name: settings.get(m.name, 1.0) for m in study.customers.metrics}
    )


def test_as_many_enter_as_leave_and_the_rest_stays():
    before, now = study_of(LTV=3.0, NPS=0.1).best, study_of(LTV=0.1, NPS=3.0).best
    change = compare_best(before, now)
    assert len(change.entered) == len(change.left) > 0
    assert change.stayed + len(change.entered) == len(now.accounts)
    assert set(change.table.index) == set(change.entered) | set(change.left)


def test_the_metric_that_moved_an_account_is_named():
    change = compare_best(study_of(LTV=3.0, NPS=0.1).best, study_of(LTV=0.1, NPS=3.0).best)
    entered = change.table[change.table["change"] == "enters"]
    left = change.table[change.table["change"] == "leaves"]
    assert set(entered["metric"]) == {"NPS"} and set(left["metric"]) == {"LTV"}
    assert (entered["rank_now"] < entered["rank_before"]).all() and (left["points"] < 0).all()


def test_nothing_moved_is_said_so():
    best = study_of().best
    change = compare_best(best, best)
    assert change.table.empty and "same customers" in change.sentence("the old weights")


def test_a_large_scatter_is_sampled_and_keeps_the_best():
    study = study_of(4_000)
    chart = scatter_chart(study.accounts, study.best, *study.best.metrics[:2])
    assert len(chart.data) <= MOST_POINTS and len(chart.table) == len(study.best.scores)
    assert (chart.data["group"] == "best").sum() == MOST_POINTS // 2


def test_a_scatter_without_both_values_is_none():
    study = study_of(60)
    accounts = study.accounts.assign(NPS=np.nan)
    assert scatter_chart(accounts, study.best, *study.best.metrics[:2]) is None
