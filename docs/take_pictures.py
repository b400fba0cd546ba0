"""The pictures of README and docs/tour.md, taken from the running app: `make pictures`.

Comes in: the sample study; with a folder as argument every page in light, dark and at phone width goes there too.
Goes out: docs/img/*.png. Separate from the tests because it shows, it does not judge.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from icp_engine.intake.reading.read import read_sources
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from tests.browser.watching import PATIENT, QUIET, browser_arguments
from tests.real_server import running_alone
from ui.answers.steps import STEPS, step
from ui.home.loading import sample_files

IMAGES = Path(__file__).parent / "img"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOWN = ("best_customers", "segments", "anti_icp", "rubric", "validation", "activate")


def main() -> None:
    """Take the pictures for the docs, and those of every page where a folder is named."""
    everything = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as home:
        study = (
            StudyStore(Path(home))
            .create(read_sources(*sample_files())[0], Settings(title="Sample"))
            .id
        )
        with running_alone(Path(home)) as (address, _process), sync_playwright() as player:
            browser = player.chromium.launch(**browser_arguments())
            take_shown(browser, address, study)
            if everything is not None:
                everything.mkdir(parents=True, exist_ok=True)
                take_every_page(browser, address, study, everything)
            browser.close()


def take_shown(browser: Browser, address: str, study: str) -> None:
    """The first view of the pages that the tour shows, and a shared page as its reader sees it."""
    page = browser.new_page(viewport=WIDE, color_scheme="light")
    for key in SHOWN:
        open_page(page, address, key, study)
        page.screenshot(path=IMAGES / f"{key.replace('_', '-')}.png")
    link = share(page)
    reader = browser.new_page(viewport={"width": 1100, "height": 900}, color_scheme="light")
    reader.goto(link)
    reader.screenshot(path=IMAGES / "shared-page.png")


def take_every_page(browser: Browser, address: str, study: str, folder: Path) -> None:
    """Every page, whole: light, dark, and at phone width."""
    for name, size, scheme in (
        ("light", WIDE, "light"),
        ("dark", WIDE, "dark"),
        ("phone", NARROW, "light"),
    ):
        page = browser.new_page(viewport=size, color_scheme=scheme)
        for known in STEPS:
            open_page(page, address, known.key, study)
            height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({**size, "height": min(int(height) + 80, 6_000)})
            page.wait_for_timeout(800)
            page.screenshot(path=folder / f"{known.key}-{name}.png")
            page.set_viewport_size(size)
        page.close()


def open_page(page: Page, address: str, key: str, study: str) -> None:
    """Open a page by its address and wait until it stands still, charts drawn."""
    page.goto(f"{address}/{'' if key == 'home' else step(key).url_path}?study={study}")
    page.wait_for_function(QUIET, timeout=PATIENT)
    page.wait_for_timeout(2_500)


def share(page: Page) -> str:
    """The address of a snapshot, made through the dialog on the page that is open."""
    page.get_by_test_id("stSidebar").get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Create link").click()
    code = page.get_by_role("dialog").get_by_test_id("stCode")
    code.wait_for(timeout=PATIENT)
    return code.inner_text().strip()


if __name__ == "__main__":
    main()
