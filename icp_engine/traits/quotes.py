"""Example sentences for a phrase, with everything that may be a name masked.

Comes in: remarks and what was said by how many accounts. Goes out: up to three sentences. Separate
because it alone hands text of customers on: when in doubt a word is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from icp_engine.traits.phrases import ordinary_words, split_sentences, words_of
from icp_engine.traits.told import Hidden
from icp_engine.types import Frame

if TYPE_CHECKING:
    from scipy import sparse

MOST_QUOTES = 3
MOST_READ = 200  # remarks looked through for one phrase
LONGEST_QUOTE = 160  # characters
COMMON_FROM = 3  # accounts that say a word, before it may stand capitalised in a quote
TOKEN = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
MASK = "…"
MASKS = re.compile(rf"{MASK}(?:[\s,’'s-]*+{MASK})+")
NAME_PARTS = re.compile("['’-]")


class Quoter:
    """Quotes with names masked: those on record, the account's own, and capitalised words hardly
    anyone else says.
    """

    def __init__(
        self, phrases: tuple[tuple[str, ...], ...], said: sparse.csr_matrix, hidden: Hidden
    ) -> None:
        accounts = np.asarray(said.sum(axis=0)).ravel()
        self._common = {
            phrase[0]
            for phrase, count in zip(phrases, accounts, strict=True)
            if len(phrase) == 1 and count >= COMMON_FROM
        }
        self._hidden = hidden

    def quote(self, rows: Frame, phrase: str) -> tuple[str, ...]:
        """Up to three different sentences with the phrase, one an account. rows: remarks
        (account_id, text).
        """
        found: dict[str, str] = {}
        for row in rows.drop_duplicates("account_id").head(MOST_READ).itertuples():
            sentences = split_sentences(row.text)
            sentence = next(
                (said for said in sentences if _holds(words_of(said), phrase.split())), None
            )
            if sentence is not None:
                masked = self.mask(sentence, self._hidden.own.get(row.account_id, frozenset()))
                found.setdefault(masked.casefold(), _cut(masked))
            if len(found) == MOST_QUOTES:
                break
        return tuple(found.values())

    def mask(self, sentence: str, own: frozenset[str]) -> str:
        """The sentence with each word that may name someone replaced by “…”."""
        masked = TOKEN.sub(
            lambda found: MASK if self._may_name(found.group(), own) else found.group(), sentence
        )
        return MASKS.sub(MASK, masked)

    def _may_name(self, token: str, own: frozenset[str]) -> bool:
        parts = {part.casefold() for part in NAME_PARTS.split(token)} | {token.casefold()}
        if parts & ordinary_words():
            return False
        if parts & self._hidden.people or parts & own:
            return True
        return token[0].isupper() and len(token) > 1 and not parts & self._common


def _holds(words: list[str], phrase: list[str]) -> bool:
    return any(
        words[start : start + len(phrase)] == phrase
        for start in range(len(words) - len(phrase) + 1)
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + MASK
