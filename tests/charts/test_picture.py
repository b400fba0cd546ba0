"""Charts as files: real charts of the sample become pictures that say what they show, without
asking the network.
"""

import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.activate.pipeline import open_pipeline
from icp_engine.charts import bands, customers, pipeline, segments, traits
from icp_engine.charts.model import Chart
from icp_engine.charts.picture import PNG_SCALE, WIDTH, on_paper, picture_png, picture_svg
from icp_engine.wording.numbers import THIN

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="module")
def study():
    return Study.open(SAMPLE / "accounts.csv", SAMPLE / "deals.csv")


@pytest.fixture(scope="module")
def charts(study):
    opened = open_pipeline(study)
    return {
        "score": bands.score_chart(study.validation, study.rubric.green, study.rubric.yellow),
        "rates": bands.win_rate_chart(study.validation),
        "value": customers.value_chart(study.best, study.account_value, "LTV"),
        "traits": traits.best_chart(study.traits),
        "map": segments.map_chart(study.segments),
        "pipeline": pipeline.pipeline_chart(opened),
        "owners": pipeline.owner_chart(opened),
    }


@pytest.mark.parametrize("name", ["score", "rates", "value", "traits", "map", "pipeline", "owners"])
def test_every_chart_becomes_a_drawing_with_its_finding(charts, name):
    drawn = ElementTree.fromstring(picture_svg(charts[name]))
    words = " ".join(
        "".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")
    )
    assert charts[name].title.split()[0] in words and charts[name].how_to_read.split()[0] in words


def test_a_picture_is_sharp_and_as_wide_as_a_slide_needs(charts):
    content = picture_png(charts["rates"])
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG") and width >= PNG_SCALE * WIDTH and height > 200


def test_text_from_a_file_stays_text():
    hostile = "<script>alert(1)</script>&\"'"
    chart = pipeline_like(hostile)
    drawn = picture_svg(chart)
    assert "<script" not in drawn and "&lt;script" in drawn


def test_nothing_is_fetched():
    paper = on_paper(pipeline_like("a"))
    paper["data"] = {"url": "http://127.0.0.1:9/rows.json"}
    import vl_convert

    with pytest.raises(ValueError, match=r"denied|not allowed|URL|access"):
        vl_convert.vegalite_to_svg(paper, allowed_base_urls=[])


def pipeline_like(title):
    data = pd.DataFrame({"band": ["Green"], "length": [1.0], "label": [title], "reach": [2.0]})
    return Chart(title, pipeline.pipeline_specification(True), data, "Read it so.", data)


@pytest.mark.parametrize(
    ("currency", "label"), [("USD", "$500k"), ("CHF", "CHF\u202f500k"), ("", "500k")]
)
def test_an_axis_of_money_names_its_currency_as_the_text_does(currency, label):
    data = pd.DataFrame(
        {"band": ["Green"], "length": [1_000_000.0], "label": ["all"], "reach": [1_500_000.0]}
    )
    drawn = picture_svg(
        Chart(
            "At stake", pipeline.pipeline_specification(True, currency), data, "Read it so.", data
        )
    )
    assert f">{label}<" in drawn and ">0.5M<" not in drawn


def test_an_axis_of_shares_has_the_thin_space_of_the_text():
    data = pd.DataFrame(
        {
            "customers": [0, 10],
            "customers_share": [0.0, 1.0],
            "value_share": [0.0, 1.0],
            "label": "",
        }
    )
    drawn = picture_svg(Chart("Value", customers.value_specification(), data, "Read it so.", data))
    assert f">100{THIN}%<" in drawn and ">100%<" not in drawn
