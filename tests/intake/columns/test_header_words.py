"""Every header of the CRMs' exports, in seven languages, gets the role it means."""

import pandas as pd
import pytest

from icp_engine.intake.columns.header_words import header_currency, split_header
from icp_engine.intake.columns.understand import understand_tables
from icp_engine.settings import Settings
from tests.intake.crm_headers import EXPORTS, values_of


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_is_read_without_help(export):
    kind, roles = EXPORTS[export]
    wanted = {header: role for role, headers in roles.items() for header in headers.split("|")}
    frame = pd.DataFrame({header: values_of(header, role) for header, role in wanted.items()})
    table = understand_tables({"table": frame}, Settings())[0]["table"]
    assert table.kind == kind
    assert {header: str(role) for header, role in table.roles.items()} == wanted


@pytest.mark.parametrize(
    ("header", "english"),
    [
        ("Kundennummer", "account id"),
        ("Chiffre d’affaires", "annual revenue"),
        ("Número de empleados", "number of employees"),
        ("Wahrscheinlichkeit (%)", "probability"),
        ("Address 1: Country/Region", "country region"),
        ("Organization - Country of Address", "country"),
    ],
)
def test_a_header_in_another_language_is_read_as_the_english_one(header, english):
    assert split_header(header)[1] == english


def test_a_second_currency_column_belongs_to_its_amount_and_describes_nobody():
    frame = pd.DataFrame(
        {
            "Deal - ID": range(20),
            "Deal - Value": range(20),
            "Deal - Currency of Value": ["EUR", "USD"] * 10,
            "Deal - Currency of Weighted value": ["EUR", "USD"] * 10,
            "Deal - Status": ["won", "lost"] * 10,
        }
    ).astype(str)
    roles = understand_tables({"deals": frame}, Settings())[0]["deals"].roles
    assert (roles["Deal - Currency of Value"], roles["Deal - Currency of Weighted value"]) == (
        "currency",
        "ignore",
    )


@pytest.mark.parametrize(
    ("header", "currency", "words"),
    [
        ("Value (EUR)", "EUR", "value"),
        ("Amount in €", "EUR", "amount"),
        ("ARR_USD", "USD", "arr"),
        ("Annual Revenue (in USD)", "USD", "annual revenue"),
        ("Size (kr)", "SEK", "size"),
        ("Country", "", "country"),
        ("Price per try", "", "price per try"),
        ("Currency", "", "currency"),
        ("EUR", "", "eur"),
    ],
)
def test_a_currency_at_the_end_of_a_header_is_read_and_left_out_of_its_words(
    header, currency, words
):
    assert (header_currency(header), split_header(header)[1]) == (currency, words)
