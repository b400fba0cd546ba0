"""What would change the answer: looks where they lowered it, and never a number that is there
already.
"""

import re
from types import SimpleNamespace

import pytest

from icp_engine.settings import Settings
from tests.validation.validation_cases import market, run
from ui.answers.validation import what_would_change


def said(looks=0, **data):
    settings = Settings(looks=looks)
    found = run(*market(**data), settings=settings)
    return found, what_would_change(SimpleNamespace(validation=found, settings=settings))


def test_where_looks_lowered_the_verdict_they_are_named_and_no_number_is_asked_for():
    found, words = said(looks=1, accounts=400, strength=2)
    assert found.verdict.level == "moderate"
    assert (
        words.startswith("You looked once with another rubric, so more is asked")
        and "lost accounts" not in words
    )


@pytest.mark.parametrize("accounts", [30, 60, 90, 120, 150, 180])
def test_what_is_asked_for_is_never_there_already(accounts):
    words = said(accounts=accounts, strength=1.2)[1]
    numbers = re.search(
        r"About ([\d,]+) won and ([\d,]+) lost .* so far there are ([\d,]+) won and ([\d,]+)", words
    )
    if numbers:
        won, lost, won_now, lost_now = (int(number.replace(",", "")) for number in numbers.groups())
        assert won >= won_now and lost >= lost_now and won + lost > won_now + lost_now
        assert won_now + lost_now == accounts


def test_some_markets_are_told_how_many_accounts_it_takes():
    assert any(
        "accounts in all" in said(accounts=accounts, strength=1.2)[1] for accounts in (30, 60, 90)
    )
