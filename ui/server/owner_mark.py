"""A cookie that tells the owner's browser from a guest's, so that trying one's own link makes
nobody a guest elsewhere.

Comes in: requests. Goes out: the mark on the app's own pages, asked for by those who came without a
guest's cookie; whether a request bears it. Separate because it lets nobody in: without a login
whoever has no guest's cookie is the owner, mark or not (docs/decisions/0006). It only decides where
a visit is remembered, in the browser or in one tab.
"""

from __future__ import annotations

import secrets
from functools import lru_cache

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.answers.steps import STEPS
from ui.state import visit

COOKIE = "icp_owner"
PAGES = {"", *(step.url_path for step in STEPS)}


class OwnerMark:
    """ASGI middleware: marks the browser that is shown the app's page while it is nobody's guest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the cookie to a page that is found; leave everything else alone."""
        if scope["type"] != "http" or not _wants_mark(Request(scope)):
            await self.app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                secure = Request(scope).url.scheme == "https"
                MutableHeaders(scope=message).append("set-cookie", _cookie(secure=secure))
            await send(message)

        await self.app(scope, receive, send_marked)


def is_owners(request: Request) -> bool:
    """Whether the request comes from a browser that was shown the app as its owner by this process."""
    return secrets.compare_digest(request.cookies.get(COOKIE, "").encode(), _mark().encode())


def _wants_mark(request: Request) -> bool:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = request.url.path.strip("/").removeprefix(base).strip("/")
    return (
        request.method == "GET"
        and path in PAGES
        and visit.COOKIE not in request.cookies
        and visit.PARAMETER not in request.query_params
        and not is_owners(request)
    )


def _cookie(*, secure: bool) -> str:
    return f"{COOKIE}={_mark()}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


@lru_cache(maxsize=1)
def _mark() -> str:
    """One for the life of the process: after a restart a reload of the app brings the new one."""
    return secrets.token_urlsafe(24)
