"""The real server and Debian's Chromium, one of each for all browser tests."""

from __future__ import annotations

import pytest

from tests.browser.watching import browser_arguments, open_sample
from tests.real_server import running_app


def pytest_collection_modifyitems(items):
    """On a busy machine a page may be drawn anew under a click: tried once more, and told."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return browser_arguments()


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": {"width": 1440, "height": 900}, "accept_downloads": True}


@pytest.fixture(scope="session")
def home_folder(tmp_path_factory):
    """Where the server saves its studies; a test may put some there."""
    return tmp_path_factory.mktemp("icp")


@pytest.fixture(scope="session")
def server(tmp_path_factory, home_folder):
    """The app on a free port with a store of its own; gives its address."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with running_app(home_folder, log) as address:
        yield address


@pytest.fixture(scope="session")
def sample_link(browser, server):
    """The sample opened by one click: the address of the finished study."""
    page = browser.new_page()
    open_sample(page, server)
    link = page.url
    page.close()
    return link
