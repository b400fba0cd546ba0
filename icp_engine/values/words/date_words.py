"""Dates written with words: months and days of every language CLDR knows, quarters, halves, weeks.

Comes in: a text in lower case. Goes out: the year, month and day it names, or its year and week.
Separate because words need a table and a language, figures only an order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from icp_engine.values.plain_words import OWN_LETTERS
from icp_engine.values.reference_tables import read_reference

Named = tuple[Literal["day"], int, int, int] | tuple[Literal["week"], int, int]

# Where languages disagree about a word (Croatian “listopad” is October, Polish and Czech November)
# and nothing tells the language, the one further ahead counts.
_FIRST_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "cs", "uk", "ro", "sv", "hu"),
    *("da", "nb", "fi", "el", "id", "vi", "ar", "he", "hi", "th", "hr", "sr", "sk", "sl", "bg"),
)
# a word is letters with the marks above, below and between them, which are no letters to `re`
_TOKEN = re.compile(
    r"\d++|[^\W\d_](?:[^\W\d_]|"
    r"[^\w\s\x00-\u02ff\u2000-\u200b\u200e-\u206f\u3000-\u303f\uff00-\uffef])*+"
)
_BETWEEN = re.compile(r"[\s.,:/'’º°ª\u200c-\u200f\u05f3·-]*+")
# what stands around day, month and year in some language and names nothing
_FILLERS = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "of",
        "the",
        "de",
        "del",
        "d",
        "di",
        "da",
        "den",
        "dne",
        "le",
        "el",
        "il",
        "er",
        "e",
        "eme",
        "o",
        "a",
        "г",
        "года",
        "р",
        "року",
        "gada",
        "m",
        "ren",
        "ko",
        "ngay",
        "thang",
        "nam",
        "年",
        "年第",
        "第",
        "年の",
    ]
)
_QUARTERS = frozenset(
    [
        "q",
        "qtr",
        "quarter",
        "quartal",
        "quartale",
        "trimestre",
        "trim",
        "trimester",
        "t",
        "kvartal",
        "kvartali",
        "kvartalas",
        "kwartal",
        "kwartaal",
        "kw",
        "k",
        "ctvrtleti",
        "stvrtrok",
        "negyedev",
        "ceyrek",
        "trimestru",
        "кв",
        "квартал",
        "кварталі",
        "τριμηνο",
        "kuartal",
        "triwulan",
        "четверть",
        "四半期",
        "季度",
        "季",
        "분기",
        "ไตรมาส",
    ]
)
_HALVES = frozenset(
    [
        "h",
        "half",
        "hj",
        "halbjahr",
        "semestre",
        "semester",
        "semestr",
        "s",
        "polrocze",
        "pololeti",
        "yariyil",
        "halvar",
        "halvår",
        "半期",
        "半年",
        "반기",
    ]
)
_WEEKS = frozenset(
    [
        "w",
        "wk",
        "week",
        "weeks",
        "cw",
        "kw",
        "woche",
        "kalenderwoche",
        "semaine",
        "sem",
        "semana",
        "settimana",
        "uge",
        "vecka",
        "v",
        "uke",
        "viikko",
        "tydzien",
        "tyden",
        "het",
        "hafta",
        "неделя",
        "нед",
        "週",
        "周",
        "주",
    ]
)
_ACCENTS = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters only
# letters that are no accented ones, and how people without the key write them
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


PERIODS = _QUARTERS | _HALVES | _WEEKS  # words before or after the number of a part of a year


@lru_cache(maxsize=1)
def _month_words() -> dict[str, dict[str, int]]:
    """{word as it is compared: {language: month}}, from CLDR by way of babel."""
    found: dict[str, dict[str, int]] = {}
    for row in read_reference("date_words"):
        for month in range(1, 13):
            for word in row[str(month)].split("|"):
                for language in row["language"].split():
                    found.setdefault(compared(word), {})[language] = month
    return found


@lru_cache(maxsize=1)
def _day_words() -> frozenset[str]:
    """Names of the days of the week."""
    names = (row["days"].split("|") for row in read_reference("date_words"))
    return frozenset(compared(word) for row in names for word in row)


@lru_cache(maxsize=20_000)
def compared(text: str) -> str:
    """The letters of a month's name as they are compared: no accents, points, blanks or fillers."""
    words = [_plain(word) for word in _TOKEN.findall(text.casefold())]
    return "".join(word for word in words if word not in _FILLERS)


def _plain(word: str) -> str:
    if word.isascii():
        return word
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).translate(OWN_LETTERS)


