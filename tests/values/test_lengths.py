"""Texts longer than a value or a header can be are kept as they stand, read as nothing, and told."""

import pandas as pd
import pytest

from icp_engine.intake.columns.header_words import header_currency, split_header
from icp_engine.intake.columns.understand import understand_tables
from icp_engine.intake.columns.variants import find_variants
from icp_engine.problems import LONGEST_NAME
from icp_engine.settings import Settings
from icp_engine.values.dates import parse_date
from icp_engine.values.lengths import LONGEST_HEADER, LONGEST_VALUE
from icp_engine.values.name_likeness import compare_names, name_words
from icp_engine.values.numbers import find_currency, parse_number
from icp_engine.values.parse import parse_column
from icp_engine.values.ranges import parse_range
from icp_engine.values.rule import ColumnRule


def padded(text, signs):
    """The text with blanks in its middle, `signs` long."""
    first, second = text.split("~")
    return first + " " * (signs - len(first) - len(second)) + second


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (parse_number, "-~5", -5.0),
        (find_currency, "5~eur", "EUR"),
        (parse_range, "10~- 20", (10.0, 20.0)),
        (lambda text: str(parse_date(text)), "3 May~2024", "2024-05-03"),
    ],
)
def test_a_value_is_read_up_to_the_limit_and_is_none_beyond(read, text, value):
    assert read(padded(text, LONGEST_VALUE)) == value
    assert read(f"  {padded(text, LONGEST_VALUE)}  ") == value
    assert read(padded(text, LONGEST_VALUE + 1)) in (None, "", "None")


def test_a_long_cell_among_amounts_is_told_by_row_and_one_among_words_is_kept_whole():
    long = "1 " * 4_000 + "!"
    frame = pd.DataFrame(
        {
            "Account ID": [f"a{n}" for n in range(30)],
            "LTV": [str(1_000 + n) for n in range(29)] + [long],
            "Industry": ["Retail", "Media"] * 14 + ["Retail", long],
        }
    )
    tables, problems = understand_tables({"accounts": frame}, Settings())
    told = [(problem.code, problem.column) for problem in problems]
    assert told == [("values-not-numbers", "LTV")]
    assert tables["accounts"].clean("LTV").isna().sum() == 1
    assert tables["accounts"].clean("Industry").iloc[-1] == " ".join(long.split())


def test_a_header_is_read_up_to_the_limit_and_says_nothing_beyond():
    header = padded("Lifetime value~(EUR)", LONGEST_HEADER)
    assert (split_header(header)[1], header_currency(header)) == ("lifetime value", "EUR")
    longer = padded("Lifetime value~(EUR)", LONGEST_HEADER + 1)
    assert (split_header(longer), header_currency(longer)) == (("", ""), "")


def test_a_column_with_a_long_header_keeps_its_name_and_a_note_says_why_it_means_nothing():
    header = "Revenue" + "_" * 60_000
    frame = pd.DataFrame({"Account ID": ["a", "b", "c"], header: ["1", "2", "3"]})
    tables, problems = understand_tables({"accounts": frame}, Settings())
    assert header in tables["accounts"].roles
    [problem] = [problem for problem in problems if problem.code == "header-too-long"]
    assert problem.column == header
    assert len(str(problem)) < 500 + LONGEST_NAME


def test_long_levels_and_names_are_compared_with_nothing_short_of_equal():
    level = "Retail and wholesale " * 12
    assert find_variants({"Retailing": 50, "Retialing": 1}) != []
    assert find_variants({level: 50, level.replace("tail", "tial", 1): 1}) == []
    assert compare_names("Quaxolotl" * 40, "Quaxolotk" * 40) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Acme Inc Germany", ("acme", "germany")),
        ("Co Inc Ltd", ("co", "inc", "ltd")),
        ("Group of Holdings GmbH", ("group", "of", "holdings")),
        ("AG Weser Werft", ("ag", "weser", "werft")),
        ("AB Volvo", ("volvo",)),
    ],
)
def test_a_legal_form_leaves_a_name_where_nothing_follows_but_others_and_parts(name, words):
    assert name_words(name) == words


@pytest.mark.parametrize("kind", ["number", "range", "date", "tags", "category", "domain", "id"])
def test_a_cell_of_blanks_and_digits_of_any_length_is_read_without_an_error(kind):
    cells = pd.Series(["1 " * 30_000, " " * 60_000 + "x", "9" * 60_000 + "!"], dtype="str")
    assert len(parse_column(cells, ColumnRule(type=kind))) == 3
