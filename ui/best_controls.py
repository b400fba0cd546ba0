"""Controls of the best customers: how many, by which metrics, and single accounts by hand.

Comes in: the study's settings. Goes out: changed settings. Separate from the page, which only lays out.
"""

from __future__ import annotations

import streamlit as st

from icp_engine import Study
from icp_engine.customers.model import Metric
from ui import state
from ui.accounts import choose_account, label
from ui.layout import synced
from ui.words import THIN, plain

SHARES = {0.10: f"10{THIN}%", 0.20: f"20{THIN}%", 1 / 3: f"33{THIN}%"}
BY_NUMBER = "A number"
MOST_WEIGHT = 3.0
PIN, EXCLUDE = "Always count as best", "Leave out of all groups"


def ask_size(study: Study) -> None:
    """The share, or the number, of judged customers that count as best."""
    settings = study.settings
    shown = BY_NUMBER if settings.top_n else SHARES.get(settings.top_share, f"{100 * settings.top_share:.0f}{THIN}%")
    options = list(dict.fromkeys([*SHARES.values(), shown, BY_NUMBER]))
    st.radio(
        "How many are best", options, key=synced("best_size", shown), on_change=_save_size, horizontal=True,
        help="Share of judged customers. At least 10 are taken, at most a third.",
    )
    if settings.top_n:
        st.number_input(
            "Number of best customers", 1, 1_000_000, key=synced("best_number", settings.top_n), on_change=_save_number,
        )


def _save_size() -> None:
    chosen, study = st.session_state["best_size"], state.open_study()
    share = next((share for share, words in SHARES.items() if words == chosen), None)
    if share is not None:
        state.change(f"Best customers: {chosen}", top_share=share, top_n=None)
    elif chosen == BY_NUMBER and study is not None:
        state.change("Best customers by number", top_n=max(1, len(study.best.accounts)))


def _save_number() -> None:
    number = int(st.session_state["best_number"])
    state.change(f"Best customers: {number}", top_n=number)


def ask_weights(study: Study) -> None:
    """One slider a value metric; those without weight are folded away."""
    metrics = study.customers.metrics
    weighted = [metric for metric in metrics if metric.weight > 0]
    others = [metric for metric in metrics if metric.weight <= 0]
    st.markdown("**What makes a customer good**")
    for metric in weighted:
        ask_weight(metric)
    if others:
        with st.expander(f"{len(others)} more metrics", expanded=not weighted):
            for metric in others:
                ask_weight(metric)
    if study.settings.metric_weights:
        st.button("Back to the weights of the objective", key="reset_metric_weights", on_click=_reset_weights)


def ask_weight(metric: Metric) -> None:
    """How much one metric counts."""
    key = f"metric_weight_{metric.name}"
    source = "computed from won deals" if metric.derived else "from the files"
    fair = "; compared among customers of the same age" if metric.grows_with_time else ""
    st.slider(
        f"{plain(metric.label)} · {metric.direction} is better", 0.0, MOST_WEIGHT, step=0.1, format="%.1f",
        key=synced(key, min(round(metric.weight, 2), MOST_WEIGHT)), on_change=_save_weight, args=(metric.name, key),
        help=f"{source.capitalize()}{fair}. 0 leaves it out.",
    )


def _save_weight(name: str, key: str) -> None:
    study = state.open_study()
    if study is not None:
        weights = {metric.name: metric.weight for metric in study.customers.metrics}
        chosen = float(st.session_state[key])
        state.change(f"Weight of {name}: {chosen:.1f}", metric_weights={**weights, name: chosen})


def _reset_weights() -> None:
    state.change("Metric weights of the objective", metric_weights={})


def show_by_hand(study: Study) -> None:
    """Accounts counted as best or left out by a person, each with a reason, and the form for another."""
    for kind, chosen in (("pins", study.settings.pins), ("exclusions", study.settings.exclusions)):
        for account, reason in chosen.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                what = "counts as best" if kind == "pins" else "left out"
                st.markdown(f"**{plain(label(study, account))}** {what}: {plain(reason)}", width="stretch")
                st.button("Take back", key=f"take_back_{kind}_{account}", on_click=_take_back, args=(kind, account))
    with st.form("by_hand", border=False):
        left, right = st.columns(2, gap="small")
        asked = left.text_input("Account", key="by_hand_account", max_chars=200, placeholder="Name or id")
        what = right.selectbox("What should happen", [PIN, EXCLUDE], key="by_hand_what")
        reason = st.text_input("Reason, shown in the profile", key="by_hand_reason", max_chars=200)
        if st.form_submit_button("Save"):
            save_by_hand(study, asked, what, reason)


def save_by_hand(study: Study, asked: str, what: str, reason: str) -> None:
    """Pin or leave out one account; a reason is asked for, since it stands in the document."""
    if not reason.strip():
        st.warning("Give a reason: it stands in the profile.")
        return
    account = choose_account(study, asked)
    if account is None:
        return
    kind, other = ("pins", "exclusions") if what == PIN else ("exclusions", "pins")
    kept = {name: why for name, why in getattr(study.settings, other).items() if name != account}
    changes = {kind: {**getattr(study.settings, kind), account: reason.strip()}, other: kept}
    state.change(f"{what}: {label(study, account)}", **changes)
    st.rerun()


def _take_back(kind: str, account: str) -> None:
    study = state.open_study()
    if study is not None:
        kept = {name: why for name, why in getattr(study.settings, kind).items() if name != account}
        state.change(f"Taken back: {label(study, account)}", **{kind: kept})
