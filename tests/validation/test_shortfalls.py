"""What falls short is said in short sentences, the gravest first, and never where nothing was
measured.
"""

import pytest

from icp_engine.settings import Settings
from icp_engine.validation.shortfalls import list_shortfalls
from tests.validation.validation_cases import deal_frame, market, run, score_frame


def shortfalls(scores, won, **options):
    return list_shortfalls(run(score_frame(scores), deal_frame(won), **options))


def test_nothing_falls_short_in_a_sharp_market():
    scores = [90] * 60 + [70] * 40 + [10] * 100
    won = [True] * 50 + [False] * 10 + [True] * 10 + [False] * 30 + [True] * 5 + [False] * 95
    assert shortfalls(scores, won) == ()


def test_a_missed_rule_names_figure_and_rule():
    said = shortfalls([90] * 20 + [10] * 80, [True, False] * 50)
    assert said[0] == "Green holds 20\u202f% of the wins; rule of thumb: 60\u202f% or more."
    # Red wins every second deal: no rubric could
    assert not any("as often as Red" in one for one in said)


def test_a_ratio_that_could_be_kept_is_named_where_it_was_not():
    said = shortfalls([90] * 50 + [10] * 50, [True] * 20 + [False] * 30 + [True] * 4 + [False] * 46)
    assert any(
        one.startswith("Green wins 5.0\u202f× as often as Red; rule of thumb: 10\u202f× or more")
        for one in said
    )


def test_a_miss_that_may_be_chance_stands_last_and_says_so():
    said = shortfalls([90] * 14 + [10] * 86, [True, False] * 50)
    assert (
        said[-1] == "14\u202f% of deals are Green; rule of thumb: 15–35\u202f%; this may be chance."
    )


def test_a_grave_caution_leads_and_a_mild_one_follows_rules_surely_missed():
    said = shortfalls([90] * 40 + [10] * 40, [False] * 40 + [True] * 40, settings=Settings(looks=2))
    assert said[0].startswith("Red won more often than Green")
    assert "rule of thumb" in said[1]
    assert any(one.startswith("Held-out deals looked at: ") for one in said[2:])


@pytest.mark.parametrize("method", ["cross_checked", "no_deals"])
def test_what_was_not_measured_is_no_shortfall(method):
    assert not any("rule of thumb" in one for one in list_shortfalls(run(*market(), method=method)))
