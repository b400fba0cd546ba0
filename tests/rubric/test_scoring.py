"""Scores are exact: integer points, half-up bands, contributions that add up."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.rubric.model import Criterion, Flag, Level, Match, Rubric
from icp_engine.rubric.scoring import contributions, find_fits, score_fits
from icp_engine.rubric.starter import starter_rubric
from icp_engine.values.rule import ColumnRule


def level(fit, *values, low=None, high=None):
    return Level(
        label=", ".join(values), fit=fit, tests=(Match(values=values, low=low, high=high),)
    )


@pytest.fixture
def rubric():
    return Rubric(
        criteria=(
            Criterion(
                name="industry",
                group="must_have",
                weight=50,
                attributes=("industry",),
                unknown_fit=8,
                levels=(level(20, "FinTech"), level(10, "Retail")),
            ),
            Criterion(
                name="employees",
                group="must_have",
                weight=35,
                attributes=("employees",),
                unknown_fit=4,
                levels=(level(20, low=50, high=500), level(5, low=500)),
            ),
            Criterion(
                name="stack: AWS",
                group="technical",
                weight=15,
                attributes=("stack",),
                unknown_fit=2,
                levels=(level(20, "AWS"), Level(label="without", fit=6, tests=(Match(),))),
            ),
        ),
        rules={
            "industry": ColumnRule(
                type="category", merges={"fintech": "FinTech", "retail": "Retail"}
            ),
            "employees": ColumnRule(type="number"),
            "stack": ColumnRule(type="tags", separator=";"),
        },
    )


@pytest.fixture
def rows():
    return pd.DataFrame(
        {
            "industry": ["fintech ", "Retail", None, "Mining"],
            "employees": ["120", "1,200", "10", None],
            "stack": ["GCP; AWS", "GCP", None, "AWS"],
        },
        index=["d", "b", "c", "a"],
    )


def test_scores_keep_index_and_order(rubric, rows):
    scores = rubric.score(rows)
    assert list(scores.index) == ["d", "b", "c", "a"]
    # industry 1 + employees 1 + AWS 1; ½·50 + ¼·35 + .3·15; unknown industry .4·50 + 0 + .1·15; 0 +
    # .2·35 + 15
    assert scores["score"].tolist() == [100.0, 38.3, 21.5, 22.0]


def test_a_row_with_too_little_known_has_no_band(rubric, rows):
    scores = rubric.score(rows)
    assert scores["band"].tolist() == ["Green", "Red", "Not rated", "Red"]
    assert scores["coverage"].tolist() == [1.0, 1.0, 0.35, 0.65]


def test_a_missing_column_is_unknown_and_named(rubric, rows):
    scores = rubric.score(rows.drop(columns="industry"))
    assert scores.attrs["missing_columns"] == ["industry"]
    assert (scores["coverage"] <= 0.5).all()
    assert scores["score"].notna().all()


@pytest.mark.parametrize(
    ("policy", "expected"), [("average", 21.5), ("zero", 0.0), ("leave_out", 0.0)]
)
def test_the_missing_policy_decides_what_unknown_earns(rubric, rows, policy, expected):
    assert (
        rubric.model_copy(update={"missing_policy": policy}).score(rows).loc["c", "score"]
        == expected
    )


def test_contributions_add_up_to_the_shown_score_in_every_row(rubric):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "industry": rng.choice(["FinTech", "Retail", "Mining", None], 400),
            "employees": rng.integers(1, 900, 400),
            "stack": rng.choice(["AWS", "GCP", None], 400),
        }
    )
    moved = rubric.with_weights({"industry": 37})
    fits = find_fits(moved, frame)
    parts = contributions(moved, fits)
    assert np.allclose(parts.sum(axis=1), score_fits(moved, fits)["score"], atol=1e-9)
    assert (parts >= 0).all().all()


def test_bands_round_half_up(rubric):
    half = rubric.model_copy(update={"green": 80, "yellow": 60})
    one = Rubric.model_validate(
        {
            **dict(half),
            "criteria": (
                half.criteria[0].model_copy(update={"weight": 59}),
                half.criteria[1].model_copy(update={"weight": 1, "levels": (level(10, low=0),)}),
                half.criteria[2].model_copy(
                    update={"weight": 40, "levels": (Level(label="", fit=0, tests=(Match(),)),)}
                ),
            ),
        }
    )
    scores = one.score(pd.DataFrame({"industry": ["FinTech"], "employees": [5], "stack": ["x"]}))
    assert scores["score"].iloc[0] == 59.5
    assert scores["band"].iloc[0] == "Yellow"


def test_a_disqualifier_caps_the_band_and_keeps_the_number(rubric, rows):
    flag = Flag(attribute="stack", test=Match(values=("AWS",)), strength="disqualifier", on=True)
    scores = rubric.model_copy(update={"flags": (flag,)}).score(rows)
    assert scores.loc["d"].tolist() == [100.0, "Red", True, 1.0]
    off = rubric.model_copy(update={"flags": (flag.model_copy(update={"on": False}),)}).score(rows)
    assert off.loc["d", "band"] == "Green"


def test_a_warning_caps_the_band_at_yellow(rubric, rows):
    flag = Flag(attribute="stack", test=Match(values=("AWS",)), strength="warning", on=True)
    assert rubric.model_copy(update={"flags": (flag,)}).score(rows).loc["d", "band"] == "Yellow"


def test_without_criteria_everything_is_fifty_and_not_rated(rows):
    scores = Rubric().score(rows)
    assert set(scores["score"]) == {50.0}
    assert set(scores["band"]) == {"Not rated"}


def test_json_round_trip_is_byte_stable(rubric):
    text = rubric.to_json()
    assert icp.Rubric.from_json(text).to_json() == text
    assert icp.Rubric.from_json(text) == rubric


def test_questions_are_answered_best_good_or_none():
    starter = starter_rubric()
    answers = pd.DataFrame(
        {criterion.name: ["best", "good", "none"] for criterion in starter.criteria}
    )
    assert starter.score(answers)["score"].tolist() == [100.0, 50.0, 0.0]
