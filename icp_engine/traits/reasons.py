"""The usual reasons why deals are lost and customers leave, as a checklist: seen in your data, or
not recorded.

Comes in: remarks (lost reasons, churn reasons, notes), who was lost or left. Goes out: one row a
reason, and which recorded reason fell into which. Separate because the word table
(`reason_words.json`) grows, in four languages so far, and a person may regroup what it gets wrong.
Reasons describe; they never score.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pandas as pd

from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.traits.told import NOTE
from icp_engine.types import Frame, Index, Series
from icp_engine.wording.numbers import of

WORDS_FILE = Path(__file__).with_name("reason_words.json")
LOSS_SOURCE = re.compile(r"loss|lost|churn|cancel|exit|kündig|perdu|résili|baja", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.;!?\n]+")
PLAIN_WORD = re.compile(r"[a-z0-9]+")
# “no one *to* set *it* up”: up to two words stand between those looked for
BETWEEN = r"(?: \w+){0,2}? "
MOST_TEXTS = 50_000  # different texts, newest first
NOT_RECORDED = "not recorded"


@cache
def reason_entries() -> dict[str, list[str]]:
    """Reason → entries of the word table, all languages together, in the order of the checklist."""
    table: dict[str, dict[str, list[str]]] = json.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return {
        reason: [entry for entries in languages.values() for entry in entries]
        for reason, languages in table.items()
    }


@cache
def reason_patterns() -> dict[str, re.Pattern[str]]:
    """Reason → what to look for in a plain text; “=word” must be all the text, others are
    beginnings of words.
    """
    return {
        reason: re.compile("|".join(map(_pattern, entries)))
        for reason, entries in reason_entries().items()
    }


@cache
def _reasons_hinted(word: str) -> frozenset[str]:
    """Reasons with an entry whose longest word begins `word`: only these are searched for (six
    times as quick).
    """
    return frozenset(
        reason
        for reason, entries in reason_entries().items()
        for entry in entries
        if word.startswith(max(entry.removeprefix("=").split(), key=len))
    )


def _pattern(entry: str) -> str:
    if entry.startswith("="):
        return rf"^{re.escape(entry[1:])}$"
    return BETWEEN.join(rf"\b{re.escape(word)}\w*" for word in entry.split())


def plain(text: str) -> str:
    """Lower case, no accents, words parted by one blank: the form the word table is written in."""
    bare = text.casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return " ".join(PLAIN_WORD.findall(bare))


def reasons_in(text: str) -> tuple[str, ...]:
    """The usual reasons a text names, in the order of the checklist; sentence by sentence."""
    parts = [plain(part) for part in SENTENCE_END.split(text)]
    hinted = frozenset().union(*(_reasons_hinted(word) for part in parts for word in part.split()))
    return tuple(
        reason
        for reason, pattern in reason_patterns().items()
        if reason in hinted and any(pattern.search(part) for part in parts)
    )


def of_lost_or_left(told: Frame, intake: Intake, deals: Frame) -> Frame:
    """The remarks that can name a reason: recorded ones, and notes on losses or on accounts that
    were lost or left.
    """
    if not len(told):
        return told
    churned = intake.accounts.get("churned")
    left: Index = (
        intake.accounts.index[:0]
        if churned is None
        else churned.index[churned.fillna(False).astype(bool)]
    )
    won = deals["won"].astype("boolean")
    lost = pd.Index(deals.loc[~won.fillna(True).astype(bool), "account_id"].unique())
    lost = lost.difference(deals.loc[won.fillna(False).astype(bool), "account_id"])
    about_loss = told["source"].astype("str").str.contains(LOSS_SOURCE)
    return told[(told["kind"] != NOTE) | about_loss | told["account_id"].isin(left.union(lost))]


def group_reasons(told: Frame, settings: Settings) -> Frame:
    """One row a remark and reason it names: account_id, kind, source, text, reason (“” where it
    names none).

    A text listed in `settings.reason_groups` has that reason and no other; “” there takes it out.
    """
    texts = told["text"].str.strip().drop_duplicates().head(MOST_TEXTS)
    chosen = {plain(text): reason for text, reason in settings.reason_groups.items()}
    found = [
        (chosen[plain(text)],) if plain(text) in chosen else reasons_in(text) or ("",)
        for text in texts
    ]
    named = (
        pd.DataFrame({"text": texts.to_numpy(), "reason": found})
        .explode("reason")
        .astype({"text": "str"})
    )
    return told.assign(text=told["text"].str.strip()).merge(named, on="text", how="inner")


def check_reasons(grouped: Frame, settings: Settings) -> Frame:
    """The checklist. One row a usual reason, in the issue's order, then groups a person added.

    Columns: reason; seen (accounts whose remarks name it, each once); of (accounts lost or left
    with any remark); source (where it was read); finding (“seen in your data: 41 of 220” or “not
    recorded”).
    """
    added = [reason for reason in dict.fromkeys(settings.reason_groups.values()) if reason]
    reasons = list(dict.fromkeys([*reason_patterns(), *added]))
    heard = int(grouped["account_id"].nunique()) if len(grouped) else 0
    rows = []
    for reason in reasons:
        mine = grouped[grouped["reason"] == reason]
        seen = int(mine["account_id"].nunique())
        finding = f"seen in your data: {of(seen, heard)}" if seen else NOT_RECORDED
        rows.append((reason, seen, heard, " · ".join(_sources(mine)), finding))
    return pd.DataFrame(rows, columns=["reason", "seen", "of", "source", "finding"])


def list_recorded(grouped: Frame) -> Frame:
    """What stands in reason columns (never notes), commonest first: text, accounts, reason it fell
    into, source.
    """
    recorded = grouped[grouped["kind"] != NOTE] if len(grouped) else grouped
    if not len(recorded):
        return pd.DataFrame(
            {
                "text": pd.Series(dtype="str"),
                "accounts": pd.Series(dtype="int64"),
                "reason": pd.Series(dtype="str"),
                "source": pd.Series(dtype="str"),
            }
        )
    parts = recorded.groupby("text", sort=True)
    table = pd.DataFrame(
        {
            "accounts": parts["account_id"].nunique(),
            "reason": parts["reason"].agg(
                lambda reasons: ", ".join(r for r in dict.fromkeys(reasons) if r)
            ),
            "source": parts["source"].agg(lambda sources: " · ".join(_unique(sources))),
        }
    )
    return table.sort_values("accounts", ascending=False, kind="stable").reset_index()


def _sources(rows: Frame) -> list[str]:
    return _unique(rows["source"])


def _unique(sources: Series) -> list[str]:
    return sorted(set(sources.astype("str")))
