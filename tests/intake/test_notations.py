"""What is printed in a supported notation parses back to the value it was printed from."""

import datetime
import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icp_engine.values.dates import parse_date
from icp_engine.values.numbers import find_currency, parse_number
from icp_engine.values.parse import parse_column, split_tags
from icp_engine.values.ranges import parse_range, range_label
from icp_engine.values.reference_tables import read_reference
from icp_engine.values.rule import ColumnRule
from icp_engine.values.words.money_words import CODES_BY_SIGN, SCALES, WORDS_TOO

STEADY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
MARKS = st.sampled_from(
    [
        (",", "."),
        (".", ","),
        (" ", ","),
        ("\u00a0", ","),
        ("\u202f", ","),
        ("'", "."),
        ("’", "."),
        ("", "."),
    ]
)
SIGNS = st.sampled_from(sorted(CODES_BY_SIGN))
DAYS = st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31))
TAGS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzABCDÄÖé0123456789 ", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda tag: any(letter.isalpha() for letter in tag)),
    min_size=1,
    max_size=6,
    unique_by=str.casefold,
)


def printed(cents, thousands, decimal):
    whole, rest = divmod(abs(cents), 100)
    return f"{whole:,}".replace(",", thousands) + f"{decimal}{rest:02d}"


@STEADY
@given(st.integers(0, 10**12), MARKS, SIGNS, st.sampled_from(["{c}{n}", "{c} {n}", "{n} {c}"]))
def test_money_in_every_currency_and_grouping(cents, marks, sign, frame):
    if sign == "r":
        frame = "{c} {n}"  # rand stand in front
    spelled = sign.upper() if sign in WORDS_TOO else sign
    amount = frame.format(c=spelled, n=printed(cents, *marks))
    assert parse_number(amount) == pytest.approx(cents / 100, rel=1e-12)
    assert find_currency(amount) == CODES_BY_SIGN[sign]


@STEADY
@given(
    st.integers(1, 10**9),
    st.sampled_from(["-{}", "−{}", "({})", "{}-", "-${}", "$-{}", "(${})", "- {} €"]),
)
def test_negative_money_in_every_notation(cents, frame):
    assert parse_number(frame.format(printed(cents, ",", "."))) == pytest.approx(-cents / 100)


@STEADY
@given(
    st.integers(1, 9_999),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(["{n}{s}", "{n} {s}", "${n} {s}", "{n} {s} €"]),
)
def test_money_with_every_scale_word(tenths, scale, frame):
    amount = frame.format(n=f"{tenths / 10:g}", s=scale.title())
    assert parse_number(amount) == pytest.approx(tenths / 10 * SCALES[scale])


@STEADY
@given(st.integers(-9_999, 9_999), st.sampled_from(["{}%", "{} %"]))
def test_percent_in_both_notations(tenths, frame):
    value = parse_column(
        pd.Series([frame.format(f"{tenths / 10:.1f}")]), ColumnRule(type="percent")
    ).iloc[0]
    assert value == pytest.approx(tenths / 10)


BETWEEN = (
    "{}-{}",
    "{} - {}",
    "{}–{}",
    "{} — {}",
    "{}‑{}",
    "{} to {}",
    "from {} to {}",
    "between {} and {}",
    "{} bis {}",
    "von {} bis {}",
    "zwischen {} und {}",
    "de {} à {}",
    "entre {} y {}",
    "{} до {}",
    "{}..{}",
    "{}~{}",
)
ABOVE = (
    "{}+",
    "{} +",
    "more than {}",
    "over {}",
    "> {}",
    ">= {}",
    "≥{}",
    "{} or more",
    "{} and above",
    "{} plus",
    "über {}",
    "mehr als {}",
    "mindestens {}",
    "plus de {}",
    "más de {}",
    "{} oder mehr",
    "{} et plus",
    "{} o más",
    "at least {}",
)
BELOW = (
    "<{}",
    "< {}",
    "<= {}",
    "≤{}",
    "under {}",
    "less than {}",
    "up to {}",
    "{} or less",
    "unter {}",
    "weniger als {}",
    "moins de {}",
    "menos de {}",
    "fewer than {}",
    "at most {}",
)
BOUNDS = st.sampled_from(
    [
        ("{:,}", ""),
        ("{}", ""),
        ("${:,}", ""),
        ("€{:,}", ""),
        ("{:,}", " employees"),
        ("{:,}", " Mitarbeiter"),
    ]
)


@STEADY
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(BETWEEN), BOUNDS)
def test_bands_with_two_ends(low, width, frame, bound):
    shape, unit = bound
    band = frame.format(shape.format(low), shape.format(low + width)) + unit
    assert parse_range(band) == (low, low + width)


