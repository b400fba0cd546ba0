"""A rubric from one table and its outcomes: the notebook's way in.

Comes in: a raw frame, who won, optionally which account each row belongs to. Goes out: `Rubric`.
Separate because it needs no study: no customers, no groups, no hold-out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from icp_engine.attributes.checks import Evidence, check_column, common_gap
from icp_engine.attributes.find import MEASURES, as_attribute
from icp_engine.intake.columns.column_types import infer_rule, infer_rule_for
from icp_engine.intake.columns.role import Column, Role
from icp_engine.learning.derivation import Derivation, Lessons
from icp_engine.learning.suggest import suggest
from icp_engine.learning.thresholds import with_thresholds
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.parse import parse_column

OFTEN = 10  # rows a code must stand for on average to be a level rather than an id


def suggest_rubric(
    frame: Frame, won: Any, settings: Settings | None = None, account: Any = None
) -> Rubric:
    """Suggest a rubric from a table of accounts or deals and whether each was won.

    frame: raw or clean rows, one column an attribute (every column is a candidate; leaks, ids,
    dates and text are withheld by the same checks as in a study). won: True/False a row, matched by
    position; missing rows are left out. account: the account of each row; rows of one account share
    one vote. Group totals are never forced. The rubric may have no criteria when nothing helps.
    Raises ValueError when `won` or `account` differ from the frame in length.
    """
    chosen = settings or Settings()
    outcome = _aligned(frame, won, "won").astype("boolean")
    usable = outcome.notna().to_numpy()
    rows = frame.reset_index(drop=True)[usable].reset_index(drop=True)
    rows.columns = [str(name) for name in rows.columns]
    owner = (
        _aligned(frame, account, "account")[usable].reset_index(drop=True)
        if account is not None
        else None
    )
    y = outcome[usable].astype("float64").reset_index(drop=True)
    columns = {name: _column(rows, name) for name in rows.columns}
    clean = pd.DataFrame(
        {name: parse_column(rows[name], column.rule) for name, column in columns.items()},
        index=rows.index,
    )
    weight = (
        1.0 / owner.map(owner.value_counts()).fillna(1.0)
        if owner is not None
        else pd.Series(1.0, index=rows.index)
    )
    evidence = Evidence(clean, y, 1.0 - y, y < 0.5, common_gap(clean.notna(), y >= 0.5, y < 0.5))
    attributes = tuple(
        as_attribute(name, column, chosen)
        for name, column in columns.items()
        if column.type in MEASURES and _may_score(name, column, evidence, chosen)
    )
    empty = rows.index[:0]
    lessons = Lessons(y * weight, (1.0 - y) * weight, empty, empty)
    return with_thresholds(suggest(Derivation(clean, attributes, lessons, empty), chosen), chosen)


def _may_score(name: str, column: Column, evidence: Evidence, settings: Settings) -> bool:
    withheld = check_column(name, column, evidence, settings)
    return withheld is None or (withheld.can_allow and name in settings.allow)


def _aligned(frame: Frame, values: Any, name: str) -> Series:
    series = pd.Series(np.asarray(values, dtype=object))
    if len(series) != len(frame):
        raise ValueError(f"“{name}” has {len(series)} entries, the frame {len(frame)} rows")
    return series


def _column(rows: Frame, name: str) -> Column:
    rule, _ = infer_rule(rows[name], name)
    if rule.type == "id" and rows[name].nunique() * OFTEN <= len(rows):
        # a code that many rows share groups them
        rule = infer_rule_for(rows[name], "category", name)
    filled = float(rows[name].notna().mean()) if len(rows) else 0.0
    return Column(
        "frame",
        name,
        rule.type,
        Role("attribute", kind="firmographic"),
        rule,
        filled,
        int(rows[name].nunique()),
    )
