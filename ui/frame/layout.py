"""How pages are laid out: controls beside their consequence, tabs that compute only when open,
charts.

Comes in: what to show. Goes out: Streamlit containers. Separate so that every page stacks alike on
a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from ui.frame.cards import guarded
from ui.frame.chart import show_chart
from ui.frame.scrolling import arrive
from ui.state.kept_values import note_values

ANALYSTS = "For analysts"  # the last tab of a page: what only an analyst reads
STYLE = Path(__file__).parents[1] / "look.css"


def use_look() -> None:
    """What the theme cannot say: how pages stack on a phone, what stays in sight, contrast. Once a
    page.
    """
    st.html(STYLE)


def split(key: str, controls: float = 5, consequence: float = 7) -> tuple[Any, Any]:
    """(controls, consequence): left and right; on a phone the consequence stands above.

    Beside long controls the consequence stays in sight while one scrolls.
    """
    with st.container(key=f"split_{key}"):
        left, right = st.columns([controls, consequence], gap="medium")
    return left, right


def show_tabs(key: str, tabs: Mapping[str, Callable[[], None]]) -> None:
    """Tabs by name; what stands in a tab is computed when it is open.

    Names must not change with the data: other names are other tabs, and the open one would fall
    back to the first.
    """
    arrive(key)
    if st.session_state.get(f"tabs_{key}") not in (None, *tabs):  # kept from when there were others
        del st.session_state[f"tabs_{key}"]
    for tab, show in zip(
        st.tabs(list(tabs), key=f"tabs_{key}", on_change="rerun"), tabs.values(), strict=True
    ):
        if tab.open:
            with tab:
                guarded(show)()
    note_values()


def show_part(title: str, show: Callable[[], None]) -> None:
    """A part of a tab under a heading of its own."""
    st.subheader(title, anchor=False)
    guarded(show)()


def show_picture(key: str, chart: Chart, *, select: str = "") -> dict[str, Any]:
    """A chart with its finding, how to read it, its exact table and download; returns what is
    selected in it.
    """
    dark = st.context.theme.type == "dark"
    picture = theme.on_dark(chart.specification) if dark else chart.specification
    return show_chart(
        key, chart.title, picture, chart.data, chart.how_to_read, table=chart.table, select=select
    )


def synced(key: str, value: Any) -> str:
    """The key of a widget that shows `value` on this run, whatever it showed before; changes come
    by callback.
    """
    st.session_state[key] = value
    return key
