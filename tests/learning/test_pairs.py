"""Joined criteria: found where two attributes matter together, never without, and scored, told and
relearned.
"""

import numpy as np
import pandas as pd
import pytest

from icp_engine.attributes.model import Attribute
from icp_engine.learning.derivation import Derivation, Lessons
from icp_engine.learning.relearn_levels import relearn_levels
from icp_engine.learning.suggest import suggest
from icp_engine.rubric.lift import lift_to_next_band
from icp_engine.rubric.scoring import find_fits, score_frame
from icp_engine.settings import Settings
from icp_engine.values.rule import ColumnRule

JOINED = "cloud and employees"


def market(seed, *, together, size=1200):
    rng = np.random.default_rng(seed)
    index = pd.Index([f"a{i}" for i in range(size)])
    accounts = pd.DataFrame(
        {
            "cloud": rng.choice(["AWS", "Azure", "GCP", "none"], size),
            "employees": rng.integers(5, 1000, size) * 1.0,
            "industry": rng.choice(["Retail", "Health", "Media"], size),
            "region": rng.choice(list("NESW"), size),
        },
        index=index,
    ).astype({"cloud": "str", "industry": "str", "region": "str"})
    big, named = accounts["employees"] >= 500, accounts["cloud"].isin(["AWS", "GCP"])
    odds = (
        0.8 * (accounts["industry"] == "Health")
        + together * np.where(big == named, 1.0, -1.0)
        - 0.5
    )
    won = pd.Series((rng.random(size) < 1 / (1 + np.exp(-odds))) * 1.0, index=index)
    attributes = tuple(
        Attribute(
            name,
            "firmographic",
            "number" if name == "employees" else "category",
            (),
            ColumnRule(type="number" if name == "employees" else "category"),
        )
        for name in accounts
    )
    lessons = Lessons(won, 1 - won, index[:0], index[:0])
    return Derivation(accounts, attributes, lessons, index[:0])


@pytest.fixture(scope="module")
def learned():
    made = market(1, together=1.0)
    return made, suggest(made, Settings())


def test_what_matters_only_together_is_found_and_ranks_fresh_accounts(learned):
    _, rubric = learned
    assert JOINED in [criterion.name for criterion in rubric.criteria]
    fresh = market(2, together=1.0)
    score, won = score_frame(rubric, fresh.accounts)["score"], fresh.lessons.won
    assert score[won == 1].mean() - score[won == 0].mean() > 20


def test_attributes_that_only_add_up_are_not_joined():
    found = [suggest(market(seed, together=0.0, size=600), Settings()) for seed in range(20, 40)]
    assert (
        sum(len(criterion.attributes) > 1 for rubric in found for criterion in rubric.criteria) <= 2
    )


def test_corners_are_told_in_words_and_the_open_side_stands_last(learned):
    criterion = next(c for c in learned[1].criteria if c.name == JOINED)
    assert len(criterion.levels) == 4 and {level.fit for level in criterion.levels} >= {0, 20}
    assert all(
        level.label.startswith("cloud ") and " with employees " in level.label
        for level in criterion.levels
    )
    assert criterion.levels[0].tests[0].values and not criterion.levels[-1].tests[0].values


def test_every_known_pair_of_values_meets_a_level_and_an_unknown_one_none(learned):
    derivation, rubric = learned
    accounts = derivation.accounts
    place = [criterion.name for criterion in rubric.criteria].index(JOINED)
    changed = accounts.assign(cloud=accounts["cloud"].where(accounts["cloud"] != "none"))
    fits = find_fits(rubric, changed, clean=True).fits[:, place]
    assert ((fits < 0) == changed["cloud"].isna()).all()


def test_what_would_lift_names_both_values(learned):
    derivation, rubric = learned
    accounts = derivation.accounts
    told = lift_to_next_band(rubric, find_fits(rubric, accounts, clean=True))["sentence"]
    assert any("it had cloud " in sentence and " with employees " in sentence for sentence in told)


def test_a_joined_criterion_is_learned_anew_from_other_accounts(learned):
    _, rubric = learned
    derivation = market(3, together=-1.0)
    accounts, attributes = derivation.accounts, derivation.attributes
    targets, _ = derivation.lessons.targets(accounts.index, "won")
    again = relearn_levels(rubric, {JOINED: JOINED}, accounts, attributes, targets, Settings())
    old, new = (find_fits(r, accounts, clean=True).fits for r in (rubric, again))
    place = [criterion.name for criterion in rubric.criteria].index(JOINED)
    # the market is the other way round
    assert np.corrcoef(old[:, place], new[:, place])[0, 1] < -0.5
