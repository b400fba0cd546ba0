"""What each account is worth.

Comes in: best customers. Goes out: one number an account. Separate because segments and charts
weigh by it.
"""

from __future__ import annotations

from icp_engine.customers.model import Best, Customers
from icp_engine.types import Frame, Series


def account_value(accounts: Frame, best: Best) -> Series:
    """What each account is worth: its weightiest money metric, else its value score; nothing where
    best means won.
    """
    if best.basis == "won":
        return best.scores * 0.0
    money = best.money_metric
    return accounts[money.name].astype("float64") if money else best.scores


def known_worth(customers: Customers) -> tuple[tuple[str, float, float], ...]:
    """(metric, share of all metrics' weight, share of customers for whom it is known), for each
    metric that ranks customers.
    """
    total = sum(metric.weight for metric in customers.metrics)
    bought = customers.accounts[customers.is_customer.to_numpy(dtype=bool)]
    if not total or not len(bought):
        return ()
    return tuple(
        (metric.label, metric.weight / total, float(bought[metric.name].notna().mean()))
        for metric in customers.metrics
        if metric.weight > 0
    )
