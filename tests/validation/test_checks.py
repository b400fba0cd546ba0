"""Each planted fault is named by its check, and the innocent are acquitted."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.attributes.model import Withheld
from icp_engine.settings import Settings
from icp_engine.validation.checks import RULES
from icp_engine.validation.validate import Value
from tests.validation.validation_cases import RUBRIC, deal_frame, market, run, score_frame


def outcome(result, code):
    return next(check for check in result.checks if check.code == code).outcome


def leak(attribute):
    return Withheld(attribute, "leak-single", "how", "why", "what")


def test_a_sound_rubric_passes_every_check_that_applies():
    scores, deals = market(400, strength=1.5)
    result = run(scores, deals, derivation={"won": 400 * deals["won"].mean(), "accounts": 400})
    assert {check.outcome for check in result.checks} == {"passed", "not_applicable"}
    assert len(result.checks) == len(RULES) == len({check.code for check in result.checks})


def test_every_check_says_how_why_and_what():
    for rule in RULES:
        assert all(
            text.endswith(".") for text in (rule.how_detected, rule.why_it_matters, rule.what_to_do)
        )


def test_bands_upside_down_are_named():
    deals = deal_frame([False] * 40 + [True] * 40)
    result = run(score_frame([90] * 40 + [10] * 40), deals)
    assert outcome(result, "bands-out-of-order") == "caution"
    found = next(c for c in result.checks if c.code == "bands-out-of-order").finding
    assert found.startswith("Red won more often than Green, 100")


def test_a_chance_reversal_is_not_held_against_the_bands():
    deals = deal_frame([True, False, False, True, True] + [False] * 5)
    result = run(score_frame([90] * 3 + [70] * 3 + [10] * 4), deals)
    assert outcome(result, "bands-out-of-order") == "passed"


@pytest.mark.parametrize(("green", "code"), [(0.5, "too-generic"), (0.01, "too-narrow")])
def test_too_many_or_too_few_green_accounts_are_named(green, code):
    values = np.where(np.arange(200) < 200 * green, 90.0, 30.0)
    result = run(score_frame(values), deal_frame([True, False] * 100))
    cautions = {c.code for c in result.checks if c.outcome == "caution"} & {
        "too-generic",
        "too-narrow",
    }
    assert cautions == {code}


def test_few_events_are_named():
    assert outcome(run(*market(30)), "few-events") == "caution"
    assert outcome(run(*market(300)), "few-events") == "passed"


@pytest.mark.parametrize(("earlier", "expected"), [(0.1, "caution"), (None, "passed")])
def test_a_moved_win_rate_is_named(earlier, expected):
    scores, deals = market(300)
    rate = deals["won"].mean() if earlier is None else earlier
    assert (
        outcome(
            run(scores, deals, derivation={"won": 500 * rate, "accounts": 500}), "win-rate-moved"
        )
        == expected
    )


def test_deals_and_value_that_contradict_are_named():
    same, high = (
        score_frame(np.tile(np.arange(100), 5))["score"],
        score_frame(np.arange(50, 100))["score"],
    )
    scores, deals = market(400, strength=2)
    assert (
        outcome(run(scores, deals, value=Value((same, same))), "value-and-deals-disagree")
        == "caution"
    )
    assert (
        outcome(run(scores, deals, value=Value((high, same))), "value-and-deals-disagree")
        == "passed"
    )


def test_looks_are_named():
    assert outcome(run(*market(), settings=Settings(looks=2)), "holdout-looked-at") == "caution"


def test_a_withheld_column_that_scores_is_named():
    scores, deals = market()
    assert outcome(run(scores, deals, withheld=(leak("Industry"),)), "leak-used") == "caution"
    assert (
        outcome(run(scores, deals, settings=Settings(allow=("Industry",))), "leak-used")
        == "caution"
    )
    assert outcome(run(scores, deals, withheld=(leak("Handover"),)), "leak-used") == "passed"


def test_a_perfect_ranking_is_suspicious():
    deals = deal_frame([True] * 150 + [False] * 150)
    assert outcome(run(score_frame([90] * 150 + [10] * 150), deals), "too-good") == "caution"


def test_accounts_without_a_band_are_named():
    scores = score_frame([50] * 100, bands=["Not rated"] * 40 + ["Yellow"] * 60)
    assert (
        outcome(run(scores, deal_frame([True, False] * 50), RUBRIC), "many-not-rated") == "caution"
    )


def test_less_known_of_the_judged_accounts_is_named():
    scores, deals = market(100)
    others = score_frame([50.0] * 100, ids=[f"b{i}" for i in range(100)])
    thin = scores.assign(coverage=0.6)
    assert outcome(run(pd.concat([thin, others]), deals), "known-data-differs") == "caution"
    assert outcome(run(pd.concat([scores, others]), deals), "known-data-differs") == "passed"
