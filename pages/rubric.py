"""Rubric: which accounts deserve attention, and what each weight does to that.

Asks: weights, bands, what unknown values earn. Shows: won and lost deals by score, win rate by band, every score with
its reason.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts import bands
from icp_engine.charts.rubric import level_table, moves_sentence
from ui import shell, state
from ui.accounts import show_scored_accounts
from ui.cards import guarded, show_figures, show_title
from ui.charts_view import show_table
from ui.layout import show_picture, show_tabs, split
from ui.looks import as_suggested
from ui.progress import working
from ui.proof import proof_figures
from ui.rubric_change import use_starter
from ui.rubric_controls import show_bands, show_buttons, show_weights
from ui.words import count, plain, plural


def show_page() -> None:
    """The part that answers a slider, then the way onwards."""
    study = shell.require_study("rubric")
    with working("Fitting the rubric and checking it on held-out deals"):
        _computed = study.validation  # here, so that the wait is announced
    show_rubric()
    shell.show_next("rubric")


@st.fragment
@guarded
def show_rubric() -> None:
    """Everything a weight moves; runs alone when one does."""
    study = state.open_study()
    if study is None:
        return
    show_title("Rubric", study.validation.sentence, study.validation.verdict)
    if study.rubric.criteria:
        show_criteria(study)
    else:
        show_nothing_helps(study)
    show_tabs("rubric", {
        "Accounts and reasons": lambda: show_scored_accounts(study), "Fit levels": lambda: show_levels(study),
        "For analysts": lambda: show_origin(study),
    })


def show_criteria(study: Study) -> None:
    """Figures, sliders left, consequences right."""
    show_change(study)
    show_looks(study)
    controls, consequence = split("rubric")
    with controls:
        show_buttons(study)
        show_weights(study)
        show_bands(study.rubric)
    with consequence:
        show_consequence(study)


def show_change(study: Study) -> None:
    """The figures, beside those of the suggestion once anything was changed, and who changed band."""
    suggested = as_suggested(study)
    changed = suggested.rubric != study.rubric
    show_figures(proof_figures(study.validation, suggested.validation if changed else None))
    if changed:
        st.caption(f"Beside the rubric as suggested: {moves_sentence(suggested.scores['band'], study.scores['band'])}")


def show_looks(study: Study) -> None:
    """How many changed rubrics were judged by the same deals."""
    looks, deals = study.settings.looks, count(len(study.validation.scored))
    if looks:
        st.caption(f"These {deals} deals have judged {plural(looks, 'changed rubric')}; deals closed from now on are "
                   "the honest test.")


def show_consequence(study: Study) -> None:
    """Won and lost deals by score, win rate by band; band sizes where no deal can test them."""
    validation, rubric = study.validation, study.rubric
    if len(validation.scored):
        show_picture("scores", bands.score_chart(validation, rubric.green, rubric.yellow))
    if validation.metrics["win_rate"].value is not None:
        show_picture("win_rates", bands.win_rate_chart(validation))
    if not len(validation.scored):
        with st.container(border=True):
            st.markdown("**Accounts by band**")
            st.caption("No closed deals can test the score, so only the number of accounts in each band is shown.")
            sizes = study.scores["band"].value_counts().rename_axis("Band").rename("Accounts").reset_index()
            show_table("band_sizes", sizes)


def show_nothing_helps(study: Study) -> None:
    """No criterion helps: said calmly, with the way on."""
    for reason in study.validation.verdict.because:
        st.caption(plain(reason))
    with st.container(border=True):
        st.markdown("**No criterion of these files tells who buys, so every account scores 50 and has no band.**")
        st.markdown("You can begin with nine questions from common practice, such as budget authority and technical "
                    "compatibility, and answer them deal by deal. They are assumptions until your own deals test them.",
                    width=760)
        st.button("Begin with the starter questions", key="use_starter", type="primary", on_click=use_starter)


def show_levels(study: Study) -> None:
    """What each value of each criterion earns."""
    table = level_table(study.rubric)
    if table.empty:
        st.caption("The rubric has no criteria.")
        return
    st.caption("A value earns a share of its criterion's weight; the points of all criteria add up to the score.")
    show_table("levels", table, column_config={
        "Earns, of its weight": st.column_config.NumberColumn(format="percent"),
        "Points": st.column_config.NumberColumn(format="%.1f"),
    })


def show_origin(study: Study) -> None:
    """Where the rubric comes from, and the rubric as a file."""
    rubric = study.rubric
    learned = {"won": "won against lost accounts", "best": "best against worst customers",
               "both": "won against lost accounts and best against worst customers, weighted alike"}
    st.markdown(f"Origin: {rubric.origin}. Learned from: {learned.get(rubric.learned_from, 'nothing yet')}.")
    for note in (rubric.note, rubric.bands_note, *(f"{g.name}: {g.why}" for g in rubric.groups if g.why)):
        if note:
            st.caption(plain(note))
    st.download_button("Download the rubric (JSON)", rubric.to_json(), f"rubric-{state.stamp()}.json",
                       "application/json", key="download_rubric", icon=":material/download:", on_click="ignore")


show_page()
