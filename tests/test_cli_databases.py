"""The shell reads tables of a configured database beside files."""

import json

import duckdb
import pytest

from icp_engine.cli import main


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """A DuckDB file with the deals of forty accounts."""
    path = tmp_path / "crm.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table deals as select i as deal_id, i % 40 as account_id, 100.5 + i as amount, "
            "date '2024-01-01' + cast(i * 3 as int) as close_date, "
            "case when i % 3 = 0 then 'Closed Won' else 'Closed Lost' end as stage from range(200) s(i)"
        )
    (tmp_path / "sources.toml").write_text(f'[crm]\nurl = "duckdb:///{path}"\n')
    monkeypatch.setenv("ICP_SOURCES", str(tmp_path / "sources.toml"))


def test_define_reads_a_table_beside_a_file(configured, tmp_path, capsys):
    rows = "\n".join(f"{i},Firm {i},{('Food', 'Tech')[i % 2]}" for i in range(40))
    (tmp_path / "accounts.csv").write_text(f"account_id,name,industry\n{rows}\n")
    words = [
        "define",
        str(tmp_path / "accounts.csv"),
        "--source",
        "crm:main.deals",
        "--out",
        str(tmp_path / "out"),
        "--settings",
        '{"resamples": 5}',
        "--json",
        "--quiet",
    ]
    assert main(words) == 0
    said = json.loads(capsys.readouterr().out)
    assert {problem["table"] for problem in said["problems"]} <= {"", "accounts", "deals"}
    assert (tmp_path / "out" / "scores.csv").read_text().count("\n") == 41


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--source", "erp:deals"], "source-unknown"),
        (["--source", "crm:nothing"], "source-table-missing"),
        ([], "usage"),
    ],
)
def test_what_cannot_be_read_refuses_the_run(configured, tmp_path, capsys, words, code):
    assert main(["define", *words, "--out", str(tmp_path / "out"), "--quiet"]) == 2
    assert f"stop {code} " in capsys.readouterr().err and not (tmp_path / "out").exists()
