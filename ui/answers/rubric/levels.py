"""The levels of a criterion as a table to edit, and read back.

Comes in: a criterion, an edited table. Goes out: a frame, levels.
Separate from the tab, which changes the rubric.
"""

from __future__ import annotations

import math

import pandas as pd

from icp_engine.rubric import edit
from icp_engine.rubric.model import FIT_UNITS, Criterion, Level
from icp_engine.types import Frame


def is_range(criterion: Criterion) -> bool:
    """Whether its levels are ranges of one number."""
    tests = [test for level in criterion.levels for test in level.tests]
    return len(criterion.columns) == 1 and any(
        test.low is not None or test.high is not None for test in tests
    )


def level_rows(criterion: Criterion) -> Frame:
    """The levels as a table to edit: From and Below for ranges, Values for value sets, one label
    for pairs.
    """
    earns = [100 * level.fit // FIT_UNITS for level in criterion.levels]
    if len(criterion.columns) > 1:
        return pd.DataFrame({"Level": [level.label for level in criterion.levels], "Earns": earns})
    if is_range(criterion):
        edges = [level.tests[0] for level in criterion.levels]
        return pd.DataFrame(
            {
                "From": pd.Series([test.low for test in edges], dtype="float64"),
                "Below": pd.Series([test.high for test in edges], dtype="float64"),
                "Earns": earns,
            }
        )
    values = ["; ".join(level.tests[0].values) or edit.ANY_OTHER for level in criterion.levels]
    return pd.DataFrame({"Values": pd.Series(values, dtype="str"), "Earns": earns})


def how_levels_work(criterion: Criterion) -> str:
    """One line under the editor."""
    shared = "The first line that fits counts; a known value that fits none earns nothing."
    if is_range(criterion):
        return f"From is included, Below is not; leave an end empty where there is none. {shared}"
    if len(criterion.columns) > 1:
        return f"Two attributes together: only what a level earns can be changed. {shared}"
    return f"Several values are separated by a semicolon; “{edit.ANY_OTHER}” stands for the rest. {shared}"


def read_levels(criterion: Criterion, edited: Frame) -> list[Level]:
    """The table as levels; ValueError where a line cannot be one."""
    levels = []
    for place, row in enumerate(edited.to_dict("records")):
        earns = row.get("Earns")
        if earns is None or pd.isna(earns):
            raise ValueError(f"line {place + 1} does not say what it earns")
        fit = math.floor(float(earns) * FIT_UNITS / 100 + 0.5)
        if len(criterion.columns) > 1:
            levels.append(criterion.levels[place].model_copy(update={"fit": fit}))
        elif is_range(criterion):
            low, high = (
                None if pd.isna(row.get(end)) else float(row[end]) for end in ("From", "Below")
            )
            levels.append(edit.range_level(low, high, fit))
        else:
            levels.append(edit.value_level(str(row.get("Values") or "").split(";"), fit))
    return levels


def _first_line(error: ValueError) -> str:
    # pydantic's message is for programmers; its first fault reads well
    faults = getattr(error, "errors", None)
    text = faults()[0]["msg"].removeprefix("Value error, ") if callable(faults) else str(error)
    return str(text).rstrip(".")
