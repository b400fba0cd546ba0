"""The shared page: hostile text is inert, nothing runs, pictures are pictures, numbers read alike."""

import base64
import re
from dataclasses import replace
from datetime import datetime

import altair as alt
import pandas as pd
import pytest

from icp_engine.charts import theme
from icp_engine.charts.model import Chart
from icp_engine.profile.model import Section, Statement
from icp_engine.share.model import SharedFigure, SharedPage, SharedTable, Snapshot
from icp_engine.share.render import cells, render_snapshot, word_cell

HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def chart(text="won"):
    bars = alt.Chart(theme.source()).mark_bar().encode(x="deals:Q", y="name:N", tooltip="name:N")
    data = pd.DataFrame({"name": [text, "b"], "deals": [3, None]})
    return Chart(text, theme.to_specification(bars), data, text, data)


def snapshot(text="plain", *, names=False):
    page = SharedPage(
        "rubric",
        text,
        text,
        text,
        level=text,
        lines=(text,),
        figures=(SharedFigure(text, text, text),),
        charts=(chart(text),),
        tables=(SharedTable(text, pd.DataFrame({text: [text]}), text),),
        sections=(Section("s", text, text, (Statement(text, "data", text),)),),
    )
    return Snapshot(text, text, datetime(2026, 9, 30, 12, 5), names, (page, page), for_whom=text)


def pictures(html):
    return [
        base64.b64decode(part).decode() for part in re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
    ]


def test_hostile_text_is_inert_everywhere():
    html = render_snapshot(snapshot(HOSTILE), may_open=True)
    assert not re.search(r"<script|<img src=x", html)
    assert html.count("</style>") == 1
    assert all("<script" not in svg and "onerror=alert(1)>" not in svg for svg in pictures(html))


def test_nothing_runs_and_nothing_is_asked_of_another_machine():
    html = render_snapshot(snapshot())
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert not re.search(r'(src|srcset|href|action)="(?!data:image/svg|#)', html)


def test_a_page_to_read_has_no_form_and_one_to_open_asks_its_own_address():
    assert "<form" not in render_snapshot(snapshot())
    assert '<form method="post">' in render_snapshot(snapshot(), may_open=True)


def test_the_page_says_for_whom_it_was_made_where_that_was_given():
    assert "Prepared for: Board" in render_snapshot(snapshot("Board"))
    assert "Prepared for" not in render_snapshot(replace(snapshot(), for_whom=""))


def test_what_nobody_recorded_stands_in_one_list():
    ask = Section(
        "goals", "Goals", "", (Statement("Not recorded: ask the boss.", "assumption", to_ask=True),)
    )
    page = replace(snapshot().pages[0], sections=(ask,))
    html = render_snapshot(replace(snapshot(), pages=(page,)))
    assert "<b>Goals</b>: Ask the boss." in html and "<h3>Goals</h3>" not in html


def test_a_chart_comes_wide_and_narrow_with_words_and_its_table():
    html = render_snapshot(snapshot("Green won"))
    assert len(pictures(html)) == 4  # two pages
    assert 'alt="Green won. Green won"' in html
    assert html.count("Exact table") == 2


def test_the_page_says_whether_accounts_are_named():
    assert "Counts only" in render_snapshot(snapshot())
    assert "Accounts are named" in render_snapshot(snapshot(names=True))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234, "1,234"),
        (0.12345, "0.123"),
        (1234.5, "1,234"),
        (True, "True"),
        (None, "—"),
        (float("nan"), "—"),
        (pd.Timestamp("2026-09-30"), "30 Sep 2026"),
        (pd.NaT, "—"),
        (("a", "b"), "a, b"),
        ("10-50", "10-50"),
    ],
)
def test_a_cell_reads_as_on_the_pages(value, text):
    assert word_cell(value) == text


def test_a_long_table_is_cut_and_says_so():
    shown = cells(pd.DataFrame({"a": range(75)}).rename_axis("account_id"))
    assert (len(shown["rows"]), shown["left_out"], shown["headers"]) == (60, 15, ["Id", "a"])
