"""The share dialog: a link to a page as it stands, who may do what with it, and the links that are
open.

Comes in: the open study. Goes out: links, a file, closed links. Separate from the shell, which
only holds the button.
"""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from icp_engine import Study
from icp_engine.share.render import render_snapshot
from icp_engine.store.model import LinkScope, ShareLink
from icp_engine.store.study_file import ENDING, write_study_file
from icp_engine.types import Progress
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import plural, show_times
from ui.answers.markdown import plain
from ui.answers.steps import STEPS, step
from ui.frame import held_out_check
from ui.frame.progress import working
from ui.sharing.snapshot import OVERVIEW, take_snapshot
from ui.state import open_study
from ui.state.own_addresses import public_address

SCOPES: dict[LinkScope, str] = {
    "view": "Read this page",
    "what_if": "Read it, and try other weights in the app",
}
EXPIRIES: dict[str, int | None] = {
    "7 days": 7,
    "30 days": 30,
    "90 days": 90,
    "Until I revoke it": None,
}
USUAL_EXPIRY = "30 days"
# the first unless one is chosen
FRONTS = ("profile", *(known.key for known in STEPS if known.key != "profile"))
# in the session: (study, page, address) of the link just made; it cannot be shown again later
MADE = "share_made"


def show_share_button() -> None:
    """The button in the sidebar; without a computed study there is nothing to share."""
    if st.button("Share", icon=":material/share:", key="shell_share"):
        st.session_state.pop(MADE, None)
        show_dialog()


@st.dialog("Share", width="medium")
def show_dialog() -> None:
    """What to share and how, the link, the files, and the links that are open."""
    study, study_id = open_study.open_study(), open_study.study_id()
    if study is None or study_id is None or open_study.visit() is not None:
        return
    # held-out figures speak of the rubric that was checked last
    shown = held_out_check.count_shown(study).as_checked
    page_key = ask_front()
    if shown is not study:
        st.caption(
            ":material/fact_check: The rubric was changed since it was checked on held-out deals. The page "
            "shows it as checked last; to share the changed one, check it on the Rubric page first."
        )
    st.text_input(
        "For whom",
        key="share_name",
        max_chars=80,
        placeholder="For example: Board, or Sales team",
        help="Stands at the head of the page and in the list of links.",
    )
    show_ways(shown, page_key)
    show_made(study_id, page_key)
    ask_terms()
    show_links(study_id)
    show_study_file(study)


def ask_front() -> str:
    """Which page stands in front; its key."""
    chosen: str = st.selectbox("In front", FRONTS, key="share_front", format_func=front_title)
    st.caption("The other pages are folded below it, all as they stand now.")
    return chosen


def front_title(key: str) -> str:
    """A page's title as it stands on a shared page: the start page is an overview there."""
    return OVERVIEW if key == "home" else step(key).title


def show_ways(study: Study, page_key: str) -> None:
    """The two ways to send the page: a link, and a file; the one that reaches others leads."""
    local = is_local(address())
    with st.container(horizontal=True, gap="small"):
        if local:
            offer_page(study, page_key, leads=True)
        if st.button(
            "Create link",
            type="secondary" if local else "primary",
            key="share_create",
            icon=":material/link:",
        ):
            create_link(study, page_key)
        if not local:
            offer_page(study, page_key, leads=False)
    with st.container(gap="xxsmall"):
        if local:
            st.caption(
                ":material/computer: This app runs on your machine only, so **the link works on this machine "
                "only**. Send the file to others."
            )
        st.caption(
            ":material/print: To print it or save it as PDF, open it and choose Print: all pages print, "
            "unfolded."
        )


def offer_page(study: Study, page_key: str, *, leads: bool) -> None:
    """The page as a file, drawn when asked for by the terms chosen below."""
    _scope, names, _days = terms()
    name = str(st.session_state.get("share_name", ""))
    st.download_button(
        "Download page (HTML)",
        data=lambda: draw(study, page_key, names=names, for_whom=name),
        mime="text/html",
        type="primary" if leads else "secondary",
        key="share_file",
        icon=":material/download:",
        on_click="ignore",
        file_name=f"icp-{page_key.replace('_', '-')}-{open_study.stamp()}{'-named' if names else ''}.html",
        help="Opens in any browser, without this app. Counts only, unless names are on.",
    )


