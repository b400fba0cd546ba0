"""Colours by meaning, and how an Altair chart becomes a constant specification.

Comes in: an Altair chart. Goes out: a Vega-Lite dict without data. Separate because a colour must
mean the same on every page, and because building an Altair object is slow: it is done once a
process.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import altair as alt

from icp_engine.rubric.model import NOT_RATED
from icp_engine.wording.currency import with_currency
from icp_engine.wording.shares import PERCENT_SIGN

BAND_COLOURS: dict[str, str] = {
    "Green": "#2E9E6B",
    "Yellow": "#E2A400",
    "Red": "#CC4B4B",
    NOT_RATED: "#9AA3AF",
}
OUTCOMES: dict[str, str] = {"won": "#2F5BD0", "lost": "#9AA3AF"}
GROUPS: dict[str, str] = {"best": "#0F766E", "others": "#9AA3AF", "worst": "#B4532A"}
SEGMENTS: tuple[str, ...] = (
    "#2F5BD0",
    "#0F766E",
    "#B4532A",
    "#7A6FB3",
    "#C2A14D",
    "#4B8FB8",
    "#7B9E3C",
    "#B0578D",
    "#5C6B7A",
    "#D07B4F",
    "#3C7D5A",
    "#8A6D3B",
)
NOISE = "#C9CED6"
# lines that stand for zero or the base rate; readable on light and dark paper
REFERENCE = "#7B8794"
# labels at marks; over 4.5 : 1 on light and on dark paper
LABELS, LABELS_ON_DARK = "#5B6673", "#B4BECB"
DATA = "rows"


def source() -> Any:
    """The place where a page puts the data."""
    return alt.NamedData(DATA)


def colour(field: str, colours: dict[str, str], *, legend: bool = False) -> Any:
    """Colour a field by meaning; without a legend where the mark is labelled."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    shown = (
        alt.Legend(title=None, orient="top", direction="horizontal", offset=4) if legend else None
    )
    return alt.Color(f"{field}:N", scale=scale, legend=shown)


# labels of an axis of money: “$500k”, “CHF 1.5M”, “$2B”
MONEY = "replace(format(datum.value, '$~s'), 'G', 'B')"


def numbers(currency: str = "") -> dict[str, Any]:
    """How Vega writes numbers: as `words` does, a thin space before %, the currency in front."""
    return {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "percent": PERCENT_SIGN,
        "currency": [with_currency("", currency), ""],
    }


def to_specification(chart: Any, currency: str = "") -> dict[str, Any]:
    """The chart as Vega-Lite without data; it takes its width from the page and its height from its
    own rows.

    currency: of its money, a code or a sign; “” where there is none or it is not known.
    """
    specification: dict[str, Any] = chart.to_dict(validate=True)
    for key in ("data", "datasets", "$schema", "config"):
        specification.pop(key, None)
    specification["config"] = {"text": {"color": LABELS}, "locale": {"number": numbers(currency)}}
    specification["padding"] = {"left": 2, "right": 6, "top": 2, "bottom": 2}
    specification["autosize"] = {"type": "fit-x", "contains": "padding"}
    return specification


# What a specification says for light paper → for dark paper: halos, names on them, pale cells and
# words on these
DARK_TWINS = {
    '"stroke": "white"': '"stroke": "#141A22"',
    '"color": "#1B2430"': '"color": "#E6EAF0"',
    '"#EEF4F3"': '"#22303A"',
    '"value": "#1B2430"': '"value": "#E6EAF0"',
}


def on_dark(specification: dict[str, Any]) -> dict[str, Any]:
    """The same picture for dark paper: labels at marks are light, halos dark. Equal pictures give
    the same object.
    """
    return _on_dark(json.dumps(specification))


@cache
def _on_dark(specification: str) -> dict[str, Any]:
    for light, dark in DARK_TWINS.items():
        specification = specification.replace(light, dark)
    twin: dict[str, Any] = json.loads(specification)
    return {**twin, "config": {**twin.get("config", {}), "text": {"color": LABELS_ON_DARK}}}
