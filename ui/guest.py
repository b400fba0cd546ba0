"""Who looks: the owner, or a guest with a share link, who gets one study as it was shared and nothing else.

Comes in: the cookie a share link was exchanged for, the store's links. Goes out: the `Visit`, and a guest's own
changes, kept in the session and nowhere else. Separate because every way to the store asks here first.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from icp_engine import Settings
from icp_engine.store.links import ShareLinks
from icp_engine.store.model import SavedStudy, ShareLink

COOKIE = "icp_guest"
TOKEN, STEPS, AT = "guest_token", "guest_steps", "guest_at"  # in the session: the token, and a guest's changes
MOST_STEPS = 100


class GuestRefusedError(Exception):
    """A guest asked for what only the owner may do."""


@dataclass(frozen=True)
class Visit:
    """A guest's visit: `link` and the study as it froze it; both None once the link is no longer open."""

    link: ShareLink | None
    frozen: SavedStudy | None

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
    """The guest's visit; None for the owner. Looked up on every run: a link that was revoked opens nothing more.

    A session that began as a guest's stays one, also while its connection is lost and no cookie can be read.
    """
    cookie = st.context.cookies.get(COOKIE)
    token = cookie if isinstance(cookie, str) and cookie else st.session_state.get(TOKEN)
    if token is None:
        return None
    if st.session_state.get(TOKEN) != token:
        st.session_state[TOKEN], st.session_state[STEPS], st.session_state[AT] = token, (), 0
    found = links.find(token)
    if found is None or found[0].scope != "what_if":
        return Visit(None, None)
    return Visit(*found)


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
    st.session_state[STEPS], st.session_state[AT] = steps, len(steps)


def move(by: int) -> None:
    """Undo (−1) or redo (+1) within the guest's own changes."""
    last = len(st.session_state.get(STEPS, ()))
    st.session_state[AT] = min(max(st.session_state.get(AT, 0) + by, 0), last)
