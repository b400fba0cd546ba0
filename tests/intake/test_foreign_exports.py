"""Orders, invoices, deals and customers of twenty languages are read as their English twins are."""

import random

import pandas as pd
import pytest

from icp_engine.intake.build import understand
from icp_engine.settings import Settings
from tests.intake.foreign_exports import FIELDS, HEADERS, WORDS

ROWS = 36
FIRMS = tuple(
    f"{name} AB" for name in ["Alba", "Borea", "Corda", "Delta", "Evora", "Fonda", "Galba", "Hydra"]
)
DAYS = [str(day.date()) for day in pd.date_range("2023-01-09", periods=ROWS, freq="9D")]
LATER = [str(day.date()) for day in pd.date_range("2023-02-13", periods=ROWS, freq="9D")]


def columns_of(language):
    won, lost, still_open, customer, prospect = WORDS[language].split("|")
    stages = (won, lost, still_open, won, lost)
    account = [place % 8 for place in range(ROWS)]
    net = [40 + 13 * place for place in range(ROWS)]
    return {
        "number": [f"A-{5000 + place}" for place in range(ROWS)],
        "day": DAYS,
        "customer": [FIRMS[place] for place in account],
        "article": [f"Pump {place % 5}" for place in range(ROWS)],
        "quantity": [1 + place % 3 for place in range(ROWS)],
        "price": [round(value / (1 + place % 3), 2) for place, value in enumerate(net)],
        "net": net,
        "tax": [round(0.2 * value, 2) for value in net],
        "gross": [round(1.2 * value, 2) for value in net],
        "due": LATER,
        "paid": LATER,
        "account_id": [f"K{100 + place}" for place in account],
        "name": [f"Line {place}" for place in range(ROWS)],
        "stage": [stages[place % 5] for place in range(ROWS)],
        "value": [1000 + 250 * place for place in range(ROWS)],
        "owner": [("Mia Lund", "Jan Novak", "Ida Berg")[place % 3] for place in range(ROWS)],
        "created": DAYS,
        "closed": [LATER[place] if place % 5 != 2 else "" for place in range(ROWS)],
        "reason": [
            ("Preis", "Timing")[place % 2] if place % 5 in (1, 4) else "" for place in range(ROWS)
        ],
        "source": [("Web", "Fair", "Ads")[place % 3] for place in range(ROWS)],
        "industry": [("Software", "Retail", "Logistics")[place % 3] for place in range(ROWS)],
        "employees": [10 + 7 * place for place in range(ROWS)],
        "country": ["DE", "FR", "IT"] * (ROWS // 3),
        "city": ["Berlin", "Lyon", "Roma"] * (ROWS // 3),
        "since": DAYS,
        "relation": [(customer, prospect)[place % 3 == 0] for place in range(ROWS)],
        "revenue": [90000 + 1000 * place for place in range(ROWS)],
    }


def export(language, table):
    """The table's frame, its columns shuffled, and its headers by field."""
    fields = FIELDS[table].split()
    headers = dict(
        zip(fields, HEADERS[language][list(FIELDS).index(table)].split("|"), strict=True)
    )
    columns = columns_of(language)
    if table == "customers":
        columns["account_id"] = [f"K{100 + place}" for place in range(ROWS)]
        columns["name"] = [f"Firm {place} AB" for place in range(ROWS)]
    random.Random(f"{language} {table}").shuffle(fields)
    frame = pd.DataFrame({headers[field]: columns[field] for field in fields}).astype(str)
    return frame, headers, columns


def read(frame):
    intake = understand({"table": frame}, Settings(as_of="2024-02-01"))
    kind = intake.kinds["table"]
    return intake, kind, {header: str(role) for header, role in intake.roles["table"].items()}


def total_by(columns, amount, key):
    return pd.Series(columns[amount], index=columns[key]).groupby(level=0).sum().astype(float)


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize(("table", "key"), [("orders", "customer"), ("invoices", "account_id")])
def test_what_customers_paid_is_the_net_amount_of_their_days(language, table, key):
    frame, headers, columns = export(language, table)
    intake, kind, roles = read(frame)
    assert kind == table
    wanted = {"number": "event_id", "day": "event_date", "net": "event_amount"}
    wanted[key] = "account_name" if key == "customer" else "account_id"
    if table == "orders":
        wanted["quantity"] = "event_quantity"
    assert {field: roles[headers[field]] for field in wanted} == wanted
    assert not {"account_name", "event_amount", "value_metric"} & {
        roles[headers[field]] for field in ("tax", "gross", "due", "price") if field in headers
    }
    paid = intake.accounts["ltv" if table == "orders" else "revenue_invoiced"]
    assert sorted(paid.dropna().round(2)) == sorted(total_by(columns, "net", key).round(2))


@pytest.mark.parametrize("language", HEADERS)
def test_deals_are_won_and_lost_with_their_amounts_and_days(language):
    frame, headers, columns = export(language, "deals")
    intake, kind, roles = read(frame)
    assert kind == "deals"
    wanted = {
        "name": "deal_name",
        "customer": "account_name",
        "value": "amount",
        "owner": "owner",
        "created": "created_date",
        "closed": "closed_date",
        "reason": "lost_reason",
        "source": "lead_source",
    }
    assert {field: roles[headers[field]] for field in wanted} == wanted
    assert roles[headers["stage"]] in ("stage", "won")
    deals = intake.deals.set_index("deal_name").loc[columns["name"]]
    won = [{0: True, 1: False, 2: None, 3: True, 4: False}[place % 5] for place in range(ROWS)]
    assert [None if pd.isna(said) else bool(said) for said in deals["won"]] == won
    assert deals["amount"].tolist() == columns["value"]
    assert deals["created_date"].dt.strftime("%Y-%m-%d").tolist() == columns["created"]


@pytest.mark.parametrize("language", HEADERS)
def test_customers_are_told_from_prospects_with_what_describes_them(language):
    frame, headers, columns = export(language, "customers")
    intake, kind, roles = read(frame)
    assert kind == "accounts"
    wanted = {
        "account_id": "account_id",
        "name": "account_name",
        "industry": "attribute",
        "employees": "attribute",
        "country": "attribute",
        "city": "attribute",
        "since": "customer_since",
        "relation": "account_type",
        "revenue": "attribute",
    }
    assert {field: roles[headers[field]] for field in wanted} == wanted
    told = intake.accounts.loc[columns["account_id"], "account_type"].tolist()
    assert told == [("customer", "prospect")[place % 3 == 0] for place in range(ROWS)]
