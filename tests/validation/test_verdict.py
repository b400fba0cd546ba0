"""The verdict says what the interval stands for, and never more."""

import numpy as np
import pytest

from icp_engine.settings import Settings
from icp_engine.stats.auc import newcombe_interval
from icp_engine.types import Estimate
from icp_engine.validation.validate import Value
from icp_engine.validation.verdict import accounts_needed, after_looks, level_of, ranking_sentence
from tests.validation.validation_cases import (
    NO_CRITERIA,
    RUBRIC,
    deal_frame,
    market,
    run,
    score_frame,
)


@pytest.mark.parametrize(
    ("low", "high", "level"),
    [
        (0.65, 0.9, "strong"),
        (0.649, 0.9, "moderate"),
        (0.55, 0.9, "moderate"),
        (0.549, 0.9, "weak"),
        (0.501, 0.9, "weak"),
        (0.50, 0.599, "none"),
        (0.50, 0.60, "too_little_data"),
        (0.2, 0.55, "none"),
    ],
)
def test_level_follows_the_interval(low, high, level):
    assert level_of(Estimate((low + high) / 2, low, high, 100)) == level


def test_no_interval_is_too_little_data():
    assert level_of(Estimate(None, None, None, 0)) == "too_little_data"


def test_ranking_reads_as_plain_words():
    sentence = ranking_sentence(Estimate(0.778, 0.634, 0.889, 90))
    assert sentence == "ranks a won deal above a lost one 78 times in 100 (63–89)"


def test_a_real_signal_is_claimed_with_its_bands():
    result = run(*market(400, strength=2))
    assert result.verdict.level == "strong"
    green, _, red, _ = result.bands.itertuples()
    said = f"Green won {green.won} of {green.deals} deals and Red {red.won} of {red.deals}: "
    assert result.sentence.startswith(said)
    assert "took no part" in result.verdict.because[0]


def test_without_signal_nothing_is_claimed():
    levels = [run(*market(150, strength=0, seed=seed)).verdict.level for seed in range(60)]
    assert sum(level in ("moderate", "strong") for level in levels) <= 1
    assert sum(level == "weak" for level in levels) <= 5


def test_looks_take_the_best_verdict_away():
    result = run(*market(400, strength=2), settings=Settings(looks=1))
    assert result.verdict.level == "moderate"
    assert any("new deals" in reason for reason in result.verdict.because)


def test_each_look_asks_for_a_better_lower_limit():
    seen = Estimate(0.68, 0.56, 0.78, 100)
    limits = [after_looks(seen, looks).low for looks in (0, 1, 4, 20)]
    assert (
        limits[0] == 0.56
        and limits == sorted(limits, reverse=True)
        and limits[1] < 0.55 < limits[0]
    )
    assert after_looks(seen, 1).high > seen.high


def test_who_tries_rubrics_until_one_pleases_is_rarely_told_it_is_proven():
    """Twenty rubrics of noise on one set of deals: the best of them is called proven as rarely as
    one alone.
    """
    draw, claimed = np.random.default_rng(5), 0
    for _ in range(60):
        tries = [newcombe_estimate(draw.normal(size=60), draw.normal(size=60)) for _ in range(20)]
        levels = [level_of(after_looks(auc, looks)) for looks, auc in enumerate(tries)]
        claimed += any(level in ("weak", "moderate", "strong") for level in levels)
    assert claimed <= 8


def newcombe_estimate(won, lost):
    auc = float((won[:, None] > lost[None, :]).mean())
    low, high = newcombe_interval(auc, len(won), len(lost))
    return Estimate(auc, float(low), float(high), len(won) + len(lost))


def test_under_ten_and_ten_it_says_how_many_are_missing():
    result = run(score_frame([90] * 6 + [10] * 12), deal_frame([True] * 6 + [False] * 12))
    assert result.verdict.level == "too_little_data"
    assert "at least 4 more won are needed" in result.verdict.sentence


def test_too_few_by_the_hold_out_is_too_little_whatever_the_scores():
    result = run(
        score_frame([90] * 3 + [10] * 3), deal_frame([True] * 3 + [False] * 3), method="too_little"
    )
    assert result.verdict.level == "too_little_data"
    assert result.metrics["auc"].value is None
    assert "7 more won and 7 more lost" in result.verdict.sentence


def test_scores_fitted_on_the_same_deals_prove_nothing():
    result = run(*market(400, strength=2), method="final")
    assert result.verdict.level == "too_little_data"
    assert result.metrics["auc"].value is None and result.metrics["win_rate_green"].value is None
    assert result.bands["win_rate"].isna().all()


