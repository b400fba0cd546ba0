"""One company, scored from the answers of a form: the rubric's fields and questions only.

Comes in: a study and {field: answer}. Goes out: `Field`s to ask for, `OneScore`. Separate because
the answers come from a person, one by one, and need no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from icp_engine.activate.asking import Ask, list_asks
from icp_engine.activate.read_rows import read_attributes, rubric_columns
from icp_engine.results import Results
from icp_engine.rubric.explain import explain_rows
from icp_engine.rubric.model import Criterion, Rubric
from icp_engine.rubric.scoring import contributions, find_fits, meets_test, score_fits, score_whole
from icp_engine.types import Frame, Series
from icp_engine.values.levels import as_levels, split_tags
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule

FieldKind = Literal["choice", "tags", "number", "question", "text"]
MOST_OPTIONS = 400
ANSWERS = ("best", "good", "none")
NUMBERS = ("number", "money", "percent")


@dataclass(frozen=True)
class Field:
    """One thing to ask about a company.

    name: the column, or the question's criterion. kind: “choice” (one of `options`), “tags”
    (several of them), “number”, “question” (best, good, none) or “text” (a date, or what has no
    known answers). unit: “%” or a currency for numbers. weight: points of the criteria that read
    it.
    """

    name: str
    kind: FieldKind
    options: tuple[str, ...]
    question: str
    unit: str
    weight: int


@dataclass(frozen=True)
class OneScore:
    """What a company scores, and why.

    score: to one decimal; whole: as bands use it. parts: one row a criterion in the order of the
    rubric: criterion, weight, points (they sum to the score), known. reason: one sentence. asks:
    see `asking.list_asks`. cautions: bad-fit traits it shows, whether switched on or not. segment:
    the nearest one (“” where there is none), confidence 0–1, `alike` from 0.5 on. known: fields
    answered.
    """

    score: float
    whole: int
    band: str
    coverage: float
    disqualified: bool
    parts: Frame
    reason: str
    asks: tuple[Ask, ...]
    cautions: tuple[str, ...]
    segment: str
    confidence: float
    alike: bool
    known: int


def list_fields(rubric: Rubric, accounts: Frame) -> tuple[Field, ...]:
    """The fields a rubric reads, the weightiest first; accounts: clean, they tell which answers
    occur.
    """
    weights, rules = rubric_columns(rubric)
    askers: dict[str, Criterion] = {}
    for criterion in rubric.criteria:
        for name in criterion.columns:
            askers.setdefault(name, criterion)
    names = sorted(weights, key=lambda name: -weights[name])
    return tuple(
        _field(rubric, name, rules[name], askers.get(name), accounts, weights[name])
        for name in names
    )


def _field(
    rubric: Rubric,
    name: str,
    rule: ColumnRule,
    asker: Criterion | None,
    accounts: Frame,
    weight: int,
) -> Field:
    question = asker.question if asker else ""
    if asker is not None and not asker.attributes:
        return Field(name, "question", ANSWERS, question, "", weight)
    if rule.type in NUMBERS:
        unit = "%" if rule.type == "percent" else rule.currency
        return Field(name, "number", (), question, unit, weight)
    options = () if rule.type == "date" else _options(rubric, name, rule, accounts.get(name))
    kind: FieldKind = "text" if not options else "tags" if rule.type == "tags" else "choice"
    return Field(name, kind, options, question, "", weight)


def _options(rubric: Rubric, name: str, rule: ColumnRule, column: Series | None) -> tuple[str, ...]:
    """Answers to choose from: bands in their order, else what the rubric names and what occurs, by
    alphabet.
    """
    if rule.type == "boolean":
        return ("yes", "no")
    if rule.levels:
        return rule.levels
    named = {
        value
        for criterion in rubric.criteria
        for level in criterion.levels
        for test, read in zip(level.tests, criterion.columns, strict=True)
        if read == name
        for value in test.values
    }
    if column is not None and not pd.api.types.is_numeric_dtype(column):
        seen = split_tags(column) if rule.type == "tags" else column.dropna().astype("str")
        named |= set(seen.value_counts().index[:MOST_OPTIONS])
    return tuple(sorted(named, key=str.casefold))


def score_one(study: Results, answers: Mapping[str, Any]) -> OneScore:
    """Score one company; answers: {field name: text, number, or a list of tags}; None and “” are
    unknown.
    """
    rubric: Rubric = study.rubric
    given = {
        name: _as_cell(value) for name, value in answers.items() if _as_cell(value) is not None
    }
    row = pd.DataFrame({name: [value] for name, value in given.items()}, index=["this company"])
    fits = find_fits(rubric, row)
    scored = score_fits(rubric, fits).iloc[0]
    nearest = (
        study.segments.assign(read_attributes(study, row)).iloc[0]
        if study.segments.segments
        else None
    )
    return OneScore(
        score=float(scored["score"]),
        whole=int(score_whole(rubric, fits)[0]),
        band=str(scored["band"]),
        coverage=float(scored["coverage"]),
        disqualified=bool(scored["disqualified"]),
        parts=_parts(rubric, fits),
        reason=str(explain_rows(rubric, fits).iloc[0]),
        asks=list_asks(rubric, fits),
        cautions=_cautions(rubric, row),
        segment="" if nearest is None or nearest["segment"] < 0 else str(nearest["name"]),
        confidence=0.0 if nearest is None else float(nearest["confidence"]),
        alike=nearest is not None and bool(nearest["alike"]),
        known=len(given),
    )


def _as_cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return "; ".join(str(part) for part in value) or None
    if isinstance(value, str):
        return value.strip() or None
    return None if value is None or pd.isna(value) else value


def _parts(rubric: Rubric, fits: Any) -> Frame:
    points = contributions(rubric, fits)
    return pd.DataFrame(
        {
            "criterion": [criterion.name for criterion in rubric.criteria],
            "weight": [criterion.weight for criterion in rubric.criteria],
            "points": points.iloc[0].to_numpy(float) if len(points.columns) else [],
            "known": [bool(fit >= 0) for fit in fits.fits[0]],
        }
    )


def _cautions(rubric: Rubric, row: Frame) -> tuple[str, ...]:
    found = []
    for flag in rubric.flags:
        if flag.attribute in row:
            rule = rubric.rules.get(flag.attribute, ColumnRule())
            column = parse_column(row[flag.attribute], rule)
            column = as_levels(column) if pd.api.types.is_bool_dtype(column) else column
            if meets_test(flag.test, column, tags=rule.type == "tags")[0]:
                found.append(flag.sentence or f"{flag.attribute} marks a bad fit.")
    return tuple(found)
