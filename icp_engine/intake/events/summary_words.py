"""What each aggregation of a further table is called and how it is computed, in words.

Comes in: a summary's name. Goes out: its label, formula and the days it may use. Separate because
pages, documents and the catalogue of methods say the same, and a person decides by it what to
switch off.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from icp_engine.wording.dates import date


@dataclass(frozen=True)
class Words:
    """Label, formula in words, and `cut`: “all” (up to as_of), “early” (first 90 days), “before”
    (before the deal).
    """

    label: str
    formula: str
    cut: str = "all"
    on: bool = True


WORDS: dict[str, Words] = {
    "ltv": Words(
        "Lifetime value", "sum of the amounts; for subscriptions, monthly amount × months paid"
    ),
    "aov": Words("Average order value", "sum of the amounts / number of orders"),
    "orders": Words("Orders", "number of different orders"),
    "repeat_rate": Words(
        "Repeat customer", "1 with a second order, else 0; its mean is the repeat rate"
    ),
    "recency_days": Words("Days since the last order", "as of − day of the last order"),
    "first_order_amount": Words(
        "Amount of the first order", "sum of the amounts on the first day", "early"
    ),
    "first_order_quantity": Words(
        "Quantity of the first order", "sum of the quantities on the first day", "early"
    ),
    "further_orders_first_90_days": Words(
        "Further orders in 90 days", "orders after the first day", "early"
    ),
    "days_to_second_order": Words(
        "Days to the second order", "day of the second order − day of the first", "early"
    ),
    "discount_share_first_90_days": Words(
        "Discounted in 90 days", "lines with a discount / lines", "early"
    ),
    "mrr": Words("MRR", "sum of the monthly amounts of subscriptions that run"),
    "arr": Words("ARR", "12 × MRR", on=False),
    "acv": Words("ACV", "mean yearly amount of a subscription", on=False),
    "nrr": Words("NRR", "recurring revenue now / that of the same account a year before, in %"),
    "tenure_days": Words("Tenure", "as of − day of the first subscription"),
    "revenue_invoiced": Words("Revenue invoiced", "sum of the invoices"),
    "revenue_last_12_months": Words(
        "Revenue of the last 12 months", "sum of the invoices of 365 days"
    ),
    "days_late": Words(
        "Days late", "mean of day paid − day due, early is 0; unpaid ones count to as of"
    ),
    "late_payments_share": Words("Late payments", "invoices paid late / invoices due", on=False),
    "support_tickets": Words("Support tickets", "number of tickets"),
    "support_load_ratio": Words(
        "Support load", "tickets / 1,000 of value (lifetime value, else revenue)"
    ),
    "satisfaction": Words("Satisfaction", "mean of the answers"),
    "nps": Words("NPS answer", "mean of the answers"),
    "usage_count": Words("Use of the product", "sum of the counts, else number of events"),
    "features_used": Words("Features used", "number of different features"),
    "active_share": Words("Active share", "30-day periods with any use / periods as a customer"),
    "adoption_days": Words("Days to adoption", "day of the first use − customer since, at least 0"),
    "usage_before_deal": Words("Use before the deal", "number of events", "before"),
    "touches_before_deal": Words(
        "Marketing touches before the deal", "number of touches", "before"
    ),
    "channels_before_deal": Words(
        "Channels before the deal", "every channel that touched the account", "before"
    ),
    "first_touch": Words("First touch", "channel of the first touch", "before"),
    "contact_roles": Words(
        "Roles among contacts", "what the job titles of its contacts say", "none"
    ),
    "cac": Words(
        "Cost of winning (CAC)",
        "cost of the campaigns of its source / accounts won from that source",
    ),
}


def find_words(name: str) -> Words:
    """The words of a summary; those made from a column of the file are told by their pattern."""
    if name in WORDS:
        return WORDS[name]
    if name.endswith(" in the first 90 days"):
        column = name.removesuffix(" in the first 90 days")
        return Words(name, f"every “{column}” bought", "early")
    if name.startswith("first "):
        column = name.removeprefix("first ")
        return Words(f"First {column}", f"“{column}” of the first event", "early")
    return Words(name, "computed from the table")


def say_cut(cut: str, as_of: pd.Timestamp, decided: bool) -> str:
    """The days a summary may use, in words; `decided`: some deal was won or lost."""
    if cut == "early":
        return "first order and first 90 days" + (
            ", before the first deal is decided" if decided else ""
        )
    if cut == "before":
        return "90 days before the first deal was opened"
    if cut == "none" or pd.isna(as_of):
        return "no day is recorded"
    return f"up to {date(as_of)}"
