"""Saved studies: raw tables, settings and their history, in a folder of the user's own.

Comes in: raw tables and settings. Goes out: `SavedStudy` values. Separate from `study` because a
study knows nothing of where it is kept: what is saved here, opened again, is the same study.

Notes: table files are shared by studies, and processes may share the folder. A file is written or
removed only while the database's write lock is held (`_write`). Writing comes before the commit of
the row that names the file, removing after the commit that took the last name away, with the names
read anew under the lock. So a process stopped at any point leaves files too many, never too few;
what is too many goes with the next removal or start.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, create_engine, delete, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from icp_engine.problems import Problem
from icp_engine.settings import Settings
from icp_engine.store.in_use import tables_in_use
from icp_engine.store.links import ShareLinks
from icp_engine.store.model import Base, DataRow, SavedStudy, StepRow, StudyCard, StudyRow
from icp_engine.store.saved_settings import keep_looks, read_problem, read_settings
from icp_engine.store.tables import (
    PackedTable,
    dataset_hash,
    pack_table,
    put_table,
    read_table,
    remove_unused,
)
from icp_engine.types import Frame

LOG = logging.getLogger("icp.store")
STEPS_KEPT = 200  # undo further back than this is a version's business
LOADED_MOST = 64  # studies whose settings are kept read; the tables are not among them
# Statements are made once: every release of a weight saves, and making them took longer than
# running them.
STATE = select(StudyRow.step, StudyRow.changed_at).where(StudyRow.id == bindparam("id"))
STEPS, DATA = (Base.metadata.tables[row.__tablename__] for row in (StepRow, DataRow))
FORGET_STEPS = delete(STEPS).where(
    (STEPS.c.study_id == bindparam("study"))
    & ((STEPS.c.number > bindparam("step")) | (STEPS.c.number <= bindparam("oldest")))
)
UNDONE = (DATA.c.study_id == bindparam("study")) & (DATA.c.number > bindparam("step"))
FORGET_TABLES = delete(DATA).where(UNDONE)
NEWEST_TABLES = (
    select(DataRow)
    .where((DataRow.study_id == bindparam("study")) & (DataRow.number <= bindparam("step")))
    .order_by(DataRow.number.desc())
    .limit(1)
)


class StudyStore:
    """Studies in one folder: `studies.sqlite` beside `tables/*.parquet`, readable by the owner
    only.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.tables_folder = home / "tables"
        self.tables_folder.mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)
        file = home / "studies.sqlite"
        is_new = not file.exists() or file.stat().st_size == 0
        self._engine = _connect(file)
        Base.metadata.create_all(self._engine)
        self.links = ShareLinks(self._engine)
        self._loaded: OrderedDict[str, SavedStudy] = OrderedDict()
        self._guard = threading.Lock()
        self._writing = threading.RLock()
        if not is_new:  # beside a new database tables may be all that a lost one left
            self._remove_unused()

    def create(
        self, tables: dict[str, Frame], settings: Settings, problems: Iterable[Problem] = ()
    ) -> SavedStudy:
        """Save raw tables and settings as a new study with an id nobody can guess."""
        packed = {name: pack_table(frame) for name, frame in tables.items()}
        hashes = {name: table.name for name, table in packed.items()}
        now = _now()
        row = StudyRow(
            id=secrets.token_urlsafe(16),
            created_at=now,
            changed_at=now,
            dataset=dataset_hash(hashes),
            tables=hashes,
            row_counts={name: len(frame) for name, frame in tables.items()},
            problems=[asdict(problem) for problem in problems],
            step=0,
        )
        with self._write() as session:
            self._put(packed.values())
            session.add(row)
            session.flush()
            session.add(_step(row.id, 0, "Start", settings, now))
            return _saved(session, row)

    def load(self, study_id: str) -> SavedStudy | None:
        """The study of that id as saved last; None when there is none.

        Asked several times on every click, so what was read is kept as long as the stored step and
        time are the same.
        """
        with self._engine.connect() as connection:
            state = connection.execute(STATE, {"id": study_id}).first()
        known = self._loaded.get(study_id)
        if state is None:
            self._forget(study_id)
            return None
        if known is not None and (known.step, known.changed_at) == tuple(state):
            return known
        with Session(self._engine) as session:
            row = session.get(StudyRow, study_id)
            return self._remember(_saved(session, row)) if row else None

    @contextmanager
    def _write(self) -> Iterator[Session]:
        """A session that changes the store, one at a time: two that read the same step would drop
        each other's change.

        Threads queue here, since SQLite's own waiting sleeps longer the longer it waits; processes
        queue there.
        """
        with self._writing, Session(self._engine) as session, session.begin():
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield session

    def _remember(self, saved: SavedStudy) -> SavedStudy:
        with self._guard:
            self._loaded[saved.id] = saved
            self._loaded.move_to_end(saved.id)
            while len(self._loaded) > LOADED_MOST:
                self._loaded.popitem(last=False)
        return saved

    def _forget(self, study_id: str) -> None:
        with self._guard:
            self._loaded.pop(study_id, None)

    def tables(self, saved: SavedStudy) -> dict[str, Frame]:
        """The raw tables a saved study stands on; FileNotFoundError when a file was removed by
        hand.
        """
        return {
            name: read_table(self.tables_folder, content) for name, content in saved.tables.items()
        }

    def save(self, study_id: str, settings: Settings, what: str) -> SavedStudy:
        """Make `settings` the study's present; undone steps are dropped. KeyError: no such study."""
        with self._write() as session:
            row = _require(session, study_id)
            now = _now()
            dropped = _forget_steps(session, row)
            row.step, row.changed_at = row.step + 1, now
            step = _step(study_id, row.step, what, settings, now)
            session.add(step)
            session.flush()
            data = _data_of(session, row)
            # What was written is what would be read back, and reading it takes longer.
            saved = _saved_as(row, data, settings, undo=step.what)
        if dropped:
            self._remove_unused()
        return self._remember(saved)

    def save_tables(
        self,
        study_id: str,
        tables: dict[str, Frame],
        settings: Settings,
        what: str,
        problems: Iterable[Problem] = (),
    ) -> SavedStudy:
        """Make other raw tables, with `settings`, the study's present; undo brings the earlier ones
        back.

        KeyError: no such study.
        """
        packed = {name: pack_table(frame) for name, frame in tables.items()}
        hashes = {name: table.name for name, table in packed.items()}
        with self._write() as session:
            row = _require(session, study_id)
            self._put(packed.values())
            now = _now()
            dropped = _forget_steps(session, row)
            row.step, row.changed_at = row.step + 1, now
            session.add(_step(study_id, row.step, what, settings, now))
            session.add(
                DataRow(
                    study_id=study_id,
                    number=row.step,
                    dataset=dataset_hash(hashes),
                    tables=hashes,
                    row_counts={name: len(frame) for name, frame in tables.items()},
                    problems=[asdict(problem) for problem in problems],
                )
            )
            session.flush()
            saved = _saved(session, row)
        if dropped:
            self._remove_unused()
        return saved

    def undo(self, study_id: str) -> SavedStudy:
        """Return to the previous settings and tables; the first state stays."""
        return self._move(study_id, -1)

    def redo(self, study_id: str) -> SavedStudy:
        """Take an undone step again; the newest state stays."""
        return self._move(study_id, +1)

    def recent(self, limit: int = 8) -> list[StudyCard]:
        """The studies changed last, newest first."""
        with Session(self._engine) as session:
            query = (
                select(StudyRow, StepRow.settings)
                .join(
                    StepRow, (StepRow.study_id == StudyRow.id) & (StepRow.number == StudyRow.step)
                )
                .order_by(StudyRow.changed_at.desc(), StudyRow.id)
                .limit(limit)
            )
            return [
                _card(row, settings, _data_of(session, row))
                for row, settings in session.execute(query)
            ]

    def delete(self, study_id: str) -> None:
        """Remove a study, its history, and every table file that no other study stands on."""
        with self._write() as session:
            row = session.get(StudyRow, study_id)
            if row is None:
                return
            session.delete(row)
        self._forget(study_id)
        self._remove_unused()

    def _put(self, packed: Iterable[PackedTable]) -> None:
        """Table files in place, under the lock of the caller's `_write`."""
        for table in packed:
            put_table(self.tables_folder, table)

    def _remove_unused(self) -> None:
        """Delete the table files that no study, in any state of its history or as shared, stands
        on. Where the lock or the disk refuses they stay until the next time.
        """
        try:
            with self._write() as session:
                remove_unused(self.tables_folder, tables_in_use(session))
        except (OperationalError, OSError) as error:
            LOG.warning("table files that no study needs stay for now: %s", type(error).__name__)

    def _move(self, study_id: str, by: int) -> SavedStudy:
        with self._write() as session:
            row = _require(session, study_id)
            present, wanted = (session.get(StepRow, (study_id, row.step + way)) for way in (0, by))
            if present and wanted:
                wanted.settings = keep_looks(present.settings, wanted.settings)
                row.step, row.changed_at = row.step + by, _now()
            return _saved(session, row)


