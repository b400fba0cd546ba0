"""Start, From a database: only where the operator configured one; list, look, open."""

import duckdb
import pytest

ROWS = [
    (
        f"d{i}",
        f"a{i}",
        100 + i,
        f"2025-{1 + i % 12:02d}-10",
        ("Closed Lost", "Closed Won", "Closed Won")[i % 3],
        ("Food", "Tech", "Retail")[i % 3],
    )
    for i in range(60)
]


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Two sources: a DuckDB file with deals, and one that is not there."""
    path = tmp_path / "geheim.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            'create table deals ("Deal ID" text, Account text, Amount decimal(10,2), "Close Date" date, '
            "Stage text, Industry text)"
        )
        connection.executemany("insert into deals values (?, ?, ?, ?, ?, ?)", ROWS)
    text = (
        f'[warehouse]\nurl = "duckdb:///{path}"\n[gone]\nurl = "duckdb:////nowhere/geheim.duckdb"\n'
    )
    (tmp_path / "sources.toml").write_text(text)
    monkeypatch.setenv("ICP_SOURCES", str(tmp_path / "sources.toml"))


def everything(at):
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption)) + str(
        dict(at.query_params)
    )


def test_without_a_source_nothing_is_offered(visit, monkeypatch):
    monkeypatch.delenv("ICP_SOURCES", raising=False)
    assert "From a database" not in [expander.label for expander in visit("home").expander]


def test_a_table_is_listed_looked_into_and_opened(visit, configured):
    at = visit("home")
    at.button(key="database_list").click().run()
    assert at.multiselect[0].options == ["main.deals, about 60 rows, 6 columns"]
    at.multiselect[0].select("main.deals").run()
    at.button(key="database_show").click().run()
    assert (
        list(at.dataframe[0].value["Deal ID"][:2]) == ["d0", "d1"]
        and len(at.dataframe[0].value) == 20
    )
    at.button(key="database_open").click().run()
    assert not at.exception
    assert (
        at.title[0].value == "Data"
        and "lost deals" in everything(at)
        and "geheim" not in everything(at)
    )


def test_a_database_that_is_gone_is_said_without_its_address(visit, configured):
    at = visit("home")
    at.selectbox(key="database_source").select("gone").run()
    at.button(key="database_list").click().run()
    assert not at.exception and not at.multiselect
    assert "there is no such file" in everything(at) and "geheim" not in everything(at)


def test_a_wrong_entry_is_said(visit, tmp_path, monkeypatch):
    (tmp_path / "sources.toml").write_text('[crm]\nurl = "mysql://u:geheim@h/d"\n')
    monkeypatch.setenv("ICP_SOURCES", str(tmp_path / "sources.toml"))
    at = visit("home")
    assert "has no url that begins with" in everything(at) and "geheim" not in everything(at)


def test_another_study_can_be_started_from_a_database(visit, configured, sample_study):
    at = visit("home", sample_study)
    at.button(key="database_list").click().run()
    assert not at.exception and at.multiselect(key="database_chosen_warehouse").options
    assert "went wrong" not in everything(at)


def test_a_study_from_a_database_is_read_again_as_newer_files(visit, configured, tmp_path):
    at = visit("home")
    at.button(key="database_list").click().run()
    at.multiselect[0].select("main.deals").run()
    at.button(key="database_open").click().run()
    with duckdb.connect(str(tmp_path / "geheim.duckdb")) as connection:
        connection.execute(
            'insert into deals select \'n\' || "Deal ID", * exclude ("Deal ID") from deals limit 6'
        )
    at = visit("data", at.session_state["study_id"])
    at.button(key="next_again").click().run()
    assert not at.exception and "60 → 66 rows" in everything(at) and "geheim" not in everything(at)
    assert at.session_state["bytes_loaded"] > 2_000
