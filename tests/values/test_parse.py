"""Values parse back from every notation that is printed, and mean the same the second time."""

import datetime
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icp_engine.values.parse import (
    MISSING_WORDS,
    fold,
    fold_series,
    missing_mask,
    parse_column,
    parse_range,
)
from icp_engine.values.ranges import range_label
from icp_engine.values.rule import ColumnRule
from icp_engine.values.yes_no_missing import HASHES

CENTS = st.integers(-(10**13), 10**13)
QUICK = settings(max_examples=80, deadline=None)


def parse_one(value, **rule):
    return parse_column(pd.Series([value]), ColumnRule(**rule)).iloc[0]


def grouped(cents, thousands, decimal):
    whole, rest = divmod(abs(cents), 100)
    return f"{whole:,}".replace(",", thousands) + f"{decimal}{rest:02d}"


@QUICK
@given(
    CENTS,
    st.sampled_from([",", ".", " ", "'", "\u00a0", "\u202f", ""]),
    st.sampled_from([".", ","]),
    st.sampled_from(["{}", "${}", "€ {}", "{} €", "{} Kč", "USD {}", "{} EUR", "R${}", "£{}"]),
)
def test_money_printed_with_any_marks_parses_back(cents, thousands, decimal, frame):
    if thousands == decimal:
        thousands = ""
    sign = "-" if cents < 0 else ""
    text = sign + frame.format(grouped(cents, thousands, decimal))
    for column_decimal in (".", ","):
        assert parse_one(text, type="money", decimal=column_decimal) == pytest.approx(
            cents / 100, abs=1e-9, rel=1e-15
        )


@QUICK
@given(
    st.integers(1, 99_999),
    st.sampled_from(
        [
            ("k", 1e3),
            ("K", 1e3),
            ("M", 1e6),
            (" Mio.", 1e6),
            (" Million", 1e6),
            ("bn", 1e9),
            (" billion", 1e9),
            ("B", 1e9),
            (" Mrd.", 1e9),
        ]
    ),
)
def test_money_with_scale_words_parses_back(tenths, scale):
    word, factor = scale
    assert parse_one(f"${tenths / 10}{word}", type="money") == pytest.approx(
        tenths / 10 * factor, rel=1e-12
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1,234)", -1234),
        ("1234-", -1234),
        ("12 %", 12),
        ("36.9 Million", 36.9e6),
        ("9 000 Kč", 9000),
        ("5.000,- €", 5000),
        ("12,34,567", 1234567),
        ("8.1E+09", 8.1e9),
        ("~5k", 5000),
        ("51-200", math.sqrt(51 * 200)),
        ("10000+", 10000),
        ("0.125", 0.125),
        (".5", 0.5),
        ("120 employees", 120),
        ("−3", -3),
    ],
)
def test_number_notations(text, value):
    assert parse_one(text, type="number") == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["tbc", "######", "1,23,4", "12:30", "555-678-9012", "1e999", "inf", "2024-01-05", "Infinity"],
)
def test_what_is_no_number_is_left_empty(text):
    assert math.isnan(parse_one(text, type="number"))


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234", ".", 1.234),
        ("1.234", ",", 1234),
        ("1,234", ".", 1234),
        ("1,234", ",", 1.234),
        ("1,5", ".", 1.5),
        ("1.5", ",", 1.5),
    ],
)
def test_the_columns_decimal_mark_decides_only_what_is_open(text, decimal, value):
    assert parse_one(text, type="number", decimal=decimal) == value


@QUICK
@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["-", " - ", "–", " to ", " bis "]),
    st.sampled_from(["", " employees", " Mitarbeiter", " (USD)"]),
    st.booleans(),
)
def test_bands_printed_parse_back(low, width, sign, unit, separators):
    high = low + width
    texts = [f"{bound:,}" if separators else str(bound) for bound in (low, high)]
    assert parse_range(f"{texts[0]}{sign}{texts[1]}{unit}") == (low, high)
    assert parse_range(range_label((low, high))) == (low, high)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("1K to 5K", (1e3, 5e3)),
        ("$10M–$50M", (1e7, 5e7)),
        ("More than 25K", (25e3, None)),
        ("10000+", (1e4, None)),
        ("< 10", (None, 10)),
        ("1,001-5,000 employees", (1001, 5000)),
        ("$100 to $500 million (USD)", (1e8, 5e8)),
        ("$500 million to $1 billion (USD)", (5e8, 1e9)),
        ("$10+ billion (USD)", (1e10, None)),
        ("10.001+", (10001, None)),
        ("$137K-$171K (Glassdoor est.)", (137e3, 171e3)),
        ("Less than $1 million (USD)", (None, 1e6)),
    ],
)
def test_band_notations(text, limits):
    assert parse_range(text) == limits
    assert parse_range(range_label(limits)) == limits


@pytest.mark.parametrize(
    "text", ["51", "200-51", "2024-01-05", "555-678-9012", "B2B", "", "-", "Acme 2-3 GmbH", "1-2-3"]
)
def test_what_is_no_band(text):
    assert parse_range(text) is None


def test_a_number_in_a_range_column_goes_to_its_band_and_excels_damage_is_undone():
    rule = ColumnRule(type="range", levels=("1–5", "6–50", "51–200", "201+"))
    values = pd.Series(["51-200", "60", "01-May", "5-Jan", "1,000", "Jun-50", "02-Mar", "big", "<"])
    assert parse_column(values, rule).fillna("").tolist() == [
        "51–200",
        "51–200",
        "1–5",
        "1–5",
        "201+",
        "6–50",
        "",
        "",
        "",
    ]


DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31))


