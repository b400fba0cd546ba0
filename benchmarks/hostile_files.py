"""Three hundred hostile files with fixed seeds, each opened in a process of its own.

Comes in: nothing, or words that a file's name must hold. Goes out: the files that take more than 20
processor seconds or 2 GB, raise, or are read without a word though rows or cells are missing.
Separate because the tests hold one small file a fault, while this asks what many strangers' files
cost.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import random
import resource
import sqlite3
import struct
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.parquet

from icp_engine.study.study import Study

SECONDS, MEGABYTES = 20, 2_048
CPU_LIMIT, ADDRESS_LIMIT = 90, 8 << 30
VARIANTS = 5
# problems of reading after which everything must be there all the same
SAYS_NOTHING_LOST = {"file-encoding", "file-renamed", "header-missing", "table-one-row"}
HEADER = ("Account ID", "Account Name", "Industry", "Annual Revenue", "Customer Since")
INDUSTRIES = ("Retail", "Media", "Logistics", "Software")


@dataclass(frozen=True)
class Hostile:
    """One file. `rows` and `holds`: what must stand in the tables unless a problem of reading says
    otherwise; `refused`: no table, so something must be said; `lacks`: what may stand nowhere.
    """

    name: str
    content: bytes
    rows: int | None = None
    holds: tuple[str, ...] = ()
    refused: bool = False
    lacks: tuple[str, ...] = ()


Family = Callable[[random.Random, int], Hostile]


def account_rows(count: int = 30) -> list[list[str]]:
    """Plain accounts, the last of them named “Lastfirm”."""
    rows = [
        [f"A{n:05d}", f"Firm {n}", INDUSTRIES[n % 4], str(1_000 * n + 500), f"2023-0{n % 9 + 1}-11"]
        for n in range(1, count + 1)
    ]
    rows[-1][1] = "Lastfirm"
    return rows


def lines(rows: list[list[str]], mark: str = ",", end: str = "\n") -> str:
    """Delimited text with the usual header, nothing quoted."""
    return end.join(mark.join(row) for row in [list(HEADER), *rows]) + end


def good(count: int = 30) -> bytes:
    """A file without any fault."""
    return lines(account_rows(count)).encode()


def with_column(header: str, values: list[str]) -> bytes:
    """Accounts with one more column, quoted."""
    rows = account_rows(len(values))
    quoted = ['"' + value.replace('"', '""') + '"' for value in values]
    body = [",".join([*row, cell]) for row, cell in zip(rows, quoted, strict=True)]
    return "\n".join([",".join([*HEADER, header]), *body, ""]).encode("utf-8", "surrogatepass")


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An archive of these members, several of one name too."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, more: str = "", before: str = "", strings: str | None = None) -> bytes:
    """A workbook of one sheet from its raw rows."""
    parts = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        (
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/>{parts}</Types>'.encode(),
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
            f'Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEET}" xmlns:r="{relations}"><sheets><sheet name="Accounts" '
            f'sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        ),
        (
            "xl/sharedStrings.xml",
            (strings or f'<sst xmlns="{_SHEET}"><si><t>Media</t></si></sst>').encode(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_SHEET}">{before}<sheetData>{rows}</sheetData>{more}</worksheet>'.encode(),
        ),
    )


def cells(row: int, texts: list[str]) -> str:
    """A row of inline texts."""
    body = "".join(
        f'<c r="{chr(65 + place)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{row}">{body}</row>'


def account_cells(first: int = 1, count: int = 30) -> str:
    """Header and accounts as rows of a sheet."""
    rows = [list(HEADER), *account_rows(count)]
    return "".join(cells(first + place, row) for place, row in enumerate(rows))


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    """A Parquet file of these columns."""
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream, **options)
    return stream.getvalue()


def good_parquet() -> bytes:
    """Accounts as Parquet."""
    rows = list(zip(*account_rows(), strict=True))
    return parquet({name: list(values) for name, values in zip(HEADER, rows, strict=True)})


def good_json() -> bytes:
    """Accounts as a list of records."""
    return json.dumps([dict(zip(HEADER, row, strict=True)) for row in account_rows()]).encode()


def good_sqlite() -> bytes:
    """Accounts as a database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        connection = sqlite3.connect(path)
        connection.execute("create table accounts (id text, name text)")
        connection.executemany(
            "insert into accounts values (?, ?)", [r[:2] for r in account_rows()]
        )
        connection.commit()
        connection.close()
        return path.read_bytes()


# ------------------------------------------------------------------ delimited text


def endless_line(chance: random.Random, variant: int) -> Hostile:
    """One line of megabytes."""
    mark = (",", "", ";", "\t", '"')[variant]
    return Hostile(
        "endless.csv", ("abcdefgh" + mark).encode() * (chance.randint(4, 9) << 17), refused=True
    )


