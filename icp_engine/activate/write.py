"""Writes result files so that a reader never sees half of one.

Comes in: {file name: text}. Goes out: files. Separate because the shell and scheduled jobs write
alike.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from icp_engine.problems import InputRefused, make_problem


def write_files(directory: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Write every file (UTF-8) beside its place first, then move all into place; the folder is made
    when missing.

    Raises InputRefused (`output-unwritable`) when the folder or a file cannot be written; nothing
    is then replaced.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            waiting.append((_write_beside(directory, text), directory / name))
        for _, place in waiting:
            _refuse_folder(place)
        for temporary, place in waiting:
            temporary.replace(place)
    except OSError as error:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
        raise InputRefused(
            [make_problem("output-unwritable", table=str(directory), found=_reason(error))]
        ) from error
    return tuple(place for _, place in waiting)


def write_file(path: Path, text: str) -> Path:
    """Write one file as `write_files` does."""
    return write_files(path.parent, {path.name: text})[0]


def _write_beside(directory: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=".icp-", suffix=".part", dir=directory)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    path = Path(name)
    path.chmod(0o644)  # mkstemp lets only the owner read
    return path


def _refuse_folder(place: Path) -> None:
    if place.is_dir():
        raise IsADirectoryError(f"{place.name} is a folder")


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
