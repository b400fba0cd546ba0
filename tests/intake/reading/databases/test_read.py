"""What a database holds comes out as it would from a file: the same study, the same values, within
the limits.
"""

import io
import math
from dataclasses import replace

import pandas as pd
import pytest
import sqlalchemy as sa

from icp_engine.intake.reading.databases.model import DatabaseTable, Source
from icp_engine.intake.reading.databases.read import list_tables, preview_table, read_table
from icp_engine.intake.reading.read import read_sources
from icp_engine.problems import InputRefused
from icp_engine.study.study import Study
from tests.intake.reading.databases.conftest import NASTY, NASTY_COLUMN, NASTY_SCHEMA

pytestmark = pytest.mark.xdist_group("database")


def refused(act, *arguments):
    with pytest.raises(InputRefused) as caught:
        act(*arguments)
    return [problem.code for problem in caught.value.problems]


@pytest.fixture(scope="module")
def from_files(sample):
    return Study.open(dict(sample))


def test_tables_give_the_same_study_as_their_files(source, from_files):
    study = Study.open(
        [
            DatabaseTable(source, "accounts"),
            DatabaseTable(source, "public.deals")
            if source.name == "crm"
            else DatabaseTable(source, "deals"),
        ]
    )
    pd.testing.assert_frame_equal(study.accounts.sort_index(), from_files.accounts.sort_index())
    pd.testing.assert_frame_equal(study.deals.sort_index(), from_files.deals.sort_index())
    told = [
        (problem.code, problem.column, problem.message.replace("public.", ""))
        for problem in study.problems
    ]
    assert told == [
        (problem.code, problem.column, problem.message) for problem in from_files.problems
    ]


def test_typed_columns_give_the_same_study_as_their_texts(source):
    typed = Study.open({"deals": DatabaseTable(source, "typed")})
    texts = Study.open({"deals": io.BytesIO(typed.raw["deals"].to_csv(index=False).encode())})
    assert typed.deals["amount"].iloc[0] == 1001.125 and typed.roles == texts.roles
    pd.testing.assert_frame_equal(typed.deals, texts.deals, check_dtype=False)
    pd.testing.assert_frame_equal(typed.accounts, texts.accounts, check_dtype=False)


def test_a_database_and_a_file_join(duckdb_file, sample, from_files):
    study = Study.open(
        {"accounts": DatabaseTable(duckdb_file, "accounts")}, {"deals": sample["deals"]}
    )
    pd.testing.assert_frame_equal(study.accounts, from_files.accounts)


def test_tables_are_listed_with_rows_and_columns(source):
    listed = {table.name: table for table in list_tables(source)}
    assert {"accounts", "deals", "kinds", "slow", "empty", NASTY} <= set(listed)
    assert listed["accounts"].rows == 1208 and listed["slow"].rows is None
    assert [column.name for column in listed["accounts"].columns][:2] == [
        "Record ID",
        "Company name",
    ]
    assert all(table.readable for table in listed.values())


def test_nothing_of_the_databases_own_is_listed(source):
    assert {table.schema for table in list_tables(source)} <= {"public", "main", NASTY_SCHEMA}


def test_types_are_kept_exactly(source):
    read = read_table(DatabaseTable(source, "kinds"))
    frame = read.frame
    assert frame["id"].tolist() == [9007199254740993, pd.NA, 2]
    assert frame["code"].tolist() == ["007", "", "N/A"]
    assert frame["big"].tolist()[::2] == ["12345678901234567890", "12345678901234567891"]
    assert frame["price"].tolist()[::2] == [1.25, 2.5] and math.isnan(frame["price"][1])
    assert frame["ok"].tolist() == [True, pd.NA, False]
    assert frame["born"].tolist() == [pd.Timestamp(2024, 3, 4), pd.NaT, pd.NaT]
    assert frame["seen"].tolist() == [
        pd.Timestamp(2024, 3, 5, 4, 30),
        pd.NaT,
        pd.Timestamp(2024, 3, 4, 12),
    ]
    assert frame["tags"].tolist()[::2] == ["a; b", '["x, y", "z"]']
    assert frame["note"].tolist()[::2] == ['{"a": [1, 2]}', "7"]
    assert "picture" not in frame and [problem.code for problem in read.problems] == [
        "source-columns-left-out"
    ]


def test_a_column_of_every_kind_is_understood(source):
    study = Study.open(DatabaseTable(source, "kinds"))
    types = {column.name: column.type for column in study.intake.table_columns["kinds"]}
    assert (types["ok"], types["born"], types["seen"], types["price"]) == (
        "boolean",
        "date",
        "date",
        "money",
    )


def test_names_that_would_break_a_statement_are_only_names(source):
    name = f"{NASTY_SCHEMA}.{NASTY}"
    frame = read_table(DatabaseTable(source, name)).frame
    assert list(frame.columns) == [NASTY_COLUMN] and frame[NASTY_COLUMN].tolist() == [1, 2]


@pytest.mark.parametrize(
    "asked", ["deals; drop table deals", 'deals"', "pg_catalog.pg_class", "", "nope.deals"]
)
def test_what_is_not_listed_is_not_read(source, asked):
    assert refused(read_table, DatabaseTable(source, asked)) == ["source-table-missing"]


