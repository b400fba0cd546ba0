"""What runs in a process of its own when a stranger's file is parsed: bytes on stdin, a table on
stdout.

Comes in: the kind of file, limits in bytes and seconds, what its reader asks for further. Goes out:
what the reader writes; 3 and a line of JSON on stderr where the file asks for too much. Separate
because a hostile file can fill the memory or abort the process that reads it; run by path, it
imports only the one reader it needs.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from pathlib import Path

READERS = {  # each has `read_for_parent(content, out, *words)`
    "spreadsheet": "spreadsheet_child",
    "markup": "markup_tables",
    "json": "child.json_records",
    "parquet": "child.parquet_table",
}
ASKED_TOO_MUCH = 3  # exit code


def main() -> int:
    """Read stdin within the limits given as arguments: kind, memory, seconds, further words."""
    kind, (memory, seconds), words = sys.argv[1], map(int, sys.argv[2:4]), sys.argv[4:]
    _limit(resource.RLIMIT_AS, memory, memory)
    _limit(resource.RLIMIT_CPU, seconds, seconds + 1)
    _limit(resource.RLIMIT_CORE, 0, 0)
    sys.path.insert(0, str(Path(__file__).parents[4]))
    reader = importlib.import_module(f"icp_engine.intake.reading.{READERS[kind]}")
    from icp_engine.intake.reading.limits import TooLarge

    try:
        reader.read_for_parent(sys.stdin.buffer.read(), sys.stdout.buffer, *words)
        sys.stdout.buffer.flush()
    except TooLarge as error:
        json.dump([error.found, error.limit], sys.stderr)
        return ASKED_TOO_MUCH
    return 0


def _limit(what: int, soft: int, hard: int) -> None:
    """A limit, or the operator's own where that is lower."""
    most = resource.getrlimit(what)[1]
    hard = hard if most == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(what, (min(soft, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
