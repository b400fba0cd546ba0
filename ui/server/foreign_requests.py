"""Refuses requests and websockets that another site sent, or that came for another host.

Comes in: an ASGI application. Goes out: the same, which only its own pages may ask, and only under
its own names. Separate because it stands before everything, Streamlit's own routes too: a page that
lets its name point here (DNS rebinding) is no page of ours, and Streamlit would ask the internet
for its own address before it refused a foreign one (docs/decisions/0009).
"""

from __future__ import annotations

import logging
from functools import cached_property

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.plain_answers import answer_plainly
from ui.state.own_addresses import Host, OwnAddresses, own_addresses, read_host, read_origin

LOG = logging.getLogger("icp.foreign")
MOST_TOLD = 20  # lines in the log: whoever sends a thousand names fills no disk
WRONG_HOST, WRONG_ORIGIN = 421, 403
POLICY_VIOLATION = 1008  # to a websocket
NO_HOST = "This request does not say for which host it is, or says it twice.\n"
OTHER_HOST = """This server does not answer under the name “{name}”.
On the machine it runs on open it as localhost. To be reached under this name it is started with
    streamlit run app.py --server.allowedHosts {name}
"""
OTHER_ORIGIN = """This request comes from another site{named}. Only this server's own pages may ask it.
Behind a proxy that changes the Host header, start it with ICP_PUBLIC_URL, the address people open.
"""


class RefuseForeign:
    """ASGI middleware; looks at Host and Origin alone, asks nobody, trusts no X-Forwarded-Host."""

    def __init__(self, app: ASGIApp, addresses: OwnAddresses | None = None) -> None:
        self.app = app
        self._given = addresses
        self._told: set[str] = set()

    @cached_property
    def addresses(self) -> OwnAddresses:
        """Read at the first request: uvicorn takes an error made before the app's start for an app
        without one, and goes on. The start itself (app.py) stops at a wrong setting.
        """
        return self._given or own_addresses()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let what is its own pass; answer the rest here."""
        refused = None
        if scope["type"] in {"http", "websocket"}:
            refused = refusal(scope, self.addresses)
        if refused is None:
            await self.app(scope, receive, send)
            return
        self._tell_once(refused[1])
        if scope["type"] == "websocket":  # not accepted, so answered with 403; no page sees more
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await answer_plainly(send, *refused)

    def _tell_once(self, text: str) -> None:
        if text not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(text)
            LOG.warning("Refused: %s", text.rstrip())


def refusal(scope: Scope, addresses: OwnAddresses) -> tuple[int, str] | None:
    """Status and text where a request is foreign, else None."""
    hosts = _values(scope, b"host")
    host = read_host(hosts[0]) if len(hosts) == 1 else None
    if host is None or not scope["path"].startswith("/"):  # a target may name a host of its own
        return WRONG_HOST, NO_HOST
    if not addresses.answers_to(host):
        return WRONG_HOST, OTHER_HOST.format(name=host.name)
    return _foreign_origin(scope, host, addresses)


def _foreign_origin(scope: Scope, host: Host, addresses: OwnAddresses) -> tuple[int, str] | None:
    """Browsers name the origin with every websocket and every unsafe method; who names none is no
    page.
    """
    origins = _values(scope, b"origin")
    origin = read_origin(origins[0]) if len(origins) == 1 else None
    secure = scope.get("scheme") in {"https", "wss"}
    if not origins or (origin and addresses.is_own(origin, host, secure=secure)):
        return None
    if origins == ["null"] and _own_page_without_referrer(scope):
        return None
    return WRONG_ORIGIN, OTHER_ORIGIN.format(named=f", {origin}" if origin else "")


def _own_page_without_referrer(scope: Scope) -> bool:
    """Shared pages stored with the policy `no-referrer` name their origin `null`. Sec-Fetch-Site no
    page can write.
    """
    return scope["type"] == "http" and _values(scope, b"sec-fetch-site") == ["same-origin"]


def _values(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == wanted]
