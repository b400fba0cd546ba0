"""What notes and interviews repeat: sentences and phrases of several customers, by the theme of the
sentence.

Comes in: `Intake.texts` (account_id, source, text) and the groups. Goes out: statements in counts
of accounts. Nothing that fewer than three accounts said is shown, so that no customer can be told.
Separate because words describe and never score.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from icp_engine.profile.cues import CUES, LOSS_SOURCE, STOP_WORDS
from icp_engine.profile.model import Statement
from icp_engine.types import Frame, Index
from icp_engine.wording.numbers import of
from icp_engine.wording.sentences import quote

FEWEST_ACCOUNTS = 3
MOST_TEXTS = 5_000  # newest first; more would not change what recurs
MOST_PHRASES = 5
LONGEST_PHRASE = 4
LONGEST_SENTENCE = 160  # characters
# of the accounts of a fragment also hold the longer phrase: the fragment says nothing new
NEARLY_ALL = 0.7
SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++(?:\s++|$)|\n+")
WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")

Spoken = dict[str, list[str]]  # account → its sentences


@dataclass(frozen=True)
class Phrase:
    """A phrase, how many accounts' notes hold it, how many of those are best."""

    words: str
    accounts: int
    best: int


def describe_theme(
    texts: Frame, best: Index, theme: str, names: Iterable[str] = ()
) -> tuple[Statement, ...]:
    """What recurs in sentences of one theme (a key of `CUES`), said by best customers first.

    Notes on lost deals and customers speak for “objections” only. `names` are words never shown.
    """
    spoken = _sentences_by_account(_rows_for(texts, theme))
    cue = CUES[theme]
    themed = {
        account: [said for said in sentences if cue.search(said)]
        for account, sentences in spoken.items()
    }
    of_best = len(set(spoken) & set(best))
    phrases = recurring_phrases(themed, set(best), _words_of(names))
    if theme != "objections" and of_best:
        phrases = sorted(
            (phrase for phrase in phrases if phrase.best), key=lambda phrase: -phrase.best
        )
    return tuple(
        Statement(
            f"{quote(phrase.words, LONGEST_SENTENCE)}: in the notes of {of(phrase.accounts, len(spoken))}"
            f" accounts with notes ({of(phrase.best, of_best)} best).",
            "interview",
            "notes",
        )
        for phrase in phrases[:MOST_PHRASES]
    )


def _rows_for(texts: Frame, theme: str) -> Frame:
    if theme == "objections" or "source" not in texts:
        return texts
    return texts[~texts["source"].astype(str).str.contains(LOSS_SOURCE)]


def telling_words(
    texts: Frame, best: Index, names: Iterable[str] = (), most: int = 10
) -> tuple[str, ...]:
    """Short phrases more frequent in the notes of best customers than in those of others."""
    spoken = _sentences_by_account(texts)
    of_best = len(set(spoken) & set(best))
    others = len(spoken) - of_best
    if not of_best or not others:
        return ()
    phrases = recurring_phrases(spoken, set(best), _words_of(names), whole=False)
    gaps = {
        phrase.words: phrase.best / of_best - (phrase.accounts - phrase.best) / others
        for phrase in phrases
        if phrase.best >= FEWEST_ACCOUNTS
    }
    telling = sorted(
        (words for words in gaps if gaps[words] > 0), key=lambda words: (-gaps[words], words)
    )
    return _sharing_no_word(telling)[:most]


def _sharing_no_word(phrases: list[str]) -> tuple[str, ...]:
    """Phrases in order, without those that repeat a word of an earlier one."""
    kept: list[str] = []
    seen: set[str] = set()
    for phrase in phrases:
        if not seen.intersection(phrase.split()):
            kept.append(phrase)
            seen.update(phrase.split())
    return tuple(kept)


def _sentences_by_account(texts: Frame) -> Spoken:
    spoken: Spoken = defaultdict(list)
    if not len(texts) or "text" not in texts:
        return spoken
    rows = texts.dropna(subset=["text"])
    rows = rows.sort_values("date", ascending=False, kind="stable") if "date" in rows else rows
    rows = rows.head(MOST_TEXTS)
    numbers = "row " + rows.index.astype(str)
    accounts = rows["account_id"].astype(str).where(rows["account_id"].notna(), numbers)
    for account, text in zip(accounts, rows["text"].astype(str), strict=True):
        spoken[account].extend(part.strip() for part in SENTENCE_END.split(text) if part.strip())
    return spoken


def recurring_phrases(
    spoken: Spoken, best: set[str], hidden: set[str], *, whole: bool = True
) -> list[Phrase]:
    """Sentences (when `whole`) and phrases of up to four words that at least three accounts said,
    commonest first.
    """
    sentences = _recurring_sentences(spoken, hidden) if whole else {}
    rest = {
        account: [said for said in parts if said.casefold() not in sentences]
        for account, parts in spoken.items()
    }
    holders = {**dict(sentences.values()), **_recurring_parts(rest, hidden)}
    ordered = sorted(holders, key=lambda words: (-len(holders[words]), -len(words), words))
    return [Phrase(words, len(holders[words]), len(holders[words] & best)) for words in ordered]


def _recurring_sentences(spoken: Spoken, hidden: set[str]) -> dict[str, tuple[str, set[str]]]:
    """Folded sentence → (as first written, accounts that said it)."""
    found: dict[str, tuple[str, set[str]]] = {}
    for account, parts in spoken.items():
        for said in parts:
            if (
                len(said) <= LONGEST_SENTENCE
                and len(said.split()) > LONGEST_PHRASE
                and not hidden & _words_of([said])
            ):
                found.setdefault(said.casefold(), (said, set()))[1].add(account)
    return {folded: entry for folded, entry in found.items() if len(entry[1]) >= FEWEST_ACCOUNTS}


def _recurring_parts(spoken: Spoken, hidden: set[str]) -> dict[str, set[str]]:
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for account, parts in spoken.items():
        for said in parts:
            for phrase in _phrases(said, hidden):
                holders[phrase].add(account)
    common = {
        phrase: accounts for phrase, accounts in holders.items() if len(accounts) >= FEWEST_ACCOUNTS
    }
    kept = _without_fragments(
        Counter({phrase: len(accounts) for phrase, accounts in common.items()})
    )
    return {" ".join(phrase): common[phrase] for phrase in kept}


def _phrases(sentence: str, hidden: set[str]) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(sentence)]
    runs = (
        tuple(words[start : start + size])
        for size in range(1, LONGEST_PHRASE + 1)
        for start in range(len(words) - size + 1)
    )
    return {run for run in runs if _says_something(run) and not hidden.intersection(run)}


def _says_something(run: tuple[str, ...]) -> bool:
    long_enough = len(run) > 1 or len(run[0]) > 3
    return long_enough and not {run[0], run[-1]} & STOP_WORDS


def _parts_of(phrase: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {
        phrase[start : start + size]
        for size in range(1, len(phrase))
        for start in range(len(phrase) - size + 1)
    }


def _without_fragments(counts: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Drop a phrase when a longer one that holds it is nearly as frequent."""
    swallowed: set[tuple[str, ...]] = set()
    for phrase, count in counts.items():
        swallowed |= {
            part for part in _parts_of(phrase) if count >= NEARLY_ALL * counts.get(part, 0)
        }
    return [phrase for phrase in counts if phrase not in swallowed]


def _words_of(names: Iterable[str]) -> set[str]:
    return {word.casefold() for name in names for word in WORD.findall(str(name))}
