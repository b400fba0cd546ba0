"""Numbers that only customers have are what they are worth, or known afterwards."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.intake.joining.keys.related import understand_related
from icp_engine.settings import Settings

ROWS = 80


def tables(header, count, only=True, key="Customer ID"):
    won = np.arange(ROWS) % 2 == 0
    worth = [f"{500 + 13 * row},50" for row in range(ROWS)]
    firms = pd.DataFrame(
        {
            key: [f"K{row}" for row in range(ROWS)],
            "Industry": np.resize(["a", "b", "c"], ROWS),
            "Employees": [str(5 + 7 * row) for row in range(ROWS)],
            header: np.where(won | (not only), worth, None),
            count: np.where(won, "3", None),
        }
    )
    deals = pd.DataFrame(
        {
            "Deal ID": [f"D{row}" for row in range(ROWS)],
            key: firms[key],
            "Stage": np.where(won, "Closed Won", "Closed Lost"),
            "Close Date": pd.date_range("2024-01-01", periods=ROWS).strftime("%Y-%m-%d"),
        }
    )
    return understand_related({"firms": firms, "deals": deals}, Settings()).tables["firms"].roles


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


@pytest.mark.parametrize("key", ["Mandanten-Nr", "Numéro de dossier", "Ref"])
def test_who_bought_is_known_when_only_values_say_which_account_a_deal_is_of(key):
    roles = tables("Auftragsvolumen Vorjahr", "Servicefälle", key=key)
    assert roles["Auftragsvolumen Vorjahr"] == "value_metric"
    assert roles["Servicefälle"] in ("known_after", "value_metric")


def test_money_that_prospects_have_too_says_nothing_of_who_bought():
    assert tables("Bilanz (EUR)", "Nb appels", only=False)["Bilanz (EUR)"] == "attribute"
