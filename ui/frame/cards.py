"""Cards that pages share: answer sentence, figures, verdict, problems, empty state, failure.

Comes in: result objects of the engine. Goes out: Streamlit elements. Separate so that a verdict, an
interval or a problem looks and reads the same on every page, and text from files never acts as
Markdown.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Literal, ParamSpec, TypeAlias

import streamlit as st

from icp_engine.problems import InputRefused, Problem
from icp_engine.rubric.model import NOT_RATED
from icp_engine.types import LEVEL_WORDS, Verdict
from icp_engine.wording.numbers import plural
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.steps import step
from ui.answers.terms import explain, link_to
from ui.state.waiting_words import show_said

LOG = logging.getLogger("icp.ui")
SHOWN_AT_ONCE = 5  # problems of one severity before the rest goes into an expander
SEVERITIES = {
    "stop": ("To fix first", ":material/error:", "red"),
    "warn": ("Worth a look", ":material/warning:", "orange"),
    "note": ("For your information", ":material/info:", "gray"),
}
Colour: TypeAlias = Literal["blue", "green", "orange", "red", "gray"]
BAND_BADGES: dict[str, Colour] = {
    "Green": "green",
    "Yellow": "orange",
    "Red": "red",
    NOT_RATED: "gray",
}
LEVEL_COLOURS: dict[str, Colour] = {
    "strong": "blue",
    "moderate": "blue",
    "weak": "orange",
    "none": "gray",
    "too_little_data": "gray",
}
P = ParamSpec("P")


def show_title(
    title: str, answer: str, verdict: Verdict | None = None, *, dated: str = "", beside: str = ""
) -> None:
    """The page's title, then one sentence that answers its question, and how sure it is.

    dated: words before an answer that speaks of an earlier state (“As checked last:”); it is greyed
    then. beside: a further sentence in small; in here, so that what follows keeps its place whether
    there is one or not.
    """
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(plain(title), anchor=False, width="content")
            if verdict is not None:
                show_level(verdict, dated=bool(dated))
        st.markdown(f":gray[{plain(dated)} {plain(answer)}]" if dated else plain(answer), width=760)
        if beside:
            st.caption(plain(beside))


def show_level(verdict: Verdict, *, dated: bool = False) -> None:
    """How sure a result is, as one word with its reasons in the help. dated: of an earlier state,
    so without colour.
    """
    reasons = "\n\n".join(plain(reason) for reason in verdict.because)
    label = f"Evidence: {LEVEL_WORDS[verdict.level]}"
    st.badge(
        label,
        color="gray" if dated else LEVEL_COLOURS[verdict.level],
        help=f"{reasons}\n\n{link_to('evidence')}" if reasons else explain("evidence"),
    )


def show_verdict(verdict: Verdict) -> None:
    """A verdict as a card: its word, its sentence, and the reasons behind it."""
    with st.container(border=True):
        show_level(verdict)
        st.markdown(f"**{plain(verdict.sentence)}**")
        for reason in verdict.because:
            st.caption(plain(reason))


def show_figures(figures: Sequence[Figure]) -> None:
    """At most four figures side by side, each with its interval and denominator inside the card."""
    with st.container(horizontal=True, gap="small"):
        for figure in figures:
            beneath = " · ".join(part for part in (figure.interval, figure.of, figure.was) if part)
            st.metric(
                plain(figure.label),
                plain(figure.value),
                plain(beneath) if beneath else None,
                delta_color="off",
                delta_arrow="off",
                help=figure.help or None,
                border=True,
                height="stretch",
                width="stretch",
            )


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems by severity, the gravest first: what was found, where, and what to do."""
    known = list(problems)
    for severity, (title, icon, colour) in SEVERITIES.items():
        some = [problem for problem in known if problem.severity == severity]
        if some and severity == "note":
            show_more(some, f"{title} ({len(some)})")
        elif some:
            st.markdown(f":{colour}[{icon}] **{title}** ({len(some)})")
            for problem in some[:SHOWN_AT_ONCE]:
                show_problem(problem)
            show_more(some[SHOWN_AT_ONCE:], f"{len(some) - SHOWN_AT_ONCE} more")


def show_more(problems: Sequence[Problem], label: str) -> None:
    """Problems that need no answer at once, folded away."""
    if problems:
        with st.expander(label):
            for problem in problems:
                show_problem(problem)


def show_problem(problem: Problem) -> None:
    """One problem: the finding in bold, the advice, and the place with its rows."""
    rows = f"rows {', '.join(str(row) for row in problem.rows)}" if problem.rows else ""
    place = " · ".join(part for part in (problem.table, problem.column, rows) if part)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(problem.message)}** {plain(problem.advice)}")
        if place:
            st.caption(plain(place))


def show_refusal(problems: Iterable[Problem]) -> None:
    """What stands in place of a result that cannot be computed."""
    st.markdown("This page cannot be computed from the data yet. What to do:")
    show_problems(problems)
    st.page_link(
        str(step("data").file),
        label="Go to Data",
        icon=":material/table:",
        query_params={
            name: st.query_params[name] for name in ("study",) if name in st.query_params
        },
    )


def show_empty(what_will_stand_here: str, what_is_missing: str) -> None:
    """What a page says before there is anything to show; the caller adds the button that fixes it."""
    st.markdown(what_will_stand_here)
    st.caption(what_is_missing)


def show_failure(error: Exception) -> None:
    """A fault of ours: calm words and a reference; the log gets the place, never the data."""
    if isinstance(error, InputRefused):
        show_refusal(error.problems)
        return
    reference = note_failure(error)
    with st.container(border=True):
        st.markdown(
            ":material/error: **Something went wrong on our side.** Your study is saved as it was."
        )
        st.caption(
            "Reload the page, or undo the last change in the sidebar. If it stays, report reference "
            f"{reference}; the log names the place without any of your data."
        )


def note_failure(error: Exception) -> str:
    """Write the place of a fault, never its data, into the log; returns the reference it stands
    under.
    """
    reference = secrets.token_hex(3)
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    LOG.error("page failed, reference %s: %s at %s", reference, type(error).__name__, places)
    return reference


def guarded(function: Callable[P, None]) -> Callable[P, None]:
    """Show a card instead of a traceback when a fragment or a part of a page fails; the rest of the
    page stays.
    """

    @wraps(function)
    def careful(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            show_said()
            function(*args, **kwargs)
        except (
            Exception
        ) as error:  # the one place where anything is caught, so that no traceback reaches a user
            show_failure(error)

    return careful


def how_many(problems: Iterable[Problem]) -> str:
    """“1 to fix, 3 worth a look” for a page's sentence; empty when there is neither."""
    severities = [problem.severity for problem in problems]
    stops, warnings = severities.count("stop"), severities.count("warn")
    parts = [plural(stops, "point to fix first", "points to fix first")] if stops else []
    parts += [plural(warnings, "point worth a look", "points worth a look")] if warnings else []
    return ", ".join(parts)
