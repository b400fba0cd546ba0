"""The ICP document as one object that every rendering reads.

Comes in: nothing (definitions only). Goes out: `Statement`, `Table`, `Section`, `Profile`. Separate
so that HTML, Markdown, JSON and the profile page say the same words.
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
NOT_RECORDED = "Not recorded: "  # how a statement begins that claims nothing


@dataclass(frozen=True)
class Statement:
    """One sentence of the document, what it rests on and where that stands (“” when nowhere).

    `to_ask`: it claims nothing, but says what the files lack and whom to ask.
    """

    text: str
    evidence: Evidence
    source: str = ""
    to_ask: bool = False


@dataclass(frozen=True)
class Table:
    """An exact table: every row has as many cells as `columns`, already worded."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One section. `question` is what it answers. When a person rewrote it, `edited` is True and
    `suggested` keeps what the data say now, so that both can be compared.
    """

    key: str
    title: str
    question: str
    statements: tuple[Statement, ...]
    table: Table | None = None
    edited: bool = False
    suggested: tuple[Statement, ...] = ()

    @property
    def told(self) -> tuple[Statement, ...]:
        """What the section says; empty where the files hold nothing on it."""
        return tuple(statement for statement in self.statements if not statement.to_ask)

    @property
    def asks(self) -> str:
        """What is not in the files and whom to ask, as sentences; “” where nothing is missing."""
        texts = [one.text.removeprefix(NOT_RECORDED) for one in self.statements if one.to_ask]
        return " ".join(text[:1].upper() + text[1:] for text in texts)
