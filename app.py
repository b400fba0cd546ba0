"""Starts everything: `streamlit run app.py`.

Comes in: a request. Goes out: the app, `/healthz`, shared pages, security headers on every answer,
and a refusal of what another site sent. Separate from `ui/main.py`, which Streamlit reruns on every
click, because what stands here runs once per process.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

PROJECT = Path(__file__).resolve().parent
# the pages import `ui`, whichever folder the server was started from
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))

from ui.frame.cards import show_failure  # noqa: E402
from ui.frame.warm_up import warm_up  # noqa: E402
from ui.server.foreign_requests import RefuseForeign  # noqa: E402
from ui.server.no_calls_out import keep_inside, tell_where  # noqa: E402
from ui.server.owner_mark import OwnerMark  # noqa: E402
from ui.server.security_headers import SecurityHeaders  # noqa: E402
from ui.server.shared_routes import ROUTES as SHARED_PAGES  # noqa: E402
from ui.state.own_addresses import own_addresses  # noqa: E402


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Close the ways out, then import what the pages need and freeze it, so that garbage collection
    does not delay every click.
    """
    addresses = own_addresses()
    keep_inside(addresses)
    warm_up()
    tell_where(addresses)
    yield {}


async def healthz(_request: Request) -> JSONResponse:
    """Whether the process answers."""
    return JSONResponse({"status": "ok"})


def on_script_error(error: Exception) -> bool:
    """Show a card instead of a traceback, also for errors in callbacks and fragments."""
    show_failure(error)
    return True


app = st.App(
    PROJECT / "ui" / "main.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz), *SHARED_PAGES],
    middleware=[Middleware(SecurityHeaders), Middleware(RefuseForeign), Middleware(OwnerMark)],
    on_script_error=on_script_error,
)
