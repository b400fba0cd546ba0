"""Open deals by the band of their account, with what is at stake and what to watch.

Comes in: a study. Goes out: `Pipeline`. Separate because the page, the CSV and a shared snapshot
must count the same deals. Nothing here is computed anew: scores, held-out win rates and cautions
are the study's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.results import Results
from icp_engine.rubric.model import BANDS, NOT_RATED
from icp_engine.rubric.scoring import score_whole
from icp_engine.traits.deal_watch import SIGNS, join_signs, name_signs, split_common
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Index, Series
from icp_engine.wording.numbers import of

NO_OWNER = "no owner"
TEXTS = ("deal_name", "owner", "stage", "deal_type")


@dataclass(frozen=True)
class Pipeline:
    """The open deals of a study.

    deals: by deal_id, Green first, then by amount: account_id, account (its name, else its id),
        deal_name, owner, stage (“” where unknown), amount (NaN where unknown), created_date,
        days_open (whole days up to the day of the data; NaN where unknown or later), new_business,
        score, band, disqualified, whole (the score as a whole number, as bands use it), cautions
        (count), caution (sentences; judged for new business only).
    by_band: one row a band, all four, Green first: band, deals, amount (sum of the known),
        with_amount (deals whose amount is known), accounts, new_business (deals), cautioned (deals
        with a caution).
    by_owner: one row an owner, the largest Green amount first: owner, deals, amount, then deals and
        amount of each band (“Green”, “Green amount”, …), cautioned.
    won_at_green, won_overall: win rate of held-out (else cross-checked) new-business deals; value
    None: not measured. shared: what more than half of the watched deals show, a sentence each; it
    stands in no row. unseen: whether those deals were held out. as_tested: whether they judged the
    very rubric that gives the bands here.
    """

    deals: Frame
    by_band: Frame
    by_owner: Frame
    won_at_green: Estimate
    won_overall: Estimate
    unseen: bool
    currency: str
    as_tested: bool = True
    shared: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Open deals."""
        return len(self.deals)

    def of_band(self, band: str) -> Series:
        """The row of one band in `by_band`."""
        return self.by_band.set_index("band").loc[band]


def open_pipeline(study: Results, tested: Results | None = None) -> Pipeline:
    """The open deals of a study with the bands of its rubric in force; empty tables where no deal
    is open.

    tested: the study whose held-out figures are told (a rubric changed since may not be looked at
    unasked); None: this.
    """
    deals = list_open_deals(study)
    green, overall = _win_rates(study if tested is None else tested)
    return Pipeline(
        deals=deals,
        by_band=count_by_band(deals),
        by_owner=count_by_owner(deals),
        won_at_green=green,
        won_overall=overall,
        unseen=study.holdout.method == "held_out",
        currency=study.intake.currency,
        as_tested=tested is None or tested is study,
        shared=_shared_signs(study),
    )


def list_open_deals(study: Results) -> Frame:
    """See `Pipeline.deals`."""
    deals, accounts = study.deals, study.accounts
    rows = deals[deals["won"].isna()] if "won" in deals else deals.head(0)
    table = pd.DataFrame({"account_id": rows["account_id"]}, index=rows.index.rename("deal_id"))
    table["account"] = _named(table["account_id"], accounts)
    for name in TEXTS:
        table[name] = _text(rows.get(name), rows.index)
    table["owner"] = table["owner"].where(
        table["owner"] != "", _owner_of(table["account_id"], accounts)
    )
    table["amount"] = rows["amount"].astype("float64") if "amount" in rows else np.nan
    table["created_date"] = rows.get("created_date", pd.Series(pd.NaT, index=rows.index))
    days = (study.as_of - pd.to_datetime(table["created_date"])).dt.days
    table["days_open"] = days.where(days >= 0).astype("float64")
    table["new_business"] = (
        rows["new_business"].astype(bool) if len(rows) else pd.Series(dtype=bool)
    )
    table = table.join(study.scores[["score", "band", "disqualified"]], on="account_id")
    table["band"] = table["band"].fillna(NOT_RATED)
    whole = pd.Series(score_whole(study.rubric, study.fits), index=study.fits.index)
    table["whole"] = table["account_id"].map(whole).astype("Int64")
    return _in_order(table.join(_watched(study, table.index)))


