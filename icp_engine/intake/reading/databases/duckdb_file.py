"""A DuckDB file, opened read only and shut off from every other file and from the network.

Comes in: a source. Goes out: listed tables and rows. Separate because its catalogue and its errors
are its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from icp_engine.intake.reading.databases.model import (
    ColumnKind,
    DatabaseRefused,
    ListedColumn,
    ListedTable,
    Rows,
    Source,
)

_SHUT_OFF: dict[str, Any] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
    "threads": "2",
    "lock_configuration": "true",
}
_DIALECT: Any = postgresql.dialect(paramstyle="qmark")  # type: ignore[no-untyped-call]  # DuckDB's is PostgreSQL's
_KINDS: dict[str, ColumnKind] = {
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"), "integer"
    ),
    **dict.fromkeys(("DECIMAL", "HUGEINT", "UHUGEINT", "UBIGINT", "BIGNUM", "VARINT"), "number"),
    **dict.fromkeys(("FLOAT", "DOUBLE"), "float"),
    "BOOLEAN": "boolean",
    "DATE": "date",
    **dict.fromkeys(("STRUCT", "MAP", "UNION"), "record"),
    **dict.fromkeys(("BLOB", "BIT", "GEOMETRY"), "binary"),
}


class DuckDBFile:
    """One connection to one file; see `Database`."""

    def __init__(self, source: Source) -> None:
        path = Path(sa.make_url(source.url).database or "")
        if not path.is_file():  # “:memory:” and addresses of services are no files either
            raise DatabaseRefused("source-unreachable", found="there is no such file")
        with _told("source-unreachable"):
            self._connection = duckdb.connect(str(path), read_only=True, config=_SHUT_OFF)

    def list_tables(self) -> list[ListedTable]:
        """Tables and views of the file."""
        columns: dict[tuple[str, str], list[ListedColumn]] = {}
        for schema, table, name, declared in self._run(_select_columns()).fetchall():
            columns.setdefault((schema, table), []).append(
                ListedColumn(name, declared, find_kind(declared))
            )
        found = [*self._run(_select_tables()).fetchall(), *self._run(_select_views()).fetchall()]
        return [
            ListedTable(
                schema,
                name,
                rows,
                tuple(columns.get((schema, name), ())),
                (schema, name) in columns,
            )
            for schema, name, rows in sorted(found, key=lambda row: row[:2])
        ]

    def read_parts(self, select: Any, size: int) -> Iterator[Rows]:
        with _told():
            result = self._run(select)
            while part := result.fetchmany(size):
                yield part

    def read_number(self, select: Any) -> int:
        with _told():
            return int(self._run(select).fetchall()[0][0])

    def stop(self) -> None:
        self._connection.interrupt()

    def close(self) -> None:
        with _told():
            self._connection.close()

    def _run(self, select: Any) -> Any:
        compiled = select.compile(dialect=_DIALECT)
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        with _told():
            return self._connection.execute(str(compiled), values)


def find_kind(declared: str) -> ColumnKind:
    """What a declared type is read as: “DECIMAL(18,3)” → number, “VARCHAR[]” → list."""
    if declared.endswith("]"):
        return "list"
    base = declared.partition("(")[0].partition(" ")[0]
    return "moment" if base.startswith("TIMESTAMP") else _KINDS.get(base, "text")


def _own(function: str, *names: str) -> Any:
    return getattr(sa.func, function)().table_valued(
        "database_name", "schema_name", "internal", *names
    )


def _select_tables() -> Any:
    own = _own("duckdb_tables", "table_name", "estimated_size")
    return _of_the_file(sa.select(own.c.schema_name, own.c.table_name, own.c.estimated_size), own)


def _select_views() -> Any:
    own = _own("duckdb_views", "view_name")
    return _of_the_file(sa.select(own.c.schema_name, own.c.view_name, sa.null()), own)


def _select_columns() -> Any:
    own = _own("duckdb_columns", "table_name", "column_name", "data_type", "column_index")
    asked = sa.select(own.c.schema_name, own.c.table_name, own.c.column_name, own.c.data_type)
    return _of_the_file(asked, own).order_by(
        own.c.schema_name, own.c.table_name, own.c.column_index
    )


def _of_the_file(asked: Any, own: Any) -> Any:
    return asked.where(own.c.database_name == sa.func.current_database(), sa.not_(own.c.internal))


@contextmanager
def _told(otherwise: str = "source-failed") -> Iterator[None]:
    """The driver's errors as ours: its words hold paths and values, so none of them goes on."""
    try:
        yield
    except duckdb.InterruptException:
        raise DatabaseRefused("source-slow") from None
    except (duckdb.CatalogException, duckdb.BinderException):
        raise DatabaseRefused("source-table-missing") from None
    except duckdb.PermissionException:
        raise DatabaseRefused("source-no-permission") from None
    except duckdb.IOException:
        reason = "it is no DuckDB file, or another program has it open for writing"
        raise DatabaseRefused("source-unreachable", found=reason) from None
    except duckdb.Error as error:
        raise DatabaseRefused(otherwise, found=type(error).__name__) from None
