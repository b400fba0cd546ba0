"""Every page in every state: it answers in a sentence, stays calm, and everybody can read it."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from benchmarks.whatif_browser import draw_tables
from icp_engine.intake.reading.read import read_sources
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from sample_data.markets import null_market, planted_market, shrink
from tests.browser.watching import PATIENT, QUIET, STILL, grave_findings
from ui.answers.steps import STEPS, step
from ui.home.loading import sample_files

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIDEWAYS = """() => Math.max(0, ...[...document.querySelectorAll('html, [data-testid=stMain]')]
  .map((part) => part.scrollWidth - part.clientWidth))"""
KEYS = [known.key for known in STEPS]
# What each page must say in each state, as a pattern: its answer, or calmly what is missing.
SAYS = {
    "fresh": {
        "home": "see who your best customers are",
        **dict.fromkeys(KEYS[1:], "No data yet. Load your CRM exports"),
    },
    "sample": {
        "home": r"\d+ of \d+ judged customers are your best",
        "data": r"1,199 accounts, 1,399 won and 885 lost deals",
        "best_customers": r"\d+ of \d+ judged customers are your best",
        "segments": r"fall into 3 segments that repeat",
        "anti_icp": r"traits point to a bad fit",
        "rubric": r"ranks a won deal above a lost one \d+ times in 100",
        "validation": r"Strong proof on deals",
        "profile": r"ranks a won deal above a lost one \d+ times in 100",
        "activate": r"\d+ of 312 open deals, worth .* are Green",
    },
    "few": {
        "home": r"\d+ of 35 judged customers are your best",
        "data": "79 accounts, ",
        "best_customers": r"\d+ of 35 judged customers are your best",
        "segments": r"too few to look for segments: \d+ more are needed",
        "anti_icp": "No trait is proven to mark a bad fit",
        "rubric": "times in 100",
        "validation": "too few to set some aside",
        "profile": "times in 100",
        "activate": "open deals",
    },
    "silent": {
        "home": "No trait sets your best customers apart",
        "data": r"accounts, \d+ won and",
        "best_customers": r"\d+ of \d+ judged customers are your best",
        "segments": "No structure",
        "anti_icp": "No trait is proven to mark a bad fit",
        "rubric": "No criterion of these files tells who buys",
        "validation": "No account is rated",
        "profile": "nothing told them apart",
        "activate": r"None of the \d+ open deals can be rated",
    },
    "large": {
        "home": r"\d+ of [\d,]+ judged customers are your best",
        "data": r"5,0\d\d accounts, [\d,]+ won and",
        "best_customers": r"\d+ of [\d,]+ judged customers are your best",
        "segments": "best customers",
        "anti_icp": r"traits point to a bad fit",
        "rubric": r"ranks a won deal above a lost one \d+ times in 100",
        "validation": "proof on deals",
        "profile": r"ranks a won deal above a lost one \d+ times in 100",
        "activate": r"\d+ of [\d,]+ open deals, worth .* are Green",
    },
}
EVERY_PAGE = [(state, key) for state in SAYS for key in KEYS]


@pytest.fixture(scope="module")
def studies(home_folder):
    """The id of a saved study a state; none for a fresh start."""
    tables = {
        "sample": read_sources(*sample_files())[0],
        "few": as_files(shrink(planted_market(3, 300), 35)),
        "silent": as_files(null_market(11, 300)),
        "large": draw_tables(),
    }
    store = StudyStore(home_folder)
    return {
        state: store.create(frames, Settings(title=state)).id for state, frames in tables.items()
    }


def as_files(market):
    """A market's tables as they come out of files: text, with gaps where nothing is known."""
    empty = pd.StringDtype(na_value=float("nan"))
    tables = {"accounts": market.accounts, "deals": market.deals}
    return {
        name: table.astype(str).where(table.notna()).astype(empty) for name, table in tables.items()
    }


@pytest.fixture(scope="module")
def light(browser):
    """One window for all light pages: a browser that has loaded the app once opens the next page
    sooner.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def dark(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    yield context.new_page()
    context.close()


def visit(page, server, key, study):
    """Open a page by its address and wait until it stands still."""
    page.set_viewport_size({"width": 1440, "height": 900})
    address = "" if key == "home" else step(key).url_path
    page.goto(f"{server}/{address}" + (f"?study={study}" if study else ""))
    page.wait_for_function(QUIET, timeout=PATIENT)
    expect(page.get_by_test_id("stMain")).to_be_visible()


@pytest.mark.parametrize(("state", "key"), EVERY_PAGE)
def test_the_page_answers_and_everybody_can_read_it(light, server, studies, state, key):
    visit(light, server, key, studies.get(state))
    expect(light.get_by_test_id("stMain")).to_contain_text(
        re.compile(SAYS[state][key]), timeout=PATIENT
    )
    assert faults(light) == []
    assert charts_without_words(light) == []
    assert grave_findings(light) == []
    light.set_viewport_size({"width": 390, "height": 844})
    # charts take a moment to narrow
    light.wait_for_function(f"() => ({SIDEWAYS})() <= 0", timeout=10_000)


@pytest.mark.parametrize("key", KEYS)
def test_the_sample_can_be_read_in_the_dark(dark, server, studies, key):
    visit(dark, server, key, studies["sample"])
    expect(dark.get_by_test_id("stMain")).to_contain_text(
        re.compile(SAYS["sample"][key]), timeout=PATIENT
    )
    assert faults(dark) == []
    assert grave_findings(dark) == []


@pytest.mark.parametrize("key", KEYS[1:])
def test_what_stands_behind_each_tab_can_be_read_too(light, server, studies, key):
    visit(light, server, key, studies["sample"])
    found = {}
    for name in light.get_by_test_id("stMain").get_by_role("tab").all_inner_texts():
        light.get_by_test_id("stMain").get_by_role("tab", name=name, exact=True).click()
        expect(
            light.get_by_test_id("stMain").get_by_role("tab", name=name, exact=True)
        ).to_have_attribute("aria-selected", "true")
        light.mouse.move(2, 2)  # a slider that slides beneath the pointer fades its ends in
        light.wait_for_timeout(500)
        light.wait_for_function(STILL, timeout=PATIENT)
        found[name] = [*faults(light), *charts_without_words(light), *grave_findings(light)]
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_a_cross_check_is_not_called_held_out(light, server, studies):
    visit(light, server, "rubric", studies["few"])
    expect(light.locator(".whatif thead")).to_contain_text("Cross-checked", timeout=PATIENT)


def test_nothing_is_offered_where_there_is_nothing_to_choose(light, server, studies):
    visit(light, server, "rubric", studies["silent"])
    expect(light.get_by_role("button", name="Add a criterion")).to_be_visible(timeout=PATIENT)
    expect(light.get_by_role("combobox", name="Criterion")).to_have_count(0)


def faults(page):
    """What no page may show: a traceback, our own apology, a number that is none."""
    main = page.get_by_test_id("stMain")
    text = main.inner_text()
    marks = ("Traceback", "Something went wrong", "Error running", "undefined")
    shown = [mark for mark in marks if mark in text] + re.findall(r"\b(?:nan|NaN|NaT|<NA>)\b", text)
    return shown + ["stException"] * page.get_by_test_id("stException").count()


def charts_without_words(page):
    """Charts whose words for those who cannot see it are not a finding and how to read it."""
    charts = page.get_by_test_id("stVegaLiteChart").all()
    told = [chart.get_attribute("aria-label") or "" for chart in charts]
    return [words for words in told if len(words) < 40 or ". " not in words]
