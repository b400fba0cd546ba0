"""Reading cannot write, cannot leave the database, and stops at what the user may see."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from icp_engine.intake.reading.databases.connecting import opened
from icp_engine.intake.reading.databases.model import DatabaseRefused, DatabaseTable
from icp_engine.intake.reading.databases.read import list_tables, read_table
from icp_engine.problems import InputRefused

pytestmark = pytest.mark.xdist_group("database")


def attempt(source, statement):
    with opened(source) as database, pytest.raises(DatabaseRefused) as caught:
        database.read_number(statement)
    return caught.value.code, caught.value.facts.get("found", "")


@pytest.mark.parametrize(
    "statement",
    [
        sa.insert(sa.table("empty", sa.column("a"))).values(a=1),
        sa.delete(sa.table("accounts")),
        sa.select(sa.func.nextval("counter")),
    ],
)
def test_the_transaction_is_read_only(postgresql, run, statement):
    run("create sequence if not exists counter")
    assert attempt(postgresql, statement) == ("source-failed", "SQLSTATE 25006")


def test_a_file_is_opened_read_only(duckdb_file):
    statement = sa.insert(sa.table("empty", sa.column("a"))).values(a=sa.literal(1))
    assert attempt(duckdb_file, statement) == ("source-failed", "InvalidInputException")


@pytest.mark.parametrize(
    "reach", [sa.func.read_csv("/etc/passwd"), sa.func.read_text("/etc/hostname")]
)
def test_a_file_reaches_no_other_file(duckdb_file, reach):
    assert attempt(duckdb_file, sa.select(sa.literal_column("*")).select_from(reach)) == (
        "source-no-permission",
        "",
    )


def test_a_table_without_permission_is_listed_and_refused(postgresql, run):
    run(
        "drop role if exists guest; create role guest login; grant select on deals to guest; "
        'grant select ("Record ID", "Industry") on accounts to guest'
    )
    guest = replace(postgresql, url=str(sa.make_url(postgresql.url).set(username="guest")))
    readable = {table.name: table.readable for table in list_tables(guest)}
    assert readable["deals"] and readable["accounts"] and not readable["kinds"]
    with pytest.raises(InputRefused) as caught:
        read_table(DatabaseTable(guest, "kinds"))
    assert caught.value.problems[0].code == "source-no-permission"
    assert list(read_table(DatabaseTable(guest, "accounts")).frame) == ["Record ID", "Industry"]


def test_the_server_ends_a_statement_by_itself(postgresql):
    slow = sa.select(sa.func.pg_sleep(30))
    assert attempt(replace(postgresql, seconds=0.2), slow)[0] == "source-slow"


def test_a_long_cell_is_cut_in_the_database(postgresql, run):
    run("drop table if exists long; create table long as select repeat('x', 1000000) as a, 1 as b")
    assert read_table(DatabaseTable(postgresql, "long")).frame["a"].str.len().tolist() == [65_536]
