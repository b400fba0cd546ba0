"""Every column of every table: its rule, its role, its clean values.

Comes in: raw tables and settings. Goes out: `Understood` tables (kind, rules, roles, columns) and
clean series by role. Separate because joining needs to ask a table for “the closed date” without
knowing how the file wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast, get_args

import pandas as pd

from icp_engine.intake.columns.column_types import (
    find_unread,
    infer_rule,
    infer_rule_for,
    settle_decimals,
)
from icp_engine.intake.columns.currencies import Conversion, convert_amounts, find_amounts
from icp_engine.intake.columns.given_roles import check_given, with_kind
from icp_engine.intake.columns.outcomes import explain_values
from icp_engine.intake.columns.role import ROLES, Role, TableKind
from icp_engine.intake.columns.roles import AMOUNTS, NUMBERS, ROLE_TYPES, infer_roles
from icp_engine.intake.columns.table import Table
from icp_engine.intake.kinds.beside_deals import read_as, settle_roles, tell_kinds
from icp_engine.intake.kinds.judge import Kind, infer_kind
from icp_engine.intake.kinds.together import settle_kinds
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame
from icp_engine.values.lengths import LONGEST_HEADER
from icp_engine.values.parse import fold, missing_mask
from icp_engine.values.rule import ColumnRule, ColumnType

IMPORTANT = frozenset(
    {"account_id", "deal_id", "won", "amount", "churned", "closed_date", "customer_since"}
)
SAMPLE_ROWS = 20_000
SURE_POINTS = 20.0  # of a kind that a person chose
SHOWN_OF_HEADER = 40  # signs of a header that is too long


@dataclass(frozen=True)
class Understood:
    """All tables as understood, what was wrong, and how amounts became amounts in one currency."""

    tables: dict[str, Table]
    problems: list[Problem]
    conversion: Conversion


def understand_tables(
    raw: dict[str, Frame], settings: Settings
) -> tuple[dict[str, Table], list[Problem]]:
    """Types, kinds and roles of all tables, and what was wrong."""
    understood = understand_columns(raw, settings)
    return understood.tables, understood.problems


def understand_columns(raw: dict[str, Frame], settings: Settings) -> Understood:
    """Types, kinds, roles and currencies of all tables; settings override what the values suggest."""
    problems: list[Problem] = []
    frames = {name: plain_frame(frame) for name, frame in raw.items()}
    rules = {name: _rules(name, frame, settings, problems) for name, frame in frames.items()}
    given, faults = check_given(settings.roles, frames)
    for code, table, column, role in faults:
        problems.append(
            make_problem(code, table=table, column=column, found=role, allowed=", ".join(ROLES))
        )
    samples = {
        name: _sample(frame, rules[name], settings.meanings) for name, frame in frames.items()
    }
    kinds = {name: infer_kind(frame, rules[name], samples[name]) for name, frame in frames.items()}
    kinds = settle_kinds(
        {name: _kind_given(kinds[name], given.get(name, {})) for name in frames}, frames, rules
    )
    kinds, unknown = _kinds_chosen(kinds, settings.table_kinds)
    problems += unknown
    tables = {}
    for name, frame in frames.items():
        roles = infer_roles(samples[name], rules[name], read_as(kinds[name].name), given.get(name))
        roles = settle_roles(roles, kinds[name].name)
        roles = {
            header: with_kind(role, settings.attribute_kinds.get(header, ""))
            for header, role in roles.items()
        }
        fitted = _fit_rules(frame, rules[name], roles)
        problems += [
            _placed(problem, name, header)
            for header, rule in fitted.items()
            if rule is not rules[name][header] and rule.type in NUMBERS | {"date"}
            for problem in find_unread(frame[header], header, rule)
        ]
        said = {
            header: settings.meanings[header] for header in frame if header in settings.meanings
        }
        kind = kinds[name]
        sure = _how_sure(kind)
        tables[name] = Table(
            name, kind.name, kind.reason, frame, fitted, roles, sure=sure, meanings=said
        )
        problems += tell_unsure(tables[name])
    problems = [problem for problem in problems if _matters(problem, tables)]
    problems += tell_kinds(kinds)
    problems += _unknown_columns(tables, settings)
    mixed = {
        (problem.table, problem.column) for problem in problems if problem.code == "currency-mixed"
    }
    tables, conversion = _in_one_currency(tables, settings, mixed)
    problems = [problem for problem in problems if problem.code != "currency-mixed"]
    return Understood(tables, [*problems, *conversion.problems], conversion)


def understood_as(table: Table, kind: TableKind, reason: str, settings: Settings) -> Table:
    """The table taken for another kind, its columns' roles told anew."""
    sample = _sample(table.frame, table.rules, settings.meanings)
    given = {header: str(role) for header, role in table.roles.items() if role.given}
    roles = infer_roles(sample, table.rules, kind, given)
    roles = {
        header: with_kind(role, settings.attribute_kinds.get(header, ""))
        for header, role in roles.items()
    }
    rules = _fit_rules(table.frame, table.rules, roles)
    return replace(table, kind=kind, reason=reason, roles=roles, rules=rules)


