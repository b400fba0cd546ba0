"""What the store keeps: studies as tables of a database, and the value object that callers get.

Comes in: nothing (definitions only). Goes out: `StudyRow`, `StepRow`, `SavedStudy`, `StudyCard`. Separate so
that the database's shape can be read, and migrated, in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from icp_engine.problems import Problem
from icp_engine.settings import Settings


class Base(DeclarativeBase):
    """All tables of the store."""


class StudyRow(Base):
    """One study: which raw tables it stands on and which step of its history holds.

    `tables` maps a table's name to the SHA-256 of its Parquet file. `problems` are those found while reading
    files, which cannot be found again from the tables. `step` is the number of the step that holds now.
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

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(200))
    settings: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class SavedStudy:
    """A study as saved: data by content hash, settings, and what undo and redo would do (“” when nothing)."""

    id: str
    dataset: str
    tables: dict[str, str]
    settings: Settings
    problems: tuple[Problem, ...]
    changed_at: datetime
    undo: str
    redo: str


@dataclass(frozen=True)
class StudyCard:
    """A line in the list of recent studies. `row_counts` are rows of the raw tables by name."""

    id: str
    title: str
    changed_at: datetime
    row_counts: dict[str, int]
