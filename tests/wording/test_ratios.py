"""Ratios keep two digits; one of a hundred or more is noise."""

import math

import pytest

from icp_engine.wording.numbers import NOT_KNOWN
from icp_engine.wording.ratios import ratio, ratio_estimate, ratio_interval, ratio_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.07, "3.1"),
        (0.352, "0.35"),
        (9.96, "10"),
        (15.4, "15"),
        (1234.0, "over 99"),
        (math.inf, "over 99"),
        (0.003, "under 0.01"),
        (0.0, "0"),
        (0.999, "1.0"),
        (5.0, "5.0"),
        (None, NOT_KNOWN),
        (math.nan, NOT_KNOWN),
    ],
)
def test_two_significant_digits_kept_where_they_are_noughts(value, text):
    assert ratio_number(value) == text


def test_the_sign_stands_behind_a_space_that_never_breaks():
    assert (ratio(2.84), ratio(None)) == ("2.8\u202f×", NOT_KNOWN)


def test_an_open_interval_has_no_upper_end():
    assert ratio_interval(2.04, 4.1) == "2.0–4.1\u202f×"
    assert ratio_interval(2.04, math.inf) == "2.0\u202f× or more"
    assert ratio_estimate(12.0, 3.04, math.inf) == "12\u202f× (3.0 or more)"


def test_limits_that_are_not_known_are_left_out():
    assert ratio_interval(math.nan, 4.1) == ratio_interval(2.0, None) == ""
    assert ratio_estimate(3.07, None, None) == "3.1\u202f×"
    assert ratio_estimate(3.07, 2.04, 4.8) == "3.1\u202f× (2.0–4.8)"