def test_partitions_domains_enums_and_kept_views_are_tables_and_values(postgresql, run):
    run(
        "drop schema if exists odd cascade; create schema odd; create domain odd.amount as numeric(10, 2); "
        "create type odd.mood as enum ('good', 'bad'); "
        "create table odd.parted (a int, b odd.amount, c odd.mood, d odd.mood[]) partition by list (a); "
        "create table odd.part partition of odd.parted for values in (1); "
        "insert into odd.parted values (1, 2.5, 'good', array['bad', 'good']::odd.mood[]); "
        "create materialized view odd.kept as select * from odd.parted"
    )
    odd = replace(postgresql, schemas=("odd",))
    assert [table.name for table in list_tables(odd)] == ["kept", "parted"]
    for name in ("odd.parted", "odd.kept"):
        assert read_table(DatabaseTable(odd, name)).frame.iloc[0].tolist() == [
            1,
            2.5,
            "good",
            "bad; good",
        ]


def test_a_preview_shows_the_first_rows(source):
    assert len(preview_table(DatabaseTable(source, "deals"), 5)) == 5


def test_more_rows_than_allowed_are_cut_and_said(source):
    read = read_table(DatabaseTable(replace(source, rows=100), "deals"))
    assert len(read.frame) == 100
    assert [problem.code for problem in read.problems] == ["source-rows-cut"]
    assert read.problems[0].message.startswith("100 rows of “deals” were read of 2,596")


def test_exactly_as_many_rows_as_allowed_are_no_problem(source):
    assert read_table(DatabaseTable(replace(source, rows=2596), "deals")).problems == ()


def test_a_slow_view_ends_in_time_and_says_how_far_it_came(source):
    with pytest.raises(InputRefused) as caught:
        read_table(DatabaseTable(replace(source, seconds=0.5), "slow"))
    problem = caught.value.problems[0]
    assert (
        problem.code == "source-slow"
        and "0.5 seconds; 0 of its rows (an unknown number in all)" in problem.message
    )


def test_a_cancel_breaks_off_a_query_that_gives_nothing_yet(source):
    class Stop(Exception):
        pass

    def stop(_what, _share):
        raise Stop

    with pytest.raises(Stop):
        read_sources(DatabaseTable(source, "slow"), progress=stop)


def test_progress_tells_rows_and_the_share_done(source):
    told = []
    read_sources(
        DatabaseTable(source, "deals"), progress=lambda what, share: told.append((what, share))
    )
    assert told[-1] == ("Reading “deals”: 2,596 rows", 1.0)


def test_an_empty_table_is_said_to_be_empty(source):
    assert [problem.code for problem in read_sources(DatabaseTable(source, "empty"))[1]] == [
        "file-header-only"
    ]


def test_only_offered_tables_are_listed_and_read(source):
    limited = replace(source, tables=("deals",))
    assert [table.name for table in list_tables(limited)] == ["deals"]
    assert refused(read_table, DatabaseTable(limited, "accounts")) == ["source-table-missing"]


def test_only_offered_schemas_are_listed(source):
    assert {table.schema for table in list_tables(replace(source, schemas=(NASTY_SCHEMA,)))} == {
        NASTY_SCHEMA
    }


def test_a_study_read_from_a_database_keeps_nothing_of_its_address(source):
    study = Study.open(DatabaseTable(source, "kinds"))
    assert source.url not in repr(source) and source.url.encode() not in study.to_file()
    assert source.url not in study.settings.model_dump_json()


def test_rows_come_in_the_order_of_the_key(postgresql, run):
    run(
        "drop table if exists keyed; create table keyed (b int, a int primary key); "
        "insert into keyed values (1, 3), (2, 1), (3, 2)"
    )
    assert read_table(DatabaseTable(postgresql, "keyed")).frame["a"].tolist() == [1, 2, 3]


def test_a_database_that_does_not_answer_is_said(source, caplog):
    caplog.set_level("DEBUG")
    gone = replace(
        source,
        url="postgresql://someone:geheim@127.0.0.1:1/crm"
        if source.name == "crm"
        else "duckdb:////nowhere/geheim.duckdb",
    )
    with pytest.raises(InputRefused) as caught:
        list_tables(gone)
    assert caught.value.problems[0].code == "source-unreachable"
    assert "geheim" not in str(caught.value) + caplog.text and caught.value.__cause__ is None


def test_a_wrong_user_is_told_from_a_silent_address(server):
    wrong = Source("crm", str(sa.make_url(server).set(username="nobody")))
    with pytest.raises(InputRefused, match="refuses this user, password or database name"):
        list_tables(wrong)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "x.duckdb").write_bytes(b"a;b\n1;2\n" * 1000)
    assert refused(list_tables, Source("ware", f"duckdb:///{tmp_path}/x.duckdb")) == [
        "source-unreachable"
    ]


def test_a_view_that_fails_says_so_without_its_values(postgresql):
    with pytest.raises(InputRefused, match=r"source-failed .*SQLSTATE 22012"):
        read_table(DatabaseTable(postgresql, "broken"))
