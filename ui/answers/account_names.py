"""Accounts by name: finding one, telling two of one name apart, the whole score of each.

Comes in: a study. Goes out: names, ids, scores.
Separate because several pages list accounts, and ids alone say nothing.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine import Study
from icp_engine.rubric import scoring
from icp_engine.rubric.model import BANDS
from icp_engine.types import Frame, Series
from ui.answers.made import made_once

EVERYONE = "accounts by band"  # what is kept under this name: `count_bands`
ASKED_MOST = 200  # characters of a search


def account_names(study: Study) -> Series | None:
    """Account names by account_id; None where the files have none."""
    return study.accounts.get("account_name")


def find_accounts(study: Study, asked: str) -> list[str]:
    """Ids whose id or name is the text asked for, else whose name contains it; case does not
    matter.
    """
    wanted = asked.strip().casefold()
    ids = study.accounts.index.astype("str")
    names = account_names(study)
    labels = pd.Series(ids, index=ids) if names is None else names.astype("str").fillna("")
    folded = labels.str.casefold()
    exact = (folded == wanted) | (ids.str.casefold() == wanted)
    found = exact if exact.any() else folded.str.contains(wanted, regex=False)
    return (
        [str(account) for account in study.accounts.index[found.fillna(False).to_numpy(bool)]]
        if wanted
        else []
    )


def label(study: Study, account: str) -> str:
    """An account's name, else its id."""
    names = account_names(study)
    known = None if names is None else names.get(account)
    return account if known is None or pd.isna(known) else str(known)


def ids_of_repeated(study: Study) -> frozenset[str]:
    """Ids of accounts whose name another one has too, or none has: only their id tells them apart."""

    def make() -> frozenset[str]:
        names = account_names(study)
        if names is None:
            return frozenset(study.accounts.index.astype("str"))
        folded = names.astype("str").str.strip().str.casefold()
        return frozenset(
            names.index[(folded.duplicated(keep=False) | names.isna()).to_numpy(bool)].astype("str")
        )

    return made_once(study, "repeated names", make)


def told_apart(study: Study) -> Series | None:
    """Names by account_id; where two accounts share one, each with its id behind it. None without
    names.
    """
    return made_once(
        study, "names told apart", lambda: _told_apart(account_names(study), ids_of_repeated(study))
    )


def _told_apart(names: Series | None, repeated: frozenset[str]) -> Series | None:
    if names is None or not repeated:
        return names
    alike = names.index.astype("str").isin(repeated) & names.notna().to_numpy(bool)
    return (
        names.astype("str")
        .where(~alike, names.astype("str") + " (" + names.index.astype("str") + ")")
        .where(names.notna())
    )


def ask_for(study: Study, account: str) -> str:
    """What to type to find this account and no other: its name, or its id where the name would not
    do.
    """
    known = label(study, account)
    return account if account in ids_of_repeated(study) or len(known) > ASKED_MOST else known


def whole_scores(study: Study) -> Series:
    """By account_id: the score as the whole number that bands use; rounding the shown decimal again
    may differ.
    """

    def make() -> Series:
        found = scoring.whole_scores(scoring.add_up(study.rubric, study.fits))
        return pd.Series(
            found if study.rubric.criteria else 50, index=study.accounts.index, name="Score"
        )

    return made_once(study, "whole scores", make)


def count_bands(study: Study) -> dict[str, Any]:
    """How many accounts there are, and in each band. Kept, so that the live control can say it
    without counting.
    """

    def make() -> dict[str, Any]:
        sizes = study.scores["band"].value_counts()
        return {"all": len(study.scores), "bands": [int(sizes.get(band, 0)) for band in BANDS]}

    return made_once(study, EVERYONE, make)


def name_rows(study: Study, shown: Frame) -> Frame:
    """Rows for the screen, where an account is called so that no other is meant."""
    names = told_apart(study)
    return shown if names is None else shown.assign(Account=names.reindex(shown.index))


def all_named(shown: Frame) -> bool:
    """Whether every row has a name, so that ids would only take the room of the reason."""
    return "Account" in shown and bool(shown["Account"].notna().all())
