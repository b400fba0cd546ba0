"""A stranger's file, parsed by a child process within limits on memory, computing, waiting and
number.

Comes in: bytes and the kind of file. Goes out: a temporary file with what the child wrote, never
objects. Separate because every format that can swell or crash its reader is read the same way.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from icp_engine.intake.reading.child.parse_child import ASKED_TOO_MUCH
from icp_engine.intake.reading.limits import (
    CHILD_MEMORY,
    CHILD_PATIENCE,
    CHILD_SECONDS,
    CHILD_SECONDS_A_MEGABYTE,
    CHILDREN_AT_ONCE,
    TooLarge,
)
from icp_engine.wording.numbers import count

CHILD = Path(__file__).with_name("parse_child.py")
_TURN = 0.25  # seconds between two questions whether to go on
_FREE = threading.BoundedSemaphore(CHILDREN_AT_ONCE)
_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "LANG")  # a child needs no secret of ours
_FRUGAL = {  # libraries that reserve memory for every processor would spend the limit on nothing
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
Waiting = Callable[[float], None]  # hears of the seconds gone by, may raise to stop the reading


class Unreadable(Exception):  # noqa: N818 - says what the file is
    """The file is broken, locked or gives its reader no end."""


def nobody_waits(_seconds: float) -> None:
    """Lets the reading go on."""


@contextmanager
def parsed(
    kind: str,
    content: bytes,
    words: Sequence[str] = (),
    waiting: Waiting = nobody_waits,
    patience: float = CHILD_PATIENCE,
) -> Iterator[IO[bytes]]:
    """The file that a child wrote about this content. Raises TooLarge, Unreadable, or what
    `waiting` raises; no child outlives the call.
    """
    memory = CHILD_MEMORY
    seconds = CHILD_SECONDS + CHILD_SECONDS_A_MEGABYTE * (len(content) >> 20)
    limits = [str(memory), str(seconds)]
    command = [sys.executable, "-I", "-B", str(CHILD), kind, *limits]
    command += [word.replace("\0", "") for word in words]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(content)
        given.seek(0)
        with _turn(waiting):
            code, told = _run(command, (given, made), waiting, patience)
        if code:
            raise _why_it_failed(code, told, memory, seconds)
        made.seek(0)
        yield made


@contextmanager
def _turn(waiting: Waiting) -> Iterator[None]:
    """One of the few children that may run at once."""
    began = time.monotonic()
    while not _FREE.acquire(timeout=_TURN):
        waiting(time.monotonic() - began)
    try:
        yield
    finally:
        _FREE.release()


def _run(
    command: list[str], files: tuple[Any, Any], waiting: Waiting, patience: float
) -> tuple[int, bytes]:
    """The child's exit code and what it said, asking `waiting` every quarter of a second."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    began = time.monotonic()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603
            command, stdin=files[0], stdout=files[1], stderr=said, env={**kept, **_FRUGAL}
        ) as child,
    ):
        try:
            while True:
                gone = time.monotonic() - began
                if gone > patience:
                    raise TooLarge(
                        f"more than {count(patience)} seconds of waiting",
                        f"{count(patience)} seconds",
                    )
                try:
                    code = child.wait(min(_TURN, max(patience - gone, 0.001)))
                    break
                except subprocess.TimeoutExpired:
                    waiting(time.monotonic() - began)
        finally:
            child.kill()
        said.seek(max(0, said.seek(0, os.SEEK_END) - 10_000))
        return code, said.read()


def _why_it_failed(code: int, told: bytes, memory: int, seconds: int) -> Exception:
    said = (told.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
    if code == ASKED_TOO_MUCH:
        return TooLarge(*json.loads(said))
    if code == -signal.SIGXCPU:
        return TooLarge(
            f"more than {count(seconds)} seconds of reading", f"{count(seconds)} seconds"
        )
    if code < 0 or "MemoryError" in said or "memory allocation" in said or "malloc" in said:
        return TooLarge("more memory than a file may take", f"{count(memory >> 20)} MB")
    if "password" in said.lower() or "encrypt" in said.lower():
        return Unreadable("it is protected by a password")
    return Unreadable("its content is damaged")
