"""Limits hold before anything is parsed, whatever the browser sends."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.home import loading

SCRIPT = """
import streamlit as st
from ui.home import loading
class File:
    def __init__(self, size):
        self.size = size
for problem in loading.check_size([File({size})] * {files}):
    st.text(problem.code + " " + problem.message)
"""


def run(size, files, times=1):
    at = AppTest.from_string(SCRIPT.replace("{size}", str(size)).replace("{files}", str(files)))
    for _ in range(times):
        at.run()
    assert not at.exception
    return [element.value for element in at.text]


def test_ordinary_files_pass():
    assert run(1_000_000, 4) == []


@pytest.mark.parametrize(
    ("size", "files", "limit"),
    [
        (1, loading.FILES_AT_ONCE + 1, "20 files"),
        (loading.BYTES_AT_ONCE, 2, "200 MB at once"),
    ],
)
def test_too_much_at_once_is_refused_with_the_limit(size, files, limit):
    said = run(size, files)
    assert len(said) == 1
    assert said[0].startswith("file-too-large")
    assert limit in said[0]


def test_one_visitor_cannot_fill_the_disk_by_repeating():
    times = loading.BYTES_A_SESSION // loading.BYTES_AT_ONCE + 1
    assert "a visit" in run(loading.BYTES_AT_ONCE, 1, times)[0]


def test_the_sample_is_there():
    assert all(path.exists() for path in loading.sample_files())
