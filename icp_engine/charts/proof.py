"""Tables of the proof in plain words: impact with what is given up, rules of thumb, customers by
band, deals to read.

Comes in: `Validation`. Goes out: tables. Separate from `bands`, which draws.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Series
from icp_engine.validation.model import RuleOfThumb, Validation
from icp_engine.validation.verdict import in_points
from icp_engine.wording.numbers import NOT_KNOWN, count, number_estimate
from icp_engine.wording.ratios import ratio, ratio_estimate
from icp_engine.wording.shares import in_hundred, in_hundred_estimate, percent_estimate

GAINED: tuple[tuple[str, str, str, str], ...] = (
    ("Deals worked for one win", "deals_per_win", "deals_per_win_green_yellow", "number"),
    ("Win rate", "win_rate", "win_rate_green_yellow", "share"),
    ("Days from created to won, middle", "days_to_close", "days_to_close_green_yellow", "number"),
)
GIVEN_UP: tuple[tuple[str, str], ...] = (
    ("Wins outside Green and Yellow", "wins_given_up"),
    ("Won revenue outside", "revenue_given_up"),
    ("Open pipeline outside, by amount", "pipeline_given_up"),
)
BY_BAND: tuple[tuple[str, str, str], ...] = (  # name, column, kind
    ("Value, median", "value", "number"),
    ("Stayed", "retention", "share"),
    ("Days to close, median", "days_to_close", "number"),
    ("Cost of winning, median", "cost", "number"),
)
SHARES = ("win_rate", "share_", "wins_", "precision", "recall", "revenue_given", "pipeline_given")


def say(value: Estimate, kind: str) -> str:
    """An estimate with its interval as a share or a number."""
    return percent_estimate(value) if kind == "share" else number_estimate(value)


def impact_table(validation: Validation) -> Frame:
    """What working only Green and Yellow changes: a row a measure, all deals beside Green and
    Yellow.
    """
    metrics = validation.metrics
    return pd.DataFrame(
        [
            {
                "Measure": name,
                "All deals": say(metrics.get(every, NOT_APPLICABLE), kind),
                "Green and Yellow only": say(metrics.get(some, NOT_APPLICABLE), kind),
            }
            for name, every, some, kind in GAINED
        ]
    )


def given_up_table(validation: Validation) -> Frame:
    """What working only Green and Yellow gives up, with intervals."""
    return pd.DataFrame(
        [
            {
                "Given up": name,
                "Share": percent_estimate(validation.metrics.get(key, NOT_APPLICABLE)),
            }
            for name, key in GIVEN_UP
        ]
    )


def metric_rows(validation: Validation) -> Frame:
    """Every metric by name: value, limits, the number it rests on; shares 0–1."""
    return pd.DataFrame(
        [
            {
                "Metric": name,
                "Value": e.value,
                "From": e.low,
                "To": e.high,
                "Rests on": round(e.n, 1),
                "In words": percent_estimate(e) if name.startswith(SHARES) else say(e, "number"),
            }
            for name, e in validation.metrics.items()
        ]
    )


def rule_table(rules: tuple[RuleOfThumb, ...]) -> Frame:
    """One row a rule of thumb: what was measured, with its interval, and whether it is met."""
    return pd.DataFrame(
        [
            {
                "Rule of thumb": rule.rule,
                "Measured": _measured(rule),
                "Outcome": rule.outcome,
                "How sure": _how_sure(rule),
                "Note": rule.note,
            }
            for rule in rules
        ]
    )


def _measured(rule: RuleOfThumb) -> str:
    value = rule.value
    if rule.code != "green-over-red":
        return percent_estimate(value)
    if value.value is None:
        return NOT_KNOWN if value.low is None else f"{ratio(value.low)} or more"
    high = math.inf if value.high is None else value.high
    return ratio_estimate(value.value, value.low, high)


def _how_sure(rule: RuleOfThumb) -> str:
    if rule.outcome == "cannot tell":
        return ""
    if rule.value.low is None and rule.value.high is None:
        return "counted"
    return "may be chance" if rule.could_be_chance else "more than chance"


def band_customer_table(customers_by_band: Frame, currency: str) -> Frame:
    """What mature customers of each band turned out to be worth; columns that nobody recorded are
    left out.
    """
    rows = customers_by_band[customers_by_band["customers"] > 0].to_dict("records")
    table = pd.DataFrame(
        {"Band": [row["band"] for row in rows], "Customers": [row["customers"] for row in rows]}
    )
    for name, key, kind in BY_BAND:
        known = f"{'stayed' if key == 'retention' else key}_of"
        if any((row.get(known) or 0) > 0 for row in rows):
            title = f"{name} {currency}".strip() if key in ("value", "cost") else name
            table[title] = [_with_limits(row, key, kind, known) for row in rows]
    return table


def _with_limits(row: dict[str, Any], key: str, kind: str, known: str) -> str:
    customers = row.get(known) or 0
    value = row.get(key)
    if not customers or value is None or pd.isna(value):
        return NOT_KNOWN
    found = Estimate(value, row[f"{key}_low"], row[f"{key}_high"], customers)
    return f"{say(found, kind)}, of {count(customers)}"


def confusion_table(confusion: Frame) -> Frame:
    """Two rows, Green only and Green + Yellow: deals inside and outside, precision and recall with
    intervals.
    """
    rows = list(confusion.itertuples())
    return pd.DataFrame(
        {
            "Worked": [row.worked for row in rows],
            "Won, worked": [row.won_inside for row in rows],
            "Lost, worked": [row.lost_inside for row in rows],
            "Won, given up": [row.won_outside for row in rows],
            "Lost, avoided": [row.lost_outside for row in rows],
            "Share won of those worked (precision)": [
                percent_estimate(Estimate(row.precision, row.precision_low, row.precision_high, 0))
                for row in rows
            ],
            "Share of all wins (recall)": [
                percent_estimate(Estimate(row.recall, row.recall_low, row.recall_high, 0))
                for row in rows
            ],
        }
    )


def baseline_table(baselines: Frame) -> Frame:
    """Ours beside other scores: how often a won deal ranks above a lost one in 100, and ours less
    theirs, paired.
    """
    rows = list(baselines.itertuples())
    return pd.DataFrame(
        {
            "Score": [row.baseline for row in rows],
            "Ranks won above lost, in 100": [
                in_hundred_estimate(Estimate(row.auc, row.low, row.high, 0)) for row in rows
            ],
            "Ours less this, in 100": [
                _points(row.ours_less, row.less_low, row.less_high) for row in rows
            ],
        }
    )


def _points(*shares: float) -> str:
    if any(pd.isna(share) for share in shares):
        return ""
    value, low, high = in_points(*shares)
    return f"{value} ({low} to {high})"


def power_rows(power: Frame) -> Frame:
    """How many won and lost accounts it takes to show how much, with four of five samples."""
    return pd.DataFrame(
        {
            "If the truth ranks won above lost, in 100": [in_hundred(auc) for auc in power["auc"]],
            "To call it": power["level"],
            "Won accounts needed": power["won"],
            "Lost accounts needed": power["lost"],
            "Enough today": power["enough"].astype(bool),
        }
    )


def missed_table(missed: Frame, deals: Frame, names: Series | None) -> Frame:
    """Deals that the bands got wrong, in the order of `missed`, each with the reason of its score."""
    return deal_table(missed, deals, names, missed["reason"])


def recent_table(recent: Frame, deals: Frame, names: Series | None, reasons: Series) -> Frame:
    """The last deals to read, each marked as held out or used."""
    table = deal_table(recent, deals, names, reasons.reindex(recent["account_id"]))
    judged = ["held out" if held else "cross-checked" for held in recent["held_out"]]
    table.insert(table.columns.get_loc("Closed"), "Judged", judged)
    return table


def deal_table(scored: Frame, deals: Frame, names: Series | None, reasons: Series) -> Frame:
    """Deals to read, in the order of `scored`: deal, account, score, band, closed, amount, why.

    reasons: row by row beside `scored`.
    """
    deal_names = (
        deals["deal_name"].reindex(scored["deal_id"]) if "deal_name" in deals else scored["deal_id"]
    )
    accounts = scored["account_id"]
    if names is not None:
        accounts = (
            names.reindex(accounts)
            .fillna(pd.Series(accounts.to_numpy(), index=accounts))
            .to_numpy()
        )
    return pd.DataFrame(
        {
            "Deal": pd.Series(deal_names.to_numpy())
            .fillna(scored["deal_id"].reset_index(drop=True))
            .to_numpy(),
            "Account": accounts,
            "Score": scored["score"].to_numpy(),
            "Band": scored["band"].to_numpy(),
            "Closed": scored["closed_date"].to_numpy(),
            "Amount": scored["amount"].to_numpy(),
            "Why": reasons.to_numpy(),
        }
    )
