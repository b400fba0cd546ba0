"""What a workbook or a web page hands on as text keeps its rows: as many, as wide, sign by sign."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp_engine.intake.reading.delimited import read_delimited
from icp_engine.intake.reading.read import read_sources
from icp_engine.intake.reading.spreadsheet_child import write_rows
from tests.intake.files import workbook

BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
CELLS = st.text("a,;\"' =\t" + BREAKS, max_size=8)


def written(rows):
    out = io.StringIO(newline="")
    write_rows(out, rows)
    return out.getvalue()


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6))
def test_cells_come_back_sign_by_sign(rows):
    assert list(csv.reader(io.StringIO(written(rows), newline=""))) == rows


@given(st.lists(CELLS, min_size=1, max_size=30))
def test_the_reader_of_texts_finds_as_many_rows_as_were_written(notes):
    rows = [["id", "name", "note"], *([f"k{n}", "x", note] for n, note in enumerate(notes))]
    frame = read_delimited(written(rows).encode(), ",").frame
    assert frame["id"].tolist() == [row[0] for row in rows[1:]]
    assert frame["note"].tolist() == notes


@pytest.mark.parametrize("turn", ["_x000D_", "_x000D_\n", "\n", "\u2028"])
def test_a_break_in_a_workbooks_cell_tears_no_row(turn):
    rows = [["account_id", "name", "ltv"]]
    rows += [[f"A{n}", f"Acme {n}{turn if n % 4 == 0 else ' '}Berlin", n] for n in range(40)]
    stream = io.BytesIO(workbook({"Accounts": rows}))
    stream.name = "accounts.xlsx"
    tables, problems = read_sources(stream)
    assert not problems and tables["accounts"].shape == (40, 3)
    assert [" ".join(name.split()) for name in tables["accounts"]["name"]] == [
        f"Acme {n} Berlin" for n in range(40)
    ]
