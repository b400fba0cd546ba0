"""Numbers that only customers have are what they are worth, or known afterwards."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.columns.understand import understand_tables
from icp_engine.settings import Settings

ROWS = 80


def tables(header, count, only=True):
    won = np.arange(ROWS) % 2 == 0
    worth = [f"{500 + 13 * row},50" for row in range(ROWS)]
    firms = pd.DataFrame(
        {
            "Customer ID": [f"K{row}" for row in range(ROWS)],
            "Industry": np.resize(["a", "b", "c"], ROWS),
            "Employees": [str(5 + 7 * row) for row in range(ROWS)],
            header: np.where(won | (not only), worth, None),
            count: np.where(won, "3", None),
        }
    )
    deals = pd.DataFrame(
        {
            "Deal ID": [f"D{row}" for row in range(ROWS)],
            "Customer ID": firms["Customer ID"],
            "Stage": np.where(won, "Closed Won", "Closed Lost"),
            "Close Date": pd.date_range("2024-01-01", periods=ROWS).strftime("%Y-%m-%d"),
        }
    )
    return understand_tables({"firms": firms, "deals": deals}, Settings())[0]["firms"].roles


@pytest.mark.parametrize(
    ("header", "count"),
    [
        ("Vertragswert p.a. (EUR)", "Anz. Beschwerden"),
        ("Montant signé (EUR)", "Nb appels"),
        ("Wartość umowy (PLN)", "Liczba wizyt"),
    ],
)
def test_money_of_customers_is_a_value_and_their_counts_are_known_afterwards(header, count):
    roles = tables(header, count)
    assert roles[header] == "value_metric"
    assert roles[count] in ("known_after", "value_metric")
    assert roles["Employees"] == "attribute"


def test_money_that_prospects_have_too_says_nothing_of_who_bought():
    assert tables("Bilanz (EUR)", "Nb appels", only=False)["Bilanz (EUR)"] == "attribute"
