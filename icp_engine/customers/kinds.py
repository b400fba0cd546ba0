"""Value metrics the field knows, as data: class, direction, unit, and whether they grow with a
customer's age.

Comes in: a column's header. Goes out: its `MetricKind`. Separate because it is a list to extend:
one line adds a metric. A column that a person makes a metric and that no line names is of kind
“other”: class value, more is better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from icp_engine.intake.columns.header_words import split_header


@dataclass(frozen=True)
class MetricKind:
    """One kind of value metric.

    `metric_class` is what an objective weighs (see `metrics.OBJECTIVE_WEIGHTS`; “tenure” never has
    weight by default). `direction` says whether “more” or “less” is better. `grows`: a total that
    an older customer had longer to build.
    """

    key: str
    metric_class: str
    direction: str
    unit: str
    grows: bool
    pattern: str


def _kind(
    key: str, metric_class: str, direction: str, unit: str, growth: str, pattern: str
) -> MetricKind:
    return MetricKind(key, metric_class, direction, unit, growth == "grows", pattern)


OTHER = _kind("other", "value", "more", "", "steady", r"")

# First match wins: a rate or a mean stands before the total it is made from.
KINDS: tuple[MetricKind, ...] = (
    _kind(
        "nrr", "rate", "more", "%", "steady", r"\b(nrr|ndr)\b|\bnet (revenue|dollar) retention\b"
    ),
    _kind("repeat_rate", "rate", "more", "share", "grows", r"\brepeat\b|\brepurchase\b"),
    _kind("retention", "rate", "more", "%", "steady", r"\bgrr\b|\bretention\b|\brenewal rate\b"),
    _kind(
        "expansion_revenue",
        "growth",
        "more",
        "$",
        "grows",
        r"\b(expansion|upsell) (revenue|mrr|arr|amount)\b",
    ),
    _kind(
        "expansion",
        "growth",
        "more",
        "%",
        "grows",
        r"\bexpansion\b|\bup ?sell\b|\baccount growth\b|\bgrowth\b",
    ),
    _kind("nps", "satisfaction", "more", "score", "steady", r"\bnps\b|\bpromoter\b"),
    _kind(
        "satisfaction",
        "satisfaction",
        "more",
        "score",
        "steady",
        r"\b(csat|ces)\b|\bsatisf\w*|\breview score\b",
    ),
    _kind(
        "health",
        "satisfaction",
        "more",
        "score",
        "steady",
        r"\bhealth\b|\b(engagement|loyalty|usage|product) score\b",
    ),
    _kind(
        "onboarding",
        "speed",
        "less",
        "days",
        "steady",
        r"\bonboard\w*|\b(days?|time|weeks?) to (value|go live|live|launch|first value)\b|\btime to value\b",
    ),
    _kind(
        "adoption", "speed", "less", "days", "steady", r"\badopt\w*|\b(days|time) to activat\w+\b"
    ),
    _kind(
        "sales_cycle",
        "speed",
        "less",
        "days",
        "steady",
        r"\bsales cycle\b|\b(days|time) to close\b|\bcycle\b",
    ),
    _kind(
        "cac",
        "effort",
        "less",
        "$",
        "steady",
        r"\bcac\b|\bacquisition costs?\b|\bcost (of|to) acqui\w+\b",
    ),
    _kind(
        "support",
        "effort",
        "less",
        "count",
        "grows",
        r"\bsupport\b|\btickets?\b|\bescalations?\b|\bcomplaints?\b|\bcost to serve\b",
    ),
    _kind("refunds", "effort", "less", "$", "grows", r"\brefunds?\b|\breturn rate\b"),
    _kind(
        "late_payment",
        "effort",
        "less",
        "days",
        "steady",
        r"\bpayment delay\b|\bdays (late|overdue)\b|\blate payments?\b",
    ),
    _kind(
        "referrals",
        "advocacy",
        "more",
        "count",
        "grows",
        r"\breferrals?\b|\breferences?\b|\badvoca\w*",
    ),
    _kind("recency", "tenure", "less", "days", "steady", r"\brecency\b"),
    _kind(
        "tenure",
        "tenure",
        "more",
        "months",
        "steady",
        r"\btenure\b|\bmonths as (a )?customer\b|\bcustomer age\b|\bmonths active\b",
    ),
    _kind("margin", "value", "more", "%", "steady", r"\bmargin\b|\bcontribution\b"),
    _kind("profit", "value", "more", "$", "grows", r"\bprofit\b"),
    _kind("ltv", "value", "more", "$", "grows", r"\b(c?ltv|clv)\b|\blife ?time\b"),
    _kind("tcv", "value", "more", "$", "grows", r"\btcv\b|\btotal contract value\b"),
    _kind(
        "acv",
        "value",
        "more",
        "$",
        "steady",
        r"\b(arr|mrr|acv)\b|\b(annual|monthly) (recurring revenue|contract value|charges|spend|fee|billing)\b",
    ),
    _kind(
        "aov",
        "value",
        "more",
        "$",
        "steady",
        r"\baov\b|\b(average|avg|mean) (order|deal|basket|purchase)\b|\bdeal size\b|\bbasket (size|value)\b",
    ),
    _kind(
        "orders",
        "value",
        "more",
        "count",
        "grows",
        r"\b(orders?|purchases?|transactions?|bookings|won deals)\b|\bitems sold\b",
    ),
    _kind(
        "revenue",
        "value",
        "more",
        "$",
        "grows",
        r"\brevenue\b|\bumsatz\b|\b(spend|spent|sales|billings|gmv|paid|charges|billed)\b"
        r"|\b(customer|account) value\b",
    ),
    _kind("cost", "effort", "less", "$", "steady", r"\bcosts?\b"),
)
PATTERNS = {kind.key: re.compile(kind.pattern) for kind in KINDS}
PER_PERIOD = re.compile(
    r"\b(per|a) (year|month|quarter|week|day|user|seat|order)\b|\b(annual|yearly|monthly|quarterly|weekly)\b"
    r"|\b(mean|average|avg|median|rate|share|ratio)\b|\b(last|past)?\s?\d+ (months?|days?)\b|\bltm\b|\bytd\b"
)
# counted from the first deal on, whatever the name
SINCE_THE_START = ("expansion", "expansion_revenue", "repeat_rate")


def kind_of(name: str) -> MetricKind:
    """The kind a column's header names; `OTHER` where no line does."""
    words = split_header(name)[1]
    return next((kind for kind in KINDS if PATTERNS[kind.key].search(words)), OTHER)


def grows_with_time(name: str) -> bool:
    """Whether older customers had longer to build the metric up: totals do; rates, means and yearly
    figures do not.

    Expansion and repeat business grow whatever they are called: who came later had less time to
    come again.
    """
    kind = kind_of(name)
    return kind.grows and (
        kind.key in SINCE_THE_START or not PER_PERIOD.search(split_header(name)[1])
    )
