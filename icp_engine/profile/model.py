"""The ICP document as one object that every rendering reads.

Comes in: nothing (definitions only). Goes out: `Statement`, `Table`, `Section`, `Profile`. Separate so that HTML,
Markdown, JSON and the profile page say the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Evidence = Literal["data", "interview", "market", "assumption"]
EVIDENCE_HELP: dict[str, str] = {
    "data": "counted in your own data",
    "interview": "said by customers or reps, counted in notes",
    "market": "known from outside sources",
    "assumption": "nobody has checked this yet",
}
EDITED = "edited by a person"


@dataclass(frozen=True)
class Statement:
    """One sentence of the document, what it rests on and where that stands (“” when nowhere)."""

    text: str
    evidence: Evidence
    source: str = ""


@dataclass(frozen=True)
class Table:
    """An exact table: every row has as many cells as `columns`, already worded."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One section. `question` is what it answers. When a person rewrote it, `edited` is True and `suggested` keeps
    what the data say now, so that both can be compared.
    """

    key: str
    title: str
    question: str
    statements: tuple[Statement, ...]
    table: Table | None = None
    edited: bool = False
    suggested: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Profile:
    """The Ideal Customer Profile: a title, one sentence on how well it is proven, and the sections in reading order.

    `scope` and `objective` are sentences; `as_of` is the date the data speak for, worded. Holds no account, contact or
    owner names.
    """

    title: str
    as_of: str
    objective: str
    scope: str
    proof_level: str
    proof: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section of this key; KeyError when there is none."""
        return {section.key: section for section in self.sections}[key]

    def to_html(self) -> str:
        """One standalone page: styles inside, no scripts, nothing loaded from elsewhere, every value escaped."""
        from icp_engine.profile.render import render_html

        return render_html(self)

    def to_markdown(self) -> str:
        """Markdown in which text from the data cannot act as markup."""
        from icp_engine.profile.render import render_markdown

        return render_markdown(self)

    def to_json(self) -> str:
        """The whole object as JSON with sorted keys; equal profiles give equal bytes."""
        from icp_engine.profile.render import render_json

        return render_json(self)
