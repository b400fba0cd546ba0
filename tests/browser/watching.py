"""What everybody does who drives the app in a browser: start it, wait until a page stands still,
open the sample as a newcomer does, ask axe.
"""

from __future__ import annotations

import re
import shutil
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENT = 120_000  # ms, for a machine that runs other tests at the same time
QUIET = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const waits = '[data-testid=stSkeleton], [data-testid=stProgress], [data-stale=true]';
  const still = app?.dataset.testScriptState === 'notRunning' && !document.querySelector(waits);
  return still && document.querySelector('h1');
}"""
# in an open tab a bar may be a figure, not a wait
STILL = QUIET.replace("[data-testid=stProgress], ", "")


def browser_arguments():
    """How Debian's Chromium is launched."""
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: `make browser` installs it"
    return {"executable_path": executable, "args": list(FLAGS)}


def wait_until(claim, seconds=60):
    """Ask again and again until the claim holds."""
    until = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def settle(page):
    """Wait until nothing runs any more."""
    for test_id in ("stStatusWidget", "stProgress"):
        expect(page.get_by_test_id(test_id)).to_have_count(0, timeout=PATIENT)


def open_sample(page, server):
    """The sample by one click, until its first results stand there."""
    page.goto(server)
    page.get_by_role("button", name="Try it with sample data").click(timeout=PATIENT)
    page.wait_for_url(re.compile("study="), timeout=PATIENT)
    expect(page.get_by_text("judged customers are your best")).to_be_visible(timeout=PATIENT)
    settle(page)


def grave_findings(page):
    """What axe calls serious or critical, with the first place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
