"""A chart as a file to paste elsewhere: PNG or SVG on white paper, with its finding above and how
to read it beneath.

Comes in: a `Chart`. Goes out: bytes, text. Separate from `draw`, whose pictures stand inside a page
that says the rest. Nothing is fetched: pictures and data by address are refused.
"""

from __future__ import annotations

import textwrap
from typing import Any

from icp_engine.charts.draw import FONT, standalone
from icp_engine.charts.model import Chart

WIDTH = 820  # pixels of the plot and its labels
PNG_SCALE = 2.0  # pixels a point, so that a slide stays sharp
LINE = 96  # signs of a title's line at this width
PAPER, INK, NOTE = "#FFFFFF", "#1B2430", "#5B6673"
MARGIN = 20


def picture_svg(chart: Chart) -> str:
    """SVG text, one picture; values of the data are escaped by Vega."""
    # loaded when asked for: start-up stays light
    import vl_convert

    return str(
        vl_convert.vegalite_to_svg(on_paper(chart), allowed_base_urls=[], show_warnings=False)
    )


def picture_png(chart: Chart) -> bytes:
    """PNG bytes, twice WIDTH wide and more by its margins."""
    # loaded when asked for: start-up stays light
    import vl_convert

    return bytes(
        vl_convert.vegalite_to_png(
            on_paper(chart), scale=PNG_SCALE, allowed_base_urls=[], show_warnings=False
        )
    )


def on_paper(chart: Chart) -> dict[str, Any]:
    """The chart with its data, finding and reading line on white paper."""
    specification = standalone(chart, WIDTH)
    title = {
        "text": textwrap.wrap(chart.title, LINE) or [""],
        "subtitle": textwrap.wrap(chart.how_to_read, LINE + 30),
        "anchor": "start",
        "frame": "bounds",
        "offset": 14,
        "font": FONT,
        "fontSize": 16,
        "fontWeight": 600,
        "color": INK,
        "subtitleFont": FONT,
        "subtitleFontSize": 12,
        "subtitleColor": NOTE,
        "subtitlePadding": 6,
    }
    config = {**specification["config"], "background": PAPER}
    return {**specification, "title": title, "config": config, "padding": MARGIN}
