"""Numbers, dates and lists are worded one way."""

import pytest

from icp_engine.wording.sentences import (
    quote,
    word_count,
    word_date,
    word_interval,
    word_list,
    word_number,
    word_sentence,
    word_share,
    word_with_unit,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234567, "1,234,567"),
        (1234.56, "1,235"),
        (12.34, "12"),
        (1.234, "1.2"),
        (0.0456, "0.046"),
        (0, "0"),
        (-2.5, "-2.5"),
        (float("nan"), "unknown"),
        (1.0, "1"),
        (100.4, "100"),
    ],
)
def test_numbers_have_two_significant_digits_and_thousands(value, words):
    assert word_number(value) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.43, "43\u2009%"),
        (0.004, "0.4\u2009%"),
        (0, "0\u2009%"),
        (1, "100\u2009%"),
        (None, "unknown"),
    ],
)
def test_shares_are_percentages(share, words):
    assert word_share(share) == words


def test_an_interval_needs_both_ends():
    assert word_interval(0.38, 0.49) == "38–49\u2009%"
    assert word_interval(None, 0.49) == word_interval(float("nan"), 0.49) == ""


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("$", "$1,200"),
        ("EUR", "EUR\u20091,200"),
        ("%", "1,200\u2009%"),
        ("days", "1,200\u2009days"),
        ("", "1,200"),
    ],
)
def test_units_stand_where_readers_expect_them(unit, words):
    assert word_with_unit(1200, unit) == words


def test_a_share_is_shown_as_a_percentage():
    assert word_with_unit(0.25, "share") == "25\u2009%"


def test_fragments_become_sentences():
    assert [word_sentence(text) for text in ("the usual", "Done.", " ")] == [
        "The usual.",
        "Done.",
        "",
    ]


def test_dates_counts_lists_and_quotes():
    assert word_date("2026-09-30") == "30 Sep 2026"
    assert word_date(None) == word_date("soon") == "unknown date"
    assert (word_count(1, "deal"), word_count(1204, "deal")) == ("1 deal", "1,204 deals")
    assert (word_list([]), word_list(["a"]), word_list(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert quote("a\nb " + "c" * 100, 10) == "“a b ccccc…”"
