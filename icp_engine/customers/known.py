"""Customers with the value metrics that derivation may know.

Comes in: customers and the hold-out. Goes out: `Customers`. Separate because only derivation wants
them cut.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from icp_engine.customers.find import describe_accounts
from icp_engine.customers.model import Customers

if TYPE_CHECKING:
    from icp_engine.study.study import Study


def known_customers(study: Study) -> Customers:
    """Customers with value metrics from deals closed before the hold-out; held-out accounts keep
    all theirs.
    """
    customers, cut = study.customers, study.holdout.cut
    if study.holdout.method != "held_out":
        return customers
    early = describe_accounts(study.intake, *study._everyone, study.settings, before=cut)
    accounts = early.accounts.copy()
    for metric in customers.metrics:
        if metric.derived:
            held_out = accounts.index.isin(study.holdout.accounts)
            column = accounts.get(metric.name, pd.Series(np.nan, index=accounts.index))
            accounts[metric.name] = column.where(~held_out, customers.accounts[metric.name])
    return replace(customers, accounts=accounts)
