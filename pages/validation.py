"""Validation: whether the rubric holds on deals it never saw, and what it costs to follow it.

Shows: three sentences, win rate by band, what is given up, deals to read, what was missed,
customers by band, past quarters, checks.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from icp_engine import Study
from icp_engine.charts import bands, proof
from icp_engine.study import looks
from icp_engine.validation.model import Check, Validation
from icp_engine.wording.shares import SURE
from ui.answers.markdown import plain
from ui.answers.validation import (
    REAL_RATES,
    falls_short,
    how_sure,
    metric,
    missed_words,
    proof_figures,
    what_would_change,
)
from ui.frame import held_out_check, shell
from ui.frame.cards import show_figures, show_title
from ui.frame.chart import show_download, show_folded
from ui.frame.layout import ANALYSTS, show_picture, show_tabs, split
from ui.frame.progress import working
from ui.frame.scrolling import open_tab
from ui.state import open_study
from ui.validation import analysis, deal_lists

OUTCOMES = {
    "caution": ("Cautions", ":material/warning:"),
    "passed": ("Passed", ":material/check:"),
    "not_applicable": ("Not applicable", ":material/remove:"),
}


def show_page() -> None:
    """Lay the page out: three sentences, figures, impact beside win rates, tabs."""
    study = held_out_check.show_checked(shell.require_study("validation"))
    with working("Checking on held-out deals"):
        found = study.validation
    show_title("Validation", found.verdict.sentence, found.verdict)
    show_sentences(study)
    if study.rubric.criteria:
        show_proof(study)
    else:
        show_nothing_rated()
    show_tabs("validation", tabs(study))
    shell.show_next("validation")


def tabs(study: Study) -> dict[str, Callable[[], None]]:
    """What stands below the first view; without criteria nobody has a band, so nothing is shown by
    band.
    """
    by_band: dict[str, Callable[[], None]] = {
        "Deals to read": lambda: show_deals(study),
        "Customers by band": lambda: show_customers(study),
    }
    always: dict[str, Callable[[], None]] = {
        "Past quarters": lambda: analysis.show_past(study),
        "Checks": lambda: show_checks(study.validation),
        ANALYSTS: lambda: analysis.show_analysis(study),
    }
    return {**(by_band if study.rubric.criteria else {}), **always}


def show_proof(study: Study) -> None:
    """Figures, then what following the rubric brings beside the win rates of its bands."""
    show_figures(proof_figures(study.validation, looks.suggested_validation(study)))
    impact, rates = split("validation")
    with impact:
        show_impact(study.validation)
    with rates:
        show_rates(study)


def show_nothing_rated() -> None:
    """What stands in place of bands where the rubric has no criteria."""
    with st.container(border=True):
        st.markdown("**No account is rated**")
        st.caption(
            "The rubric has no criteria, so there are no bands whose deals could be counted. On the rubric page "
            "you can begin with questions from common practice."
        )
        if st.button("Go to Rubric", key="to_rubric", icon=":material/tune:"):
            shell.go_to("rubric")


def show_sentences(study: Study) -> None:
    """How sure it is, what falls short, and what would change that; the title has said whether it
    is proven.
    """
    with st.container(gap="xsmall", width=1_000):
        st.markdown(f"**How sure:** {plain(how_sure(study))}")
        show_shortfalls(study.validation)
        st.markdown(f"**What would change that:** {plain(what_would_change(study))}")


def show_shortfalls(found: Validation) -> None:
    """The gravest two of what falls short, and the way to all checks; nothing where nothing does."""
    said = falls_short(found)
    if not said:
        return
    words, way = st.columns([8, 1.2], gap="small", width=1_000)
    words.markdown(f"**What falls short:** {plain(said)}")
    way.button(
        "All checks",
        key="to_checks",
        type="tertiary",
        icon=":material/arrow_downward:",
        on_click=open_tab,
        args=("validation", "Checks"),
    )


def show_impact(found: Validation) -> None:
    """What working only Green and Yellow brings, and what it gives up, in one card."""
    with st.container(border=True):
        st.markdown("**Working only Green and Yellow accounts**")
        if metric(found, "win_rate_green_yellow").value is None:
            st.caption("Cannot be told from these deals.")
            return
        with st.container(key="unbroken_impact"):  # figures stay with their intervals on one line
            st.table(proof.impact_table(found), border="horizontal", hide_index=True)
            st.markdown("**What that gives up**")
            st.table(proof.given_up_table(found), border="horizontal", hide_index=True)
        st.caption(REAL_RATES)


def show_rates(study: Study) -> None:
    """Win rate by band; why not, where it cannot be shown."""
    found = study.validation
    if found.metrics["win_rate"].value is not None:
        show_picture(
            "win_rates",
            open_study.made_once(study, "win_rates", lambda: bands.win_rate_chart(found)),
        )
        return
    with st.container(border=True):
        st.markdown("**Win rate by band**")
        for reason in found.verdict.because or (
            "There are no closed deals that could test the rubric.",
        ):
            st.caption(plain(reason))


def show_deals(study: Study) -> None:
    """What the bands got wrong, explained once unfolded; then the last won and lost deals."""
    if study.validation.missed_counts:
        show_folded(missed_words(study.validation), "missed", lambda: deal_lists.show_missed(study))
    deal_lists.show_recent(study)


def show_customers(study: Study) -> None:
    """What mature customers of each band turned out to be worth."""
    found = study.validation
    if not len(found.customers_by_band):
        st.caption(
            "Customers old enough to judge would be compared here by value, churn and sales cycle."
        )
        return
    st.caption(
        f"Customers of at least {study.settings.min_age_days} days, each in the band it gets from rubrics made "
        f"without it. In brackets: {SURE} intervals."
    )
    table = proof.band_customer_table(found.customers_by_band, study.intake.currency)
    st.table(table, border="horizontal", hide_index=True)
    show_download("customers_by_band", table)


def show_rules(found: Validation) -> None:
    """Rules of thumb from practice beside what was measured: missing one is no failure."""
    st.markdown("**Rules of thumb**")
    st.caption(
        "They come from practice, not from your data: to miss one is no failure, but worth a thought."
    )
    st.table(proof.rule_table(found.rules), border="horizontal", hide_index=True)


def show_checks(found: Validation) -> None:
    """Rules of thumb, then every coded check: cautions first, then what passed, then what does not
    apply.
    """
    show_rules(found)
    for outcome, (title, icon) in OUTCOMES.items():
        some = [check for check in found.checks if check.outcome == outcome]
        if some:
            st.markdown(f"{icon} **{title}** ({len(some)})")
        for check in some:
            show_check(check)


def show_check(check: Check) -> None:
    """One check: what was found; a caution says why it matters and what to do, the others what
    would make them one.
    """
    with st.container(border=True, gap="xsmall"):
        if check.outcome == "caution":
            st.markdown(f"**{plain(check.title)}** {plain(check.finding)}")
            st.caption(f"{plain(check.why_it_matters)} {plain(check.what_to_do)}")
            return
        st.markdown(plain(check.finding))
        st.caption(
            f"It would be a caution if: {plain(check.how_detected[:1].lower() + check.how_detected[1:])}"
        )


show_page()
