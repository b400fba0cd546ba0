"""A study as one file: its settings and its raw tables in a ZIP that any other workbench opens to
the same results.

Comes in: raw tables, settings, the problems met in reading. Goes out: bytes, and the same three
again. Separate from the store because a file travels: it is bounded and checked before anything in
it is believed.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from icp_engine.intake.reading.encoding import whole_text
from icp_engine.intake.reading.limits import MAX_BYTES, TooLarge
from icp_engine.intake.reading.read import plain_columns
from icp_engine.intake.reading.records import read_parquet
from icp_engine.intake.reading.spreadsheets import check_archive
from icp_engine.problems import CATALOGUE, InputRefused, Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.store.saved_settings import sort_out_settings
from icp_engine.store.tables import to_bytes
from icp_engine.types import Frame
from icp_engine.wording.numbers import count

ENDING = ".icp"
CONTENTS = "study.json"
FORMAT = "icp-study"
VERSION = 1
MAX_CONTENTS_BYTES = 32 * 2**20
MAX_TABLES = 200
PROBLEM_TEXTS = ("code", "table", "column", "message", "advice")
TABLE_NUMBER = re.compile(r"(?<!\d)(\d{1,9})\.parquet$")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # equal studies give equal files


@dataclass(frozen=True)
class OpenedFile:
    """What a study file holds: raw tables by name, settings, and the problems met when its files
    were read.
    """

    tables: dict[str, Frame]
    settings: Settings
    problems: tuple[Problem, ...]


def write_study_file(
    tables: dict[str, Frame], settings: Settings, problems: Iterable[Problem] = ()
) -> bytes:
    """The study as one ZIP: `study.json` and a Parquet file a table. Equal studies give equal
    bytes.
    """
    names = {name: f"tables/{number}.parquet" for number, name in enumerate(tables, start=1)}
    contents = {
        "format": FORMAT,
        "version": VERSION,
        "tables": names,
        "settings": settings.model_dump(mode="json"),
        "problems": [asdict(problem) for problem in problems],
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(contents, ensure_ascii=False, indent=1, sort_keys=True)
        archive.writestr(zipfile.ZipInfo(CONTENTS, EARLIEST), text, zipfile.ZIP_DEFLATED)
        for name, place in names.items():
            archive.writestr(
                zipfile.ZipInfo(place, EARLIEST), to_bytes(tables[name]), zipfile.ZIP_STORED
            )
    return buffer.getvalue()


def is_study_file(source: Any) -> bool:
    """Whether a path, bytes or file object is a ZIP with a study's table of contents; what is none
    is never read.
    """
    try:
        with zipfile.ZipFile(_openable(source)) as archive:
            return CONTENTS in archive.namelist()
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        TypeError,
        AttributeError,
        NotImplementedError,
    ):
        return False


def read_study_file(source: Any) -> OpenedFile | None:
    """The study of a file, or None when the source is no study file.

    Raises InputRefused when it is one and cannot be used: too large, damaged, or of a later
    version.
    """
    if not is_study_file(source):
        return None
    name = _name_of(source)
    try:
        with zipfile.ZipFile(_openable(source)) as archive:
            check_archive(archive)
            return _read(archive)
    except TooLarge as error:
        problem = make_problem("file-too-large", table=name, found=error.found, limit=error.limit)
    except _UnusableError as error:
        problem = make_problem("file-unreadable", table=name, found=str(error))
    except Exception as error:  # whatever a stranger's file provokes
        problem = make_problem(
            "file-unreadable", table=name, found=f"it is damaged ({type(error).__name__})"
        )
    raise InputRefused([problem])


class _UnusableError(ValueError):
    """Why a study file cannot be used, in words."""


def _read(archive: zipfile.ZipFile) -> OpenedFile:
    if archive.getinfo(CONTENTS).file_size > MAX_CONTENTS_BYTES:
        raise TooLarge("more than 32 MB of settings", "32 MB")
    # a half of a surrogate pair may stand in JSON, and nowhere else
    contents = json.loads(
        whole_text(json.dumps(json.loads(archive.read(CONTENTS)), ensure_ascii=False))
    )
    if not isinstance(contents, dict) or contents.get("format") != FORMAT:
        raise _UnusableError("its table of contents is not a study's")
    if not isinstance(contents.get("version"), int) or contents["version"] > VERSION:
        raise _UnusableError("it comes from a later version of the workbench")
    names = contents.get("tables", {})
    if len(names) > MAX_TABLES:
        raise TooLarge(f"{count(len(names))} tables", f"{MAX_TABLES}")
    ordered = sorted(names.items(), key=lambda named: _number(named[1]))
    tables = {str(name): _table(archive.read(place)) for name, place in ordered}
    problems = tuple(
        _problem(saved) for saved in contents.get("problems", []) if saved.get("code") in CATALOGUE
    )
    saved = contents.get("settings", {})
    if not isinstance(saved, dict):
        raise _UnusableError("its settings are not a study's")
    settings, wrong = sort_out_settings(json.dumps(saved))
    told = (_at_default(name, saved.get(name)) for name in wrong)
    return OpenedFile(tables, settings, (*problems, *told))


def _at_default(name: str, value: Any) -> Problem:
    found = f"The study file sets “{name}” to {str(value)[:40]!r}, which cannot be used; it is at its default"
    return make_problem("settings-no-effect", found=found)


def _number(place: str) -> int:
    """A table's place among the tables: of two that tell the same, the first is believed."""
    found = TABLE_NUMBER.search(str(place))
    return int(found[1]) if found else 0


def _table(content: bytes) -> Frame:
    """One table with texts as texts; its index holds the row numbers of the file it once was."""
    frame = read_parquet(content)
    numbers = frame.index
    if not pd.api.types.is_integer_dtype(numbers.dtype) or numbers.has_duplicates:
        numbers = pd.RangeIndex(2, 2 + len(frame))
    return plain_columns(frame, numbers)


def _problem(saved: dict[str, Any]) -> Problem:
    code, table, column, message, advice = (str(saved.get(name, "")) for name in PROBLEM_TEXTS)
    rows = tuple(int(row) for row in saved.get("rows", [])[:20])
    return Problem(code, CATALOGUE[code].severity, table, column, rows, message, advice)


def _openable(source: Any) -> Any:
    if isinstance(source, (bytes, bytearray)):
        return io.BytesIO(source)
    if isinstance(source, (str, Path)):
        path = Path(source).expanduser()
        if path.stat().st_size > MAX_BYTES:
            raise ValueError("larger than any study file")
        return path
    source.seek(0)
    return source


def _name_of(source: Any) -> str:
    named = source if isinstance(source, (str, Path)) else getattr(source, "name", "")
    return Path(str(named)).name or "study file"
