"""Value metrics the field knows, as data: class, direction, unit, whether they grow with a
customer's age, and the words that name them.

Comes in: a header's words. Goes out: its `MetricKind`. Separate because it is a list to extend: one
line adds a metric, which roles, summaries of events and customers then know. A column that a person
makes a metric and that no line names is of kind “other”: class value, more is better.
"""

# ruff: noqa: E501 - one line of words a metric reads best whole

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class MetricKind:
    """One kind of value metric. Lines may share a key where only their units differ."""

    key: str
    # what an objective weighs (`customers.metrics.OBJECTIVE_WEIGHTS`); “tenure” never has weight
    metric_class: str
    # “more” or “less” is better
    direction: str
    # “$” stands for the study's currency
    unit: str
    # a total that an older customer had longer to build
    grows_with_time: bool
    # words of a header that name the metric by themselves
    pattern: re.Pattern[str]
    # words that tell it in a column which is known to be a metric, and may mean else elsewhere
    words: re.Pattern[str] | None = None


Line: TypeAlias = tuple[str, str, str, str, str, str, str]


def _kind(
    key: str,
    metric_class: str,
    direction: str,
    unit: str,
    growth: str,
    pattern: str,
    words: str = "",
) -> Line:
    return key, metric_class, direction, unit, growth, pattern, words


OTHER = MetricKind("other", "value", "more", "", False, re.compile(""))

