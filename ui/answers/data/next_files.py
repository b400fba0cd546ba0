"""Newer files beside those of the study, table by table.

Comes in: the comparison. Goes out: a frame.
Separate from the page, which uploads and uses them.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.store.model import SavedStudy
from icp_engine.study.files_change import FilesChange
from icp_engine.types import Frame

HOW = {
    "replaced": "takes its place",
    "added": "adds to it",
    "new": "is new",
    "kept": "no new file, stays",
}


def people_were_left_out(saved: SavedStudy | None) -> bool:
    """Whether this study was loaded without people."""
    return saved is not None and any(
        problem.code == "people-left-out" for problem in saved.problems
    )


def list_tables(change: FilesChange) -> Frame:
    """One row a table: its file, what becomes of it, its rows before and now."""
    return pd.DataFrame(
        {
            "Table": [table.table for table in change.tables],
            "File": [table.file for table in change.tables],
            "The file": [HOW[table.how] for table in change.tables],
            "Rows before": [table.rows_before for table in change.tables],
            "Rows now": [table.rows_now for table in change.tables],
        }
    )
