"""Words for won, lost, open, left and staying in many languages, and what denies them."""

import pandas as pd
import pytest

from icp_engine.intake.columns import outcomes
from icp_engine.intake.columns.evidence.outcome_words import customer_side, sale_side
from icp_engine.values.plain_words import plain_words
from icp_engine.values.reference_tables import read_reference

# As a CRM set to the language writes them, none copied from the table
WON = (
    *("Vinta", "Chiuso vinto", "Ganha", "Wygrane – podpisane", "Vyhráno", "Megnyertük", "Câştigat"),
    *("Vunnen", "Vundet", "Voitettu", "Выиграна", "KAZANILDI", "Kazanıldı", "成約（春）", "已成交"),
    *("수주 완료", "تم الفوز", "Order received", "Auftrag erteilt", "Order ontvangen", "Remportée"),
    *("Closed - Won (Signed)", "Uspěch: získáno", "Laimėta", "Κερδισμένη", "ปิดการขายได้"),
)
LOST = (
    *("Persa", "Perdida", "Przegrane (cena)", "Prohráno", "Elvesztett", "Pierdut", "Förlorad"),
    *(
        "Tabt",
        "Hävitty",
        "Проиграна",
        "Kaybedildi",
        "失注",
        "丢单",
        "실주",
        "الخسارة",
        "Turned down",
    ),
    *("Absage", "Afgewezen", "Sans suite", "Closed - Lost (Price)", "Pralaimėta", "Χαμένη"),
)
DENIED = (
    *("No ganado", "no ganada", "Non gagné", "Pas gagnée", "Non vinta", "Não ganho", "Nie wygrana"),
    *("niewygrana", "Nevyhráno", "Nicht gewonnen", "Niet gewonnen", "Ikke vundet", "Ej vunnen"),
    *("Ei voitettu", "Не выиграна", "Kazanılmadı", "不成約", "未成交", "Закрыто и не реализовано"),
    *("Nu castigat", "Δεν κερδήθηκε", "Not won", "was never won"),
)
OPEN = (
    *(
        "Noch nicht gewonnen",
        "Not yet won",
        "Aún no ganado",
        "Non ancora vinta",
        "Pas encore gagné",
    ),
    *("In Verhandlung", "Offer sent", "商談中", "谈判中", "В работе", "Sales accepted lead"),
)


@pytest.mark.parametrize("value", WON)
def test_won_in_any_language_is_won(value):
    assert outcomes.read_outcome(pd.Series([value])).tolist() == [True]


@pytest.mark.parametrize("value", [*LOST, *DENIED])
def test_lost_or_a_win_that_is_denied_is_lost(value):
    assert outcomes.read_outcome(pd.Series([value])).tolist() == [False]


@pytest.mark.parametrize("value", [*OPEN, "Not lost"])
def test_what_may_still_be_won_is_open(value):
    assert outcomes.read_outcome(pd.Series([value])).isna().all()


def test_no_word_of_the_table_says_two_things_of_a_sale():
    for row in read_reference("outcome_words"):
        for side in ("won", "lost", "open"):
            for phrase in row[side].split("|"):
                words = plain_words(phrase.strip("=*"))
                told = sale_side(words)
                assert phrase.endswith("*") or told == side, (row["language"], phrase)


@pytest.mark.parametrize(
    "value",
    ["Attrited Customer", "Gekündigt zum Jahresende", "Résiliée", "Opzeggen: opgezegd", "解約済"],
)
def test_who_left_is_told_in_any_language(value):
    assert outcomes.read_churned(pd.Series([value, "Existing Customer"])).tolist() == [True, False]


@pytest.mark.parametrize("value", ["ungekündigt", "nicht gekündigt", "継続中", "Aktywny"])
def test_who_stays_is_told_in_any_language(value):
    assert customer_side(plain_words(value)) == "stays"


def test_letters_are_codes_only_where_a_column_holds_nothing_else():
    assert outcomes.read_outcome(pd.Series(["W", "L", "P", "W"])).tolist() == [
        True,
        False,
        pd.NA,
        True,
    ]
    assert outcomes.read_outcome(pd.Series(["G", "V", "O"])).tolist() == [True, False, pd.NA]
    assert outcomes.read_outcome(pd.Series(["W", "L", "Munich"])).isna().all()
