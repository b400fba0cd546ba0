"""CSV out: formulas are defused, everything else comes back as it was."""

import io

import numpy as np
import pandas as pd
import pytest

from icp_engine.activate.export import escape_formula, to_csv_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_text_that_a_spreadsheet_would_run_gets_a_mark(text):
    escaped = escape_formula(pd.DataFrame({"name": [text]}))
    assert escaped["name"].iloc[0] == "'" + text


def test_headers_and_index_are_defused_too():
    frame = pd.DataFrame({"=cmd": ["a"]}, index=pd.Index(["=x"], name="@id"))
    escaped = escape_formula(frame)
    assert (escaped.columns[0], escaped.index[0], escaped.index.name) == ("'=cmd", "'=x", "'@id")


def test_numbers_stay_numbers():
    frame = pd.DataFrame({"a": [-1.5, np.nan], "b": [-1, 2]})
    pd.testing.assert_frame_equal(escape_formula(frame), frame, check_column_type=False)


def test_the_frame_given_is_not_changed():
    frame = pd.DataFrame({"name": ["=1"]})
    escape_formula(frame)
    assert frame["name"].iloc[0] == "=1"


def test_two_columns_of_one_name_survive():
    frame = pd.DataFrame([["=1", "b"]], columns=["x", "x"])
    assert escape_formula(frame).to_numpy().tolist() == [["'=1", "b"]]


def test_csv_reads_back_with_the_id_first():
    ids = pd.Index(["1", "2"], name="account_id")
    frame = pd.DataFrame({"score": [80.0, 59.5], "why": ["a,b", None]}, index=ids)
    back = pd.read_csv(io.StringIO(to_csv_text(frame)), dtype={"account_id": str}).set_index(
        "account_id"
    )
    assert list(back["score"]) == [80.0, 59.5]
    assert back["why"].iloc[0] == "a,b"
    assert pd.isna(back["why"].iloc[1])


def test_a_categorical_column_is_defused():
    frame = pd.DataFrame({"level": pd.Categorical(["=1", "b"])})
    assert "'=1" in to_csv_text(frame)
