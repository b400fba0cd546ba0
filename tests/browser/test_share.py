"""A link in the real app: what owner, guest and stranger see, and that a guest reaches nothing but
the shared study.
"""

from __future__ import annotations

import csv
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PATIENT, grave_findings, open_sample, settle, wait_until
from ui.answers.steps import STEPS
from ui.state.open_study import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def open_page(page, address, title):
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_contain_text(title, timeout=PATIENT)
    settle(page)


@pytest.fixture(scope="module")
def owner(browser, server):
    """The owner's window with a study whose name is hostile."""
    context = browser.new_context()
    page = context.new_page()
    open_sample(page, server)
    name = page.get_by_test_id("stSidebar").get_by_label("Study")
    name.fill(HOSTILE)
    name.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("alert(1)", timeout=PATIENT)
    settle(page)
    yield page
    context.close()


@pytest.fixture(scope="module")
def study(owner):
    return owner.url.split("study=")[1]


def share(owner, server, study, *, what_if, name="", names=False):
    """A link made through the dialog, with the validation page in front."""
    open_page(owner, f"{server}/validation?study={study}", "Validation")
    owner.get_by_test_id("stSidebar").get_by_role("button", name="Share", exact=True).click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_role("combobox", name="In front").click()
    owner.get_by_role("option", name="Validation").click()
    if what_if or names:
        dialog.get_by_text("Change that").click()
    if what_if:
        dialog.get_by_text("Read it, and try other weights").click()
    if names:
        dialog.get_by_text("Show names of accounts").click()
    if name:
        dialog.get_by_role("textbox", name="For whom").fill(name)
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.get_by_test_id("stCode")).to_be_visible(timeout=PATIENT)
    return dialog.get_by_test_id("stCode").inner_text().strip()


def revoke(owner, name):
    """Revoke the newest link, which is called `name`."""
    dialog = owner.get_by_role("dialog")
    dialog.get_by_role("button", name="Revoke").first.click()
    expect(dialog.get_by_text(name, exact=True)).to_have_count(0, timeout=PATIENT)


@pytest.fixture(scope="module")
def link(owner, server, study):
    return share(owner, server, study, what_if=True, name="Board")


