"""Putting rows of different tables together: by id, else by name, else by domain.

Comes in: keys of a table's rows and the accounts known so far. Goes out: the account id of each row, and accounts with
those added that no table held. Separate because deals, orders, contacts and notes all join alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from icp_engine.intake.columns import Table, known_values
from icp_engine.intake.model import Column, Role
from icp_engine.intake.parse import fold_series
from icp_engine.intake.types import infer_rule_for
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series

KEYS = ("account_id", "account_name", "domain")
# Mail providers and market places: two firms that share one of these share nothing
SHARED_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "icloud.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
        "mail.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "163.com",
        "facebook.com",
        "linkedin.com",
        "amazon.com",
        "ebay.com",
        "etsy.com",
        "shopify.com",
        "myshopify.com",
        "wordpress.com",
        "wixsite.com",
        "example.com",
    }
)


@dataclass(frozen=True)
class Accounts:
    """Accounts so far: `frame` by account_id (unique text) and a `Column` for each describing column."""

    frame: Frame
    columns: dict[str, Column] = field(default_factory=dict)


def merge_duplicates(frame: Frame, key: str) -> tuple[Frame, list[int]]:
    """One row a key: the first non-empty value of each column. Also the index values of the rows that repeated."""
    repeated = frame[key].duplicated()
    if not repeated.any():
        return frame.set_index(key), []
    rows = [int(row) for row in frame.index[repeated.to_numpy()]]
    return frame.groupby(key, sort=False).first(), rows


def account_keys(table: Table) -> Frame:
    """Columns account_id, account_name, domain of a table's rows; missing where the table has none."""
    empty = pd.Series(pd.NA, index=table.frame.index, dtype="str")
    parts = {role: table.part(role) for role in KEYS}
    return pd.DataFrame({role: empty if part is None else part.astype("str") for role, part in parts.items()})


def match_accounts(keys: Frame, accounts: Frame) -> Series:
    """The account_id each row belongs to, missing where none fits.

    An id column may hold names and a name column ids (CRM exports do both), so each is looked up as the other too.
    Domains that many firms share never join.
    """
    ids = pd.Series(accounts.index, index=accounts.index, dtype="str")
    names = _lookup(fold_series(accounts["account_name"])) if "account_name" in accounts else {}
    domains = _lookup(accounts["domain"]) if "domain" in accounts else {}
    domains = {domain: found for domain, found in domains.items() if domain not in SHARED_DOMAINS}
    matched = pd.Series(pd.NA, index=keys.index, dtype="str")
    for key in ("account_id", "account_name"):
        if keys[key].notna().any():
            matched = matched.where(matched.notna(), keys[key].map(ids).astype("str"))
            matched = _fill(matched, keys[key], _first_part, ids.to_dict())
            matched = _fill(matched, keys[key], fold_series, names)
    return _fill(matched, keys["domain"], lambda values: values, domains)


def _fill(matched: Series, values: Series, shape: object, lookup: dict[str, str]) -> Series:
    """Matches for rows that have none yet, looked up after `shape`."""
    waiting = matched.isna() & values.notna()
    if not waiting.any() or not lookup:
        return matched
    found = shape(values[waiting]).map(lookup).astype("str")  # type: ignore[operator]
    return matched.where(~waiting, found.reindex(matched.index))


def _first_part(values: Series) -> Series:
    """The first of several associated ids (“8001;8002”)."""
    return values.str.split(";", n=1).str[0].str.strip()


def _lookup(values: Series) -> dict[str, str]:
    filled = values.dropna()
    return dict(zip(filled[::-1], filled.index[::-1], strict=True))


