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
    assert "20 won, 20 lost, 20 open" in found["bought"].text
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
