"""What notes and interviews repeat: phrases said by several customers, by the theme of the sentence they stand in.

Comes in: `Intake.texts` (account_id, text) and the groups. Goes out: statements in counts of accounts. Never quotes a
note as a whole, and never a phrase of fewer than three accounts, so that no customer can be told. Separate because
words describe and never score.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from icp_engine.profile.cues import CUES, STOP_WORDS
from icp_engine.profile.model import Statement
from icp_engine.profile.wording import quote
from icp_engine.types import Frame, Index

FEWEST_ACCOUNTS = 3
MOST_TEXTS = 5_000  # newest first; more would not change what recurs
MOST_PHRASES = 5
LONGEST_PHRASE = 4
SENTENCE_END = re.compile(r"[.!?;\n]+")
WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]", re.UNICODE)


@dataclass(frozen=True)
class Phrase:
    """A phrase, how many accounts' notes hold it, how many of those are best."""

    words: str
    accounts: int
    best: int


def describe_theme(texts: Frame, best: Index, theme: str, names: Iterable[str] = ()) -> tuple[Statement, ...]:
    """Phrases that recur in sentences of one theme (a key of `CUES`); `names` are words never shown."""
    spoken = _sentences_by_account(texts)
    cue = CUES[theme]
    themed = {account: [s for s in sentences if cue.search(s)] for account, sentences in spoken.items()}
    phrases = recurring_phrases(themed, set(best), _words_of(names))
    of_best = len(set(spoken) & set(best))
    return tuple(
        Statement(f"{quote(phrase.words)}: in the notes of {phrase.accounts:,} of {len(spoken):,} accounts with notes"
                  f" ({phrase.best:,} of {of_best:,} best).", "interview", "notes")
        for phrase in phrases[:MOST_PHRASES]
    )


def telling_words(texts: Frame, best: Index, names: Iterable[str] = (), most: int = 10) -> tuple[str, ...]:
    """Phrases more frequent in the notes of best customers than in those of others."""
    spoken = _sentences_by_account(texts)
    of_best = len(set(spoken) & set(best))
    others = len(spoken) - of_best
    if not of_best or not others:
        return ()
    phrases = [phrase for phrase in recurring_phrases(spoken, set(best), _words_of(names))
               if phrase.best / of_best > (phrase.accounts - phrase.best) / others and phrase.best >= FEWEST_ACCOUNTS]
    return tuple(phrase.words for phrase in phrases[:most])


def _sentences_by_account(texts: Frame) -> dict[str, list[str]]:
    spoken: dict[str, list[str]] = defaultdict(list)
    if not len(texts) or "text" not in texts:
        return spoken
    rows = texts.dropna(subset=["text"])
    rows = rows.sort_values("date", ascending=False, kind="stable") if "date" in rows else rows
    rows = rows.head(MOST_TEXTS)
    accounts = rows["account_id"].astype(str).where(rows["account_id"].notna(), "row " + rows.index.astype(str))
    for account, text in zip(accounts, rows["text"].astype(str), strict=True):
        spoken[account].extend(part.strip() for part in SENTENCE_END.split(text) if part.strip())
    return spoken


def recurring_phrases(sentences: dict[str, list[str]], best: set[str], hidden: set[str]) -> list[Phrase]:
    """Phrases of up to four words in the sentences of at least three accounts; longer before shorter, then by count."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for account, parts in sentences.items():
        for part in parts:
            for phrase in _phrases(part, hidden):
                holders[phrase].add(account)
    counts = Counter({phrase: len(accounts) for phrase, accounts in holders.items()
                      if len(accounts) >= FEWEST_ACCOUNTS})
    kept = _without_fragments(counts)
    ordered = sorted(kept, key=lambda phrase: (-counts[phrase], -len(phrase), phrase))
    return [Phrase(" ".join(phrase), counts[phrase], len(holders[phrase] & best)) for phrase in ordered]


def _phrases(sentence: str, hidden: set[str]) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(sentence)]
    found = set()
    for size in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - size + 1):
            phrase = tuple(words[start:start + size])
            edges = {phrase[0], phrase[-1]}
            if not edges & STOP_WORDS and not hidden.intersection(phrase) and (size > 1 or len(phrase[0]) > 3):
                found.add(phrase)
    return found


def _without_fragments(counts: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Drop a phrase when a longer one that holds it is nearly as frequent."""
    swallowed: set[tuple[str, ...]] = set()
    for phrase, count in counts.items():
        for size in range(1, len(phrase)):
            for start in range(len(phrase) - size + 1):
                part = phrase[start:start + size]
                if count >= 0.7 * counts[part]:
                    swallowed.add(part)
    return [phrase for phrase in counts if phrase not in swallowed]


def _words_of(names: Iterable[str]) -> set[str]:
    return {word.casefold() for name in names for word in WORD.findall(str(name))}
