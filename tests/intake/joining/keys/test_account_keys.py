"""A column whose values are another table's key is that key, whatever it is called."""

import pandas as pd
import pytest

import icp_engine as icp

FIRMS = [f"Firm {n}" for n in range(24)]


def table(**columns):
    return pd.DataFrame({name.replace("_", " "): values for name, values in columns.items()})


def deals(key, values, **more):
    rows = len(values)
    return pd.DataFrame(
        {
            "Deal ID": [f"D{n:04d}" for n in range(rows)],
            key: values,
            "Stage": ["Closed Won" if n % 3 else "Closed Lost" for n in range(rows)],
            "Amount": [1000 + 37 * n for n in range(rows)],
            "Close Date": [f"2024-{1 + n % 12:02d}-11" for n in range(rows)],
            **more,
        }
    )


KEYS = [f"Q{7000 + 13 * n}" for n in range(24)]


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("Kd-Nr", "Kd-Nr"),
        ("Mandant", "Vertragspartner"),
        ("Ключ", "Чей"),
        ("row key", "belongs to"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_values_say_whose_key_it_is(own, other, turned):
    accounts = pd.DataFrame(
        {own: KEYS, "Company name": FIRMS, "Industry": ["A", "B", "C"] * 8, "City": ["X", "Y"] * 12}
    )
    sales = deals(other, KEYS * 2)
    if turned:
        accounts, sales = accounts[accounts.columns[::-1]], sales[sales.columns[::-1]]
    study = icp.Study.open({"firms": accounts, "sales": sales})
    assert study.roles["sales"][other] == "account_id"
    assert study.roles["firms"][own] == "account_id"
    assert len(study.accounts) == 24
    assert [join.matched for join in study.intake.joins] == [48]
    assert "24 of 24 values" in study.roles["sales"][other].reason


def test_numbers_that_count_up_are_no_key_by_themselves():
    accounts = pd.DataFrame(
        {
            "Customer ID": range(1, 41),
            "Company name": [f"F{n}" for n in range(40)],
            "Industry": ["A", "B"] * 20,
        }
    )
    sales = deals(
        "Company name", [f"F{n}" for n in range(40)], Seats=[1 + n % 9 for n in range(40)]
    )
    study = icp.Study.open({"firms": accounts, "sales": sales})
    assert study.roles["sales"]["Seats"] != "account_id"
    assert len(study.accounts) == 40


@pytest.mark.parametrize(
    "header",
    [
        "Client Code",
        "Kundennummer",
        "Cod. Cliente",
        "klant nr",
        "Debitor-Nr.",
        "Код клиента",
        "顧客コード",
    ],
)
def test_a_buyers_code_that_repeats_is_the_account(header):
    sales = deals(header, [f"K{n % 10:03d}" for n in range(60)])
    study = icp.Study.open({"deals": sales})
    assert study.roles["deals"][header] == "account_id"
    assert len(study.accounts) == 10


@pytest.mark.parametrize("header", ["Owner code", "Promo code", "Sector code"])
def test_another_code_is_no_account(header):
    study = icp.Study.open({"deals": deals(header, [f"K{n % 10:03d}" for n in range(60)])})
    assert study.roles["deals"][header] != "account_id"


@pytest.mark.parametrize("header", ["cliente_id", "Kd.Nr", "asiakas nro"])
def test_namesakes_stay_two_while_an_id_exists(header):
    names = [*FIRMS[:-1], FIRMS[0]]
    accounts = pd.DataFrame(
        {
            header: range(24),
            "Company name": names,
            "Industry": ["A", "B", "C"] * 8,
            "City": ["X", "Y"] * 12,
        }
    )
    study = icp.Study.open({"firms": accounts})
    assert len(study.accounts) == 24
    assert "id-duplicate" not in [problem.code for problem in study.problems]


def test_who_only_sells_to_us_is_no_account():
    customers = pd.DataFrame(
        {"customerID": KEYS, "companyName": FIRMS, "country": ["A", "B", "C"] * 8}
    )
    suppliers = pd.DataFrame(
        {
            "supplierID": range(1, 9),
            "companyName": [f"Maker {n}" for n in range(8)],
            "country": list("ABABABAB"),
        }
    )
    products = pd.DataFrame(
        {
            "productID": range(1, 31),
            "productName": [f"P{n}" for n in range(30)],
            "supplierID": [1 + n % 8 for n in range(30)],
            "unitPrice": [5 + n for n in range(30)],
        }
    )
    orders = pd.DataFrame(
        {
            "orderID": range(10248, 10344),
            "customerID": KEYS * 4,
            "orderDate": [f"2024-{1 + n % 12:02d}-05" for n in range(96)],
        }
    )
    lines = pd.DataFrame(
        {
            "orderID": list(range(10248, 10344)) * 2,
            "productID": [1 + n % 30 for n in range(192)],
            "unitPrice": [10.0] * 192,
            "quantity": [1 + n % 4 for n in range(192)],
        }
    )
    study = icp.Study.open(
        {
            "customers": customers,
            "suppliers": suppliers,
            "products": products,
            "orders": orders,
            "lines": lines,
        }
    )
    assert len(study.accounts) == 24
    assert study.accounts["ltv"].sum() == float((lines["unitPrice"] * lines["quantity"]).sum())
    assert "table-through" in [problem.code for problem in study.problems]
