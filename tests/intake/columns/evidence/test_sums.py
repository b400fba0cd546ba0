"""Orders and invoices are told by columns that make one another, whatever they are called."""

import numpy as np
import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.intake.columns.evidence.sums import find_product, find_tax

ROWS = 90
RNG = np.random.default_rng(4)
NET = pd.Series(np.round(np.exp(RNG.normal(6, 0.8, ROWS)), 2))
COUNT = pd.Series(RNG.integers(1, 9, ROWS).astype(float))
FIRMS = [f"{name} Ltd" for name in ("Abel", "Birk", "Curt", "Dahl", "Egon", "Finn", "Gerd")]
DAYS = pd.date_range("2024-01-01", periods=ROWS).strftime("%Y-%m-%d")


def test_price_times_count_and_net_with_tax_are_found_and_nothing_in_numbers_of_their_own():
    assert find_product({"a": COUNT, "b": NET, "c": COUNT * NET}) == ("c", "a")
    assert find_tax({"x": NET * 1.2, "y": NET * 0.2, "z": NET}) == ("z", "y")
    others = {"a": COUNT, "b": NET, "c": NET.sample(frac=1, random_state=1).reset_index(drop=True)}
    assert find_product(others) is None and find_tax(others) is None


def book(**sums):
    return pd.DataFrame(
        {
            "Zettel": [str(91000 + row // 2) for row in range(ROWS)],
            "kam": DAYS,
            "Kürzel": [str(400 + row % 7) for row in range(ROWS)],
            "wem": [FIRMS[row % 7] for row in range(ROWS)],
            **{name: [f"{value:.2f}" for value in values] for name, values in sums.items()},
        }
    )


@pytest.mark.parametrize(
    ("sums", "kind", "amount"),
    [
        ({"so": NET, "viel": NET * 0.19, "alles": NET * 1.19}, "invoices", "so"),
        ({"wie oft": COUNT, "je": NET, "alles": COUNT * NET}, "orders", "alles"),
    ],
)
def test_a_book_in_words_of_its_own_is_read(sums, kind, amount):
    study = Study.open({"buch": book(**sums)})
    roles = {role: header for header, role in study.roles["buch"].items()}
    assert study.facts.tables.value == {"buch": kind}
    assert (roles["event_date"], roles["event_amount"]) == ("kam", amount)
    assert (roles["account_id"], roles["account_name"]) == ("Kürzel", "wem")
    assert study.facts.customers.value == 7


def test_accounts_whose_revenue_has_two_parts_stay_accounts():
    accounts = pd.DataFrame(
        {
            "Firm": [f"{chr(65 + row % 26)}{row} Works Ltd" for row in range(ROWS)],
            "Signed": DAYS,
            "Licences": NET.astype(str),
            "Services": (NET * 0.3).round(2).astype(str),
            "Together": (NET * 1.3).round(2).astype(str),
        }
    )
    assert Study.open({"firms": accounts}).facts.tables.value == {"firms": "accounts"}
