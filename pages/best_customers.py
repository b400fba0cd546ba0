"""Best customers: who they are, what they are worth, and what sets them apart.

Asks: how many are best, how much each value metric counts, conditions, accounts by hand. Shows: the
value they hold, traits against the other customers, every judged customer, who is borderline and
how stable the set is.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.charts import customers, stability, traits
from icp_engine.customers.stability import describe_stability
from icp_engine.types import Frame
from icp_engine.wording.numbers import count, of
from icp_engine.wording.shares import PERCENT_FORMAT, SURE, percent
from ui.answers.account_names import account_names
from ui.answers.best_customers import best_figures, how_sure, pairs_sentence
from ui.answers.markdown import plain
from ui.best_customers import changes
from ui.best_customers import controls as best_controls
from ui.best_customers.conditions import show_conditions
from ui.frame import shell
from ui.frame.cards import show_figures, show_title, show_verdict
from ui.frame.chart import show_exact_table, show_folded, show_table
from ui.frame.layout import ANALYSTS, show_part, show_picture, show_tabs, split
from ui.frame.progress import working
from ui.state import open_study


def show_page() -> None:
    """Lay the page out: sentence, figures, controls beside the value, tabs."""
    study = shell.require_study("best_customers")
    with working("Finding the best customers"):
        best = study.best
    show_title("Best customers", best.sentence, beside=how_sure(study))
    show_figures(best_figures(study))
    controls, consequence = split("best")
    with controls, st.container(border=True):
        show_controls(study)
    with consequence:
        show_value(study)
        if best.basis == "value":
            changes.show_changes(study)
    show_tabs(
        "best_customers",
        {
            "What sets them apart": lambda: show_traits(study),
            "Best against the rest": lambda: show_worth_of_groups(study),
            "Customers": lambda: show_people(study),
            "By hand": lambda: show_rules(study),
            ANALYSTS: lambda: show_analysis(study),
        },
    )
    shell.show_next("best_customers")


def show_controls(study: Study) -> None:
    """How many are best and by what; nothing to size or weigh where no metric can rank customers."""
    if study.best.basis == "value":
        best_controls.ask_objective(study)
        best_controls.ask_size(study)
    if study.customers.metrics:
        best_controls.ask_weights(study)
    else:
        st.caption(
            "The files hold no amount, count or date that could rank customers. Name a value metric on Data."
        )


def show_value(study: Study) -> None:
    """The value curve; without value, what is known instead."""
    chart = open_study.made_once(
        study,
        "value_chart",
        lambda: customers.value_chart(study.best, study.account_value, study.best.value_name),
    )
    if chart is None:
        with st.container(border=True):
            st.markdown("**No value to add up**")
            st.caption(
                "With an amount, revenue or another value metric this would show how much the best hold."
            )
        return
    show_picture("value", chart)


def show_traits(study: Study) -> None:
    """Traits of best customers against the others, and how sure they are."""
    with working("Comparing traits"):
        found = study.traits
    show_verdict(found.verdict)
    chart = open_study.made_once(study, "best_chart", lambda: traits.best_chart(found))
    if chart is not None:
        show_picture("traits", chart)
    if len(found.table):
        show_exact_table(
            "all_traits",
            lambda: traits.trait_table(found.table),
            label=f"All {count(len(found.table))} traits tried",
        )
    worth = open_study.made_once(
        study, "worth_for", lambda: traits.worth_table(found, traits.TOWARDS)
    )
    if not worth.empty:
        show_folded(
            "What customers with and without each of them are worth",
            "worth_for",
            lambda: show_worth(worth),
        )
    show_part("Two traits together", lambda: show_pairs(study))


def show_pairs(study: Study) -> None:
    """Pairs of traits that say more together than the stronger of the two."""
    found = study.traits
    sentence = open_study.made_once(study, "pairs_sentence", lambda: pairs_sentence(found))
    st.markdown(plain(sentence), width=760)
    chart = open_study.made_once(study, "pairs_chart", lambda: traits.pairs_chart(found))
    if chart is not None:
        show_picture("pairs", chart)
    if len(found.pairs):
        show_exact_table(
            "all_pairs",
            lambda: traits.pair_table(found.pairs, found.table),
            label=f"The {count(len(found.pairs))} clearest pairs",
        )


def show_worth(worth: Frame) -> None:
    """What customers with and without each trait are worth, with the caution it takes."""
    st.caption(
        "All judged customers whose value is known. Value chose the best, so this describes a trait and does "
        "not test it."
    )
    show_table("worth_for", worth)


def show_worth_of_groups(study: Study) -> None:
    """What best, other and worst customers are worth, then two of the metrics against each other."""
    show_metrics(study)
    show_part("Two metrics against each other", lambda: changes.show_scatter(study))


def show_people(study: Study) -> None:
    """Every judged customer; who stands on the line, drawn anew once unfolded; who is in no group."""
    show_customers(study)
    show_folded("Who is borderline", "borderline", lambda: show_borderline(study))
    show_part("Left out", lambda: show_left_out(study))


def show_rules(study: Study) -> None:
    """What a person says beside the weights: single accounts, and conditions on all."""
    show_part("Single accounts", lambda: best_controls.show_by_hand(study))
    show_part("Conditions", lambda: show_conditions(study))


def show_metrics(study: Study) -> None:
    """Medians of each value metric in the three groups."""
    table = customers.metric_table(study.accounts, study.best, study.intake.currency)
    if table.empty:
        st.caption("No value metric ranks these customers.")
        return
    st.caption(
        "The middle value of each group, and of how many customers it is known. These numbers define the "
        "groups, so they never describe a segment or score an account."
    )
    medians = [name for name in table if str(name).endswith(", median")]
    show_table(
        "metrics",
        table,
        column_config={
            "Value metric": st.column_config.TextColumn(width="medium"),
            **{name: st.column_config.NumberColumn(format="localized") for name in medians},
        },
    )
    if study.best.age is not None:
        mark = ":material/warning: " if study.best.age.matters else ""
        st.markdown(f"{mark}{plain(study.best.age.sentence)}")


def show_customers(study: Study) -> None:
    """Every judged customer with group and score."""
    if account_names(study) is None:
        st.caption("The files hold no account names; ids are shown.")
    st.caption(
        "Score: how a customer ranks on all metrics together, 0–100; the columns after it add up to it."
    )
    show_table("customers", customers.customer_table(study.accounts, study.best))


def show_left_out(study: Study) -> None:
    """Who stands in no group, and why."""
    for note in study.best.notes:
        st.markdown(plain(note))
    reasons = study.customers.left_out.value_counts()
    for reason, number in reasons.items():
        st.caption(f"{of(number, len(study.accounts), 'accounts')}: {plain(reason)}")
    if not study.best.notes and not len(reasons):
        st.caption("Every customer stands in a group.")


def show_borderline(study: Study) -> None:
    """Customers that other weights, or another draw of customers, would move across the line."""
    if not study.best.metrics:
        st.caption("Without value metrics nobody is ranked, so nobody stands on the line.")
        return
    table = redrawn(study)
    for sentence in describe_stability(table)[1:] or ("No customer stands on the line.",):
        st.markdown(plain(sentence))
    st.caption(
        f"Best in: share of redraws of weights and customers in which a customer is best; borderline from "
        f"{percent(0.25)} to {percent(0.75)}. To settle one for good, pin it or leave it out under “By hand”."
    )
    close = stability.borderline_table(table, study.best, account_names(study))
    if len(close):
        show_table(
            "borderline",
            close,
            column_config={
                "Best in": st.column_config.ProgressColumn(
                    min_value=0, max_value=100, format=PERCENT_FORMAT
                )
            },
        )


def show_stability(study: Study) -> None:
    """How many best customers stay when weights and customers are drawn anew, and when one weight
    moves.
    """
    if not study.best.metrics:
        st.caption("Without value metrics there are no weights to move.")
        return
    for sentence in describe_stability(redrawn(study)):
        st.markdown(plain(sentence))
    with working("Moving each weight by a quarter"):
        moved = study.sensitivity
    st.markdown(plain(stability.moved_weights_sentence(moved)))
    show_table("sensitivity", stability.moved_weights_table(moved, study.best))


def redrawn(study: Study) -> Frame:
    """How often each judged customer is best in redraws; kept by the study once computed."""
    with working("Drawing weights and customers anew"):
        return study.stability


def show_analysis(study: Study) -> None:
    """What best and worst rest on, the age difference in full, how stable the set is, and every
    customer's share of redraws.
    """
    best = study.best
    st.caption(f"Best means {best.basis}. Worst: {plain(best.worst_basis)}.")
    if best.age is not None:
        age = best.age
        st.markdown(
            f"Customer age, median of best less rest: {count(age.difference)} days "
            f"({SURE} interval {count(age.low)} to {count(age.high)}; {count(age.of_best)} best, "
            f"{count(age.of_rest)} rest)."
        )
    show_part("How stable the set is", lambda: show_stability(study))
    if best.metrics:
        shares = redrawn(study).rename(
            columns={
                "best": "Best",
                "chosen_share": "Best in, share of redraws",
                "borderline": "Borderline",
                "by_hand": "By hand",
            }
        )
        with st.expander("Every judged customer's share of redraws"):
            show_table("redraws", shares)


show_page()
