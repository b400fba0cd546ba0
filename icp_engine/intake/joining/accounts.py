"""One accounts table out of all that describe accounts.

Comes in: tables of kind “accounts”. Goes out: `Accounts`, one row an account, standard columns plus
attributes and value metrics under their file names. Separate because several exports (companies,
sellers, scores) describe the same firms.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from icp_engine.intake.columns.outcomes import read_account_type, read_churned, says_who_left
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.duplicates import merge_repeated
from icp_engine.intake.joining.join import (
    KEYS,
    Accounts,
    account_keys,
    find_matches,
    match_accounts,
    own_keys,
    stack,
)
from icp_engine.intake.joining.join_report import report_join
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.arrow import give_back
from icp_engine.values.parse import fold_series

STANDARD = (
    "account_name",
    "domain",
    "account_type",
    "owner",
    "customer_since",
    "churned",
    "churn_date",
)
DESCRIBING = ("attribute", "value_metric", "known_after", "existing_score", "lead_source")


def build_accounts(
    tables: list[Table], settings: Settings | None = None
) -> tuple[Accounts, list[Problem]]:
    """All accounts tables as one: the first is the base, later ones join by id, name or domain and
    add what is new.

    Accounts that the settings merge are taken together: the one merged into keeps its values, the
    other fills gaps.
    """
    settings = settings or Settings.model_validate({})
    accounts = Accounts(empty_accounts(), chosen=settings.joins)
    problems: list[Problem] = []
    for table in tables:
        part, found = read_accounts(table)
        problems += found
        if len(accounts.frame):
            accounts = combine_accounts(accounts, part, table.name)
        else:
            accounts = replace(part, chosen=accounts.chosen)
    accounts, found = merge_chosen(accounts, settings.merge_accounts)
    return replace(accounts, mails=find_mails(tables, accounts)), problems + found


def find_mails(tables: list[Table], accounts: Accounts) -> dict[str, str]:
    """E-mail address → account_id, for addresses that one account alone has."""
    found = []
    for table in tables:
        mail = table.part("contact_email")
        if mail is None and (ids := table.part("account_id")) is not None:
            mail = ids.str.lower().where(
                ids.str.contains("@", regex=False)
            )  # persons whose address is their id
        if mail is not None and mail.notna().any():
            found.append(
                pd.DataFrame(
                    {"mail": mail, "account": match_accounts(account_keys(table), accounts)}
                )
            )
    if not found:
        return {}
    pairs = pd.concat(found).dropna().drop_duplicates()
    pairs = pairs[~pairs["mail"].duplicated(keep=False)]
    return dict(zip(pairs["mail"], pairs["account"], strict=True))


def merge_chosen(accounts: Accounts, merges: dict[str, str]) -> tuple[Accounts, list[Problem]]:
    """Accounts taken together as a person said; what is merged away is kept as keys that later
    tables may use.
    """
    if not merges:
        return accounts, []
    ids = set(accounts.frame.index)
    into = {gone: _last_of(gone, merges) for gone in merges}
    usable = {gone: kept for gone, kept in into.items() if kept in ids and kept != gone}
    faults = [
        make_problem("join-chosen-unknown", found=gone, into=kept)
        for gone, kept in into.items()
        if gone not in usable
    ]
    if not usable:
        return accounts, faults
    gone = accounts.frame[accounts.frame.index.isin(list(usable))]
    merged = pd.DataFrame(
        {
            name: gone.get(name, pd.Series(dtype="str")).reindex(list(usable))
            for name in ("account_name", "domain")
        }
    ).assign(into=pd.Series(usable, dtype="str"))
    moved = gone.rename(index=usable)
    moved = moved.groupby(level=0, sort=False).first()
    kept = accounts.frame[~accounts.frame.index.isin(list(usable))]
    return replace(accounts, frame=_fill_gaps(kept, moved), merged=merged), faults


def _last_of(name: str, merges: dict[str, str]) -> str:
    """Where a chain of merges ends; a circle ends where it began."""
    seen = {name}
    while merges.get(name) is not None and merges[name] not in seen:
        name = merges[name]
        seen.add(name)
    return name


def empty_accounts() -> Frame:
    """No accounts, index named account_id."""
    return pd.DataFrame(index=pd.Index([], dtype="str", name="account_id"))


def read_accounts(table: Table) -> tuple[Accounts, list[Problem]]:
    """One table's accounts: rows without any key left out, repeated ids merged, each with a
    Problem.
    """
    frame, problems = _with_ids(table)
    for role in STANDARD[3:]:
        _add_standard(frame, table, role)
    if (header := table.header("account_type")) is not None:
        frame["account_type"] = read_account_type(table.words(header))
        if "churned" not in frame and says_who_left(table.words(header)):
            bought = frame["account_type"].isna() | (frame["account_type"] == "customer")
            frame["churned"] = read_churned(table.words(header)).where(bought)
    columns, values = {}, {}
    for header in table.headers(*DESCRIBING):
        name = (
            header if header not in (*STANDARD, *KEYS, "account_id") else f"{header} ({table.name})"
        )
        values[name] = _clean_described(table, header)
        columns[name] = describing_column(table, header)
        if table.roles[header] == "value_metric" and not values[name].notna().any():
            problems.append(make_problem("metrics-all-missing", table=table.name, column=header))
    give_back()
    frame = pd.concat([frame, pd.DataFrame(values, index=frame.index)], axis=1)
    frame = frame[frame["account_id"].notna()]
    key = next((header for role in KEYS if (header := table.header(role)) is not None), "")
    merged, found = merge_repeated(table, frame, "account_id", key)
    problems += found
    return Accounts(merged.rename_axis("account_id"), columns), problems


def describing_column(table: Table, header: str) -> Column:
    """The column's description; where customers came from is an attribute known before the sale."""
    role = table.roles[header]
    if role == "lead_source":
        role = Role(
            "attribute",
            role.score,
            "where they came from, known before the sale",
            kind="behavioural",
            given=role.given,
        )
    return table.column(header, role)


