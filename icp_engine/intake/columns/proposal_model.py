"""What a person may consent to after a look at the values: merges, groupings, derived attributes,
rates, words.

Comes in: nothing (definitions only). Goes out: the parts of `Proposals`. Separate because pages and
documents show them without computing any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Counted = tuple[tuple[str, int], ...]  # (text as in the file, rows), most rows first


@dataclass(frozen=True)
class Variant:
    """Another writing of a level, with the rows that hold it."""

    text: str
    rows: int


@dataclass(frozen=True)
class MergeProposal:
    """Levels of a column that seem to be one. Applied by `settings.merges[column][variant.text] =
    level`, never alone.

    `level_rows` is 0 where the level stands in no row yet (a correction). `sure`: “certain” (a
    table of names says so), “likely”, “ask”. `accepted`: every variant is in the settings already.
    """

    table: str
    column: str
    level: str
    level_rows: int
    variants: tuple[Variant, ...]
    evidence: str
    sure: Literal["certain", "likely", "ask"]
    kind: Literal["spelling", "country", "abbreviation"]
    accepted: bool = False


@dataclass(frozen=True)
class GroupingProposal:
    """A coarser reading of a column by a table. Applied by `settings.groupings[column] = kind`.

    `name` is the new attribute, which then describes instead of the column; the column stays in the
    table. `understood`: share 0–1 of the filled rows that the table knows.
    """

    table: str
    column: str
    kind: str
    name: str
    title: str
    understood: float
    levels_before: int
    levels_after: int
    examples: tuple[tuple[str, str], ...]
    not_understood: Counted
    evidence: str
    accepted: bool = False


@dataclass(frozen=True)
class DerivedAttribute:
    """An attribute computed from others that are known before the sale; off by
    `settings.derived_off`.

    `known`: share 0–1 of accounts with a value; 0 while it is off. `replaces`: the column that
    would say the same twice and so describes no more, “” if none. `context`: why it is shown and
    does not score, “” where it may.
    """

    name: str
    formula: str
    sources: tuple[str, ...]
    table: str
    known: float
    replaces: str = ""
    on: bool = True
    context: str = ""


@dataclass(frozen=True)
class CurrencyUse:
    """A column of amounts in more than one currency, or in another than the study's.

    `currencies`: rows by ISO code. `codes_from`: the column that names them, or “signs in the
    cells”. `left_out`: a currency has no rate, so the column is out of the value metrics.
    """

    table: str
    column: str
    currencies: Counted
    codes_from: str
    study_currency: str
    without_rate: tuple[str, ...]
    left_out: bool


@dataclass(frozen=True)
class MissingWords:
    """What was counted as empty in a column: words with rows, blank rows, and words that may mean
    empty but stay.

    Add by `settings.missing_words[column]`, keep by `settings.kept_words[column]`.
    """

    table: str
    column: str
    words: Counted
    blank_rows: int
    rows: int
    suspects: Counted = ()


@dataclass(frozen=True)
class ValueMeaning:
    """What one value of an outcome column was read as; “” where nobody can tell. Set by
    `settings.meanings`.

    `meaning`: for won and stage “won”, “lost”, “open”; for churned “churned”, “staying”; for
    deal_type “new”, “renewal”, “upsell”; for account_type “customer”, “prospect”, “partner”,
    “vendor”, “competitor”, “test”, “own”.
    """

    table: str
    column: str
    role: str
    value: str
    rows: int
    meaning: str
    given: bool = False


@dataclass(frozen=True)
class Proposals:
    """Everything that waits for a person's word, most rows first in each list."""

    merges: tuple[MergeProposal, ...] = ()
    groupings: tuple[GroupingProposal, ...] = ()
    derived: tuple[DerivedAttribute, ...] = ()
    currencies: tuple[CurrencyUse, ...] = ()
    missing: tuple[MissingWords, ...] = ()
    meanings: tuple[ValueMeaning, ...] = ()
