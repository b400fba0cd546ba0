"""Questions: each right answer gives the expected facts, and nothing is asked where nothing is in
doubt.
"""

import random
import time

import pandas as pd
import pytest

from icp_engine import Study

ROWS = 120


def opened(**tables):
    return Study.open({name: pd.DataFrame(columns) for name, columns in tables.items()})


def cycle(*values, rows=ROWS):
    return [values[place % len(values)] for place in range(rows)]


def days(start, rows=ROWS):
    return [str(day)[:10] for day in pd.date_range(start, periods=rows)]


def deals(**more):
    random.seed(3)
    return {
        "Opportunity ID": [f"o{place:04d}" for place in range(ROWS)],
        "Company": [f"Firm {place % 40:02d} Ltd" for place in range(ROWS)],
        "Amount": [str(100 + 37 * place % 900) for place in range(ROWS)],
        "Close Date": days("2024-01-01"),
        "Stage": cycle("Closed Won", "Closed Lost", "Proposal"),
        **more,
    }


def without(columns, *names):
    return {name: values for name, values in columns.items() if name not in names}


def asked(study, about):
    return next(question for question in study.questions if question.about == about)


def told(study):
    return {name: study.facts[name].value for name in ("won", "lost", "open")}


EVENLY = {"won": 40, "lost": 40, "open": 40}


def test_nothing_is_asked_of_deals_that_say_everything():
    assert [question for question in opened(deals=deals()).questions if question.grave] == []


WON_LOST_OPEN = [True, False, None]


def outcomes_of(study, rows=3):
    return [None if pd.isna(won) else bool(won) for won in study.deals["won"].iloc[:rows]]


@pytest.mark.parametrize(
    "values",
    [
        ("Closed - Won (Signed)", "Closed - Lost (Price)", "Negotiation"),
        ("W", "L", "P"),
        ("G", "V", "O"),
        ("g", "p", "e"),
        ("Auftrag", "Absage", "offen"),
        ("Accepted", "Declined", "Sent"),
    ],
)
def test_words_and_letters_that_say_who_won_are_read_without_a_question(values):
    study = opened(deals={**without(deals(), "Stage"), "Final position": cycle(*values)})
    assert outcomes_of(study) == WON_LOST_OPEN
    assert told(study) == EVENLY
    assert study.facts.won.by == ("deals.Final position",)
    assert not [question for question in study.questions if question.grave]


CODES_OF_THEIR_OWN = [("S", "F", "P"), ("A", "R", "P"), ("WP", "LP", "OP"), ("1", "2", "3")]
WORDS_OF_THEIR_OWN = [
    ("4", "7", "9"),
    ("Green", "Red", "Amber"),
    ("Hurra", "Schade", "Mal sehen"),
    ("We got it", "Not for us", "Still talking"),
]


@pytest.mark.parametrize("values", [*CODES_OF_THEIR_OWN, *WORDS_OF_THEIR_OWN])
def test_the_column_that_says_who_won_is_offered_with_what_its_values_mean(values):
    study = opened(deals={**without(deals(), "Stage"), "Final position": cycle(*values)})
    question = study.questions[0]
    assert question.grave
    assert question.about in ("won", "deals.Final position")
    answered = [study.replace(**answer.settings) for answer in question.answers]
    assert told(answered[0]) == EVENLY
    assert WON_LOST_OPEN in [outcomes_of(study) for study in answered]
    if values in CODES_OF_THEIR_OWN:
        assert outcomes_of(answered[0]) == WON_LOST_OPEN


def test_an_answered_question_is_not_asked_again():
    study = opened(deals={**without(deals(), "Stage"), "Final position": cycle("4", "7", "9")})
    again = study.replace(**study.questions[0].answers[0].settings)
    assert not [question for question in again.questions if question.grave]


def test_stages_in_words_of_their_own_ask_for_their_meaning():
    study = opened(deals=deals(Stage=cycle("Champagne", "Tissue", "Coffee")))
    question = asked(study, "deals.Stage")
    assert question.grave
    answered = [study.replace(**answer.settings) for answer in question.answers]
    assert told(answered[0]) == EVENLY
    assert WON_LOST_OPEN in [outcomes_of(study) for study in answered]


def test_stages_that_say_of_an_offer_what_became_of_it_are_read():
    study = opened(deals=deals(Stage=cycle("Order received", "Turned down", "Offer sent")))
    assert outcomes_of(study) == WON_LOST_OPEN
    assert not [question for question in study.questions if question.grave]


def test_values_without_any_sign_are_offered_in_both_orders():
    study = opened(deals=deals(Stage=cycle("Alpha", "Beta")))
    answers = [study.replace(**answer.settings) for answer in asked(study, "deals.Stage").answers]
    assert {(told(study)["won"], told(study)["lost"]) for study in answers} == {(60, 60)}
    assert answers[0].deals["won"].iloc[0] != answers[1].deals["won"].iloc[0]


