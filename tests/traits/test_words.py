import numpy as np
import pandas as pd
import pytest

from icp_engine.settings import Settings
from icp_engine.traits.phrases import phrases_in, split_sentences, words_of
from icp_engine.traits.told import Hidden, find_hidden
from icp_engine.traits.words import WORD_COLUMNS, dirichlet_z, find_words

NOBODY = Hidden(frozenset(), {})
BEST, WORST, OTHERS = ([f"{group}{i}" for i in range(60)] for group in "bwo")
VOCABULARY = np.array(
    [a + b + "on" for a in "bdfgklmnprst" for b in ("ala", "ebe", "ini", "oro", "ulu", "ota")]
)


def told(rows):
    frame = pd.DataFrame(rows, columns=["account_id", "text"])
    return frame.assign(kind="note", source="notes", date=pd.Timestamp("2025-01-01"))


def small_talk(seed, more_for_best=1):
    """Notes about nothing: eight words each, some words common; best accounts may have more notes."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, len(VOCABULARY) + 1)
    weights /= weights.sum()
    notes = [
        (account, more_for_best if account in BEST else 1) for account in BEST + WORST + OTHERS
    ]
    return [
        (account, " ".join(rng.choice(VOCABULARY, 8, p=weights)) + ".")
        for account, many in notes
        for _ in range(1 + rng.poisson(many))
    ]


def found(rows, hidden=NOBODY, best=BEST, worst=WORST):
    return find_words(told(rows), pd.Index(best), pd.Index(worst), hidden, Settings())


def claimed(table):
    return table[table["group"] != "none"].set_index("phrase")


def test_planted_phrases_are_found_on_their_side():
    rows = small_talk(1) + [(account, "Spreadsheets again.") for account in WORST[:15] + BEST[:1]]
    rows += [(account, "They asked for real-time alerts.") for account in BEST[:18]]
    table = claimed(found(rows))
    assert (
        table.loc["spreadsheets", "group"] == "worst"
        and table.loc["real-time alerts", "group"] == "best"
    )
    counts = ["accounts_best", "accounts_worst", "of_best", "of_worst"]
    assert table.loc["spreadsheets", counts].tolist() == [1, 15, 60, 60]
    assert table.loc["spreadsheets", "z"] < 0 < table.loc["real-time alerts", "z"]
    assert "Spreadsheets again" in table.loc["spreadsheets", "quotes"]


@pytest.mark.parametrize("more_for_best", [1, 4])
def test_without_signal_hardly_anything_is_claimed_even_when_one_group_talks_more(more_for_best):
    assert (
        sum(len(claimed(found(small_talk(50 + seed, more_for_best)))) > 0 for seed in range(20))
        <= 2
    )


def test_an_account_votes_once_however_often_it_says_a_thing():
    rows = (
        small_talk(2)
        + [("w1", "Nothing but outages.")] * 40
        + [("w2", "Nothing but outages.")] * 40
    )
    table = found(rows)
    assert "outages" not in claimed(table).index and "outages" not in table["phrase"].tolist()


def test_z_is_that_of_monroe_by_hand():
    first, second, everyone = (
        np.array(part, dtype=float) for part in ((12, 28), (3, 57), (20, 100))
    )
    a, b = 12 + 2, 3 + 2  # a tenth of twenty is the prior
    delta = np.log(a / (40 + 12 - a)) - np.log(b / (60 + 12 - b))
    expected = delta / np.sqrt(1 / a + 1 / b)
    assert dirichlet_z(first, second, everyone, np.full(2, 0.4))[0] == pytest.approx(expected)


def test_names_never_show():
    hidden = Hidden(
        frozenset({"petra", "novak"}), {account: frozenset({"umbrella"}) for account in WORST}
    )
    text = "Petra Novak of Umbrella wrote to petra@umbrella.example, +44 20 7946 0958: outages again, says Zebedee"
    rows = [(account, text) for account in WORST[:2]]
    rows += [
        (account, f"petra calls about outages again, says Xavier{account}.")
        for account in WORST[2:18]
    ]
    table = found(small_talk(3) + rows, hidden)
    shown = " ".join([*table["phrase"], *(quote for quotes in table["quotes"] for quote in quotes)])
    assert "outages" in claimed(table).index
    for secret in ("petra", "novak", "umbrella", "@", "7946", "xavier", "zebedee"):
        assert secret not in shown.casefold()


def test_fewer_than_three_accounts_are_never_told():
    table = found(
        [*small_talk(4), ("w1", "Chinchilla farms only."), ("w2", "Chinchilla farms only.")]
    )
    assert not table["phrase"].str.contains("chinchilla").any()


def test_too_few_remarks_say_nothing():
    for rows in ([], [("b1", "Lovely thing."), ("w1", "Awful thing.")] * 9):
        table = found(rows)
        assert table.empty and list(table.columns) == list(WORD_COLUMNS)


def test_phrases_start_and_end_in_words_that_say_something():
    said = phrases_in(words_of("They had no budget for the price of Anna"), frozenset({"anna"}))
    assert said == {("budget",), ("price",), ("no", "budget")}


def test_a_name_that_is_a_word_of_business_stays_a_word():
    assert ("price",) in phrases_in(["price", "matters"], frozenset({"price"}))


def test_addresses_links_and_numbers_are_cut_out():
    assert split_sentences("See www.acme.example or call +1 (555) 010-9999 now. Bye") == [
        "See … or call … now",
        "Bye",
    ]


def test_the_sample_tells_worst_from_best(sample_study):
    table = claimed(sample_study.words)
    assert table.loc["budget", "group"] == "worst" and (table["group"] == "best").sum() >= 3
    people = find_hidden(sample_study.intake, sample_study.deals).people
    assert not people & {word for phrase in table.index for word in phrase.split()}
