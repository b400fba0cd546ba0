"""What is said of a file and its columns: what each was taken for, and why.

Comes in: a study, a table's name. Goes out: sentences, a table of columns.
Separate from the widgets that change it.
"""

from __future__ import annotations

import pandas as pd

from icp_engine import Problem, Study
from icp_engine.intake.advice.personal import is_personal
from icp_engine.intake.columns.role import Column
from icp_engine.types import Frame, Series
from icp_engine.values.parse import clean_text, missing_mask
from icp_engine.wording.numbers import count

KIND_SENTENCES = {
    "accounts": "Taken for **accounts**: one row a company or person.",
    "deals": "Taken for **deals**: one row an opportunity.",
    "contacts": "Taken for **contacts**: people at accounts.",
    "orders": "Taken for **orders**: what customers bought, and when.",
    "subscriptions": "Taken for **subscriptions**: recurring revenue over time.",
    "usage": "Taken for **usage**: how much customers use the product.",
    "invoices": "Taken for **invoices**: what was billed, and when it was paid.",
    "tickets": "Taken for **tickets**: requests to support.",
    "surveys": "Taken for **survey answers**: how content customers say they are.",
    "engagement": "Taken for **marketing engagement**: which campaigns and channels touched an account, and when.",
    "campaigns": "Taken for **campaign costs**: what winning customers cost.",
    "churn": "Taken for **churn events**: who left, and when.",
    "notes": "Taken for **notes**: free text about accounts.",
    "leads": "Taken for **leads**: what the deals began as; never counted as deals.",
    "quotes": "Taken for **quotes**: they belong to deals and are not counted again.",
    "history": "Taken for **steps of a history**: they belong to deals and are not counted.",
    "unknown": "**Not used**: it could not be joined to accounts or deals.",
}
ROLE_LABELS = {
    "won": "Won or lost",
    "created_date": "Created on",
    "closed_date": "Closed on",
    "attribute": "Attribute",
    "known_after": "Known only after the sale",
    "existing_score": "Score in use today",
    "ignore": "Leave out",
    "text": "Free text",
    "identifier": "Identifier, not used",
}
TYPE_LABELS = {
    "money": "amount",
    "boolean": "yes or no",
    "tags": "list",
    "category": "level",
    "empty": "nothing",
    "percent": "percentage",
    "domain": "web address",
    "email": "e-mail",
}
HIDDEN = "not shown: names people"
NAMED = 8
USES = (  # role → what its columns do
    ("value_metric", "Says what a customer is worth"),
    ("attribute", "Describes"),
    ("known_after", "Known only after the sale, so it never scores"),
    ("text", "Free text"),
)
ROWS_NAMED = 8


def role_label(role: object) -> str:
    """A role in plain words."""
    name = str(role)
    return ROLE_LABELS.get(name, name.replace("_", " ").capitalize())


def describe(study: Study, table: str) -> Frame:
    """One row a column: name, role, kind, shape, per cent missing, different values, type,
    examples, why this role.
    """
    known = study.intake.table_columns[table]
    raw, shapes = without_people(study, table), study.distributions(table)
    bars = {name: list(shape.shares) for name, shape in shapes.items() if name in raw}
    return pd.DataFrame(
        {
            "Column": [column.name for column in known],
            "Role": [str(column.role) for column in known],
            "Kind": [column.role.kind or None for column in known],
            "Values": [bars.get(column.name, []) for column in known],
            "Missing": [100 * (1 - column.filled) for column in known],
            "Different": [column.distinct for column in known],
            "Read as": [TYPE_LABELS.get(column.type, column.type) for column in known],
            "For example": [
                examples(raw[column.name]) if column.name in raw else HIDDEN for column in known
            ],
            "Why this role": [
                "set by you" if column.role.given else column.role.reason for column in known
            ],
        }
    )


def without_people(study: Study, table: str) -> Frame:
    """The raw table without the columns that name people, their e-mail or phone: these are never
    shown.
    """
    raw = study.intake.raw[table]
    return raw.drop(columns=[name for name in people_columns(study, table) if name in raw])


def people_columns(study: Study, table: str) -> list[str]:
    """The columns of a table that name a person or lead to one."""
    kind, unit = study.intake.kinds.get(table, "unknown"), study.intake.unit
    known = study.intake.table_columns.get(table, ())
    return [
        column.name
        for column in known
        if is_personal(column.role, column.type, column.name, kind, unit)
    ]


def examples(values: Series, how_many: int = 3) -> str:
    """The first few different values, as text."""
    seen = values.head(200).dropna().astype(str).str.strip()
    return " · ".join(text[:40] for text in seen[seen != ""].drop_duplicates().head(how_many))


def count_values(values: pd.Series, column: Column) -> Frame:
    """Value as written, in how many rows, and “empty” where it counts as missing; blank cells are
    one line.
    """
    text = clean_text(values).fillna("")
    counted = text.value_counts()
    missing = missing_mask(pd.Series(counted.index, dtype="str"), column.rule)
    shown = [str(value)[:200] or "(blank)" for value in counted.index]
    read = ["empty" if gone else "a value" for gone in missing]
    return pd.DataFrame({"Value": shown, "Rows": counted.to_numpy(), "Read as": read})


def uses(known: tuple[Column, ...]) -> list[str]:
    """“Describes: Industry, Employees, and 3 more.”, a line for each use its columns have."""
    named = [
        (words, [column.name for column in known if column.role == role]) for role, words in USES
    ]
    return [f"{words}: {_listed(names)}" for words, names in named if names]


def _listed(names: list[str]) -> str:
    more = f" and {count(len(names) - NAMED)} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}."


def rows_named(problem: Problem) -> str:
    """“rows 7, 150, 272, …” as a spreadsheet numbers them; empty when none are known."""
    if not problem.rows:
        return ""
    named = ", ".join(str(row) for row in problem.rows[:ROWS_NAMED])
    return f"{'row' if len(problem.rows) == 1 else 'rows'} {named}{', …' if len(problem.rows) > ROWS_NAMED else ''}"
