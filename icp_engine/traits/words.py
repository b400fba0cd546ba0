"""Words and two-word phrases that the worst, or the best, are told with more often: they describe,
they never score.

Comes in: remarks by account, the groups, hidden names. Goes out: one row a phrase. Separate because
text is compared by other rules than attributes: log-odds with an informative Dirichlet prior
(Monroe, Colaresi & Quinn 2008), where each account says a phrase once however often it stands
there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse, stats

from icp_engine.settings import Settings
from icp_engine.stats.multiple import benjamini_hochberg
from icp_engine.traits.phrases import find_phrases
from icp_engine.traits.quotes import Quoter
from icp_engine.traits.told import Hidden
from icp_engine.types import Frame, Index

if TYPE_CHECKING:
    from icp_engine.customers.model import Best
    from icp_engine.types import Bools, Floats, Ints

FEWEST_ACCOUNTS = 3  # fewer would point to single customers
FEWEST_HEARD = 5  # accounts with remarks in each group, or nothing is claimed
PRIOR_SHARE = 0.1  # the prior weighs a tenth of all that was said
# of how much accounts said: more would part accounts by the very phrase that is looked at
MOST_STRATA = 5
ACCOUNTS_A_STRATUM = 30
MOST_TEXTS = 50_000  # newest first
UNCLAIMED_SHOWN = 30
LEAST_TELLING = 0.002  # smallest p a phrase must be able to reach to count as tried
# of the accounts of a word say it in the longer phrase: the word alone says nothing new
NEARLY_ALL = 0.8
WORD_COLUMNS = (
    "phrase",
    "group",
    "z",
    "q",
    "accounts_best",
    "accounts_worst",
    "of_best",
    "of_worst",
    "sources",
    "quotes",
)


@dataclass(frozen=True)
class _Votes:
    """Accounts × phrases (0/1), with the accounts, the phrases and the texts they were read from."""

    accounts: Index
    phrases: tuple[tuple[str, ...], ...]
    said: sparse.csr_matrix
    told: Frame
    in_text: sparse.csr_matrix


def bad_side(best: Best, outcomes: Frame) -> Index:
    """The accounts that words set against the best: the worst customers, and lost accounts that
    never bought.
    """
    lost = outcomes.index[(outcomes["won"] < 0.5).to_numpy()]
    others = best.accounts.union(best.rest) if best.basis == "value" else best.accounts
    return best.worst.union(lost.difference(others))


def find_words(told: Frame, best: Index, worst: Index, hidden: Hidden, settings: Settings) -> Frame:
    """Over-represented words and phrases, the clearest first, then up to 30 that are not proven.

    told: rows of `told.gather_remarks`; `worst` and `best` are disjoint account_ids. Columns:
    phrase; group (“best”, “worst”, or “none”: not proven); z (`dirichlet_z`, above 0: more among
    best); q (Benjamini–Hochberg over the phrases of at least three accounts that are frequent
    enough to be told; p exact, among accounts that said equally much); accounts_best,
    accounts_worst (accounts that said it) of of_best, of_worst (accounts with any remark); sources;
    quotes (up to three sentences of the group, names masked). A claim takes q under the
    false-discovery rate and three accounts of its group. Silent where fewer than five accounts of a
    group said anything.
    """
    votes = _count_votes(told, hidden)
    groups = [votes.accounts.isin(best), votes.accounts.isin(worst)]
    heard = [int(part.sum()) for part in groups]
    if min(heard) < FEWEST_HEARD:
        return _no_words()
    counts = [_said_by(votes, part) for part in groups]
    tested = _distinct(votes, np.flatnonzero(sum(counts) >= FEWEST_ACCOUNTS), settings)
    of_best, of_worst = counts[0][tested], counts[1][tested]
    share, informative = _expected_share(votes, groups, tested)
    z = dirichlet_z(
        of_best, of_worst, _said_by(votes, np.ones(len(votes.accounts), dtype=bool))[tested], share
    )
    q = _false_discovery(*informative, share)
    group = np.where(z > 0, "best", "worst")
    enough = np.where(z > 0, of_best, of_worst) >= FEWEST_ACCOUNTS
    group = np.where((q < settings.false_discovery_rate) & enough, group, "none")
    phrases = pd.Series([" ".join(votes.phrases[place]) for place in tested], dtype="str")
    table = pd.DataFrame(
        {
            "phrase": phrases,
            "group": group,
            "z": z,
            "q": q,
            "place": tested,
            "accounts_best": of_best.astype(int),
            "accounts_worst": of_worst.astype(int),
            "of_best": heard[0],
            "of_worst": heard[1],
        }
    )
    shown = _worth_showing(table, votes)
    return _add_words(shown, votes, groups, hidden)


def dirichlet_z(first: Floats, second: Floats, everyone: Floats, share: Floats) -> Floats:
    """z of the log-odds of each phrase in the first group against the second, with an informative
    Dirichlet prior.

    first, second, everyone: accounts that said each phrase; the prior of a phrase is a tenth of
    what everyone said of it. `share` (0–1): how much of what was said would be the first group's if
    groups did not matter; the groups' totals are that share of all votes, so that talking more is
    not saying something else. δ = log odds(first + prior) − log odds(second + prior), variance
    1/(first + prior) + 1/(second + prior).
    """
    prior = np.maximum(PRIOR_SHARE * everyone, 1e-9)
    said, strength = first.sum() + second.sum(), prior.sum()
    odds = [
        np.log((mine + prior) / np.maximum(said * part + strength - mine - prior, 1e-9))
        for mine, part in ((first, share), (second, 1 - share))
    ]
    return (odds[0] - odds[1]) / np.sqrt(1 / (first + prior) + 1 / (second + prior))


def _said_by(votes: _Votes, accounts: Bools) -> Floats:
    return np.asarray(votes.said[np.flatnonzero(accounts)].sum(axis=0)).ravel()


def _expected_share(
    votes: _Votes, groups: list[Bools], places: Ints
) -> tuple[Floats, tuple[Floats, Floats]]:
    """By phrase: best accounts' expected share of its votes among accounts that said equally much;
    votes that can tell.

    Accounts of both groups are parted by how many phrases they said. Who says more says each phrase
    more often, but not in proportion, so totals alone would name common words after the quiet group
    and rare ones after the talkative.
    """
    either = groups[0] | groups[1]
    amount = np.asarray(votes.said.sum(axis=1)).ravel()
    parts = min(MOST_STRATA, max(1, int(either.sum()) // ACCOUNTS_A_STRATUM))
    edges = np.unique(np.quantile(amount[either], np.linspace(0, 1, parts + 1)[1:-1]))
    stratum = np.searchsorted(edges, amount, "left")
    said, expected, total = (np.zeros(len(places)) for _ in range(3))
    for number in np.unique(stratum[either]):
        best, worst = (part & (stratum == number) for part in groups)
        if best.any() and worst.any():
            by_best, by_worst = (_said_by(votes, part)[places] for part in (best, worst))
            expected += (by_best + by_worst) * best.sum() / (best.sum() + worst.sum())
            said, total = said + by_best, total + by_best + by_worst
    overall = groups[0].sum() / either.sum()
    return np.where(total > 0, expected / np.maximum(total, 1), overall), (said, total)


def _false_discovery(said: Floats, total: Floats, share: Floats) -> Floats:
    """q by phrase: Benjamini–Hochberg over those that could be told at all, 1 for the others.

    A phrase too rare to be told even if one group alone said it is no test: that depends on totals
    only (Tarone 1990).
    """
    tellable = np.minimum(share, 1 - share) ** total <= LEAST_TELLING
    q = np.ones(len(said))
    q[tellable] = benjamini_hochberg(_binomial_p(said[tellable], total[tellable], share[tellable]))
    return q


def _binomial_p(said: Floats, total: Floats, share: Floats) -> Floats:
    """Two-sided mid-p of `said` best votes among `total`, each best with chance `share`; 1 where no
    vote can tell.
    """
    point = stats.binom.pmf(said, total, share)
    below = stats.binom.cdf(said, total, share) - point / 2
    return np.where(total > 0, np.clip(2 * np.minimum(below, 1 - below), 0.0, 1.0), 1.0)


def _no_words() -> Frame:
    kinds = {
        "z": "float64",
        "q": "float64",
        "quotes": "object",
        **dict.fromkeys(("accounts_best", "accounts_worst", "of_best", "of_worst"), "int64"),
    }
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in WORD_COLUMNS})


def _count_votes(told: Frame, hidden: Hidden) -> _Votes:
    rows = (
        told.sort_values("date", ascending=False, kind="stable")
        .head(MOST_TEXTS)
        .reset_index(drop=True)
    )
    codes, texts = pd.factorize(rows["text"])
    phrases, in_text = find_phrases(list(texts), hidden.people)
    account, accounts = pd.factorize(rows["account_id"], sort=True)
    pairs = sparse.csr_matrix(
        (np.ones(len(rows)), (account, codes)), shape=(len(accounts), len(texts))
    )
    said = ((pairs @ in_text) > 0).astype(np.float64).tocsr()
    said = _without_own_names(said, phrases, pd.Index(accounts), hidden)
    return _Votes(pd.Index(accounts), phrases, said, rows.assign(code=codes), in_text)


def _without_own_names(
    said: sparse.csr_matrix, phrases: tuple[tuple[str, ...], ...], accounts: Index, hidden: Hidden
) -> sparse.csr_matrix:
    """Take back an account's votes for words of its own name."""
    holding: dict[str, list[int]] = {}
    wanted = {word for account in accounts for word in hidden.own.get(account, ())}
    for place, phrase in enumerate(phrases):
        for word in wanted.intersection(phrase):
            holding.setdefault(word, []).append(place)
    own = [
        row * len(phrases) + place
        for row, account in enumerate(accounts)
        for word in hidden.own.get(account, ())
        for place in holding.get(word, ())
    ]
    votes = said.tocoo()
    fine = ~np.isin(
        votes.row.astype(np.int64) * len(phrases) + votes.col, np.array(own, dtype=np.int64)
    )
    return sparse.csr_matrix(
        (votes.data[fine], (votes.row[fine], votes.col[fine])), shape=said.shape
    )


