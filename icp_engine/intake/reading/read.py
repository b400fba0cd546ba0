"""Paths, file objects and frames → named raw tables, or the problems that kept a table out.

Comes in: whatever the caller has. Goes out: {table name: DataFrame} and problems; cells of files
are text, the index is the file's row number. Separate because what a table means (types, roles) is
asked only once it could be read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, cast

import numpy as np
import pandas as pd

from icp_engine.intake.reading.child.process import Unreadable, Waiting, parsed
from icp_engine.intake.reading.contents import EXTENSIONS, NAMES, ContentKind, recognise
from icp_engine.intake.reading.databases.model import DatabaseTable
from icp_engine.intake.reading.delimited import TextTable, read_delimited
from icp_engine.intake.reading.encoding import whole_text
from icp_engine.intake.reading.limits import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TABLES,
    TooLarge,
    check_bytes,
    check_count,
)
from icp_engine.intake.reading.one_table import join_parts
from icp_engine.intake.reading.records import read_json, read_parquet
from icp_engine.intake.reading.sheet_choice import choose_sheets
from icp_engine.intake.reading.spreadsheets import (
    SheetText,
    check_archive,
    opened_archive,
    read_workbook,
)
from icp_engine.intake.reading.table_in_rows import header_names
from icp_engine.problems import InputRefused, Problem, make_problem
from icp_engine.types import Frame, Index, Progress
from icp_engine.values.arrow import TEXT, give_back, longest_bytes
from icp_engine.wording.numbers import count


@dataclass
class _Collected:
    """Tables and problems as they come in."""

    tables: dict[str, Frame] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    every_column: bool = False
    sheets: Mapping[str, str] = field(default_factory=dict)
    progress: Progress | None = None
    stopped: BaseException | None = None

    def tell(self, table: str, rows: int, share: float) -> None:
        """Say how far reading is; what `progress` raises stops it and is no fault of the file."""
        if self.progress is None:
            return
        done = f": {count(rows)} rows" if rows else ""
        try:
            self.progress(f"Reading “{table}”{done}", share)
        except BaseException as error:
            self.stopped = error
            raise

    def wait(self, table: str, share: float = 0.5) -> Waiting:
        """What asks whether to go on while another process reads."""
        return lambda _seconds: self.tell(table, 0, share)

    def claim(self, name: str) -> str:
        """A table name nobody has yet: the second “accounts” is “accounts 2”."""
        wanted = whole_text(name).strip() or "table"
        unique, number = wanted, 1
        while unique in self.names:
            number += 1
            unique = f"{wanted} {number}"
        self.names.add(unique)
        return unique

    def report(self, code: str, table: str, **facts: Any) -> None:
        self.problems.append(make_problem(code, table=table, **facts))


def read_sources(
    *sources: Any,
    every_column: bool = False,
    sheets: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, Frame], tuple[Problem, ...]]:
    """Raw tables by name, and every problem met. Never raises for bad content.

    A source is a path, a binary or text file object (`.name` gives the table's name), a
    `DatabaseTable`, a {name: frame, path or file object}, or a list of these. Cells of files are
    text (“” where empty); frames and databases keep numbers, dates and booleans. The index is the
    row number in the file, where the header is row 1; a preamble above it counts. `every_column`
    keeps columns of equal or no name apart, in their order and as headed: for lists that go back.
    `sheets`: table → sheet to read of its workbook; otherwise every sheet that holds records.
    `progress` is told what is being read, with rows, and the share of this file done, 0–1; what it
    raises stops the reading and is passed on. Parts of one table (months, regions) become one.
    """
    collected = _Collected(every_column=every_column, sheets=sheets or {}, progress=progress)
    for source in sources:
        _read_source(source, collected)
    if every_column:
        return collected.tables, tuple(collected.problems)
    tables, told = join_parts(collected.tables, collected.claim)
    give_back()
    return tables, (*collected.problems, *told)


def _read_source(source: Any, collected: _Collected) -> None:
    if isinstance(source, Mapping):
        for name, table in source.items():
            _read_named(str(name), table, collected)
    elif isinstance(source, (list, tuple)):
        for part in source:
            _read_source(part, collected)
    else:
        _read_named("", source, collected)


def _read_named(name: str, source: Any, collected: _Collected) -> None:
    if isinstance(source, pd.DataFrame):
        table = collected.claim(name or "table")
        _keep(_from_caller(source), table, collected)
        return
    if isinstance(source, DatabaseTable):
        _read_database_table(source, collected.claim(name or source.name), collected)
        return
    file_name = _file_name(source).removesuffix(".gz")
    table = collected.claim(name or PurePath(file_name).stem)
    content = _load(source, table, collected)
    if content is not None:
        _read_content(content, PurePath(file_name).suffix.lstrip(".").lower(), table, collected)


def _read_database_table(source: DatabaseTable, table: str, collected: _Collected) -> None:
    # loaded when asked for: start-up stays light
    from icp_engine.intake.reading.databases.read import read_table

    try:
        read = read_table(source, report=lambda rows, share: collected.tell(table, rows, share))
    except InputRefused as refused:
        collected.problems += refused.problems
    except TooLarge as error:
        collected.report("file-too-large", table, found=error.found, limit=error.limit)
    else:
        collected.problems += read.problems
        _keep(_from_caller(read.frame), table, collected)


def _file_name(source: Any) -> str:
    if isinstance(source, (str, Path)):
        return Path(source).name
    named = getattr(source, "name", "")
    return PurePath(named).name if isinstance(named, str) else ""


def _load(source: Any, table: str, collected: _Collected) -> bytes | None:
    """The bytes of a path or file object, or None with the reason reported."""
    try:
        content = _read_bytes(source)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        reason = getattr(error, "strerror", None) or "it is not a file"
        collected.report("file-missing", table, found=str(reason).lower())
        return None
    if len(content) > MAX_BYTES:
        collected.report("file-too-large", table, found="more than 1 GB", limit="1 GB")
        return None
    return content


def _read_bytes(source: Any) -> bytes:
    if isinstance(source, (str, Path)):
        with Path(source).expanduser().open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    if isinstance(source, (bytes, bytearray)):
        return bytes(source)
    if isinstance(source, io.BytesIO):
        return source.getvalue()  # an upload as it is: reading it would copy it
    if hasattr(source, "seek"):
        source.seek(0)
    content = source.read(MAX_BYTES + 1)
    return content.encode("utf-8", "replace") if isinstance(content, str) else bytes(content)


def _read_content(content: bytes, extension: str, table: str, collected: _Collected) -> None:
    """Read by content, not by name; every failure becomes a problem."""
    name = "content"
    try:
        content = _unpacked(content)
        kind, found = recognise(content)
        name = NAMES.get(kind, name)
        frame = _read_kind(kind, found, content, table, collected)
    except TooLarge as error:
        collected.report("file-too-large", table, found=error.found, limit=error.limit)
    except Unreadable as error:
        collected.report("file-unreadable", table, found=str(error))
    except Exception as error:  # whatever a stranger's file provokes
        if error is collected.stopped:
            raise
        collected.report(
            "file-unreadable",
            table,
            found=f"its {name.removeprefix('a ')} is damaged ({type(error).__name__})",
        )
    else:
        if frame is not None:
            if extension not in EXTENSIONS[kind] and _is_table_extension(extension):
                collected.report("file-renamed", table, named=f".{extension}", found=found)
            _keep(frame, table, collected)


def _read_kind(
    kind: ContentKind, found: str, content: bytes, table: str, collected: _Collected
) -> Frame | None:
    """The one table in the content; None where there is none or several, which are kept already."""
    if kind == "empty":
        collected.report("file-empty", table)
    elif kind == "other":
        collected.report("file-not-a-table", table, found=found)
    elif kind == "archive":
        _read_archive(content, table, collected)
    else:
        return cast("Frame | None", _READERS[kind](content, table, collected))
    return None


def _unpacked(content: bytes) -> bytes:
    """What a gzip file holds, read on in pieces until it is too much; anything else as it is."""
    if not content.startswith(_GZIP):
        return content
    unpacked = io.BytesIO()  # pieces put together at the end would stand in memory twice
    try:
        for piece in _gzip_pieces(content):
            unpacked.write(piece)
            check_bytes(unpacked.tell(), MAX_BYTES)
    except zlib.error as error:
        raise Unreadable("its compressed content is damaged") from error
    return unpacked.getvalue()


def _gzip_pieces(content: bytes) -> Iterator[bytes]:
    while content.startswith(_GZIP):  # one file may follow another
        unpacker = zlib.decompressobj(wbits=31)
        waiting = content
        while not unpacker.eof:
            piece = unpacker.decompress(waiting, _PIECE)
            waiting = unpacker.unconsumed_tail
            if not piece and not waiting and not unpacker.eof:
                raise Unreadable("its compressed content is cut off")
            yield piece
        content = unpacker.unused_data


def _is_table_extension(extension: str) -> bool:
    return any(
        extension in extensions for kind, extensions in EXTENSIONS.items() if kind != "markup"
    )


def _read_text(content: bytes, table: str, collected: _Collected) -> Frame | None:
    read = read_delimited(content, report=lambda rows, share: collected.tell(table, rows, share))
    if read is None:
        collected.report("file-empty", table)
        return None
    if read.encoding != "utf-8":
        collected.report("file-encoding", table, found=read.encoding)
    for code, rows in (("rows-ragged", read.odd.ragged), ("rows-rejoined", read.odd.rejoined)):
        if rows:
            collected.report(code, table, rows=rows, count=len(rows))
    return _without_left_out(read, table, collected)


def _without_left_out(read: TextTable, table: str, collected: _Collected) -> Frame:
    """The frame, with what is odd about its header and what was left out of it reported."""
    if read.header_lines == 0:
        collected.report("header-missing", table)
    elif read.header_lines == 2:
        names = [name for name in read.frame.columns if " " in name]
        collected.report("header-two-lines", table, found="”, “".join(names[:4]))
    for code, rows in read.left_out.items():
        collected.report(code, table, rows=rows, count=len(rows))
    return read.frame


def _read_sheet(content: bytes, table: str, collected: _Collected) -> Frame | None:
    """The frame of the sheet with the most records, which is the file's table; further sheets of
    records are kept here, as tables named by their sheets.
    """
    wanted = collected.sheets.get(table, "")
    sheets = read_workbook(content, wanted, collected.wait(table))
    texts = [
        (sheet, read)
        for sheet in sheets
        if (read := _read_sheet_text(sheet, table, collected)) is not None
    ]
    if not texts:
        collected.report("file-empty", table)
        return None
    chosen = _chosen(texts, wanted)
    _tell_choice(sheets, [texts[place][0].name for place in chosen], wanted, table, collected)
    first = max(chosen, key=lambda place: texts[place][1].frame.size)
    for place in chosen:
        if place != first:
            name = collected.claim(texts[place][0].name)
            _keep(_sheet_frame(*texts[place], name, collected), name, collected)
    return _sheet_frame(*texts[first], table, collected)


def _read_sheet_text(sheet: SheetText, table: str, collected: _Collected) -> TextTable | None:
    return read_delimited(
        sheet.content, ",", lambda rows, share: collected.tell(table, rows, 0.5 + share / 2)
    )


def _chosen(texts: Sequence[tuple[SheetText, TextTable]], wanted: str) -> list[int]:
    """The place of the sheet asked for, else of all that hold records, else of the fullest."""
    asked = [place for place, (sheet, _) in enumerate(texts) if sheet.name == wanted]
    if asked or len(texts) == 1:
        return asked or [0]
    fullest = max(range(len(texts)), key=lambda place: texts[place][0].filled)
    return choose_sheets([read.frame for _, read in texts]) or [fullest]


def _tell_choice(
    sheets: Sequence[SheetText],
    chosen: list[str],
    wanted: str,
    table: str,
    collected: _Collected,
) -> None:
    """Which sheets were read, where a person could have meant others."""
    names = [sheet.name for sheet in sheets]
    others = "”, “".join([name for name in names if name not in chosen][:5])
    found = "”, “".join(chosen[:6])
    if wanted and wanted not in chosen:
        collected.report("file-sheet-missing", table, found=wanted, others="”, “".join(names[:6]))
    elif len(chosen) > 1:
        collected.report("file-sheets-several", table, count=len(chosen), found=found)
    elif len(names) > 1 and not wanted:
        collected.report("file-sheet-choice", table, count=len(names), found=found, others=others)


def _sheet_frame(sheet: SheetText, read: TextTable, table: str, collected: _Collected) -> Frame:
    frame = _without_left_out(read, table, collected)
    for place, rows in sheet.unvalued.items():
        if place < frame.shape[1]:
            collected.problems.append(
                make_problem(
                    "formulas-without-values",
                    table=table,
                    column=frame.columns[place],
                    rows=rows,
                    count=sheet.counts[place],
                )
            )
    return frame


def _read_json_table(content: bytes, table: str, collected: _Collected) -> Frame | None:
    frame = read_json(content, collected.wait(table))
    if frame is None:
        collected.report("file-not-a-table", table, found="JSON without a list of records")
    return frame


def _read_parquet_table(content: bytes, table: str, collected: _Collected) -> Frame | None:
    return _from_caller(read_parquet(content, collected.wait(table)))


def _read_markup_table(content: bytes, table: str, collected: _Collected) -> Frame | None:
    """The largest table of a web page or XML workbook, read on as delimited text."""
    with parsed("markup", content, waiting=collected.wait(table)) as stream:
        rows = stream.read()
    if not rows:
        collected.report("file-not-a-table", table, found=recognise(content)[1])
        return None
    read = read_delimited(
        rows, ",", lambda done, share: collected.tell(table, done, 0.5 + share / 2)
    )
    return None if read is None else _without_left_out(read, table, collected)


_READERS: Mapping[ContentKind, Any] = {
    "delimited": _read_text,
    "spreadsheet": _read_sheet,
    "json": _read_json_table,
    "parquet": _read_parquet_table,
    "markup": _read_markup_table,
}


_GZIP = b"\x1f\x8b"
_PIECE = 1 << 22
# what tools put beside the tables
_ABOUT = frozenset({"readme", "read me", "license", "licence", "manifest"})


def _read_archive(content: bytes, table: str, collected: _Collected) -> None:
    """Each table file of a ZIP as a table of its own; archives inside it are not opened."""
    with opened_archive(content) as archive:
        check_archive(archive)
        members = [member for member in archive.infolist() if _is_table_member(member)]
    check_count(len(members), MAX_TABLES, "tables in one archive")
    if not members:
        collected.report("file-not-a-table", table, found="an archive without table files")
    for member in members:
        with opened_archive(content) as archive:
            inside = archive.read(member)
        path = PurePath(member.filename.removesuffix(".gz"))
        _read_content(
            inside, path.suffix.lstrip(".").lower(), collected.claim(path.stem), collected
        )


def _is_table_member(member: zipfile.ZipInfo) -> bool:
    path = PurePath(member.filename.removesuffix(".gz"))
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts or path.stem.lower() in _ABOUT
    extension = path.suffix.lstrip(".").lower()
    return (
        not member.is_dir()
        and not hidden
        and extension not in ("", "zip")
        and _is_table_extension(extension)
    )


def _from_caller(frame: Frame) -> Frame:
    """A frame with text headers, plain dtypes and file row numbers; an index with a name is a
    column.
    """
    plain = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    return plain_columns(plain, pd.RangeIndex(2, 2 + len(plain)))


def plain_columns(frame: Frame, index: Index) -> Frame:
    """The frame's columns with text headers and plain dtypes, by `index`."""
    columns = [_plain_dtype(frame.iloc[:, position]) for position in range(frame.shape[1])]
    names = header_names([_header_text(name) for name in frame.columns])
    data = {position: column.set_axis(index) for position, column in enumerate(columns)}
    result = pd.DataFrame(data, index=index)
    result.columns = pd.Index(names, dtype="str")
    return result


def _header_text(name: Any) -> str:
    return whole_text(
        " ".join(str(part) for part in name) if isinstance(name, tuple) else str(name)
    )


def _plain_dtype(column: Any) -> Any:
    """Numbers, booleans and datetimes as they are; everything else (categories, objects) as text."""
    column = column.reset_index(drop=True)
    kinds = pd.api.types
    if isinstance(column.dtype, pd.CategoricalDtype) and kinds.is_string_dtype(
        column.cat.categories.dtype
    ):
        return (
            column.astype("str")
            if column.cat.categories.dtype != object
            else _plain_objects(column)
        )
    if kinds.is_datetime64_any_dtype(column) or kinds.is_bool_dtype(column):
        return column
    if kinds.is_numeric_dtype(column) and not kinds.is_complex_dtype(column):
        return column
    if kinds.is_string_dtype(column) and column.dtype != object:
        return column.astype("str")
    return _plain_objects(column)


def _plain_objects(column: Any) -> Any:
    objects = column.astype("object")
    if pd.api.types.infer_dtype(objects, skipna=True) in (
        "integer",
        "floating",
        "mixed-integer-float",
        "decimal",
    ):
        return pd.to_numeric(objects, errors="coerce")
    if pd.api.types.infer_dtype(objects, skipna=True) in ("datetime", "datetime64", "date"):
        return pd.to_datetime(objects, errors="coerce")
    if pd.api.types.infer_dtype(objects, skipna=True) == "boolean":
        return objects.astype("boolean")
    return objects.map(_object_text).astype("str")


def _object_text(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return whole_text("; ".join(str(part) for part in value))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return whole_text(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def _keep(frame: Frame, table: str, collected: _Collected) -> None:
    """Bound, tidy and store a frame that was read, or report why it cannot be used."""
    if len(frame) > MAX_ROWS or frame.shape[1] > MAX_COLUMNS:
        found = f"{count(len(frame))} rows and {count(frame.shape[1])} columns"
        collected.report(
            "file-too-large",
            table,
            found=found,
            limit=f"{count(MAX_ROWS)} rows and {count(MAX_COLUMNS)} columns",
        )
        return
    if not frame.shape[1]:
        collected.report("file-empty", table)
        return
    if not len(frame):
        collected.report("file-header-only", table)
        return
    if len(frame) == 1:
        collected.report("table-one-row", table)
    if frame.index[0] == 0:
        frame.index = pd.RangeIndex(2, 2 + len(frame))
    _tell_cut_cells(frame, table, collected)
    tidy = (
        frame
        if collected.every_column
        else _drop_nameless(_combine_duplicates(frame, table, collected))
    )
    collected.tables[table] = tidy


def _tell_cut_cells(frame: Frame, table: str, collected: _Collected) -> None:
    """Every reader cuts at the same length: a cell of just that length was cut."""
    for position, name in enumerate(frame.columns):
        column = frame.iloc[:, position]
        if column.dtype == TEXT and longest_bytes(column) >= MAX_CELL_CHARACTERS:
            rows = tuple(frame.index[column.str.len().eq(MAX_CELL_CHARACTERS).to_numpy()])
            if rows:
                collected.report(
                    "cells-cut",
                    table,
                    column=name,
                    rows=rows[:20],
                    count=len(rows),
                    limit=count(MAX_CELL_CHARACTERS),
                )


def _combine_duplicates(frame: Frame, table: str, collected: _Collected) -> Frame:
    """Columns whose headers differ at most in case become one: the first non-empty value of each
    row.
    """
    positions: dict[str, list[int]] = {}
    for position, name in enumerate(frame.columns):
        positions.setdefault(name.casefold(), []).append(position)
    if len(positions) == frame.shape[1]:
        return frame
    combined = {}
    for same in positions.values():
        name = frame.columns[same[0]]
        column = frame.iloc[:, same[0]]
        if len(same) > 1:
            collected.problems.append(
                make_problem("columns-duplicate", table=table, column=name, count=len(same))
            )
            column = _first_filled([frame.iloc[:, position] for position in same])
        combined[name] = column
    return pd.DataFrame(combined, index=frame.index)


def _first_filled(columns: list[Any]) -> Any:
    if len({str(column.dtype) for column in columns}) > 1:
        columns = [column.astype("object").map(_object_text).astype("str") for column in columns]
    result = columns[0]
    for column in columns[1:]:
        empty = (
            result.isna() | result.eq("") if pd.api.types.is_string_dtype(result) else result.isna()
        )
        result = result.where(~empty.astype("bool"), column)
    return result


def _drop_nameless(frame: Frame) -> Frame:
    """Columns without a name and without a value, as trailing delimiters leave them, are dropped."""
    nameless = [
        name for position, name in enumerate(frame.columns, start=1) if name == f"Column {position}"
    ]
    empty = [name for name in nameless if bool((frame[name].isna() | frame[name].eq("")).all())]
    return frame.drop(columns=empty) if empty and len(empty) < frame.shape[1] else frame
