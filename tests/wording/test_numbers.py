"""Numbers are written one way: two significant digits unless exact, thousands separated."""

import math

import numpy as np
import pandas as pd
import pytest

from icp_engine.types import Estimate
from icp_engine.wording.numbers import (
    NOT_KNOWN,
    count,
    number,
    number_estimate,
    number_interval,
    of,
    plural,
    show_number,
    show_points,
    show_step,
    show_times,
)

MISSING = [None, math.nan, math.inf, pd.NA, pd.NaT, np.float64("nan")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234567, "1,234,567"),
        (1234.56, "1,235"),
        (12.34, "12"),
        (1.234, "1.2"),
        (0.7777, "0.78"),
        (0.0456, "0.046"),
        (0.0000123, "0.000012"),
        (0, "0"),
        (-2.5, "-2.5"),
        (1.0, "1"),
        (100.4, "100"),
        (99.7, "100"),
        (9.97, "10"),
        (np.int64(1204), "1,204"),
        (np.float32(0.5), "0.5"),
    ],
)
def test_numbers_have_two_significant_digits_unless_exact(value, words):
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(123.456, 4, "123.5"), (1234.5, 4, "1,234"), (73.44, 3, "73.4"), (12.5, 10, "12.5")],
)
def test_more_digits_can_be_asked_for(value, digits, words):
    assert number(value, digits) == words


@pytest.mark.parametrize("write", [number, count])
@pytest.mark.parametrize("value", MISSING)
def test_there_is_one_word_for_what_is_missing(write, value):
    assert write(value) == NOT_KNOWN == "not known"


def test_counts_are_whole_with_thousands_separated():
    assert [count(value) for value in (0, 7, 1234.4, np.int64(2_000_000), -0.4)] == [
        "0",
        "7",
        "1,234",
        "2,000,000",
        "0",
    ]


def test_an_interval_needs_both_ends():
    assert number_interval(1.9, 3.4) == "1.9–3.4"
    assert number_interval(None, 3.4) == number_interval(1.9, math.nan) == ""


def test_an_estimate_carries_its_interval_where_it_has_one():
    assert number_estimate(Estimate(1.34, 1.12, 1.6, 40)) == "1.3 (1.1–1.6)"
    assert number_estimate(Estimate(1.34, None, None, 40)) == "1.3"
    assert number_estimate(Estimate(None, None, None, 0)) == NOT_KNOWN


@pytest.mark.parametrize(
    ("change", "digits", "expected"),
    [
        (4.32, 1, "+4.3"),
        (-1.0, 1, "−1.0"),
        (-0.04, 1, "0.0"),
        (0.0, 1, "0.0"),
        (4.4, 0, "+4"),
        (-0.2, 0, "0"),
    ],
)
def test_a_step_has_a_true_sign_unless_it_rounds_to_nothing(change, digits, expected):
    assert show_step(change, digits) == expected


def test_parts_name_their_whole_and_one_is_no_plural():
    assert of(11, 1500, "deals") == "11 of 1,500 deals"
    assert [plural(amount, "deal") for amount in (0, 1, 1204)] == [
        "0 deals",
        "1 deal",
        "1,204 deals",
    ]
    assert plural(2, "criterion", "criteria") == "2 criteria"


def test_often_is_said_as_people_say_it():
    assert [show_times(often) for often in (1, 2, 3, 1000)] == [
        "once",
        "twice",
        "3 times",
        "1,000 times",
    ]


def test_short_numbers_carry_their_scale_and_points_one_decimal_at_most():
    assert [
        show_number(value) for value in (9999, 27_353, 1.5e6, -12_000, 999_999_999_999_999)
    ] == [
        "9999",
        "27.4k",
        "1.5M",
        "−12k",
        "1000000B",
    ]
    assert [show_points(value) for value in (4.0, 4.26)] == ["4", "4.3"]
