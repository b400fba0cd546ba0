"""What was understood, as facts; what was not, as questions whose answers are settings.

Comes in: nothing (definitions only). Goes out: `Fact`, `Facts`, `Answer`, `Question`, `Line`.
Separate because pages, the command line and outside checks read the same few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

ANSWERS_MOST = 5  # more answers are read by nobody


@dataclass(frozen=True)
class Fact:
    """One thing understood: its `value` (None where the files do not say), the columns it rests on
    as “table.column”, and how sure it is, 0–1.
    """

    value: Any
    by: tuple[str, ...] = ()
    sure: float = 1.0


@dataclass(frozen=True)
class Facts(Mapping[str, Fact]):
    """Everything understood, by name: `facts["won"]` or `facts.won`.

    tables: table → kind (“unused” where nothing reads it). accounts, customers, deals, won, lost,
    open, left: how many. won_amount: sum over won deals, in the study's currency. first_closed and
    last_closed: ISO days of the first and the last deal won or lost. value: metric → sum over
    accounts.
    """

    tables: Fact
    accounts: Fact
    customers: Fact
    deals: Fact
    won: Fact
    lost: Fact
    open: Fact
    won_amount: Fact
    first_closed: Fact
    last_closed: Fact
    left: Fact
    value: Fact

    def __getitem__(self, name: str) -> Fact:
        if name not in set(self):
            raise KeyError(name)
        found: Fact = getattr(self, name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter([field.name for field in fields(self)])

    def __len__(self) -> int:
        return len(fields(self))


@dataclass(frozen=True)
class Answer:
    """One answer: what stands on its button, and what `study.replace` takes to make it so."""

    label: str
    settings: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One open point. `about`: the fact or the “table.column” in question. `answers`: the likeliest
    first. `grave`: until it is answered, what follows may be wrong.
    """

    about: str
    sentence: str
    answers: tuple[Answer, ...]
    grave: bool


@dataclass(frozen=True)
class Choice:
    """What a person may choose instead, for one part of a line: `options`, of which `chosen` holds
    now (its place among them, None where none of them does).
    """

    label: str
    options: tuple[Answer, ...]
    chosen: int | None


@dataclass(frozen=True)
class Line:
    """One of the six lines of what was understood: in words, with the columns it rests on and how
    sure it is.
    """

    key: str
    title: str
    text: str
    by: tuple[str, ...]
    sure: float
    choices: tuple[Choice, ...] = ()

    @property
    def sure_word(self) -> str:
        """How sure, in a word."""
        return say_sure(self.sure)


SURE, LIKELY = 0.8, 0.55


def say_sure(sure: float) -> str:
    """“sure”, “likely” or “not sure”."""
    return "sure" if sure >= SURE else "likely" if sure >= LIKELY else "not sure"
