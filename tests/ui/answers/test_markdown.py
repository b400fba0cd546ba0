"""Numbers read alike everywhere, and text from files never acts as Markdown."""

import pandas as pd
import pytest

from icp_engine.types import Estimate
from icp_engine.wording.numbers import (
    count,
    date,
    money,
    number,
    number_interval,
    percent,
    percent_interval,
    plural,
)
from icp_engine.wording.shares import money_short
from ui.answers import markdown


@pytest.mark.parametrize(
    "hostile",
    [
        "**bold**",
        "[x](http://evil)",
        "![i](http://evil/i.png)",
        "<b>x</b>",
        ":red[x]",
        "$x^2$",
        "`code`",
        "# title",
        "a|b",
        "~~x~~",
        ":material/home:",
    ],
)
def test_no_sign_with_a_meaning_is_left_bare(hostile):
    shown = markdown.plain(hostile)
    bare = [
        sign
        for position, sign in enumerate(shown)
        if sign in "*[]<>`#|~$:_!"
        and (position == 0 or shown[position - 1] != "\\")
        and not (sign == ":" and position + 1 == len(shown))
    ]
    assert bare == []


def test_escaped_text_reads_as_it_was():
    text = "Fin_Tech [EU] * 3 < 5: $10–$50"
    assert markdown.plain(text).replace("\\", "") == text


def test_signs_that_mean_nothing_stay_bare_for_those_who_listen():
    assert (
        markdown.plain("Tech stack: Snowflake, first_order_amount!")
        == "Tech stack: Snowflake, first_order_amount!"
    )
    assert markdown.plain("_under_ __x__") == "\\_under\\_ \\_\\_x\\_\\_"


def test_a_line_that_would_become_a_list_stays_a_line():
    assert markdown.plain("1. first") == "1\\. first"
    assert markdown.plain("- first") == "\\- first"


def test_line_breaks_become_blanks():
    assert markdown.plain("a\n\n# b") == "a \\# b"


def test_numbers_have_separators_and_two_digits():
    assert [count(1234), number(0.7777), number(1234.5), number(None)] == [
        "1,234",
        "0.78",
        "1,234",
        "not known",
    ]


def test_percent_has_a_thin_space():
    assert percent(0.631) == "63\u202f%"
    assert percent(float("nan")) == "not known"


def test_an_interval_names_both_ends_or_nothing():
    assert percent_interval(Estimate(0.5, 0.41, 0.78, 40)) == "41–78\u202f%"
    assert percent_interval(Estimate(0.5, None, None, 1)) == ""
    assert number_interval(Estimate(2.6, 1.9, 3.4, 40)) == "1.9–3.4"


def test_money_and_dates():
    assert (money(12400, "$"), money(12400, "EUR")) == ("$12,400", "€12,400")
    assert (money(-12400, "CHF"), money_short(-12400, "CHF")) == (
        "−CHF\u202f12,400",
        "−CHF\u202f12.4k",
    )
    assert date("2026-09-30") == "30 Sep 2026"
    assert date(None) == "not known"


def test_plural():
    assert [plural(amount, "deal") for amount in (0, 1, 2)] == [
        "0 deals",
        "1 deal",
        "2 deals",
    ]


def test_a_table_of_deals_writes_its_amounts_as_the_text_does():
    table = pd.DataFrame(
        {"Amount": [12_000.0, None], "Days open": [19.0, 3.0], "Score": [60.5, 33.0]}
    )
    said = markdown.written(table, "USD").to_string()
    assert (
        "$12,000" in said
        and "—" in said
        and "60.5" in said
        and "33.0" in said
        and "19.0" not in said
    )
