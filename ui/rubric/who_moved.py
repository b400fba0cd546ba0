"""Who moved and what matters most: what the weights do to accounts people know.

Comes in: the study. Goes out: tabs. Separate from the live control, which counts accounts and names
none.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.charts.weights import tornado_chart
from icp_engine.rubric.moved import list_moved
from icp_engine.study import looks
from icp_engine.types import Frame
from icp_engine.wording.numbers import EMPTY_CELL, count
from ui.answers.account_names import all_named, ask_for, name_rows
from ui.answers.markdown import plain
from ui.answers.rubric.moved import as_steps, flow_words, moved_sentence, named_moves
from ui.frame.chart import show_download, show_table
from ui.frame.layout import show_picture
from ui.frame.progress import working
from ui.frame.turns import give_way
from ui.rubric.accounts import HEIGHT, TICK, WRAPPED, open_chosen

SUGGESTED, CHECKED = "the rubric as suggested", "the rubric as checked last"
MOVES_SHOWN = 100  # with their reasons; the download holds all
MOVED_ROW = "table_moved"  # widget: the list, whose rows open an account
COLUMNS = {  # with the box to tick no wider than the page at 1280 pixels: the reason must not be cut off
    "account_id": st.column_config.TextColumn("Id", width=75),
    "Account": st.column_config.TextColumn(width=130),
    "Band": st.column_config.TextColumn(width=120),
    "Score": st.column_config.TextColumn(width=65),
    "Why": st.column_config.TextColumn(width=390),
}


def show_moved(study: Study) -> None:
    """Every account that is in another band than before, from → to, with the reason."""
    sides, against = _sides(study), SUGGESTED
    if len(sides) > 1:
        against = st.segmented_control(
            "Beside", list(sides), default=SUGGESTED, key="moved_beside", required=True
        )
    before = sides.get(str(against), sides[SUGGESTED])
    table = list_moved(
        before.rubric,
        before.fits,
        study.rubric,
        study.fits,
        MOVES_SHOWN,
        (before.scores, study.scores),
    )
    give_way()
    flows = Counter(zip(table["band_before"].tolist(), table["band"].tolist(), strict=True))
    st.markdown(f"**{plain(moved_sentence(flows, len(study.scores), str(against)))}**")
    if not flows:
        return
    with st.container(horizontal=True, gap="small"):
        for (old, new), size in flows.most_common():
            st.badge(flow_words(old, new, size), color="gray")  # green and red mean bands
    give_way()
    show_list(study, named_moves(table.head(MOVES_SHOWN), before, study), len(table))
    # Reasons of all rows are made for the file only: each time weights rest they would delay
    # everybody's next answer.
    show_download(
        "moved",
        lambda: named_moves(
            list_moved(before.rubric, before.fits, study.rubric, study.fits), before, study
        ),
    )


def show_list(study: Study, moves: Frame, of: int) -> None:
    """The largest moves with their reasons; choosing a row opens the account. of: moves in all."""
    asked = [ask_for(study, str(account)) for account in moves.index]
    shown = name_rows(study, as_steps(moves))
    st.dataframe(
        shown,
        key=MOVED_ROW,
        width="stretch",
        height=min(HEIGHT, 40 + WRAPPED * len(moves)),
        hide_index=all_named(shown),
        column_config=COLUMNS,
        row_height=WRAPPED,
        placeholder=EMPTY_CELL,
        selection_mode="single-row",
        on_select=lambda: open_chosen(asked, MOVED_ROW),
    )
    some = (
        f"The {count(len(moves))} largest moves of {count(of)}; the download holds all. "
        if of > len(moves)
        else ""
    )
    st.caption(f"{some}{TICK}")


def _sides(study: Study) -> dict[str, Study]:
    sides = {SUGGESTED: study.as_suggested}
    checked = study.settings.checked
    if checked is not None and looks.fingerprint(checked) != study.rubric_name:
        sides[CHECKED] = study.replace(rubric=checked)
    return sides


def show_tornado(study: Study) -> None:
    """Which weight decides most, and what it does to the ranking."""
    with working("Moving every weight by a quarter"):
        table = study.rubric_sensitivity
    chart = tornado_chart(table)
    if chart is None:
        st.caption("A rubric with one criterion has no weights to move.")
        return
    show_picture("tornado", chart)
    with st.expander("What each move does to the ranking"):
        st.caption(
            "In points of ranking, times in 100 that a won deal stands above a lost one, on the accounts the "
            "rubric was made from, cross-checked. A range across zero may be chance."
        )
        show_table(
            "sensitivity",
            pd.DataFrame(
                {
                    "Criterion": table["criterion"],
                    "Weight": table["weight"],
                    "Moved to": table["weight_moved"],
                    "Ranking changes by": (100 * table["auc_change"]).round(1),
                    "from": (100 * table["change_low"]).round(1),
                    "to": (100 * table["change_high"]).round(1),
                }
            ),
        )