def nul_bytes(chance: random.Random, variant: int) -> Hostile:
    """NUL inside cells, between rows, in front, at the end, everywhere at random."""
    content = good()
    if variant == 0:
        content = content.replace(b"Firm 7", b"Fi\0rm 7")
    elif variant == 1:
        content = content.replace(b"\n", b"\0\n")
    elif variant == 2:
        content = b"\0" * 3 + content
    elif variant == 3:
        content += b"\0" * 500_000
    else:
        for _ in range(9):
            place = chance.randrange(80, len(content))
            content = content[:place] + b"\0" + content[place:]
    return Hostile("nul.csv", content, rows=30, holds=("Lastfirm",))


def mixed_encodings(chance: random.Random, variant: int) -> Hostile:
    """Rows in two encodings."""
    other = ("latin-1", "cp1252", "cp437", "utf-16-le", "cp1250")[variant]
    rows = [line.replace("Firm", "Müller") for line in good().decode().splitlines()]
    parts = [
        (row + "\n").encode(other if number and chance.random() < 0.4 and variant != 3 else "utf-8")
        for number, row in enumerate(rows)
    ]
    if variant == 3:
        parts.insert(10, "ü,é,x,1,2\n".encode(other))
    return Hostile(
        "mixed.csv",
        b"".join(parts),
        rows=30 + (variant == 3),
        holds=("Lastfirm", "Müller 2"),
        lacks=("Ã", "\ufffd"),
    )


def open_quote(chance: random.Random, variant: int) -> Hostile:
    """A quote that nothing closes: in the header, early, late, in many rows."""
    rows = good(400).decode().split("\n")
    for place in ((0,), (3,), (399,), (50, 51, 52), tuple(chance.sample(range(1, 400), 41)))[
        variant
    ]:
        rows[place] = rows[place].replace(",", ',"', 1)
    return Hostile("quote.csv", "\n".join(rows).encode(), rows=400, holds=("Lastfirm",))


def many_columns(chance: random.Random, variant: int) -> Hostile:
    """Columns by the thousand; 1,990 are allowed."""
    width = (1_990, 2_500, 20_000, 100_000, 1_000_000)[variant]
    header = ",".join(f"c{n}" for n in range(width))
    body = "\n".join(
        ",".join(str(chance.randint(0, 9)) for _ in range(min(width, 1_990))) for _ in range(5)
    )
    return Hostile("wide.csv", f"{header}\n{body}\n".encode(), rows=5, refused=variant > 0)


