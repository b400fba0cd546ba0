"""Sheets are named before anything is read; what is no workbook names none and never raises."""

import io
import zipfile

import pytest
import xlsxwriter

from icp_engine.intake.reading.sheet_names import find_sheet_names


def workbook(*names, hidden=()):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, name)
            if name in hidden:
                sheet.hide()
    buffer.seek(0)
    return buffer


def test_sheets_in_their_order_as_written():
    assert find_sheet_names(workbook("Cover", "Deals & more", "Größe <1")) == (
        "Cover",
        "Deals & more",
        "Größe <1",
    )


def test_hidden_sheets_are_not_offered():
    assert find_sheet_names(workbook("A", "B", "C", hidden=("B",))) == ("A", "C")


def test_the_file_can_be_read_afterwards():
    file = workbook("A", "B")
    find_sheet_names(file)
    assert file.read(2) == b"PK"


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<sheet " * 1_000_000)
    return buffer


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_any_other_file_names_none(content):
    assert find_sheet_names(io.BytesIO(content)) == ()


def test_a_bomb_is_looked_at_in_bounds():
    assert find_sheet_names(bomb()) == ()