def test_deals_taken_for_something_else_are_asked_about():
    columns = {
        "client": [f"Firm {place % 40:02d}" for place in range(ROWS)],
        "industry": cycle("Food", "Steel", "Toys"),
        "headcount": [str(10 + place) for place in range(ROWS)],
        "country": cycle("France", "Spain"),
        "final_outcome": cycle("1", "0"),
    }
    study = opened(bids=columns)
    assert study.facts.tables.value == {"bids": "accounts"}
    question = study.questions[0]
    assert question.about == "tables.bids"
    again = study.replace(**question.answers[0].settings)
    assert again.facts.tables.value == {"bids": "deals"}
    assert (again.facts.won.value, again.facts.lost.value) == (60, 60)


def quotes_beside_customers(header, values):
    customers = {
        "Kd": [f"{7000 + place}" for place in range(40)],
        "Firmenname": [f"Firma {place}" for place in range(40)],
        "Branche": cycle("Bau", "Handel", rows=40),
        "Land": cycle("DE", "AT", rows=40),
    }
    quotes = {
        "Angebot": [f"A{place:04d}" for place in range(ROWS)],
        "Kd": [f"{7000 + place % 40}" for place in range(ROWS)],
        "Entschieden am": days("2024-01-01"),
        header: cycle(*values),
    }
    return opened(kunden=customers, angebote=quotes)


def test_a_quote_table_is_joined_by_the_key_its_values_hold():
    asking = quotes_beside_customers("Lage", ("S", "F", "P"))
    answered = asking.replace(**asked(asking, "tables.angebote").answers[0].settings)
    for study in (quotes_beside_customers("Stand", ("Auftrag", "Absage", "offen")), answered):
        assert told(study) == EVENLY
        assert study.facts.accounts.value == 40
        assert study.facts.last_closed.value == "2024-04-28"


def test_a_table_whose_customers_come_again_is_no_list_of_accounts():
    study = quotes_beside_customers("Stand", ("Hurra", "Schade", "Mal sehen"))
    labels = [answer.label for answer in asked(study, "tables.angebote").answers]
    assert labels.index("Deals") < labels.index("Accounts, one a row")


def test_without_any_value_the_likeliest_columns_are_offered():
    columns = {
        "Customer ID": [f"c{place}" for place in range(ROWS)],
        "Industry": cycle("Food", "Steel", "Toys"),
        "Employees": [str(5 + place % 50) for place in range(ROWS)],
        "Volumen gesamt": [str(100 + 31 * place**2 % 9000) for place in range(ROWS)],
    }
    study = opened(accounts=columns)
    question = asked(study, "value")
    assert question.grave
    assert question.answers[0].label == "“Volumen gesamt”"
    again = study.replace(**question.answers[0].settings)
    expected = sum(int(value) for value in columns["Volumen gesamt"])
    assert again.facts.value.value["Volumen gesamt"] == expected
    assert not [one for one in again.questions if one.about == "value"]


def test_deals_without_a_closing_day_ask_for_it():
    columns = {**without(deals(), "Close Date"), "Abschluss": days("2024-01-01")}
    study = opened(deals=columns)
    if study.facts.last_closed.value is None:
        question = asked(study, "last_closed")
        assert question.grave
        study = study.replace(**question.answers[0].settings)
    assert study.facts.last_closed.value == "2024-04-28"


def test_the_order_of_day_and_month_is_one_question_for_all_columns():
    written = [f"0{1 + place % 9}/0{1 + place % 8}/2025" for place in range(ROWS)]
    study = opened(deals=deals(**{"Close Date": written, "Created Date": written}))
    question = next(one for one in study.questions if "read both ways" in one.sentence)
    assert question.grave
    first, second = (study.replace(**one.settings).deals["closed_date"] for one in question.answers)
    assert not first.equals(second)
    again = study.replace(**question.answers[0].settings)
    assert not [one for one in again.questions if "read both ways" in one.sentence]


def test_currencies_without_a_rate_can_be_said_to_be_converted():
    amounts = [f"{cycle('$', '€')[place]}{100 + place}" for place in range(ROWS)]
    study = opened(deals=deals(Amount=amounts))
    question = asked(study, "deals.Amount")
    again = study.replace(**question.answers[0].settings)
    assert again.facts.won_amount.value == sum(100 + place for place in range(0, ROWS, 3))


def test_many_rows_of_one_name_are_asked_about():
    columns = {
        "Company": [f"Firm {place % 90}" for place in range(ROWS)],
        "Industry": cycle("Food", "Steel", "Toys"),
        "Employees": [str(5 + place % 50) for place in range(ROWS)],
        "LTV": [str(100 + place) for place in range(ROWS)],
    }
    study = opened(accounts=columns)
    question = asked(study, "accounts")
    assert "30 rows" in question.sentence
    assert question.grave
    again = study.replace(**question.answers[0].settings)
    assert not [one for one in again.questions if one.about == "accounts"]


