"""Who moved, what matters most, and one account: what the weights do to accounts people know.

Comes in: the study. Goes out: tabs. Separate from the live control, which counts accounts and names none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from icp_engine import Study
from icp_engine.charts.weights import tornado_chart, waterfall_chart
from icp_engine.rubric.moved import list_moved
from icp_engine.types import Frame
from ui import looks
from ui.accounts import account_names, find_accounts, label
from ui.charts_view import show_download, show_table
from ui.layout import show_picture
from ui.progress import working
from ui.words import count, number, plain

SUGGESTED, CHECKED = "the rubric as suggested", "the rubric as checked last"
CHOICES_MOST = 200
MOVES_SHOWN = 100  # with their reasons; the download holds all
ORDER = {"Green": 3, "Yellow": 2, "Red": 1}


def show_moved(study: Study) -> None:
    """Every account that is in another band than before, from → to, with the reason."""
    sides, against = _sides(study), SUGGESTED
    if len(sides) > 1:
        against = st.segmented_control("Beside", list(sides), default=SUGGESTED, key="moved_beside", required=True)
    before = sides.get(str(against), sides[SUGGESTED])
    table = list_moved(before.rubric, before.fits, study.rubric, study.fits, MOVES_SHOWN,
                       (before.scores, study.scores))
    flows = Counter(zip(table["band_before"].tolist(), table["band"].tolist(), strict=True))
    st.markdown(f"**{plain(moved_sentence(flows, len(study.scores), str(against)))}**")
    if not flows:
        return
    with st.container(horizontal=True, gap="small"):
        for (old, new), size in flows.most_common():
            st.badge(f"{old} → {new}: {count(size)}", color=_colour(old, new))
    show_table("moved", named_moves(table.head(MOVES_SHOWN), study), row_height=56, download=False, column_config={
        "Why": st.column_config.TextColumn(width="large"), "Score": st.column_config.NumberColumn(format="%.1f"),
        "Score before": st.column_config.NumberColumn(format="%.1f"),
    })
    if len(table) > MOVES_SHOWN:
        st.caption(f"The {MOVES_SHOWN} largest moves of {count(len(table))}; the download holds all.")
    # Reasons of all rows are made for the file only: each time weights rest they would delay everybody's next answer.
    show_download("moved", lambda: named_moves(
        list_moved(before.rubric, before.fits, study.rubric, study.fits), study))


def _sides(study: Study) -> dict[str, Study]:
    sides = {SUGGESTED: looks.as_suggested(study)}
    if study.settings.checked is not None:
        sides[CHECKED] = study.replace(rubric=study.settings.checked)
    return sides


def moved_sentence(flows: Mapping[tuple[str, str], int], accounts: int, against: str) -> str:
    """“14 of 1,199 accounts are in another band than under the rubric as suggested: 9 up, 5 down.”

    flows: (band before, band) → accounts.
    """
    if not flows:
        return f"No account is in another band than under {against}."
    up = sum(size for (old, new), size in flows.items() if _step(old, new) > 0)
    down = sum(size for (old, new), size in flows.items() if _step(old, new) < 0)
    moved = sum(flows.values())
    rated = moved - up - down
    parts = [f"{count(up)} up", f"{count(down)} down", *([f"{count(rated)} gained or lost a rating"] if rated else [])]
    return (f"{count(moved)} of {count(accounts)} accounts are in another band than under {against}: "
            f"{', '.join(parts)}.")


def named_moves(table: Frame, study: Study) -> Frame:
    """The moves with account names and headers in plain words."""
    shown = table.rename(columns={"band_before": "From", "band": "To", "score_before": "Score before",
                                  "score": "Score", "reason": "Why"})
    names = account_names(study)
    if names is not None:
        shown.insert(0, "Account", names.reindex(shown.index))
    return shown.rename_axis(index="account_id")


def _colour(old: str, new: str) -> Any:
    step = _step(old, new)
    return "gray" if not step else "green" if step > 0 else "red"


def _step(old: str, new: str) -> int:
    """Bands up, down below 0; 0 where an account gained or lost its rating."""
    return ORDER[new] - ORDER[old] if old in ORDER and new in ORDER else 0


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
        st.caption("In points of ranking, times in 100 that a won deal stands above a lost one, on the accounts the "
                   "rubric was made from, cross-checked. A range across zero may be chance.")
        show_table("sensitivity", pd.DataFrame({
            "Criterion": table["criterion"], "Weight": table["weight"], "Moved to": table["weight_moved"],
            "Ranking changes by": (100 * table["auc_change"]).round(1),
            "from": (100 * table["change_low"]).round(1), "to": (100 * table["change_high"]).round(1),
        }))


def show_account(study: Study) -> None:
    """One account: its score as a waterfall, its reason, and what would lift it."""
    asked = st.text_input("Find an account", key="one_account", placeholder="Name or id", max_chars=200)
    found = find_accounts(study, asked) if asked.strip() else _near_miss(study)
    if not found:
        st.caption(f"No account is called “{plain(asked)}”. Check the spelling, or use its id.")
        return
    chosen = found[0]
    if len(found) > 1:
        names = {account: label(study, account) for account in found[:CHOICES_MOST]}
        chosen = st.selectbox(f"{count(len(found))} accounts fit" if asked.strip() else "Closest to the next band",
                              list(names), format_func=lambda account: f"{names[account]} ({account})",
                              key="one_account_choice")
    show_one(study, chosen)


def _near_miss(study: Study) -> list[str]:
    """Accounts a little below a threshold: the ones worth a question."""
    scores, rubric = study.scores, study.rubric
    short = pd.concat([(edge - scores["score"]).where(scores["score"] < edge) for edge in
                       (rubric.green, rubric.yellow)], axis=1).min(axis=1)
    short = short[scores["band"].isin(["Yellow", "Red"])].dropna().sort_values(kind="stable")
    return [str(account) for account in short.index[:10]]


def show_one(study: Study, account: str) -> None:
    """The waterfall, the reason as a sentence, the fewest changes that reach the next band."""
    place = study.accounts.index.get_loc(account)
    contributions = study.contributions.iloc[place]
    row, name = study.scores.iloc[place], label(study, account)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show_picture("waterfall", waterfall_chart(
            name, study.rubric, contributions, study.fits.fits[place], values_of(study, account)))
    with right, st.container(border=True):
        st.markdown(f"**{plain(name)}: {row['band']} {row['score']:.1f}**")
        st.markdown(plain(study.explain([account]).iloc[0]))
        lift = study.what_would_lift([account]).iloc[0]
        st.markdown("**What would lift it**")
        st.markdown(plain(lift["sentence"]))


def values_of(study: Study, account: str) -> dict[str, str]:
    """Criterion → the account's value as text; unknown says so."""
    row = study.accounts.loc[account]
    found = {}
    for criterion in study.rubric.criteria:
        known = [row[name] for name in criterion.columns if name in row.index and pd.notna(row[name])]
        text = " × ".join(_worded(value) for value in known)
        found[criterion.name] = text[:60] if len(known) == len(criterion.columns) else "unknown"
    return found


def _worded(value: Any) -> str:
    """A value as people write it: yes and no, thousands separated."""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return number(float(value)) if isinstance(value, (int, float, np.number)) else str(value)
