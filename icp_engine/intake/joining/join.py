"""Putting rows of different tables together: by id, else by name, else by domain.

Comes in: keys of a table's rows and the accounts known so far. Goes out: the account id of each
row, and accounts with those added that no table held. Separate because deals, orders, contacts and
notes all join alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from icp_engine.intake.columns.column_types import infer_rule_for
from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.table import Table, known_values
from icp_engine.intake.joining.join_report import report_join
from icp_engine.intake.joining.joins_and_summaries import TableJoin
from icp_engine.intake.joining.keys.spellings import respell
from icp_engine.intake.joining.shared_domains import own_domains
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series
from icp_engine.values.parse import fold, fold_series

KEYS = ("account_id", "account_name", "domain")
SPELLED = "spelling"  # what joined a row whose id is written in another way
MAIL = "mail"  # the whole address, which an account may have as its own
# an address names the firm of a person, which may join but never makes an account
MAIL_DOMAIN = "mail_domain"
_BEFORE_AT = re.compile("^.*@")
_ID_AND_NAME = re.compile(r"^([A-Za-z]{0,8}[-_]?[0-9]{2,}) +[^ ]")


@dataclass(frozen=True)
class Accounts:
    """Accounts so far: `frame` by account_id (unique text) and a `Column` for each describing
    column.

    `merged`: accounts a person merged into others, by the account_id that is gone: account_name,
    domain, into. `chosen`: table → key as written → account_id, as a person joined them. `joins`:
    how each table joined. `mails`: e-mail address → account_id, where one account alone has it.
    """

    frame: Frame
    columns: dict[str, Column] = field(default_factory=dict)
    merged: Frame | None = None
    chosen: dict[str, dict[str, str]] = field(default_factory=dict)
    joins: tuple[TableJoin, ...] = ()
    mails: dict[str, str] = field(default_factory=dict)


def merge_duplicates(
    frame: Frame, key: str, newest: Series | None = None
) -> tuple[Frame, list[int]]:
    """One row a key: the first non-empty value of each column. Also the index values of the rows
    that repeated.

    With `newest` (a date a row), the row changed last comes first; keys keep the order in which
    they appear.
    """
    repeated = frame[key].duplicated()
    if not repeated.any():
        return frame.set_index(key), []
    rows = [int(row) for row in frame.index[repeated.to_numpy()]]
    order = frame
    if newest is not None:
        order = frame.loc[
            newest.sort_values(ascending=False, kind="stable", na_position="last").index
        ]
    merged = order.groupby(key, sort=False).first()
    return (merged if newest is None else merged.reindex(frame[key].drop_duplicates())), rows


def account_keys(table: Table) -> Frame:
    """Columns account_id, account_name, domain, mail and mail_domain of a table's rows; missing
    where it has none.
    """
    empty = pd.Series(pd.NA, index=table.frame.index, dtype="str")
    parts = {role: table.part(role) for role in KEYS}
    keys = {role: empty if part is None else part.astype("str") for role, part in parts.items()}
    mail = table.part("contact_email") if table.kind != "accounts" else None
    keys[MAIL] = empty if mail is None else mail.astype("str")
    keys[MAIL_DOMAIN] = (
        empty
        if mail is None
        else mail.astype("str").str.replace(_BEFORE_AT.pattern, "", regex=True)
    )
    return pd.DataFrame(keys)


class Lookups:
    """What each id, folded name and own domain stands for: of the accounts, and of those merged
    into them.

    The first account with a key has it. Each is made when first asked for: most tables need ids
    only.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._frame, self._merged = accounts.frame, accounts.merged

    @cached_property
    def ids(self) -> dict[str, str]:
        """account_id, or one merged away → account_id."""
        gone = {} if self._merged is None else self._merged["into"].to_dict()
        return {**gone, **dict(zip(self._frame.index, self._frame.index, strict=True))}

    @cached_property
    def names(self) -> dict[str, str]:
        """Folded name → account_id."""
        return self._by("account_name", fold_series)

    @cached_property
    def domains(self) -> dict[str, str]:
        """Domain that names one firm → account_id."""
        return self._by("domain", own_domains)

    def _by(self, column: str, shape: Callable[[Series], Series]) -> dict[str, str]:
        own = pd.Series(self._frame.index, index=self._frame.index, dtype="str")
        known = _lookup(shape(self._frame[column]), own) if column in self._frame else {}
        if self._merged is None:
            return known
        return {**_lookup(shape(self._merged[column]), self._merged["into"]), **known}