def test_a_state_nobody_reads_may_say_who_left():
    columns = {
        "Customer ID": [f"c{place}" for place in range(ROWS)],
        "Industry": cycle("Food", "Steel", "Toys"),
        "LTV": [str(100 + place) for place in range(ROWS)],
        "Attrition_Flag": cycle("Existing Customer", "Existing Customer", "Attrited Customer"),
    }
    study = opened(accounts=columns)
    if study.facts.left.value is None:
        question = asked(study, "accounts.Attrition_Flag")
        study = study.replace(**question.answers[0].settings)
    assert study.facts.left.value == 40


def test_a_kind_that_a_person_chose_holds_and_an_unknown_one_is_told():
    study = opened(deals=deals()).replace(table_kinds={"deals": "unused", "ghost": "deals"})
    assert study.facts.tables.value == {"deals": "unused"}
    assert "table-kind-unknown" in {problem.code for problem in study.problems}


def test_the_same_study_asks_the_same_and_quickly():
    rows = 5_000
    columns = {
        "Opportunity ID": [f"o{place}" for place in range(rows)],
        "Company": [f"Firm {place % 900}" for place in range(rows)],
        "Volume": [str(100 + 37 * place % 9000) for place in range(rows)],
        "Final position": cycle("W", "L", "P", rows=rows),
    }
    study, other = opened(deals=columns), opened(deals=columns)
    assert study.facts.deals.value == rows
    began = time.process_time()
    questions = study.questions
    assert time.process_time() - began < 3  # a hang, not a benchmark
    assert questions == other.questions
    assert all(len(question.answers) <= 5 for question in questions)


def test_of_two_unread_days_the_one_that_few_have_is_asked_about_first_as_leaving():
    accounts = {
        "Company": [f"Firm {place:03d} Ltd" for place in range(ROWS)],
        "Industry": cycle("Food", "Tech", "Retail"),
        "Added on": days("2023-01-01"),
        "Over on": [day if place % 5 == 0 else "" for place, day in enumerate(days("2023-06-01"))],
    }
    study = opened(firms=accounts, deals=deals())
    question = asked(study, "firms.Over on")
    assert question.answers[0].label == "The day they left"
    assert study.replace(**question.answers[0].settings).facts.left.value == 24


def test_payments_taken_for_accounts_are_asked_about_then_whose_they_are():
    rows = pd.DataFrame(
        {
            "Doc": [f"n{place}" for place in range(ROWS)],
            "Type": ["Invoice"] * (ROWS - 2) + ["Credit note"] * 2,
            "Contact": [
                f"{'Moor' if place % 2 else 'Dale'} & Sons {place % 15}" for place in range(ROWS)
            ],
            "Date": days("2024-01-01"),
            "Sub Total": [str(100 + 7 * place) for place in range(ROWS)],
            "Tax": [str(10 + place) for place in range(ROWS)],
        }
    )
    study = Study.open({"ledger": rows})
    kind = study.questions[0]
    assert kind.grave and kind.answers[0].label == "Orders or payments"
    paid = study.replace(**kind.answers[0].settings)
    whose = paid.questions[0]
    assert [answer.label for answer in whose.answers][:1] == ["“Contact”"]
    told = paid.replace(**whose.answers[0].settings)
    assert told.facts.accounts.value == rows["Contact"].nunique()
    assert not any(question.grave for question in told.questions)


def test_numbers_that_only_count_rows_and_taxes_are_no_amounts():
    rows = pd.DataFrame(
        {
            "nr": [str(place) for place in range(ROWS)],
            "seq": [str(500 + place) for place in range(ROWS)],
            "Customer": [f"c{place % 15}" for place in range(ROWS)],
            "Invoice date": days("2024-01-01"),
            "VAT": [str(19 + 3 * place) for place in range(ROWS)],
            "Netto": [str(100 + 17 * place) for place in range(ROWS)],
        }
    )
    seen_in = Study.open({"invoices": rows}).understood
    [worth] = [line for line in seen_in if line.key == "worth"]
    offered = [option.label for choice in worth.choices for option in choice.options]
    assert "Netto" in offered
    assert not {"seq", "nr", "VAT"} & set(offered)


def test_payments_whose_amount_nothing_reads_ask_for_it():
    rows = pd.DataFrame(
        {
            "Invoice No.": [f"n{place}" for place in range(ROWS)],
            "Customer": [f"c{place % 15}" for place in range(ROWS)],
            "Invoice date": days("2024-01-01"),
            "Due date": days("2024-02-01"),
            "Paid on": days("2024-02-10"),
            "Net": [str(100 + 17 * place) for place in range(ROWS)],
        }
    )
    study = Study.open({"invoices": rows})
    question = next(one for one in study.questions if one.about == "value")
    assert question.grave and "“Net”" in question.answers[0].label
    told = study.replace(**question.answers[0].settings)
    assert float(rows["Net"].astype(int).sum()) in told.facts.value.value.values()
    assert not any(one.about == "value" for one in told.questions)
