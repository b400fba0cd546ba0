"""What a deals table's values give away under headers nobody knows: outcome, days, amount, seller."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.roles import infer_roles

ROWS = 120
PEOPLE = ("Anna Keller", "Jonas Brandt", "Mira Vogel", "Paula Lind", "Otto Haas", "Ida Krohn")
PEOPLE += ("Emil Roth", "Lena Funke", "Tom Achter", "Nora Simon")


def roles_of(frame, kind="deals"):
    frame = pd.DataFrame(frame).astype("str").replace({"nan": None, "NaT": None, "": None})
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    rules = {header: infer_rule(frame[header], header)[0] for header in frame}
    return infer_roles(frame, rules, kind)


def deals(headers, words, open_share=0.2, seed=1):
    """A table of deals: key, account, seller, first day, last day, money, outcome, a trait."""
    draw = np.random.default_rng(seed)
    start = pd.Timestamp("2024-01-01") + pd.to_timedelta(draw.integers(0, 300, ROWS), unit="D")
    end = start + pd.to_timedelta(draw.integers(3, 90, ROWS), unit="D")
    state = draw.choice(3, ROWS, p=[0.5, 0.5 - open_share, open_share])
    values = (
        [f"V{row:04d}" for row in range(ROWS)],
        [f"Firma {row % 37}" for row in range(ROWS)],
        draw.choice(PEOPLE, ROWS),
        start.strftime("%Y-%m-%d"),
        np.where(state == 2, "", end.strftime("%Y-%m-%d")),
        [f"{amount:.2f}" for amount in draw.lognormal(8, 1, ROWS)],
        np.array(words)[state],
        draw.choice(["north", "south", "west"], ROWS),
    )
    return dict(zip(headers, values, strict=True))


WANTED = ("deal_id", "account_name", "owner", "created_date", "closed_date", "amount", "won")
TABLES = (
    (
        ("Vorgang", "Firma", "Betreuer", "Eingang", "Entschieden", "Volumen", "Lage", "Gebiet"),
        ("Zuschlag", "Absage", "in Klärung"),
    ),
    (
        (
            "Ref",
            "Empresa",
            "Asesor",
            "Abierta el",
            "Decidida el",
            "Monto",
            "Situación final",
            "Zona",
        ),
        ("Ganada", "No ganada", "En negociación"),
    ),
    (
        ("Zlecenie", "Firma", "Opiekun", "Start", "Koniec", "Kwota", "Co się stało", "Strona"),
        ("Wygrana", "Przegrana", "W toku"),
    ),
    (
        ("Код", "Company", "Менеджер", "Создана", "Закрыта", "Сумма", "Итог", "Область"),
        ("Выиграна", "Отказ", "Переговоры"),
    ),
    (
        ("案件", "Company", "担当者", "作成", "決定", "金額", "いま", "地区"),
        ("受注", "失注", "商談中"),
    ),
    (
        ("Job", "Client", "Consultant", "Began", "Decided", "Worth", "Where it stands", "Side"),
        ("Awarded to us", "Turned down", "Quote sent"),
    ),
)


@pytest.mark.parametrize(("headers", "words"), TABLES)
@pytest.mark.parametrize("turned", [False, True])
def test_a_table_in_any_language_and_order_gives_its_parts(headers, words, turned):
    table = deals(headers, words)
    roles = roles_of(dict(reversed(table.items())) if turned else table)
    assert {header: str(roles[header]) for header in headers[2:7]} == dict(
        zip(headers[2:7], WANTED[2:], strict=True)
    )
    assert str(roles[headers[7]]) == "attribute"


def test_letters_and_flags_need_a_header_that_asks_for_an_outcome():
    table = deals(
        ("Id", "Client", "Rep", "Opened", "Closed", "Value", "x", "Side"), ("1", "0", "0")
    )
    letters = np.where(np.array(table["x"]) == "1", "W", "L")
    assert roles_of({**table, "Result code": letters})["Result code"] == "won"
    assert roles_of({**table, "Wing": letters})["Wing"] != "won"
    del table["x"]
    flag = np.where(letters == "W", "1", "0")
    assert roles_of({**table, "Got the deal": flag, "won_flag": flag})["won_flag"] == "won"
    assert roles_of({**table, "Number of wins": flag})["Number of wins"] != "won"


def test_two_columns_that_could_both_be_the_outcome_are_named():
    table = deals(
        ("Id", "Client", "Rep", "Opened", "Closed", "Value", "Lage", "Side"),
        ("Won", "Lost", "Open"),
    )
    role = roles_of({**table, "Ende vom Lied": np.random.default_rng(9).permutation(table["Lage"])})
    won = next(found for found in role.values() if found == "won")
    assert len(won.rivals) == 1
    assert won.score < 0.6


def test_a_status_in_words_of_its_own_is_the_stage_so_that_somebody_is_asked():
    words = ("Enrolled", "No response", "Connecting")
    roles = roles_of(
        deals(("Id", "Client", "Rep", "Opened", "Seen", "Value", "Lead status", "Side"), words)
    )
    assert roles["Lead status"] == "stage"
    assert roles["Lead status"].score < 0.6


def test_what_is_filled_only_for_won_deals_or_repeats_the_outcome_describes_nobody():
    table = deals(
        ("Id", "Client", "Rep", "Opened", "Closed", "Value", "Stage", "Side"),
        ("Won", "Lost", "Open"),
    )
    won = np.array(table["Stage"]) == "Won"
    roles = roles_of(
        {
            **table,
            "Paket": np.where(won, np.where(np.arange(ROWS) % 2, "klein", "gross"), ""),
            "Übergabe": np.where(won, "ja", "nein"),
        }
    )
    assert roles["Paket"] == "known_after"
    assert roles["Übergabe"] == "known_after"
    assert roles["Side"] == "attribute"


def test_money_that_an_account_always_has_is_not_the_deals_amount():
    table = deals(
        ("Id", "Client", "Rep", "Opened", "Closed", "Brought in", "Stage", "Side"),
        ("Won", "Lost", "Open"),
    )
    own = [f"{1000 * (row % 37) + 500:.2f}" for row in range(ROWS)]
    roles = roles_of({"Turnover (EUR)": own, **table})
    assert roles["Brought in"] == "amount"
    assert roles["Turnover (EUR)"] != "amount"