def _named(ids: Series, accounts: Frame) -> Series:
    names = accounts.get("account_name")
    return ids if names is None else names.reindex(ids).set_axis(ids.index).fillna(ids)


def _owner_of(ids: Series, accounts: Frame) -> Series:
    owners = accounts.get("owner")
    return _text(None if owners is None else owners.reindex(ids).set_axis(ids.index), ids.index)


def _text(values: Series | None, index: Index) -> Series:
    return (
        pd.Series("", index=index, dtype="str")
        if values is None
        else values.astype("str").fillna("")
    )


def _watched(study: Results, deals: Index) -> Frame:
    telling, _ = split_common(_signs(study))
    watch = join_signs(telling).reindex(deals)
    return watch.assign(
        cautions=watch["cautions"].fillna(0).astype("int64"), caution=watch["caution"].fillna("")
    )


def _signs(study: Results) -> Frame:
    return name_signs(study.deal_watch, bool(len(study.intake.contacts)))


def _shared_signs(study: Results) -> tuple[str, ...]:
    """“20 of 21 open deals have been open for longer than nine in ten won deals took: check which
    are still open.”
    """
    _, often = split_common(_signs(study))
    new = (
        "" if len(study.deal_watch) == int(study.deals["won"].isna().sum()) else " of new business"
    )
    return tuple(
        f"{of(deals, len(study.deal_watch))} open deals{new} {SIGNS[sign]}."
        for sign, deals in often.items()
    )


def _in_order(table: Frame) -> Frame:
    """Green first, in each band the dearest first; ties in the order of the file."""
    rank = table["band"].map({band: place for place, band in enumerate(BANDS)})
    order = np.lexsort((-table["amount"].fillna(-1.0).to_numpy(float), rank.to_numpy(int)))
    return table.iloc[order]


def count_by_band(deals: Frame) -> Frame:
    """See `Pipeline.by_band`."""
    rows = [(band, *_counts(deals[deals["band"] == band])) for band in BANDS]
    return pd.DataFrame(
        rows,
        columns=["band", "deals", "amount", "with_amount", "accounts", "new_business", "cautioned"],
    )


def _counts(deals: Frame) -> tuple[int, float, int, int, int, int]:
    known = deals["amount"].notna()
    return (
        len(deals),
        float(deals["amount"].sum()),
        int(known.sum()),
        int(deals["account_id"].nunique()),
        int(deals["new_business"].sum()),
        int((deals["cautions"] > 0).sum()),
    )


def count_by_owner(deals: Frame) -> Frame:
    """See `Pipeline.by_owner`."""
    owner = deals["owner"].where(deals["owner"] != "", NO_OWNER)
    whole = deals.groupby(owner, sort=True)
    parts = {"deals": whole.size(), "amount": whole["amount"].sum()}
    for band in BANDS:
        some = deals[deals["band"] == band].groupby(owner)
        parts[band], parts[f"{band} amount"] = some.size(), some["amount"].sum()
    parts["cautioned"] = deals[deals["cautions"] > 0].groupby(owner).size()
    table = pd.DataFrame(parts).fillna(0.0).rename_axis("owner").reset_index()
    counts = ["deals", *BANDS, "cautioned"]
    table = table.astype(dict.fromkeys(counts, "int64"))
    return table.sort_values(
        ["Green amount", "Green", "amount"], ascending=False, kind="stable", ignore_index=True
    )


def _win_rates(study: Results) -> tuple[Estimate, Estimate]:
    """Of Green and of all judged deals; without value where the study has none, or may not state
    rates.
    """
    if study.holdout.method in ("no_deals", "too_little", "final"):
        return NOT_APPLICABLE, NOT_APPLICABLE
    metrics = study.validation.metrics
    return metrics.get("win_rate_green", NOT_APPLICABLE), metrics.get("win_rate", NOT_APPLICABLE)
