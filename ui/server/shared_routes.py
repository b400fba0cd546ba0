"""What the server answers beside the app: `/methods`, and under `/s/<token>` the shared page and
the way in as a guest.

Comes in: a request with a token. Goes out: the page as it was stored, a guest's cookie, or one and
the same 404 for unknown, expired and revoked. Separate from the app's pages: no Streamlit session
is opened and no script runs.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from icp_engine.share.render import POLICY
from icp_engine.store.links import ShareLinks
from icp_engine.store.model import ShareLink
from icp_engine.store.studies import StudyStore
from ui.answers.steps import step
from ui.server.methods_page import show_methods
from ui.server.owner_mark import is_owners
from ui.state import open_study, visit
from ui.state.visit_changes import key_of, memory

# seconds a browser keeps the guest's cookie; the link can be opened again
LONGEST_VISIT = 12 * 3600
# a foreign page must not make somebody a guest, nor end a visit
OWN_SITE = {None, "same-origin", "none"}
CLOSED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<title>This link is not open</title>
<style>:root { color-scheme: light dark } body { font: 15px/1.55 system-ui, sans-serif; margin: 15vh auto;
max-width: 34rem; padding: 0 1.2rem }</style></head>
<body><main><h1>This link is not open</h1><p>It was mistyped, has expired or was closed. Ask the person who sent it
for a new one.</p></main></body></html>
"""


def show_shared(request: Request) -> Response:
    """GET: the page as it was shared."""
    page = _links().open_page(request.path_params["token"])
    return _closed() if page is None else HTMLResponse(page, headers=_headers())


def open_as_guest(request: Request) -> Response:
    """POST: exchange the token for a cookie no script can read, and go to the app."""
    token = request.path_params["token"]
    found = _links().find(token)
    if found is None or found[0].scope != "what_if" or not _from_here(request):
        return _closed()
    own = is_owners(request)  # who tries their own link stays the owner in every other window
    name, asked = (
        (f"{visit.TAB_COOKIE}{found[0].id}", f"?{visit.PARAMETER}={found[0].id}")
        if own
        else (visit.COOKIE, "")
    )
    answer = _go(f"../{_first_page(found[0])}{asked}")
    _set_cookie(request, answer, name, token, _seconds_left(found[0]))
    if not request.cookies.get(visit.BROWSER):
        _set_cookie(request, answer, visit.BROWSER, secrets.token_urlsafe(16), None)
    return answer


def end_visit(request: Request) -> Response:
    """GET: forget the visit and its changes, and go to the start page; an owner goes back to the
    study.
    """
    tab = request.query_params.get(visit.PARAMETER, "")
    name = f"{visit.TAB_COOKIE}{tab}" if visit.VISIT_ID.fullmatch(tab) else visit.COOKIE
    token = request.cookies.get(name, "")
    found = _links().find(token) if name != visit.COOKIE and is_owners(request) else None
    answer = _go(
        f"../{_first_page(found[0])}?{open_study.PARAMETER}={found[0].study_id}" if found else "../"
    )
    if _from_here(request):
        memory().forget(key_of(token, request.cookies.get(visit.BROWSER, "")))
        answer.delete_cookie(name, path="/", httponly=True, samesite="lax")
    return answer


def _set_cookie(
    request: Request, answer: Response, name: str, value: str, seconds: int | None
) -> None:
    """A cookie no script can read. seconds: None lets it end with the browser."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


ROUTES = [
    Route("/s/{token}", show_shared, methods=["GET"]),
    Route("/s/{token}", open_as_guest, methods=["POST"]),
    Route("/methods", show_methods, methods=["GET"]),
    Route("/guest/leave", end_visit, methods=["GET"]),
]


@cache
def _store_at(folder: str) -> StudyStore:
    return StudyStore(Path(folder))


def _links() -> ShareLinks:
    return _store_at(open_study.home_folder()).links


def _first_page(link: ShareLink) -> str:
    """The shared page's address; weights are what there is to move, so a share of the whole begins
    there.
    """
    return step("rubric" if link.page == "home" else link.page).url_path


def _seconds_left(link: ShareLink) -> int:
    if link.expires_at is None:
        return LONGEST_VISIT
    left = (link.expires_at - datetime.now(UTC).replace(tzinfo=None)).total_seconds()
    return max(min(int(left), LONGEST_VISIT), 0)


def _from_here(request: Request) -> bool:
    return request.headers.get("sec-fetch-site") in OWN_SITE


def _go(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303, headers=_headers())


def _closed() -> Response:
    return HTMLResponse(CLOSED, status_code=404, headers=_headers())


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Frame-Options": "DENY",
    }