def month_of(word: str, language: str = "") -> int:
    """The month a word names, 0 if it names none."""
    readings = _month_words().get(word) if word else None
    if not readings:
        return 0
    return readings.get(language) or readings[min(readings, key=language_rank)]


def language_rank(language: str) -> tuple[int, str]:
    """How far ahead a language stands where nothing tells."""
    known = language in _FIRST_LANGUAGES
    return (_FIRST_LANGUAGES.index(language) if known else len(_FIRST_LANGUAGES), language)


def languages_that_disagree(text: str) -> dict[str, int]:
    """{language: month} of a date in words whose month is another in another language; else empty."""
    split = _split(text.casefold())
    readings = _month_words().get(_month_word(split[1]), {}) if split else {}
    return readings if len(set(readings.values())) > 1 else {}


def languages_of(text: str) -> frozenset[str]:
    """The languages that know the month word of a date."""
    split = _split(text.casefold())
    return frozenset(_month_words().get(_month_word(split[1]), ())) if split else frozenset()


def parse_words(text: str, language: str = "") -> Named | None:
    """What a date with at least one word names: a day (the first of a month, quarter or half where
    no day stands), or a week; None if it is no date.
    """
    split = _split(text)
    if split is None:
        return None
    numbers, words, word_first = split
    if len(words) == 1 and len(numbers) == 2:
        period = _period(numbers, words[0], word_first=word_first)
        if period is not None:
            return period
    if len(words) == 2 and len(numbers) == 1 and words[0] in _ROMAN and words[1] in _QUARTERS:
        return _quarter([str(_ROMAN[words[0]]), numbers[0]])
    if not words and "th" in text and len(numbers) == 3:  # “ngày 5 tháng 1 năm 2024”
        return ("day", int(numbers[2]), int(numbers[1]), int(numbers[0]))
    month = month_of(_month_word(words), language)
    return _day(numbers, month, text) if month else None


def _split(text: str) -> tuple[list[str], list[str], bool] | None:
    """Numbers and telling words of a text, and whether a word stands first; None where it holds
    anything that no date holds.
    """
    if not any(letter.isdigit() for letter in text):
        return None
    tokens = _TOKEN.findall(text)
    if not 2 <= len(tokens) <= 9 or _BETWEEN.fullmatch(_TOKEN.sub("", text)) is None:
        return None
    numbers = [token for token in tokens if token[0].isdigit()]
    spelled = [_plain(token) for token in tokens if not token[0].isdigit()]
    words = [word for word in spelled if word not in _FILLERS]
    if len(numbers) > 3 or any(len(number) > 4 for number in numbers):
        return None
    return numbers, words, not tokens[0][0].isdigit()


def _month_word(words: list[str]) -> str:
    """The words that name a month, as they are looked up: all, or all but the day of the week."""
    joined = "".join(words)
    if joined in _month_words() or len(words) < 2:
        return joined
    return "".join(words[1:]) if words[0] in _day_words() else joined


def _day(numbers: list[str], month: int, text: str) -> Named | None:
    """Day, month and year by the place of the year: “2024. január 5.”, “5 Jan 2024”, “Jan 2024”."""
    if len(numbers) == 1:
        named = len(numbers[0]) == 4 or (len(numbers[0]) == 2 and any(s in text for s in "'’"))
        return ("day", _year(numbers[0]), month, 1) if named else None
    if len(numbers) != 2:
        return None
    year, day = reversed(numbers) if len(numbers[0]) < 4 else numbers
    return ("day", _year(year), month, int(day)) if len(day) < 3 and len(year) != 1 else None


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else int(text) + (2000 if int(text) < 69 else 1900)


def _period(numbers: list[str], word: str, *, word_first: bool) -> Named | None:
    """A quarter, a half or a week of a year: “Q3 2024”, “3. Quartal 2024”, “2024 KW 31”."""
    year_last = len(numbers[0]) < 4
    number, year = numbers if year_last else reversed(numbers)
    if len(year) not in (2, 4) or len(number) > 2:
        return None
    week = word in _WEEKS and (word not in _QUARTERS or word_first or not year_last)
    if week and len(year) == 4 and int(number) <= 53:
        return ("week", int(year), int(number))
    if len(number) > 1:
        return None
    return _quarter([number, year]) if word in _QUARTERS else _half(number, year, word)


def _quarter(numbers: list[str]) -> Named | None:
    number, year = int(numbers[0]), _year(numbers[1])
    return ("day", year, 3 * number - 2, 1) if 1 <= number <= 4 else None


def _half(number: str, year: str, word: str) -> Named | None:
    known = word in _HALVES and number in ("1", "2")
    return ("day", _year(year), 6 * int(number) - 5, 1) if known else None
