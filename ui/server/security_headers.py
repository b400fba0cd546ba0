"""Security headers on every answer of the server, also where something failed.

Comes in: an ASGI application. Goes out: the same, with headers that keep foreign scripts, frames
and sniffing out. Separate because the policy must be readable, and testable, in one place.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.plain_answers import answer_plainly

POLICY = "Content-Security-Policy"
FAILED = (
    "Something went wrong on our side. Reload the page; if it stays, tell who runs the server.\n"
)
LOG = logging.getLogger("icp.answers")
POLICY_SIGNS = re.compile(r"[;,\r\n]")  # begin another directive, policy or header
INLINE_SCRIPT = re.compile(r"<script>([^<]*+(?:<(?!/?script>)[^<]*+)*+)</script>")


class SecurityHeaders:
    """ASGI middleware; leaves websockets alone. `ICP_FRAME_ANCESTORS` names sites that may show
    the app in a frame.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers(os.environ.get("ICP_FRAME_ANCESTORS", "'self'"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the first message of an HTTP answer; answer 500 where the app raises
        before it. Outside of this there is only Starlette's own 500, which has no headers.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._add_headers(message)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            if begun:
                raise
            LOG.exception("Answered with 500")  # without the path: it may hold a link's token
            await answer_plainly(send_with_headers, 500, FAILED)

    def _add_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        stricter = headers.get(POLICY)  # a shared page may do less than the app
        headers.update(self.headers)
        if stricter is not None:
            headers[POLICY] = stricter


def security_headers(frame_ancestors: str = "'self'") -> dict[str, str]:
    """The headers by name. ValueError when `frame_ancestors` would smuggle in another directive."""
    return {
        POLICY: content_security_policy(frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",  # the address holds the study's id
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def content_security_policy(frame_ancestors: str = "'self'") -> str:
    """A policy under which only Streamlit's own files run; its one inline script is allowed by
    hash.
    """
    if POLICY_SIGNS.search(frame_ancestors):
        raise ValueError("ICP_FRAME_ANCESTORS may hold addresses separated by blanks, nothing else")
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *inline_script_hashes())),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            f"frame-ancestors {frame_ancestors}",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def inline_script_hashes() -> list[str]:
    """One `'sha256-…'` per inline script of the installed Streamlit's page."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes().decode("utf-8")
    return [f"'sha256-{_sha256(script)}'" for script in INLINE_SCRIPT.findall(page)]


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
