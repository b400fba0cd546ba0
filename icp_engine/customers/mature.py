"""Customers old enough to judge, with what is recorded of them.

Comes in: customers and best. Goes out: one row a customer. Separate because validation shows them
by band.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.customers.model import Best, Customers
from icp_engine.types import Frame, Series


def mature_customers(customers: Customers, best: Best) -> Frame:
    """Customers old enough to judge, by account_id: value, churned, days_to_close, cost; only what
    is recorded.
    """
    known = customers.is_customer[customers.is_customer].index
    known = known.difference(customers.too_young).difference(customers.left_out.index)
    rows = customers.accounts.loc[customers.accounts.index.isin(known)]
    money = best.money_metric
    days = (m.name for m in customers.metrics if m.derived and m.name.startswith("days_to_close"))
    found = {
        "churned": "churned" if "churned" in rows else None,
        "value": money.name if money else None,
        "days_to_close": next(days, None),
        "cost": next((m.name for m in customers.metrics if m.kind == "cac"), None),
    }
    return pd.DataFrame({key: rows[name] for key, name in found.items() if name}, index=rows.index)


def cost_of_winning(customers: Customers) -> Series | None:
    """Acquisition cost by account_id, in the study's currency; None where no column says."""
    name = next((m.name for m in customers.metrics if m.kind == "cac"), None)
    return customers.accounts[name].astype("float64") if name else None
