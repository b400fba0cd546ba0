"""How much a stranger's file may ask for.

Comes in: nothing. Goes out: limits and the error that says which was passed. Separate because every
reader keeps them, those that run in a process of their own too: it imports nothing heavy.
"""

from __future__ import annotations

MAX_BYTES = 1 << 30  # a file, and what an archive or a table really unpacks to
MAX_JSON_BYTES = 256 << 20
MAX_CELLS = (
    100_000_000  # of a table as text or Parquet; files can name cells that cost them nothing
)
MAX_LISTED = 20_000_000  # values inside lists and records of a Parquet table
MAX_MEMBERS = 10_000  # files inside an archive or workbook
MAX_TABLES = 150  # tables inside an archive: each costs its understanding
MAX_SHEETS = 100
MAX_COLUMNS = 2_000
MAX_ROWS = 2_000_000
MAX_CELL_CHARACTERS = 65_536
MAX_LINE_BYTES = 64 << 20  # before the first end of a line: no table begins like that
# cells from the first to the last used one of a sheet: a reader allocates all of them
MAX_USED_RANGE = 20_000_000
CHILD_MEMORY = 1536 << 20  # address space of a process that reads a stranger's file, bytes
CHILD_SECONDS = 15  # of computing in it, and as many more as its file's size asks for
CHILD_SECONDS_A_MEGABYTE = 2
CHILD_PATIENCE = 1800  # seconds on the clock: a busy machine must not refuse a good file
CHILDREN_AT_ONCE = 2


class TooLarge(Exception):  # noqa: N818 - says what it is about
    """A file asks for more than is allowed; `found` and `limit` in words."""

    def __init__(self, found: str, limit: str) -> None:
        self.found, self.limit = found, limit
        super().__init__(f"{found}; the limit is {limit}")


def check_count(amount: int, most: int, things: str) -> None:
    """Raise TooLarge where there are more `things` than allowed."""
    if amount > most:
        from icp_engine.wording.numbers import count  # heavy, and seldom needed

        raise TooLarge(f"{count(amount)} {things}", f"{count(most)} {things}")


def check_bytes(amount: int, most: int = MAX_BYTES) -> None:
    """Raise TooLarge where unpacked bytes pass the limit."""
    if amount > most:
        raise TooLarge(f"more than {most >> 20} MB when unpacked", f"{most >> 20} MB")
