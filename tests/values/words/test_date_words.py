"""Dates with words are read in any language; what is no date stays none."""

import datetime

import pandas as pd
import pytest

from icp_engine.values.dates import parse_date, parse_dates
from icp_engine.values.words.date_words import language_rank, languages_of, parse_words

FIFTH = datetime.date(2024, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "5 jan. 2024",  # Dutch
        "5 stycznia 2024",
        "5. ledna 2024",
        "5 ocak 2024",
        "5 января 2024 г.",
        "2024. január 5.",
        "2024 m. sausio 5 d.",
        "2024. gada 5. janvāris",
        "5 ม.ค. 2024",
        "5 de enero de 2024",
        "5 tammikuuta 2024",
        "5 Ιανουαρίου 2024",
        "5 يناير 2024",
        "vendredi 5 janvier 2024",
        "ngày 5 tháng 1 năm 2024",
        "令和6年1月5日",
        "05Jan2024",
        "Jan-05-24",
    ],
)
def test_a_day_is_read_in_any_language(text):
    assert parse_date(text) == FIFTH


def test_the_first_of_a_month_has_its_own_ending_in_french():
    assert parse_date("1er janvier 2024") == datetime.date(2024, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("Q3 2024", "2024-Q3", "2024Q3", "3Q24", "Q3/24", "3. Quartal 2024", "3e trimestre 2024"),
        *(
            "III kwartał 2024",
            "3 кв. 2024",
            "2024年第3四半期",
            "T3 2024",
            "H2 2024",
            "2. Halbjahr 2024",
        ),
    ],
)
def test_a_quarter_or_half_is_its_first_day(text):
    assert parse_date(text) == datetime.date(2024, 7, 1)


@pytest.mark.parametrize(
    "text", ["2024-W31", "2024W31", "2024-W31-1", "KW 31/2024", "W31 2024", "semana 31 2024"]
)
def test_a_week_is_its_monday(text):
    assert parse_date(text) == datetime.date(2024, 7, 29)


@pytest.mark.parametrize(
    "text",
    ["A-0001", "Room 5 2024", "Series A 2024", "Q5 2024", "Company 277", "W60 2024", "5 2024"],
)
def test_other_words_beside_figures_are_no_date(text):
    assert parse_date(text) is None


def test_a_month_that_languages_disagree_about_is_read_in_the_language_told():
    assert parse_words("10. listopada 2023") == ("day", 2023, 11, 10)
    assert parse_words("10. listopada 2023", "hr") == ("day", 2023, 10, 10)
    assert {"hr", "pl"} <= languages_of("10. listopada 2023")
    assert language_rank("pl") < language_rank("hr") < language_rank("zu")


@pytest.mark.parametrize(
    "text",
    [
        *("1712345678", "1712345678000", "1712345678000000", "1712345678000000000"),
        *("/Date(1712345678000)/", "/Date(1712345678000+0200)/", "638479424780000000"),
        *("2024-04-05 21:34:38 CEST", "2024-04-05T21:34:38+02:00[Europe/Berlin]"),
        "Fri Apr 05 2024 21:34:38 GMT+0200 (Central European Summer Time)",
    ],
)
def test_moments_of_machines_are_read(text):
    assert parse_dates(pd.Series([text])).dt.date.tolist() == [datetime.date(2024, 4, 5)]


def test_moments_with_and_without_a_zone_stand_in_one_column():
    mixed = pd.Series(["2024-03-01T10:00:00Z", "2024-03-01 10:00", "2024-03-01T12:00:00.5+02:00"])
    assert parse_dates(mixed).dt.floor("s").nunique() == 1
