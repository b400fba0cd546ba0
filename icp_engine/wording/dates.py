"""Dates as people read them.

Comes in: a moment, or its text. Goes out: text. Separate because days need pandas to be read and
numbers do not.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine.wording.numbers import NOT_KNOWN


def date(value: Any) -> str:
    """“30 Sep 2026”."""
    moment = pd.to_datetime(value, errors="coerce")
    return NOT_KNOWN if pd.isna(moment) else f"{moment.day} {moment:%b %Y}"


def time_of_day(value: Any) -> str:
    """“14:05”."""
    moment = pd.to_datetime(value, errors="coerce")
    return NOT_KNOWN if pd.isna(moment) else f"{moment:%H:%M}"


def iso_day(value: Any) -> str:
    """“2026-09-30”, for names and files that programs read; “” where there is no day."""
    moment = pd.to_datetime(value, errors="coerce")
    return "" if pd.isna(moment) else str(moment.date().isoformat())
