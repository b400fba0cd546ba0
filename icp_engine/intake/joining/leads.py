"""Leads beside the deals they became: what they say of a deal's beginning, and never who won.

Comes in: deals so far and the tables of leads and quotes. Goes out: deals that know their lead, and
what the tables disagree on. Separate because one sale has one outcome: that of its deal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from icp_engine.intake.columns.role import Column, Role
from icp_engine.intake.columns.understand import Table, known_values
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series
from icp_engine.values.parse import fold_series

LEAST_SHARED = 0.3  # share 0–1 of a column's different ids that the other table must know
FEWEST = 2  # ids it must know at least
_IDS = frozenset(("id", "text", "number", "category"))


@dataclass(frozen=True)
class Linked:
    """deal_id → the lead's own id, and how that was told. `column`: the deals' column that names
    the lead, “” if none does.
    """

    leads: Series
    how: str
    column: str = ""


def own_key(table: Table) -> str | None:
    """The first column in which every row has an id of its own, or None."""
    for header in map(str, table.frame.columns):
        if table.rules[header].type in _IDS and table.roles[header] != "account_name":
            values = _ids(table, header)
            if len(values) == len(table.frame) > 0 and values.is_unique:
                return header
    return None


def with_own_id(table: Table) -> Table:
    """The table of leads with its own key as the id of its rows."""
    header = own_key(table)
    if header is None:
        return table
    others = {
        column: Role("identifier", 0.9, "names another record") if role == "deal_id" else role
        for column, role in table.roles.items()
    }
    return replace(table, roles={**others, header: Role("deal_id", 0.9, "names the row")})


def link_leads(leads: Table, read: Frame, frame: Frame, deals: list[Table]) -> Linked:
    """Which deal came of which lead: by the deal's id in the lead, else the lead's id in the deal,
    else by account and day.

    read: the leads by their own id. frame: the deals so far.
    """
    named = _named_by_lead(leads, frame)
    if len(named):
        return Linked(named, "by id")
    for table in deals:
        found = _named_by_deal(table, read, frame)
        if found is not None:
            return found
    return Linked(_by_account_and_day(read, frame), "by account and day")


def _named_by_lead(leads: Table, frame: Frame) -> Series:
    """deal_id → lead, from the lead's column that knows most deals."""
    best, own = pd.Series(dtype="str"), own_key(leads)
    known = set(frame.index)
    numbers = leads.part("deal_id")
    for header in map(str, leads.frame.columns):
        if leads.rules[header].type not in _IDS:
            continue
        ids = _ids(leads, header)
        ids = ids[ids.isin(known)]
        if not _enough(ids, _ids(leads, header)) or len(ids) <= len(best):
            continue
        own_ids = numbers if own is not None and numbers is not None else None
        lead = ids.index.astype("str") if own_ids is None else own_ids.reindex(ids.index)
        best = pd.Series(list(lead), index=ids.to_numpy(), dtype="str")
    return best[~best.index.duplicated()]


def _named_by_deal(table: Table, read: Frame, frame: Frame) -> Linked | None:
    """deal_id → lead, from a column of the deals that holds leads' ids."""
    known, deal_ids = set(read.index), table.part("deal_id")
    if deal_ids is None:
        return None
    for header in map(str, table.frame.columns):
        if table.rules[header].type not in _IDS:
            continue
        ids = _ids(table, header)
        hits = ids[ids.isin(known)]
        if not _enough(hits, ids):
            continue
        deals = deal_ids.reindex(hits.index)
        pairs = pd.Series(hits.to_numpy(), index=deals.to_numpy(), dtype="str")
        pairs = pairs[pairs.index.isin(frame.index) & ~pairs.index.duplicated()]
        return Linked(pairs, "by id", header) if len(pairs) else None
    return None


def _enough(hits: Series, asked: Series) -> bool:
    return hits.nunique() >= max(FEWEST, LEAST_SHARED * asked.nunique())