@pytest.fixture
def visitor(browser):
    """A window that shares nothing with the owner's."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def guest(visitor, link):
    visitor.goto(link)
    visitor.get_by_role("button", name="Open in the app").click()
    expect(visitor.get_by_text("You are a guest")).to_be_visible(timeout=PATIENT)
    settle(visitor)
    return visitor


def ask(address):
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_a_stranger_reads_the_page_without_scripts_and_hostile_names_are_inert(visitor, link):
    alerts, asked = [], []
    visitor.on("dialog", lambda dialog: alerts.append(dialog.message) or dialog.dismiss())
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.goto(link)
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Validation")
    expect(visitor.get_by_text("<script>alert(1)</script>").first).to_be_visible()
    assert alerts == []
    assert [
        url for url in asked if not url.startswith(("data:", link)) and "favicon" not in url
    ] == []
    assert visitor.evaluate(
        "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
    )


def test_the_shared_page_carries_its_headers_and_no_script(link):
    status, headers, body = ask(link)
    assert status == 200
    assert not re.search(r"<script|<[^>]*\son\w+=|javascript:", body)
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")


def test_the_shared_page_has_no_serious_finding_and_fits_a_phone(visitor, link):
    visitor.goto(link)
    for summary in visitor.locator("details.page > summary").all():
        summary.click()
    assert grave_findings(visitor) == []
    visitor.set_viewport_size({"width": 390, "height": 844})
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_shared_page_prints_every_part_unfolded_and_says_for_whom(visitor, link):
    visitor.goto(link)
    visitor.emulate_media(media="print", color_scheme="dark")
    expect(visitor.get_by_text("Prepared for: Board")).to_be_visible()
    expect(visitor.get_by_role("button", name="Open in the app")).to_be_hidden()
    folded = visitor.locator("details.page").evaluate_all(
        "all => all.map(one => [one.open, one.offsetHeight])"
    )
    assert len(folded) == 7
    assert all(not opened and height > 120 for opened, height in folded)
    assert (
        visitor.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )


def test_guessed_revoked_and_malformed_links_get_one_and_the_same_answer(
    owner, visitor, server, study
):
    doomed = share(owner, server, study, what_if=False, name="Doomed")
    assert ask(doomed)[0] == 200
    # to read, not to open in the app
    assert visitor.request.post(doomed, max_redirects=0).status == 404
    assert visitor.context.cookies() == []
    revoke(owner, "Doomed")
    answers = [
        ask(address) for address in (doomed, f"{server}/s/{'A' * 32}", f"{server}/s/%27%20OR%201")
    ]
    assert [status for status, _headers, _body in answers] == [404] * 3
    assert len({body for _status, _headers, body in answers}) == 1
    assert len({tuple(sorted(k for k in headers)) for _status, headers, _body in answers}) == 1


def test_the_page_and_the_study_come_as_files(owner, server, study):
    open_page(owner, f"{server}/segments?study={study}", "Segments")
    owner.get_by_test_id("stSidebar").get_by_role("button", name="Share", exact=True).click()
    dialog = owner.get_by_role("dialog")
    starts = {"Download page (HTML)": b"<!doctype html>", "The study": b"PK"}
    for name, start in starts.items():
        with owner.expect_download(timeout=PATIENT) as download:
            dialog.get_by_role("button", name=name).click()
        assert Path(download.value.path()).read_bytes().startswith(start)
    owner.keyboard.press("Escape")


def test_a_guest_reaches_the_shared_study_and_nothing_else(guest, server, study):
    assert guest.context.cookies()[0]["httpOnly"]
    heard = []
    guest.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame))
    )
    for step in STEPS:
        guest.goto(f"{server}/{step.url_path}?study={study}")
        expect(guest.get_by_text("You are a guest")).to_be_visible(timeout=PATIENT)
        settle(guest)
        expect(guest.get_by_text("Recent studies")).to_have_count(0)
        expect(guest.get_by_test_id("stFileUploader")).to_have_count(0)
        expect(guest.get_by_role("button", name="Share", exact=True)).to_have_count(0)
        expect(guest.get_by_text("Something went wrong")).to_have_count(0)
    told = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in heard)
    assert b"judged customers are your best" in told
    assert [name for name in names_of_the_sample() if name.encode() in told] == []


def names_of_the_sample():
    """Every company, domain and e-mail address in the sample's files."""
    with (PROJECT / "sample_data" / "accounts.csv").open(encoding="utf-8-sig") as file:
        accounts = list(csv.DictReader(file))
    with (PROJECT / "sample_data" / "contacts.csv").open(encoding="utf-8-sig") as file:
        contacts = list(csv.DictReader(file))
    values = [
        row[name]
        for row in accounts
        for name in ("Company name", "Company Domain Name", "Company owner")
    ]
    return {value for value in (*values, *(row["Email"] for row in contacts)) if value}


def test_a_guests_weight_moves_the_guests_figures_and_never_the_study(guest, owner, server, study):
    open_page(owner, f"{server}/rubric?study={study}", "Rubric")
    weight = owner.locator("input[type=range]").first.input_value()
    open_page(guest, f"{server}/rubric", "Rubric")
    slider = guest.locator("input[type=range]").first
    assert slider.input_value() == weight
    slider.focus()
    guest.keyboard.press("PageUp")
    wait_until(lambda: guest.locator("input[type=range]").first.input_value() != weight)
    settle(guest)
    guest.get_by_text("Last change").first.wait_for(timeout=PATIENT)
    owner.reload()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Rubric", timeout=PATIENT)
    settle(owner)
    assert owner.locator("input[type=range]").first.input_value() == weight
    guest.get_by_test_id("stSidebar").get_by_role("button", name="Undo").click()
    wait_until(lambda: guest.locator("input[type=range]").first.input_value() == weight)