def _clean_described(table: Table, header: str) -> Series:
    """Clean values; an empty value metric stays a number."""
    empty_metric = table.roles[header] == "value_metric" and table.rules[header].type == "empty"
    return pd.Series(float("nan"), index=table.frame.index) if empty_metric else table.clean(header)


def _add_standard(frame: Frame, table: Table, role: str) -> None:
    header = table.header(role)
    if header is None or role == "account_type":
        return
    frame[role] = (
        read_churned(table.words(header), header) if role == "churned" else table.clean(header)
    )


def _with_ids(table: Table) -> tuple[Frame, list[Problem]]:
    """account_id, account_name and domain of every row: the id, else the name, else the domain,
    else a number.
    """
    keys = account_keys(table)
    problems = []
    if all(table.header(role) is None for role in KEYS):
        problems.append(make_problem("id-missing", table=table.name, found="account"))
        keys["account_id"] = pd.Series(
            [f"row {row}" for row in keys.index], index=keys.index, dtype="str"
        )
    own = own_keys(keys)
    if keys["account_id"].isna().any():
        own = _one_spelling(own, keys["account_id"].isna())
    if own.isna().any():
        rows = [int(row) for row in keys.index[own.isna().to_numpy()]]
        problems.append(make_problem("id-empty", table=table.name, rows=rows, count=len(rows)))
    frame = keys.assign(account_id=own)
    absent = [role for role in KEYS[1:] if table.header(role) is None]
    return frame[["account_id", "account_name", "domain"]].drop(columns=absent), problems


def _one_spelling(own: Series, without_id: Series) -> Series:
    """Rows that only a name identifies share the spelling met first, so that “Acme” and “ACME ” are
    one account.
    """
    folded = fold_series(own)
    first = own.groupby(folded, sort=False).transform("first")
    return own.where(~without_id | first.isna(), first)


def combine_accounts(first: Accounts, second: Accounts, table: str) -> Accounts:
    """Rows of `second` joined to `first`; where both have a value the first one stays.

    A column with the same name and type fills gaps; one of another type is kept apart as “name
    (table)”.
    """
    renames = {
        name: f"{name} ({table})"
        for name, column in second.columns.items()
        if name in first.columns and is_other(first.columns[name], column)
    }
    frame = second.frame.rename(columns=renames)
    columns = {
        **{
            renames.get(name, name): replace(c, name=renames.get(name, name))
            for name, c in second.columns.items()
        },
        **first.columns,
    }
    keys = _keys_of(frame)
    ids, by = find_matches(keys, first, first.chosen.get(table, {}))
    join = report_join(table, own_keys(keys), by, pd.Series(pd.NA, index=keys.index))
    frame.index = pd.Index(
        ids.where(ids.notna(), pd.Series(frame.index, index=frame.index, dtype="str")),
        dtype="str",
        name="account_id",
    )
    if frame.index.has_duplicates:
        frame = frame.groupby(level=0, sort=False).first()
    known = frame[frame.index.isin(first.frame.index)]
    combined = stack(_fill_gaps(first.frame, known), frame[~frame.index.isin(first.frame.index)])
    return replace(first, frame=combined, columns=columns, joins=(*first.joins, join))


def _fill_gaps(base: Frame, more: Frame) -> Frame:
    more = more.reindex(base.index)
    columns = {name: base[name] for name in base.columns}
    for name in more.columns:
        if name not in base or not base[name].notna().any():
            columns[name] = (
                more[name] if name not in base or more[name].notna().any() else base[name]
            )
        elif base[name].isna().any() and more[name].notna().any():
            columns[name] = base[name].where(base[name].notna(), more[name])
    return pd.DataFrame(columns, index=base.index)


def is_other(first: Column, second: Column) -> bool:
    """Whether two columns of one name cannot be one column: their values are of different types."""
    return first.rule.type != second.rule.type or (first.role == "value_metric") != (
        second.role == "value_metric"
    )


def _keys_of(frame: Frame) -> Frame:
    empty = pd.Series(pd.NA, index=frame.index, dtype="str")
    return pd.DataFrame(
        {
            "account_id": pd.Series(frame.index, index=frame.index, dtype="str"),
            "account_name": frame.get("account_name", empty),
            "domain": frame.get("domain", empty),
        }
    )
