"""Rules of thumb are measured, never failed, and say when chance could turn them."""

import pytest

from tests.validation.validation_cases import deal_frame, market, run, score_frame


def rules(scores, won, **options):
    return {rule.code: rule for rule in run(score_frame(scores), deal_frame(won), **options).rules}


def test_a_sharp_market_meets_all_four():
    scores = [90] * 60 + [70] * 40 + [10] * 100
    won = [True] * 50 + [False] * 10 + [True] * 10 + [False] * 30 + [True] * 5 + [False] * 95
    found = rules(scores, won)
    assert [rule.outcome for rule in found.values()] == ["met"] * 4
    assert found["green-over-red"].value.value == pytest.approx(50 / 60 / 0.05)


def test_below_is_called_below_the_rule_of_thumb():
    found = rules([90] * 5 + [10] * 95, [True] * 5 + [True, False] * 47 + [False])
    assert found["green-deals"].outcome == "below the rule of thumb"
    assert found["wins-in-green"].outcome == "below the rule of thumb"
    assert not found["wins-in-green"].could_be_chance


def test_a_value_beside_its_border_could_be_chance():
    assert rules([90] * 14 + [10] * 86, [True, False] * 50)["green-deals"].could_be_chance


@pytest.mark.parametrize(("green", "word"), [(1, "too narrow"), (60, "too generic"), (20, "met")])
def test_share_of_all_accounts(green, word):
    assert (
        rules([90] * green + [10] * (100 - green), [True, False] * 50)["green-accounts"].outcome
        == word
    )


def test_red_without_a_win_is_at_least_so_much():
    rule = rules([90] * 100 + [10] * 100, [True] * 100 + [False] * 100)["green-over-red"]
    assert rule.value.value is None and rule.value.low > 10 and rule.outcome == "met"


def test_what_cannot_be_measured_cannot_be_told():
    result = run(*market(), method="cross_checked")
    assert [rule.outcome for rule in result.rules][:3] == ["cannot tell"] * 3
