"""Small files that stand for gigabytes are refused by a child within its memory, and Stop ends it."""

import io
import json
import resource

import pyarrow
import pyarrow.parquet
import pytest

from icp_engine.intake.reading.child import process
from icp_engine.intake.reading.read import read_sources
from tests.intake.files import archive


def swollen_lists(value, times):
    """Thirty lists of one value, which stands in the file once."""
    one = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * (30 * times), pyarrow.int32()), pyarrow.array([value])
    )
    lists = pyarrow.ListArray.from_arrays([times * place for place in range(31)], one)
    stream = io.BytesIO()
    table = pyarrow.table({"id": range(30), "a": lists})
    pyarrow.parquet.write_table(table, stream, store_schema=False)
    return stream.getvalue()


HOSTILE = {
    "lists of numbers": lambda: swollen_lists(1, 1_000_000),
    "a list of long texts": lambda: swollen_lists("x" * 100_000, 3_000),
    "empty objects": lambda: archive({"a.json": "[" + "{}," * 4_000_000 + "{}]"}),
    "a list inside": lambda: archive({"a.json": '{"a":[' + "{}," * 30_000_000 + "{}]}"}),
    "markup": lambda: archive(
        {"a.xls": "<?xml?><Table>" + '<Row><Cell ss:Index="1999"/></Row>' * 90_000}
    ),
    "commas": lambda: archive(
        {"a.csv": ("," * 1_999 + "\n") * 2 + ("x" + "," * 1_999 + "\n") * 60_000}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_file_that_stands_for_gigabytes_is_refused(name):
    content = HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    tables, problems = read_sources({"a": io.BytesIO(content)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert not tables and [problem.code for problem in problems] == ["file-too-large"]
    assert after.ru_utime - before.ru_utime < 20


def test_stop_ends_the_child_at_once_and_frees_its_place():
    class Stopped(Exception):
        pass

    def stop(_what, _share):
        raise Stopped

    for _ in range(3):
        with pytest.raises(Stopped):
            read_sources(
                {"a": io.BytesIO(json.dumps([{"a": 1}] * 400_000).encode())}, progress=stop
            )
    assert process._FREE.acquire(timeout=1)
    process._FREE.release()
