"""Facts: counts, sums and days with the columns they rest on."""

import pandas as pd
import pytest

from icp_engine import Study

DEALS = pd.DataFrame(
    {
        "Opportunity ID": [f"o{place}" for place in range(6)],
        "Account Name": ["Ada", "Ada", "Bob", "Cyd", "Dee", "Eve"],
        "Stage": [
            *("Closed Won", "Closed Lost", "Closed Won"),
            *("Closed Lost", "Proposal", "Closed Won"),
        ],
        "Amount": ["100", "200", "300", "400", "500", "600"],
        "Close Date": [f"2024-0{place + 1}-15" for place in range(6)],
    }
)


@pytest.fixture(scope="module")
def facts():
    return Study.open({"deals": DEALS}).facts


def test_facts_can_be_read_by_name_either_way(facts):
    assert facts["won"] == facts.won
    assert {"tables", "accounts", "left", "value"} < set(facts)
    with pytest.raises(KeyError):
        facts["nothing"]


def test_outcomes_amounts_and_days_are_counted(facts):
    found = {name: fact.value for name, fact in facts.items()}
    assert found["tables"] == {"deals": "deals"}
    assert (found["deals"], found["won"], found["lost"], found["open"]) == (6, 3, 2, 1)
    assert (found["accounts"], found["customers"]) == (5, 3)
    assert found["won_amount"] == 1000
    assert (found["first_closed"], found["last_closed"]) == ("2024-01-15", "2024-06-15")
    assert found["left"] is None


def test_a_fact_names_its_columns_and_is_as_sure_as_the_least_sure_of_them(facts):
    assert facts.won.by == ("deals.Stage",)
    assert facts.won_amount.by == ("deals.Stage", "deals.Amount")
    assert 0 < facts.won_amount.sure <= facts.won.sure <= 1


def test_what_a_person_chose_is_sure():
    given = {"deals": {"Stage": "stage"}}
    study = Study.open({"deals": DEALS}, roles=given).replace(table_kinds={"deals": "deals"})
    assert study.facts.won.sure == 1


def test_files_with_nothing_in_them_have_facts_too():
    facts = Study.open({"notes": pd.DataFrame({"a": ["x"]})}).facts
    assert facts.accounts.value == 0
    assert facts.tables.value == {"notes": "unused"}
    assert facts.value.value == {}
