"""Anti-ICP: which accounts are a bad fit, and what that should do to a score.

Asks: which bad-fit traits cap a band, which withheld columns are used anyway. Shows: worst against
best, the usual reasons, words, what came after the sale, what is withheld and why.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.attributes.model import Withheld
from icp_engine.charts import traits
from icp_engine.rubric.flag_effects import FlagEffect, flag_effects
from icp_engine.rubric.model import Flag
from icp_engine.wording.numbers import count, of
from ui.answers.anti_icp import (
    bad_fit_figures,
    bad_fit_sentence,
    effect_words,
    won_lost_sentence,
)
from ui.answers.markdown import flag_name, plain
from ui.anti_icp import remarks
from ui.frame import shell
from ui.frame.cards import show_figures, show_title
from ui.frame.chart import show_exact_table, show_table
from ui.frame.layout import ANALYSTS, show_part, show_picture, show_tabs, split, synced
from ui.frame.progress import working
from ui.rubric.change import save_flag
from ui.state import open_study

CONSEQUENCES = {
    "disqualifier": ("Disqualifiers", "Switched on, the band is held at Red; the score stays."),
    "warning": ("Warnings", "Switched on, the band is Yellow at best; the score stays."),
    "caution": ("Cautions", "Shown beside the score; they change nothing."),
}


def show_page() -> None:
    """Lay the page out: sentence, figures, switches beside the contrast, tabs."""
    study = shell.require_study("anti_icp")
    with working("Comparing worst and best customers"):
        _computed = study.traits  # here, so that the wait is announced
    show_title("Anti-ICP", bad_fit_sentence(study))
    show_figures(bad_fit_figures(study))
    controls, consequence = split("anti")
    with controls, st.container(border=True):
        show_switches(study)
    with consequence:
        show_contrast(study)
    show_tabs(
        "anti_icp",
        {
            "Why deals were lost": lambda: remarks.show_reasons(study),
            "Won against lost": lambda: show_won_lost(study),
            "Their words": lambda: remarks.show_words(study),
            "After the sale": lambda: show_after_the_sale(study),
            ANALYSTS: lambda: show_analysis(study),
        },
    )
    shell.show_next("anti_icp")


def show_switches(study: Study) -> None:
    """Every bad-fit trait as a sentence with a switch into the rubric."""
    flags = list(enumerate(study.rubric.flags))
    effects = open_study.made_once(
        study,
        "flag_effects",
        lambda: flag_effects(study.rubric, study.fits, study.accounts, study.outcomes),
    )
    if not flags:
        st.markdown("**Nothing to switch on**")
        st.caption(
            "No trait is clear enough to cap a score. Traits become warnings or disqualifiers when worst "
            "customers have them far more often than best ones."
        )
    for strength, (title, consequence) in CONSEQUENCES.items():
        some = [(position, flag) for position, flag in flags if flag.strength == strength]
        if some:
            st.markdown(f"**{title}**")
            st.caption(consequence)
        for position, flag in some:
            show_switch(position, flag, effects[position])


def show_switch(position: int, flag: Flag, effect: FlagEffect) -> None:
    """One trait: a switch where it can change a band, its sentence, and what switching it on does."""
    with st.container(gap="xxsmall"):
        if flag.strength != "caution":
            key = f"flag_{position}"
            st.toggle(
                plain(flag_name(flag)),
                key=synced(key, flag.on),
                on_change=save_flag,
                args=(position, key),
            )
        else:
            st.markdown(f":small[**{plain(flag_name(flag))}**]")
        st.caption(plain(f"{flag.sentence} {effect_words(flag, effect)}"))


def show_contrast(study: Study) -> None:
    """Worst against best, as points with intervals."""
    chart = open_study.made_once(study, "worst_chart", lambda: traits.worst_chart(study.traits))
    if chart is None:
        with st.container(border=True):
            st.markdown("**Nothing to contrast yet**")
            st.caption(
                "With customers who left, or with a value metric, worst and best customers are compared here."
            )
        return
    show_picture("anti", chart)


def show_won_lost(study: Study) -> None:
    """Who wins: attributes of accounts that were won against those that were lost."""
    with working("Comparing won and lost accounts"):
        found = study.traits.won_lost
    st.markdown(plain(won_lost_sentence(found)), width=760)
    chart = open_study.made_once(study, "won_lost_chart", lambda: traits.won_lost_chart(found))
    if chart is None:
        return
    show_picture("won_lost", chart)
    show_exact_table(
        "all_won_lost",
        lambda: traits.won_lost_table(found),
        label=f"All {count(len(found))} traits compared",
    )


def show_after_the_sale(study: Study) -> None:
    """What customers with bad-fit traits turned out to be worth, and what good looks like."""
    show_part("What they are worth", lambda: show_worth(study))
    show_part("What good looks like afterwards", lambda: remarks.show_afterwards(study))


def show_analysis(study: Study) -> None:
    """The proven traits in counts, the columns withheld, and what does not separate."""
    show_part("Traits that mark a bad fit", lambda: show_bad_traits(study))
    show_part("Columns withheld", lambda: show_withheld(study))
    show_part("Traits that do not separate", lambda: show_silent(study))


def show_worth(study: Study) -> None:
    """What customers with and without each bad-fit trait are worth."""
    table = traits.worth_table(study.traits, traits.AGAINST)
    if table.empty:
        st.caption(
            "No trait is proven to mark a bad fit, or no value metric is known, so there is nothing to compare."
        )
        return
    st.caption(
        "All judged customers whose value is known. What a trait comes with is described, not tested."
    )
    show_table("worth_against", table)


def show_bad_traits(study: Study) -> None:
    """The proven traits in counts, beside the lifts among customers alike in another attribute."""
    bad = traits.proven(study.traits.table, traits.AGAINST)
    if not len(bad):
        st.caption("No trait is proven to mark a bad fit.")
        return
    st.caption(
        "Adjusted: the ratio among customers that are alike in the attribute named last. Where it falls towards "
        "1, the trait rides along with that attribute."
    )
    show_table("bad_traits", traits.trait_table(bad))


def show_withheld(study: Study) -> None:
    """Columns that could describe an account but must not, with the reason and, where sensible, an
    override.
    """
    withheld, allowed = study.attributes.withheld, study.settings.allow
    for name in allowed:
        st.checkbox(
            f"{plain(name)}: used although a check withholds it",
            key=synced(f"allow_{name}", True),
            on_change=_save_allowed,
            args=(name, f"allow_{name}"),
        )
    if not withheld and not allowed:
        st.caption("No column is withheld.")
    for column in withheld:
        show_withheld_column(column)


def show_withheld_column(column: Withheld) -> None:
    """One withheld column: how it was found out, why it matters, what to do."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(column.attribute)}** · {plain(column.how_detected)}")
        st.caption(f"{plain(column.why_it_matters)} {plain(column.what_to_do)}")
        if column.can_allow:
            key = f"allow_{column.attribute}"
            st.checkbox(
                "Use it anyway",
                key=synced(key, False),
                on_change=_save_allowed,
                args=(column.attribute, key),
            )


def _save_allowed(name: str, key: str) -> None:
    study = open_study.open_study()
    if study is None:
        return
    kept = tuple(known for known in study.settings.allow if known != name)
    allowed = (*kept, name) if st.session_state[key] else kept
    open_study.change(f"{name} {'used' if st.session_state[key] else 'withheld'}", allow=allowed)


def show_silent(study: Study) -> None:
    """Traits about which the data claim nothing."""
    table = study.traits.table
    silent = table[table["direction"] == "none"]
    st.caption(
        f"{of(len(silent), len(table), 'traits')} tried differ no more than chance allows. That is not proof "
        "that they do not matter."
    )
    if len(silent):
        show_table("silent", traits.trait_table(silent))


show_page()
