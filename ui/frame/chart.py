"""One chart as every page shows it: finding, picture, how to read it, exact table, download.

Comes in: a constant Vega-Lite specification and a small table. Goes out: Streamlit elements.
Separate so that no chart appears without its sentence, its table and its download.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from icp_engine.activate.export import to_csv_text
from icp_engine.charts.model import Chart
from icp_engine.types import Frame
from icp_engine.wording.numbers import EMPTY_CELL, count
from ui.answers.markdown import plain
from ui.state.open_study import stamp

WORDED = {"account_id": "Id"}  # what a column of the files is called where people read it
ROWS_SHOWN = 500  # the download holds all; a browser need not


def show_chart(
    key: str,
    title: str,
    specification: dict[str, Any],
    data: Frame,
    how_to_read: str,
    *,
    table: Frame | None = None,
    column_config: dict[str, Any] | None = None,
    select: str = "",
) -> dict[str, Any]:
    """Show `data` by `specification`; `table` (default: `data`) is the exact table beneath.

    `select`: the selection of the specification that draws the page anew; returns what is selected,
    else {}.

    `title` states the finding. `key` is unique on the page and names the downloaded file. The
    specification must not change between runs: then Streamlit updates the view instead of building
    it again.
    """
    exact = data if table is None else table
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(title)}**")
        event = st.vega_lite_chart(
            data,
            specification,
            key=f"chart_{key}",
            width="stretch",
            alt=f"{title}. {how_to_read}",
            on_select="rerun" if select else "ignore",
            selection_mode=select or None,
        )
        st.caption(plain(how_to_read))

        def show_exact() -> None:
            show_table(key, exact, column_config=column_config, download=False)
            offer_files(key, Chart(title, specification, data, how_to_read, exact))

        show_folded("Exact table and download", key, show_exact)
    if not select or isinstance(event, DeltaGenerator):  # without `on_select` nothing is selected
        return {}
    return dict(event["selection"].get(select) or {})


def offer_files(key: str, chart: Chart) -> None:
    """The exact table as CSV and the picture as PNG and SVG, each made when asked for."""
    content = f"{key}-{name_of(chart)}"
    name = f"{content}-{stamp()}"
    with st.container(horizontal=True, gap="small"):
        show_download(key, chart.table, label="Table (CSV)", name=content)
        offer_file(
            "Picture (PNG)", f"{name}.png", "image/png", lambda: draw(chart, "png"), f"png_{key}"
        )
        offer_file(
            "Drawing (SVG)",
            f"{name}.svg",
            "image/svg+xml",
            lambda: draw(chart, "svg"),
            f"svg_{key}",
        )


def draw(chart: Chart, kind: Literal["png", "svg"]) -> str | bytes:
    """The picture; the drawing library is loaded by the first who asks for one."""
    # loaded when asked for: start-up stays light
    from icp_engine.charts.picture import picture_png, picture_svg

    return picture_png(chart) if kind == "png" else picture_svg(chart)


def offer_file(label: str, name: str, kind: str, make: Callable[[], str | bytes], key: str) -> None:
    """One file, made when its button is pressed; nothing on the page moves."""
    st.download_button(
        label,
        data=make,
        file_name=name,
        mime=kind,
        key=key,
        icon=":material/image:",
        on_click="ignore",
    )


def name_of(chart: Chart) -> str:
    """Four signs that tell one content of a chart from another: large files are told apart by name."""
    return hashlib.sha256(
        f"{chart.title}{chart.data.to_json(orient='split')}".encode()
    ).hexdigest()[:4]


def show_exact_table(
    key: str,
    table: Frame | Callable[[], Frame],
    *,
    label: str = "Exact table",
    column_config: dict[str, Any] | None = None,
) -> None:
    """The numbers behind a picture in an expander, with a download. A table that takes work is
    given as a function.
    """
    show_folded(
        label,
        key,
        lambda: show_table(key, table() if callable(table) else table, column_config=column_config),
    )


def show_folded(label: str, key: str, show: Callable[[], None]) -> None:
    """An expander whose content is made once it is open: most people never open it, and everybody
    would wait for it.
    """
    folded = st.expander(label, key=f"fold_{key}", on_change="rerun")
    if folded.open:
        with folded:
            show()


def show_table(
    key: str,
    table: Frame,
    *,
    column_config: dict[str, Any] | None = None,
    row_height: int | None = None,
    download: bool = True,
) -> None:
    """A table with a download of all its rows; the first rows are shown. row_height: pixels, for
    text that wraps.
    """
    indexed = table.index.name is not None
    st.dataframe(
        table.head(ROWS_SHOWN),
        key=f"table_{key}",
        hide_index=not indexed,
        width="stretch",
        column_config={**WORDED, **(column_config or {})},
        placeholder=EMPTY_CELL,
        row_height=row_height,
    )
    if len(table) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN} of {count(len(table))} rows; the download holds all.")
    if download:
        show_download(key, table)


def show_download(
    key: str, table: Frame | Callable[[], Frame], *, label: str = "Download CSV", name: str = ""
) -> None:
    """A button for the table as CSV with formula cells defused; the text is made when the button is
    pressed.

    A table that is slow to make is given as a function. The file's name (`name`, default: `key`)
    carries the study's state: Streamlit tells large files apart by name and samples only, so tables
    that differ need names that differ.
    """

    def make_text() -> str:
        made = table() if callable(table) else table
        return to_csv_text(made, index=made.index.name is not None)

    st.download_button(
        label,
        data=make_text,
        file_name=f"{name or key}-{stamp()}.csv",
        mime="text/csv",
        key=f"download_{key}",
        icon=":material/download:",
        on_click="ignore",
    )
