"""What a file really is, by its first bytes, whatever it is named.

Comes in: bytes. Goes out: a content kind and what people call it. Separate because exports are
renamed, and a picture named .csv must be refused in words.
"""

from __future__ import annotations

from typing import Literal

ContentKind = Literal[
    "delimited", "spreadsheet", "archive", "parquet", "json", "markup", "other", "empty"
]

# Named by kind, so that “accounts.csv” holding a workbook can be told.
EXTENSIONS: dict[str, frozenset[str]] = {
    "delimited": frozenset({"csv", "tsv", "txt", "tab", "psv", "dat", "asc", ""}),
    "spreadsheet": frozenset({"xlsx", "xls", "xlsm", "xlsb", "ods", "xltx", ""}),
    "archive": frozenset({"zip", ""}),
    "parquet": frozenset({"parquet", "pq", "parq", ""}),
    "json": frozenset({"json", "jsonl", "ndjson", ""}),
    "markup": frozenset({"html", "htm", "xml", ""}),
}
NAMES: dict[str, str] = {
    "delimited": "delimited text",
    "spreadsheet": "a spreadsheet",
    "archive": "a ZIP archive",
    "parquet": "a Parquet table",
    "json": "JSON",
    "markup": "a web page",
}
MARKUP = ("a web page", "an XML document")  # tools write tables so and name them .xls
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or recording"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"BZh", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database file"),
    (b"\x00\x00\x01\x00", "a picture (icon)"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
)
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<svg", "a picture (SVG)"),
    (b"<?xml", "an XML document"),
)


def recognise(content: bytes) -> tuple[ContentKind, str]:
    """The kind of content and its name in words; “other” is not a table."""
    if is_blank(content, b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty", "nothing"
    head = content[:4096]
    if head.startswith(b"PK"):
        return _recognise_zip(content)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "spreadsheet", NAMES["spreadsheet"]
    if head.startswith(b"PAR1"):
        return "parquet", NAMES["parquet"]
    named = _by_magic(head)
    if named:
        return ("markup" if named in MARKUP else "other"), named
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"{" or (text[:1] == b"[" and text[1:].lstrip()[:1] in (b"{", b"")):
        return "json", NAMES["json"]
    return ("other", "a binary file") if _is_binary(head) else ("delimited", NAMES["delimited"])


def is_blank(content: bytes, nothing: bytes) -> bool:
    """Whether bytes hold only signs of `nothing`; looks at the start first, since stripping copies
    a large file.
    """
    return not content[:65_536].strip(nothing) and not content.strip(nothing)


def _recognise_zip(content: bytes) -> tuple[ContentKind, str]:
    """Workbooks are archives too: they name their parts near the start or in the directory at the
    end.
    """
    ends = content[:65536] + content[-65536:]
    if b"xl/" in ends or b"opendocument.spreadsheet" in ends:
        return "spreadsheet", NAMES["spreadsheet"]
    if b"word/document" in ends or b"ppt/" in ends or b"opendocument.text" in ends:
        return "other", "a text document or presentation"
    return "archive", NAMES["archive"]


def _by_magic(head: bytes) -> str:
    lowered = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    named = next((name for magic, name in _MAGIC if head.startswith(magic)), "")
    return named or next((name for mark, name in _MARKUP if lowered.startswith(mark)), "")


def _is_binary(head: bytes) -> bool:
    """Control signs that no text has, unless it is UTF-16, where every other byte may be zero."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    zeros = (head[::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) / 4 and min(zeros) <= len(head) / 100:
        return False
    control = sum(
        head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32), 0)
    )
    return control > max(1, len(head) // 200)
