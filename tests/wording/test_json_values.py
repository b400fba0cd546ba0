"""What is missing is null, and nothing of numpy or pandas reaches JSON."""

import json
import math

import numpy as np
import pandas as pd

from icp_engine.wording.json_values import json_records, json_value


def test_rows_hold_plain_values_whatever_their_columns_were():
    table = pd.DataFrame(
        {
            "number": [1.5, math.nan],
            "whole": pd.Series([3, None], dtype="Int64"),
            "day": pd.to_datetime(["2026-09-30", None]),
            "word": pd.Series(["a", None], dtype="str"),
            "band": pd.Categorical(["Green", None]),
        }
    )
    assert json_records(table) == [
        {"number": 1.5, "whole": 3, "day": "2026-09-30", "word": "a", "band": "Green"},
        {"number": None, "whole": None, "day": None, "word": None, "band": None},
    ]


def test_nested_values_are_plain_too():
    value = {1: (np.int64(2), [np.bool_(True), np.float64("inf")]), "none": pd.NA}
    assert json_value(value) == {"1": [2, [True, None]], "none": None}
    json.dumps(json_value(value), allow_nan=False)
