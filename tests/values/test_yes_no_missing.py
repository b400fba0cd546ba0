"""Yes and no: one list, in fifty languages and by signs, read by the pair that a column's values form."""

import unicodedata

import pytest

from icp_engine.values.yes_no_missing import (
    MISSING_WORDS,
    is_yes_no_column,
    pair_readings,
    read_yes_no,
    says_yes_or_no,
    yes_no_pairs,
    yes_no_word,
    yes_or_no,
)

BOTH_WAYS = {"x", "☒"}  # a cross that ticks a box, or strikes it out
PAIRS = [(pair.language, min(pair.yes), min(pair.no)) for pair in yes_no_pairs()]


def test_thirty_languages_and_more_are_in_the_list():
    assert len({pair.language for pair in yes_no_pairs()}) >= 30


def test_no_word_is_a_yes_in_one_row_and_a_no_in_another_but_the_crosses():
    yes = frozenset().union(*(pair.yes for pair in yes_no_pairs()))
    no = frozenset().union(*(pair.no for pair in yes_no_pairs()))
    assert yes & no == BOTH_WAYS
    assert not (yes | no) & MISSING_WORDS


@pytest.mark.parametrize(
    "written",
    [
        "não",
        "NÃO",
        " Não.",
        unicodedata.normalize("NFD", "não"),
        "\u00a0não\u2009",
        "nao",
        "„não“",
        "não!",
    ],
)
def test_a_no_is_a_no_however_it_is_written(written):
    assert yes_or_no(written) is False


@pytest.mark.parametrize(
    ("text", "word"),
    [("HAYIR", "hayir"), ("FAŁSZ", "falsz"), ("✔️", "✔"), ("1,0", "1.0"), ("ＹＥＳ", "yes")],
)
def test_letters_of_a_language_and_signs_have_one_spelling(text, word):
    assert yes_no_word(text) == word


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["✓", "x"], [True, False]),
        (["✅", "❌"], [True, False]),
        (["☑️", "☒"], [True, False]),
        (["☒", "☐"], [True, False]),
        (["x", "☐"], [True, False]),
        (["○", "×"], [True, False]),
        (["x"], [True]),
        (["X", "open"], [True]),
        (["on", "off"], [True, False]),
    ],
)
def test_signs_are_read_by_the_pair_they_form(texts, said):
    assert list(read_yes_no(texts).values()) == said


@pytest.mark.parametrize(
    "texts",
    [
        ["no", "none"],
        ["CO", "NE"],
        ["CO", "NO"],
        ["SE", "NO", "DK"],
        ["NA", "EMEA"],
        ["S", "M", "L"],
        ["Ja", "Jo", "Nei"],
        ["ano", "no"],
        ["nai", "ne"],
        ["(1)", "0"],
        ["On", "On hold"],
        [],
    ],
)
def test_words_that_form_no_pair_are_no_column_of_yes_and_no(texts):
    assert not is_yes_no_column(texts, asked=True)


@pytest.mark.parametrize("letters", ["yn", "jn", "on", "sn", "tf", "дн"])
def test_letters_say_yes_and_no_only_two_together(letters):
    yes, no = letters
    assert is_yes_no_column([yes, no], asked=False)
    assert not is_yes_no_column([yes], asked=False)
    assert not is_yes_no_column([yes, no, "q"], asked=True)


@pytest.mark.parametrize("word", ["on", "o", "s", "Checked", "CO"])
def test_a_word_that_may_be_something_else_needs_its_other_side(word):
    assert not says_yes_or_no([word])
    assert word not in read_yes_no([word, "Proposal"])


def test_languages_mix_where_each_has_its_yes_and_its_no():
    texts = ["Ja", "Nein", "Oui", "Non", "true"]
    assert is_yes_no_column(texts, asked=False)
    assert list(read_yes_no(texts).values()) == [True, False, True, False, True]


def test_a_rule_keeps_what_the_pair_said_for_a_list_that_holds_one_side_only():
    readings = pair_readings(["✓", "x"])
    assert readings == {"x": "no"}
    assert (yes_or_no("X", readings), yes_or_no("X")) == (False, True)
    assert pair_readings(["x", ""]) == pair_readings(["yes", "no"]) == {}


@pytest.mark.parametrize(("language", "yes", "no"), PAIRS)
def test_each_row_of_the_list_is_a_column_of_yes_and_no(language, yes, no):
    for texts in ([yes, no], [yes.upper(), f"{no}."], [f"{yes} ", f" {no}"]):
        assert list(read_yes_no(texts).values()) == [True, False], language
        assert says_yes_or_no(texts) and is_yes_no_column(texts, asked=False)
