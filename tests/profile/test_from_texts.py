"""Notes: what several accounts repeat is counted, what one account says is never shown."""

import pandas as pd

from icp_engine.profile.from_texts import describe_theme, telling_words

BEST = pd.Index(["a1", "a2", "a3"])


def notes(*pairs):
    return pd.DataFrame(pairs, columns=["account_id", "text"]).assign(
        date=pd.Timestamp("2026-01-01")
    )


SAID = notes(
    ("a1", "They struggled with manual reporting. Nice office."),
    ("a2", "Manual reporting was a problem for Kowalski."),
    ("a3", "Struggles: manual reporting and Kowalski."),
    ("b1", "Struggled, says Kowalski, with audits."),
    ("b2", "Nice office."),
)


def test_a_phrase_three_accounts_repeat_is_counted_over_all_accounts_with_notes():
    said = describe_theme(SAID, BEST, "pain_points", ["Kowalski"])
    assert (
        said[0].text
        == "“manual reporting”: in the notes of 3 of 5 accounts with notes (3 of 3 best)."
    )
    assert said[0].evidence == "interview"


def test_names_of_people_never_show():
    said = describe_theme(SAID, BEST, "pain_points", ["Kowalski"])
    assert not any("kowalski" in statement.text for statement in said)


def test_what_two_accounts_say_stays_with_them():
    assert describe_theme(SAID.head(2), BEST, "pain_points") == ()


def test_one_account_repeating_itself_is_one_account():
    loud = notes(*[("a1", "We struggle with spreadsheets.")] * 9)
    assert describe_theme(loud, BEST, "pain_points") == ()


def test_sentences_of_another_theme_do_not_count():
    assert not any(
        "office" in statement.text for statement in describe_theme(SAID, BEST, "pain_points")
    )


def test_words_are_telling_only_when_best_customers_say_them_more_often():
    words = telling_words(SAID, BEST)
    assert "manual reporting" in words
    everyone = notes(*[(name, "Kowalski") for name in ("a1", "a2", "a3", "b1", "b2")])
    assert "kowalski" not in telling_words(everyone, BEST)


def test_without_notes_nothing_is_said():
    assert describe_theme(pd.DataFrame(), BEST, "goals") == ()
    assert telling_words(pd.DataFrame(), BEST) == ()
    assert describe_theme(notes((None, None), ("a1", "")), BEST, "goals") == ()
