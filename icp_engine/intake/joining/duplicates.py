"""Rows that stand for the same thing, taken together by a stated rule.

Comes in: a table's rows by their key. Goes out: one row a key, and a Problem that names rows and
rule. Separate because accounts and deals repeat alike, and what was merged must be said alike.
"""

from __future__ import annotations

import re

import numpy as np

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.join import merge_duplicates
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame

NEWEST = re.compile(
    r"\b(last|date|time|system) ?(modified|modification|updated?|activity|changed?)\b"
    r"|\b(modified|updated|update|changed)( (on|at|date|time))?$"
)


def merge_repeated(
    table: Table, frame: Frame, key: str, header: str
) -> tuple[Frame, list[Problem]]:
    """One row a value of `key`: the first non-empty value of each column, the row changed last
    first where that is recorded. The Problem stands at `header`, the file's name of the key.
    """
    if frame[key].nunique(dropna=False) == len(frame):
        return frame.set_index(key), []
    newest = find_newest(table)
    dates = None if newest is None else table.clean(newest).reindex(frame.index)
    merged, rows = merge_duplicates(frame, key, dates)
    rule = "first non-empty value of each column" + (
        f", newest row first (by “{newest}”)" if newest else ""
    )
    problem = make_problem(
        "id-duplicate", table=table.name, column=header, rows=rows, count=len(rows), rule=rule
    )
    return merged, [problem]


def find_newest(table: Table) -> str | None:
    """The column that says when a row was changed last, or None."""
    dated = (header for header, rule in table.rules.items() if rule.type == "date")
    return next((header for header in dated if NEWEST.search(split_header(header)[1])), None)


def drop_copies(table: Table, frame: Frame, kept: bool) -> tuple[Frame, list[Problem]]:
    """Rows equal in every cell leave when chance does not explain them (there is no id to tell them
    apart).

    With `kept` they stay: a person said that they are deals of their own.
    """
    copies = table.frame.duplicated().to_numpy()
    if kept or not copies.any() or copies.sum() <= 5 * _copies_by_chance(table.frame):
        return frame, []
    rows = [int(row) for row in table.frame.index[copies]]
    return frame[~copies], [
        make_problem("rows-duplicate", table=table.name, rows=rows, count=len(rows))
    ]


def _copies_by_chance(frame: Frame) -> float:
    """Equal pairs of rows to expect were columns independent: n(n−1)/2 · Π Σ share²."""
    agreement = 0.0
    for name in frame.columns:
        shares = (
            frame[name]
            .astype("str")
            .value_counts(normalize=True, dropna=False)
            .to_numpy(dtype=float)
        )
        agreement += float(np.log(max(float((shares**2).sum()), 1e-12)))
    return float(len(frame) * (len(frame) - 1) / 2 * np.exp(agreement))