def _distinct(votes: _Votes, places: Ints, settings: Settings) -> Ints:
    """One of the phrases that exactly the same accounts said: the longest, then the first in the
    alphabet.
    """
    marks = np.random.default_rng(settings.seed).random(len(votes.accounts))
    signature = np.round(np.asarray(votes.said[:, places].T @ marks).ravel(), 9)
    phrases = [votes.phrases[place] for place in places]
    order = sorted(
        range(len(places)),
        key=lambda place: (signature[place], -len(phrases[place]), phrases[place]),
    )
    # the first of equals is written last
    first = {signature[place]: place for place in reversed(order)}
    return places[np.sort(np.array(list(first.values()), dtype=np.int64))]


def _worth_showing(table: Frame, votes: _Votes) -> Frame:
    """Claimed phrases without words that a longer claimed phrase says, then the clearest that are
    not claimed.
    """
    order = np.argsort(-np.abs(table["z"].to_numpy()), kind="stable")
    table = table.iloc[order]
    claimed = table[table["group"] != "none"]
    claimed = claimed[~_said_by_longer(claimed, votes)]
    return pd.concat(
        [claimed, table[table["group"] == "none"].head(UNCLAIMED_SHOWN)], ignore_index=True
    )


def _said_by_longer(claimed: Frame, votes: _Votes) -> Bools:
    """Single words that are said in one and the same longer claimed phrase by nearly all who say
    them.
    """
    accounts = dict(
        zip(claimed["phrase"], claimed["accounts_best"] + claimed["accounts_worst"], strict=True)
    )
    longest: dict[str, int] = {}
    for phrase, count in accounts.items():
        for word in phrase.split() if " " in phrase else ():
            longest[word] = max(longest.get(word, 0), int(count))
    return np.array(
        [longest.get(phrase, 0) >= NEARLY_ALL * count for phrase, count in accounts.items()],
        dtype=bool,
    )


def _add_words(table: Frame, votes: _Votes, groups: list[Bools], hidden: Hidden) -> Frame:
    """Add where each phrase was read, and for claimed ones example quotes of their group."""
    members = dict(
        zip(("best", "worst"), (set(votes.accounts[part]) for part in groups), strict=True)
    )
    quoter = Quoter(votes.phrases, votes.said, hidden)
    holds = votes.in_text.tocsc()
    found: list[dict[str, Any]] = []
    for row in table.itertuples():
        codes = holds.indices[holds.indptr[row.place] : holds.indptr[row.place + 1]]
        rows = votes.told[votes.told["code"].isin(codes)]
        inside = rows[rows["account_id"].isin(members.get(row.group, set()))]
        quotes = quoter.quote(inside, row.phrase) if row.group != "none" else ()
        found.append(
            {"sources": " · ".join(sorted(set(rows["source"].astype("str")))), "quotes": quotes}
        )
    added = pd.DataFrame(found, index=table.index, columns=["sources", "quotes"]).astype(
        {"sources": "str"}
    )
    return table.drop(columns="place").join(added)[list(WORD_COLUMNS)]
