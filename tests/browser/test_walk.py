"""A newcomer's way through the real app: sample, every page, reload, undo; nothing is fetched from
elsewhere.
"""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PATIENT, settle, wait_until
from ui.answers.steps import STEPS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def sample(page, sample_link):
    """A fresh browser on the start page of the finished study."""
    page.goto(sample_link)
    expect(page.get_by_text("judged customers are your best")).to_be_visible(timeout=PATIENT)
    settle(page)
    return page


def sidebar_link(page, title):
    return page.get_by_test_id("stSidebar").get_by_role("link", name=title)


def test_every_step_opens_from_the_sidebar_and_keeps_the_study(sample):
    study = sample.url.split("study=")[1]
    for step in STEPS[1:]:
        sidebar_link(sample, step.title).click()
        expect(sample).to_have_title(f"{step.title} · ICP Workbench", timeout=PATIENT)
        expect(sample.get_by_role("heading", level=1).first).to_contain_text(
            step.title, timeout=PATIENT
        )
        settle(sample)
        assert f"/{step.url_path}?study={study}" in sample.url
        expect(sample.get_by_text("Something went wrong")).to_have_count(0)


def test_a_page_begins_at_its_top_and_a_rerun_of_it_stays_where_it_is(sample):
    sample.add_style_tag(
        content="[data-testid=stMain]::after {content: ''; display: block; min-height: 4000px}"
    )
    main = sample.get_by_test_id("stMain")
    main.evaluate("area => area.scrollTo(0, 1200)")
    sidebar_link(sample, "Start").click()
    settle(sample)
    assert main.evaluate("area => area.scrollTop") == 1200
    sidebar_link(sample, "Segments").click()
    expect(sample.get_by_role("heading", level=1)).to_have_text("Segments", timeout=PATIENT)
    # the page's first words may stand before its script has scrolled
    expect(main).to_have_js_property("scrollTop", 0, timeout=PATIENT)


def test_a_reload_and_a_cold_link_find_the_study_again(sample, browser):
    link = sample.url.replace("/?", "/best-customers?")
    sample.goto(link)
    expect(sample.get_by_text("judged customers are your best")).to_be_visible(timeout=PATIENT)
    sample.reload()
    expect(sample.get_by_text("judged customers are your best")).to_be_visible(timeout=PATIENT)
    stranger = browser.new_page()
    stranger.goto(link)
    expect(stranger.get_by_text("judged customers are your best")).to_be_visible(timeout=PATIENT)
    stranger.close()


def test_a_new_name_is_kept_and_undone(sample):
    name = sample.get_by_test_id("stSidebar").get_by_label("Study")
    name.fill("Renamed")
    name.press("Enter")
    expect(sample.get_by_role("heading", level=1)).to_have_text("Renamed", timeout=PATIENT)
    sample.get_by_test_id("stSidebar").get_by_role("button", name="Undo").click()
    expect(sample.get_by_role("heading", level=1)).to_have_text(
        "Sample: Northwind Signal", timeout=PATIENT
    )


def test_nothing_is_asked_of_another_machine_and_the_policy_blocks_nothing(page, server):
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security" in message.text else None
        ),
    )
    page.goto(server)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENT)
    settle(page)
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []
    assert complaints == []


def test_on_a_phone_the_first_page_needs_no_sideways_scrolling(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server)
    expect(page.get_by_role("button", name="Try it with sample data")).to_be_visible(
        timeout=PATIENT
    )
    assert page.get_by_role("button", name="Try it with sample data").bounding_box()["x"] >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_server_says_it_is_well_and_carries_the_policy(server):
    with urllib.request.urlopen(f"{server}/healthz", timeout=10) as answer:
        assert answer.read() == b'{"status":"ok"}'
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_weight_moves_the_scores_and_undo_brings_them_back(sample):
    sidebar_link(sample, "Rubric").click()
    sliders = sample.locator(".whatif .weight input[type=range]")
    expect(sliders.first).to_be_visible(timeout=PATIENT)
    settle(sample)
    before = picture(sample)
    weight = sliders.first.input_value()
    sliders.first.focus()
    sample.keyboard.press("PageUp")
    wait_until(lambda: picture(sample) != before)
    assert sliders.first.input_value() != weight
    settle(sample)
    sample.get_by_test_id("stSidebar").get_by_role("button", name="Undo").click()
    wait_until(lambda: sliders.first.input_value() == weight and picture(sample) == before)


def test_the_way_to_all_checks_opens_them_and_brings_them_into_view(sample):
    sidebar_link(sample, "Validation").click()
    settle(sample)
    sample.get_by_role("button", name="All checks").click(timeout=PATIENT)
    expect(sample.get_by_text("Rules of thumb", exact=True)).to_be_in_viewport()
    assert sample.get_by_role("tab", name="Checks").get_attribute("aria-selected") == "true"


def test_the_profile_is_downloaded_as_a_page_without_scripts(sample):
    sidebar_link(sample, "Profile").click()
    settle(sample)
    with sample.expect_download(timeout=PATIENT) as download:
        sample.get_by_role("button", name=re.compile("HTML|Web page")).first.click(timeout=PATIENT)
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "judged customers are your best" in text
    assert "<script" not in text


def picture(page):
    return page.locator(".whatif table").inner_text()