def _in_one_currency(
    tables: dict[str, Table], settings: Settings, mixed: set[tuple[str, str]]
) -> tuple[dict[str, Table], Conversion]:
    """Tables that know the factors of their amounts; `mixed` columns carry different signs in their
    cells.
    """
    amounts = [
        part
        for table in tables.values()
        if table.kind != "unknown"
        for part in find_amounts(
            table.name,
            table.frame,
            table.rules,
            table.roles,
            {column for name, column in mixed if name == table.name},
        )
    ]
    conversion = convert_amounts(amounts, settings)
    return {
        name: _converted(table, conversion, settings) for name, table in tables.items()
    }, conversion


def _converted(table: Table, conversion: Conversion, settings: Settings) -> Table:
    """The table with its factors; a column that cannot be converted holds no amounts and no value
    metric.
    """
    factors = {
        header: found for (name, header), found in conversion.factors.items() if name == table.name
    }
    left_out = {header for name, header in conversion.left_out if name == table.name}
    if not factors:
        return table
    roles, rules = dict(table.roles), dict(table.rules)
    for header in left_out:
        if roles[header] in AMOUNTS:
            factors[header] = pd.Series(float("nan"), index=table.frame.index)
            continue
        del factors[header]
        if roles[header] == "value_metric":
            roles[header] = Role(
                "known_after", 0.9, "amounts in several currencies, and a rate is missing"
            )
    for header in factors:
        told = {"rates": dict(settings.rates), "currency": conversion.currency}
        rules[header] = rules[header].model_copy(update=told)
    return replace(table, factors=factors, roles=roles, rules=rules)


def plain_frame(frame: Frame) -> Frame:
    """The frame with text headers, each once, and row numbers as a spreadsheet shows them when none
    were given.
    """
    frame = frame.copy(deep=False)
    names = [str(column).strip() for column in frame.columns]
    frame.columns = [
        name if name not in names[:place] else f"{name} {place + 1}"
        for place, name in enumerate(names)
    ]
    if not pd.api.types.is_integer_dtype(frame.index.dtype) or (
        len(frame) and int(frame.index[0]) < 2
    ):
        frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def _sample(
    frame: Frame, rules: dict[str, ColumnRule], meanings: dict[str, dict[str, str]]
) -> Frame:
    """The first rows with missing words blanked: enough to tell what a column is for, however long
    the file.
    """
    head = frame.iloc[:SAMPLE_ROWS]
    blanked = {
        header: head[header].where(~missing_mask(head[header], rules[header]).to_numpy(dtype=bool))
        for header in head
    }
    for header in meanings:
        if header in blanked:
            blanked[header] = explain_values(blanked[header], meanings[header])
    return pd.DataFrame(blanked, index=head.index)


def _rules(
    table: str, frame: Frame, settings: Settings, problems: list[Problem]
) -> dict[str, ColumnRule]:
    rules = {}
    for header in frame.columns:
        words = tuple(word.strip().casefold() for word in settings.missing_words.get(header, ()))
        rule, found = infer_rule(frame[header], header, words)
        rules[header] = _overridden(rule, header, settings, words)
        said = header in settings.date_formats  # a question that was answered is no problem
        open_ones = [
            problem for problem in found if not (said and problem.code == "dates-ambiguous")
        ]
        problems += [_placed(problem, table, header) for problem in open_ones]
        if len(str(header)) > LONGEST_HEADER:
            problems.append(_too_long(table, header))
    rules, found = settle_decimals(frame, rules)
    problems += [_placed(problem, table, problem.column) for problem in found]
    return rules


def _too_long(table: str, header: str) -> Problem:
    return make_problem(
        "header-too-long",
        table=table,
        column=header,
        signs=len(header),
        limit=LONGEST_HEADER,
        found=header[:SHOWN_OF_HEADER],
    )


def _overridden(
    rule: ColumnRule, header: str, settings: Settings, words: tuple[str, ...]
) -> ColumnRule:
    changes: dict[str, object] = {}
    kept = {word.strip().casefold() for word in settings.kept_words.get(header, ())}
    if words or kept:
        changes["missing"] = tuple(
            word for word in dict.fromkeys((*rule.missing, *words)) if word not in kept
        )
    if header in settings.merges:
        changes["merges"] = {**rule.merges, **_said_of_levels(settings.merges[header])}
    if header in settings.date_formats:
        changes["date_order"] = "dmy" if settings.date_formats[header] == "day_first" else "mdy"
    return rule.model_copy(update=changes) if changes else rule


