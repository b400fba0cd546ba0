"""What the store keeps: studies as tables of a database, and the value object that callers get.

Comes in: nothing (definitions only). Goes out: `StudyRow`, `StepRow`, `LinkRow`, `SavedStudy`,
`StudyCard`, `ShareLink`. Separate so that the database's shape can be read, and migrated, in one
place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from icp_engine.problems import Problem
from icp_engine.settings import Settings

LinkScope = Literal["view", "what_if"]


class Base(DeclarativeBase):
    """All tables of the store."""


class StudyRow(Base):
    """One study: which raw tables it stands on and which step of its history holds.

    `tables` maps a table's name to the SHA-256 of its Parquet file. `problems` are those found
    while reading files, which cannot be found again from the tables. `step` is the number of the
    step that holds now.
    """

    __tablename__ = "studies"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    dataset: Mapped[str] = mapped_column(String(64))
    tables: Mapped[dict[str, str]] = mapped_column(JSON)
    row_counts: Mapped[dict[str, int]] = mapped_column(JSON)
    problems: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    step: Mapped[int]


class StepRow(Base):
    """One state of a study: its settings after the change that `what` describes."""

    __tablename__ = "steps"

    study_id: Mapped[str] = mapped_column(
        ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(200))
    settings: Mapped[str] = mapped_column(Text)


class DataRow(Base):
    """The raw tables of a study from step `number` on, until the next such row; none: those of
    `StudyRow`.

    Fields as in `StudyRow`. A newer quarter's files are such a row, so that undo brings the older
    ones back.
    """

    __tablename__ = "datasets"

    study_id: Mapped[str] = mapped_column(
        ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    dataset: Mapped[str] = mapped_column(String(64))
    tables: Mapped[dict[str, str]] = mapped_column(JSON)
    row_counts: Mapped[dict[str, int]] = mapped_column(JSON)
    problems: Mapped[list[dict[str, object]]] = mapped_column(JSON)


class LinkRow(Base):
    """One share link: what it shows of which study, and until when.

    The token itself is never kept, only its SHA-256. Settings, tables and problems are those of the
    moment of sharing. `page_html` is the finished page, packed: what was shared is shown again byte
    by byte, whatever the study becomes.
    """

    __tablename__ = "share_links"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    page: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(10))
    names: Mapped[bool]
    step: Mapped[int]
    settings: Mapped[str] = mapped_column(Text)
    dataset: Mapped[str] = mapped_column(String(64))
    tables: Mapped[dict[str, str]] = mapped_column(JSON)
    problems: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    page_html: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    opened: Mapped[int]


@dataclass(frozen=True)
class SavedStudy:
    """A study as saved: data by content hash, settings, and what undo and redo would do (“” when
    nothing).

    `step` numbers the state in the study's history; with `changed_at` it tells one state from
    another.
    """

    id: str
    dataset: str
    tables: dict[str, str]
    settings: Settings
    problems: tuple[Problem, ...]
    changed_at: datetime
    undo: str
    redo: str
    step: int = 0

    @cached_property
    def settings_hash(self) -> str:
        """SHA-256 of the settings as text."""
        return hashlib.sha256(self.settings.model_dump_json().encode()).hexdigest()


@dataclass(frozen=True)
class StudyCard:
    """A line in the list of recent studies. `row_counts` are rows of the raw tables by name."""

    id: str
    title: str
    changed_at: datetime
    row_counts: dict[str, int]


@dataclass(frozen=True)
class ShareLink:
    """A share link as the owner sees it; times are UTC, `expires_at` None means until revoked.

    `page` is the step it opens on, `names` whether accounts are named, `opened` how often its page
    was shown.
    """

    id: str
    study_id: str
    name: str
    page: str
    scope: LinkScope
    names: bool
    step: int
    created_at: datetime
    expires_at: datetime | None
    opened: int
