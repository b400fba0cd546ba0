"""Customers with the value metrics that derivation may know.

Comes in: customers and the hold-out. Goes out: `Customers`. Separate because only derivation wants
them cut.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from icp_engine.customers.model import Customers
from icp_engine.types import Index


def known_customers(customers: Customers, early: Customers, held_out: Index) -> Customers:
    """Customers with value metrics from deals closed before the hold-out; held-out accounts keep
    all theirs.

    early: the customers as `describe_accounts` has them from deals closed before the first one set
    aside.
    """
    accounts = early.accounts.copy()
    for metric in customers.metrics:
        if metric.derived:
            kept = accounts.index.isin(held_out)
            column = accounts.get(metric.name, pd.Series(np.nan, index=accounts.index))
            accounts[metric.name] = column.where(~kept, customers.accounts[metric.name])
    return replace(customers, accounts=accounts)
