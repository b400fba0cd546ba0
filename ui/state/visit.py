"""Who looks: the owner, or a guest with a share link, who gets one study as it was shared and
nothing else.

Comes in: the cookie a share link was exchanged for, the store's links. Goes out: the `Visit`, and a
guest's own changes, kept in the session and for its reload in memory, never in the store. Separate
because every way to the store asks here first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from icp_engine import Settings
from icp_engine.store.links import ShareLinks
from icp_engine.store.model import SavedStudy, ShareLink
from ui.state.visit_changes import Steps, key_of, memory

COOKIE = "icp_guest"  # a guest's browser: all its windows are a guest's
# the owner's browser: only windows whose address names the visit are
TAB_COOKIE, PARAMETER = "icp_visit_", "visit"
BROWSER = "icp_guest_browser"  # random, so that a reload finds this guest's changes and no other's
# in the session: the link's token, and the id in the address
TOKEN, TAB = "guest_token", "guest_tab"
# in the session: a guest's changes, and at which of them the guest stands
STEPS, AT = "guest_steps", "guest_at"
MOST_STEPS = 100
VISIT_ID = re.compile(r"[0-9a-f]{1,32}")


class GuestRefusedError(Exception):
    """A guest asked for what only the owner may do."""


@dataclass(frozen=True)
class Visit:
    """A guest's visit: `link` and the study as it froze it; both None once the link is no longer
    open.

    tab: the id in the address where only this window is a guest's: the owner looks at their own
    link. Else “”.
    """

    link: ShareLink | None
    frozen: SavedStudy | None
    tab: str = ""

    @property
    def names(self) -> bool:
        """Whether this guest may read account names."""
        return self.link is not None and self.link.names


@dataclass(frozen=True)
class OwnCopy:
    """A guest's present settings, and what undo and redo would do (“” when nothing)."""

    settings: Settings
    undo: str
    redo: str
    step: int


def find_visit(links: ShareLinks) -> Visit | None:
    """The guest's visit; None for the owner. Looked up on every run: a link that was revoked opens
    nothing more.

    A session that began as a guest's stays one, also while its connection is lost and no cookie can
    be read.
    """
    token, tab = _token()
    if token is None:
        return None
    if st.session_state.get(TOKEN) != token:
        st.session_state[TOKEN], st.session_state[TAB] = token, tab
        st.session_state[STEPS], st.session_state[AT] = memory().recall(_key(token))
    found = links.find(token)
    if found is None or found[0].scope != "what_if":
        return Visit(None, None, tab)
    return Visit(*found, tab)


def _token() -> tuple[str | None, str]:
    """The visit's token and its id in the address; (None, “”) for the owner. An id without its
    cookie opens nothing.
    """
    cookies, held, tab = (
        st.context.cookies,
        st.session_state.get(TOKEN),
        st.session_state.get(TAB, ""),
    )
    cookie = cookies.get(COOKIE)
    if isinstance(cookie, str) and cookie:
        return cookie, ""
    asked = st.query_params.get(PARAMETER)
    if asked and asked != tab:
        known = VISIT_ID.fullmatch(asked)
        return (cookies.get(f"{TAB_COOKIE}{asked}") or "", asked) if known else ("", "")
    return held, tab


def own_copy(frozen: Settings) -> OwnCopy:
    """What the guest made of the shared settings."""
    steps, at = st.session_state.get(STEPS, ()), st.session_state.get(AT, 0)
    settings = steps[at - 1][1] if at else frozen
    redo = steps[at][0] if at < len(steps) else ""
    return OwnCopy(settings, steps[at - 1][0] if at else "", redo, at)


def keep(what: str, settings: Settings) -> None:
    """One more change of the guest's own; undone ones are dropped."""
    at = st.session_state.get(AT, 0)
    steps = (*st.session_state.get(STEPS, ())[:at], (what, settings))[-MOST_STEPS:]
    _set(steps, len(steps))


def move(by: int) -> None:
    """Undo (−1) or redo (+1) within the guest's own changes."""
    steps = st.session_state.get(STEPS, ())
    _set(steps, min(max(st.session_state.get(AT, 0) + by, 0), len(steps)))


def _set(steps: Steps, at: int) -> None:
    st.session_state[STEPS], st.session_state[AT] = steps, at
    if key := _key(st.session_state.get(TOKEN, "")):
        memory().keep(key, steps, at)


def _key(token: str) -> str:
    browser = st.context.cookies.get(BROWSER)
    return key_of(token, browser) if token and isinstance(browser, str) and browser else ""
