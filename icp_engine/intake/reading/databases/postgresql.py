"""PostgreSQL by SQLAlchemy and psycopg, inside one read-only transaction with a statement timeout.

Comes in: a source. Goes out: listed tables and rows. Separate because its catalogue and its errors
are its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from icp_engine.intake.reading.databases.model import (
    ColumnKind,
    DatabaseRefused,
    ListedColumn,
    ListedTable,
    Rows,
    Source,
)

CONNECT_SECONDS = 10
CANCEL_SECONDS = 5
_WANTED = {  # keepalives: a server that vanished is noticed within a minute
    "connect_timeout": CONNECT_SECONDS,
    "client_encoding": "utf8",
    "application_name": "icp",
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
_OWN_SCHEMAS = ("pg_catalog", "information_schema", "pg_toast")
_TABLES_AND_VIEWS = ("r", "p", "v", "m", "f")
_KINDS: dict[str, ColumnKind] = {
    "int2": "integer",
    "int4": "integer",
    "int8": "integer",
    "numeric": "number",
    "float4": "float",
    "float8": "float",
    "bool": "boolean",
    "date": "date",
    "timestamp": "moment",
    "timestamptz": "moment",
    "bytea": "binary",
    "tsvector": "binary",
    "geometry": "binary",
    "geography": "binary",
    "raster": "binary",
    "vector": "binary",
}
_STATES = {
    "42501": "source-no-permission",
    "42P01": "source-table-missing",
    "3F000": "source-table-missing",
    "57014": "source-slow",
}
_CLASSES = sa.table(
    "pg_class",
    *map(sa.column, ("oid", "relname", "relnamespace", "relkind", "reltuples", "relispartition")),
    schema="pg_catalog",
)
_SCHEMAS = sa.table("pg_namespace", sa.column("oid"), sa.column("nspname"), schema="pg_catalog")
_COLUMNS = sa.table(
    "pg_attribute",
    *map(sa.column, ("attrelid", "attname", "atttypid", "atttypmod", "attnum", "attisdropped")),
    schema="pg_catalog",
)
_KEYS = sa.table(
    "pg_constraint", *map(sa.column, ("conrelid", "contype", "conkey")), schema="pg_catalog"
)
_TYPES = sa.table(
    "pg_type",
    *map(sa.column, ("oid", "typname", "typtype", "typbasetype", "typcategory")),
    schema="pg_catalog",
)


class PostgreSQL:
    """One connection, one transaction; see `Database`."""

    def __init__(self, source: Source) -> None:
        try:
            url = sa.make_url(source.url).set(drivername="postgresql+psycopg")
            engine = sa.create_engine(
                url, poolclass=sa.NullPool, connect_args=dict(_WANTED), hide_parameters=True
            )
        except (ArgumentError, ValueError):
            raise DatabaseRefused("source-unreachable", found="its url is not understood") from None
        with _told():
            self._connection = engine.connect().execution_options(postgresql_readonly=True)
            self._set_limits(source.seconds)

    def _set_limits(self, seconds: float) -> None:
        """For this transaction only, so that poolers in between do not mind."""
        milliseconds = str(max(1, round(1000 * seconds)))
        limits = {
            "statement_timeout": milliseconds,
            "lock_timeout": "5000",
            "datestyle": "ISO, YMD",
            "idle_in_transaction_session_timeout": "600000",
        }
        self._connection.execute(
            sa.select(*(sa.func.set_config(name, value, True) for name, value in limits.items()))
        )

    def list_tables(self) -> list[ListedTable]:
        """Tables, views and the like with the columns this user may read; a partition belongs to
        its parent.
        """
        with _told():
            columns: dict[int, list[ListedColumn]] = {}
            for table, name, declared, base, category, is_key in self._connection.execute(
                _select_columns()
            ):
                columns.setdefault(table, []).append(
                    ListedColumn(name, declared, _kind(base, category), bool(is_key))
                )
            rows = self._connection.execute(_select_tables()).all()
        return [
            ListedTable(
                schema,
                name,
                _estimate(estimate),
                tuple(columns.get(table, ())),
                readable=bool(allowed) and table in columns,
            )
            for table, schema, name, estimate, allowed in rows
        ]

    def read_parts(self, select: Any, size: int) -> Iterator[Rows]:
        """Fetched part by part from a cursor in the server."""
        with (
            _told(),
            self._connection.execution_options(stream_results=True, max_row_buffer=size).execute(
                select
            ) as result,
        ):
            yield from result.partitions(size)

    def read_number(self, select: Any) -> int:
        with _told():
            return int(self._connection.execute(select).scalar_one())

    def stop(self) -> None:
        driver: Any = self._connection.connection.driver_connection
        # it cannot be reached; closing the connection does the rest
        with contextlib.suppress(psycopg.Error):
            driver.cancel_safe(timeout=CANCEL_SECONDS)

    def close(self) -> None:
        with _told():
            self._connection.close()


def _estimate(rows: float) -> int | None:
    return int(rows) if rows > 0 else None


def _kind(base: str, category: str) -> ColumnKind:
    return "list" if category == "A" else _KINDS.get(base, "text")


def _select_tables() -> Any:
    may_read = sa.and_(
        sa.func.has_schema_privilege(_SCHEMAS.c.oid, "USAGE"),
        sa.func.has_any_column_privilege(_CLASSES.c.oid, "SELECT"),
    )
    return (
        sa.select(
            _CLASSES.c.oid, _SCHEMAS.c.nspname, _CLASSES.c.relname, _CLASSES.c.reltuples, may_read
        )
        .join_from(_CLASSES, _SCHEMAS, _SCHEMAS.c.oid == _CLASSES.c.relnamespace)
        .where(*_is_offered())
        .order_by(_SCHEMAS.c.nspname, _CLASSES.c.relname)
    )


def _select_columns() -> Any:
    """Columns with their types; a domain counts as the type it stands on."""
    base = _TYPES.alias("base")
    return (
        sa.select(
            _CLASSES.c.oid,
            _COLUMNS.c.attname,
            sa.func.format_type(_COLUMNS.c.atttypid, _COLUMNS.c.atttypmod),
            sa.func.coalesce(base.c.typname, _TYPES.c.typname),
            _TYPES.c.typcategory,
            _COLUMNS.c.attnum == sa.any_(_KEYS.c.conkey),
        )
        .join_from(_CLASSES, _SCHEMAS, _SCHEMAS.c.oid == _CLASSES.c.relnamespace)
        .join(_COLUMNS, _COLUMNS.c.attrelid == _CLASSES.c.oid)
        .join(_TYPES, _TYPES.c.oid == _COLUMNS.c.atttypid)
        .outerjoin(base, sa.and_(base.c.oid == _TYPES.c.typbasetype, _TYPES.c.typtype == "d"))
        .outerjoin(_KEYS, sa.and_(_KEYS.c.conrelid == _CLASSES.c.oid, _KEYS.c.contype == "p"))
        .where(
            *_is_offered(),
            _COLUMNS.c.attnum > 0,
            sa.not_(_COLUMNS.c.attisdropped),
            sa.func.has_column_privilege(_CLASSES.c.oid, _COLUMNS.c.attnum, "SELECT"),
        )
        .order_by(_CLASSES.c.oid, _COLUMNS.c.attnum)
    )


def _is_offered() -> tuple[Any, ...]:
    return (
        _CLASSES.c.relkind.in_(_TABLES_AND_VIEWS),
        sa.not_(_CLASSES.c.relispartition),
        _SCHEMAS.c.nspname.not_in(_OWN_SCHEMAS),
        sa.not_(_SCHEMAS.c.nspname.startswith("pg_temp", autoescape=True)),
    )


@contextmanager
def _told() -> Iterator[None]:
    """The driver's errors as ours: its words hold hosts, users and values, so none of them goes on."""
    try:
        yield
    except DBAPIError as error:
        raise _refusal(error) from None
    except SQLAlchemyError as error:
        raise DatabaseRefused("source-failed", found=type(error).__name__) from None
    except UnicodeError:
        raise DatabaseRefused("source-failed", found="its text is not UTF-8") from None


def _refusal(error: DBAPIError) -> DatabaseRefused:
    state = getattr(error.orig, "sqlstate", None) or ""
    if code := _STATES.get(state):
        return DatabaseRefused(code)
    if state and not state.startswith(("08", "57P", "28", "3D", "53")):
        return DatabaseRefused("source-failed", found=f"SQLSTATE {state}")
    answered = bool(state) or "FATAL" in str(error.orig)
    refused = "it answers, but refuses this user, password or database name"
    return DatabaseRefused(
        "source-unreachable", found=refused if answered else "nothing answers at its address"
    )
