"""What a table holds, told from its content and not from its name."""

import pandas as pd
import pytest

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.kinds.judge import infer_kind
from icp_engine.intake.kinds.together import settle_kinds


def kind_of(frame):
    rules = {column: infer_rule(frame[column], column)[0] for column in frame}
    return infer_kind(frame, rules, frame).name


HEADERS = {
    "accounts": "Record ID,Company name,Industry,Number of Employees,Country/Region",
    "deals": "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company",
    "contacts": "Record ID,First Name,Last Name,Email,Job Title,Associated Company",
    "orders": "Invoice No,Stock Code,Quantity,Invoice Date,Unit Price,Customer ID",
    "subscriptions": "subscription_id,account_id,start_date,end_date,mrr_amount",
    "tickets": "ticket_id,account_id,submitted_at,priority,satisfaction_score",
    "usage": "usage_id,subscription_id,usage_date,feature_name,usage_count",
    "churn": "churn_event_id,account_id,churn_date,reason_code",
}


@pytest.mark.parametrize(("kind", "headers"), HEADERS.items())
def test_headers_tell_the_kind(kind, headers):
    frame = pd.DataFrame(
        {header: [f"{header} {n}" for n in range(6)] for header in headers.split(",")}
    )
    assert kind_of(frame) == kind


def test_won_and_lost_values_make_deals_whatever_the_header():
    frame = pd.DataFrame(
        {
            "Size": ["Big", "Small"] * 10,
            "Verdict": ["Won", "Lost", "Lost", "Won"] * 5,
            "Seller": ["a", "b"] * 10,
        }
    )
    assert kind_of(frame) == "deals"


@pytest.mark.parametrize(
    "texts",
    [
        ["Success for them is a quiet quarter.", "Two quarters and no decision maker yet."],
        ["They won an award for their new plant.", "We lost two weeks to a broken export."],
        ["Sie haben den Preis der Messe gewonnen.", "Viel Zeit verloren mit alten Listen."],
        ["Ils ont gagné du temps avec la nouvelle équipe", "Le fichier était perdu depuis un mois"],
        ["社内の表彰で成約数を競っている。", "担当者が失注の理由を調べている。"],
    ],
)
@pytest.mark.parametrize("header", ["Note", "Was gesagt wurde"])
def test_sentences_that_hold_words_of_a_sale_make_no_deals(texts, header):
    frame = pd.DataFrame(
        {
            "Company": [f"Firm {place % 17}" for place in range(60)],
            "Date": [str(day)[:10] for day in pd.date_range("2025-01-01", periods=60)],
            header: texts * 30,
        }
    )
    for columns in (list(frame), list(frame)[::-1]):
        assert kind_of(frame[columns]) != "deals"


def test_what_a_sentence_marks_off_at_its_beginning_is_a_state():
    frame = pd.DataFrame(
        {
            "Size": ["Big", "Small"] * 10,
            "Verdict": [
                "Closed - Won (they liked how fast the pilot went)",
                "Closed - Lost: more than their whole budget for this year",
            ]
            * 10,
            "Seller": ["a", "b"] * 10,
        }
    )
    assert kind_of(frame) == "deals"


def test_an_account_id_that_repeats_with_dates_and_amounts_is_a_transaction():
    frame = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "a"] * 5,
            "date": ["2024-01-01", "2024-02-03"] * 10,
            "dollar_value": ["3.5"] * 20,
        }
    )
    assert kind_of(frame) == "orders"


def test_unknown_headers_with_a_unique_account_id_are_accounts():
    frame = pd.DataFrame(
        {
            "account_id": [f"A{n}" for n in range(20)],
            "attr_1": ["a", "b"] * 10,
            "x3": ["1.5", "2.5"] * 10,
        }
    )
    assert kind_of(frame) == "accounts"


def test_a_table_of_ids_and_a_dictionary_are_neither():
    assert kind_of(pd.DataFrame({"company_id": ["C1", "C2"], "deal_id": ["D1", "D2"]})) == "unknown"
    assert (
        kind_of(pd.DataFrame({"Table": ["a", "a"], "Field": ["b", "c"], "Description": ["d", "e"]}))
        == "unknown"
    )


@pytest.mark.parametrize("key", ["Firm", "Product", "Sales Agent", "Deal ID", "Field"])
def test_a_list_alone_is_taken_for_accounts_unless_its_rows_are_named_as_something_else(key):
    names = [f"{letter}x" for letter in "abcdefghijkl"]
    frame = pd.DataFrame(
        {
            key: names,
            "Series": ["a", "b"] * 6,
            "Level": ["c", "d", "e"] * 4,
            "Points": ["1", "2"] * 6,
        }
    )
    rules = {column: infer_rule(frame[column], column)[0] for column in frame}
    found = settle_kinds({"t": infer_kind(frame, rules, frame)}, {"t": frame}, {"t": rules})[
        "t"
    ].name
    assert found == ("accounts" if key == "Firm" else "unknown")


def test_a_list_of_the_crms_own_users_is_no_list_of_accounts():
    words = {
        "username": ["a", "b"],
        "user type": ["x", "x"],
        "country": ["DE", "FR"],
        "active": ["1", "0"],
    }
    frame = pd.DataFrame(words)
    rules = {column: infer_rule(frame[column], column)[0] for column in frame}
    kinds = {"t": infer_kind(frame, rules, frame)}
    assert settle_kinds(kinds, {"t": frame}, {"t": rules}) == kinds
