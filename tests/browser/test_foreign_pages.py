"""What another site's page can do to the app in a real browser: nothing. Its own pages work under a
name that the operator gave, without TLS too, where browsers say less about who asks.
"""

from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pandas as pd
import pytest

from icp_engine.settings import Settings
from icp_engine.share.model import SharedPage, Snapshot
from icp_engine.share.render import render_snapshot
from icp_engine.store.studies import StudyStore
from tests.real_server import running_app
from ui.state import visit as guest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EVERY_TEST_NAME_IS_HERE = "--host-resolver-rules=MAP *.test 127.0.0.1"
OPENS = """address => new Promise(done => {
  const socket = new WebSocket(address, ['streamlit']);
  socket.onopen = () => done('open');
  socket.onerror = () => done('refused');
})"""
POSTS = """address => {
  const form = document.createElement('form');
  Object.assign(form, {method: 'post', action: address});
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def port(tmp_path_factory, home):
    """The app, reached as named.test, where a browser does not call a plain address trustworthy."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with running_app(home, log, "--server.allowedHosts", "named.test") as address:
        yield urlsplit(address).port


@pytest.fixture
def share(home):
    """Makes a link whose page is changed by `edit` before it is stored."""

    def make(edit=str):
        store = StudyStore(home)
        study = store.create({"accounts": pd.DataFrame({"account_id": ["a"]})}, Settings(title="s"))
        page = SharedPage("rubric", "Rubric", "", "", level="", lines=("A line",))
        snapshot = Snapshot("s", "s", datetime(2026, 9, 30), False, (page,))
        stored = edit(render_snapshot(snapshot, may_open=True))
        return store.links.create(study, stored, page="rubric", scope="what_if", name="")[1]

    return make


@pytest.fixture(scope="module")
def chromium(browser_type, browser_type_launch_args):
    args = [*browser_type_launch_args["args"], EVERY_TEST_NAME_IS_HERE]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield browser
    browser.close()


@pytest.fixture
def window(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """Another site: an empty page."""
    folder = tmp_path_factory.mktemp("evil")
    (folder / "index.html").write_text("<!doctype html><title>Evil</title><body>")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://evil.test:{server.server_address[1]}/"
        server.shutdown()


def guests_cookie(window):
    return guest.COOKIE in {cookie["name"] for cookie in window.context.cookies()}


def open_in_the_app(window, address):
    window.goto(address)
    window.get_by_role("button", name="Open in the app").click()
    window.wait_for_url("**/rubric*")


@pytest.mark.parametrize("name", ["named.test", "localhost"])
def test_the_button_of_a_shared_page_opens_the_app(window, port, share, name):
    open_in_the_app(window, f"http://{name}:{port}/s/{share()}")
    assert guests_cookie(window)


def test_a_page_stored_without_its_origin_opens_the_app_on_this_machine(window, port, share):
    token = share(lambda page: page.replace('content="same-origin"', 'content="no-referrer"'))
    open_in_the_app(window, f"http://127.0.0.1:{port}/s/{token}")
    assert guests_cookie(window)


@pytest.mark.parametrize("name", ["named.test", "localhost"])
def test_another_site_makes_nobody_a_guest(window, port, share, evil, name):
    window.goto(evil)
    with window.expect_response("**/s/*") as answer:
        window.evaluate(POSTS, f"http://{name}:{port}/s/{share()}")
    assert answer.value.status == 403
    assert not guests_cookie(window)


def test_only_its_own_pages_open_its_websocket(window, port, share, evil):
    socket = f"ws://named.test:{port}/_stcore/stream"
    window.goto(f"http://named.test:{port}/healthz")
    assert window.evaluate(OPENS, socket) == "open"
    window.goto(evil)
    assert window.evaluate(OPENS, socket) == "refused"


def test_a_name_that_was_pointed_here_shows_nothing(window, port):
    answer = window.goto(f"http://rebound.test:{port}/")
    assert answer.status == 421
    assert "does not answer under the name “rebound.test”" in window.inner_text("body")
    assert window.evaluate(OPENS, f"ws://rebound.test:{port}/_stcore/stream") == "refused"
