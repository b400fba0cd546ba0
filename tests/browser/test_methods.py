"""How it is computed: a help text leads there in a tab of its own, and whoever holds no study may
read it.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PATIENT, grave_findings, settle, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_help_text_leads_to_the_place_that_says_how(page, sample_link):
    page.goto(sample_link.replace("?", "validation?"))
    card = page.get_by_test_id("stMetric").first
    expect(card).to_be_visible(timeout=PATIENT)
    settle(page)
    link = page.get_by_role("link", name="How it is computed")
    _hover_until(card.get_by_test_id("stTooltipHoverTarget"), link)
    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", name="Ranking: AUC")).to_be_in_viewport(
        timeout=PATIENT
    )


def _hover_until(target, shown):
    """Hovers again where a page that was drawn anew took the help text away."""

    def stands():
        target.page.mouse.move(0, 0)
        target.hover()
        target.page.wait_for_timeout(500)
        return shown.is_visible()

    wait_until(stands)


def test_a_stranger_reads_the_methods_on_a_phone(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/methods#best_customers-worst")
    expect(page.get_by_role("heading", name="Worst", exact=True)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert all(url.startswith(server) for url in asked) and not page.locator("script").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_methods(browser, server, scheme):
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server}/methods")
    assert grave_findings(page) == []
    context.close()
