"""What a configured database is, what it offers, and how reading it fails.

Comes in: nothing. Goes out: frozen values and one error. Separate because reading files must know a
table of a database when it sees one, without loading a driver.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

ColumnKind = Literal[
    "integer", "number", "float", "boolean", "date", "moment", "list", "record", "binary", "text"
]

DEFAULT_ROWS = 1_000_000
DEFAULT_SECONDS = 120.0
USUAL_SCHEMAS = ("public", "main")


@dataclass(frozen=True)
class Source:
    """A database the operator named. `url` holds secrets: it is never shown, logged or saved.

    `rows`: at most so many of a table are read, 1 or more. `seconds`: at most so long for a table,
    above 0. `schemas`: only their tables are offered; empty means all but the database's own.
    `tables`: only these are offered, as “table” or “schema.table”; empty means all.
    """

    name: str
    url: str = field(repr=False)
    schemas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rows: int = DEFAULT_ROWS
    seconds: float = DEFAULT_SECONDS

    def offers(self, schema: str, table: str) -> bool:
        """Whether the operator lets this table be read."""
        known = not self.schemas or schema in self.schemas
        return known and (
            not self.tables or table in self.tables or f"{schema}.{table}" in self.tables
        )


@dataclass(frozen=True)
class ListedColumn:
    """A column as the database declares it; `is_key`: part of the table's primary key."""

    name: str
    type: str
    kind: ColumnKind
    is_key: bool = False


@dataclass(frozen=True)
class ListedTable:
    """A table or view. `rows` is the database's own estimate, None where it has none; `readable`:
    may be read.
    """

    schema: str
    name: str
    rows: int | None
    columns: tuple[ListedColumn, ...]
    readable: bool = True

    @property
    def full_name(self) -> str:
        """“schema.table”."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class DatabaseTable:
    """A table asked for: a source to read like a file. `table` is “table” or “schema.table”."""

    source: Source
    table: str

    @property
    def name(self) -> str:
        """What the table is called in a study: without a schema that goes without saying."""
        schema, _, name = self.table.partition(".")
        return name if name and schema in USUAL_SCHEMAS else self.table

    @property
    def origin(self) -> str:
        """What a study keeps to read the table again: the source's name, never its address."""
        return f"{self.source.name}:{self.table}"


class DatabaseRefused(Exception):  # noqa: N818 - says what the database did
    """Reading is not possible; `code` and `facts` make the Problem. Holds nothing of the driver's
    own words.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


Rows: TypeAlias = Sequence[Sequence[Any]]


class Database(Protocol):
    """What both databases can do. Every method raises DatabaseRefused and nothing else of the
    driver's.
    """

    def list_tables(self) -> list[ListedTable]:
        """All tables and views that are not the database's own."""

    def read_parts(self, select: Any, size: int) -> Iterator[Rows]:
        """The rows of an expression, at most `size` at a time; nothing happens before the first is
        asked for.
        """

    def read_number(self, select: Any) -> int:
        """The one number of an expression."""

    def stop(self) -> None:
        """Break off what another thread waits for."""

    def close(self) -> None:
        """Let go of the database."""
