"""Validation: whether the rubric holds on deals it never saw, and what it costs to follow it.

Shows: three sentences, win rate by band, what is given up, the last deals to read, checks, open deals.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.activate.study_files import pipeline_table
from icp_engine.charts import bands, proof
from icp_engine.types import Frame
from icp_engine.validation.model import Check, Validation
from ui import shell
from ui.accounts import account_names
from ui.cards import show_figures, show_title
from ui.charts_view import show_download, show_table
from ui.layout import show_picture, show_tabs, split
from ui.progress import working
from ui.proof import NEXT_PROOF, metric, proof_figures
from ui.words import count, number, percent, plain, plural

WRAPPED, WHY_WIDTH = 88, 440  # pixels of a row and a column, so that a reason can be read
LAST = 20  # won and lost deals to read, each
OUTCOMES = {
    "caution": ("Cautions", ":material/warning:"), "passed": ("Passed", ":material/check:"),
    "not_applicable": ("Not applicable", ":material/remove:"),
}


def show_page() -> None:
    """Lay the page out: three sentences, figures, impact beside win rates, tabs."""
    study = shell.require_study("validation")
    with working("Checking on held-out deals"):
        found = study.validation
    show_title("Validation", found.verdict.sentence, found.verdict)
    show_sentences(study)
    show_figures(proof_figures(found))
    impact, rates = split("validation")
    with impact:
        show_impact(found)
    with rates:
        show_rates(study)
    cautions = sum(check.outcome == "caution" for check in found.checks)
    show_tabs("validation", {
        "Last won and lost deals": lambda: show_deals(study), "What was missed": lambda: show_missed(study),
        "Open deals": lambda: show_open(study), f"Checks ({plural(cautions, 'caution')})": lambda: show_checks(found),
        "For analysts": lambda: show_analysis(study),
    })
    shell.show_next("validation")


def show_sentences(study: Study) -> None:
    """How sure it is, and what would change that."""
    st.markdown(plain(study.holdout.sentence), width=760)
    st.markdown(NEXT_PROOF[study.validation.verdict.level], width=760)


def show_impact(found: Validation) -> None:
    """What working only Green and Yellow brings, and what it gives up, in one card."""
    with st.container(border=True):
        st.markdown("**Working only Green and Yellow accounts**")
        if metric(found, "win_rate_green_yellow").value is None:
            st.caption("Cannot be told from these deals.")
            return
        st.table(proof.impact_table(found), border="horizontal", hide_index=True)
        st.markdown("**What that gives up**")
        st.table(proof.given_up_table(found), border="horizontal", hide_index=True)
        st.caption("In brackets: 95\u202f% intervals. All at these deals' own win rate; nothing is balanced.")


def show_rates(study: Study) -> None:
    """Win rate by band; why not, where it cannot be shown."""
    found = study.validation
    if found.metrics["win_rate"].value is not None:
        show_picture("win_rates", bands.win_rate_chart(found))
        return
    with st.container(border=True):
        st.markdown("**Win rate by band**")
        for reason in found.verdict.because or ("There are no closed deals that could test the rubric.",):
            st.caption(plain(reason))


def show_deals(study: Study) -> None:
    """The newest won and lost deals with scores and reasons."""
    scored = study.validation.scored
    if scored.empty:
        st.caption("There are no closed deals to read.")
        return
    st.caption("A list to read, not a measure: the newest won and lost deals. " + plain(study.holdout.sentence))
    for outcome, won in (("won", True), ("lost", False)):
        some = scored[scored["won"] == won].head(LAST)
        st.markdown(f"**The last {count(len(some))} {outcome} deals**")
        show_readable(study, f"last_{outcome}", some)


def show_readable(study: Study, key: str, scored: Frame) -> None:
    """Deals with account, score, band and reason."""
    reasons = study.explain(scored["account_id"].unique())
    table = proof.deal_table(scored, study.deals, account_names(study), reasons)
    st.dataframe(table, hide_index=True, width="stretch", key=f"table_{key}", column_config=DEAL_COLUMNS,
                 row_height=WRAPPED, placeholder="—")
    show_download(key, table)


DEAL_COLUMNS = {
    "Score": st.column_config.NumberColumn(format="%.1f", width="small"),
    "Closed": st.column_config.DateColumn(format="D MMM YYYY", width="small"),
    "Amount": st.column_config.NumberColumn(format="localized", width="small"),
    "Band": st.column_config.TextColumn(width="small"), "Deal": st.column_config.TextColumn(width="medium"),
    "Account": st.column_config.TextColumn(width=130), "Why": st.column_config.TextColumn(width=WHY_WIDTH),
}


def show_missed(study: Study) -> None:
    """Won although Red, lost although Green."""
    scored = study.validation.scored
    for title, won, band in (("Won although Red", True, "Red"), ("Lost although Green", False, "Green")):
        some = scored[(scored["won"] == won) & (scored["band"] == band)]
        all_of = int((scored["won"] == won).sum())
        st.markdown(f"**{title}**: {count(len(some))} of {count(all_of)} {'won' if won else 'lost'} deals")
        if len(some):
            show_readable(study, f"missed_{band}", some.head(LAST))


def show_open(study: Study) -> None:
    """Open deals by band, and each of them with the reason of its score."""
    if not study.validation.open_deals["deals"].sum():
        st.caption("The files hold no open deals.")
        return
    show_picture("open_deals", bands.open_deals_chart(study.validation, study.intake.currency))
    with working("Scoring the open deals"):
        table = pipeline_table(study)
    names = account_names(study)
    if names is not None:
        table.insert(1, "account", names.reindex(table["account_id"]).to_numpy())
    show_table("open_list", table, column_config={
        "amount": st.column_config.NumberColumn(format="localized"), "why": st.column_config.TextColumn(width="large"),
        "created_date": st.column_config.DateColumn(format="D MMM YYYY"),
        "coverage": st.column_config.NumberColumn(format="percent"),
    })


def show_checks(found: Validation) -> None:
    """Every coded check: cautions first, then what passed, then what does not apply."""
    for outcome, (title, icon) in OUTCOMES.items():
        some = [check for check in found.checks if check.outcome == outcome]
        if some:
            st.markdown(f"{icon} **{title}** ({len(some)})")
        for check in some:
            show_check(check)


def show_check(check: Check) -> None:
    """One check: what was found; a caution also says why it matters and what to do."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(check.title)}** {plain(check.finding)}")
        if check.outcome == "caution":
            st.caption(f"{plain(check.why_it_matters)} {plain(check.what_to_do)}")
        st.caption(f"{check.code} · {plain(check.how_detected)}")


