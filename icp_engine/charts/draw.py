"""A chart as a picture of its own: SVG text, without a browser and without asking anything of
another machine.

Comes in: a `Chart`. Goes out: SVG. Separate because pages let the browser draw; shared pages and
documents cannot.
"""

from __future__ import annotations

import re
from typing import Any

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.wording.json_values import json_records

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
AXIS = {
    "labelColor": theme.LABELS,
    "titleColor": theme.LABELS,
    "labelFont": FONT,
    "titleFont": FONT,
    "titleFontWeight": 500,
    "gridColor": "#E3E6EB",
    "domainColor": "#C9CED6",
    "tickColor": "#C9CED6",
    "labelFontSize": 11,
    "titleFontSize": 11,
}
LEGEND = {"labelColor": theme.LABELS, "labelFont": FONT, "labelFontSize": 12}
# A picture follows the reader's own choice of light or dark paper; it holds no script and no
# address.
PAPER = """<style>@media (prefers-color-scheme: dark) {
text { fill: #B4BECB } text[stroke="white"] { stroke: #141A22 }
.role-axis-grid line { stroke: #2B3644 } .role-axis-domain line, .role-axis-tick line { stroke: #4A5866 }
}</style>"""
# readers' fonts differ: labels may be wider than measured
PADDING = {"left": 8, "right": 30, "top": 4, "bottom": 2}
OPENING = re.compile(r"<svg\b[^>]*>")


def draw_svg(chart: Chart, width: int = 720) -> str:
    """The chart as SVG, `width` pixels wide, as high as its rows ask for. Values of the data are
    escaped by Vega.
    """
    # loaded when asked for: start-up stays light
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(
        standalone(chart, width), allowed_base_urls=[], show_warnings=False
    )
    return OPENING.sub(lambda opening: opening[0] + PAPER, str(drawn), count=1)


def standalone(chart: Chart, width: int) -> dict[str, Any]:
    """Vega-Lite that carries its data, width and fonts, and so needs no page around it."""
    own = chart.specification.get("config", {})
    text = {"font": FONT, "color": theme.LABELS, **own.get("text", {})}
    config = {
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        **own,
        "axis": AXIS,
        "legend": LEGEND,
        "text": text,
    }
    return {
        **chart.specification,
        "width": width,
        "padding": PADDING,
        "data": {"values": json_records(chart.data)},
        "config": config,
    }
