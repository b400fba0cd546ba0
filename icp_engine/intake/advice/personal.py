"""Personal data in the files: which columns name people or lead to them, and tables without them.

Comes in: raw tables. Goes out: the columns, or the tables as they may be stored when people are to
be left out. Separate because what is never stored cannot be shown, shared or lost; everything later
only keeps such columns apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from icp_engine.intake.build import infer_unit
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.person_names import NAMES, NAMES_A_PERSON
from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.columns.understand import understand_tables
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.masks import mask_contacts, mask_names
from icp_engine.values.parse import clean_text, fold, read_domain
from icp_engine.values.plain_words import plain_words, squeeze
from icp_engine.values.rule import ColumnType

Unit = Literal["company", "person"]
PERSONAL_ROLES = ("contact_email", "contact_phone", "contact_first_name", "contact_last_name")
PERSON_TABLES = ("contacts", "notes", "tickets")
NAMING_TYPES = ("text", "id", "category", "email", "phone", "domain")
WRITTEN = ("text", "category", "tags")
SAMPLE_ROWS = 20_000
DOMAIN_OF_MAIL = "E-mail domain"
BIRTH = re.compile(
    r"\b(birth\w*|dob|geburts\w*|naissance|nacimiento|nascimento|nascita|geboorte\w*)\b"
)


@dataclass(frozen=True)
class WithoutPeople:
    """Raw tables without personal columns, and one note a table saying which were left out."""

    tables: dict[str, Frame]
    problems: tuple[Problem, ...]


def is_personal(
    role: Role, type_: ColumnType, header: str, kind: str, unit: Unit = "company"
) -> bool:
    """Whether a column names people or leads to one: by role, by its values (names, e-mail, phone),
    or by its header.

    `kind` is the table's. Job titles say what somebody does, not who, and stay. Where accounts are
    people (`unit`), their names count.
    """
    if role in PERSONAL_ROLES or type_ in ("email", "phone") or role.reason == NAMES_A_PERSON:
        return True
    if type_ == "date":
        return bool(BIRTH.search(plain_words(header)))
    if role == "account_name":
        return unit == "person"
    if role in ("account_id", "deal_id", "event_id", "domain", "owner", "deal_name"):
        return False
    words = squeeze(split_header(header)[1])
    named = words in NAMES and (words != "name" or kind in PERSON_TABLES)
    return named and type_ in NAMING_TYPES


def leave_out_people(tables: dict[str, Frame]) -> WithoutPeople:
    """Tables as they may be stored: names, e-mail and phone of people are gone, joins still hold.

    A table whose only way to an account was an e-mail address keeps the address's domain. Addresses
    and phone numbers inside free text become “[e-mail]” and “[phone]”, names after a word for saying, a
    title or beside a job “…”; other names inside free text may stay. Where accounts are people,
    those known by name or address alone are numbered, alike in every table.
    """
    known, _ = understand_tables(
        {name: frame.head(SAMPLE_ROWS) for name, frame in tables.items()}, Settings()
    )
    unit = infer_unit(known)
    numbers: dict[str, str] = {}
    cleaned, problems = {}, []
    for name, frame in tables.items():
        headed = frame.set_axis(known[name].frame.columns, axis="columns")
        kept, gone = _clean(replace(known[name], frame=headed), unit, numbers)
        cleaned[name] = kept
        if gone:
            problems.append(
                make_problem("people-left-out", table=name, found=", ".join(f"“{c}”" for c in gone))
            )
    return WithoutPeople(cleaned, tuple(problems))


def personal_columns(table: Table, unit: Unit = "company") -> list[str]:
    """Headers of a table's columns that name people or lead to one, in file order."""
    return [
        header
        for header, role in table.roles.items()
        if is_personal(role, table.rules[header].type, header, table.kind, unit)
    ]


def _clean(table: Table, unit: Unit, numbers: dict[str, str]) -> tuple[Frame, list[str]]:
    """One table without people, and the headers that went."""
    frame, gone = table.frame.copy(deep=False), personal_columns(table, unit)
    keys = [
        header
        for header in table.headers("account_id", "account_name", "domain")
        if header not in gone
    ]
    if not keys and (name := table.header("account_name")) in gone:
        frame[name] = number_people(frame[name], numbers)
        keys, gone = [name], [header for header in gone if header != name]
    for header in keys:
        if table.rules[header].type == "email" or _mostly_mail(frame[header]):
            frame[header] = number_people(frame[header], numbers)
    mails = [header for header in gone if _mostly_mail(frame[header])]
    if unit == "person" and not keys and mails:  # customers known by their address alone
        frame[mails[0]] = number_people(frame[mails[0]], numbers)
        keys, gone = [mails[0]], [header for header in gone if header != mails[0]]
    if not keys and mails and DOMAIN_OF_MAIL not in frame:
        frame[DOMAIN_OF_MAIL] = (
            clean_text(frame[mails[0]]).map(_domain_of, na_action="ignore").astype("str")
        )
    for header, rule in table.rules.items():
        if header not in (*gone, *keys) and rule.type in WRITTEN:
            frame[header] = (
                mask_names(mask_contacts(frame[header]))
                if rule.type == "text"
                else mask_contacts(frame[header])
            )
    return frame.drop(columns=gone), gone


def number_people(values: Series, numbers: dict[str, str]) -> Series:
    """“person 1”, “person 2” in place of names or addresses; `numbers` carries the numbering from
    table to table.
    """

    def number(text: str) -> str:
        return numbers.setdefault(fold(text), f"person {len(numbers) + 1}")

    text = clean_text(values)
    return text.where(text.isna() | (text == ""), text.map(number, na_action="ignore"))


def _mostly_mail(values: Series) -> bool:
    text: Iterable[str] = clean_text(values.head(SAMPLE_ROWS)).dropna()
    filled = [value for value in text if value]
    return bool(filled) and sum("@" in value for value in filled) > len(filled) / 2


def _domain_of(address: str) -> str | None:
    return read_domain(address) if "@" in address else None
