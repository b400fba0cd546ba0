"""What stands around the live control: the accounts it scores, its buttons, held-out figures as of
the last check.

Comes in: the rubric in force. Goes out: widgets whose callbacks save. Separate from the page, which
only lays out.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icp_engine import Rubric, Study
from icp_engine.charts.bands import tried_chart
from icp_engine.study import looks
from icp_engine.types import Frame
from icp_engine.validation.band_order import order_sentence
from icp_engine.validation.model import Validation
from icp_engine.whatif.step import WhatIf, what_if, what_if_rows
from icp_engine.wording.json_values import json_records
from icp_engine.wording.numbers import EMPTY_CELL, count, with_limits
from icp_engine.wording.shares import hundred_interval, in_hundred, percent
from ui.answers.markdown import plain
from ui.answers.rubric_suggested import suggested_held_out
from ui.answers.terms import linked
from ui.answers.validation import against_suggested, metric
from ui.frame import held_out_check
from ui.frame.account_names import ALL_ACCOUNTS, choose_band
from ui.frame.cards import guarded, show_title
from ui.frame.chart import offer_files, show_folded, show_table
from ui.frame.turns import RESTED, TURNS
from ui.rubric import change, live
from ui.state import open_study

AROUND = "rubric_around"  # the fragment of a page that holds the live control and what follows it


def show_answer(study: Study) -> None:
    """The page's title and how the rubric did on held-out deals; greyed where it was changed since
    they were asked.
    """
    checked = looks.checked_study(study)
    show_title(
        "Rubric",
        checked.validation.sentence,
        checked.validation.verdict,
        dated="" if checked is study else "As checked last, before your change:",
        beside=open_study.made_once(study, "against suggested", lambda: against_suggested(study)),
    )


@st.fragment
@guarded
def show_live(lists: bool = False) -> None:
    """Weights and thresholds beside what they do: the browser answers while one drags, the engine
    on release.

    A release runs this alone, so that nobody waits for lists of names; the page around it follows
    when weights rest. lists: whether that page lists the accounts of a band.
    """
    try:
        answer_release(lists)
    finally:
        TURNS.end_release()


def answer_release(lists: bool) -> None:
    """The control with the engine's figures for the weights in force."""
    study = open_study.open_study()
    if study is None:  # a link was revoked, or another window deleted the study: the page says so
        st.rerun()
    rows = what_if_rows(study)
    control = change.control_state()
    data = live.describe(study, rows, control)
    data.update(
        checked=held_out_figures(study),
        opens=ALL_ACCOUNTS if lists else "",
        rest=round(1000 * TURNS.pause()),
    )
    with st.container(gap=None, key="split_whatif"):
        live.mount(data, live.KEY, moved=save_moved, settled=show_around, band=open_band)
        # until the browser says that it holds them
        if rows is not None and control["rows"] != data["key"]:
            live.mount(rows.packed[1], live.FEED)


def save_moved() -> None:
    """Callback of the live control on release: from here until the control stands again, lists of
    others wait.
    """
    TURNS.begin_release()
    try:
        change.save_moved()
    except BaseException:  # this person let go once more: Streamlit ends the run
        TURNS.end_release()
        raise


def show_around() -> None:
    """Callback of the live control once nothing was moved for a while: what stands around it
    follows.
    """
    st.session_state[RESTED] = True
    st.rerun(AROUND)


def open_band() -> None:
    """Callback of a band's row in the live control: the list of all accounts opens at that band."""
    choose_band(str(dict(st.session_state.get(live.KEY, {})).get("band")))
    show_around()


def show_exact(study: Study) -> None:
    """The numbers behind the picture; or that there is none."""
    rows = what_if_rows(study)
    if rows is None:
        st.caption(
            "No closed deals and no judged customers can show what the weights do; the scores of all accounts "
            "follow them below."
        )
        return
    basis = live.basis_shown(rows, change.control_state())
    show_folded(
        "Exact table and download",
        "what_if",
        lambda: show_files(study.rubric, what_if(study.rubric, rows, basis)),
    )


