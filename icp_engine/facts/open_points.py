"""What the askers of questions look at: tables with samples of their words, and settings that an
answer adds to.

Comes in: tables as understood, the intake, customers, settings. Goes out: `Seen`, and settings as
`study.replace` takes them. Separate because every asker reads the same and answers alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from icp_engine.customers.model import Customers
from icp_engine.intake.columns.table import Table
from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series

KEYS_LEAST = 10  # fewer values are a property, not a key
CONTAINED = 0.9  # share of a column's values that another table's key holds
KEY_TYPES = frozenset({"id", "text", "number", "domain", "category", "tags"})
SAMPLE_ROWS = 2_000  # enough to tell what the values of a column look like


@dataclass(frozen=True)
class Seen:
    """All that a question may be asked about. offer_given: whether a column that a person gave a
    role may be offered for another one: to be chosen again, never to be asked about again.
    """

    tables: Mapping[str, Table]
    intake: Intake
    customers: Customers | None
    settings: Settings
    offer_given: bool = False
    samples: dict[str, Frame] = field(default_factory=dict, compare=False)
    ranked: dict[tuple[str, str, str], Any] = field(default_factory=dict, compare=False)

    def sample(self, table: Table) -> Frame:
        """The first rows of a table with its words for “empty” blanked."""
        if table.name not in self.samples:
            head = first_rows(table)
            words: dict[str, Series] = {header: head.words(header) for header in table.roles}
            self.samples[table.name] = pd.DataFrame(words)
        return self.samples[table.name]

    def of_kind(self, *kinds: str) -> list[Table]:
        """The tables of these kinds, the longest first."""
        found = [table for table in self.tables.values() if table.kind in kinds]
        return sorted(found, key=lambda table: -len(table.frame))

    @cached_property
    def keys(self) -> dict[tuple[str, str], frozenset[str]]:
        """(table, column) → the values of every column that names each row of a table differently,
        where the table lists accounts or may do so.
        """
        return {
            (table.name, str(header)): frozenset(known)
            for table in self.of_kind("accounts", "unknown")
            for header in table.frame
            if table.rules[header].type in KEY_TYPES
            and len(known := plain_texts(table.frame[header])) >= KEYS_LEAST
            and known.is_unique
        }

    def key_of(
        self, table: Table, header: str, kinds: Mapping[str, str] | None = None
    ) -> tuple[str, str] | None:
        """The column of the accounts whose values stand in this column, or None. kinds: tables whose
        kind would be chosen.
        """
        values = plain_texts(self.sample(table)[header]).unique()
        if len(values) < KEYS_LEAST:
            return None
        shares = {
            key: sum(value in known for value in values) / len(values)
            for key, known in self.keys.items()
            if key[0] != table.name
            and (self.tables[key[0]].kind == "accounts" or (kinds or {}).get(key[0]) == "accounts")
        }
        best = max(shares, key=lambda key: shares[key], default=None)
        return best if best is not None and shares[best] >= CONTAINED else None

    def problem_columns(self, code: str) -> list[tuple[str, str]]:
        """(table, column) of every problem of that code."""
        return [
            (problem.table, problem.column)
            for problem in self.intake.problems
            if problem.code == code
        ]

    # -------------------------------------------------- what an answer sets

    def with_roles(
        self, table: str, roles: Mapping[str, str], on: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The roles chosen so far, and these: a role that only one column can have leaves the one
        it was given to before. on: settings made before, which these join.
        """
        before = dict(on or {})
        chosen = dict(before.get("roles", self.settings.roles))
        present = {
            column: role
            for column, role in chosen.get(table, {}).items()
            if role not in SINGLE or role not in roles.values()
        }
        joined = {**present, **roles}
        return {**before, "roles": {**chosen, table: joined} if joined else chosen}

    def with_account(
        self, table: Table, header: str, on: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The column names the account: as the accounts' own column, which becomes their key, or by
        name.
        """
        key = self.key_of(table, header, (on or {}).get("table_kinds"))
        if key is None:
            return self.with_roles(table.name, {header: "account_name"}, on)
        name, column = key
        if self.tables[name].roles[column] == "account_name":
            return self.with_roles(table.name, {header: "account_name"}, on)
        with_key = self.with_roles(name, {column: "account_id"}, on)
        return self.with_roles(table.name, {header: "account_id"}, with_key)

    def with_meanings(self, column: str, meanings: Mapping[str, str]) -> dict[str, Any]:
        """The meanings given so far, and these."""
        present = self.settings.meanings
        return {"meanings": {**present, column: {**present.get(column, {}), **meanings}}}

    def with_kinds(self, kinds: Mapping[str, str]) -> dict[str, Any]:
        """The kinds of tables chosen so far, and these."""
        return {"table_kinds": {**self.settings.table_kinds, **kinds}}

    def given(self, table: Table, header: str) -> bool:
        """Whether a person chose the column's role."""
        return header in self.settings.roles.get(table.name, {})


SINGLE = frozenset(
    {"account_id", "account_name", "deal_id", "deal_name", "won", "stage", "amount"}
    | {"created_date", "closed_date", "customer_since", "churned", "churn_date"}
    | {"event_id", "event_date", "event_amount", "event_quantity"}
)


def place(table: Table, header: str) -> str:
    """“table.column”."""
    return f"{table.name}.{header}"


def first_rows(table: Table) -> Table:
    """The table with its first rows only."""
    return Table(
        table.name,
        table.kind,
        table.reason,
        table.frame.iloc[:SAMPLE_ROWS],
        table.rules,
        table.roles,
    )


def plain_texts(values: Series) -> Series:
    """Filled values as texts that compare without case and blanks."""
    return values.dropna().astype("str").str.strip().str.casefold()
