"""What a bad-fit switch would do is counted before it is pressed, and is what pressing it does."""

import pandas as pd
import pytest

from icp_engine.rubric.flag_effects import flag_effects
from icp_engine.rubric.model import Criterion, Flag, Level, Match, Rubric
from icp_engine.rubric.scoring import find_fits, score_fits

ACCOUNTS = pd.DataFrame(
    {
        "size": ["big", "big", "mid", "small", "big", None],
        "sector": ["a", "b", "b", "b", None, "b"],
    },
    index=list("uvwxyz"),
)
OUTCOMES = pd.DataFrame(
    {"won": [1.0, 0.5, 0.0, 0.0], "lost": [0.0, 0.5, 1.0, 1.0]}, index=list("uvwx")
)


def rubric(strength, on=False):
    levels = tuple(
        Level(label=name, fit=fit, tests=(Match(values=(name,)),))
        for name, fit in (("big", 20), ("mid", 14), ("small", 0))
    )
    return Rubric(
        criteria=(
            Criterion(
                name="size", group="must_have", weight=100, attributes=("size",), levels=levels
            ),
        ),
        flags=(Flag(attribute="sector", test=Match(values=("b",)), strength=strength, on=on),),
    )


def effect(strength, on=False):
    made = rubric(strength, on)
    return flag_effects(made, find_fits(made, ACCOUNTS, clean=True), ACCOUNTS, OUTCOMES)[0]


def test_accounts_and_outcomes_are_counted_each_of_how_many():
    found = effect("warning")
    assert (found.accounts, found.won, found.of_won, found.lost, found.of_lost) == (4, 1, 2, 2, 2)


@pytest.mark.parametrize(
    ("strength", "falling"), [("warning", 1), ("disqualifier", 2), ("caution", 0)]
)
def test_what_falls_is_what_pressing_the_switch_changes(strength, falling):
    off, on = (
        score_fits(made, find_fits(made, ACCOUNTS, clean=True))["band"]
        for made in (rubric(strength), rubric(strength, on=True))
    )
    assert effect(strength).falling == falling == int((off != on).sum())


def test_the_count_is_the_same_once_the_switch_is_on():
    assert effect("disqualifier", on=True) == effect("disqualifier")


def test_a_trait_whose_column_is_missing_holds_for_nobody():
    made = rubric("warning")
    accounts = ACCOUNTS.drop(columns="sector")
    found = flag_effects(made, find_fits(made, accounts, clean=True), accounts, OUTCOMES)[0]
    assert (found.accounts, found.falling) == (0, 0)
