"""A figure: a number with its interval, denominator and help.

Comes in: values. Goes out: `Figure`. Separate because answers make them and cards only draw them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number of a page: `interval`, `of` (its denominator) and `was` stand beneath it, `help`
    explains the term.
    """

    label: str
    value: str
    interval: str = ""
    of: str = ""
    was: str = ""
    help: str = ""
