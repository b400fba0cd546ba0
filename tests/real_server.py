"""The app as a user starts it: a process, a free port, a store of its own.

Tests, benchmarks and the pictures of the docs all start it here.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@contextmanager
def running_app(home: Path, log: Path, *options: str, **environment: str) -> Iterator[str]:
    """Starts the app with these options of `streamlit run`, gives its address, and ends it."""
    with running_process(home, log, *options, **environment) as (address, _process):
        yield address


@contextmanager
def running_alone(home: Path, *options: str) -> Iterator[tuple[str, int]]:
    """(address, process id) of the app; its log and its settings lie in `home`, so that nothing of
    it is left behind.
    """
    own = {"XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache"}
    with running_process(home, home / "log.txt", *options, **own) as (address, process):
        yield address, process.pid


@contextmanager
def running_process(
    home: Path, log: Path, *options: str, **environment: str
) -> Iterator[tuple[str, subprocess.Popen]]:
    """As `running_app`, with the process beside its address."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as written:
        process = subprocess.Popen(
            [*command, *options],
            cwd=PROJECT,
            env={**os.environ, "ICP_HOME": str(home), **environment},
            stdout=written,
            stderr=written,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, process: subprocess.Popen, seconds: float = 120) -> None:
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
