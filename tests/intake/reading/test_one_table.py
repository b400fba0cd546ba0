"""Parts of one table become one; other tables of the same columns stay what they are."""

import io

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.intake.reading.read import read_sources


def sales(first, count=30):
    """Rows of sales, numbered from `first`."""
    return pd.DataFrame(
        {
            "Beleg": [f"B{first + n}" for n in range(count)],
            "Kunde": [f"Firma {n % 10}" for n in range(count)],
            "Datum": [f"2025-{1 + first // 100:02}-{1 + n % 28:02}" for n in range(count)],
            "Betrag": [100 + n for n in range(count)],
        }
    )


def read(*names):
    parts = {name: sales(100 * place) for place, name in enumerate(names)}
    return read_sources(parts)


@pytest.mark.parametrize(
    ("names", "whole"),
    [
        (("orders-2025-01", "orders-2025-02", "orders-2025-03"), "orders"),
        (("Umsatz Januar", "Umsatz Februar"), "Umsatz"),
        (("ventas_T1_2025", "ventas_T2_2025"), "ventas"),
        (("Sales EMEA", "Sales APAC", "Sales Americas"), "Sales"),
        (("export (1)", "export (2)"), "export (1)"),
        (("leden", "únor", "březen"), "leden"),
    ],
)
def test_months_quarters_and_regions_are_one_table_and_told(names, whole):
    tables, problems = read(*names)
    assert {name: len(frame) for name, frame in tables.items()} == {whole: 30 * len(names)}
    assert [problem.code for problem in problems] == ["tables-joined"]
    assert names[0] in problems[0].message


@pytest.mark.parametrize(
    "names",
    [
        ("sales quotes", "sales invoices"),
        ("Angebote 2025", "Aufträge 2025"),
        ("Umsatz Plan", "Umsatz Ist 1"),
        ("industries", "countries"),
    ],
)
def test_different_things_of_the_same_columns_stay_apart(names):
    tables, problems = read(*names)
    assert [*tables] == [*names] and not problems


def test_two_exports_of_the_same_accounts_stay_apart():
    tables, _ = read_sources({"accounts 2024": sales(1), "accounts 2025": sales(1)})
    assert len(tables) == 2


def test_a_month_that_stands_in_the_rows_tells_parts_of_a_usage_list_from_two_exports():
    usage = sales(1).drop(columns="Datum")
    parts = {f"Nutzung {month}": usage.assign(Monat=month) for month in ("Mai", "Juni")}
    tables, _ = read_sources(parts)
    assert {name: len(frame) for name, frame in tables.items()} == {"Nutzung": 60}


def test_files_of_won_and_of_lost_deals_say_the_outcome():
    parts = {f"{side} deals.csv": sales(place * 100) for place, side in enumerate(("won", "lost"))}
    files = []
    for name, frame in parts.items():
        stream = io.BytesIO(frame.to_csv(index=False).encode())
        stream.name = name
        files.append(stream)
    study = icp.Study.open(*files)
    assert study.deals["won"].value_counts().to_dict() == {True: 30, False: 30}


def test_months_add_up_to_what_a_customer_bought():
    files = {f"orders 2025-{month:02}": sales(month * 100) for month in (1, 2, 3)}
    whole = icp.Study.open({"orders": pd.concat(files.values(), ignore_index=True)})
    parts = icp.Study.open(files)
    assert parts.accounts["ltv"].equals(whole.accounts["ltv"])


def test_rows_that_merely_share_an_amount_all_count():
    parts = {
        f"sales 2025-{month:02}": sales(100 * month).drop(columns="Beleg") for month in (1, 2, 3)
    }
    tables, (problem,) = read_sources(parts)
    assert {name: len(frame) for name, frame in tables.items()} == {"sales": 90}
    assert "again" not in problem.message


def test_a_row_that_stands_in_two_parts_counts_once_as_the_last_says_and_is_told():
    first, second = sales(1), sales(26).assign(Betrag=7)
    tables, (problem,) = read_sources({"deals 2025-01": first, "deals 2025-02": second})
    assert len(tables["deals"]) == 55 and (tables["deals"]["Betrag"] == 7).sum() == 30
    assert "5 rows again, counted as in the last" in problem.message


def test_the_whole_takes_no_other_tables_name():
    other = pd.DataFrame({"Code": ["a", "b"], "Text": ["x", "y"]})
    tables, _ = read_sources({"sales 1": sales(1), "sales 2": sales(100), "sales": other})
    assert sorted(map(len, tables.values())) == [2, 60] and len(tables["sales"]) == 2
