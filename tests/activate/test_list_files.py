"""A scored list goes back as it stood; nothing in it runs."""

import csv
import io

import openpyxl
import pandas as pd
import pytest

from icp_engine.activate.list_files import defuse, list_to_csv, list_to_xlsx

ODD = pd.DataFrame(
    {
        "Id": ["0012", "7", "0300"],
        "Note": ["=1+1", "-5", "@cmd"],
        "Since": ["03/04/2024", "", "2024-01-02"],
        "Count": ["5", "", "12"],
        "Phone": ["+49 30 1234", "+1 (555) 010-2", "=cmd|' /C calc'!A0"],
        "Link": ["http://a.example", "", "x"],
    },
    dtype="str",
)


def read_csv(text):
    return list(csv.reader(io.StringIO(text)))


def read_sheet(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows()]


def test_every_harmless_cell_comes_back_in_csv():
    rows = read_csv(list_to_csv(ODD, list(ODD.columns)))
    assert [row[0] for row in rows] == ["Id", "0012", "7", "0300"]
    assert [row[2] for row in rows[1:]] == ["03/04/2024", "", "2024-01-02"]
    assert rows[2][1] == "-5" and rows[1][4] == "+49 30 1234"


def test_formulas_are_defused_in_csv_headers_too():
    text = list_to_csv(ODD, ["=Id", *ODD.columns[1:]])
    rows = read_csv(text)
    assert (
        rows[0][0] == "'=Id"
        and rows[1][1] == "'=1+1"
        and rows[3][1] == "'@cmd"
        and rows[3][4].startswith("'=")
    )


def test_two_columns_of_one_name_stay_two():
    rows = read_csv(list_to_csv(ODD.iloc[:, :2], ["Name", "Name"]))
    assert rows[0] == ["Name", "Name"] and rows[1] == ["0012", "'=1+1"]


def test_a_workbook_holds_no_formula_and_keeps_leading_zeros():
    rows = read_sheet(list_to_xlsx(ODD, list(ODD.columns)))
    assert [row[0].value for row in rows[1:]] == ["0012", "7", "0300"]
    assert rows[1][1].value == "=1+1" and rows[1][1].data_type == "s"
    assert not any(cell.data_type == "f" for row in rows for cell in row)


def test_only_columns_of_exact_numbers_become_numbers():
    rows = read_sheet(list_to_xlsx(ODD, list(ODD.columns)))
    assert [row[3].value for row in rows[1:]] == [5, None, 12]
    assert rows[1][2].value == "03/04/2024" and rows[1][5].hyperlink is None


@pytest.mark.parametrize("text", ["1.50", "007", "1234567890123456", "1,5", "1e5", "-0.10"])
def test_numbers_that_would_change_stay_text(text):
    rows = read_sheet(list_to_xlsx(pd.DataFrame({"a": [text]}, dtype="str"), ["a"]))
    assert rows[1][0].value == text


@pytest.mark.parametrize("text", ["-1+cmd|' /C calc'!A0", "+SUM(A1)", "\t=1", " =1", "-2+3", "＝1"])
def test_what_could_run_is_defused(text):
    assert defuse(text) == "'" + text


@pytest.mark.parametrize("digits", [40, 60_000])
def test_a_long_phone_number_before_a_word_is_defused_and_one_alone_is_left(digits):
    number = "+" + "4" * digits
    assert defuse(f"{number} mobil") == f"'{number} mobil"
    assert defuse(number) == number
