"""Numbers read alike everywhere, and text from files never acts as Markdown."""

import pandas as pd
import pytest

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
