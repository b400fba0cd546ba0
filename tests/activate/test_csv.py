"""One line is one row, and no cell begins with a formula, however the file is split."""

import ast
import csv
import datetime
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp_engine.activate.export import to_csv_text
from icp_engine.activate.list_files import list_to_csv

ROOT = Path(__file__).parents[2]
WRITERS = {"icp_engine/activate/export.py", "icp_engine/intake/reading/spreadsheet_child.py"}
BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# no digit: a list's “-5” is data and stays
HOSTILE = st.text("=+-@＝；;,|\t\0\ufeff\u200b\xa0\ud800'\"a " + BREAKS, max_size=12)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(HOSTILE, min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def runs(cell: str) -> bool:
    """Whether the first sign to be seen begins a formula."""
    seen = next((sign for sign in cell if sign.isprintable() and sign not in ' "'), "")
    return seen != "" and seen in "=+-@＝"


def cells_to_anybody(text):
    """Cells as found by readers that end a row at any break, and split at either sign, or at “;”
    before quotes.
    """
    for line in text.splitlines():
        yield from line.split(";")
        for delimiter in ",;":
            yield from next(csv.reader([line], delimiter=delimiter))


def as_frame(rows):
    return pd.DataFrame(rows[1:], columns=pd.Index(rows[0], dtype=object), dtype=object)


@given(TABLES)
def test_no_split_of_a_result_begins_with_a_formula(rows):
    text = to_csv_text(as_frame(rows).assign(number=-1.5), index=False)
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in back] == [len(rows[0]) + 1] * len(rows)
    assert len(text.splitlines()) == len(rows) == len(text.encode().splitlines())
    assert not [cell for cell in cells_to_anybody(text) if runs(cell) and cell != "-1.5"]


@given(TABLES)
def test_no_split_of_a_list_begins_with_a_formula(rows):
    text = list_to_csv(as_frame(rows), rows[0])
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in back] == [len(rows[0])] * len(rows)
    assert not [cell for cell in cells_to_anybody(text) if runs(cell)]


@given(TABLES)
def test_an_id_is_defused_like_a_cell(rows):
    frame = as_frame(rows)
    frame.index = pd.Index(frame.iloc[:, 0], name=rows[0][0], dtype=object)
    text = to_csv_text(frame)
    assert not [cell for cell in cells_to_anybody(text) if runs(cell)]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Acme\r=1+1", '"Acme =1+1"'),
        ("Acme\r\nBerlin", '"Acme Berlin"'),
        ("x;=1+1;y", '"x;\'=1+1;y"'),
        ('x;"=1+1', '"x;\'""=1+1"'),
        ("\x00 =1", '"\'\x00 =1"'),
        ("a; b;;c", '"a; b;;c"'),
        ("\ud83d", '"\ufffd"'),
    ],
)
def test_breaks_become_blanks_and_every_start_is_marked(text, cell):
    frame = pd.DataFrame({"name": [text]}, dtype=object)
    assert to_csv_text(frame, index=False) == f'"name"\n{cell}\n' == list_to_csv(frame, ["name"])


MISSING = [None, np.nan, pd.NA, pd.NaT]


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        (["007", "1.50", "<NA>", "NaN", "inf", "None"], "'007' '1.50' '<NA>' 'NaN' 'inf' 'None'"),
        ([1, 1.5, True, datetime.date(2024, 1, 5)], "1 1.5 'True' '2024-01-05'"),
        ([-0.1, 1 / 3, 80.0, float("-inf")], "-0.1 0.3333333333 80 -inf"),
        (pd.array([1, None, -3], dtype="Int64"), "1 _ -3"),
        (pd.array([True, None], dtype="boolean"), "'True' _"),
        (pd.to_datetime(["2024-01-05", None]), "'2024-01-05' _"),
        (pd.to_datetime(["2024-01-05 10:30", None]), "'2024-01-05/10:30:00' _"),
        (pd.Categorical(["0012", None]), "'0012' _"),
        (pd.Series(["0012", ""], dtype="str"), "'0012' _"),
        (MISSING, "_ _ _ _"),
    ],
)
def test_what_is_no_number_stands_in_quotes_and_nothing_else_changes(values, cells):
    expected = [cell.replace("_", "").replace("/", " ") for cell in cells.split()]
    text = to_csv_text(pd.DataFrame({"a": values, "b": 0}), index=False)
    assert [line.removesuffix(",0") for line in text.splitlines()[1:]] == [
        cell.replace("'", '"') for cell in expected
    ]


def test_an_empty_cell_alone_in_its_row_is_a_row():
    assert to_csv_text(pd.DataFrame({"a": [None, "x"]}), index=False) == '"a"\n""\n"x"\n'


def source_files():
    folders = [ROOT / "icp_engine", ROOT / "ui", ROOT / "pages"]
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def names_in(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_else_writes_delimited_text():
    writes = re.compile(r"csv\.(Dict)?[wW]riter$|\.to_csv$|\.write_csv|\.savetxt|\.to_clipboard")
    writing = {
        str(path.relative_to(ROOT))
        for path in source_files()
        if any(writes.search(name) for name in names_in(path))
    }
    assert writing == WRITERS
