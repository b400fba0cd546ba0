"""Profile: the ICP document, every sentence tagged with what it rests on, editable where people
know better.

Asks: a person's own words for a section. Shows: the document as it is exported. Goes out as HTML,
Markdown, JSON.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.profile.document import FORMS, Profile
from icp_engine.profile.model import EVIDENCE_HELP, Section, Statement, Table
from ui.answers.markdown import plain
from ui.answers.profile import anchor, as_text, figures
from ui.frame import held_out_check, shell
from ui.frame.cards import guarded, show_figures, show_title
from ui.frame.layout import split
from ui.frame.progress import working
from ui.state import open_study

TAGS = {
    "data": ":gray-badge[D]",
    "interview": ":gray-badge[I]",
    "market": ":gray-badge[M]",
    "assumption": ":orange-badge[A]",
}
MISSING, MISSING_ANCHOR = "Not in your files", "section-not-in-your-files"


def show_page() -> None:
    """Lay the page out: sentence, figures, downloads and contents beside the document."""
    study = held_out_check.show_checked(
        shell.require_study("profile"), "This document holds the rubric as checked last."
    )
    with working("Writing the profile"):
        profile = study.profile
    show_title("Profile", study.validation.sentence, study.validation.verdict)
    show_figures(figures(profile))
    show_downloads(profile)
    contents, document = split("profile", 3, 9)
    with contents:
        show_contents(profile)
    with document:
        st.caption(plain(f"{profile.objective} {profile.scope} As of {profile.as_of}."))
        for section in profile.written:
            show_section(section)
        if profile.missing:
            show_missing(profile)
    shell.show_next("profile")


def show_downloads(profile: Profile) -> None:
    """The document as files; made when asked for, without account names."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for form in FORMS:
            stem, ending = form.file.rsplit(".", 1)
            st.download_button(
                f"Download {form.label}",
                data=partial(form.write, profile),
                file_name=f"{stem}-{open_study.stamp()}.{ending}",
                mime=form.mime,
                key=f"download_{ending}",
                icon=":material/download:",
                on_click="ignore",
            )
        st.caption(
            "Without names of accounts, contacts or owners. For a PDF, open the HTML and print it.",
            width="content",
        )


def show_contents(profile: Profile) -> None:
    """The legend of the tags, and links to the sections."""
    with st.container(border=True, gap="xxsmall"):
        st.markdown("**What a sentence rests on**")
        for evidence, words in EVIDENCE_HELP.items():
            st.caption(f"{TAGS[evidence]} {evidence.capitalize()}: {plain(words)}")
    with st.container(border=True, gap="xxsmall"):
        st.markdown("**Sections**")
        links = [f"[{plain(section.title)}](#{anchor(section)})" for section in profile.written]
        links += [f"[{MISSING}](#{MISSING_ANCHOR})"] if profile.missing else []
        st.markdown("  \n".join(links))


@guarded
def show_section(section: Section) -> None:
    """Heading, statements with tags, table, and the way to edit."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(plain(section.title), anchor=anchor(section), width="stretch")
            st.button(
                "Edit",
                key=f"edit_{section.key}",
                type="tertiary",
                icon=":material/edit:",
                on_click=_open_editor,
                args=(section.key,),
            )
        st.caption(plain(section.question))
        if st.session_state.get("edited_section") == section.key:
            show_editor(section)
        else:
            show_statements(section.told)
        if section.table is not None:
            show_section_table(section.key, section.table)
        if section.edited:
            with st.expander("What the data say"):
                show_statements(section.suggested)


def show_missing(profile: Profile) -> None:
    """What the files do not hold, a line a section: whom to ask, and where to write the answer
    down.
    """
    with st.container(border=True, gap="xxsmall"):
        st.subheader(MISSING, anchor=MISSING_ANCHOR)
        st.caption("What to ask, and whom. Written down, it becomes part of the document.")
        for section in profile.missing:
            show_ask(section)


def show_ask(section: Section) -> None:
    """One section's line; a section that says nothing yet is written here, one that does where it
    stands.
    """
    words, way = st.columns([8, 1.3], gap="small", vertical_alignment="center")
    words.markdown(f"**{plain(section.title)}**: {plain(section.asks)}")
    if not section.told:
        way.button(
            "Write it",
            key=f"edit_{section.key}",
            type="tertiary",
            icon=":material/edit:",
            on_click=_open_editor,
            args=(section.key,),
        )
    if not section.told and st.session_state.get("edited_section") == section.key:
        show_editor(section)


def show_statements(statements: tuple[Statement, ...]) -> None:
    """A line a statement, with its tag and source."""
    lines = [
        f"- {TAGS[statement.evidence]} {plain(statement.text)}"
        + (f" :small[:gray[{plain(statement.source)}]]" if statement.source else "")
        for statement in statements
    ]
    st.markdown("\n".join(lines))


def show_section_table(key: str, table: Table) -> None:
    """A section's exact table, folded away."""
    with st.expander("Exact table"):
        st.dataframe(
            pd.DataFrame(list(table.rows), columns=list(table.columns)),
            hide_index=True,
            width="stretch",
            key=f"profile_table_{key}",
        )


def show_editor(section: Section) -> None:
    """A person's text: one statement a line, with an optional tag in front."""
    with st.form(f"editor_{section.key}", border=False):
        text = st.text_area(
            "One statement a line",
            as_text(section.told),
            height=200,
            key=f"text_{section.key}",
            max_chars=10_000,
            placeholder=section.asks,
            help="Begin a line with [data], [interview] or [market] to say what it rests on; else it is assumed.",
        )
        with st.container(horizontal=True, gap="small"):
            saved = st.form_submit_button("Save", type="primary")
            reset = st.form_submit_button("Back to what the data say", disabled=not section.edited)
            closed = st.form_submit_button("Cancel")
    if saved or reset or closed:
        if not closed:
            save_edit(section, text if saved else "")
        st.session_state.pop("edited_section", None)
        st.rerun()


def save_edit(section: Section, text: str) -> None:
    """Keep a person's text; an unchanged or empty one leaves the section to the data."""
    study: Study | None = open_study.open_study()
    if study is None or (text == as_text(section.told) and not section.edited):
        return
    edits = {key: kept for key, kept in study.settings.profile_edits.items() if key != section.key}
    open_study.change(
        f"Profile: {section.title}",
        profile_edits={**edits, section.key: text} if text.strip() else edits,
    )


def _open_editor(key: str) -> None:
    st.session_state["edited_section"] = key


show_page()
