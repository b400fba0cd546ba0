"""The operator's file: what it may say, what is wrong with it, and that no address is ever
repeated.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from icp_engine.intake.reading.databases.connecting import opened
from icp_engine.intake.reading.databases.model import DatabaseRefused, Source
from icp_engine.intake.reading.databases.sources import find_sources, find_table
from icp_engine.problems import CATALOGUE, InputRefused

TESTS = Path(__file__).parent
PAGE = TESTS.parents[3] / "docs" / "databases.md"


def configured(folder, text, **environment):
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return find_sources({"ICP_SOURCES": str(folder / "sources.toml"), **environment})


def test_without_the_variable_there_is_no_source():
    assert find_sources({}) == ((), ())


def test_a_source_has_its_limits(tmp_path):
    text = '[crm]\nurl = "postgresql://u:p@h/d"\nschemas = ["sales"]\ntables = ["deals"]\nrows = 500\nseconds = 9.5\n'
    (source,), problems = configured(tmp_path, text)
    assert (
        source == Source("crm", "postgresql://u:p@h/d", ("sales",), ("deals",), 500, 9.5)
        and not problems
    )


def test_an_address_may_stand_in_the_environment(tmp_path):
    (source,), _ = configured(
        tmp_path, '[crm]\nurl_from = "CRM_URL"\n', CRM_URL="postgresql://u:geheim@h/d"
    )
    assert source.url.endswith("geheim@h/d") and "geheim" not in repr(source)


def test_no_limit_exceeds_what_the_workbench_can_hold(tmp_path):
    (source,), _ = configured(
        tmp_path, '[crm]\nurl = "duckdb:///a"\nrows = 99000000\nseconds = 1e9\n'
    )
    assert (source.rows, source.seconds) == (2_000_000, 3600)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('crm = "postgresql://u:geheim@h/d"', "is not a section"),
        ("[crm]\n", "has no url"),
        ('[crm]\nurl = "mysql://u:geheim@h/d"', "has no url that begins with"),
        ('[crm]\nurl_from = "NOT_SET"', "NOT_SET, which is not set"),
        ('[crm]\nurl = "duckdb:///a"\npassword = "geheim"', "unknown key “password”"),
        ('[crm]\nurl = "duckdb:///a"\nrows = 0', "“rows” that is not a number above 0"),
        ('[crm]\nurl = "duckdb:///a"\nseconds = nan', "“seconds” that is not a number"),
        ('[crm]\nurl = "duckdb:///a"\ntables = "deals"', "“tables” that is not a list"),
        ('["a:b"]\nurl = "duckdb:///geheim"', "has a name with other signs"),
        ('[crm\nurl = "postgresql://u:geheim@h/d"', "is not TOML (at line 1)"),
    ],
)
def test_a_fault_is_named_without_the_address(tmp_path, text, said):
    sources, (problem,) = configured(tmp_path, text)
    assert sources == () and problem.code == "source-settings"
    assert said in problem.message and "geheim" not in str(problem)


def test_one_wrong_entry_leaves_the_others(tmp_path):
    sources, problems = configured(tmp_path, '[a]\nurl = "x"\n[b]\nurl = "duckdb:///b"\n')
    assert [source.name for source in sources] == ["b"] and len(problems) == 1


def test_a_file_that_is_not_there_is_said():
    _, (problem,) = find_sources({"ICP_SOURCES": "/nowhere/sources.toml"})
    assert "cannot be read: no such file" in problem.message


def test_a_table_is_named_by_source_and_table():
    crm = Source("crm", "duckdb:///a")
    assert find_table("crm:public.deals", (crm,)).table == "public.deals"
    with pytest.raises(InputRefused, match=r"source-unknown .*configured are: crm"):
        find_table("erp:deals", (crm,))


@pytest.mark.parametrize(
    ("driver", "url"), [("duckdb", "duckdb:///a"), ("psycopg", "postgresql://h/d")]
)
def test_a_missing_driver_is_a_problem_that_says_how_to_add_it(monkeypatch, driver, url):
    monkeypatch.setitem(sys.modules, driver, None)
    for module in ("duckdb_file", "postgresql"):
        monkeypatch.delitem(
            sys.modules, f"icp_engine.intake.reading.databases.{module}", raising=False
        )
    with pytest.raises(DatabaseRefused) as caught, opened(Source("crm", url)):
        pass
    assert caught.value.code == "source-driver-missing"


def test_reading_files_loads_no_driver():
    code = (
        "import sys, icp_engine.intake.reading.databases.read, icp_engine.intake.reading.read; "
        "print({'duckdb', 'psycopg'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_problem_of_a_database_is_brought_up_by_one_of_these_tests():
    tests = "".join(path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))
    assert {code for code in CATALOGUE if code.startswith("source-") and code not in tests} == set()


def test_the_file_shown_in_the_documentation_can_be_used(tmp_path):
    shown = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
    sources, problems = configured(
        tmp_path, shown, CRM_DATABASE_URL="postgresql://icp@db.internal/crm"
    )
    assert [(source.name, source.rows) for source in sources] == [
        ("crm", 200_000),
        ("warehouse", 1_000_000),
    ]
    assert not problems
