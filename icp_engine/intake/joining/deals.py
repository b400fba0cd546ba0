"""One deals table out of all that hold deals or leads, each deal won, lost or open.

Comes in: tables of kind “deals” and the accounts. Goes out: deals by deal_id with standard columns
and deal attributes, and the accounts with those added that only deals name. Separate because “won”
hides in a different column in each CRM.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import (
    is_yes_no,
    read_deal_type,
    read_outcome,
    says_deleted,
    says_won_or_lost,
)
from icp_engine.intake.columns.role import Column
from icp_engine.intake.columns.table import Table
from icp_engine.intake.joining.accounts import DESCRIBING, describing_column, is_other
from icp_engine.intake.joining.duplicates import drop_copies, merge_repeated
from icp_engine.intake.joining.join import (
    KEYS,
    MAIL,
    MAIL_DOMAIN,
    Accounts,
    account_keys,
    add_accounts,
    stack,
)
from icp_engine.intake.joining.leads import (
    add_lead,
    link_leads,
    tell_contradictions,
    tell_leads,
    with_own_id,
)
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.masks import mask_contacts

DEAL_COLUMNS: dict[str, str] = {
    "account_id": "str",
    "won": "boolean",
    "deal_type": "str",
    "created_date": "datetime64[ns]",
    "closed_date": "datetime64[ns]",
    "amount": "float64",
    "stage": "str",
    "pipeline": "str",
    "product": "str",
    "owner": "str",
    "lost_reason": "str",
    "lead_source": "str",
    "deal_name": "str",
}
REQUIRED = ("account_id", "won", "deal_type", "created_date", "closed_date", "amount")
_DECIDED = re.compile(r"^(date )?(won|lost)( (date|time|at|on))?$")  # a day of one side only
_COPIED = (
    "created_date",
    "closed_date",
    "amount",
    "stage",
    "pipeline",
    "product",
    "owner",
    "lost_reason",
    "lead_source",
    "deal_name",
)
_KEYS = tuple(f"_{key}" for key in (*KEYS, MAIL, MAIL_DOMAIN))
# names that a file's column may not take: they are the engine's own
OWN_NAMES = frozenset({"deal_id", "new_business", "_table", "_row", *_KEYS})


@dataclass(frozen=True)
class Deals:
    """Deals so far: `frame` by deal_id; `deal_is_account` when no table names an account."""

    frame: Frame
    columns: dict[str, Column] = field(default_factory=dict)
    deal_is_account: bool = False
    currency: str = ""


def empty_deals() -> Frame:
    """No deals, all required columns with their dtypes, index named deal_id."""
    columns = {name: pd.Series(dtype=DEAL_COLUMNS[name]) for name in REQUIRED}
    return pd.DataFrame(columns, index=pd.Index([], dtype="str", name="deal_id"))


def build_deals(
    tables: list[Table], accounts: Accounts, link: tuple[str, Series] | None, settings: Settings
) -> tuple[Deals, Accounts, list[Problem]]:
    """All deals tables as one, joined to accounts."""
    problems: list[Problem] = []
    parts: list[tuple[Table, Frame, dict[str, Column]]] = []
    beside = [table for table in tables if table.kind != "deals"]
    tables = [table for table in tables if table.kind == "deals"]
    for table in sorted(tables, key=lambda table: -len(table.frame)):
        frame, columns, found = read_deals(table, settings)
        problems += found
        parts.append((table, frame, columns))
    if not parts:
        return Deals(empty_deals()), accounts, problems
    frame, columns = parts[0][1], parts[0][2]
    for table, more, described in parts[1:]:
        frame, columns = _combine(frame, more, columns, described, table.name, problems)
    sizes = {table.name: len(more) for table, more, _ in parts}
    for table in beside:
        frame, columns, found = _add_beside(frame, columns, table, tables, settings)
        sizes[table.name] = len(table.frame)
        problems += found
    if link is not None and frame["_account_id"].isna().all():
        frame["_account_id"] = pd.Series(frame.index, index=frame.index).map(link[1]).astype("str")
        frame["_table"] = frame["_table"].where(frame["_account_id"].isna(), link[0])
    names = ", ".join(table.name for table, _, _ in parts)
    deals, accounts, found = _join(frame, columns, accounts, names, sizes)
    problems += found
    if not deals.frame["won"].notna().any():
        problems.append(make_problem("outcome-missing", table=names))
    return deals, accounts, problems


def _add_beside(
    frame: Frame,
    columns: dict[str, Column],
    table: Table,
    deals: list[Table],
    settings: Settings,
) -> tuple[Frame, dict[str, Column], list[Problem]]:
    """Deals that know their lead; quotes add nothing. Where either says otherwise than the deal,
    a Problem tells.
    """
    own = with_own_id(table)
    read, described, problems = read_deals(own, settings)
    linked = link_leads(own, read, frame, deals)
    said = linked.leads.map(_said_of_sale(own, read)).astype("boolean")
    told = tell_contradictions(table, said, frame["won"])
    if table.kind != "leads":
        return frame, columns, told
    read, described = _kept_apart(read, columns, described, table.name)
    frame = add_lead(frame, read, described, linked, _KEYS)
    found = [problem for problem in problems if problem.code != "id-missing"]
    return frame, {**described, **columns}, [*found, tell_leads(table, linked), *told]


def _said_of_sale(table: Table, read: Frame) -> Series:
    """What each quote says of its sale, by its id. Of leads only that they came to nothing: one
    that was converted may be lost or open as a deal.
    """
    if table.kind != "leads" and read["won"].notna().any():
        return read["won"]
    said = pd.Series(pd.NA, index=read.index, dtype="boolean")
    ids = _ids(table)
    for header in map(str, table.frame.columns):
        words = table.words(header)
        if table.rules[header].type != "category" or not says_won_or_lost(words):
            continue
        won = read_outcome(words).set_axis(ids)
        won = won[~won.index.duplicated()].reindex(said.index)
        said = said.where(said.notna(), won if table.kind != "leads" else won.mask(won, pd.NA))
    return said


def read_deals(table: Table, settings: Settings) -> tuple[Frame, dict[str, Column], list[Problem]]:
    """One table's deals by deal_id, with its account keys as `_account_id`, `_account_name`, …

    `_table` and `_row` say where a deal that names an account stands.
    """
    problems: list[Problem] = []
    frame = account_keys(table).set_axis(list(_KEYS), axis="columns")
    named = frame[list(_KEYS)].notna().any(axis="columns")
    frame["_table"] = pd.Series(table.name, index=frame.index, dtype="str").where(named)
    frame["_row"] = pd.Series(frame.index, index=frame.index, dtype="float64").where(named)
    frame["won"] = read_won(table)
    frame["deal_type"] = _deal_type(table)
    for role in _COPIED:
        part = table.part(role)
        if part is not None or role in REQUIRED:
            frame[role] = (
                pd.Series(index=frame.index, dtype=DEAL_COLUMNS[role])
                if part is None
                else part.astype(DEAL_COLUMNS[role])
            )
    frame["closed_date"] = _closed(table, frame["closed_date"])
    if "lost_reason" in frame:
        frame["lost_reason"] = mask_contacts(frame["lost_reason"])
    columns: dict[str, Column] = {}
    for header in table.headers(*DESCRIBING):
        taken = header in DEAL_COLUMNS and table.roles[header] != header
        name = f"{header} ({table.name})" if taken or header in OWN_NAMES else header
        frame[name] = table.clean(header) if name not in frame else frame[name]
        columns[name] = describing_column(table, header)
    frame["deal_id"] = _ids(table)
    frame = _drop_deleted(table, frame, problems)
    if table.header("deal_id") is None:
        frame, found = drop_copies(table, frame, table.name in settings.keep_duplicates)
        problems += [*found, make_problem("id-missing", table=table.name, found="deal")]
    frame = frame[frame["deal_id"].notna()]
    merged, found = merge_repeated(table, frame, "deal_id", table.header("deal_id") or "")
    return merged, columns, problems + found


def _ids(table: Table) -> Series:
    """Deal ids; rows without one are numbered."""
    part = table.part("deal_id")
    numbered = pd.Series(
        [f"{table.name} row {row}" for row in table.frame.index],
        index=table.frame.index,
        dtype="str",
    )
    return numbered if part is None else part.where(part.notna(), numbered)


def _drop_deleted(table: Table, frame: Frame, problems: list[Problem]) -> Frame:
    """Deals whose status or stage says “deleted” are no open deals: they leave, with a Problem."""
    gone = pd.Series(False, index=table.frame.index)
    for header in table.headers("won", "stage"):
        gone |= says_deleted(table.words(header))
    if not gone.any():
        return frame
    rows = [int(row) for row in gone.index[gone.to_numpy()]]
    problems.append(make_problem("deals-deleted", table=table.name, rows=rows, count=len(rows)))
    return frame[~gone.reindex(frame.index).to_numpy()]


def _deal_type(table: Table) -> Series:
    header = table.header("deal_type")
    return (
        pd.Series(pd.NA, index=table.frame.index, dtype="str")
        if header is None
        else read_deal_type(table.words(header))
    )


def _flag(table: Table, *words: str) -> Series | None:
    """A yes/no column by the words of its header, whatever its role."""
    for header in table.frame.columns:
        if split_header(header)[1] in words and is_yes_no(table.words(header)):
            return read_outcome(table.words(header))
    return None


def read_won(table: Table) -> Series:
    """Won (True), lost (False), open (<NA>) of every row: by won column, else status, else stage,
    else a won date.

    A plain “no” in a won column means lost only when the deal is closed: by a closed flag, by a
    stage that says lost, or, when nothing says which deals are closed, always.
    """
    header, stage_header = table.header("won"), table.header("stage")
    open_ = pd.Series(pd.NA, index=table.frame.index, dtype="boolean")
    stage = open_ if stage_header is None else read_outcome(table.words(stage_header))
    if header is None:
        lost = _flag(table, "is closed lost", "closed lost")
        stage = stage if lost is None else stage.mask(lost.fillna(False).astype(bool), False)
        if stage_header is not None or lost is not None:
            return _lost_by_reason(table, stage)
        return _won_by_date(table)
    said = table.words(header)
    won = read_outcome(said)
    if not is_yes_no(said):
        return won if won.notna().any() else stage
    no = (won == False).fillna(False).astype(bool)  # noqa: E712 - a boolean column with <NA>
    closed = _flag(table, "is closed", "closed")
    if closed is not None:
        return won.mask(no & ~closed.fillna(False).astype(bool), pd.NA)
    if (stage == False).any():  # noqa: E712
        return won.mask(no & stage.isna().astype(bool), pd.NA)
    day = table.part("closed_date")
    if day is not None and day[won.fillna(False).astype(bool)].notna().all():
        won = won.mask(no & day.isna(), pd.NA)  # closed deals have their day, so these are open
    return won.mask(no, pd.NA) if tells_won_only(table) else won


def tells_won_only(table: Table) -> bool:
    """Whether a CRM's flag of won deals stands alone: its “no” is said of open deals as well, and
    no other column tells which of them are closed.
    """
    header, stage = table.header("won"), table.header("stage")
    if header is None or split_header(header)[1] != "is won" or not is_yes_no(table.words(header)):
        return False
    if _flag(table, "is closed", "closed") is not None:
        return False
    if stage is not None and (read_outcome(table.words(stage)) == False).any():  # noqa: E712
        return False
    day = table.part("closed_date")
    return day is None or bool(day.notna().all())


def tells_lost_by_reason(table: Table) -> bool:
    """Whether only the reason for losing tells which deals are lost; then nobody has to be asked."""
    header = table.header("stage")
    if header is None or table.header("won") is not None:
        return False
    stage = read_outcome(table.words(header))
    return bool((_lost_by_reason(table, stage) == False).any())  # noqa: E712 - a boolean column with <NA>


def _lost_by_reason(table: Table, won: Series) -> Series:
    """Lost where a reason for losing stands and the deal is not won, if some are won and nothing
    else says lost.

    Odoo archives a lost deal in the stage it had reached; only its reason tells.
    """
    reason = table.part("lost_reason")
    if reason is None or (won == False).any() or not won.any():  # noqa: E712 - a boolean column with <NA>
        return won
    return won.mask(reason.notna() & won.isna(), False)


def _won_by_date(table: Table) -> Series:
    """Won where a won date is filled; other rows stay open."""
    won = pd.Series(pd.NA, index=table.frame.index, dtype="boolean")
    header = table.header("closed_date")
    if header is not None and split_header(header)[1] in (
        "won date",
        "date won",
        "won time",
        "won at",
    ):
        won = won.mask(table.clean(header).notna(), True)
    return won


def _closed(table: Table, closed: Series) -> Series:
    """Closed dates, filled from won and lost times where the main column is empty."""
    for header in table.headers("known_after", "ignore"):
        if table.rules[header].type == "date" and _DECIDED.search(split_header(header)[1]):
            closed = closed.where(closed.notna(), table.clean(header))
    return closed


def _combine(
    base: Frame,
    more: Frame,
    columns: dict[str, Column],
    described: dict[str, Column],
    table: str,
    problems: list[Problem],
) -> tuple[Frame, dict[str, Column]]:
    """Two deals tables: joined when they share ids (leads and their closed deals), else one below
    the other.

    A column with the same name and type continues; one of another type is kept apart as “name
    (table)”.
    """
    more, described = _kept_apart(more, columns, described, table)
    shared = more.index.isin(base.index)
    if not len(more) or shared.mean() < 0.3:
        more = more.rename(index={index: f"{index} ({table})" for index in more.index[shared]})
        return stack(base, more).rename_axis("deal_id"), {**described, **columns}
    if not base["won"].notna().any() and set(more["won"].dropna()) == {True}:
        outside = base.assign(won=pd.Series(False, index=base.index, dtype="boolean"))
        count = int((~base.index.isin(more.index)).sum())
        problems.append(make_problem("leads-lost", table=table, count=count))
        base = outside.assign(won=outside["won"].mask(base.index.isin(more.index), True))
    base = stack(base, more[~shared]).rename_axis("deal_id")
    more = more.reindex(base.index)
    for name in more.columns:
        filled = base[name].notna().any() if name in base else False
        base[name] = base[name].where(base[name].notna(), more[name]) if filled else more[name]
    return base, {**described, **columns}


def _kept_apart(
    more: Frame, columns: dict[str, Column], described: dict[str, Column], table: str
) -> tuple[Frame, dict[str, Column]]:
    """The second table with the columns renamed that share a name and not the type with the first."""
    names = {
        name: f"{name} ({table})" if name in columns and is_other(columns[name], column) else name
        for name, column in described.items()
    }
    renamed = {
        new: replace(described[old], name=new) if new != old else described[old]
        for old, new in names.items()
    }
    return more.rename(columns=names), renamed


def _join(
    frame: Frame, columns: dict[str, Column], accounts: Accounts, name: str, sizes: dict[str, int]
) -> tuple[Deals, Accounts, list[Problem]]:
    """Deals with account ids; a decided deal that names no account becomes one of its own, as every
    deal does where none names any. An open one tells nothing about anybody and stays without.
    """
    numbered = frame[[*_KEYS, "_table", "_row"]].set_axis(pd.RangeIndex(len(frame)))
    ids = pd.Series(pd.NA, index=numbered.index, dtype="str")
    problems = []
    for table in numbered["_table"].dropna().unique():
        part = numbered[numbered["_table"] == table]
        keys = part[list(_KEYS)].set_axis([*KEYS, MAIL, MAIL_DOMAIN], axis="columns")
        accounts, found_ids, found = add_accounts(
            accounts, keys, table, part["_row"], sizes.get(table)
        )
        ids = found_ids.reindex(ids.index).where(numbered["_table"] == table, ids)
        problems += found
    frame = frame.drop(columns=[*_KEYS, "_table", "_row"]).assign(account_id=ids.to_numpy())
    alone = frame["account_id"].isna().to_numpy()
    deal_is_account = bool(alone.all())
    named = alone & (deal_is_account | frame["won"].notna().to_numpy())
    if named.any():
        own = pd.Series(frame.index, index=frame.index, dtype="str")
        taken = own.isin(accounts.frame.index)
        own = own.where(~taken, "deal " + own)
        frame["account_id"] = frame["account_id"].astype("str").where(~named, own)
        bare = pd.DataFrame(index=pd.Index(own[named], dtype="str", name="account_id"))
        accounts = replace(accounts, frame=_stack_bare(accounts.frame, bare))
    if alone.any():
        code = "deal-is-account" if deal_is_account else "deals-without-account"
        problems.append(make_problem(code, table=name, count=int(alone.sum()), total=len(frame)))
    order = [column for column in DEAL_COLUMNS if column in frame]
    frame = frame[[*order, *(column for column in frame if column not in order)]]
    return Deals(_typed(frame), columns, deal_is_account), accounts, problems


def _stack_bare(frame: Frame, bare: Frame) -> Frame:
    return frame.reindex(frame.index.append(bare.index)).rename_axis("account_id")


def _typed(frame: Frame) -> Frame:
    kinds = {name: kind for name, kind in DEAL_COLUMNS.items() if name in frame}
    return frame.astype(kinds)
