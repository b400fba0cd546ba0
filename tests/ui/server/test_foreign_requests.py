"""Only this server's own pages may ask it, under its own names: requests and websockets alike."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.server.foreign_requests import MOST_TOLD, RefuseForeign
from ui.server.security_headers import SecurityHeaders, security_headers
from ui.state.own_addresses import THIS_MACHINE, OwnAddresses

HERE = ("host", "localhost:8501")
OWN = ("origin", "http://localhost:8501")
EVIL = ("origin", "http://evil.example")
NULL = ("origin", "null")
HOME = OwnAddresses(frozenset(THIS_MACHINE))


async def answer(scope, _receive, send):
    """An app that serves whatever reaches it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"served"})


def ask(*headers, kind="http", method="GET", path="/", scheme="http", app=None):
    """What the server sends to a request with these headers."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "scheme": scheme,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }
    app = app or SecurityHeaders(RefuseForeign(answer, HOME))
    with ThreadPoolExecutor(1) as pool:  # the browser tests' loop may run in this one
        pool.submit(asyncio.run, app(scope, None, send)).result()
    return sent


def status(*headers, **more):
    return ask(*headers, **more)[0]["status"]


def is_opened(*headers, **more):
    (message,) = ask(*headers, kind="websocket", **more)
    return {"websocket.accept": True, "websocket.close": False}[message["type"]]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST.:9"])
def test_this_machines_names_are_served(host):
    assert status(("host", host)) == 200
    assert is_opened(("host", host))


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("host", "")],
        [("host", "evil.example:8501")],
        [("host", "evil.example:8501"), ("origin", "http://evil.example:8501")],
        [("host", "evil.example"), ("x-forwarded-host", "localhost")],
        [("host", "127.0.0.1.evil.example")],
        [("host", "localhost@evil.example")],
        [("host", "192.168.1.4:8501")],
        [HERE, HERE],
        [HERE, ("host", "evil.example")],
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
def test_other_hosts_none_and_several_are_refused(headers, method):
    assert status(*headers, method=method) == 421
    assert not is_opened(*headers)


@pytest.mark.parametrize("path", ["http://evil.example/", "http://localhost:8501/", "*", "x", ""])
def test_a_target_that_names_a_host_of_its_own_is_refused(path):
    assert status(HERE, path=path) == 421


@pytest.mark.parametrize("path", ["/", "/healthz", "/s/token", "/guest/leave", "/_stcore/stream"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_foreign_origin_is_refused_on_every_route(path, method):
    assert status(HERE, EVIL, path=path, method=method) == 403
    assert status(HERE, NULL, path=path, method=method) == 403
    assert status(HERE, OWN, path=path, method=method) == 200


@pytest.mark.parametrize(
    "origins",
    [
        [EVIL],
        [NULL],
        [("origin", "")],
        [("origin", "http://localhost:3000")],
        [("origin", "http://localhost")],
        [("origin", "http://127.0.0.1:8501")],
        [("origin", "http://localhost:8501.evil.example")],
        [("origin", "http://localhost:8501@evil.example")],
        [OWN, EVIL],
        [OWN, OWN],
    ],
)
def test_a_websocket_of_another_origin_is_closed_before_it_is_accepted(origins):
    assert not is_opened(HERE, *origins)
    assert not is_opened(HERE, *origins, ("sec-fetch-site", "same-origin"))
    assert is_opened(HERE, OWN)


def test_a_client_that_is_no_browser_names_no_origin_and_is_served():
    assert is_opened(HERE)
    assert status(HERE, method="POST") == 200


@pytest.mark.parametrize(
    ("site", "expected"),
    [("same-origin", 200), ("same-site", 403), ("cross-site", 403), ("none", 403), (None, 403)],
)
def test_a_page_without_an_origin_needs_the_browsers_word_that_it_is_ours(site, expected):
    told = [("sec-fetch-site", site)] if site else []
    assert status(HERE, NULL, *told, method="POST") == expected


def test_the_browsers_word_helps_no_other_origin():
    told = ("sec-fetch-site", "same-origin")
    assert status(HERE, EVIL, told, method="POST") == 403
    assert status(HERE, NULL, told, told, method="POST") == 403


def test_a_page_that_came_without_tls_is_foreign_to_one_that_did():
    headers = ("host", "localhost"), ("origin", "http://localhost")
    assert (is_opened(*headers, scheme="ws"), is_opened(*headers, scheme="wss")) == (True, False)


@pytest.mark.parametrize(
    "headers", [[("host", "<b>evil</b>")], [("host", "evil.test")], [HERE, EVIL]]
)
def test_a_refusal_is_plain_text_with_the_security_headers(headers):
    start, body = ask(*headers)
    names = {name.decode(): value.decode() for name, value in start["headers"]}
    assert names["content-type"].startswith("text/plain")
    assert {name.lower() for name in security_headers()} <= set(names)
    assert int(names["content-length"]) == len(body["body"]) > 0
    assert b"<" not in body["body"]


def test_a_refusal_says_how_a_host_is_named():
    _start, body = ask(("host", "Icp.Team.test:8501"))
    assert b"--server.allowedHosts icp.team.test" in body["body"]


def test_what_is_refused_is_told_once_and_not_without_end(caplog):
    app = RefuseForeign(answer, HOME)
    for number in range(3 * MOST_TOLD):
        ask(("host", f"name{number // 2}.example"), app=app)
    assert len(caplog.records) == MOST_TOLD
    assert "name0.example" in caplog.text


def test_what_is_neither_request_nor_websocket_passes():
    seen = []

    async def note(scope, _receive, _send):
        seen.append(scope["type"])

    ask(kind="lifespan", app=RefuseForeign(note, HOME))
    assert seen == ["lifespan"]
