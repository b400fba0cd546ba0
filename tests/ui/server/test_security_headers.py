"""Every answer carries a policy under which only Streamlit's own script runs."""

import asyncio
import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from ui.server.security_headers import SecurityHeaders, content_security_policy, security_headers


def run(answering):
    """Await in a thread of its own: the browser tests' loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, answering).result()


def test_the_policy_allows_the_installed_inline_script_by_hash():
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
    script = page.split("<script>", 1)[1].split("</script>", 1)[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in content_security_policy()


def test_scripts_may_not_be_inline_nor_evaluated():
    scripts = next(
        part for part in content_security_policy().split("; ") if part.startswith("script-src")
    )
    assert "unsafe" not in scripts
    assert "http" not in scripts


def test_a_host_may_allow_a_frame_and_nothing_else():
    assert "frame-ancestors https://wiki.example" in content_security_policy("https://wiki.example")
    with pytest.raises(ValueError, match="ICP_FRAME_ANCESTORS"):
        content_security_policy("*; script-src *")


def test_an_answer_gets_the_headers_and_keeps_its_own():
    async def answer(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})

    sent = []

    async def send(message):
        sent.append(message)

    run(SecurityHeaders(answer)({"type": "http"}, None, send))
    names = {name.decode() for name, _value in sent[0]["headers"]}
    assert names == {"x-own", *(name.lower() for name in security_headers())}


def test_websockets_pass_untouched():
    seen = []

    async def socket(scope, _receive, _send):
        seen.append(scope["type"])

    run(SecurityHeaders(socket)({"type": "websocket"}, None, None))
    assert seen == ["websocket"]


def sent_by(app, scope):
    sent = []

    async def send(message):
        sent.append(message)

    run(app(scope, None, send))
    return sent


def test_a_failure_answers_500_with_the_headers_and_says_nothing_of_it(caplog):
    def fail(_request):
        raise RuntimeError("secret")

    app = Starlette(routes=[Route("/s/{token}", fail)], middleware=[Middleware(SecurityHeaders)])
    scope = {"type": "http", "method": "GET", "path": "/s/abc", "query_string": b"", "headers": []}
    start, body = sent_by(app, scope)
    names = dict(start["headers"])
    assert start["status"] == 500
    assert {name.lower().encode() for name in security_headers()} <= set(names)
    assert names[b"content-type"].startswith(b"text/plain") and b"secret" not in body["body"]
    assert "RuntimeError: secret" in caplog.text and "abc" not in caplog.records[0].getMessage()


def test_a_failure_amid_an_answer_is_not_answered_twice():
    async def fail(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError

    sent = []

    async def send(message):
        sent.append(message["type"])

    with pytest.raises(RuntimeError):
        run(SecurityHeaders(fail)({"type": "http"}, None, send))
    assert sent == ["http.response.start"]
