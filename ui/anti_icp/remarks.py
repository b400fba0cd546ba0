"""What people wrote about losses and leavings, and what came after the sale: checklist, regrouping,
words.

Comes in: the study. Goes out: Streamlit elements and changed settings. Separate from the page,
which only lays out.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts import deals
from icp_engine.charts.remarks import afterwards_table, reason_sentence, reason_table, word_table
from icp_engine.types import Frame
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import PERCENT_FORMAT
from ui.answers.markdown import plain
from ui.frame.chart import show_table
from ui.frame.layout import show_picture
from ui.frame.progress import working
from ui.state import open_study

NO_GROUP = "none of them"
MOST_REGROUPED = 200
WRAPPED = 64  # pixels of a row, so that quotes can be read
QUOTES = {
    "For example": st.column_config.TextColumn(width=440),
    "Said": st.column_config.TextColumn(width=110),
}


def show_reasons(study: Study) -> None:
    """The usual reasons as a checklist, the recorded ones counted, and the grouping to change."""
    with working("Reading lost and churn reasons"):
        reasons = open_study.made_once(study, "reasons", lambda: study.reasons)
    st.markdown(plain(reason_sentence(reasons)), width=760)
    show_checklist(reason_table(reasons))
    chart = open_study.made_once(
        study, "lost_reasons", lambda: deals.lost_reason_chart(study.deals)
    )
    if chart is None:
        st.caption(
            "No lost reason is recorded. A column of reasons on lost deals would be counted here."
        )
    else:
        show_picture("lost_reasons", chart)
    show_grouping(study, reasons)


def show_checklist(table: Frame) -> None:
    """The usual reasons with how often they were found; where none was, only what was looked for,
    folded away.
    """
    if not table["Share"].any() and set(table["In your data"]) == {"not recorded"}:
        with st.expander(f"The {count(len(table))} usual reasons looked for"):
            st.markdown("\n".join(f"- {plain(str(reason))}" for reason in table["Usual reason"]))
        return
    show_table(
        "usual_reasons",
        table,
        column_config={
            "Share": st.column_config.ProgressColumn(
                "Share of accounts with a remark", min_value=0, max_value=100, format=PERCENT_FORMAT
            ),
            "Usual reason": st.column_config.TextColumn(width="medium"),
        },
    )


def show_grouping(study: Study, reasons: Frame) -> None:
    """Each recorded reason and the usual one it counts as; a person's choice stays."""
    recorded = open_study.made_once(
        study, "recorded_reasons", lambda: study.recorded_reasons.head(MOST_REGROUPED)
    )
    if not len(recorded):
        return
    usual = [str(reason) for reason in reasons["reason"]]
    shown = recorded.rename(
        columns={"text": "Recorded", "accounts": "Accounts", "source": "Read in"}
    )
    shown["Counts as"] = [
        reason if reason in usual else reason or NO_GROUP for reason in recorded["reason"]
    ]
    key = f"reason_groups_{open_study.stamp()}"
    with st.expander(f"Which recorded reason counts as which ({count(len(recorded))})"):
        st.caption("A recorded reason can be counted as another usual one; the choice stays.")
        options = [NO_GROUP, *dict.fromkeys([*usual, *shown["Counts as"]])]
        st.data_editor(
            shown[["Recorded", "Accounts", "Counts as", "Read in"]],
            key=key,
            hide_index=True,
            width="stretch",
            disabled=["Recorded", "Accounts", "Read in"],
            column_config={
                "Counts as": st.column_config.SelectboxColumn(
                    options=list(dict.fromkeys(options)), required=True, width="large"
                )
            },
        )
        save_grouping(study, key)
        ask_own_reason(study, [str(text) for text in recorded["text"]])


def ask_own_reason(study: Study, recorded: list[str]) -> None:
    """A line for the checklist that is not among the usual ones, and the recorded reasons that
    count as it.
    """
    with st.form("own_reason", clear_on_submit=True, border=False):
        name = st.text_input(
            "A reason of your own",
            key="own_reason_name",
            max_chars=60,
            placeholder="For example: chose a competitor",
        )
        texts = st.multiselect(
            "Recorded reasons that count as it",
            recorded,
            key="own_reason_texts",
            placeholder="Choose from the recorded ones",
        )
        pressed = st.form_submit_button("Add to the checklist")
    if pressed and name.strip() and texts:
        reason = " ".join(name.split()).lower()
        open_study.change(
            f"Reason added: {reason}",
            reason_groups={**study.settings.reason_groups, **dict.fromkeys(texts, reason)},
        )
        st.rerun()
    elif pressed:
        st.caption("Give it a name and at least one recorded reason.")


def save_grouping(study: Study, key: str) -> None:
    """Rows edited in the table become settings, and the page starts over."""
    recorded = study.recorded_reasons
    chosen = {
        str(recorded["text"].iloc[int(row)]): ""
        if edit["Counts as"] == NO_GROUP
        else str(edit["Counts as"])
        for row, edit in st.session_state[key]["edited_rows"].items()
        if edit.get("Counts as")
    }
    if chosen:
        words = ", ".join(f"“{text}” as {reason or NO_GROUP}" for text, reason in chosen.items())
        open_study.change(
            f"Reason {words}", reason_groups={**study.settings.reason_groups, **chosen}
        )
        st.rerun()


def show_words(study: Study) -> None:
    """Words and phrases said more often of one side, with quotes; then those that prove nothing."""
    with working("Comparing words in reasons, tickets and notes"):
        words = study.words
    if not len(words):
        st.caption(
            "No words to compare: reasons, tickets or notes of at least five best and five worst or lost "
            "accounts would be read here."
        )
        return
    heard = words.iloc[0]
    st.caption(
        f"Remarks are known of {count(heard.of_best)} best customers and {count(heard.of_worst)} worst customers "
        "and lost accounts; each account says a word once. Names are masked in quotes. Words never score."
    )
    for group, title in (
        ("worst", "Said more often of worst customers and lost accounts"),
        ("best", "Said more often of best customers"),
    ):
        table = word_table(words, (group,)).drop(columns=["z", "q"])
        st.markdown(f"**{title}**" if len(table) else f"**{title}**: nothing beyond chance")
        if len(table):
            show_table(f"words_{group}", table, column_config=QUOTES, row_height=WRAPPED)
    with st.expander("All words compared, with z and q"):
        show_table("words", word_table(words, ("worst", "best", "none")), column_config=QUOTES)


def show_afterwards(study: Study) -> None:
    """What good looks like after the sale; it never scores."""
    found = study.afterwards
    if not len(found):
        st.caption(
            "Nothing is recorded of what happens after the sale. Columns such as onboarding days, features used "
            "or tickets would be compared here between best customers and the rest."
        )
        return
    telling = found[found["differs"].astype(bool) & ~found["part_of_best"].astype(bool)]
    st.markdown(
        f"{of(len(telling), len(found))} things measured after the sale differ between best customers and the "
        "rest and did not choose them."
    )
    for sentence in telling["sentence"]:
        st.markdown(f"- {plain(sentence)}")
    st.caption(
        "Known only after the sale, so it tells what good looks like and never scores a new account."
    )
    show_table("afterwards", afterwards_table(found))
