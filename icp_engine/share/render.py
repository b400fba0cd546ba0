"""Writes a snapshot as one HTML page: no scripts, nothing loaded from elsewhere, every value
escaped.

Comes in: a `Snapshot`. Goes out: HTML. Separate because the template only places; what is shown was
decided before.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from icp_engine.charts.draw import draw_svg
from icp_engine.charts.model import Chart
from icp_engine.profile.model import EVIDENCE_HELP
from icp_engine.share.model import Snapshot
from icp_engine.types import Frame
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import EMPTY_CELL, count, number

# The page may show its own styles and the pictures inside it, and send one form home: nothing else.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WIDE, NARROW = 880, 330  # pixels of a picture on a desk and on a phone
ROWS_SHOWN = 60
ID = "account_id"  # what the index of accounts is called in tables and files; people read “Id”
SIZE = re.compile(r'<svg\b(?>[^<>]*?\bwidth="([\d.]++)")(?>[^<>]*?\bheight="([\d.]++)")')


def render_snapshot(snapshot: Snapshot, *, may_open: bool = False) -> str:
    """The page. may_open: with a button that asks its own address to open the study in the app."""
    return (
        environment()
        .get_template("snapshot.html.jinja")
        .render(snapshot=snapshot, may_open=may_open, policy=page_policy(), help=EVIDENCE_HELP)
    )


def picture(chart: Chart, width: int) -> dict[str, Any]:
    """A chart as a picture inside the page: address, width and height in pixels.

    A picture, not markup of the page: whatever stands in the data, it cannot run or ask for
    anything.
    """
    svg = draw_svg(chart, width)
    found = SIZE.search(svg)
    wide, high = (round(float(found[1])), round(float(found[2]))) if found else (width, width)
    coded = base64.b64encode(svg.encode()).decode()
    return {"address": f"data:image/svg+xml;base64,{coded}", "width": wide, "height": high}


def cells(table: Frame) -> dict[str, Any]:
    """Headers and rows as text, a named index first; the first 60 rows."""
    shown = table.reset_index() if table.index.name is not None else table
    rows = [
        [word_cell(value) for value in row]
        for row in shown.head(ROWS_SHOWN).itertuples(index=False, name=None)
    ]
    headers = ["Id" if name == ID else str(name) for name in shown.columns]
    return {"headers": headers, "rows": rows, "left_out": max(len(shown) - ROWS_SHOWN, 0)}


def word_cell(value: Any) -> str:
    """One cell: numbers to three digits or whole with separators, dates as 30 Sep 2026, unknown as
    a dash.
    """
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if value is None or pd.isna(value):
        return EMPTY_CELL
    if isinstance(value, pd.Timestamp):
        return date(value)
    if isinstance(value, float):
        return number(value, 3)
    return count(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def page_policy() -> str:
    """The policy as a page can carry it itself: who may frame it only a server can say."""
    return POLICY.split("; frame-ancestors")[0]


@cache
def environment() -> Environment:
    """The templates; every value is escaped."""
    made = Environment(
        loader=PackageLoader("icp_engine.share", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"picture": picture, "cells": cells}
    made.globals |= {"WIDE": WIDE, "NARROW": NARROW}
    return made
