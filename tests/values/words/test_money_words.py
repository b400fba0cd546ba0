"""Every currency and every usual word for thousands is read, and units are no currencies."""

import pytest

from icp_engine.values.numbers import find_currency, names_scale, parse_number
from icp_engine.values.ranges import parse_range
from icp_engine.values.words.money_words import header_unit


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("10 T€", 10_000, "EUR"),
        ("10 TEUR", 10_000, "EUR"),
        ("12 TCHF", 12_000, "CHF"),
        ("$1.5T", 1.5e12, "USD"),
        ("5 kEUR", 5_000, "EUR"),
        ("3 Mrd. €", 3e9, "EUR"),
        ("12 tys. zł", 12_000, "PLN"),
        ("5 mil. Kč", 5e6, "CZK"),
        ("R$ 200 mil", 200_000, "BRL"),
        ("1,5 млн руб.", 1.5e6, "RUB"),
        ("5 mkr", 5e6, "SEK"),
        ("10 bin TL", 10_000, "TRY"),
        ("100万円", 1e6, "JPY"),
        ("3億5,000万円", 3.5e8, "JPY"),
        ("3500万元", 3.5e7, "CNY"),
        ("₹2.5 crore", 2.5e7, "INR"),
        ("₹12L", 1.2e6, "INR"),
        ("₦1,500,000", 1.5e6, "NGN"),
        ("GH₵500", 500, "GHS"),
        ("KSh 300", 300, "KES"),
        ("Rp 5.000.000", 5e6, "IDR"),
        ("R 1,200", 1_200, "ZAR"),
        ("AED 500", 500, "AED"),
        ("HK$ 300", 300, "HKD"),
    ],
)
def test_amounts_of_the_world(text, value, currency):
    assert (parse_number(text), find_currency(text)) == (pytest.approx(value), currency)


@pytest.mark.parametrize(
    "text",
    ["25 users", "120 seats", "10 Hours", "3 years", "15 utilisateurs", "40 Stunden", "7 usuarios"],
)
def test_a_unit_is_no_currency(text):
    assert parse_number(text) is not None
    assert find_currency(text) == ""


@pytest.mark.parametrize("text", ["TOP 10", "All 5", "10 T", "5 mil", "12 mad", "1億3億"])
def test_words_that_only_look_like_money_are_none(text):
    assert parse_number(text) is None


def test_bands_take_the_scale_that_the_currency_tells():
    assert parse_range("50-100 T€") == (50_000, 100_000)
    assert parse_range("under ₹5 lakh") == (None, 500_000)


def test_a_cell_with_a_scale_of_its_own_is_known():
    assert names_scale("10 T€")
    assert names_scale("1億2000万")
    assert not names_scale("10 €")


@pytest.mark.parametrize(
    ("header", "rest", "factor", "currency"),
    [
        ("Umsatz T€ H1/2017", "Umsatz H1/2017", 1e3, "EUR"),
        ("Revenue ($M)", "Revenue", 1e6, "USD"),
        ("Amount (USD '000)", "Amount", 1e3, "USD"),
        ("Revenue (in thousands)", "Revenue", 1e3, ""),
        ("revenue_in_millions", "revenue", 1e6, ""),
        ("CA en milliers", "CA", 1e3, ""),
        ("Faturamento (R$ mil)", "Faturamento", 1e3, "BRL"),
        ("Выручка, млн руб.", "Выручка", 1e6, "RUB"),
        ("売上（百万円）", "売上", 1e6, "JPY"),
        ("Sales ₹ crore", "Sales", 1e7, "INR"),
        ("Omsättning (mkr)", "Omsättning", 1e6, "SEK"),
        ("cost_micros", "cost", 1e-6, ""),
        ("amount_cents", "amount", 0.01, ""),
        ("Value (EUR)", "Value (EUR)", 1, ""),
        ("Per cent", "Per cent", 1, ""),
        ("Team", "Team", 1, ""),
        ("Time in minutes", "Time in minutes", 1, ""),
        ("Price per 1000", "Price per 1000", 1, ""),
    ],
)
def test_the_unit_of_a_header(header, rest, factor, currency):
    unit = header_unit(header)
    assert (unit.rest, unit.factor, unit.currency) == (rest, factor, currency)


@pytest.mark.parametrize(("header", "rest"), [("Bron", "Bron"), ("MwSt", "MwSt"), ("TEUR", "TEUR")])
def test_a_word_that_ends_like_a_currency_is_no_scale_of_it(header, rest):
    assert header_unit(header).rest == rest
    assert header_unit("Umsatz Teur").factor == 1000.0