def _ids(table: Table, header: str) -> Series:
    values = known_values(table.frame[header], table.rules[header]).astype("str").str.strip()
    return values.str.removesuffix(".0")


def _by_account_and_day(read: Frame, frame: Frame) -> Series:
    """deal_id → the newest lead of the same account that began by the day the deal did; a lead
    becomes one deal.
    """
    deals, leads = _dated(frame), _dated(read)
    if not len(deals) or not len(leads):
        return pd.Series(dtype="str")
    leads = leads.drop_duplicates(["account", "day"], keep="last").rename_axis("lead")
    deals = deals.rename_axis("deal").reset_index().sort_values("day")
    leads = leads.reset_index().sort_values("day")
    joined = pd.merge_asof(deals, leads, on="day", by="account").dropna(subset=["lead"])
    joined = joined.drop_duplicates("lead")
    return pd.Series(joined["lead"].to_numpy(), index=joined["deal"].to_numpy(), dtype="str")


def _dated(frame: Frame) -> Frame:
    """Account, as one folded text, and first day of each row that has both."""
    account = pd.Series(pd.NA, index=frame.index, dtype="str")
    for key in ("_account_id", "_account_name", "_domain", "_mail"):
        account = account.where(account.notna(), frame[key].astype("str"))
    day = frame["created_date"]
    found = pd.DataFrame({"account": fold_series(account), "day": day.astype("datetime64[ns]")})
    return found.dropna()


def add_lead(
    frame: Frame, read: Frame, columns: dict[str, Column], linked: Linked, keys: tuple[str, ...]
) -> Frame:
    """Deals with the account that their lead names where they name none themselves, and with what
    describes the lead.

    keys: names of the columns that name an account. A deal that knows its account by the lead's id
    alone goes by what the lead is called.
    """
    lead = read.reindex(linked.leads.reindex(frame.index)).set_axis(frame.index)
    frame = frame.copy()
    named = lead[list(keys)].notna().any(axis="columns")
    by_lead = (frame["_account_id"] == linked.leads.reindex(frame.index)).fillna(False).astype(bool)
    bare = frame[list(keys)].isna().all(axis="columns") | (by_lead & named)
    for name in (*keys, "_table", "_row"):
        frame[name] = frame[name].where(~(bare & named), lead[name])
    alone = bare & ~named & linked.leads.reindex(frame.index).notna()
    frame["_account_id"] = frame["_account_id"].where(~alone, linked.leads.reindex(frame.index))
    for name in ("lead_source", *columns):
        if name in lead and lead[name].notna().any():
            frame[name] = (
                frame[name].where(frame[name].notna(), lead[name]) if name in frame else lead[name]
            )
    return frame


def tell_leads(table: Table, linked: Linked) -> Problem:
    """The note on a table of leads: how many of them became deals."""
    count = int(linked.leads.nunique())
    found = f", told {linked.how}" if count else ""
    return make_problem(
        "leads-apart", table=table.name, total=len(table.frame), count=count, found=found
    )


def tell_contradictions(table: Table, said: Series, won: Series) -> list[Problem]:
    """A warning where another table says of a shared sale what its deal denies. Both by deal_id:
    True, False, or <NA> for neither.
    """
    both = pd.DataFrame({"said": said, "won": won.reindex(said.index)}).dropna(subset=["said"])
    yes, no = both["said"].astype(bool), both["won"]
    gained = int((yes & (no == False).fillna(False)).sum())  # noqa: E712 - a boolean column with <NA>
    denied = int((~yes & (no == True).fillna(False)).sum())  # noqa: E712
    if not gained + denied:
        return []
    parts = [f"{gained} won there and lost here"] * bool(gained)
    parts += [f"{denied} lost there and won here"] * bool(denied)
    return [
        make_problem(
            "sale-contradicts",
            table=table.name,
            count=gained + denied,
            total=len(both),
            found=", ".join(parts),
        )
    ]
