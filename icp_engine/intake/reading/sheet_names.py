"""The names of a workbook's sheets, so that a person can say which one to read before anything is
read.

Comes in: a path or file object. Goes out: names. Separate from reading, which happens in a child
process: this looks at one small member of the archive, bounded, and believes nothing in it but
names.
"""

from __future__ import annotations

import html
import re
import zipfile
from typing import Any

CONTENTS = "xl/workbook.xml"
MAX_CONTENTS = 1 << 20  # bytes of the table of contents that are looked at
MAX_SHEETS = 100
# stops at the next “<”: linear on hostile text
SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\s([^<>]{1,2000})>")
NAME = re.compile(r"""\bname\s*=\s*(["'])(.*?)\1""")
HIDDEN = re.compile(r"""\bstate\s*=\s*["'](?:hidden|veryHidden)["']""")


def find_sheet_names(source: Any) -> tuple[str, ...]:
    """The visible sheets of an XLSX workbook in order; empty for any other file. The file is left
    at its start.
    """
    try:
        with zipfile.ZipFile(source) as archive, archive.open(CONTENTS) as stream:
            text = stream.read(MAX_CONTENTS).decode("utf-8", "replace")
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        return ()
    finally:
        if hasattr(source, "seek"):
            source.seek(0)
    sheets = (found[1] for found in SHEET.finditer(text) if not HIDDEN.search(found[1]))
    names = (NAME.search(attributes) for attributes in sheets)
    return tuple(html.unescape(name[2]) for name in names if name is not None)[:MAX_SHEETS]
