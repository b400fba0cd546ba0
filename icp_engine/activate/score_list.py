"""A list of companies from anywhere, scored: all its columns untouched and in order, the answers
behind them.

Comes in: a study, the list's raw rows, which column stands for what. Goes out: `ScoredList`.
Separate from `Rubric.score`, which scores rows that already carry the rubric's own column names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from icp_engine.activate.asking import worth_asking
from icp_engine.activate.list_amounts import convert_list
from icp_engine.activate.match_columns import ColumnMatch, Wanted, match_columns, take_columns
from icp_engine.activate.read_rows import base_columns, read_attributes, rubric_columns
from icp_engine.intake.build import understand
from icp_engine.intake.joining.join import match_accounts
from icp_engine.intake.reading.read import read_sources
from icp_engine.problems import InputRefused, Problem, has_stop
from icp_engine.results import Results
from icp_engine.rubric.explain import explain_rows
from icp_engine.rubric.model import BANDS
from icp_engine.rubric.scoring import Fits, find_fits, score_fits, score_whole
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index, Progress, Series
from icp_engine.values.levels import split_tags
from icp_engine.values.parse import parse_column
from icp_engine.values.rule import ColumnRule, ColumnType

KEYS = ("account_id", "account_name", "domain")
KEY_RULES: dict[str, ColumnType] = {
    "account_id": "id",
    "account_name": "category",
    "domain": "domain",
}
ROLE_SAMPLE = 1_000  # rows that tell which column names the company


@dataclass(frozen=True)
class UploadedList:
    """A list as it came: `frame` with unique headers, `headers` as they stood, problems of reading."""

    name: str
    frame: Frame
    headers: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class ScoredList:
    """A list with its scores.

    frame: the uploaded columns as they came, then ours; same rows, same order; `headers` names all
        columns (two of the list's own may be alike). scores: as `Rubric.score`. matches: what was
        read from where, the rubric's columns first. bands: count by band. customers: rows that are
        customers already. columns_given: how many columns the list brought; ours stand behind them.
        problems: amounts that no rate converts.
    """

    name: str
    frame: Frame
    headers: tuple[str, ...]
    scores: Frame
    matches: tuple[ColumnMatch, ...]
    bands: dict[str, int]
    customers: int
    columns_given: int
    problems: tuple[Problem, ...] = ()


def read_list(source: Any) -> UploadedList:
    """The first table of a file; InputRefused with its problems where there is none."""
    tables, problems = read_sources(source, every_column=True)
    if has_stop(problems) or not tables:
        raise InputRefused(list(problems))
    name, frame = next(iter(tables.items()))
    headers = tuple(str(header) for header in frame.columns)
    return UploadedList(name, frame.set_axis(_unique(headers), axis=1), headers, problems)


def _unique(headers: Sequence[str]) -> list[str]:
    """Each header once: the second “Name” is “Name (2)”."""
    seen: dict[str, int] = {}
    unique = []
    taken = set(headers)
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        name, number = header, seen[header]
        while number > 1 and (name := f"{header} ({number})") in taken:
            number += 1
        taken.add(name)
        unique.append(name)
    return unique


def list_wanted(study: Results) -> tuple[Wanted, ...]:
    """What scoring a list for this study reads: the rubric's columns, weightiest first, then what
    segments look at.

    A column that is made from others is asked for by those others.
    """
    weights, rules = rubric_columns(study.rubric)
    own = sorted(weights, key=lambda name: -weights[name])
    if study.segments.segments:
        for attribute in study.attributes.attributes:
            rules = {**base_columns(attribute.name, attribute.rule), **rules}
    more = [name for name in rules if name not in weights]
    return tuple(_wanted(study, name, rules[name], weights.get(name, 0)) for name in (*own, *more))


def _wanted(study: Results, name: str, rule: ColumnRule, weight: int) -> Wanted:
    tests = [
        test
        for criterion in study.rubric.criteria
        for level in criterion.levels
        for test, read in zip(level.tests, criterion.columns, strict=True)
        if read == name
    ]
    known = (
        {value for test in tests for value in test.values}
        | set(rule.levels)
        | set(rule.merges.values())
    )
    column = study.accounts.get(name)
    if column is not None and pd.api.types.is_string_dtype(column):
        known |= set(split_tags(column) if rule.type == "tags" else column.dropna())
    return Wanted(name, rule, frozenset(known), weight)


def match_list(
    study: Results, uploaded: UploadedList, chosen: Mapping[str, str | None] | None = None
) -> tuple[ColumnMatch, ...]:
    """Which column stands for what: the rubric's and the segments' columns, then account_id,
    account_name, domain.
    """
    keys = match_keys(uploaded.frame, chosen)
    taken = {match.column for match in keys if match.column}
    rest = uploaded.frame[[column for column in uploaded.frame if column not in taken]]
    return (*match_columns(rest, list_wanted(study), chosen), *keys)


def match_keys(
    frame: Frame, chosen: Mapping[str, str | None] | None = None
) -> tuple[ColumnMatch, ...]:
    """The columns that name a company, by what intake takes them for."""
    roles = understand({"list": frame.head(ROLE_SAMPLE)}, Settings.model_validate({})).roles.get(
        "list", {}
    )
    found = []
    for key in KEYS:
        column = next((name for name, role in roles.items() if role == key and name in frame), None)
        how, reason = (
            ("name", f"names the company ({key.replace('_', ' ')})")
            if column
            else ("", "not in the list")
        )
        if chosen and key in chosen:
            column, how = chosen[key], "chosen"
            reason = "chosen by you" if column else "left out by you"
        filled = 0.0 if column is None else float(_key(frame[column], key).notna().mean())
        found.append(ColumnMatch(key, column, how, reason, 0, filled))  # type: ignore[arg-type]
    return tuple(found)


def _key(column: Series, key: str) -> Series:
    return parse_column(column, ColumnRule(type=KEY_RULES[key]))


def score_list(
    study: Results,
    uploaded: UploadedList,
    matches: Sequence[ColumnMatch] | None = None,
    progress: Progress | None = None,
    *,
    mark_customers: bool = True,
) -> ScoredList:
    """Score every row. `matches` None: as `match_list` finds them. Nothing of the list is changed
    or left out.

    mark_customers: say which rows are customers already; False where whoever asks may not learn who
    is.

    Notes: an unknown value earns what the rubric's missing policy says; a value never met before
    counts as known. The list's rows are scored as they are, whatever the study knows of the same
    account.
    """
    say = progress or (lambda what, share: None)
    matches = match_list(study, uploaded) if matches is None else tuple(matches)
    frame = uploaded.frame
    rows, problems = _read_rows(
        study, frame, [match for match in matches if match.wanted not in KEYS]
    )
    say("Reading the values", 0.1)
    fits = find_fits(study.rubric, rows)
    scores = score_fits(study.rubric, fits)
    say("Writing the reasons", 0.4)
    reasons = explain_rows(study.rubric, fits)
    say("Looking for segments and customers", 0.7)
    segments = _nearest(study, rows)
    customers = (
        _existing(study, frame, matches) if mark_customers else np.zeros(len(frame), dtype=bool)
    )
    ours = pd.DataFrame(
        {
            "ICP score": score_whole(study.rubric, fits),
            "ICP band": scores["band"],
            "ICP reasons": reasons,
            "Nearest segment": segments,
            "Ask for": _asks(study, fits),
            "Existing customer": np.where(customers, "yes", "no"),
        },
        index=frame.index,
    )
    ours = ours if mark_customers else ours.drop(columns="Existing customer")
    scored = _put_together(uploaded, ours, scores, matches, int(customers.sum()))
    return replace(scored, problems=tuple(problems))


def _read_rows(
    study: Results, frame: Frame, matches: Sequence[ColumnMatch]
) -> tuple[Frame, list[Problem]]:
    """The matched columns under the names the rubric reads, amounts in the study's currency."""
    rules = {one.name: one.rule for one in list_wanted(study)}
    read = {
        match.column: rules[match.wanted]
        for match in matches
        if match.column and match.wanted in rules
    }
    converted, problems = convert_list(frame, read, study.intake.currency, study.settings.rates)
    rows = take_columns(frame, matches)
    named = {
        match.wanted: converted[match.column] for match in matches if match.column in converted
    }
    return (rows.assign(**named) if named else rows), problems


def _put_together(
    uploaded: UploadedList,
    ours: Frame,
    scores: Frame,
    matches: Sequence[ColumnMatch],
    customers: int,
) -> ScoredList:
    names = _unique((*uploaded.frame.columns, *ours.columns))[len(uploaded.headers) :]
    frame = pd.concat([uploaded.frame, ours.set_axis(names, axis=1)], axis=1)
    counts = scores["band"].value_counts()
    bands = {band: int(counts.get(band, 0)) for band in BANDS}
    return ScoredList(
        uploaded.name,
        frame,
        (*uploaded.headers, *names),
        scores,
        tuple(matches),
        bands,
        customers,
        len(uploaded.headers),
    )


def _nearest(study: Results, rows: Frame) -> Series:
    """The nearest segment's name where belonging is likelier than not, “near …” where it is only
    nearest, else “”.
    """
    if not study.segments.segments:
        return pd.Series("", index=rows.index, dtype="str")
    found = study.segments.assign(read_attributes(study, rows))
    name = found["name"].astype("str").where(found["segment"] >= 0, "")
    return name.where(found["alike"] | (name == ""), "near " + name)


def _asks(study: Results, fits: Fits) -> Series:
    """Names of the criteria worth asking for, the weightiest first, joined by “; ”."""
    rubric = study.rubric
    order = sorted(range(len(rubric.criteria)), key=lambda place: -rubric.criteria[place].weight)
    names = [rubric.criteria[place].name for place in order]
    asks = worth_asking(rubric, fits)[:, order]
    patterns, codes = np.unique(asks, axis=0, return_inverse=True)
    texts = np.array(
        ["; ".join(np.array(names, dtype=object)[pattern]) for pattern in patterns], dtype=object
    )
    text = texts[codes.reshape(-1)] if len(texts) else np.full(len(fits.index), "", dtype=object)
    return pd.Series(text, index=fits.index, dtype="str")


def _existing(study: Results, frame: Frame, matches: Sequence[ColumnMatch]) -> Any:
    """Which rows name a customer of the study by id, name or domain."""
    columns = {
        match.wanted: match.column for match in matches if match.wanted in KEYS and match.column
    }
    empty = pd.Series(pd.NA, index=frame.index, dtype="str")
    keys = pd.DataFrame(
        {
            key: _key(frame[columns[key]], key).astype("str") if key in columns else empty
            for key in KEYS
        }
    )
    account = match_accounts(keys, study.accounts)
    customers: Index = study.customers.is_customer.index[study.customers.is_customer]
    return account.isin(customers).to_numpy(dtype=bool)
