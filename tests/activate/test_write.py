"""Files appear whole or not at all."""

import pytest

from icp_engine.activate.write import write_file, write_files
from icp_engine.problems import InputRefused


def test_files_arrive_whole_in_a_folder_that_is_made(tmp_path):
    places = write_files(tmp_path / "new" / "out", {"a.csv": "a\nß\n", "b.json": "{}"})
    assert [place.read_text(encoding="utf-8") for place in places] == ["a\nß\n", "{}"]
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == ["a.csv", "b.json"]


def test_an_earlier_file_is_replaced(tmp_path):
    write_file(tmp_path / "a", "one")
    write_file(tmp_path / "a", "two")
    assert (tmp_path / "a").read_text() == "two"


def test_a_place_that_is_a_folder_leaves_every_file_as_it_was(tmp_path):
    write_file(tmp_path / "a", "one")
    (tmp_path / "b").mkdir()
    with pytest.raises(InputRefused) as refused:
        write_files(tmp_path, {"a": "two", "b": "x"})
    assert refused.value.problems[0].code == "output-unwritable"
    assert (tmp_path / "a").read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    write_file(tmp_path / "a", "one")
    with pytest.raises(InputRefused):
        write_file(tmp_path / "a" / "b", "x")
