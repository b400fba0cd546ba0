"""No chart without its sentence, its exact table and its download."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from icp_engine.charts.model import Chart
from ui.frame.chart import draw

SCRIPT = """
import pandas as pd
from ui.frame.chart import show_chart, show_table
data = pd.DataFrame({"band": ["Green", "Red"], "won": [11, 8]})
show_chart("bands", "Green won 11 of 15", {"mark": "bar"}, data, "Each bar is one band.")
show_table("long", pd.DataFrame({"x": range(700)}))
"""


def page(*, unfolded=True):
    at = AppTest.from_string(SCRIPT, default_timeout=60)
    at.session_state["fold_bands"] = unfolded
    at.run()
    assert not at.exception
    return at


def test_a_chart_has_its_finding_its_reading_and_its_table():
    at = page()
    assert at.get("vega_lite_chart")
    assert "Each bar is one band." in [caption.value for caption in at.caption]
    assert at.expander[0].label == "Exact table and download"
    assert list(at.dataframe[0].value["won"]) == [11, 8]


def test_a_table_nobody_opened_is_not_made():
    folded = page(unfolded=False)
    assert folded.expander[0].label == "Exact table and download" and len(folded.dataframe) == 1


def test_every_table_can_be_downloaded_whole():
    at = page()
    assert [button.key for button in at.get("download_button")][-1] == "download_long"
    assert len(at.dataframe[1].value) == 500
    assert any("first 500 of 700 rows" in caption.value for caption in at.caption)


def test_a_chart_has_words_for_those_who_do_not_see_it():
    assert "Green won 11 of 15" in page().get("vega_lite_chart")[0].proto.alt


def test_a_chart_is_drawn_when_asked_for():
    chart = Chart(
        "Green won 11 of 15",
        {
            "mark": "bar",
            "encoding": {"y": {"field": "band"}, "x": {"field": "won", "type": "quantitative"}},
        },
        pd.DataFrame({"band": ["Green"], "won": [11]}),
        "Read.",
        pd.DataFrame(),
    )
    assert draw(chart, "png")[:4] == b"\x89PNG" and "Green won 11 of 15" in draw(chart, "svg")


def test_a_chart_is_offered_as_picture_drawing_and_table():
    labels = [button.proto.label for button in page().get("download_button")]
    assert labels[:3] == ["Table (CSV)", "Picture (PNG)", "Drawing (SVG)"]
