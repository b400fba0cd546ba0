"""Sheets of records are tables; covers, glossaries, pick lists and sums of another sheet are none."""

import io

import openpyxl
import pytest

from icp_engine.intake.reading.cell_formats import unit_of
from icp_engine.intake.reading.read import read_sources
from tests.intake.files import workbook

CUSTOMERS = [
    ["Kunde", "Branche", "Mitarbeiter"],
    *[[f"Firma {n}", ["Bau", "Handel"][n % 2], n * 7] for n in range(40)],
]
DEALS = [
    ["Angebot", "Kunde", "Status", "Wert"],
    *[[f"A-{n}", f"Firma {n % 40}", ["Gewonnen", "Verloren"][n % 2], 100 + n] for n in range(120)],
]
NONE = {
    "Deckblatt": [["Bericht"], ["Stand", "heute"]],
    "Glossar": [
        ["Feld", "Bedeutung"],
        *[[name, f"Was in {name} steht, in einem ganzen Satz"] for name in DEALS[0]],
    ],
    "Listen": [["Status", "Branche"], ["Gewonnen", "Bau"], ["Verloren", "Handel"], ["", "Verkehr"]],
    "Kreuz": [
        ["Status", "Anzahl von Angebot", "Summe von Wert"],
        ["Gewonnen", 60, 9540],
        ["Verloren", 60, 9600],
    ],
    "Je Kunde": [
        ["Firma", "Stück", "Betrag"],
        *[[f"Firma {n}", 3, 3 * (100 + n) + 120] for n in range(40)],
    ],
    "Zahlen": [["Kennzahl", "Wert"], ["Quote", 0.5], ["Umsatz", 9540], ["Offen", 3]],
}


@pytest.mark.parametrize("other", NONE)
def test_what_is_made_of_records_is_no_table(other):
    content = workbook({other: NONE[other], "Kunden": CUSTOMERS, "Angebote": DEALS})
    tables, problems = read_sources({"Mappe": io.BytesIO(content)})
    assert {name: len(frame) for name, frame in tables.items()} == {"Kunden": 40, "Mappe": 120}
    assert [problem.code for problem in problems] == ["file-sheets-several"]


def formatted(cells):
    book = openpyxl.Workbook()
    book.active.append(["Nr", "Wert", "Anteil"])
    for place, (value, shown) in enumerate(cells, start=2):
        book.active.append([f"N{place}", value, 0.25])
        book.active.cell(place, 2).number_format = shown
        book.active.cell(place, 3).number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    return io.BytesIO(stream.getvalue())


def test_what_a_cell_shows_beside_its_number_is_read():
    shown = ["[$CHF] #,##0", '#,##0.00 "€"', "0.00", '"£"#,##0']
    tables, _ = read_sources(
        {"a": formatted([(5 + place, code) for place, code in enumerate(shown)])}
    )
    assert tables["a"]["Wert"].tolist() == ["CHF 5", "EUR 6", "7", "GBP 8"]
    assert set(tables["a"]["Anteil"]) == {"25%"}


@pytest.mark.parametrize("code", ["General", '0 "pcs"', "yyyy-mm-dd", "#,##0;[Red]-#,##0", "@"])
def test_other_formats_say_no_unit(code):
    assert unit_of(code) == ""
