"""Plain words are what lists and patterns of every script are written in."""

import pytest

from icp_engine.values.plain_words import plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("고객 코드", "고객 코드"),
        ("매출액(원)", "매출액 원"),
        ("Côté_Élève", "cote eleve"),
        ("DealName %", "deal name percent"),
    ],
)
def test_accents_go_and_syllables_stay_whole(text, words):
    assert plain_words(text) == words
