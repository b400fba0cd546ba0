"""Money carries its currency in front; units stand where readers expect them."""

import pytest

from icp_engine.values.words.money_words import CODES_BY_SIGN
from icp_engine.wording.currency import CURRENCY_SIGNS, money, money_short
from icp_engine.wording.numbers import NOT_KNOWN
from icp_engine.wording.units import with_unit


@pytest.mark.parametrize(
    ("value", "currency", "long", "short"),
    [
        (12_400, "$", "$12,400", "$12.4k"),
        (12_400, "EUR", "€12,400", "€12.4k"),
        (-12_400, "CHF", "−CHF\u202f12,400", "−CHF\u202f12.4k"),
        (940, "USD", "$940", "$940"),
        (1_234_567.4, "INR", "₹1,234,567", "₹1.2M"),
        (-0.0, "USD", "$0", "$0"),
        (None, "USD", NOT_KNOWN, NOT_KNOWN),
        (float("nan"), "", NOT_KNOWN, NOT_KNOWN),
    ],
)
def test_money_is_exact_in_tables_and_short_in_sentences(value, currency, long, short):
    assert (money(value, currency), money_short(value, currency)) == (long, short)


def test_small_amounts_keep_two_digits():
    assert [money(value, "$") for value in (0.456, 4.5, 12.4)] == ["$0.46", "$4.5", "$12"]


def test_every_sign_we_write_is_read_as_the_same_currency():
    assert {code: CODES_BY_SIGN[sign] for code, sign in CURRENCY_SIGNS.items()} == {
        code: code for code in CURRENCY_SIGNS
    }


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("$", "$1,200"),
        ("EUR", "€1,200"),
        ("CHF", "CHF\u202f1,200"),
        ("%", "1,200\u202f%"),
        ("days", "1,200\u202fdays"),
        ("", "1,200"),
        ("score", "1,200"),
    ],
)
def test_units_stand_where_readers_expect_them(unit, words):
    assert with_unit(1200, unit) == words


def test_one_is_no_plural_and_a_share_is_a_percentage():
    assert (with_unit(1, "days"), with_unit(0.25, "share")) == ("1\u202fday", "25\u202f%")
