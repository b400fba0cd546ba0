"""A source → an open database, whichever it is.

Comes in: a source. Goes out: something that lists tables and runs expressions, closed at the end.
Separate because drivers are loaded only when a source is used: the engine must import without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from icp_engine.intake.reading.databases.model import Database, DatabaseRefused, Source


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
            from icp_engine.intake.reading.databases.duckdb_file import DuckDBFile

            return DuckDBFile(source)
        # loaded when asked for: start-up stays light
        from icp_engine.intake.reading.databases.postgresql import PostgreSQL

        return PostgreSQL(source)
    except ImportError:
        raise DatabaseRefused(
            "source-driver-missing", found="DuckDB" if is_file else "PostgreSQL"
        ) from None
