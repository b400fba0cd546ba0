"""What people wrote about accounts: lost reasons, churn reasons, and notes, tickets and feedback,
one row a remark.

Comes in: `Intake` and classified deals. Goes out: remarks by account, and the words that must never
be shown. Separate because the checklist of reasons and the telling words read the same remarks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from icp_engine.intake.joining.texts import names_on_record
from icp_engine.intake.model import Intake
from icp_engine.types import Frame, Index, Series
from icp_engine.values.masks import mask_contacts, mask_names
from icp_engine.values.yes_no_missing import MISSING_WORDS, fold_series

LOST, CHURN, NOTE = "lost reason", "churn reason", "note"
REMARK_COLUMNS = ("account_id", "kind", "source", "date", "text")
CHURN_REASON = re.compile(
    r"\b(churn|cancel\w*|leav\w*|exit|attrition|termination)\b.{0,200}\b(reasons?|why|cause)\b"
    r"|\breasons? (for|of|why) (churn\w*|leaving|cancel\w*|left)\b|\breasons? (code|left|cancel\w*)\b"
    r"|kundigungsgrund|abwanderungsgrund|motif de (resiliation|depart)|raison (du|de) (depart|resiliation|churn)"
    r"|motivo de (baja|cancelacion|abandono)",
    re.IGNORECASE,
)
REASON = re.compile(r"\b(reasons?|grund|motif|raison|motivo)\b", re.IGNORECASE)
ENDING_TABLES = ("churn", "subscriptions")
NO_WORD = re.compile(r"[\W_]+")
MOST_NOTES = 5_000  # newest first; of older ones only words that many say are shown, and no names
NAME_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Hidden:
    """Words never shown: `people` (folded first, last, owner names) anywhere, `own` (account →
    words of its name).
    """

    people: frozenset[str]
    own: dict[str, frozenset[str]]


def gather_remarks(intake: Intake, deals: Frame, left_out: Index) -> Frame:
    """One row a remark: account_id, kind (“lost reason”, “churn reason”, “note”), source, date,
    text.

    Remarks without an account of the study are dropped: an account votes once, and they have none
    to vote for.
    """
    parts = [_lost_reasons(deals), *_churn_reasons(intake), _notes(intake.texts)]
    told = pd.concat([part for part in parts if len(part)] or [_no_remarks()], ignore_index=True)
    told = told.dropna(subset=["account_id", "text"]).astype({"account_id": "str", "text": "str"})
    told["text"] = mask_contacts(told["text"])
    told["text"] = _without_names(told, names_on_record(intake.contacts, intake.accounts, deals))
    known = told["account_id"].isin(intake.accounts.index.difference(left_out)) & (
        told["text"].str.strip() != ""
    )
    return told[known].reset_index(drop=True)[list(REMARK_COLUMNS)]


def _without_names(told: Frame, names: frozenset[tuple[str, ...]]) -> Series:
    """The texts without names of people and companies: all reasons, and the newest notes, which are those
    that are read.
    """
    notes = told["kind"] == NOTE
    newest = told.index[notes]
    if len(newest) > MOST_NOTES:
        newest = (
            told.loc[notes, "date"].sort_values(ascending=False, kind="stable").index[:MOST_NOTES]
        )
    rows = told.index[~notes].union(newest)
    texts = told["text"].copy()
    texts.loc[rows] = mask_names(texts.loc[rows], names)
    return texts


def find_hidden(intake: Intake, deals: Frame) -> Hidden:
    """Names on record: of contacts and owners (of accounts too, when they are persons), and each
    account's own.
    """
    contacts, accounts = intake.contacts, intake.accounts
    columns = [
        frame[name]
        for frame, names in (
            (contacts, ("first_name", "last_name")),
            (accounts, ("owner",)),
            (deals, ("owner",)),
        )
        for name in names
        if name in frame
    ]
    named = accounts["account_name"] if "account_name" in accounts else pd.Series(dtype="str")
    if intake.unit == "person":
        columns.append(named)
    texts = {text for column in columns for text in column.dropna().astype("str").unique()}
    people = {word for text in texts for word in name_words(text)}
    own = {
        str(account): frozenset(name_words(str(name))) for account, name in named.dropna().items()
    }
    return Hidden(frozenset(people), own)


def name_words(text: str) -> set[str]:
    """Folded words of two letters and more."""
    return {word.casefold() for word in NAME_WORD.findall(text)}


def _no_remarks() -> Frame:
    empty = {name: pd.Series(dtype="str") for name in REMARK_COLUMNS}
    return pd.DataFrame({**empty, "date": pd.Series(dtype="datetime64[ns]")})


def _lost_reasons(deals: Frame) -> Frame:
    if "lost_reason" not in deals:
        return _no_remarks()
    lost = deals[(deals["won"] == False).fillna(False).astype(bool)]  # noqa: E712 — <NA> while open
    return pd.DataFrame(
        {
            "account_id": lost["account_id"],
            "kind": LOST,
            "source": "lost reasons",
            "date": lost["closed_date"],
            "text": lost["lost_reason"],
        }
    )


def _churn_reasons(intake: Intake) -> list[Frame]:
    """Reason columns of the accounts table, and of tables whose rows are endings."""
    found = []
    for name, column in intake.columns.items():
        if (
            name in intake.accounts
            and column.type in ("category", "text")
            and CHURN_REASON.search(_words(name))
        ):
            found.append(
                _reasons(
                    intake.accounts.index.to_series(), intake.accounts[name], column.table, name
                )
            )
    for table, kind in intake.kinds.items():
        if kind in ENDING_TABLES and table in intake.raw:
            found += _reasons_of_table(intake, table)
    return found


def _reasons_of_table(intake: Intake, table: str) -> list[Frame]:
    roles, raw = intake.roles.get(table, {}), intake.raw[table]
    key = next(
        (
            header
            for wanted in ("account_id", "account_name")
            for header, role in roles.items()
            if role == wanted and header in raw
        ),
        None,
    )
    if key is None:
        return []
    accounts = _accounts_of(raw[key], intake.accounts, str(roles[key]))
    return [
        _reasons(accounts, raw[header], table, header)
        for header, role in roles.items()
        if header in raw
        and role in ("known_after", "lost_reason")
        and REASON.search(_words(header))
    ]


def _accounts_of(keys: Series, accounts: Frame, role: str) -> Series:
    texts = keys.astype("str").str.strip()
    if role == "account_id":
        return texts
    if "account_name" not in accounts:
        return texts
    names = pd.Series(accounts.index, index=fold_series(accounts["account_name"]))
    return fold_series(texts).map(names[~names.index.duplicated(keep=False) & names.index.notna()])


def _reasons(accounts: Series, values: Series, table: str, header: str) -> Frame:
    texts = values.astype("str").str.strip()
    given = texts.where(~texts.str.lower().isin(MISSING_WORDS))
    return pd.DataFrame(
        {
            "account_id": accounts.to_numpy(),
            "kind": CHURN,
            "source": f"{table}, {header}",
            "date": pd.NaT,
            "text": given.to_numpy(),
        }
    ).astype({"date": "datetime64[ns]"})


def _notes(texts: Frame) -> Frame:
    return texts.assign(kind=NOTE) if len(texts) else _no_remarks()


def _words(header: str) -> str:
    return NO_WORD.sub(" ", header).lower()
