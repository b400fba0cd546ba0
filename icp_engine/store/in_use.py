"""Which table files the rows of the store name.

Comes in: a session, perhaps one study. Goes out: content hashes. Separate because whoever removes a
file and whoever names one must look at the same rows: studies, their later tables, share links.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from icp_engine.store.model import DataRow, LinkRow, StudyRow

OWNERS = ((StudyRow, StudyRow.id), (DataRow, DataRow.study_id), (LinkRow, LinkRow.study_id))


def tables_in_use(session: Session, study_id: str | None = None) -> set[str]:
    """Hashes of the tables that studies, in any state of their history or as shared, stand on.

    study_id: of this study only. Holds for as long as the session has the write lock.
    """
    queries = (
        select(row.tables) if study_id is None else select(row.tables).where(owner == study_id)
        for row, owner in OWNERS
    )
    return {
        content
        for query in queries
        for tables in session.scalars(query)
        for content in tables.values()
    }
