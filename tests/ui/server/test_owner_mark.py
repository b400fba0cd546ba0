"""The owner's browser is known by a mark that guests and readers of a link never get."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request

from ui.server.owner_mark import COOKIE, OwnerMark, is_owners
from ui.state import visit


def cookies_set(path, *, cookie="", query="", method="GET", status=200):
    async def answer(_scope, _receive, send):
        await send({"type": "http.response.start", "status": status, "headers": []})

    sent = []

    async def send(message):
        sent.append(message)

    answering = OwnerMark(answer)(scope_of(path, cookie, query, method), None, send)
    with ThreadPoolExecutor(1) as pool:  # the browser tests' loop may run in this one
        pool.submit(asyncio.run, answering).result()
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def scope_of(path, cookie="", query="", method="GET"):
    return {
        "type": "http",
        "method": method,
        "path": path,
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "query_string": query.encode(),
        "headers": [(b"cookie", cookie.encode())],
    }


def test_who_opens_the_app_as_nobodys_guest_is_marked_once():
    (mark,) = cookies_set("/rubric")
    assert mark.startswith(f"{COOKIE}=") and "HttpOnly" in mark and "SameSite=Lax" in mark
    mine = mark.split(";")[0]
    assert is_owners(Request(scope_of("/", mine))) and cookies_set("/", cookie=mine) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/rubric", "cookie": f"{visit.COOKIE}=token"},
        {"path": "/rubric", "query": "visit=ab12"},
        {"path": "/s/token"},
        {"path": "/s/rubric"},
        {"path": "/methods"},
        {"path": "/healthz"},
        {"path": "/", "method": "POST"},
        {"path": "/", "status": 404},
    ],
)
def test_guests_readers_and_strangers_are_not_marked(asked):
    assert cookies_set(**asked) == []


@pytest.mark.parametrize("made_up", ["", f"{COOKIE}=", f"{COOKIE}=owner", f"{COOKIE}=\xe9"])
def test_a_made_up_mark_is_none(made_up):
    assert not is_owners(Request(scope_of("/", made_up)))
