"""A lower band that won more often is said, with intervals, and whether chance can explain it."""

import pytest

from icp_engine.validation.band_order import find_reversals, order_sentence
from tests.validation.validation_cases import deal_frame, run, score_frame


def bands(green, yellow, red=(0, 0)):
    """Bands of one deal an account: (accounts, won) each."""
    won = [one for n, wins in (green, yellow, red) for one in [True] * wins + [False] * (n - wins)]
    scores = [90] * green[0] + [70] * yellow[0] + [10] * red[0]
    return run(score_frame(scores), deal_frame(won)).bands


def test_bands_in_order_say_nothing():
    assert order_sentence(bands((10, 8), (10, 5), (10, 5))) == ""


def test_a_reversal_by_chance_is_said_with_its_intervals():
    sentence = order_sentence(bands((16, 5), (16, 6), (30, 1)))
    assert sentence == (
        "Yellow won more often than Green, 38\u202f% (18–61) against 31\u202f% (14–56), "
        "which chance can explain."
    )


def test_a_reversal_beyond_chance_comes_first_and_says_so():
    first, *_others = find_reversals(bands((10, 3), (10, 4), (100, 90)))
    assert (first.lower, first.higher, first.could_be_chance) == ("Red", "Green", False)
    assert first.sentence.endswith("more than chance can explain.")


@pytest.mark.parametrize("green", [(0, 0), (5, 5)])
def test_an_empty_band_is_never_passed(green):
    assert find_reversals(bands(green, (0, 0), (10, 4))) == ()


def test_withheld_rates_are_not_compared():
    found = bands((10, 2), (10, 8)).assign(win_rate=float("nan"))
    assert find_reversals(found) == ()