@STEADY
@given(st.integers(1, 10**6), st.sampled_from(ABOVE), BOUNDS)
def test_bands_open_above(low, frame, bound):
    assert parse_range(frame.format(bound[0].format(low)) + bound[1]) == (low, None)


@STEADY
@given(st.integers(1, 10**6), st.sampled_from(BELOW), BOUNDS)
def test_bands_open_below(high, frame, bound):
    assert parse_range(frame.format(bound[0].format(high)) + bound[1]) == (None, high)


@STEADY
@given(
    st.integers(1, 99),
    st.integers(100, 999),
    st.sampled_from(["k", "K", "M", " million", " Mio.", "B", " bn"]),
    st.booleans(),
    st.sampled_from(["", "$", "€"]),
)
def test_bands_with_scale_words_at_one_end_or_both(low, high, scale, both, sign):
    factor = SCALES[scale.strip().casefold()]
    band = f"{sign}{low}{scale if both else ''} - {sign}{high}{scale}"
    assert parse_range(band) == (low * factor, high * factor)


@STEADY
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_canonical_label_means_the_band_it_was_made_from(low, width):
    for limits in (
        (float(low), float(low + width)),
        (float(low), None),
        (None, float(low + width)),
    ):
        assert parse_range(range_label(limits)) == limits


MONTH_WORDS = [
    (row["language"].split()[0], month, word)
    for row in read_reference("date_words")
    for month in range(1, 13)
    for word in row[str(month)].split("|")
]
NUMERIC = (
    ("%Y-%m-%d", "ymd"),
    ("%Y/%m/%d", "ymd"),
    ("%d.%m.%Y", "dmy"),
    ("%d/%m/%Y", "dmy"),
    ("%d-%m-%Y", "dmy"),
    ("%m/%d/%Y", "mdy"),
    ("%d.%m.%y", "dmy"),
    ("%m/%d/%y", "mdy"),
    ("%d %b %Y", "ymd"),
    ("%d-%b-%y", "ymd"),
    ("%B %d, %Y", "ymd"),
    ("%a, %d %b %Y", "ymd"),
    ("%Y-%m-%d %H:%M:%S", "ymd"),
    ("%m/%d/%Y %I:%M %p", "mdy"),
    ("%Y-%m-%dT%H:%M:%SZ", "ymd"),
    ("%d.%m.%Y %H:%M", "dmy"),
    ("%Y年%m月%d日", "ymd"),
    ("%Y%m%d", "ymd"),
)


@STEADY
@given(DAYS, st.sampled_from(NUMERIC))
def test_dates_in_every_notation(day, notation):
    shape, order = notation
    read = parse_column(
        pd.Series([day.strftime(shape)]), ColumnRule(type="date", date_order=order)
    ).iloc[0]
    assert read.date() == day


@STEADY
@given(
    DAYS,
    st.sampled_from(MONTH_WORDS),
    st.sampled_from(["{d}. {m} {y}", "{d} {m} {y}", "{m} {d}, {y}", "{d} de {m} de {y}"]),
)
def test_dates_with_month_names_of_every_language(day, named, frame):
    language, month, name = named
    day = datetime.date(day.year, month, min(day.day, 28))
    written = frame.format(d=day.day, m=name.title(), y=day.year)
    assert parse_date(written, language=language) == day


@STEADY
@given(DAYS.filter(lambda day: day.year >= 1982))
def test_dates_as_serials_and_epochs(day):
    stamp = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    serial = str((day - datetime.date(1899, 12, 30)).days)
    for number in (serial, str(int(stamp.timestamp() * 1000))):
        assert parse_column(pd.Series([number]), ColumnRule(type="date")).iloc[0].date() == day


@STEADY
@given(TAGS, st.sampled_from([";", ",", "|", "\n", " / ", "; ", ", ", " | "]))
def test_tags_between_every_separator(tags, separator):
    assert split_tags(separator.join(tags), separator.strip(" ") or separator) == [
        " ".join(tag.split()) for tag in tags
    ]


@STEADY
@given(TAGS, st.sampled_from([json.dumps, repr, lambda tags: json.dumps(tags, ensure_ascii=False)]))
def test_tags_as_lists_of_json_and_python(tags, write):
    assert split_tags(write(tags), ",") == tags


def test_a_band_has_one_middle_where_a_number_is_wanted():
    assert parse_column(pd.Series(["51-200"]), ColumnRule(type="number")).iloc[0] == pytest.approx(
        math.sqrt(51 * 200)
    )
