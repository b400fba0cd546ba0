"""What may belong together and was not joined: keys that resemble an account, accounts that
resemble each other.

Comes in: an `Intake` and settings. Goes out: `NearMatch` and `AccountLink`, each with score and
evidence. Separate because these only propose: nothing is joined or merged unless the settings say
so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.joining.joins_and_summaries import AccountLink, NearMatch
from icp_engine.intake.joining.shared_domains import SHARED_DOMAINS
from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.name_likeness import (
    Likeness,
    compare_domains,
    compare_names,
    domain_root,
    name_words,
)
from icp_engine.values.yes_no_missing import fold

BLOCK_LETTERS = 3
BLOCK_MOST = 400  # accounts whose names begin alike; more are compared by exact words only
PAIRS_MOST = 300_000  # pairs of accounts compared letter by letter; the smallest blocks come first
LISTED_MOST = 500
PARENT = re.compile(
    r"parent account|parent company|parent organi[sz]ation|ultimate parent|subsidiary of|parent|muttergesellschaft"
)


def find_near_matches(intake: Intake, settings: Settings) -> tuple[NearMatch, ...]:
    """For every key that joined no account, the most alike one; those accepted in the settings come
    last.
    """
    known = _described(intake)
    index = _Index(_names(known), known["domain"] if "domain" in known else pd.Series(dtype="str"))
    found = []
    for join in intake.joins:
        for lost in join.unmatched:
            best = index.most_alike(lost.key)
            if best is not None and best[0] != lost.key:
                account, likeness = best
                name = index.names.get(account, account)
                evidence = likeness.evidence
                found.append(
                    NearMatch(
                        join.table, lost.key, lost.rows, account, name, likeness.score, evidence
                    )
                )
    found.sort(key=lambda match: (-match.score, -match.rows, match.table, match.key))
    return (*found[:LISTED_MOST], *_accepted(index, settings))


def _accepted(index: _Index, settings: Settings) -> Iterator[NearMatch]:
    for table, chosen in settings.joins.items():
        for key, account in chosen.items():
            yield NearMatch(
                table,
                key,
                0,
                account,
                index.names.get(account, account),
                100.0,
                "joined by you",
                True,
            )


def find_account_links(intake: Intake, settings: Settings) -> tuple[AccountLink, ...]:
    """Accounts that may be one (duplicates), or parts of one firm (subsidiaries); people are never
    offered.
    """
    links = {} if intake.unit == "person" else dict(_links(intake))
    found = sorted(links.values(), key=lambda link: (-link.score, link.into_id, link.account_id))[
        :LISTED_MOST
    ]
    names = _names(intake.accounts)
    accepted = (
        AccountLink(
            "duplicate", gone, gone, into, names.get(into, into), 100.0, "merged by you", True
        )
        for gone, into in settings.merge_accounts.items()
    )
    return (*found, *accepted)


def _described(intake: Intake) -> Frame:
    """Accounts that some table describes; all of them where none is."""
    columns = [name for name in intake.columns if name in intake.accounts]
    described = intake.accounts[columns].notna().any(axis="columns") if columns else None
    return (
        intake.accounts if described is None or not described.any() else intake.accounts[described]
    )


def _names(accounts: Frame) -> dict[str, str]:
    """What each account is called: its name, else its id."""
    ids = pd.Series(accounts.index, index=accounts.index, dtype="str")
    names = accounts["account_name"].fillna(ids) if "account_name" in accounts else ids
    return {str(account): str(name) for account, name in names.items()}


class _Index:
    """Accounts by the words, the first letters and the web address of their name."""

    def __init__(self, names: dict[str, str], domains: Series) -> None:
        self.names = names
        self.by_words: dict[str, list[str]] = defaultdict(list)
        self.by_start: dict[str, list[str]] = defaultdict(list)
        self.by_root: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.roots: dict[str, str] = {}
        for account, name in names.items():
            words = name_words(name)
            if words:
                self.by_words["".join(words)].append(account)
                self.by_start["".join(words)[:BLOCK_LETTERS]].append(account)
        for account, domain in domains.dropna().items():
            if domain not in SHARED_DOMAINS:
                self.roots[str(account)] = domain_root(str(domain))
                self.by_root[domain_root(str(domain))].append((str(account), str(domain)))

    def most_alike(self, key: str) -> tuple[str, Likeness] | None:
        """The account most like a key that may be a name or an address."""
        found = [*self._by_domain(key)] if "." in key and " " not in key else [*self._by_name(key)]
        return max(found, key=lambda pair: (pair[1].score, pair[0]), default=None)

    def _by_name(self, key: str) -> Iterator[tuple[str, Likeness]]:
        words = "".join(name_words(key))
        same = self.by_words.get(words, [])
        alike = self.by_start.get(words[:BLOCK_LETTERS], [])
        for account in dict.fromkeys((*same, *(alike if len(alike) <= BLOCK_MOST else ()))):
            likeness = compare_names(key, self.names[account])
            if likeness is not None:
                yield account, likeness

    def _by_domain(self, key: str) -> Iterator[tuple[str, Likeness]]:
        if key in SHARED_DOMAINS:
            return
        for account, domain in self.by_root.get(domain_root(key), []):
            likeness = compare_domains(key, domain)
            if likeness is not None:
                yield account, likeness


def _links(intake: Intake) -> Iterator[tuple[tuple[str, str], AccountLink]]:
    """Pairs of accounts, the weakest evidence first so that the strongest about a pair stays."""
    accounts = _described(intake)
    names = _names(accounts)
    domains = accounts["domain"] if "domain" in accounts else pd.Series(dtype="str")
    index = _Index(names, domains)
    yield from _by_domain(index)
    left = PAIRS_MOST
    for block in sorted(index.by_start.values(), key=len):
        left -= len(block) * (len(block) - 1) // 2
        if len(block) > 1 and left >= 0:
            yield from _by_name(block, names, index.roots)
    for same in index.by_words.values():
        yield from _by_name(same[:20], names, index.roots)
    yield from _by_parent(intake, accounts, names)


def _by_domain(index: _Index) -> Iterator[tuple[tuple[str, str], AccountLink]]:
    for group in index.by_root.values():
        into, address = group[0]
        for account, domain in group[1:50]:
            likeness = compare_domains(domain, address)
            if likeness is not None and account != into:
                alike = compare_names(index.names[into], index.names[account])
                yield _link(
                    account,
                    into,
                    likeness,
                    index.names,
                    "" if alike and not likeness.part else "subsidiary",
                )


def _by_name(
    block: list[str], names: dict[str, str], roots: dict[str, str]
) -> Iterator[tuple[tuple[str, str], AccountLink]]:
    for place, first in enumerate(block):
        for second in block[place + 1 :]:
            likeness = compare_names(names[first], names[second])
            if likeness is not None and not _told_apart(
                likeness, roots.get(first), roots.get(second)
            ):
                longer = len(name_words(names[first])) > len(name_words(names[second]))
                into, account = (second, first) if longer else (first, second)
                yield _link(account, into, likeness, names, "subsidiary" if likeness.part else "")


def _told_apart(likeness: Likeness, first: str | None, second: str | None) -> bool:
    """Names that differ by a letter are two firms where each has a web address of its own."""
    return (
        first is not None
        and second is not None
        and first != second
        and not likeness.part
        and likeness.score < 100
    )


def _link(
    account: str, into: str, likeness: Likeness, names: dict[str, str], kind: str
) -> tuple[tuple[str, str], AccountLink]:
    pair = (min(account, into), max(account, into))
    what: Literal["duplicate", "subsidiary"] = "subsidiary" if kind else "duplicate"
    link = AccountLink(
        what, account, names[account], into, names[into], likeness.score, likeness.evidence
    )
    return pair, link


def _by_parent(
    intake: Intake, accounts: Frame, names: dict[str, str]
) -> Iterator[tuple[tuple[str, str], AccountLink]]:
    """Accounts whose “Parent account” names another account."""
    called = {fold(name): account for account, name in names.items()} | {
        account: account for account in names
    }
    for header, told in _parents(intake):
        for account, parent in told.items():
            into = called.get(str(parent)) or called.get(fold(str(parent)))
            own = called.get(str(account)) or called.get(fold(str(account)))
            if into is not None and own is not None and own != into:
                evidence = f"“{names[own]}” names “{parent}” under “{header}”"
                yield _link(own, into, Likeness(99.0, evidence, True), names, "subsidiary")


def _parents(intake: Intake) -> Iterator[tuple[str, Series]]:
    """Every column of an accounts table that names a parent: by what the row calls its account."""
    for table, roles in intake.roles.items():
        if intake.kinds[table] != "accounts":
            continue
        key = next(
            (h for role in ("account_id", "account_name") for h, r in roles.items() if r == role),
            None,
        )
        for header in roles:
            if key is not None and header != key and PARENT.fullmatch(split_header(header)[1]):
                frame = intake.raw[table]
                said = frame[[key, header]].replace("", pd.NA).dropna()
                yield header, said.set_index(key)[header]