def _lookup(values: Series, stands_for: Series) -> dict[str, str]:
    known = values.notna().to_numpy()
    return dict(zip(values[known][::-1], stands_for[known][::-1], strict=True))


def match_accounts(keys: Frame, accounts: Frame | Accounts) -> Series:
    """The account_id each row belongs to, missing where none fits."""
    known = accounts if isinstance(accounts, Accounts) else Accounts(accounts)
    return find_matches(keys, known, {})[0]


def find_matches(keys: Frame, accounts: Accounts, chosen: dict[str, str]) -> tuple[Series, Series]:
    """The account_id each row belongs to and what joined it (“chosen” “id” “name” “spelling”
    “e-mail” “domain”), else missing.

    An id column may hold names and a name column ids (CRM exports do both), so each is looked up as
    the other too. Domains that many firms share never join.
    """
    found = _Matches(keys.index)
    if not len(accounts.frame):
        return found.ids, found.by
    lookups = Lookups(accounts)
    known = lookups.ids if chosen else {}
    by_hand = {fold(key): known[into] for key, into in chosen.items() if into in known}
    for key in KEYS if by_hand else ():
        found.add("chosen", keys[key], fold_series, lambda: by_hand)
    for key in ("account_id", "account_name"):
        if keys[key].notna().any():
            found.add("id", keys[key], _as_it_is, lambda: lookups.ids)
            found.add("id", keys[key], _first_part, lambda: lookups.ids)
            found.add("name", keys[key], fold_series, lambda: lookups.names)
            found.add("id", keys[key], _id_before_name, lambda: lookups.ids)
    found.respell(keys["account_id"], lookups)
    if MAIL in keys:
        found.add("e-mail", keys[MAIL], _as_it_is, lambda: accounts.mails)
    found.add("domain", keys["domain"], _as_it_is, lambda: lookups.domains)
    if MAIL_DOMAIN in keys:
        found.add("domain", keys[MAIL_DOMAIN], _as_it_is, lambda: lookups.domains)
    return found.ids, found.by


class _Matches:
    """Matches as they come in; a row keeps its first."""

    def __init__(self, index: object) -> None:
        self.ids = pd.Series(pd.NA, index=index, dtype="str")
        self.by = pd.Series(pd.NA, index=index, dtype="str")

    def add(
        self,
        how: str,
        values: Series,
        shape: Callable[[Series], Series],
        lookup: Callable[[], dict[str, str]],
    ) -> None:
        """Rows that have no match yet, looked up after `shape`."""
        waiting = self.ids.isna() & values.notna()
        if not waiting.any() or not lookup():
            return
        found = shape(values[waiting]).map(lookup()).astype("str").reindex(self.ids.index)
        self.ids = self.ids.where(~waiting, found)
        self.by = self.by.where(~(waiting & found.notna()), how)

    def respell(self, ids: Series, lookups: Lookups) -> None:
        """Ids that have no match yet, looked up in their other spellings."""
        waiting = ids[self.ids.isna() & ids.notna()]
        if len(waiting):
            met = respell(waiting, pd.Index(list(lookups.ids))).map(lookups.ids)
            self.ids = self.ids.where(self.ids.notna(), met.astype("str").reindex(self.ids.index))
            self.by = self.by.mask(met.notna().reindex(self.by.index, fill_value=False), SPELLED)


def _as_it_is(values: Series) -> Series:
    return values


def _first_part(values: Series) -> Series:
    """The first of several associated ids (“8001;8002”)."""
    return values.str.split(";", n=1, regex=False).str[0].str.strip()


def _id_before_name(values: Series) -> Series:
    """The id that stands before a name (“CUST00012 Nordwind GmbH”, as NetSuite writes it), missing
    where none does.
    """
    return values.str.extract(_ID_AND_NAME.pattern, expand=False)


def own_keys(keys: Frame) -> Series:
    """What a row calls its account: the id, else the name, else a domain that names one firm."""
    own = keys["account_id"].where(keys["account_id"].notna(), keys["account_name"])
    return own.where(own.notna(), own_domains(keys["domain"]))


