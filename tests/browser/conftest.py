"""The real server and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser.watching import FLAGS, open_sample

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: `make browser` installs it"
    return {"executable_path": executable, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": {"width": 1440, "height": 900}, "accept_downloads": True}


@pytest.fixture(scope="session")
def home_folder(tmp_path_factory):
    """Where the server saves its studies; a test may put some there."""
    return tmp_path_factory.mktemp("icp")


@pytest.fixture(scope="session")
def server(tmp_path_factory, home_folder):
    """The app on a free port with a store of its own; gives its address."""
    port = _free_port()
    log = (tmp_path_factory.mktemp("server") / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=PROJECT,
        env={**os.environ, "ICP_HOME": str(home_folder)},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def sample_link(browser, server):
    """The sample opened by one click: the address of the finished study."""
    page = browser.new_page()
    open_sample(page, server)
    link = page.url
    page.close()
    return link


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, process: subprocess.Popen, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended at its start"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"{address} did not answer within {seconds} s")