def test_cross_fitted_scores_are_named_as_such():
    result = run(*market(400, strength=2), method="cross_checked", cross_fitted=True)
    assert result.verdict.level == "strong"
    assert "Cross-checked, not held out" in result.verdict.because[0]


def test_a_rubric_without_criteria_says_that_nothing_tells_buyers():
    scores = score_frame([50.0] * 80, bands="Not rated")
    result = run(
        scores,
        deal_frame([True, False] * 40),
        NO_CRITERIA.model_copy(update={"learned_from": "won"}),
    )
    assert result.verdict.level == "none"
    assert "carry no ideal customer profile" in result.verdict.sentence


def test_nothing_found_in_too_few_accounts_is_no_finding():
    result = run(
        score_frame([50.0] * 30, bands="Not rated"), deal_frame([True, False] * 15), NO_CRITERIA
    )
    assert result.verdict.level == "too_little_data" and result.proven == "neither"


def test_the_verdict_names_deals_value_or_both():
    scores, deals = market(300, strength=3)
    high, same = score_frame(range(60, 100))["score"], score_frame(range(20, 90))["score"]
    for value, proven, words in (
        (None, "deals", "value not tested"),
        ((high, same), "both", "on deals and on value"),
        ((same, same), "deals", "on deals, not on value"),
    ):
        result = run(scores, deals, value=Value(value))
        assert result.proven == proven and words in result.verdict.sentence
        assert result.ideal == (proven == "both")


def test_proof_on_value_alone_is_said_beside_no_signal_on_deals():
    scores, deals = market(800, strength=0)
    value = (score_frame(range(60, 100))["score"], score_frame(range(20, 90))["score"])
    result = run(scores, deals, value=Value(value))
    assert result.verdict.level == "none" and result.proven == "value" and not result.ideal
    assert "It does rank a best customer above another one" in result.verdict.sentence


def test_without_deals_value_alone_is_proven_and_it_says_so():
    value = (score_frame(range(50, 90))["score"], score_frame(range(20, 70))["score"])
    result = run(score_frame([50]), deal_frame([]), method="no_deals", value=Value(value))
    assert result.verdict.sentence.startswith(
        "Not tested on deals; on value, it ranks a best customer"
    )
    assert result.verdict.level == "strong"
    assert result.metrics["auc"].value is None and result.permutation_p is None


def test_without_deals_and_without_value_nothing_is_proven():
    result = run(score_frame([50]), deal_frame([]), method="no_deals")
    assert result.verdict.level == "too_little_data"


def test_more_accounts_are_asked_for_when_less_is_known():
    few = accounts_needed(Estimate(0.6, 0.4, 0.8, 24), 12, 12)
    many = accounts_needed(Estimate(0.6, 0.48, 0.7, 80), 40, 40)
    assert few[0] > many[0] >= 0 and few[1] > many[1] >= 0
    assert 12 + few[0] < 100


def test_a_changed_rubric_is_not_proven_by_the_deals_it_was_fitted_to():
    learned = RUBRIC.model_copy(update={"learned_from": "both"})
    options = {"method": "cross_checked", "cross_fitted": True}
    changed = run(*market(400, strength=2), learned, settings=Settings(rubric=learned), **options)
    assert changed.verdict.level == "too_little_data" and "flatters" in changed.verdict.sentence
    assert (
        run(
            *market(400, strength=2), RUBRIC, settings=Settings(rubric=RUBRIC), **options
        ).verdict.level
        == "strong"
    )
    assert (
        run(*market(400, strength=2), learned, settings=Settings(rubric=learned)).verdict.level
        == "strong"
    )


def test_value_is_not_proven_by_the_customers_a_changed_rubric_was_fitted_to():
    learned = RUBRIC.model_copy(update={"learned_from": "best"})
    value = (score_frame(range(50, 90))["score"], score_frame(range(20, 70))["score"])
    options = {"method": "no_deals", "value": Value(value), "settings": Settings(rubric=learned)}
    result = run(score_frame([50]), deal_frame([]), learned, **options)
    assert (
        result.verdict.level == "too_little_data"
        and "not proven on value" in result.verdict.sentence
    )


def test_after_looks_more_accounts_are_asked_for():
    seen = Estimate(0.66, 0.48, 0.78, 60)
    assert (
        accounts_needed(seen, 20, 25)
        < accounts_needed(seen, 20, 25, 3)
        < accounts_needed(seen, 20, 25, 9)
    )
