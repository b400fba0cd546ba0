"""Proof through the study: nothing that was fitted to an account scores it as a test."""

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.crossfit.rivals import as_score
from sample_data.markets import null_market, planted_market


def open_market(market, **settings):
    return icp.Study.open(
        {"accounts": market.accounts, "deals": market.deals},
        settings=icp.Settings(as_of="2026-09-30", **settings),
    )


def moved(study):
    first = study.suggestion.criteria[0]
    return study.replace(rubric=study.suggestion.with_weights({first.name: first.weight // 2}))


def test_a_suggestion_taken_over_unchanged_is_proven_alike(sample_study):
    same = sample_study.replace(
        rubric=sample_study.suggestion.model_copy(update={"origin": "by hand"})
    )
    assert same.validation.metrics["auc_value"] == sample_study.validation.metrics["auc_value"]


def test_a_moved_weight_is_proven_out_of_fold(sample_study):
    changed = moved(sample_study).validation
    flattered = moved(sample_study).scores["score"]
    best = sample_study.best
    in_sample = auc(flattered[best.accounts], flattered[best.rest.union(best.worst)])
    assert changed.metrics["auc_value"].value < in_sample + 0.02
    assert changed.proven in ("both", "value") and not changed.value_note


def auc(above, below):
    pairs = above.to_numpy()[:, None] - below.to_numpy()[None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


@pytest.mark.parametrize("seed", [11, 15, 24])
def test_without_signal_a_moved_weight_proves_no_value(seed):
    """Seeds whose suggestion found something by luck: in-sample it ranks best above rest, out of
    fold it does not.
    """
    study = moved(open_market(null_market(seed, accounts=200)))
    score, best = study.scores["score"], study.best
    assert auc(score[best.accounts], score[best.rest.union(best.worst)]) > 0.65
    assert study.validation.metrics["auc_value"].value < 0.60
    assert study.validation.proven == "neither"


def test_edited_levels_prove_no_value_and_say_why(sample_study):
    first, *rest = sample_study.suggestion.criteria
    edited = first.model_copy(update={"levels": first.levels[:1]})
    rubric = sample_study.suggestion.model_copy(
        update={"criteria": (edited, *rest), "origin": "by hand"}
    )
    result = sample_study.replace(rubric=rubric).validation
    assert result.metrics["auc_value"].value is None and first.name in result.value_note
    assert result.proven == "deals" and not result.ideal


def test_cross_checked_and_changed_is_still_cross_checked():
    study = open_market(planted_market(5, accounts=160), holdout_from="1990-01-01")
    assert study.holdout.method == "cross_checked" and study.suggestion.criteria
    result = moved(study).validation
    assert result.verdict.level == study.validation.verdict.level or result.proven != "neither"
    assert "changed in the same way" in " ".join(result.verdict.because)


def test_the_verdict_names_what_was_proven(sample_study):
    result = sample_study.validation
    assert result.proven == "both" and result.ideal
    assert "on deals and on value" in result.verdict.sentence


def test_a_rubric_beside_itself_differs_by_nothing(sample_study):
    result = icp.compare_rubrics(sample_study, sample_study.rubric)
    assert result.difference.value == result.difference.low == result.difference.high == 0


def test_today_s_score_is_a_baseline_and_the_single_trait_is_weaker():
    market = planted_market(4, accounts=600)
    market.accounts["Lead Grade"] = (["A", "B", "C", "D"] * len(market.accounts))[
        : len(market.accounts)
    ]
    study = icp.Study.open(
        {"accounts": market.accounts, "deals": market.deals},
        roles={"accounts": {"Lead Grade": "existing_score"}},
    )
    table = study.baselines.set_index("baseline")
    assert abs(table.loc["Today's score: Lead Grade", "auc"] - 0.5) < 0.15
    trait = next(name for name in table.index if name.startswith("Best single trait"))
    assert table.loc[trait, "auc"] <= table.loc["Ours", "auc"]
    assert (
        icp.compare_rubrics(study, "Lead Grade").auc_other.value
        == table.loc["Today's score: Lead Grade", "auc"]
    )


def test_grades_have_an_order_and_words_without_one_have_none():
    assert as_score(pd.Series(["A", "C", None, "b"])).rank().tolist()[:2] == [3, 1]
    assert as_score(pd.Series(["Hot", "Cold"])).tolist() == [3, 1]
    assert as_score(pd.Series(["blue", "green"])) is None
    assert as_score(pd.Series([True, False])).tolist() == [1, 0]


def test_the_list_to_read_marks_what_was_used(sample_study):
    recent = sample_study.validation.recent
    assert recent["won"].sum() == 20 and len(recent) == 40
    used = recent[~recent["held_out"]]
    assert not set(used["account_id"]) & set(sample_study.holdout.accounts)
    unseen = sample_study.unseen.scores["score"]
    known = used[used["account_id"].isin(unseen.index)]
    assert (known["score"].to_numpy() == unseen[known["account_id"]].to_numpy()).all()


def test_customers_by_band_are_mature_and_scored_unseen(sample_study):
    table = sample_study.validation.customers_by_band.set_index("band")
    young = set(sample_study.customers.too_young)
    assert 0 < table["customers"].sum() <= sample_study.customers.is_customer.sum() - len(young)
    assert table.loc["Green", "value"] > table.loc["Red", "value"]


def test_past_rubrics_are_made_from_the_past(sample_study):
    table = sample_study.backtest
    assert set(table["ahead"]) == {1, 2, 3, 4}
    later, made = (
        pd.PeriodIndex(table[name], freq="Q").astype("int64")
        for name in ("scored_quarter", "quarter")
    )
    gaps = (later - made).tolist()
    assert gaps == table["ahead"].tolist()
    assert table.attrs["sentence"].endswith(".")


@pytest.mark.parametrize("accounts", [8, 20, 35])
def test_small_data_compare_nothing_and_still_answer(accounts):
    study = open_market(planted_market(3, accounts=accounts))
    result = study.validation
    assert (
        result.proven == "neither"
        or result.verdict.level != "too_little_data"
        or result.proven == "value"
    )
    assert isinstance(icp.compare_rubrics(study, study.rubric).sentence, str)
    assert study.baselines.empty or study.holdout.method in ("held_out", "cross_checked")
    assert study.backtest.attrs["sentence"] and result.missed is not None