def test_a_revoked_link_closes_the_guests_window_too(browser, owner, server, study):
    address = share(owner, server, study, what_if=True, name="Short")
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Open in the app").click()
    expect(page.get_by_text("You are a guest")).to_be_visible(timeout=PATIENT)
    settle(page)
    revoke(owner, "Short")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Segments").click()
    expect(page.get_by_text("This link is not open")).to_be_visible(timeout=PATIENT)
    page.goto(f"{server}/?study={study}")  # a closed visit does not become the owner's
    expect(page.get_by_text("This link is not open")).to_be_visible(timeout=PATIENT)
    page.get_by_role("link", name="Leave the visit").click()
    expect(page.get_by_role("button", name="Try it with sample data")).to_be_visible(
        timeout=PATIENT
    )
    context.close()


def test_an_owner_who_opens_their_own_link_stays_the_owner_elsewhere(owner, server, study):
    address = share(owner, server, study, what_if=True, name="Own")
    page = owner.context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Open in the app").click()
    expect(page.get_by_text("You see this as your guest does")).to_be_visible(timeout=PATIENT)
    settle(page)
    assert grave_findings(page) == []
    owner.reload()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Validation", timeout=PATIENT)
    settle(owner)
    expect(owner.get_by_role("button", name="Share", exact=True)).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Back to your study").click(timeout=PATIENT)
    page.wait_for_url(re.compile(f"study={study}"), timeout=PATIENT)
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_visible(timeout=PATIENT)
    page.close()


def test_a_reload_keeps_a_guests_weights_and_the_guests_own_tabs_have_no_serious_finding(
    guest, server
):
    open_page(guest, f"{server}/rubric", "Rubric")
    slider = guest.locator("input[type=range]").first
    suggested = slider.input_value()
    slider.focus()
    guest.keyboard.press("PageUp")
    guest.get_by_text("Last change").first.wait_for(timeout=PATIENT)
    moved = guest.locator("input[type=range]").first.input_value()
    open_page(guest, f"{server}/rubric", "Rubric")
    assert guest.locator("input[type=range]").first.input_value() == moved != suggested
    guest.get_by_role("tab", name="Scenarios").click()
    expect(guest.get_by_label("Keep the rubric as it stands")).to_be_visible(timeout=PATIENT)
    settle(guest)
    assert grave_findings(guest) == []
    open_page(guest, f"{server}/activate", "Activate")
    guest.get_by_role("tab", name="Score a list").click()
    expect(guest.get_by_test_id("stFileUploader")).to_be_visible(timeout=PATIENT)
    settle(guest)
    assert grave_findings(guest) == []


def test_another_window_is_told_of_a_change(browser, owner, server, study):
    open_page(owner, f"{server}/segments?study={study}", "Segments")
    other = browser.new_page()
    open_page(other, f"{server}/?study={study}", "alert(1)")
    name = other.get_by_test_id("stSidebar").get_by_label("Study")
    name.fill("Renamed elsewhere")
    name.press("Enter")
    expect(other.get_by_role("heading", level=1)).to_contain_text(
        "Renamed elsewhere", timeout=PATIENT
    )
    owner.get_by_role("button", name="Show the newest").click(timeout=PATIENT)
    settle(owner)
    field = owner.get_by_test_id("stSidebar").get_by_role("textbox", name="Study")
    wait_until(lambda: [one.input_value() for one in field.all()] == ["Renamed elsewhere"])
    other.close()


def test_an_unknown_study_is_said_calmly(visitor, server):
    for page in ("", "rubric"):
        visitor.goto(f"{server}/{page}?study=nobody")
        expect(visitor.get_by_text("The study in this address is not here").first).to_be_visible(
            timeout=PATIENT
        )
