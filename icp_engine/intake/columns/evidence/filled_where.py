"""Numbers that only customers have: what a customer is worth, or something known afterwards, never
an attribute.

Comes in: all tables as understood. Goes out: roles by table and column that change. Separate
because who bought stands in another table than the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log

from icp_engine.intake.columns.evidence.deal_columns import CHANCE, FEW, MONEY_WORDS
from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import read_account_type, read_outcome
from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.table import Table
from icp_engine.types import Series
from icp_engine.values.metric_kinds import kind_of
from icp_engine.values.parse import fold_series, missing_mask

HAVE_NOT = 0.05  # share of those that bought nothing that may have a value all the same
HAVE = 0.3  # share of customers that must have one
KEYS = ("account_id", "account_name", "domain")


def customers_only(tables: Iterable[Table]) -> dict[tuple[str, str], Role]:
    """Roles of the numbers in accounts tables that are filled for customers alone."""
    tables = list(tables)
    deals = [table for table in tables if table.kind == "deals"]
    return {
        (table.name, header): role
        for table in tables
        if table.kind == "accounts"
        for header, role in _numbers_of_customers(table, _bought(table, deals))
    }


def _bought(table: Table, deals: list[Table]) -> Series | None:
    """Which rows of an accounts table are customers: by the deals they won, else by what the table
    says; None where nothing tells.
    """
    won = [_won_keys(deal, header) for deal in deals for header in deal.headers(*KEYS)]
    for header in table.headers(*KEYS) if won else ():
        found = fold_series(table.clean(header).astype("str")).isin(frozenset().union(*won))
        if found.sum() >= FEW:
            return found
    typed = table.header("account_type")
    if typed is None:
        return None
    return read_account_type(table.words(typed)).eq("customer").fillna(False).astype(bool)


def _won_keys(deals: Table, key: str) -> frozenset[str]:
    header = deals.header("won") or deals.header("stage")
    if header is None:
        return frozenset()
    won = read_outcome(deals.words(header)).fillna(False).astype(bool)
    return frozenset(fold_series(deals.clean(key)[won].dropna().astype("str")))


def _numbers_of_customers(table: Table, bought: Series | None) -> Iterator[tuple[str, Role]]:
    if bought is None or min(int(bought.sum()), int((~bought).sum())) < FEW:
        return
    for header, role in table.roles.items():
        rule = table.rules[header]
        if role != "attribute" or role.given or rule.type not in ("number", "money", "percent"):
            continue
        filled = ~missing_mask(table.frame[header], rule)
        if _only_for(filled, bought):
            yield header, _worth(header, rule.type == "money")


def _only_for(filled: Series, bought: Series) -> bool:
    """Whether customers have a value and others have none, by more than chance."""
    has = filled.to_numpy(dtype=bool)
    is_customer = bought.to_numpy(dtype=bool)
    count = int(has[is_customer].sum())
    by_chance = count * log(is_customer.mean())
    return bool(
        has[is_customer].mean() >= HAVE
        and has[~is_customer].mean() <= HAVE_NOT
        and by_chance < CHANCE
    )


def _worth(header: str, money: bool) -> Role:
    words = split_header(header)[1]
    if not money and not MONEY_WORDS.search(words):
        return Role("known_after", 0.7, "a number that only customers have")
    kind = kind_of(words)
    return Role(
        "value_metric",
        0.7,
        "money that only customers have",
        direction=kind.direction,
        unit=kind.unit or "$",
    )
