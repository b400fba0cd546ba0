"""Stability, lift, sensitivity, tuning and the classic split on the sample, through the study."""

import pytest

from icp_engine.rubric.weights import CLASSIC_TOTALS, group_totals


@pytest.fixture(scope="module")
def misweighted(sample_study):
    return sample_study.replace(
        rubric=sample_study.rubric.with_weights({sample_study.rubric.criteria[-1].name: 70})
    )


def test_wrong_weights_are_found_and_better_ones_proposed(misweighted):
    last = misweighted.rubric.criteria[-1].name
    tuning = misweighted.tune_within({})
    assert tuning.proposed and tuning.gain.low > 0
    assert next(c.weight for c in tuning.rubric.criteria if c.name == last) < 40


def test_bounds_hold_and_levels_stay(misweighted):
    last = misweighted.rubric.criteria[-1].name
    tuned = misweighted.tune_within({last: (50, 60)}).rubric
    assert next(c.weight for c in tuned.criteria if c.name == last) == 50
    assert [c.levels for c in tuned.criteria] == [c.levels for c in misweighted.rubric.criteria]


def test_the_suggestion_is_not_tuned_against_itself(sample_study):
    tuning = sample_study.tune_within({})
    assert not tuning.proposed and tuning.gain.low <= 0


def test_held_out_accounts_take_no_part(misweighted):
    relearned = misweighted.relearned
    assert len(misweighted.holdout.accounts)
    assert not relearned.fits.index.isin(misweighted.holdout.accounts).any()
    assert misweighted.tune_within({}).gain.n == len(misweighted.outcomes)


def test_levels_edited_by_hand_cannot_be_tested(sample_study):
    first, *rest = sample_study.rubric.criteria
    edited = first.model_copy(update={"levels": first.levels[:1]})
    study = sample_study.replace(
        rubric=sample_study.rubric.model_copy(update={"criteria": (edited, *rest)})
    )
    tuning = study.tune_within({})
    assert (
        not tuning.proposed and tuning.gain.value is None and "cannot be tested" in tuning.sentence
    )
    assert study.rubric_sensitivity["auc"].isna().all() and study.classic_split[1].value is None


def test_the_classic_split_has_its_totals_and_a_cost_with_an_interval(sample_study):
    rubric, cost = sample_study.classic_split
    assert group_totals(rubric) == CLASSIC_TOTALS
    assert cost.low <= cost.value <= cost.high and cost.n == len(sample_study.outcomes)


def test_flips_agree_with_a_study_of_that_weight(sample_study):
    name = sample_study.rubric.criteria[0].name
    moved = sample_study.replace(rubric=sample_study.rubric.with_weights({name: 50}))
    changed = sample_study.scores["band"] != moved.scores["band"]
    assert set(sample_study.flips(name, 50).index) == set(changed.index[changed])


def test_each_move_stands_in_the_table_with_its_auc(sample_study):
    table = sample_study.rubric_sensitivity
    assert set(table["criterion"]) == {c.name for c in sample_study.rubric.criteria}
    assert (table["changed"] >= table["up"] + table["down"]).all() and table["auc"].nunique() == 1
    assert (table["auc_moved"] - table["auc"] - table["auc_change"]).abs().max() < 1e-9


def test_stability_names_the_criteria_of_the_suggestion_first(sample_study):
    table = sample_study.rubric_stability
    named = [c.name for c in sample_study.suggestion.criteria]
    assert (
        table["criterion"].tolist()[: len(named)] == named
        and table["chosen_share"].between(0, 1).all()
    )


def test_unknown_accounts_are_left_out_of_what_would_lift(sample_study):
    known = sample_study.accounts.index[:3]
    assert sample_study.what_would_lift([*known, "nobody"]).index.tolist() == known.tolist()
