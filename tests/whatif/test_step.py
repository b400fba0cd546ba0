"""One what-if step: the engine's own scores, out of fold, without any held-out account."""

import json

import numpy as np
import pytest

from icp_engine.rubric.edit import add_criterion, remove_criterion
from icp_engine.rubric.scoring import score_fits
from icp_engine.validation.measure import band_codes
from icp_engine.whatif.step import what_if


@pytest.fixture(scope="module")
def rows(sample_study):
    return sample_study.what_if_rows()


def by_hand(study, **changes):
    """The same rubric as one typed in: levels that never saw an outcome."""
    criteria = tuple(c.model_copy(update={"why": ""}) for c in study.suggestion.criteria)
    return study.replace(
        rubric=study.suggestion.model_copy(
            update={"criteria": criteria, "learned_from": "", "origin": "by hand", **changes}
        )
    )


@pytest.mark.parametrize("policy", ["average", "zero", "leave_out"])
def test_scores_and_bands_are_those_of_the_rubric(sample_study, policy):
    study = by_hand(sample_study, missing_policy=policy)
    rows = study.what_if_rows()
    found, scores = (
        what_if(study.rubric, rows),
        score_fits(study.rubric, study.fits).loc[rows.index],
    )
    assert (found.tenths == np.rint(10 * scores["score"])).all()
    assert (found.band == band_codes(scores["band"])).all()


def test_no_held_out_account_takes_part(sample_study, rows):
    assert (
        len(sample_study.holdout.accounts)
        and not rows.index.isin(sample_study.holdout.accounts).any()
    )


def test_learned_levels_are_used_out_of_fold_and_edited_ones_are_said_to_flatter(
    sample_study, rows
):
    first, *rest = sample_study.suggestion.criteria
    edited = first.model_copy(update={"levels": first.levels[:1]})
    study = sample_study.replace(
        rubric=sample_study.suggestion.model_copy(update={"criteria": (edited, *rest)})
    )
    assert rows.out_of_fold and not study.what_if_rows().out_of_fold
    assert (
        what_if(sample_study.rubric, rows).auc.value
        < what_if(by_hand(sample_study).rubric, by_hand(sample_study).what_if_rows()).auc.value
        + 0.01
    )


def test_counts_add_up_to_the_derivation_deals(sample_study, rows):
    found, deals = (
        what_if(sample_study.rubric, rows),
        sample_study.deals.loc[sample_study.holdout.derivation_deals],
    )
    known = deals["account_id"].isin(rows.index)
    assert (
        found.bands["deals"].sum()
        == known.sum()
        == found.histogram[["good", "bad"]].to_numpy().sum()
    )
    assert found.bands["won"].sum() == deals.loc[known, "won"].astype(bool).sum()


def test_moving_weights_and_thresholds_keeps_the_rows(sample_study, rows):
    name = sample_study.suggestion.criteria[0].name
    assert (
        sample_study.replace(rubric=sample_study.suggestion.with_weights({name: 50})).what_if_rows()
        is rows
    )
    assert sample_study.replace(green=90).what_if_rows() is rows


def test_at_most_as_many_rows_as_asked_and_the_same_ones_each_time(sample_study):
    some = sample_study.what_if_rows(100)
    assert len(some.index) == 100 and some.of > 100
    assert some.index.equals(sample_study.replace(title="again").what_if_rows(100).index)


def test_bytes_say_what_they_hold(rows):
    key, packed = rows.packed
    header = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])
    n, criteria = rows.fits.shape
    assert header == {"key": key, "n": n, "criteria": criteria, "bases": ["deals", "value"]}
    assert len(packed) == 4 + int.from_bytes(packed[:4], "little") + n * (criteria + 1 + 16)


def test_a_removed_criterion_can_be_learned_again_and_stays_out_of_fold(sample_study):
    name = sample_study.suggestion.criteria[0].name
    without = sample_study.replace(rubric=remove_criterion(sample_study.suggestion, name))
    assert name in without.criterion_candidates
    criterion, rules = without.learned_criterion(name, 20)
    again = without.replace(rubric=add_criterion(without.rubric, criterion, rules))
    assert len(criterion.levels) > 2
    assert again.what_if_rows().out_of_fold


def test_worse_weights_are_worse_by_a_paired_interval(sample_study):
    last = sample_study.suggestion.criteria[-1].name
    worse = sample_study.replace(rubric=sample_study.suggestion.with_weights({last: 90}))
    found = sample_study.compare_weights(worse)
    assert found.low > 0
    same = sample_study.compare_weights(sample_study)
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_thresholds_of_a_person_leave_the_suggestion_as_it_is(sample_study):
    moved = sample_study.replace(green=90, yellow=50)
    assert moved.suggestion is sample_study.suggestion
    assert (moved.rubric.green, moved.rubric.yellow) == (90, 50)
