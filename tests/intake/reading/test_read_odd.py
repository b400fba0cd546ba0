"""Files that other tools accept although they are odd: halves of surrogate pairs, blank lines before
the table, headers used twice and notes of pandas that nobody can read.
"""

import io
import json

import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest

import icp_engine as icp
from icp_engine.intake.reading.read import read_sources

TABLE = "id,name\n1,a\n2,b\n3,c\n"


def read(content, name="t.csv"):
    file = io.BytesIO(content)
    file.name = name
    tables, problems = read_sources(file)
    return tables.get("t"), {problem.code for problem in problems}


def parquet(table):
    stream = io.BytesIO()
    pyarrow.parquet.write_table(table, stream)
    return read(stream.getvalue(), "t.parquet")


@pytest.mark.parametrize(
    "record",
    [
        {"na\ud800me": "x"},
        {"name": "x\udfff"},
        {"name": ["x\ud800"]},
        {"outer": {"na\ud800me": {"deep": ["\udc00"]}}},
        {"name": [{"id": "\ud800"}]},
    ],
)
def test_half_a_surrogate_pair_in_json_spoils_its_own_sign_only(record):
    frame, codes = read(json.dumps([{"id": "1", **record}, {"id": "2"}]).encode(), "t.json")
    assert not codes and frame["id"].tolist() == ["1", "2"]
    assert all(name.encode() for name in frame) and frame.iloc[0, 1].encode()


def test_half_a_surrogate_pair_in_a_name_or_a_cell_of_a_frame_is_replaced():
    frame = pd.DataFrame(
        {"id\ud800": ["1\udfff", ["a\ud800"]], ("b", "\udc00"): [1, 2]}, dtype="object"
    )
    study = icp.Study.open({"t\ud800": frame})
    assert study.problems and list(study.raw) == ["t?"]
    assert list(study.raw["t?"]) == ["id?", "b ?"]
    assert icp.Study.open(io.BytesIO(study.to_file())).raw["t?"].shape == (2, 2)


@pytest.mark.parametrize("line", ["\n", "\r\n", ",,\n", " \t\n", ";\r"])
@pytest.mark.parametrize("lines", [1, 39, 60, 500, 100_000])
def test_blank_lines_before_the_table_are_no_table(line, lines):
    frame, codes = read((line * lines + TABLE).encode())
    assert list(frame) == ["id", "name"] and frame["name"].tolist() == ["a", "b", "c"]
    assert frame.index.tolist() == [lines + 2, lines + 3, lines + 4] and not codes


def test_a_title_far_above_the_table_is_none_of_its_headers():
    frame, codes = read(("Accounts of today\n" + "\n" * 500 + TABLE).encode())
    assert list(frame) == ["id", "name"] and frame.index[0] == 503 and not codes


@pytest.mark.parametrize("second", [["y", "z"], [1, 2], [None, None]])
def test_two_parquet_columns_of_one_name_are_read_as_one(second):
    arrays = [pyarrow.array(["1", "2"]), pyarrow.array(["x", None]), pyarrow.array(second)]
    frame, codes = parquet(pyarrow.table(arrays, names=["id", "n", "n"]))
    assert list(frame) == ["id", "n"] and frame["n"].iloc[0] == "x"
    assert codes == {"columns-duplicate"}


RANGE = {"kind": "range", "name": None, "start": 0, "stop": 99, "step": 1}
ODD = {"name": None, "field_name": None, "pandas_type": "x", "numpy_type": "wat", "metadata": None}
NOTES = [
    *(b"junk", b"[]", b"{}", b"\xff\xfe", b"1"),
    json.dumps({"index_columns": ["nope"], "columns": [], "column_indexes": []}).encode(),
    json.dumps({"index_columns": [RANGE], "columns": [ODD], "column_indexes": [ODD]}).encode(),
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_of_pandas_that_cannot_be_read_is_left_unread(note):
    table = pyarrow.table({"id": ["1", "2"], "n": ["x", "y"]})
    frame, codes = parquet(table.replace_schema_metadata({b"pandas": note}))
    assert list(frame) == ["id", "n"] and frame["n"].tolist() == ["x", "y"] and not codes


def test_days_beyond_pythons_calendar_are_read_from_parquet():
    days = pyarrow.array([0, 2_932_896, 10_000_000], pyarrow.date32())
    frame, codes = parquet(pyarrow.table({"id": ["1", "2", "3"], "day": days}))
    assert frame["day"].dt.year.tolist() == [1970, 9999, 29349] and not codes