def add_accounts(
    accounts: Accounts, keys: Frame, table: str, warn: bool = True
) -> tuple[Accounts, Series, list[Problem]]:
    """Account id of every row that names an account, and accounts with the unknown ones added as bare rows.

    A row is unknown when neither id, name nor domain fits; it gets its own id, else its name, else its domain.
    Rows that name no account stay missing.
    """
    matched = (
        match_accounts(keys, accounts.frame)
        if len(accounts.frame)
        else pd.Series(pd.NA, index=keys.index, dtype="str")
    )
    own = keys["account_id"].where(keys["account_id"].notna(), keys["account_name"])
    own = own.where(own.notna(), keys["domain"].where(~keys["domain"].isin(SHARED_DOMAINS)))
    new = matched.isna() & own.notna()
    if not new.any():
        return accounts, matched, []
    added = keys[new].assign(account_id=own[new])
    added["_fold"] = fold_series(added["account_name"]).where(keys["account_id"][new].isna(), added["account_id"])
    added["_fold"] = added["_fold"].where(added["_fold"].notna(), added["account_id"])
    first = added.groupby("_fold", sort=False)["account_id"].transform("first")
    bare = added.assign(account_id=first).drop(columns="_fold").groupby("account_id", sort=False).first()
    bare = bare.dropna(axis="columns", how="all")
    bare = bare[~bare.index.isin(accounts.frame.index)]
    problems = []
    if warn and len(accounts.frame):
        problems.append(
            make_problem(
                "join-unmatched",
                table=table,
                rows=list(added.index),
                count=int(new.sum()),
                total=int((matched.notna() | new).sum()),
            )
        )
    frame = stack(accounts.frame, bare)
    return replace(accounts, frame=frame), matched.where(~new, first.reindex(matched.index)), problems


def stack(first: Frame, second: Frame) -> Frame:
    """Rows of both, columns of both; an empty frame or column never decides a dtype."""
    if not len(first):
        return second.rename_axis("account_id").copy()
    if not len(second):
        return first
    index = first.index.append(second.index)
    columns = {}
    for name in dict.fromkeys((*first.columns, *second.columns)):
        # A column that one side lacks, or holds no value of, takes the dtype of the other
        parts = [frame[name] for frame in (first, second) if name in frame and frame[name].notna().any()]
        columns[name] = pd.concat(parts).reindex(index) if parts else pd.Series(pd.NA, index=index, dtype="str")
    return pd.DataFrame(columns, index=index).rename_axis(first.index.name)


def link_table(tables: dict[str, Table]) -> tuple[str, Series] | None:
    """Deal id → account key from a table that only links the two (HubSpot's associations), or None."""
    for table in tables.values():
        deal, account = table.header("deal_id"), table.header("account_id")
        if table.kind == "unknown" and deal is not None and account is not None:
            pairs = pd.DataFrame({"deal": table.clean(deal), "account": table.clean(account)}).dropna()
            return table.name, pairs.drop_duplicates("deal").set_index("deal")["account"]
    return None


def share_of_rows_matching(values: Series, keys: set[str]) -> float:
    """Share 0–1 of the distinct filled values that are among `keys`."""
    distinct = values.dropna().unique()
    return sum(value in keys for value in distinct) / len(distinct) if len(distinct) else 0.0


def with_account_column(table: Table, accounts: Frame) -> Table:
    """The table with a column taken for the account's id when its values are ids or names of known accounts."""
    if table.headers("account_id", "account_name") or not len(accounts):
        return table
    header = find_account_column(table, accounts)
    if header is None:
        return table
    role = Role("account_id", 0.6, "its values are ids or names in the accounts table")
    rule = infer_rule_for(table.frame[header], "id", header)
    return replace(table, roles={**table.roles, header: role}, rules={**table.rules, header: rule})


def find_account_column(table: Table, accounts: Frame) -> str | None:
    """A column whose values are account ids or names although its header does not say so; None when there is none."""
    keys = {str(key) for key in accounts.index}
    keys |= set(accounts["account_name"].dropna()) if "account_name" in accounts else set()
    best, best_share = None, 0.5
    for header, role in table.roles.items():
        if (
            role.given
            or role not in ("attribute", "identifier", "ignore", "deal_name", "text")
            or table.rules[header].type in ("boolean", "date", "money", "percent", "empty", "range")
        ):
            continue
        values = known_values(table.frame[header], table.rules[header]).astype("str")
        share = share_of_rows_matching(values, keys)
        if values.nunique() > 5 and share > best_share:
            best, best_share = header, share
    return best
