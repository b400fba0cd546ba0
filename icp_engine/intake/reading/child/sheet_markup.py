"""What an XLSX sheet says about its cells beside their values: currency and percent by format, and
formulas whose value was never stored.

Comes in: the archive, a sheet's name, units by cell style. Goes out: the unit of each cell and the
cells without a value. Separate because the reader of workbooks gives values only: 1,000 stands for
€ 1,000 and for $ 1,000, and a formula that nobody computed for 0.
"""

from __future__ import annotations

import html
import re
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import IO

_PART = 4 << 20
_LONGEST_ROW = 32 << 20
_SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\s([^<>]{1,2000})>")
_RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\s([^<>]{1,2000})>")
_ATTRIBUTE = re.compile(r"""([\w:]{1,40})\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)')""")
_STYLED = re.compile(
    rb"""<(?:\w{1,20}:)?c\b(?=[^<>]{0,200}\br="([A-Z]{1,3})([0-9]{1,7})")(?=[^<>]{0,200}\bs="([0-9]{1,6})")"""
)
_FORMULA = re.compile(
    rb"<(?:\w{1,20}:)?c\b([^<>]{0,200})>\s{0,9}<(?:\w{1,20}:)?f\b[^<>]{0,9000}"
    rb"(?:>[^<>]{0,9000}</(?:\w{1,20}:)?f)?>\s{0,9}(?:<(?:\w{1,20}:)?v\b[^<>]{0,99}>([^<>]{0,99}))?"
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")
_ZERO = (b"0", b"0.0")
_NEVER_COMPUTED = 3  # formulas of a column that are all stored as 0


@dataclass
class CellMarkup:
    """Units by row and column (0 is none), and by column the rows whose formula has no value; rows
    and columns count from 0.
    """

    names: tuple[str, ...] = ("",)
    units: dict[int, array[int]] = field(default_factory=dict)
    unvalued: dict[int, list[int]] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is known but the values."""
        return not self.units and not self.unvalued

    def unit(self, row: int, column: int) -> str:
        """“%”, a currency, or nothing."""
        found = self.units.get(column)
        return self.names[found[row]] if found is not None and row < len(found) else ""


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def read_cell_markup(
    archive: zipfile.ZipFile | None, sheet: str, units: dict[int, str]
) -> CellMarkup:
    """What the sheet's own XML says; nothing for other formats than XLSX."""
    member = _find_member(archive, sheet) if archive else ""
    names = ("", *dict.fromkeys(units.values()))
    markup = CellMarkup(names[:256])
    if not archive or not member:
        return markup
    styles = {str(style).encode(): names.index(unit) for style, unit in units.items()}
    zeros: dict[int, list[int]] = {}
    valued: set[int] = set()
    with archive.open(member) as stream:
        for rows in _whole_rows(stream):
            if styles:
                _note_units(rows, styles, markup)
            if b"f>" in rows or b"<f" in rows or b":f" in rows:
                _note_formulas(rows, markup.unvalued, zeros, valued)
    for column, places in zeros.items():
        if column not in valued and len(places) >= _NEVER_COMPUTED:
            markup.unvalued.setdefault(column, []).extend(places)
    return markup


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(text)}


def _find_member(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file of a sheet: its name leads to an id, its id to a file."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return ""
    ids = {
        found.get("name"): next((found[name] for name in found if name.endswith(":id")), "")
        for found in map(_attributes, _SHEET.findall(book))
    }
    wanted = ids.get(sheet)
    for relation in map(_attributes, _RELATION.findall(relations)):
        if wanted and relation.get("Id") == wanted:
            target = relation.get("Target", "")
            member = normpath(target.lstrip("/") if target[:1] == "/" else join("xl", target))
            return member if member in archive.NameToInfo else ""
    return ""


def _whole_rows(stream: IO[bytes]) -> Iterator[bytes]:
    """The sheet in parts that end where a row ends; a row that never ends gives up the rest."""
    rest = b""
    while part := stream.read(_PART):
        rest += part
        end = rest.rfind(b"row>") + 4
        if end > 4:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > _LONGEST_ROW:
            return
    yield rest


def _note_units(rows: bytes, styles: dict[bytes, int], markup: CellMarkup) -> None:
    for letters, number, style in _STYLED.findall(rows):
        unit = styles.get(style)
        if unit is None or unit > 255:
            continue
        row, found = (
            int(number) - 1,
            markup.units.setdefault(column_number(letters) - 1, array("B")),
        )
        found.extend(bytes(max(0, row + 1 - len(found))))
        found[row] = unit


def _note_formulas(
    rows: bytes, unvalued: dict[int, list[int]], zeros: dict[int, list[int]], valued: set[int]
) -> None:
    for attributes, value in _FORMULA.findall(rows):
        place = _PLACE.search(attributes)
        if place is None or (not value and _IS_TEXT.search(attributes)):
            continue  # a formula that gave an empty text has its value
        column, row = column_number(place[1]) - 1, int(place[2]) - 1
        if not value.strip():
            unvalued.setdefault(column, []).append(row)
        elif value.strip() in _ZERO:
            zeros.setdefault(column, []).append(row)
        else:
            valued.add(column)
