"""Six lines say what was understood, each with what may be chosen instead."""

import pandas as pd
import pytest

from icp_engine import Study

ROWS = 60


@pytest.fixture(scope="module")
def study():
    accounts = pd.DataFrame(
        {
            "Account ID": [f"a{place:02d}" for place in range(20)],
            "Industry": ["Food", "Steel"] * 10,
            "LTV": [str(1000 + place) for place in range(20)],
            "Contract volume": [str(100 + 31 * place**2 % 9000) for place in range(20)],
        }
    )
    deals = pd.DataFrame(
        {
            "Opportunity ID": [f"o{place}" for place in range(ROWS)],
            "Account ID": [f"a{place % 20:02d}" for place in range(ROWS)],
            "Stage": ["Closed Won", "Closed Lost", "Proposal"] * 20,
            "Second review": ["Won", "Lost", "Won"] * 20,
            "Amount": [str(100 + place) for place in range(ROWS)],
            "Close Date": [str(day)[:10] for day in pd.date_range("2024-01-01", periods=ROWS)],
        }
    )
    return Study.open({"accounts": accounts, "deals": deals})


def lines(study):
    return {line.key: line for line in study.understood}


def test_there_are_six_lines_in_the_users_words(study):
    found = lines(study)
    assert list(found) == ["files", "bought", "worth", "left", "when", "joined"]
    assert (
        "20 won (“Closed Won”), 20 lost (“Closed Lost”), 20 open (“Proposal”); 20 customers."
        in found["bought"].text
    )
    assert "LTV (20,190 over 20 accounts)" in found["worth"].text
    assert found["left"].text == "Nothing says who left."
    assert found["when"].text.startswith("Deals were won or lost from 1 Jan 2024")
    assert "“deals” 60 of 60 rows" in found["joined"].text
    assert found["bought"].by == ("deals.Stage",)
    assert all(0 <= line.sure <= 1 for line in found.values())


def test_what_holds_now_is_chosen_and_another_kind_is_a_setting(study):
    choice = next(one for one in lines(study)["files"].choices if one.label == "deals")
    assert choice.options[choice.chosen].label == "Deals"
    unused = next(option for option in choice.options if option.label == "Not used")
    assert study.replace(**unused.settings).facts.deals.value == 0


def test_another_column_for_the_outcome_is_one_choice(study):
    choice = lines(study)["bought"].choices[0]
    assert choice.options[choice.chosen].label == "Stage"
    other = next(option for option in choice.options if option.label == "Second review")
    assert study.replace(**other.settings).facts.won.value == 40


def test_a_number_not_used_can_become_a_value(study):
    choice = lines(study)["worth"].choices[0]
    also = next(option for option in choice.options if option.label == "Also Contract volume")
    assert "Contract volume" in study.replace(**also.settings).facts.value.value


def test_each_line_offers_the_columns_that_could_stand_in_its_place(study):
    labels = [choice.label for line in study.understood for choice in line.choices]
    assert labels == [
        "accounts",
        "deals",
        "Column that says who won",
        "What counts as worth",
        "Column with the amount",
        "Column with the day a deal closed",
    ]


def test_what_was_chosen_away_can_be_chosen_again(study):
    option = next(
        one for one in lines(study)["bought"].choices[0].options if one.label == "Second review"
    )
    again = lines(study.replace(**option.settings))["bought"].choices[0]
    assert again.options[again.chosen].label == "Second review"
    back = next(one for one in again.options if one.label == "Stage")
    changed = study.replace(**option.settings).replace(**back.settings)
    assert changed.facts.won.value == study.facts.won.value
    assert changed.facts.lost.value == study.facts.lost.value


def test_customers_without_a_won_deal_are_told_with_their_column(study):
    since = study.intake.raw["accounts"].assign(**{"Customer since": "2023-05-01"})
    more = Study.open({"accounts": since, "deals": study.intake.raw["deals"].head(1)})
    assert "20 customers, 19 of them by “Customer since” alone." in lines(more)["bought"].text


def test_a_table_that_explains_values_is_neither_unused_nor_joined_to_accounts(study):
    raw = dict(study.intake.raw)
    raw["deals"] = raw["deals"].assign(Owner=["Ann", "Bo"] * 30)
    raw["staff"] = pd.DataFrame({"Owner": ["Ann", "Bo"], "Team": ["North", "South"]})
    found = lines(Study.open(raw))
    assert "“staff” (2 rows): says more about values of the deals" in found["files"].text
    assert "staff" not in found["joined"].text


def test_payments_alone_offer_their_amount_their_day_and_their_customer():
    rows = pd.DataFrame(
        {
            "Invoice No.": [f"n{place}" for place in range(ROWS)],
            "Debtor": [f"Firm {place % 20}" for place in range(ROWS)],
            "Invoice date": [str(day)[:10] for day in pd.date_range("2024-01-01", periods=ROWS)],
            "Due date": [str(day)[:10] for day in pd.date_range("2024-02-01", periods=ROWS)],
            "Net": [str(100 + 7 * place) for place in range(ROWS)],
            "VAT": [str(20 + 2 * place) for place in range(ROWS)],
            "Gross": [str(120 + 9 * place) for place in range(ROWS)],
        }
    )
    study = Study.open({"invoices": rows})
    assert "who paid in “invoices”" in lines(study)["bought"].text
    [question] = [one for one in study.questions if one.grave]
    assert question.sentence.startswith("Which column of “invoices” names the customer?")
    assert question.answers[0].label == "“Debtor”"
    told = lines(study.replace(**question.answers[0].settings))
    assert "over 20 accounts" in told["worth"].text
    assert told["worth"].by == ("invoices.Invoice date", "invoices.Net")
    [amount] = told["worth"].choices
    assert [option.label for option in amount.options] == ["Net", "Gross", "No column"]
    assert [choice.label for choice in told["when"].choices] == ["Column with the day"]
    assert told["joined"].text == "One table, nothing to join; “Debtor” names the customer."