def show_files(rubric: Rubric, found: WhatIf) -> None:
    """The exact table, and the picture as files."""
    words, exact = live.BASIS_WORDS[found.basis], exact_table(found)
    show_table("what_if", exact, download=False)
    offer_files(
        "what_if",
        tried_chart(
            found.histogram,
            found.bands,
            rubric.green,
            rubric.yellow,
            names=(words["good"], words["bad"]),
            unit=words["unit"],
            table=exact,
        ),
    )


def held_out_figures(study: Study) -> dict[str, Any] | None:
    """Win rate by band on deals the rubric never saw, and how it ranks there; None where no deal
    can test it.

    `current`: whether they speak of the rubric in force, else of the one checked last. `suggested`:
    the suggestion's.
    """
    checked = looks.checked_study(study)
    found = open_study.made_of(
        checked.validation, "held out", lambda: _held_out(checked.validation)
    )
    beside = suggested_held_out(study) if found and checked is study else None
    return found and {**found, "current": checked is study, "suggested": beside}


def _held_out(found: Validation) -> dict[str, Any] | None:
    auc = metric(found, "auc")
    if auc.value is None or auc.low is None or auc.high is None:
        return None
    held_out = found.method == "held_out"
    place = "held-out accounts" if held_out else "accounts, cross-checked"
    order = order_sentence(found.bands)
    return {
        "bands": json_records(
            found.bands[["band", "accounts", "deals", "won", "win_rate", "low", "high"]]
        ),
        "title": "Held-out deals" if held_out else "Cross-checked",
        "on": f"{count(int(found.bands['accounts'].sum()))} {place}",
        "ranks": with_limits(
            f"{in_hundred(auc.value)} in 100", hundred_interval(auc.low, auc.high)
        ),
        "order": f"There, {order}" if order else "",
    }


def exact_table(found: WhatIf) -> Frame:
    """The numbers behind the picture: bars of five points, then bands."""
    words, bars, bands = live.BASIS_WORDS[found.basis], found.histogram, found.bands
    good, bad = words["good"].capitalize(), words["bad"].capitalize()
    # of deals; no number where a bar holds none
    share = bars["good"] / (bars["good"] + bars["bad"])
    upper = pd.DataFrame(
        {
            "Score": [f"{low}–{low + 5}" for low in bars["score"]],
            good: bars["good"],
            bad: bars["bad"],
            words["rate"]: [percent(one) if pd.notna(one) else EMPTY_CELL for one in share],
        }
    )
    lower = pd.DataFrame(
        {
            "Score": bands["band"],
            good: bands["won"],
            bad: bands["deals"] - bands["won"],
            words["rate"]: [percent(rate) for rate in bands["win_rate"]],
        }
    )
    return pd.concat([upper, lower], ignore_index=True)


def show_buttons(study: Study) -> None:
    """Check, reset and the classic split, beside the sliders they concern; what was looked at, what
    Undo takes back.
    """
    saved, settings = open_study.saved_study(), study.settings
    changed = (
        settings.rubric is not None or settings.green is not None or settings.yellow is not None
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        held_out_check.show_check(study)
        st.button(
            "Reset to suggested",
            icon=":material/restart_alt:",
            key="rubric_reset",
            on_click=change.reset,
            disabled=not changed,
        )
        ask_classic(study)
        lines = [held_out_check.looks_sentence(study)]
        if saved is not None and saved.undo:
            lines.append(f"Last change: {saved.undo}.")
        st.caption(plain(" ".join(line for line in lines if line)))


def ask_classic(study: Study) -> None:
    """The classic split one click away; nothing to share out within one group."""
    if len({c.group for c in study.rubric.criteria}) > 1:
        st.button(
            "Try 40 / 30 / 30",
            key="try_classic",
            on_click=change.try_classic,
            disabled=change.is_classic(study.rubric),
            help=linked("As most templates have it.", "classic"),
        )
