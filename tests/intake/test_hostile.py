"""Each file with one fault is repaired or refused as stated; no file hangs, crashes or fills the
memory.
"""

import io
import re
import resource
from pathlib import Path

import pytest

from icp_engine.intake.build import understand
from icp_engine.intake.reading.read import read_sources
from icp_engine.problems import CATALOGUE
from icp_engine.settings import Settings
from tests.intake.defects import ACCOUNT_HEADER, DEFECTS, account_rows, text
from tests.intake.files import half_a_terabyte, lying_dimension, swollen_parquet, workbook

INTAKE = Path(__file__).parents[2] / "icp_engine" / "intake"
ELSEWHERE = {  # no file brings these up by itself
    "file-missing": "tests/intake/reading/test_read.py",
    "people-left-out": "tests/intake/advice/test_personal.py",
    "table-kind-unknown": "tests/facts/test_ask.py",
    **{
        code: "tests/intake/reading/databases/" for code in CATALOGUE if code.startswith("source-")
    },  # no files at all
}


def named(content, name):
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def opened(defect):
    settings = Settings(**defect.settings)
    files = [named(content, name) for name, content in defect.files.items()]
    raw, problems = read_sources(*files, sheets=settings.sheets)
    return raw, understand(raw, settings, problems).problems


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_one_defect_is_repaired_or_refused_as_stated(defect):
    raw, problems = opened(defect)
    assert sorted({problem.code for problem in problems}) == list(defect.codes)
    for column, values in defect.cells.items():
        table = next(table for table in raw.values() if column in table)
        assert tuple(table[column].tolist()[: len(values)]) == values


def raised_by_intake():
    source = "".join(path.read_text(encoding="utf-8") for path in INTAKE.rglob("*.py"))
    made = set(re.findall(r'(?:make_problem|report|_problem|_question)\(\s*"([a-z-]+)"', source))
    listed = {code for code in CATALOGUE if "-" in code and f'("{code}"' in source}
    return (made | listed) & set(CATALOGUE)


def test_every_problem_of_intake_has_a_file_with_that_defect():
    shown = {code for defect in DEFECTS for code in defect.codes}
    assert len(DEFECTS) >= 60
    assert raised_by_intake() - shown - set(ELSEWHERE) == set()


def test_files_that_swell_are_refused_before_they_take_memory():
    before = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    for content, name in (
        (half_a_terabyte(), "a.xlsx"),
        (lying_dimension(), "b.xlsx"),
        (swollen_parquet(), "c.parquet"),
    ):
        assert [problem.code for problem in read_sources(named(content, name))[1]] == [
            "file-too-large"
        ]
    after = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    # kilobytes
    assert max(late - early for early, late in zip(before, after, strict=True)) < 400_000


def test_rows_are_told_while_a_file_is_read():
    told = []
    content = text(ACCOUNT_HEADER, account_rows()).encode()
    read_sources(
        named(content, "accounts.csv"), progress=lambda what, share: told.append((what, share))
    )
    assert told == [("Reading “accounts”: 24 rows", 1.0)]


@pytest.mark.parametrize("name", ["accounts.csv", "accounts.xlsx"])
def test_what_progress_raises_stops_the_reading_and_is_no_fault_of_the_file(name):
    class Stop(Exception):
        pass

    def stop(_what, _share):
        raise Stop

    rows = [list(ACCOUNT_HEADER), *account_rows()]
    content = (
        workbook({"a": rows})
        if name.endswith("x")
        else text(ACCOUNT_HEADER, account_rows()).encode()
    )
    with pytest.raises(Stop):
        read_sources(named(content, name), progress=stop)


def test_a_ragged_file_of_many_rows_keeps_every_row_in_its_place():
    lines = [f"{n},x{n}" + (",more" if n % 1000 == 7 else "") for n in range(5000)]
    tables, problems = read_sources(named(("id,name\n" + "\n".join(lines)).encode(), "a.csv"))
    assert tables["a"]["id"].tolist() == [str(n) for n in range(5000)]
    assert problems[0].rows == (9, 1009, 2009, 3009, 4009)
