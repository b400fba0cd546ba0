"""Outcomes of accounts like one are said with what they are counted over."""

import pytest

from icp_engine.whatif.level_outcomes import LevelOutcome
from ui.answers.rubric.one_account import _worded, outcome_words


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (LevelOutcome("deals", 22, 120, same_value=True), "won 22 of 120 deals"),
        (
            LevelOutcome("value", 3, 1400, same_value=False),
            "3 of 1,400 that earn as much are best customers",
        ),
    ],
)
def test_outcomes_are_said_with_their_denominator(found, said):
    assert outcome_words(found) == said


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        (8_300_000.0, "USD", "$8.3M"),
        (8_300_000.0, "", "8.3M"),
        (8_300.0, None, "8,300"),
        (True, "USD", "yes"),
    ],
)
def test_an_accounts_money_carries_its_currency(value, currency, said):
    assert _worded(value, currency) == said
