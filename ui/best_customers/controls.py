"""Controls of the best customers: how many, by which metrics, and single accounts by hand.

Comes in: the study's settings. Goes out: changed settings. Separate from the page, which only lays
out.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.customers.model import Metric
from icp_engine.settings import OBJECTIVES
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.shares import percent
from ui.answers.account_names import (
    account_names,
    find_accounts,
    label,
)
from ui.answers.best_customers import cannot_be_best, taken
from ui.answers.markdown import plain
from ui.answers.terms import linked
from ui.frame.layout import synced
from ui.state import open_study

SHARES = {share: percent(share) for share in (0.10, 0.20, 1 / 3)}
BY_NUMBER = "A number"
MOST_WEIGHT = 3.0
MOST_LISTED = 3_000  # customers that a list to choose from can hold
PIN, EXCLUDE = "Always count as best", "Leave out of all groups"


def ask_objective(study: Study) -> None:
    """What the profile is for; it decides which metrics count most."""
    st.selectbox(
        "Objective: what this ICP is for",
        list(OBJECTIVES),
        key=synced("best_purpose", study.settings.objective),
        format_func=OBJECTIVES.__getitem__,
        on_change=_save_objective,
        help=linked(
            "Sets how much each metric below counts; a weight set by hand stays.", "metric"
        ),
    )


def _save_objective() -> None:
    chosen = st.session_state["best_purpose"]
    open_study.change(f"Objective: {OBJECTIVES[chosen]}", objective=chosen)


def ask_size(study: Study) -> None:
    """The share, or the number, of judged customers that count as best."""
    settings = study.settings
    shown = (
        BY_NUMBER if settings.top_n else SHARES.get(settings.top_share, percent(settings.top_share))
    )
    options = list(dict.fromkeys([*SHARES.values(), shown, BY_NUMBER]))
    st.radio(
        "How many are best",
        options,
        key=synced("best_size", shown),
        on_change=_save_size,
        horizontal=True,
        help=linked("Share of judged customers: at least 10, never more than a third.", "best"),
    )
    why = taken(
        len(study.best.accounts), len(study.best.scores), settings.top_share, settings.top_n
    )
    if why:
        st.caption(why)
    if settings.top_n:
        st.number_input(
            "Number of best customers",
            1,
            1_000_000,
            key=synced("best_number", settings.top_n),
            on_change=_save_number,
        )


def _save_size() -> None:
    chosen, study = st.session_state["best_size"], open_study.open_study()
    share = next((share for share, words in SHARES.items() if words == chosen), None)
    if share is not None:
        open_study.change(f"Best customers: {chosen}", top_share=share, top_n=None)
    elif chosen == BY_NUMBER and study is not None:
        open_study.change("Best customers by number", top_n=max(1, len(study.best.accounts)))


def _save_number() -> None:
    number = int(st.session_state["best_number"])
    open_study.change(f"Best customers: {number}", top_n=number)


def ask_weights(study: Study) -> None:
    """One slider a value metric; those without weight are folded away."""
    metrics = study.customers.metrics
    weighted = [metric for metric in metrics if metric.weight > 0]
    others = [metric for metric in metrics if metric.weight <= 0]
    st.markdown("**What makes a customer good**")
    for metric in weighted:
        ask_weight(metric)
    if others:
        with st.expander(plural(len(others), "more metric"), expanded=not weighted):
            for metric in others:
                ask_weight(metric)
    if study.settings.metric_weights:
        st.button(
            "Back to the weights of the objective",
            key="reset_metric_weights",
            on_click=_reset_weights,
        )


def ask_weight(metric: Metric) -> None:
    """How much one metric counts."""
    key = f"metric_weight_{metric.name}"
    source = "computed from won deals" if metric.derived else "from the files"
    fair = "; compared among customers of the same age" if metric.grows_with_time else ""
    st.slider(
        f"{plain(metric.label)} · {metric.direction} is better",
        0.0,
        MOST_WEIGHT,
        step=0.1,
        format="%.1f",
        key=synced(key, min(round(metric.weight, 2), MOST_WEIGHT)),
        on_change=_save_weight,
        args=(metric.name, key),
        help=linked(f"{source.capitalize()}{fair}; 0 leaves it out.", "value"),
    )


def _save_weight(name: str, key: str) -> None:
    study = open_study.open_study()
    if study is not None:
        weights = {metric.name: metric.weight for metric in study.customers.metrics}
        chosen = float(st.session_state[key])
        open_study.change(
            f"Weight of {name}: {chosen:.1f}", metric_weights={**weights, name: chosen}
        )


def _reset_weights() -> None:
    open_study.change("Metric weights of the objective", metric_weights={})


def show_by_hand(study: Study) -> None:
    """Accounts counted as best or left out by a person, each with a reason, and the form for
    another.
    """
    for kind, chosen in (("pins", study.settings.pins), ("exclusions", study.settings.exclusions)):
        for account, reason in chosen.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                what = "counts as best" if kind == "pins" else "left out"
                st.markdown(
                    f"**{plain(label(study, account))}** {what}: {plain(reason)}", width="stretch"
                )
                st.button(
                    "Take back",
                    key=f"take_back_{kind}_{account}",
                    on_click=_take_back,
                    args=(kind, account),
                )
    with st.form("by_hand", border=False):
        left, right = st.columns(2, gap="small")
        with left:
            asked = ask_account(study)
        what = right.selectbox("What should happen", [PIN, EXCLUDE], key="by_hand_what")
        reason = st.text_input("Reason, shown in the profile", key="by_hand_reason", max_chars=200)
        if st.form_submit_button("Save"):
            save_by_hand(study, asked, what, reason)


def ask_account(study: Study) -> str:
    """A customer chosen from a list that narrows while one types; a name or id where there are too
    many to list.
    """
    customers = study.customers.is_customer
    ids = [str(account) for account in customers.index[customers]]
    if len(ids) > MOST_LISTED:
        return st.text_input(
            "Account", key="by_hand_account", max_chars=200, placeholder="Name or id"
        )
    names = account_names(study)
    shown = {} if names is None else names.reindex(ids).dropna().to_dict()
    ids.sort(key=lambda account: str(shown.get(account, account)).casefold())
    return (
        st.selectbox(
            "Account",
            ids,
            index=None,
            key="by_hand_account",
            placeholder="Type a name or an id",
            format_func=lambda account: (
                f"{shown[account]} ({account})" if account in shown else account
            ),
        )
        or ""
    )


def save_by_hand(study: Study, asked: str, what: str, reason: str) -> None:
    """Pin or leave out one account; a reason is asked for, since it stands in the document."""
    if not asked.strip():
        st.warning("Choose an account.")
        return
    if not reason.strip():
        st.warning("Give a reason: it stands in the profile.")
        return
    account = choose_account(study, asked)
    if account is None:
        return
    refused = cannot_be_best(study, account) if what == PIN else ""
    if refused:
        st.warning(f"{plain(label(study, account))} cannot count as best: {plain(refused)}.")
        return
    kind, other = ("pins", "exclusions") if what == PIN else ("exclusions", "pins")
    kept = {name: why for name, why in getattr(study.settings, other).items() if name != account}
    changes = {kind: {**getattr(study.settings, kind), account: reason.strip()}, other: kept}
    open_study.change(f"{what}: {label(study, account)}", **changes)
    st.rerun()


def _take_back(kind: str, account: str) -> None:
    study = open_study.open_study()
    if study is not None:
        kept = {name: why for name, why in getattr(study.settings, kind).items() if name != account}
        open_study.change(f"Taken back: {label(study, account)}", **{kind: kept})


def choose_account(study: Study, asked: str) -> str | None:
    """The one account meant; otherwise says what was found."""
    found = find_accounts(study, asked)
    if len(found) == 1:
        return found[0]
    if not found:
        st.warning(f"No account is called “{plain(asked)}”. Check the spelling, or use its id.")
    else:
        some = ", ".join(
            f"{plain(label(study, account))} ({plain(account)})" for account in found[:5]
        )
        st.warning(f"{count(len(found))} accounts fit: {some}. Give the id.")
    return None
