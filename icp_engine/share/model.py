"""A study's pages as a shared page shows them: sentences, figures, charts, tables.

Comes in: nothing (definitions only). Goes out: `Snapshot` and its parts. Separate because the
shared page, the file one sends and a guest's pages show the same, and nothing that is not in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from icp_engine.charts.model import Chart
from icp_engine.profile.model import Section
from icp_engine.types import Frame


@dataclass(frozen=True)
class SharedFigure:
    """One number: what it is, the number, and beneath it its interval and denominator."""

    label: str
    value: str
    beneath: str = ""


@dataclass(frozen=True)
class SharedTable:
    """A table with a title; `note` says how to read it."""

    title: str
    rows: Frame
    note: str = ""


@dataclass(frozen=True)
class SharedPage:
    """One page: the sentence that answers its question first, then what it rests on.

    `level` is the evidence as a word (“” where the page claims nothing). `lines` are further
    sentences. `sections` are those of the profile.
    """

    key: str
    title: str
    question: str
    sentence: str
    level: str = ""
    lines: tuple[str, ...] = ()
    figures: tuple[SharedFigure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[SharedTable, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """A study as shared: `pages` in reading order, the shared one first; `names` whether accounts
    are named.

    `about` says what the study is for, which rows it counts and the day its data speak for.
    `shared_at` is UTC. `in_short` says to somebody who sees nothing else who the ideal customer is
    and what a band is; `cautions` what was set by hand and how often the held-out deals were looked
    at. `for_whom` is what the owner called its readers.
    """

    title: str
    about: str
    shared_at: datetime
    names: bool
    pages: tuple[SharedPage, ...]
    in_short: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    for_whom: str = ""
