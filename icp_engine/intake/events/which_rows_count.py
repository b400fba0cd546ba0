"""Which rows of orders and invoices count, and which count against: cancelled ones, drafts, credit
notes.

Comes in: a table of orders or invoices. Goes out: the rows that do not count, with the question
they raise, and the rows whose amount is taken back. Separate because the words differ by shop and
language, while revenue is revenue.
"""

from __future__ import annotations

import re

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.table import Table
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words
from icp_engine.wording.sentences import first_few

COUNTED = ("orders", "invoices")
STATES_NAMED = 6  # different states a message names
_STATE = re.compile(
    r"^((invoice|order|document|financial|bill|billing|sales|transaction|rechnungs|auftrags) ?)?"
    r"(status|state|statut|estado)$"
)
_TYPE = re.compile(
    r"^((document|transaction|invoice|billing|order) )?(type|kind)$|^(beleg)?art$|^tipo( documento)?$"
)
_NOT_COUNTED = re.compile(
    r"^(void(ed)?|cancel+ed|cancel+ation|drafts?|deleted|refunded|fully refunded|unavailable|storniert|entwurf"
    r"|ruckgangig( gemacht)?|annule?e?|brouillon|cancelad[oa]|anulad[oa]|borrador|annullat[oa]|bozza|geannuleerd"
    r"|concept|anulowan[aey]|makulerad)$"
)
_TAKEN_BACK = re.compile(
    r"\b(credit ?(note|memo)s?|refunds?|reversal|gutschrift\w*|storno\w*|rechnungskorrektur|avoirs?"
    r"|nota (de |di )?credito|creditnota|kreditnota|kreditfaktura)\b"
)


def find_uncounted(table: Table) -> tuple[Series, list[Problem]]:
    """Rows that are cancelled, void, refunded or drafts, by the word in a column of states, and the
    note that says so.

    Rows that share an order's id share its state: shops write it in the first line only. A word to
    which a person gave a meaning counts.
    """
    nothing = pd.Series(False, index=table.frame.index)
    header = find_header(table, _STATE) if table.kind in COUNTED else None
    if header is None:
        return nothing, []
    words = table.words(header)
    void = _holds(words, _NOT_COUNTED)
    if not void.any() or void.all():
        return nothing, []
    ids = table.part("event_id")
    if ids is not None:
        void |= ids.isin(ids[void].dropna()) & words.isna()
    rows = [int(row) for row in void.index[void.to_numpy()]]
    said = words[void].dropna().value_counts()
    facts = {"count": len(rows), "found": _name(said)}
    return void, [
        make_problem("rows-uncounted", table=table.name, column=header, rows=rows, **facts)
    ]


def uncounted_words(words: Series) -> list[str]:
    """The different values among `words` that say a row does not count."""
    return [str(word) for word in words[_holds(words, _NOT_COUNTED)].unique()]


def take_back(table: Table, amount: Series) -> Series:
    """Amounts with those of credit notes and refunds below 0, whatever sign the file gives them."""
    header = find_header(table, _TYPE) if table.kind in COUNTED else None
    if header is None:
        return amount
    back = _holds(table.words(header), _TAKEN_BACK)
    return amount.where(~back, -amount.abs())


def find_header(table: Table, pattern: re.Pattern[str]) -> str | None:
    """The first column of words whose header fits."""
    kinds = ("category", "text", "tags", "boolean")
    return next(
        (
            h
            for h, rule in table.rules.items()
            if rule.type in kinds and pattern.search(split_header(h)[1])
        ),
        None,
    )


def _name(said: Series) -> str:
    return first_few([f"“{word}” ({count})" for word, count in said.items()], STATES_NAMED)


def _holds(words: Series, pattern: re.Pattern[str]) -> Series:
    fitting = {word for word in words.dropna().unique() if pattern.search(plain_words(str(word)))}
    return words.isin(fitting)
