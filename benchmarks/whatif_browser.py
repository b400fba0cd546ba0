"""What-if and page switches in headless Chromium against the real app: 5,000 accounts and 20,000
deals.

Comes in: nothing. Goes out: frame time while dragging, time from release to the engine's figures on
screen, and from a click in the sidebar to the page that stands still, with the load of the machine
beside them. Separate because it times, it does not test.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from sample_data.markets import planted_market
from tests.browser.watching import QUIET, browser_arguments
from tests.real_server import running_alone
from ui.answers.steps import STEPS, Step

PROJECT = Path(__file__).resolve().parents[1]
MOVES, WAIT = 45, 900  # releases timed; ms between them, as a person who looks at what happened
ARRIVED = (
    f"(title) => document.title.startsWith(title) && ({QUIET})()?.textContent?.includes(title)"
)
MEASURES = "performance.getEntriesByType('measure').map((one) => [one.name, one.duration])"


def measure(moves: int = MOVES) -> list[dict[str, object]]:
    """One row: accounts, deals, frame p50 p95 worst, release p50 p95 worst (ms), agreement, load."""
    tables = draw_tables()
    with tempfile.TemporaryDirectory() as home:
        study = StudyStore(Path(home)).create(tables, Settings(title="Benchmark")).id
        with running_alone(Path(home)) as (address, _process), sync_playwright() as player:
            browser = player.chromium.launch(**browser_arguments())
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}/rubric?study={study}")
            page.wait_for_selector(".whatif[data-agrees=true]", timeout=180_000)
            page.wait_for_timeout(4_000)
            agreed = _move(page, moves)
            found = page.evaluate(MEASURES)
            browser.close()
    return [
        {
            "accounts": len(tables["accounts"]),
            "deals": len(tables["deals"]),
            "moves": moves,
            **_summary("frame", found, "whatif-frame"),
            **_summary("release", found, "whatif-released"),
            "agreed": agreed,
            "load": round(os.getloadavg()[0], 1),
        }
    ]


def measure_switches(rounds: int = 8) -> list[dict[str, object]]:
    """One row: seconds from a click in the sidebar until the page has its title and nothing runs;
    all pages seen once before.
    """
    with tempfile.TemporaryDirectory() as home:
        study = StudyStore(Path(home)).create(draw_tables(), Settings(title="Benchmark")).id
        with running_alone(Path(home)) as (address, _process), sync_playwright() as player:
            browser = player.chromium.launch(**browser_arguments())
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}/?study={study}")
            page.wait_for_function(QUIET, timeout=180_000)
            for known in STEPS[1:]:
                _switch(page, known)
            taken = [_switch(page, known) for _ in range(rounds) for known in STEPS[1:]]
            browser.close()
    return [
        {
            "switches": len(taken),
            "p50 s": float(np.percentile(taken, 50)),
            "p95 s": float(np.percentile(taken, 95)),
            "worst s": max(taken),
            "load": round(os.getloadavg()[0], 1),
        }
    ]


def _switch(page: Page, known: Step) -> float:
    """Seconds from the click on a page's link until its heading stands there and nothing runs."""
    began = time.perf_counter()
    page.get_by_test_id("stSidebar").get_by_role("link", name=known.title, exact=True).click()
    page.wait_for_function(ARRIVED, arg=known.title, timeout=180_000)
    taken = time.perf_counter() - began
    page.wait_for_timeout(WAIT)
    return taken


def draw_tables(customers: int = 2_200, deals: int = 20_000) -> dict[str, pd.DataFrame]:
    """A planted market of about 5,000 accounts, its deals drawn again to 20,000, as text."""
    market = planted_market(1, accounts=customers)
    drawn = market.deals.sample(max(0, deals - len(market.deals)), replace=True, random_state=1)
    drawn = drawn.assign(deal_id=[f"again-{i}" for i in range(len(drawn))])
    tables = {
        "accounts": market.accounts,
        "deals": pd.concat([market.deals, drawn], ignore_index=True),
    }
    empty = pd.StringDtype(na_value=float("nan"))
    return {
        name: frame.astype(str).where(frame.notna()).astype(empty) for name, frame in tables.items()
    }


def _move(page: Page, moves: int) -> bool:
    """Drag one slider after the other, eight steps each; whether browser and engine agreed after
    every release.
    """
    sliders = page.locator(".weight input[type=range]")
    draw, agreed = np.random.default_rng(3), True
    for number in range(moves):
        slider = sliders.nth(number % sliders.count())
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box is not None
        start, end = int(slider.input_value()), int(draw.integers(3, 60))
        middle, width = box["y"] + box["height"] / 2, box["width"] - 16
        page.mouse.move(box["x"] + 8 + width * start / 100, middle)
        page.mouse.down()
        page.mouse.move(box["x"] + 8 + width * end / 100, middle, steps=8)
        page.mouse.up()
        page.wait_for_timeout(WAIT)
        agreed &= page.locator(".whatif").get_attribute("data-agrees") == "true"
    return agreed


def _summary(name: str, found: list[tuple[str, float]], measure_name: str) -> dict[str, object]:
    taken = [duration for one, duration in found if one == measure_name]
    low, high = np.percentile(taken, [50, 95]) if taken else (np.nan, np.nan)
    return {
        f"{name}s": len(taken),
        f"{name} p50 ms": float(low),
        f"{name} p95 ms": float(high),
        f"{name} worst ms": max(taken, default=np.nan),
    }


if __name__ == "__main__":
    from benchmarks.prove import as_table

    print(as_table(measure()))
    print(as_table(measure_switches()))
