"""How much a stranger's file may ask for.

Comes in: nothing. Goes out: limits and the error that says which was passed. Separate because every
reader keeps them.
"""

from __future__ import annotations

MAX_BYTES = 1 << 30  # a file, and what an archive really inflates to
MAX_JSON_BYTES = 256 << 20  # as objects in memory JSON is ten times as large
MAX_CELLS = 400_000_000  # of a Parquet table, whose pages may repeat one value without end
MAX_MEMBERS = 10_000  # files inside an archive or workbook
MAX_COLUMNS = 2_000
MAX_ROWS = 2_000_000
MAX_CELL_CHARACTERS = 65_536
# Longer texts are kept as they stand and no pattern is tried on them: a cell is then no number, date
# or band (told where such are expected), and a header's words say nothing of its column (told).
LONGEST_VALUE = 200
LONGEST_HEADER = 300  # questions of surveys stand in headers
# cells from the first to the last used one of a sheet: a reader allocates all of them
MAX_USED_RANGE = 20_000_000
SPREADSHEET_SECONDS = 180  # of computing in the child process
SPREADSHEET_PATIENCE = 1800  # seconds on the clock: a busy machine must not refuse a good workbook
SPREADSHEET_MEMORY = 4 << 30  # address space of the child process, bytes


def one_value(text: str) -> str:
    """The text without outer blanks; “” where it is too long for one number, date or band."""
    stripped = text.strip()
    return stripped if len(stripped) <= LONGEST_VALUE else ""


def one_header(header: str) -> str:
    """The header as its words are read; “” where it is longer than a header can be."""
    return header if len(header) <= LONGEST_HEADER else ""


class TooLarge(Exception):  # noqa: N818 - says what it is about
    """A file asks for more than is allowed; `found` and `limit` in words."""

    def __init__(self, found: str, limit: str) -> None:
        self.found, self.limit = found, limit
        super().__init__(f"{found}; the limit is {limit}")