def add_accounts(
    accounts: Accounts,
    keys: Frame,
    table: str,
    rows: Series | None = None,
    total: int | None = None,
) -> tuple[Accounts, Series, list[Problem]]:
    """Account id of every row that names an account, and accounts with the unknown ones added as
    bare rows.

    A row is unknown when neither id, name nor domain fits; it gets its own id, else its name, else
    its domain. Rows that name no account stay missing. `rows`: file row numbers, where the index of
    `keys` does not hold them. `total`: rows of the whole table, where `keys` holds only those that
    name an account.
    """
    matched, by = find_matches(keys, accounts, accounts.chosen.get(table, {}))
    own = own_keys(keys)
    new = matched.isna() & own.notna()
    numbers = pd.Series(keys.index, index=keys.index) if rows is None else rows
    problems = []
    if len(accounts.frame):
        join = report_join(table, own, by, numbers, total)
        accounts = replace(accounts, joins=(*accounts.joins, join))
        if new.any():
            named = int((matched.notna() | new).sum())
            unmatched = [int(number) for number in numbers[new].dropna()]
            count = int(new.sum())
            problems.append(
                make_problem(
                    "join-unmatched", table=table, rows=unmatched, count=count, total=named
                )
            )
    if not new.any():
        return accounts, matched, problems
    bare, first = _bare_accounts(keys[new], own[new])
    frame = stack(accounts.frame, bare[~bare.index.isin(accounts.frame.index)])
    return (
        replace(accounts, frame=frame),
        matched.where(~new, first.reindex(matched.index)),
        problems,
    )


def _bare_accounts(keys: Frame, own: Series) -> tuple[Frame, Series]:
    """Accounts that only their key is known of, one a folded name, and the account_id of each row."""
    added = keys[list(KEYS)].assign(account_id=own)
    same = fold_series(added["account_name"]).where(keys["account_id"].isna(), own)
    same = same.where(same.notna(), own)
    first = own.groupby(same, sort=False).transform("first")
    bare = added.assign(account_id=first).groupby("account_id", sort=False).first()
    return bare.dropna(axis="columns", how="all"), first


def stack(first: Frame, second: Frame) -> Frame:
    """Rows of both, columns of both, also where one has no rows; an empty frame or column never
    decides a dtype.
    """
    index = first.index.append(second.index)
    columns = {}
    for name in dict.fromkeys((*first.columns, *second.columns)):
        # A column that one side lacks, or holds no value of, takes the dtype of the other
        parts = [
            frame[name] for frame in (first, second) if name in frame and frame[name].notna().any()
        ]
        empty = (first if name in first else second)[
            name
        ]  # keeps its type: dates without a value stay dates
        columns[name] = (pd.concat(parts) if parts else empty[~empty.index.duplicated()]).reindex(
            index
        )
    return pd.DataFrame(columns, index=index).rename_axis(first.index.name)


def link_table(tables: dict[str, Table]) -> tuple[str, Series] | None:
    """Deal id → account key from a table that only links the two (HubSpot's associations), or None."""
    for table in tables.values():
        deal, account = table.header("deal_id"), table.header("account_id")
        if table.kind == "unknown" and deal is not None and account is not None:
            pairs = pd.DataFrame(
                {"deal": table.clean(deal), "account": table.clean(account)}
            ).dropna()
            return table.name, pairs.drop_duplicates("deal").set_index("deal")["account"]
    return None


def share_of_rows_matching(values: Series, keys: set[str]) -> float:
    """Share 0–1 of the distinct filled values that are among `keys`."""
    distinct = values.dropna().unique()
    return sum(value in keys for value in distinct) / len(distinct) if len(distinct) else 0.0


def with_account_column(table: Table, accounts: Frame) -> Table:
    """The table with a column taken for the account's id when its values are ids or names of known
    accounts.
    """
    if table.headers("account_id", "account_name"):
        return table
    if not len(accounts):
        return _known_by_mail(table)
    header = find_account_column(table, accounts)
    if header is None:
        return table
    role = Role("account_id", 0.6, "its values are ids or names in the accounts table")
    rule = infer_rule_for(table.frame[header], "id", header)
    return replace(table, roles={**table.roles, header: role}, rules={**table.rules, header: rule})


def _known_by_mail(table: Table) -> Table:
    """Transactions of a shop that name their buyer by e-mail only, with the address as the
    customer's id.
    """
    header = table.header("contact_email")
    if header is None or table.kind not in ("orders", "invoices", "subscriptions"):
        return table
    role = Role("account_id", 0.6, "no column names the customer, so the e-mail address does")
    rule = table.rules[header].model_copy(update={"type": "email"})
    return replace(table, roles={**table.roles, header: role}, rules={**table.rules, header: rule})


def find_account_column(table: Table, accounts: Frame) -> str | None:
    """A column whose values are account ids or names although its header does not say so; None when
    there is none.
    """
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