def long_header(_chance: random.Random, variant: int) -> Hostile:
    """A header of a megabyte of one kind of text."""
    text = ("_", "Amount ", "(", "aA1", "é\u0301")[variant]
    return Hostile("header.csv", with_column(text * (1_000_000 // len(text)), ["x"] * 30), rows=30)


def long_cells(_chance: random.Random, variant: int) -> Hostile:
    """Cells of ten megabytes, or many of a few thousand signs."""
    if variant < 2:
        text = ("word ", "1")[variant] * (10_000_000 // (5, 1)[variant]) + "ENDMARK"
        return Hostile(
            "cell.csv", with_column("Notes", [text] + ["x"] * 29), rows=30, holds=("ENDMARK",)
        )
    text = ("Very Big Co said ", "1 - ", "a;b,c|")[variant - 2] * 1_500
    return Hostile(
        "cells.csv", with_column("Lost reason", [f"{text}{n}" for n in range(600)]), rows=600
    )


def unicode_floods(_chance: random.Random, variant: int) -> Hostile:
    """Direction marks, zero widths, combining signs, emoji, private signs."""
    sign = ("\u202e", "\u200b", "a\u0301\u0327" * 20, "👩‍👩‍👧", "\ue000\ufffd\U0010fffd")[variant]
    values = [sign * 300 + f"v{n % 5}" for n in range(300)]
    return Hostile("signs.csv", with_column(f"Region{sign}", values), rows=300)


_CATASTROPHES = (
    ("Annual revenue 2", "1" + " " * 70 + "x"),
    ("Employees", "1 -" + " - " * 30 + "1!"),
    ("Close Date", "1 " * 60 + "jan"),
    ("Email", "a@" + "a." * 90 + "!"),
    ("Website", "http://" + "a-" * 90 + "!"),
    ("Phone", "+" + "1 " * 90 + "x"),
    ("Country", "(" * 190),
    ("Tags", ";" * 190 + "a"),
    ("Won", "y" + "es" * 95),
    ("Stage", "closed " * 27 + "!"),
    ("Job title", "vp of " * 32 + "?"),
    ("Lost reason", "Ann De La " * 390 + "said"),
    ("Industry 2", "a&" * 95),
    ("Currency", "$" * 190 + "1"),
    ("Size", "1" + ",111" * 45 + "-"),
    ("Growth", "%" * 100 + "1" * 90 + "%"),
    ("Date 2", "0" * 190),
    ("Amount", "1" * 190 + "e" + "9" * 8),
    ("Owner", "A. " * 60),
    ("Next step", "call " * 2_000),
    ("Product", "A1-" * 60 + "\u00a0"),
    ("Quarter", "Q1 " * 60),
    ("Domain", "www." * 45),
    ("Postal code", "0-" * 95),
    ("Period", "2024-W" + "1" * 180),
)


def catastrophes(_chance: random.Random, variant: int) -> Hostile:
    """Texts made for patterns that try every way to share a run out, five kinds of column a file."""
    chosen = _CATASTROPHES[variant * 5 : variant * 5 + 5]
    rows = account_rows(300)
    head = ",".join([*HEADER, *(name for name, _ in chosen)])
    body = [",".join([*row, *(f'"{text}{n}"' for _, text in chosen)]) for n, row in enumerate(rows)]
    return Hostile("patterns.csv", "\n".join([head, *body, ""]).encode(), rows=300)


def numbers(_chance: random.Random, variant: int) -> Hostile:
    """Numbers nobody means."""
    text = ("9" * 10_000, "1e99999", "-" * 5_000 + "1", "0." + "0" * 9_000 + "1", "٣٤٥,١٢")[variant]
    values = [text if n % 3 else f"{n * 1000}" for n in range(300)]
    return Hostile("numbers.csv", with_column("Amount", values), rows=300)


def dates(_chance: random.Random, variant: int) -> Hostile:
    """Days outside every calendar."""
    text = ("99999-01-01", "0000-13-45", "31/02/-1", "1" * 25, "10000-W60-9")[variant]
    values = [text if n % 2 else "2023-05-05" for n in range(300)]
    return Hostile("days.csv", with_column("Close Date", values), rows=300)


def same_headers(_chance: random.Random, variant: int) -> Hostile:
    """One header a thousand times, as it stands or in other case, the last column filled by itself."""
    named = ("Amount", "", "Account ID", "Column 1", "amount ")[variant]
    width = 1_200
    head = ",".join(
        ["Account ID", *(named.upper() if n % 2 and variant == 4 else named for n in range(width))]
    )
    body = [f"A{n}" + "," * width + f"last{n}" for n in range(30)]
    return Hostile("same.csv", "\n".join([head, *body, ""]).encode(), rows=30, holds=("last29",))


def line_ends(_chance: random.Random, variant: int) -> Hostile:
    """Ends of lines of every kind, mixed, and signs that some readers take for one."""
    content = lines(account_rows(), end=("\r", "\n\r", "\r\r\n", "\n", "\n")[variant])
    if variant == 3:
        content = "".join(
            line + ("\r", "\n", "\r\n")[n % 3] for n, line in enumerate(content.split("\n")) if line
        )
    if variant == 4:
        content = content.replace("Firm", "Fi\x85r\u2028m\x0b\x0c\x1c")
    return Hostile("ends.csv", content.encode(), rows=30, holds=("Lastfirm",))


def ends_early(_chance: random.Random, variant: int) -> Hostile:
    """Signs that once ended a file, and a second file glued on."""
    content = good()
    middle = content.index(b"A00015")
    glue = (b"\x1a\n", b"\x04\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 200_000)[variant]
    return Hostile(
        "glued.csv", content[:middle] + glue + content[middle:], rows=30, holds=("Lastfirm",)
    )


def other_encodings(_chance: random.Random, variant: int) -> Hostile:
    """Encodings without their mark."""
    encoding = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-7", "cp500")[variant]
    return Hostile("encoding.csv", good().decode().encode(encoding), rows=30, holds=("Lastfirm",))


def delimiters(_chance: random.Random, variant: int) -> Hostile:
    """The delimiter changes on the way, or is none."""
    if variant == 0:
        content = lines(account_rows()[:15]) + lines(account_rows(), ";").split("\n", 16)[16]
    elif variant == 1:
        content = "sep=^\n" + lines(account_rows(), "^")
    elif variant == 2:
        content = lines(account_rows(), "\x1f")
    elif variant == 3:
        content = lines(account_rows(), "||")
    else:
        content = lines(account_rows(), ",;")
    return Hostile("delimiter.csv", content.encode(), rows=30, holds=("Lastfirm",))


def quoting(_chance: random.Random, variant: int) -> Hostile:
    """Quotes of other schools."""

    def quoted(cell: str, number: int) -> str:
        styles = (f"'{cell}'", f'"{cell}\\" x"', f'"{cell}"" ""x"', f"“{cell}”", f' "{cell}" ')
        return styles[variant] if number % 2 else cell

    rows = [[*row[:1], quoted(row[1], n), *row[2:]] for n, row in enumerate(account_rows())]
    return Hostile("quoting.csv", lines(rows).encode(), rows=30, holds=("A00030",))


def ragged(chance: random.Random, variant: int) -> Hostile:
    """Rows with fewer and more cells than the header."""
    rows = account_rows(300)
    for row in chance.sample(rows, (1, 30, 150, 299, 300)[variant]):
        row += [f"more{n}" for n in range(chance.randint(1, 400))]
    rows[-1] += ["LASTCELL"]
    return Hostile("ragged.csv", lines(rows).encode(), rows=300, holds=("LASTCELL",))


def long_files(_chance: random.Random, variant: int) -> Hostile:
    """Rows by the million, of nothing or nearly nothing."""
    content = (
        b"a\n" * 1_900_000,
        b"id,x\n" + b",\n" * 1_500_000 + b"7,LASTROW\n",
        b"\n" * 5_000_000 + b"id,x\n7,LASTROW\n",
        good() + b",,,,\n" * 1_000_000 + b"A99,LASTROW,Media,5,2023-01-01\n",
        b"a;b\n" * 1_000_000,
    )[variant]
    return Hostile("long.csv", content, holds=("LASTROW",) if b"LASTROW" in content else ())


def odd_tables(_chance: random.Random, variant: int) -> Hostile:
    """Next to nothing in a file."""
    content = (b"Account ID,Name\n", b" ,, ,\n , ,\n", b'"', b"x", b"\xef\xbb\xbf\xef\xbb\xbf\n\n")[
        variant
    ]
    return Hostile("little.csv", content, refused=True)


def formulas(_chance: random.Random, variant: int) -> Hostile:
    """Cells that a spreadsheet would run."""
    text = (
        "=cmd|' /C calc'!A0",
        "@SUM(1+9)*cmd",
        "-2+3+cmd",
        '=HYPERLINK("http://x","y")',
        "\t=1+1",
    )[variant]
    return Hostile("formula.csv", with_column("Notes", [f"{text} {n}" for n in range(40)]), rows=40)


def crowded_names(chance: random.Random, variant: int) -> Hostile:
    """Thousands of names a letter apart, or all alike, as accounts or as levels."""
    count = 20_000
    names = [
        "".join(chance.choice("ab") for _ in range(14))
        if variant < 2
        else f"Acme {'l' * (n % 40)} GmbH"
        for n in range(count)
    ]
    if variant % 2:
        return Hostile("levels.csv", with_column("Segment", names), rows=count)
    rows = [[f"A{n}", name, "Media", "5", "2023-01-01"] for n, name in enumerate(names)]
    return Hostile("names.csv", lines(rows).encode(), rows=count)


def many_tags(chance: random.Random, variant: int) -> Hostile:
    """Lists of thousands inside cells."""
    mark = (";", ",", "|", "/", " / ")[variant]
    values = [mark.join(f"t{chance.randint(0, 9_999)}" for _ in range(4_000)) for _ in range(200)]
    return Hostile("tags.csv", with_column("Tools", values), rows=200)


def wide_adversary(chance: random.Random, variant: int) -> Hostile:
    """Hundreds of columns of texts that read as nothing, or as everything."""
    width = 500
    pool = ("1-2", "yes", "2024-01-02", "$5", "a@b.co", "x.com", "n/a", "12 %", "Q1", "A1")
    head = ",".join(["id", *(f"{_CATASTROPHES[n % 25][0]} {n}" for n in range(width))])
    body = "\n".join(
        ",".join([str(n), *(chance.choice(pool[: 2 * variant + 2]) for _ in range(width))])
        for n in range(300)
    )
    return Hostile("everything.csv", f"{head}\n{body}\n".encode(), rows=300)


# ------------------------------------------------------------------ what a name says and a file is


def lying_names(_chance: random.Random, variant: int) -> Hostile:
    """Tables under another kind's name."""
    content = (good_parquet(), sheet(account_cells()), good_json(), good(), gzip.compress(good()))[
        variant
    ]
    name = ("a.csv", "a.csv", "a.xlsx", "a.parquet", "a.csv")[variant]
    return Hostile(name, content, rows=30, holds=("Lastfirm",))


_PICTURES = (
    b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(255, -1, -1)) * 40,
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nAccount,Name\nA1,Acme\n" * 20 + b"%%EOF",
    b"\x7fELF\x02\x01\x01" + bytes(2_000),
    b"GIF89a" + bytes(range(256)) * 9,
)
_BINARIES = (
    b"SQLite",
    b"ID3\x03\0" + bytes(range(256)) * 9,
    b"7z\xbc\xaf\x27\x1c" + bytes(range(256)) * 9,
    b"Rar!\x1a\x07\x01\0" + bytes(range(256)) * 9,
    b"\xfd7zXZ\0" + bytes(range(256)) * 9,
)
_DOCUMENTS = (
    b"{\\rtf1\\ansi Account ID, Name\\par A1, Acme\\par}",
    b"<svg xmlns='http://www.w3.org/2000/svg'><text>a,b</text></svg>",
    b"<html><body><p>Please log in, to download, the report</p></body></html>",
    b"-----BEGIN PGP MESSAGE-----\n\nhQEMA,abc\n=abcd\n-----END PGP MESSAGE-----\n",
    b"From: a@b.c\nSubject: export\nMIME-Version: 1.0\n\nHello, see file\n",
)


def pictures(_chance: random.Random, variant: int) -> Hostile:
    """Pictures, documents and programs named as a table."""
    return Hostile("picture.csv", _PICTURES[variant], refused=True)


def binaries(_chance: random.Random, variant: int) -> Hostile:
    """Databases, music and archives of other kinds named as a table."""
    return Hostile("binary.csv", good_sqlite() if not variant else _BINARIES[variant], refused=True)


def documents(_chance: random.Random, variant: int) -> Hostile:
    """Texts that are no tables."""
    return Hostile("document.csv", _DOCUMENTS[variant], refused=True)


# ------------------------------------------------------------------ archives


def gzip_in_gzip(_chance: random.Random, variant: int) -> Hostile:
    """Compressed again and again."""
    content = good()
    for _ in range(variant + 2):
        content = gzip.compress(content)
    return Hostile("accounts.csv.gz", content, rows=30, holds=("Lastfirm",))


def gzip_bombs(_chance: random.Random, variant: int) -> Hostile:
    """Much in little."""
    size = (1_300, 900, 300, 300, 60)[variant] << 20
    unit = (b"\0", b"a", b"a,b\n", b",", b'"')[variant]
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=6) as file:
        for _ in range(size >> 20):
            file.write(unit * ((1 << 20) // len(unit)))
    return Hostile("bomb.csv.gz", stream.getvalue(), refused=variant != 2)


def nested_zips(_chance: random.Random, variant: int) -> Hostile:
    """Archives inside archives."""
    content, name = good(), "accounts.csv"
    for level in range(variant + 1):
        content, name = zipped((name, content)), f"level{level}.zip"
    return Hostile("nested.zip", content, rows=30, holds=("Lastfirm",))


def zip_bombs(_chance: random.Random, variant: int) -> Hostile:
    """Archives of archives of zeros, and of texts that compress well."""
    inner = zipped(
        ("a.csv", (b"\0" * (300 << 20), b"a,b\n" * (60 << 20), b"x" * (300 << 20))[variant % 3])
    )
    if variant < 3:
        return Hostile("bomb.zip", zipped(*((f"{n}.zip", inner) for n in range(4))), refused=True)
    return Hostile(
        "bomb.zip",
        zipped(*((f"{n}.csv", b"id,x\n" + b"1,2\n" * (2 << 20)) for n in range(variant * 3))),
    )


def odd_zips(_chance: random.Random, variant: int) -> Hostile:
    """Names twice, names that climb, many members, an archive behind a program, a comment."""
    if variant == 0:
        content = zipped(("a.csv", good()), ("a.csv", good().replace(b"Firm", b"Other")))
        return Hostile("twice.zip", content, holds=("Lastfirm", "Other 3"))
    if variant == 1:
        content = zipped(
            ("../../etc/a.csv", good()), ("/b.csv", b"id,x\n1,B\n"), ("c\0d.csv", b"id,x\n1,C\n")
        )
    elif variant == 2:
        content = zipped(*((f"{n}.csv", good(3)) for n in range(240)))
        return Hostile("members.zip", content, holds=("Lastfirm",))
    elif variant == 3:
        content = b"MZ" + bytes(5_000) + zipped(("accounts.csv", good()))
    else:
        content = zipped(
            ("__MACOSX/._a.csv", b"\0\5\x16\7"), (".DS_Store", b"\0"), ("accounts.csv", good())
        )
    return Hostile("odd.zip", content, holds=("Lastfirm",))


def declared_sizes(_chance: random.Random, variant: int) -> Hostile:
    """Directories that declare a gigabyte, nothing, or another method."""
    content = bytearray(zipped(("accounts.csv", good())))
    entry = content.rindex(b"PK\x01\x02")
    value = (1 << 30, 0, 0xFFFFFFFE, 10, 99)[variant]
    struct.pack_into(
        "<I" if variant < 4 else "<H", content, entry + (24 if variant < 4 else 10), value
    )
    return Hostile("declared.zip", bytes(content), rows=30, holds=("Lastfirm",))


def cut_off(_chance: random.Random, variant: int) -> Hostile:
    """Files that end too early."""
    content = (
        zipped(("accounts.csv", good(3_000))),
        sheet(account_cells(count=500)),
        good_parquet(),
        gzip.compress(good(3_000)),
        good_json(),
    )[variant]
    name = ("a.zip", "a.xlsx", "a.parquet", "a.csv.gz", "a.json")[variant]
    return Hostile(name, content[: int(len(content) * 0.7)], refused=True)


# ------------------------------------------------------------------ workbooks


def swollen_sheets(_chance: random.Random, variant: int) -> Hostile:
    """Strings, rows and merged cells by the million."""
    many = "<si><t>" + "Media" * 20 + "</t></si>"
    if variant == 0:
        return Hostile(
            "s.xlsx",
            sheet(account_cells(), strings=f'<sst xmlns="{_SHEET}">{many * 900_000}</sst>'),
            rows=30,
            holds=("Lastfirm",),
        )
    if variant == 1:
        empty = "".join(f'<row r="{n}"/>' for n in range(40, 1_000_000))
        return Hostile("r.xlsx", sheet(account_cells() + empty), rows=30, holds=("Lastfirm",))
    if variant == 2:
        merged = "".join(f'<mergeCell ref="A{n}:E{n}"/>' for n in range(50, 300_000))
        return Hostile(
            "m.xlsx",
            sheet(account_cells(), f"<mergeCells>{merged}</mergeCells>"),
            rows=30,
            holds=("Lastfirm",),
        )
    if variant == 3:
        styled = "".join(
            f'<row r="{n}"><c r="A{n}" s="0"/><c r="Z{n}" s="0"/></row>' for n in range(40, 500_000)
        )
        return Hostile("f.xlsx", sheet(account_cells() + styled), rows=30, holds=("Lastfirm",))
    far = cells(1_048_000, ["A999", "FARFIRM", "Media", "7", "2023-01-01"])
    return Hostile("far.xlsx", sheet(account_cells() + far), rows=31, holds=("FARFIRM",))


def odd_sheets(_chance: random.Random, variant: int) -> Hostile:
    """Formulas, links outside, positions that lie, merged headers, rows out of order."""
    if variant == 0:
        formula = (
            '<row r="32"><c r="A32"><f>' + "SUM(" * 5_000 + "1" + ")" * 5_000 + "</f></c></row>"
        )
        return Hostile("formula.xlsx", sheet(account_cells() + formula), holds=("Lastfirm",))
    if variant == 1:
        link = '<row r="32"><c r="A32"><f>[9]Sheet1!A1</f><v>A77</v></c></row>'
        return Hostile(
            "link.xlsx", sheet(account_cells() + link), rows=31, holds=("Lastfirm", "A77")
        )
    if variant == 2:
        return Hostile(
            "lie.xlsx",
            sheet(account_cells(), before='<dimension ref="A1:B2"/>'),
            rows=30,
            holds=("Lastfirm",),
        )
    if variant == 3:
        again = cells(5, ["A555", "AGAIN", "Media", "7", "2023-01-01"])
        return Hostile("again.xlsx", sheet(account_cells() + again), holds=("Lastfirm", "AGAIN"))
    strings = f'<!DOCTYPE x [<!ENTITY a "{"a" * 10_000}">]><sst xmlns="{_SHEET}"><si><t>{"&a;" * 20_000}</t></si></sst>'
    return Hostile(
        "entity.xlsx",
        sheet(account_cells() + '<row r="32"><c r="A32" t="s"><v>0</v></c></row>', strings=strings),
    )


def markup(_chance: random.Random, variant: int) -> Hostile:
    """Web pages and XML workbooks that ask for more than they hold."""
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in [list(HEADER), *account_rows()]
    )
    table = f"<table>{body}</table>"
    if variant == 0:
        table = table.replace("<td>Firm 3<", '<td colspan="1000000">Firm 3<')
    elif variant == 1:
        table = "<div>" * 30_000 + table
    elif variant == 2:
        table = "<table><tr><td>" * 3_000 + table
    elif variant == 3:
        table = table.replace("</td>", "").replace("</tr>", "")
    else:
        table = table.replace("<td>Firm 3<", '<td rowspan="100000000">Firm 3<')
    return Hostile("page.xls", f"<html><body>{table}</body></html>".encode(), holds=("Lastfirm",))


def old_workbooks(chance: random.Random, variant: int) -> Hostile:
    """The old format: its head and noise."""
    noise = bytes(chance.randrange(256) for _ in range(4_000 * (variant + 1)))
    return Hostile("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise, refused=True)


# ------------------------------------------------------------------ JSON and Parquet


def deep_json(_chance: random.Random, variant: int) -> Hostile:
    """Nests and lists without end."""
    deep = (1_000, 100_000, 1_000_000, 300, 5_000)[variant]
    inside = "[" * deep + "]" * deep if variant < 3 else '{"a":' * deep + "1" + "}" * deep
    records = good_json().decode()
    content = (
        records.replace('"Lastfirm"', f'"Lastfirm", "Deep": {inside}') if variant != 2 else inside
    )
    return Hostile(
        "deep.json", content.encode(), rows=None if variant == 2 else 30, refused=variant == 2
    )


def odd_json(_chance: random.Random, variant: int) -> Hostile:
    """Broken lines, keys twice, numbers without end, other records between, a tail of noise."""
    records = [json.loads(good_json())][0]
    text = [json.dumps(record) for record in records]
    if variant == 0:
        text[11] = text[11][:-9]
        return Hostile("broken.jsonl", "\n".join(text).encode(), rows=30, holds=("Lastfirm",))
    if variant == 1:
        text[3] = text[3][:-1] + ', "Industry": "TWICE"}'
        return Hostile("twice.jsonl", "\n".join(text).encode(), rows=30, holds=("Lastfirm",))
    if variant == 2:
        text[3] = text[3][:-1] + ', "Size": ' + "9" * 100_000 + "}"
        return Hostile("digits.jsonl", "\n".join(text).encode(), rows=30, holds=("Lastfirm",))
    if variant == 3:
        text[5] = "17"
        return Hostile(
            "between.json", f"[{','.join(text)}]".encode(), rows=29, holds=("Lastfirm", "17")
        )
    return Hostile(
        "tail.json", f"[{','.join(text)}] and, more".encode(), rows=30, holds=("Lastfirm",)
    )


def wide_json(chance: random.Random, variant: int) -> Hostile:
    """A key of its own in every record, long keys, records inside records, lists of records."""
    count = (1_500, 5_000, 300, 300, 300)[variant]
    records: list[dict[str, Any]] = []
    for number in range(count):
        record: dict[str, Any] = {"id": f"A{number}", "name": f"Firm {number}"}
        if variant < 2:
            record[f"key{number}"] = 1
        elif variant == 2:
            record["k" * 100_000] = chance.random()
        elif variant == 3:
            record["inner"] = {"a": {"b": {"c": {"d": {"e": f"DEEP{number}"}}}}}
        else:
            record["lines"] = [{"sku": f"S{n}", "price": n} for n in range(200)]
        records.append(record)
    holds = (f"Firm {count - 1}", *(("DEEP299",) if variant == 3 else ()))
    return Hostile(
        "wide.json", json.dumps(records).encode(), rows=count, holds=holds, refused=variant == 1
    )


def nested_parquet(_chance: random.Random, variant: int) -> Hostile:
    """Lists in lists, wide records, long texts by reference, no rows, many groups of rows."""
    if variant == 0:
        value: Any = "x"
        for _ in range(60):
            value = [value]
        return Hostile("deep.parquet", parquet({"id": ["a"], "deep": [value]}), rows=1)
    if variant == 1:
        column = pyarrow.array([{f"k{n}": n for n in range(900)}] * 50)
        return Hostile(
            "record.parquet", parquet({"id": [f"A{n}" for n in range(50)], "r": column}), rows=50
        )
    if variant == 2:
        text = pyarrow.array(["y" * 60_000] * 60_000).dictionary_encode()
        return Hostile(
            "texts.parquet", parquet({"id": list(range(60_000)), "t": text}), rows=60_000
        )
    if variant == 3:
        return Hostile(
            "none.parquet",
            parquet({"id": pyarrow.array([], "string"), "n": pyarrow.array([], "int64")}),
            refused=True,
        )
    rows = [str(n) for n in range(20_000)]
    return Hostile(
        "groups.parquet", parquet({"id": rows, "n": rows}, row_group_size=5), rows=20_000
    )


def odd_parquet(_chance: random.Random, variant: int) -> Hostile:
    """Types that are no texts: bytes, maps, decimals, days far away, a null column."""
    ids = [f"A{n}" for n in range(40)]
    column = (
        pyarrow.array([b"\xff\xfe\0" * 9] * 40),
        pyarrow.array([[("k", n)] for n in range(40)], pyarrow.map_("string", "int64")),
        pyarrow.array([2**62] * 40, pyarrow.timestamp("us")),
        pyarrow.array([2**31 - 1] * 40, pyarrow.date32()),
        pyarrow.nulls(40),
    )[variant]
    return Hostile(
        "types.parquet", parquet({"Account ID": ids, "Close Date": column}), rows=40, holds=("A39",)
    )


# ------------------------------------------------------------------ chance


def _mutated(chance: random.Random, content: bytes) -> bytes:
    """Bytes changed, cut, doubled or put elsewhere."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place, length = chance.randrange(len(data)), chance.randint(1, 40)
        act = chance.randrange(4)
        if act == 0:
            data[place] = chance.randrange(256)
        elif act == 1:
            del data[place : place + length]
        elif act == 2:
            data[place:place] = data[place : place + length]
        else:
            data[place:place] = bytes(chance.randrange(256) for _ in range(length))
    return bytes(data)


def mutation(kind: str, make: Callable[[], bytes]) -> Family:
    """A family of good files of one kind, mutated."""

    def mutate(chance: random.Random, _variant: int) -> Hostile:
        return Hostile(f"mutated.{kind}", _mutated(chance, make()))

    mutate.__name__ = f"mutated_{kind}"
    return mutate


FAMILIES: tuple[Family, ...] = (
    *(endless_line, nul_bytes, mixed_encodings, open_quote, many_columns, long_header, long_cells),
    *(unicode_floods, catastrophes, numbers, dates, same_headers, line_ends, ends_early),
    *(other_encodings, delimiters, quoting, ragged, long_files, odd_tables, formulas),
    *(crowded_names, many_tags, wide_adversary, lying_names, pictures, binaries, documents),
    *(gzip_in_gzip, gzip_bombs, nested_zips, zip_bombs, odd_zips, declared_sizes, cut_off),
    *(swollen_sheets, odd_sheets, markup, old_workbooks, deep_json, odd_json, wide_json),
    *(nested_parquet, odd_parquet),
    *(mutation("csv", good), mutation("xlsx", lambda: sheet(account_cells()))),
    *(mutation("json", good_json), mutation("parquet", good_parquet)),
    *(mutation("zip", lambda: zipped(("accounts.csv", good()))), mutation("db", good_sqlite)),
    *(
        mutation("csv.gz", lambda: gzip.compress(good())),
        mutation("tsv", lambda: lines(account_rows(), "\t").encode()),
    ),
    *(
        mutation("txt", lambda: good().decode().encode("utf-16")),
        mutation("jsonl", lambda: good_json()),
    ),
    *(mutation("dat", lambda: lines(account_rows(), ";", "\r\n").encode("cp1252")),),
    *(mutation("html", lambda: markup(random.Random(1), 1).content),),
    *(
        mutation("far.csv", lambda: good(2_000)),
        mutation("wide.csv", lambda: many_columns(random.Random(1), 0).content),
    ),
    *(mutation("quoted.csv", lambda: with_column("Notes", ['a "b", c\nd'] * 60)),),
    *(mutation("old.xls", lambda: old_workbooks(random.Random(2), 0).content),),
)


def hostile_files(words: tuple[str, ...] = ()) -> Iterator[tuple[str, Hostile]]:
    """All files with their labels, each made when it is asked for."""
    for family in FAMILIES:
        for variant in range(VARIANTS):
            label = f"{family.__name__} {variant}"
            if not words or any(word in label for word in words):
                yield label, family(random.Random(f"{family.__name__}{variant}"), variant)


# ------------------------------------------------------------------ opening


def open_file(hostile: Hostile) -> tuple[str, list[str]]:
    """What a study says of the file: a fault in words or “”, and the codes of its problems."""
    stream = io.BytesIO(hostile.content)
    stream.name = hostile.name
    study = Study.open(stream)
    _, _, problems = study.facts, study.questions, study.problems
    codes = sorted({problem.code for problem in problems})
    told = {problem.code for problem in study.reading} - SAYS_NOTHING_LOST
    return "" if told else _lost(hostile, study.raw), codes


def _lost(hostile: Hostile, raw: dict[str, Any]) -> str:
    """What a table without any problem of reading lacks."""
    if hostile.refused:
        return f"read without a word: {[(name, frame.shape) for name, frame in raw.items()]}"[:200]
    rows = sum(map(len, raw.values()))
    if hostile.rows is not None and rows != hostile.rows:
        return f"{rows} rows of {hostile.rows}"
    for text in hostile.holds:
        if not any(_holds(frame, text) for frame in raw.values()):
            return f"“{text}” is lost"
    for text in hostile.lacks:
        if any(_holds(frame, text) for frame in raw.values()):
            return f"cells hold “{text}”"
    return ""


def _holds(frame: Any, text: str) -> bool:
    return any(
        frame.iloc[:, place].astype("str").str.contains(text, regex=False).any()
        for place in range(frame.shape[1])
    )


def apart(hostile: Hostile) -> dict[str, Any]:
    """The file opened in a process of its own: seconds and megabytes of it and its children, what it
    said.
    """
    reads, writes = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if not child:
        os.close(reads)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_LIMIT, ADDRESS_LIMIT))
        try:
            found: tuple[str, list[str]] = open_file(hostile)
        except BaseException:  # whatever it is stands in the report
            found = ("raised: " + traceback.format_exc()[-900:], [])
        with os.fdopen(writes, "wb") as pipe:
            pickle.dump(found, pipe)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        answer = pipe.read()
    _, status, used = os.wait4(child, 0)
    fault, codes = pickle.loads(answer) if answer else (f"ended by signal {status & 127}", [])
    return {
        "seconds": used.ru_utime + used.ru_stime,
        "MB": used.ru_maxrss / 1024,
        "clock": time.perf_counter() - began,
        "fault": fault,
        "codes": codes,
    }


def measure(words: tuple[str, ...] = ()) -> pd.DataFrame:
    """One row a file."""
    rows = []
    for label, hostile in hostile_files(words):
        found = apart(hostile)
        slow, large = found["seconds"] > SECONDS, found["MB"] > MEGABYTES
        rows.append({"file": label, **found, "bad": bool(slow or large or found["fault"])})
        if rows[-1]["bad"] or words:
            print(
                f"{label}: {found['seconds']:.1f} s, {found['MB']:.0f} MB, {found['fault']} "
                f"{','.join(found['codes'])}",
                flush=True,
            )
    return pd.DataFrame(rows)


if __name__ == "__main__":
    table = measure(tuple(sys.argv[1:]))
    print(table["bad"].sum(), "of", len(table), "bad; seconds and MB:")
    print(table[["seconds", "MB"]].describe(percentiles=[0.5, 0.95]).round(1).to_string())