def ask_terms() -> None:
    """What they may do, whether accounts are named, until when: said in a line, changed when
    unfolded.
    """
    scope, names, days = terms()
    until = "until you revoke it" if days is None else f"for {plural(days, 'day')}"
    may = "to read, and to try other weights" if scope == "what_if" else "to read only"
    st.caption(
        f"The link works {until}, {may}; {'**accounts are named**' if names else 'no account is named'}."
    )
    with st.expander("Change that", key="share_terms"):
        st.radio("They may", list(SCOPES), key="share_scope", format_func=SCOPES.__getitem__)
        st.toggle(
            "Show names of accounts",
            key="share_names",
            help="Off: counts only. On: lists of accounts and "
            "deals with names, for everybody who has the link or the file.",
        )
        st.selectbox(
            "The link works for",
            list(EXPIRIES),
            index=list(EXPIRIES).index(USUAL_EXPIRY),
            key="share_expiry",
        )


def terms() -> tuple[LinkScope, bool, int | None]:
    """Scope, names and days as chosen in the dialog, which asks for them further down; the usual
    ones at first.
    """
    chosen = st.session_state
    return (
        chosen.get("share_scope", "view"),
        bool(chosen.get("share_names")),
        EXPIRIES[chosen.get("share_expiry", USUAL_EXPIRY)],
    )


def create_link(study: Study, page_key: str) -> None:
    """Draw the pages, keep them, and show the link once."""
    saved = open_study.saved_study()
    if saved is None or open_study.visit() is not None:
        return
    (scope, names, days), name = terms(), str(st.session_state.get("share_name", "")).strip()
    with working("Drawing the pages") as report:
        page = draw(
            study, page_key, names=names, for_whom=name, may_open=scope == "what_if", report=report
        )
    _link, token = open_study.store().links.create(
        saved, page, page=page_key, name=name, scope=scope, names=names, days=days
    )
    st.session_state[MADE] = (saved.id, page_key, f"{address()}/s/{token}")


def draw(
    study: Study,
    page_key: str,
    *,
    names: bool,
    for_whom: str = "",
    may_open: bool = False,
    report: Progress | None = None,
) -> str:
    """The study as one page, the page `page_key` in front. Asks nothing of the session: downloads
    are made without.
    """
    snapshot = replace(
        take_snapshot(study, page_key, names=names, report=report), for_whom=for_whom.strip()
    )
    return render_snapshot(snapshot, may_open=may_open)


def show_made(study_id: str, page_key: str) -> None:
    """The link just made, to be copied; only its hash is kept, so it is shown now or never."""
    made = st.session_state.get(MADE)
    if made is None or made[:2] != (study_id, page_key):
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown("**The link.** Copy it now: it is not shown again.")
        st.code(made[2], language=None, wrap_lines=True)
        st.link_button("Look at it", made[2], icon=":material/open_in_new:", type="tertiary")


def show_study_file(study: Study) -> None:
    """The whole study as a file, made when asked for: for a colleague who works on it, not for a
    reader.
    """
    saved = open_study.saved_study()
    problems = saved.problems if saved is not None else ()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("For a colleague who goes on working with it:", width="content")
        st.download_button(
            "The study",
            data=lambda: write_study_file(study.raw, study.settings, problems),
            mime="application/zip",
            file_name=f"icp-study-{open_study.stamp()}{ENDING}",
            key="share_study",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
            help="All of it: Start opens it. It holds your raw tables, names included.",
        )


def show_links(study_id: str) -> None:
    """The links of this study that are open, each with the way to close it."""
    links = open_study.store().links.live(study_id)
    st.markdown(f"**Open links ({len(links)})**")
    if not links:
        st.caption("Nobody has a link to this study.")
    for link in links:
        show_link(link)


def show_link(link: ShareLink) -> None:
    """One open link: for whom, what it shows, until when, how often it was opened."""
    until = "until revoked" if link.expires_at is None else f"until {date(link.expires_at)}"
    about = [
        front_title(link.page),
        "with what-if" if link.scope == "what_if" else "to read",
        "accounts named" if link.names else "no account names",
        until,
        f"opened {show_times(link.opened)}" if link.opened else "not opened yet",
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(f"**{plain(link.name) or 'Link'}** · made {date(link.created_at)}")
            st.caption(plain(" · ".join(about)))
        st.button(
            "Revoke",
            key=f"revoke_{link.id}",
            on_click=_revoke,
            args=(link.study_id, link.id),
            icon=":material/link_off:",
            help="The link stops working at once, also for those inside the app.",
        )


def address() -> str:
    """Where this app is reached: as the operator says (`ICP_PUBLIC_URL`), else as this browser
    reached it.
    """
    if given := public_address():
        return given
    here = urlsplit(st.context.url or "http://127.0.0.1:8501")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{here.scheme}://{here.netloc}" + (f"/{base}" if base else "")


def is_local(where: str) -> bool:
    """Whether an address is this machine's own, which nobody else can reach."""
    host = urlsplit(where).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _revoke(study_id: str, link_id: str) -> None:
    if open_study.visit() is None:
        open_study.store().links.revoke(study_id, link_id)