def _said_of_levels(merges: dict[str, str]) -> dict[str, str]:
    """Merges as a rule keeps them; a text merged into itself stays apart from spellings that fold
    to the same.
    """
    return {f"={text}" if text == level else fold(text): level for text, level in merges.items()}


def _placed(problem: Problem, table: str, header: str) -> Problem:
    """The problem with table and column filled in where inference, which sees one column, left them
    out.
    """
    return Problem(
        problem.code,
        problem.severity,
        problem.table or table,
        problem.column or header,
        problem.rows,
        problem.message,
        problem.advice,
    )


def _kind_given(kind: Kind, given: dict[str, str]) -> Kind:
    """A table whose column a person called won, stage or deal id holds deals, whatever it looks
    like.
    """
    said = set(given.values())
    if said & {"won", "stage", "deal_id", "deal_name", "lost_reason"} and kind.name in (
        "unknown",
        "accounts",
        "contacts",
        "leads",
        "quotes",
        "history",
    ):
        return Kind("deals", 10.0, "because of the roles you chose")
    if (
        said & {"value_metric", "customer_since", "churned", "account_type"}
        and kind.name == "unknown"
    ):
        return Kind("accounts", 10.0, "because of the roles you chose")
    return kind


def _kinds_chosen(
    kinds: dict[str, Kind], chosen: dict[str, str]
) -> tuple[dict[str, Kind], list[Problem]]:
    """Kinds with those a person chose; a choice that cannot be followed is told."""
    known = {"unused": "unknown", **{str(kind): str(kind) for kind in get_args(TableKind)}}
    usable = {
        table: Kind(cast(TableKind, known[kind]), SURE_POINTS, "chosen by you")
        for table, kind in chosen.items()
        if table in kinds and kind in known
    }
    problems = [
        make_problem("table-kind-unknown", table=table, found=kind, allowed=", ".join(known))
        for table, kind in chosen.items()
        if table not in usable
    ]
    return {**kinds, **usable}, problems


def _how_sure(kind: Kind) -> float:
    """0–1: each two points that speak for a kind halve the doubt in it; a half where none is known."""
    if kind.name == "unknown" and kind.points < SURE_POINTS:
        return 0.5
    return round(1 - 0.5 ** (kind.points / 2), 2)


def _fit_rules(
    frame: Frame, rules: dict[str, ColumnRule], roles: dict[str, Role]
) -> dict[str, ColumnRule]:
    """Rules of the type each role needs; an amount may be any number."""
    fitted = dict(rules)
    for header, role in roles.items():
        rule = rules[header]
        if role == "value_metric" and rule.type not in NUMBERS:
            wanted: ColumnType = "number"
        else:
            wanted = ROLE_TYPES.get(str(role), rule.type)
        if (
            wanted == rule.type
            or (role in AMOUNTS and rule.type in NUMBERS)
            or rule.type == "empty"
        ):
            continue
        kept: dict[str, object] = {"missing": rule.missing, "merges": rule.merges}
        # only a person's answer gives an order to what did not look like dates
        if rule.date_order != "ymd":
            kept["date_order"] = rule.date_order
        fitted[header] = infer_rule_for(frame[header], wanted, header).model_copy(update=kept)
    return fitted


def _matters(problem: Problem, tables: dict[str, Table]) -> bool:
    """Values of a column that nothing reads need no remark."""
    if (
        not problem.code.startswith(("values-", "dates-", "numbers-"))
        or problem.table not in tables
    ):
        return True
    role = tables[problem.table].roles.get(problem.column)
    if problem.code == "values-merged":
        return role in ("attribute", "lead_source", "known_after")
    return role not in ("ignore", "identifier", "text")


def tell_unsure(table: Table) -> list[Problem]:
    """Warnings on roles that other columns could have as well, and on important ones hardly told."""
    rivals = [
        make_problem(
            "role-rivals",
            table=table.name,
            column=header,
            found=str(role).replace("_", " "),
            others=" or ".join(f"“{other}”" for other in role.rivals),
        )
        for header, role in table.roles.items()
        if role.rivals
    ]
    return rivals + [
        make_problem(
            "role-unsure", table=table.name, column=header, found=str(role).replace("_", " ")
        )
        for header, role in table.roles.items()
        if role in IMPORTANT and role.score < 0.6 and not role.rivals
    ]


def _unknown_columns(tables: dict[str, Table], settings: Settings) -> list[Problem]:
    """Settings that name columns no table has."""
    known = {header for table in tables.values() for header in table.frame.columns}
    named: Iterable[str] = {
        *settings.missing_words,
        *settings.kept_words,
        *settings.merges,
        *settings.meanings,
        *settings.groupings,
        *settings.date_formats,
        *settings.attribute_kinds,
    }
    return [
        make_problem("column-unknown", table="any table", column=name)
        for name in sorted(named)
        if name not in known
    ]
