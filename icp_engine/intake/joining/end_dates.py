"""Who has left, where only a date says so.

Comes in: accounts with an end date, and the day the data speaks for. Goes out: accounts with
`churned`, and a Problem that says how many. Separate because it needs that day, which is known only
after all tables were read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.join import Accounts
from icp_engine.problems import Problem, make_problem
from icp_engine.wording.dates import iso_day

_HAS_ENDED = re.compile(r"\b(ended|cancel+ed|churned|terminated|left|gekundigt|resilie\w*)\b")

_LEAVING = re.compile(r"\b(churn|cancel+ation|attrition|kundigung)\b")


def says_ended(table: Table) -> bool:
    """Whether a table's end dates are of what has ended (“Canceled at”), not of contracts that may
    run on.
    """
    header = table.header("churn_date")
    return header is not None and bool(_HAS_ENDED.search(split_header(header)[1]))


def says_left(table: Table) -> bool:
    """Whether a table's end dates are of customers who left (“Churn date”, “Cancelled on”), not of
    what runs on.
    """
    header = table.header("churn_date")
    return header is not None and (
        says_ended(table) or bool(_LEAVING.search(split_header(header)[1]))
    )


def end_by_date(
    accounts: Accounts, tables: Mapping[str, Table], as_of: pd.Timestamp
) -> tuple[Accounts, list[Problem]]:
    """Accounts whose end date lies before `as_of` are churned, unless a column says otherwise.

    Where no column says who has churned, an account without an end date, or with one still to come,
    stays.
    """
    frame = accounts.frame
    if "churn_date" not in frame or pd.isna(as_of) or not frame["churn_date"].notna().any():
        return accounts, []
    ended = (frame["churn_date"].dt.normalize() <= as_of).astype("boolean")
    told = (
        frame["churned"]
        if "churned" in frame
        else pd.Series(pd.NA, index=frame.index, dtype="boolean")
    )
    churned = told.where(
        told.notna(), ended if not told.notna().any() else ended.where(ended.astype(bool))
    )
    count = int((churned.fillna(False) & told.isna()).sum())
    if not count and told.notna().any():
        return accounts, []
    header = next((name for table in tables.values() if (name := table.header("churn_date"))), "")
    holder = next((table.name for table in tables.values() if table.header("churn_date")), "")
    note = make_problem(
        "churn-by-date", table=holder, column=header, count=count, found=iso_day(as_of)
    )
    return replace(accounts, frame=frame.assign(churned=churned)), [note] if count else []