def show_analysis(study: Study) -> None:
    """Reasons, score histogram, every metric, chance, ceiling, past quarters."""
    found = study.validation
    for reason in found.verdict.because:
        st.markdown(plain(reason))
    if found.permutation_p is not None:
        st.markdown(f"With outcomes shuffled between accounts, a ranking this good came up in "
                    f"{percent(found.permutation_p, 1)} of the tries (permutation p {number(found.permutation_p)}).")
    if len(found.scored):
        show_picture("histogram", bands.score_chart(found, study.rubric.green, study.rubric.yellow))
    with st.expander("Every metric"):
        show_table("metrics", proof.metric_rows(found))
    show_ceiling(study)
    show_backtest(study)


def show_ceiling(study: Study) -> None:
    """What gradient boosting reaches on the same rows; fitted when asked for."""
    if not st.toggle("Compare with gradient boosting on the same rows", key="ceiling"):
        return
    with working("Fitting gradient boosting"):
        ceiling = study.ceiling
    if ceiling.value is None:
        st.caption("Only possible where deals were held out.")
        return
    limits = f"{100 * (ceiling.low or 0):.0f}–{100 * (ceiling.high or 1):.0f}"
    st.markdown("Gradient boosting, which nobody can read, ranks a won deal above a lost one "
                f"{100 * ceiling.value:.0f} times in 100 ({limits}).")


def show_backtest(study: Study) -> None:
    """The rubric of each past quarter on the quarter after it; computed when asked for."""
    if not st.toggle("Go back quarter by quarter", key="backtest"):
        return
    with working("Fitting the rubric of each past quarter"):
        table = study.backtest
    if not len(table):
        st.caption("No past quarter holds enough won and lost accounts.")
        return
    st.caption("The rubric as it would have been at each quarter's end, on the accounts first closed in the quarter "
               "after it. Attributes are today's.")
    show_table("backtest", proof.backtest_table(table))


show_page()
