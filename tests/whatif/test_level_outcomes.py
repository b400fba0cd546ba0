"""What is said of accounts like one can be counted again among those the rubric was made from."""

import numpy as np

from icp_engine.whatif.level_outcomes import LevelOutcome


def test_accounts_with_the_same_value_are_counted_and_no_others(sample_study):
    industry, rows = sample_study.accounts["Industry"], sample_study.what_if_rows()
    account = industry.dropna().index[0]
    same = (industry.reindex(rows.index) == industry[account]).to_numpy()
    won, closed = rows.good["deals"][same].sum(), rows.all["deals"][same].sum()
    assert 0 < won < closed
    assert sample_study.count_alike(account)["Industry"] == LevelOutcome(
        "deals", won, closed, same_value=True
    )


def test_nobody_is_like_an_account_in_what_is_unknown_of_it(sample_study):
    unknown = sample_study.fits.fits < 0
    place = int(np.flatnonzero(unknown.any(axis=1))[0])
    names = {
        c.name
        for c, blank in zip(sample_study.rubric.criteria, unknown[place], strict=True)
        if blank
    }
    assert not names & set(sample_study.count_alike(sample_study.accounts.index[place]))


def test_the_best_level_stands_against_all_other_known_values_each_account_once(sample_study):
    rows, names = sample_study.what_if_rows(), [c.name for c in sample_study.rubric.criteria]
    place = names.index("Industry")
    split = sample_study.split_by_best[place]["deals"]
    fits = sample_study.fits.fits[sample_study.accounts.index.get_indexer(rows.index), place]
    judged = (fits >= 0) & (rows.all["deals"] > 0)
    assert split.best.n + split.others.n == judged.sum()
    assert (
        split.best.low < split.best.value < split.best.high
        and split.best.value > split.others.value
    )


def test_what_nobody_knows_of_an_account_splits_nothing(sample_study):
    asked = sample_study.rubric.criteria[0].model_copy(update={"name": "Budget", "attributes": ()})
    rubric = sample_study.rubric.model_copy(
        update={"criteria": (asked, *sample_study.rubric.criteria[1:])}
    )
    assert sample_study.replace(rubric=rubric).split_by_best[0] == {}
