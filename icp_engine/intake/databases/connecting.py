"""A source → an open database, whichever it is.

Comes in: a source. Goes out: something that lists tables and runs expressions, closed at the end.
Separate because drivers are loaded only when a source is used: the engine must import without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeAlias

from icp_engine.intake.databases.model import DatabaseRefused, ListedTable, Source

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


@contextmanager
def opened(source: Source) -> Iterator[Database]:
    """The database of a source, read only. Raises DatabaseRefused where its driver lacks or it
    cannot be reached.
    """
    database = _open(source)
    try:
        yield database
    finally:
        database.close()


def _open(source: Source) -> Database:
    is_file = source.url.startswith("duckdb:")
    try:
        if is_file:
            from icp_engine.intake.databases.duckdb_file import DuckDBFile

            return DuckDBFile(source)
        from icp_engine.intake.databases.postgresql import PostgreSQL

        return PostgreSQL(source)
    except ImportError:
        raise DatabaseRefused(
            "source-driver-missing", found="DuckDB" if is_file else "PostgreSQL"
        ) from None