@QUICK
@given(
    DAYS,
    st.sampled_from(
        [
            ("%Y-%m-%d", "dmy"),
            ("%d.%m.%Y", "dmy"),
            ("%d/%m/%Y", "dmy"),
            ("%m/%d/%Y", "mdy"),
            ("%Y/%m/%d", "mdy"),
            ("%d-%m-%Y %H:%M", "dmy"),
            ("%d %b %Y", "ymd"),
            ("%B %d, %Y", "ymd"),
            ("%Y%m%d", "ymd"),
            ("%Y-%m-%dT%H:%M:%SZ", "ymd"),
            ("%Y-%m-%d %H:%M:%S.%f UTC", "ymd"),
            ("%d-%b-%Y", "dmy"),
        ]
    ),
)
def test_dates_printed_parse_back(day, notation):
    form, order = notation
    assert parse_one(day.strftime(form), type="date", date_order=order) == pd.Timestamp(day)


@QUICK
@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2115, 12, 31)))
def test_excel_serials_parse_back(day):
    assert parse_one(str((day - datetime.date(1899, 12, 30)).days), type="date") == pd.Timestamp(
        day
    )


def test_a_date_against_the_columns_order_is_left_empty():
    assert parse_one("25/12/2024", type="date", date_order="mdy") is pd.NaT
    assert parse_one("12/25/2024", type="date", date_order="dmy") is pd.NaT


def test_impossible_days_and_placeholders_are_left_empty():
    values = pd.Series(["31/02/2024", "2024-13-01", "9999-12-31", "0000-00-00", "soon"])
    assert parse_column(values, ColumnRule(type="date", date_order="dmy")).isna().all()


TAG = (
    st.text("abcdefgh ABC+#", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda tag: tag and tag.lower() not in MISSING_WORDS)
    .filter(lambda tag: not HASHES.fullmatch(tag))  # a column that was too narrow
)


@QUICK
@given(
    st.lists(TAG, min_size=1, max_size=6, unique_by=fold),
    st.sampled_from([(";", "; ".join), (",", ",".join), ("|", " | ".join), (",", str)]),
)
def test_tags_printed_parse_back(tags, printed):
    separator, join = printed
    tags = [" ".join(tag.split()) for tag in tags]
    assert parse_one(join(tags), type="tags", separator=separator) == "; ".join(tags)


def test_tags_are_trimmed_merged_and_named_once():
    rule = ColumnRule(type="tags", separator=",", merges={"aws": "AWS"})
    assert parse_column(pd.Series(["aws, Slack ,A.W.S.,n/a", '["aws"]', "N/A"]), rule).fillna(
        ""
    ).tolist() == [
        "AWS; Slack",
        "AWS",
        "",
    ]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("Yes", True),
        ("nein", False),
        ("oui", True),
        ("1.0", True),
        ("FALSE", False),
        ("sí", True),
        ("0", False),
    ],
)
def test_booleans_in_several_languages(word, value):
    assert parse_one(word, type="boolean") == value


def test_none_and_no_are_real_answers_and_n_a_is_not():
    values = pd.Series(["None", "No", "N/A", "#NAME?", " Select ", "Unknown", "", None])
    assert missing_mask(values, ColumnRule()).tolist() == [
        False,
        False,
        True,
        True,
        True,
        True,
        True,
        True,
    ]


def test_a_rules_own_missing_words_replace_the_usual_ones():
    values = pd.Series(["Unknown", "tbx", ""])
    assert missing_mask(values, ColumnRule(missing=("tbx",))).tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fin-tech", "fintech "),
        ("Société", "SOCIETE"),
        ("U.S.A.", "usa"),
        ("Größe", "grösse"),
        ("IT  Services", "it services"),
    ],
)
def test_spellings_that_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++", "C#"),
        ("C", "C++"),
        ("1-5", "15"),
        ("1.5", "15"),
        ("A", "A-"),
        ("<50", ">50"),
        ("-1", "1"),
    ],
)
def test_spellings_that_must_not_fold_together(one, other):
    assert fold(one) != fold(other)


@QUICK
@given(
    st.lists(
        st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12)),
        max_size=6,
    )
)
def test_folding_a_series_is_folding_each_value(texts):
    series = pd.Series(texts, dtype="str")
    expected = [None if text is None else fold(text) for text in texts]
    assert [None if pd.isna(value) else value for value in fold_series(series)] == expected


ANYTHING = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.floats(),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2150, 1, 1)),
)
TYPES = [
    "number",
    "money",
    "percent",
    "range",
    "boolean",
    "tags",
    "category",
    "text",
    "date",
    "id",
    "email",
    "phone",
    "domain",
    "empty",
]


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=25, deadline=None)
@given(values=st.lists(ANYTHING, max_size=5))
def test_any_value_parses_without_error_and_twice_the_same(kind, values):
    rule = ColumnRule(type=kind, levels=("1–5", "6+"), merges={"a": "A"})
    once = parse_column(pd.Series(values, dtype="object"), rule)
    pd.testing.assert_series_equal(parse_column(once, rule), once)


def test_index_name_and_repeated_labels_are_kept():
    parsed = parse_column(
        pd.Series(["2024-01-05", "x"], index=[7, 7], name="d"), ColumnRule(type="date")
    )
    assert parsed.index.tolist() == [7, 7]
    assert parsed.name == "d"


def test_ids_and_hosts_are_cleaned():
    assert parse_column(pd.Series(["123.0", "00012", 7.0]), ColumnRule(type="id")).tolist() == [
        "123",
        "00012",
        "7",
    ]
    hosts = pd.Series(["https://www.Acme.com/a?b", "info@acme.co.uk", "acme"])
    assert parse_column(hosts, ColumnRule(type="domain")).fillna("").tolist() == [
        "acme.com",
        "acme.co.uk",
        "",
    ]
