"""What is wrong with the files, gravest first, each with its rows and the buttons that settle it.

Comes in: a study and its problems. Goes out: cards; a pressed button replaces settings, which undo
takes back. Separate from `cards`, which shows problems anywhere, because only the data page looks
into rows and changes how files are read.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from icp_engine import Problem, Study
from icp_engine.intake.advice.fixes import Fix, suggest_fixes
from icp_engine.wording.numbers import count, plural
from ui.answers.data.columns import rows_named, without_people
from ui.answers.markdown import plain
from ui.frame.cards import SEVERITIES
from ui.frame.layout import ANALYSTS
from ui.frame.scrolling import open_tab
from ui.state import open_study
from ui.state.waiting_words import say

# code → (button, the tab of the page that holds the answer)
ANSWERED_IN = {
    "currency-mixed": ("Give the rates", "Values"),
    "churn-unsure": ("Say what they mean", "Values"),
    "outcome-unsure": ("Say what they mean", "Values"),
    "join-unmatched": ("See how tables joined", ANALYSTS),
}
# codes that questions at the top of the page ask in their place
ASKED = frozenset(
    {"outcome-unsure", "outcome-missing", "dates-ambiguous", "churn-unsure", "churn-estimated"}
    | {"nothing-to-study"}
)
# code → what the question is about
SAME = {"outcome-missing": "won", "churn-estimated": "left", "nothing-to-study": "accounts"}
SHOWN_AT_ONCE = 3  # of one severity; the first screen stays calm


def show_data_problems(study: Study) -> None:
    """Problems by severity with their number; notes and what is too many stand folded.

    What is asked at the top of the page is not said again.
    """
    problems = not_asked(study)
    place = 0
    for severity, (title, icon, colour) in SEVERITIES.items():
        some = [problem for problem in problems if problem.severity == severity]
        shown = 0 if severity == "note" else len(some) if severity == "stop" else SHOWN_AT_ONCE
        if some and shown:
            st.markdown(f":{colour}[{icon}] **{title}** ({count(len(some))})")
            show_list(study, some[:shown], place)
        if some[shown:]:
            label = (
                f"{title} ({count(len(some))})"
                if not shown
                else f"{count(len(some) - shown)} more worth a look"
            )
            with st.expander(label):
                show_list(study, some[shown:], place + shown)
        place += len(some)


def not_asked(study: Study) -> list[Problem]:
    """The problems that no question at the top of the page asks about."""
    return [problem for problem in study.problems if not is_asked(study, problem)]


def is_asked(study: Study, problem: Problem) -> bool:
    """Whether a question at the top of the page asks the same with its answers."""
    place = f"{problem.table}.{problem.column}"
    return problem.code in ASKED and any(
        place == question.about
        or SAME.get(problem.code) == question.about
        or any(problem.column in one.settings.get("date_formats", {}) for one in question.answers)
        for question in study.questions
    )


def show_list(study: Study, problems: Sequence[Problem], first: int) -> None:
    """One card a problem; `first` is the place of the first one in the whole list and tells the
    buttons apart.
    """
    for place, problem in enumerate(problems, first):
        with st.container(border=True, gap="xsmall"):
            show_one(study, problem, f"{place}_{problem.code}")


def show_one(study: Study, problem: Problem, key: str) -> None:
    """What was found, what to do, where, and the ways to settle it."""
    st.markdown(f"**{plain(problem.message)}** {plain(problem.advice)}")
    fixes = suggest_fixes(problem, study.intake, study.settings)
    where = " · ".join(
        part for part in (problem.table, problem.column, rows_named(problem)) if part
    )
    if not (where or fixes or problem.code in ANSWERED_IN):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if problem.code in ANSWERED_IN:
            label, tab = ANSWERED_IN[problem.code]
            st.button(
                label,
                key=f"answer_{key}",
                on_click=open_tab,
                args=("data", tab),
                icon=":material/arrow_downward:",
            )
        for number, fix in enumerate(fixes):
            st.button(plain(fix.label), key=f"fix_{key}_{number}", on_click=apply_fix, args=(fix,))
        if problem.rows and problem.table in study.intake.raw:
            show_rows(study, problem, key)
        if where:
            st.caption(plain(where))


def show_rows(study: Study, problem: Problem, key: str) -> None:
    """The rows as they stand in the file, without what names people; the column in question stands
    first.
    """
    raw = without_people(study, problem.table)
    rows = raw.loc[raw.index.isin(problem.rows)]
    if not len(rows):
        return
    first = [name for name in (problem.column,) if name in rows]
    with st.popover("Show the rows", type="tertiary", icon=":material/table_rows:"):
        st.caption(f"{plural(len(rows), 'row')} of {plain(problem.table)} as read from the file.")
        ordered = rows[[*first, *(name for name in rows if name not in first)]].rename_axis("Row")
        st.dataframe(ordered, key=f"rows_{key}", width="stretch", placeholder="")


def apply_fix(fix: Fix) -> None:
    """Callback: settle a problem by settings, which undo takes back."""
    open_study.change(fix.what, **fix.changes)
    say(f"Done: {plain(fix.what)}. Undo takes it back.")
