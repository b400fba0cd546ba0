"""A study is data plus settings; everything else is derived, kept and reused."""

import pytest

import icp_engine as icp
from icp_engine.rubric.starter import starter_rubric


def test_results_upstream_of_a_change_are_reused(sample_study):
    moved = sample_study.replace(false_discovery_rate=0.01)
    assert moved.best is sample_study.best
    assert moved.traits is not sample_study.traits


def test_equal_data_and_settings_give_equal_results(sample_study):
    again = icp.Study(sample_study.raw, sample_study.settings)
    assert again.rubric.to_json() == sample_study.rubric.to_json()
    assert again.scores.equals(sample_study.scores)
    assert again.segments.labels.equals(sample_study.segments.labels)


def test_a_rubric_survives_other_changes_and_none_returns_to_the_suggestion(sample_study):
    own = sample_study.rubric.with_weights({sample_study.rubric.criteria[0].name: 50})
    study = sample_study.replace(rubric=own).replace(top_share=0.1)
    assert study.rubric == own
    assert study.replace(settings=icp.Settings()).rubric == own
    assert study.replace(rubric=None).rubric.origin == "suggested"


def test_moving_weights_changes_scores_and_nothing_upstream(sample_study):
    first = sample_study.rubric.criteria[0].name
    study = sample_study.replace(rubric=sample_study.rubric.with_weights({first: 60}))
    assert study.best is sample_study.best
    assert not study.scores["score"].equals(sample_study.scores["score"])
    assert study.fits is sample_study.fits


def test_scores_cover_all_accounts_and_are_never_missing(sample_study):
    scores = sample_study.scores
    assert scores.index.equals(sample_study.accounts.index)
    assert scores["score"].notna().all()
    assert set(scores["band"]) <= {"Green", "Yellow", "Red", "Not rated"}


def test_the_rubric_scores_raw_rows_as_the_study_scores_clean_ones(sample_study):
    raw = sample_study.raw["accounts"].drop_duplicates("Record ID").set_index("Record ID")
    names = list(
        {name for c in sample_study.rubric.criteria for name in c.attributes if name in raw}
    )
    one_row_accounts = [
        i for i in raw.index[:200] if (sample_study.raw["accounts"]["Record ID"] == i).sum() == 1
    ]
    scored = sample_study.rubric.score(raw.loc[one_row_accounts, names])
    assert scored["score"].equals(
        sample_study.scores.loc[one_row_accounts, "score"].rename("score")
    )


def test_contributions_add_up(sample_study):
    gap = sample_study.contributions.sum(axis=1) - sample_study.scores["score"]
    assert gap.abs().max() < 1e-9


def test_explanations_are_made_for_the_rows_asked_for(sample_study):
    ids = list(sample_study.accounts.index[:2])
    explained = sample_study.explain([*ids, "nobody"])
    assert list(explained.index) == ids
    assert all(sentence.endswith(".") for sentence in explained)


def test_held_out_accounts_stand_in_no_group(sample_study):
    held = set(sample_study.holdout.accounts)
    best = sample_study.best
    assert not held & {*best.accounts, *best.worst, *best.rest}
    assert set(best.set_aside) <= held
    assert not held & set(sample_study.indicators.index)


def test_value_and_outcome_columns_describe_nobody(sample_study):
    forbidden = {m.name for m in sample_study.customers.metrics} | {
        "Churned",
        "Renewal forecast",
        "Handover complete",
    }
    used = {a for c in sample_study.rubric.criteria for a in c.attributes}
    assert not forbidden & (set(sample_study.traits.table["attribute"]) | used)


def test_a_starter_rubric_leaves_old_accounts_not_rated(sample_study):
    study = sample_study.replace(rubric=starter_rubric())
    assert set(study.scores["band"]) == {"Not rated"}
    assert study.validation.verdict.level in ("none", "too_little_data")


def test_slow_parts_answer(sample_study):
    assert sample_study.ceiling.value > 0.6
    assert {"quarter", "auc", "low", "high"} <= set(sample_study.backtest.columns)
    assert (sample_study.sensitivity["stay"] <= sample_study.sensitivity["of"]).all()


def test_nothing_to_study_is_refused_with_problems():
    study = icp.Study.open({"empty": __import__("pandas").DataFrame()})
    assert study.problems
    with pytest.raises(icp.InputRefused) as refused:
        _ = study.best
    assert all(problem.advice for problem in refused.value.problems)