_SOLD = (
    r"revenue|sales|turnover|spend|billings|umsatz\w{0,20}|erlos\w{0,3}|ca|chiffre d affaires|ventes|ventas|facturacion|ingresos"
    r"|vendas|faturamento|receita|fatturato|vendite|ricavi|omzet|przychod\w{0,2}|sprzedaz|obrot\w{0,2}|trzb[ay]|obrat|omsattning"
    r"|forsaljning|omsaetning|omsetning|salg|liikevaihto|myynti|ciro|satis|выручка|оборот|продажи|売上高?|销售额|매출액?"
)
_PART_OF_A_YEAR = (
    r"(h|hj|q|s|t|k) ?[1-4]|[1-4] ?(h|hj|q|t|k)"
    r"|(quartal|quarter|halbjahr|half|semestre|trimestre|semester|kwarta[lł]|kvartal|po[lł]rocze|ctvrtleti|pololeti|ceyrek) ?[1-4]"
    r"|[1-4] ?(st|nd|rd|th|er|e|o)? ?(quartal|quarter|halbjahr|half|semestre|trimestre|semester|kwarta[lł]|kvartal|po[lł]rocze|ctvrtleti"
    r"|pololeti|ceyrek)|(19|20)\d\d (0[1-9]|1[0-2])|(0[1-9]|1[0-2]) (19|20)\d\d|(19|20)\d\d ?[hq][1-4]"
    r"|ytd|ltm|ttm|mtd|qtd|(last|past|letzte|trailing) ?\d+ ?(months?|days?|weeks?|monate)|(this|last) (month|quarter)"
)
# what a customer bought in a quarter or half a year; what a firm itself turns over is told by the year
OF_A_PERIOD = rf"^(?=.{{0,200}}\b({_PART_OF_A_YEAR})\b).{{0,200}}\b({_SOLD})\b"
# fmt: off
# First match wins: a rate or a mean stands before the total it is made from.
_LINES: tuple[Line, ...] = (
    _kind("nrr", "rate", "more", "%", "steady", r"\b(nrr|ndr)\b|\bnet (revenue|dollar) retention\b"),
    _kind("repeat_rate", "rate", "more", "share", "grows", r"\brepeat (purchase )?rate\b|\brepurchase rate\b", r"\brepeat\b|\brepurchase\b"),
    _kind("retention", "rate", "more", "%", "steady", r"\bgrr\b|\bretention\b|\brenewal rate\b"),
    _kind("expansion_revenue", "growth", "more", "$", "grows", r"\b(expansion|upsell) (revenue|mrr|arr)\b", r"\b(expansion|upsell) amount\b"),
    _kind("expansion", "growth", "more", "%", "grows", r"\bexpansion\b|\bupsell rate\b|\b(account|arr|mrr|acv|tcv|c?ltv|clv|profit) growth\b", r"\bup ?sell\b|\bgrowth\b"),
    _kind("nps", "satisfaction", "more", "score", "steady", r"\bnps\b|\bnet promoter\b|\bpromoter (score|index)\b|\bpromoters\b", r"\bpromoter\b"),
    _kind("satisfaction", "satisfaction", "more", "score", "steady", r"\b(csat|ces)\b|\bsatisfaction\b|\breview score\b", r"\bsatisf\w*"),
    _kind("health", "satisfaction", "more", "score", "steady", r"\bhealth\b|\b(engagement|loyalty|usage|product) score\b"),
    _kind("onboarding", "speed", "less", "days", "steady", r"\b(days?|time|weeks?) to (onboard\w*|value|go live|live|launch|first value)\b|\bonboard\w* (days|time|duration)\b", r"\bonboard\w*"),
    _kind("adoption", "speed", "less", "days", "steady", r"\badoption (days|time)\b|\b(days|time) to (adopt\w*|activation|activate)\b", r"\badopt\w*|\b(days|time) to activat\w+\b"),
    _kind("sales_cycle", "speed", "less", "days", "steady", r"\bsales cycle\b|\b(days|time) to close\b|\bcycle (length|days|time)\b", r"\bcycle\b"),
    _kind("ltv_to_cac", "value", "more", "", "steady", r"\b(c?ltv|clv) ((to|per|by|vs) )?cac\b|\bcac ((to|per|by|vs) )?(c?ltv|clv)\b"),
    _kind("cac", "effort", "less", "$", "steady", r"\bcac\b|\bacquisition costs?\b|\bcost (of|to) acqui\w+\b"),
    _kind("cost_to_serve", "effort", "less", "$", "grows", r"\bcosts? (to|of) serv\w+\b|\bsupport costs?\b"),
    _kind("support", "effort", "less", "count", "grows", r"\bsupport (tickets?|load|cases|calls|hours)\b|\btickets\b|\bescalations\b|\bcomplaints?\b", r"\bsupport\b|\bticket\b|\bescalation\b"),
    _kind("refunds", "effort", "less", "$", "grows", r"\brefunds?\b|\breturn rate\b"),
    _kind("late_payment", "effort", "less", "share", "steady", r"\blate payments? (share|rate)\b|\bshare of late payments\b"),
    _kind("late_payment", "effort", "less", "days", "steady", r"\bpayment delay\b|\bdays (late|overdue)\b|\blate payments\b", r"\blate payment\b"),
    _kind("referrals", "advocacy", "more", "count", "grows", r"\breferrals?( count| made| given)?$|\bnumber of referrals\b|\breferences given\b|\badvoca(tes?|cy)\b", r"\breferrals?\b|\breferences?\b|\badvoca\w*"),
    _kind("recency", "tenure", "less", "days", "steady", r"\brecency\b"),
    _kind("tenure", "tenure", "more", "days", "steady", r"\b(tenure|customer age) (in )?days\b|\bdays (as (a )?customer|of tenure)\b"),
    _kind("tenure", "tenure", "more", "months", "steady", r"\btenure\b|\bmonths as (a )?customer\b|\bcustomer age\b|\bmonths active\b"),
    _kind("margin", "value", "more", "%", "steady", r"\bmargin\b|\bcontribution\b"),
    _kind("profit", "value", "more", "$", "grows", r"\bprofit\b"),
    _kind("ltv", "value", "more", "$", "grows", r"\b(c?ltv|clv)\b|\blife ?time (value|revenue|spend)\b"),
    _kind("tcv", "value", "more", "$", "grows", r"\btcv\b|\btotal contract value\b"),
    _kind("acv", "value", "more", "$", "steady", r"\b(arr|mrr|acv)\b|\b(annual|monthly) recurring revenue\b|\b(annual|monthly|yearly) (contract|charges|spend|fee|billing)\b"),
    _kind("aov", "value", "more", "$", "steady", r"\baov\b|\b(average|avg|mean|median) (order|deal|basket|purchase)\b|\bdeal size\b|\bbasket (size|value)\b"),
    _kind("orders", "value", "more", "deals", "grows", r"\bwon deals\b|\bdeals won\b"),
    _kind("orders", "value", "more", "count", "grows", r"\b(orders?|purchases?|transactions?|items sold|bookings) ?(count|total|number)?$|\bnumber of (orders|purchases|transactions)\b|\b(num|count of|total|delivered) (orders|purchases)\b|\bitems sold\b", r"\b(orders?|purchases?|transactions?|bookings)\b"),
    _kind("ltv", "value", "more", "$", "grows", r"\blifetime\b", r"\blife time\b"),
    # by halves, quarters or months nobody writes down what other companies turn over
    _kind("period_revenue", "value", "more", "$", "steady", OF_A_PERIOD),
    _kind("revenue", "value", "more", "$", "grows", r"\btotal (revenue|spend|spent|sales|charges|paid|purchases|amount|billed)\b|\b(gross|net|won|booked) (revenue|sales)\b|\b(gmv|turnover with us|revenue with us|spend with us|customer revenue|customer value|account value)\b|\brevenue (to date|ytd|ltm|won|per year)\b|\bamount (spent|paid)\b|^(spend|spent|sales|billings)$|^(revenue|umsatz|sales revenue|income from customer)$", r"\brevenue\b|\bumsatz\b|\b(spend|spent|sales|billings|paid|charges|billed)\b"),
    _kind("cost", "effort", "less", "$", "steady", r"^(total )?costs?$", r"\bcosts?\b"),
)
# fmt: on
KINDS = tuple(
    MetricKind(
        key,
        metric_class,
        direction,
        unit,
        growth == "grows",
        re.compile(pattern),
        re.compile(words) if words else None,
    )
    for key, metric_class, direction, unit, growth, pattern, words in _LINES
)
PER_PERIOD = re.compile(
    r"\b(per|a) (year|month|quarter|week|day|user|seat|order)\b|\b(annual|yearly|monthly|quarterly|weekly)\b"
    r"|\b(mean|average|avg|median|rate|share|ratio)\b|\b(last|past)?\s?\d+ (months?|days?)\b|\bltm\b|\bytd\b"
)
# counted from the first deal on, whatever the name
SINCE_THE_START = ("expansion", "expansion_revenue", "repeat_rate")


def metric_of(words: str) -> MetricKind | None:
    """The kind that a header's words name by themselves, or None: no metric, or none that is known."""
    return next((kind for kind in KINDS if kind.pattern.search(words)), None)


def kind_of(words: str) -> MetricKind:
    """The kind of a column that is a metric, by its header's words; `OTHER` where no line tells."""
    told = (kind for kind in KINDS if kind.words and kind.words.search(words))
    return metric_of(words) or next(told, OTHER)


def grows_with_time(words: str) -> bool:
    """Whether older customers had longer to build the metric up: totals do; rates, means and yearly
    figures do not.

    Expansion and repeat business grow whatever they are called: who came later had less time to
    come again.
    """
    kind = kind_of(words)
    return kind.grows_with_time and (kind.key in SINCE_THE_START or not PER_PERIOD.search(words))
