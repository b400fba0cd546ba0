"""Which columns a rubric really reads from a stranger's rows, and those rows as the segments read
them.

Comes in: a rubric, raw rows. Goes out: columns with their points and rules; clean attributes.
Separate because a form and a list ask for the same columns, and a column made from others is asked
for by those others.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.results import Results
from icp_engine.rubric.model import Rubric
from icp_engine.types import Frame
from icp_engine.values.made_columns import read_made
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule


def base_columns(name: str, rule: ColumnRule) -> dict[str, ColumnRule]:
    """The column itself, or the columns it is made from."""
    return dict(rule.made_from) or {name: rule}


def rubric_columns(rubric: Rubric) -> tuple[dict[str, int], dict[str, ColumnRule]]:
    """({column: points of the criteria that read it}, {column: its rule}) in the order of the
    rubric.

    Columns of bad-fit traits that are switched on come last, with 0 points. A question is a column
    of its own.
    """
    weights: dict[str, int] = {}
    rules: dict[str, ColumnRule] = {}
    reads = [
        (name, criterion.weight) for criterion in rubric.criteria for name in criterion.columns
    ]
    for name, weight in [*reads, *((flag.attribute, 0) for flag in rubric.flags if flag.on)]:
        for base, rule in base_columns(name, rubric.rules.get(name, ColumnRule())).items():
            weights[base] = weights.get(base, 0) + weight
            rules.setdefault(base, rule)
    return weights, rules


def read_attributes(study: Results, rows: Frame) -> Frame:
    """Raw rows as segments read them: each attribute by its own rule, made where it is made from
    others.
    """
    clean = {}
    for attribute in study.attributes.attributes:
        if attribute.name in rows:
            clean[attribute.name] = parse_column(rows[attribute.name], attribute.rule)
        elif (made := read_made(rows, attribute.rule)) is not None:
            clean[attribute.name] = made
    return pd.DataFrame(clean, index=rows.index)
