"""Shares round alike in sentences, tables and charts, with a space that never breaks."""

import math

import pytest

from icp_engine.types import Estimate
from icp_engine.wording.numbers import NOT_KNOWN
from icp_engine.wording.shares import (
    hundred_interval,
    in_hundred,
    in_hundred_estimate,
    percent,
    percent_estimate,
    percent_interval,
    times_in_hundred,
)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.631, "63\u202f%"),
        (0.004, "0.4\u202f%"),
        (0.0098, "1\u202f%"),
        (0.0001, "under 0.1\u202f%"),
        (0, "0\u202f%"),
        (1, "100\u202f%"),
        (None, NOT_KNOWN),
        (math.nan, NOT_KNOWN),
    ],
)
def test_shares_are_percentages(share, words):
    assert percent(share) == words


def test_an_interval_needs_both_ends():
    assert percent_interval(0.38, 0.49) == "38–49\u202f%"
    assert percent_interval(0.002, 0.03) == "0.2–3\u202f%"
    assert percent_interval(None, 0.49) == percent_interval(math.nan, 0.49) == ""


def test_an_estimate_carries_its_interval_where_it_has_one():
    assert percent_estimate(Estimate(0.43, 0.38, 0.49, 9)) == "43\u202f% (38–49\u202f%)"
    assert percent_estimate(Estimate(0.43, None, None, 9)) == "43\u202f%"
    assert percent_estimate(Estimate(None, None, None, 0)) == percent_estimate(None) == NOT_KNOWN


def test_rankings_are_times_in_a_hundred():
    auc = Estimate(0.78, 0.63, 0.89, 60)
    assert times_in_hundred(auc) == "78 times in 100 (63–89)"
    assert in_hundred_estimate(auc) == "78 (63–89)"
    assert (in_hundred(0.78), hundred_interval(0.63, 0.89)) == ("78", "63–89")
    assert NOT_KNOWN in times_in_hundred(Estimate(None, None, None, 0))