def _connect(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # Readers must not wait for a writer, and a deleted study takes its steps along.
        connection.execute("PRAGMA journal_mode=WAL")
        # a loss of power costs the last change, never the file
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _step(study_id: str, number: int, what: str, settings: Settings, now: datetime) -> StepRow:
    text = settings.model_dump_json()
    return StepRow(study_id=study_id, number=number, at=now, what=what[:200], settings=text)


def _require(session: Session, study_id: str) -> StudyRow:
    row = session.get(StudyRow, study_id)
    if row is None:
        raise KeyError(study_id)
    return row


def _forget_steps(session: Session, row: StudyRow) -> bool:
    """Drop undone and very old steps; whether undone ones stood on tables of their own."""
    connection, asked = (
        session.connection(),
        {"study": row.id, "step": row.step, "oldest": row.step - STEPS_KEPT},
    )
    connection.execute(FORGET_STEPS, asked)
    return connection.execute(FORGET_TABLES, asked).rowcount > 0


def _data_of(session: Session, row: StudyRow) -> StudyRow | DataRow:
    """What holds the raw tables of the study's present step."""
    return session.scalars(NEWEST_TABLES, {"study": row.id, "step": row.step}).first() or row


def _saved(session: Session, row: StudyRow) -> SavedStudy:
    step = session.get_one(StepRow, (row.id, row.step))
    later = session.get(StepRow, (row.id, row.step + 1))
    earlier = session.get(StepRow, (row.id, row.step - 1))
    return _saved_as(
        row,
        _data_of(session, row),
        read_settings(step.settings),
        undo=step.what if earlier else "",
        redo=later.what if later else "",
    )


def _saved_as(
    row: StudyRow, data: StudyRow | DataRow, settings: Settings, *, undo: str, redo: str = ""
) -> SavedStudy:
    return SavedStudy(
        id=row.id,
        dataset=data.dataset,
        tables=dict(data.tables),
        settings=settings,
        problems=tuple(read_problem(problem) for problem in data.problems),
        changed_at=row.changed_at,
        undo=undo,
        redo=redo,
        step=row.step,
    )


def _card(row: StudyRow, settings: str, data: StudyRow | DataRow) -> StudyCard:
    title = read_settings(settings).title
    return StudyCard(row.id, title or "Study without a name", row.changed_at, dict(data.row_counts))
