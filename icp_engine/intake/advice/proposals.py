"""What waits for a person's word after everything was read: merges, groupings, words, meanings.

Comes in: the intake and settings. Goes out: `Proposals`. Separate from reading because it is looked
at on one page and must not slow down anything else; nothing here changes a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.outcomes import (
    explain_values,
    read_account_type,
    read_churned,
    read_deal_type,
    read_outcome,
)
from icp_engine.intake.columns.proposal_model import (
    Counted,
    GroupingProposal,
    MergeProposal,
    MissingWords,
    Proposals,
    ValueMeaning,
    Variant,
)
from icp_engine.intake.columns.role import Column
from icp_engine.intake.columns.understand import plain_frame
from icp_engine.intake.columns.variants import Variants, find_variants, holds_countries
from icp_engine.intake.model import Intake
from icp_engine.settings import Settings
from icp_engine.types import Series
from icp_engine.values.made_columns import GROUPINGS, NOT_CLASSIFIED, grouped_name
from icp_engine.values.parse import clean_text, fold, missing_mask, parse_column

MERGED_ROLES = frozenset(
    {"attribute", "lead_source", "product", "pipeline", "lost_reason", "known_after"}
)
GROUPED_ROLES = frozenset({"attribute", "identifier"})
LEAST_UNDERSTOOD = 0.6  # share of rows a table must know before a grouping is worth proposing
LEVELS_MIN = 8  # a column with fewer levels is coarse enough
COARSER = 0.7  # share of its levels a grouping may keep; above that it says the same again
SHOWN = 8  # examples and leftovers named in a proposal
MEANING_ROLES = ("won", "stage", "churned", "deal_type", "account_type")
VALUES_MAX = 40  # more values than that are no list of meanings
# Words that often mean empty, but are real answers often enough to be left alone until a person
# says so
SUSPECTS = frozenset(
    {
        "none",
        "nothing",
        "no info",
        "not sure",
        "don't know",
        "dont know",
        "unsure",
        "keine",
        "kein",
        "aucun",
        "ninguno",
        "nessuno",
        "xx",
        "xxx",
        "xxxx",
        "x",
        "asdf",
        "test",
        "0",
        "00000",
        "99",
        "999",
        "9999",
        "99999",
        "999999",
        "-99",
        "-999",
        "1900-01-01",
        "1970-01-01",
        "private",
        "confidential",
        "other / unknown",
        "0.0",
    }
)
_INDUSTRY = (
    "industry",
    "industries",
    "sector",
    "vertical",
    "branche",
    "secteur",
    "settore",
    "industria",
    "naics",
)
_STATE = ("state", "province", "bundesstaat", "region", "territory")
_PLACE = (
    "city",
    "town",
    "location",
    "headquarters",
    "hq",
    "stadt",
    "ort",
    "ville",
    "ciudad",
    "plaats",
    "office",
)


def propose(intake: Intake, settings: Settings) -> Proposals:
    """Everything a person may consent to. Columns of tables that nothing reads are left out."""
    merges: list[MergeProposal] = []
    groupings: list[GroupingProposal] = []
    missing: list[MissingWords] = []
    meanings: list[ValueMeaning] = []
    for table, columns in intake.table_columns.items():
        if intake.kinds[table] == "unknown":
            continue
        raw = plain_frame(intake.raw[table])
        for column in columns:
            counts = count_texts(raw[column.name])
            merges += _merges(column, counts, settings)
            groupings += _groupings(column, counts, settings)
            missing += _missing(column, counts, len(raw), settings)
            meanings += _meanings(column, counts, settings)
    return Proposals(
        tuple(sorted(merges, key=lambda merge: -sum(variant.rows for variant in merge.variants))),
        tuple(
            sorted(
                groupings,
                key=lambda grouping: (-grouping.levels_before, grouping.column, grouping.kind),
            )
        ),
        intake.derived,
        intake.currencies,
        tuple(missing),
        tuple(meanings),
    )


def count_texts(values: Series) -> Series:
    """Rows by distinct text as in the file, blanks not counted, most rows first; all that follows
    looks at these.
    """
    counts = values.value_counts()
    counts.index = pd.Index(clean_text(pd.Series(counts.index)), dtype="str")
    counts = counts.groupby(level=0, sort=False).sum() if counts.index.has_duplicates else counts
    return counts[counts.index != ""]


def _split(counts: Series, column: Column) -> tuple[Series, Series]:
    """The counts of texts that say something, and of those that mean empty."""
    empty = missing_mask(pd.Series(counts.index), column.rule).to_numpy(dtype=bool)
    return counts[~empty], counts[empty]


# ---------------------------------------------------------------------- merges


def _merges(column: Column, counts: Series, settings: Settings) -> Iterator[MergeProposal]:
    if column.role not in MERGED_ROLES or column.type not in ("category", "tags"):
        return
    given = settings.merges.get(column.name, {})
    levels = level_counts(counts, column, given)
    names = len(levels) > 0.5 * max(1, sum(levels.values())) and not holds_countries(
        levels, column.name
    )
    for found in [] if names and len(levels) > 20 else find_variants(levels, column.name):
        yield _merge(column, found, levels, given)


def level_counts(counts: Series, column: Column, given: dict[str, str]) -> dict[str, int]:
    """Rows by level (or tag) as they stand before any merge a person consented to; most rows first."""
    before = {
        text: level
        for text, level in column.rule.merges.items()
        if text not in {fold(name) for name in given}
    }
    read = parse_column(pd.Series(counts.index), column.rule.model_copy(update={"merges": before}))
    rows = pd.Series(counts.to_numpy(), index=read.index)
    if column.type == "tags":
        read = read.dropna().str.split("; ", regex=False).explode()
    summed = (
        rows.reindex(read.index)
        .groupby(read.to_numpy())
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    return {str(level): int(number) for level, number in summed.items()}


def _merge(
    column: Column, found: Variants, levels: dict[str, int], given: dict[str, str]
) -> MergeProposal:
    variants = tuple(Variant(text, levels[text]) for text in found.texts)
    accepted = all(given.get(text) == found.level for text in found.texts)
    rows = levels.get(found.level, 0)
    listed = ", ".join(f"“{text}” ({levels[text]})" for text in found.texts)
    target = f"“{found.level}” ({rows})" if rows else f"“{found.level}”, which stands in no row yet"
    evidence = f"{listed} → {target}: {found.evidence}."
    return MergeProposal(
        column.table,
        column.name,
        found.level,
        rows,
        variants,
        evidence,
        found.sure,
        found.why,
        accepted,
    )


# ---------------------------------------------------------------------- groupings


def _groupings(column: Column, counts: Series, settings: Settings) -> Iterator[GroupingProposal]:
    if column.role not in GROUPED_ROLES or column.type not in ("category", "text", "id", "number"):
        return
    kinds = _kinds_for(column)
    if not kinds:
        return
    levels = level_counts(counts, column, {})
    for kind in kinds:
        proposal = _grouping(column, kind, levels, settings)
        if proposal is not None:
            yield proposal


def _kinds_for(column: Column) -> tuple[str, ...]:
    """Groupings that a header suggests: an industry, a country, a state, a city."""
    words = split_header(column.name)[1].split()
    if any(word in _INDUSTRY for word in words):
        return ("naics_sector", "naics_code")
    if column.type == "number":
        return ()
    if any(word in ("country", "land", "pays", "pais", "paese", "nation") for word in words):
        return ("continent", "eu")
    if any(word in _STATE for word in words):
        return ("us_region",)  # two letters of a state may be a country's code as well
    return ("country", "us_region", "continent") if any(word in _PLACE for word in words) else ()


def _grouping(
    column: Column, kind: str, levels: dict[str, int], settings: Settings
) -> GroupingProposal | None:
    read = GROUPINGS[kind].read
    groups = {level: read(level) for level in levels}
    total = sum(levels.values())
    known = sum(rows for level, rows in levels.items() if groups[level])
    after = len({group for group in groups.values() if group})
    accepted = settings.groupings.get(column.name) == kind
    helps = (
        len(levels) >= LEVELS_MIN
        and 2 <= after <= COARSER * len(levels)
        and known >= LEAST_UNDERSTOOD * total
    )
    if not (accepted or helps):
        return None
    order = sorted(levels, key=lambda level: -levels[level])
    examples = tuple(
        (level, str(groups[level])) for level in order if groups[level] and groups[level] != level
    )
    left: Counted = tuple((level, levels[level]) for level in order if not groups[level])
    share = known / total if total else 0.0
    leftover = f"; the others become “{NOT_CLASSIFIED}”" if left else ""
    evidence = (
        f"{known} of {total} rows are understood, {len(levels)} values become {after}{leftover}."
    )
    name, title = grouped_name(column.name, kind), GROUPINGS[kind].title
    return GroupingProposal(
        column.table,
        column.name,
        kind,
        name,
        title,
        share,
        len(levels),
        after,
        examples[:SHOWN],
        left[:SHOWN],
        evidence,
        accepted,
    )


# ---------------------------------------------------------------------- missing words


def _missing(
    column: Column, counts: Series, rows: int, settings: Settings
) -> Iterator[MissingWords]:
    """What was counted as empty, by the words in the cells; suspects where they stand among other
    values.
    """
    if (
        column.role == "ignore"
        and not column.role.given
        and column.name not in settings.missing_words
    ):
        return
    known, words = _split(counts, column)
    suspects = known[known.index.str.lower().isin(SUSPECTS)]
    suspects = (
        suspects[suspects <= 0.5 * known.sum()] if _may_be_empty(column) else suspects.iloc[:0]
    )
    blank = rows - int(counts.sum())
    if len(words) or blank or len(suspects):
        yield MissingWords(
            column.table, column.name, _counted(words), blank, rows, _counted(suspects)
        )


def _may_be_empty(column: Column) -> bool:
    """Whether “none” or “999” may mean empty here; 0 and 1 are answers of a number or a flag."""
    return column.type in ("category", "text", "tags", "id", "range", "domain", "phone", "date")


def _counted(counts: Series) -> Counted:
    return tuple((str(text), int(rows)) for text, rows in counts.items())


# ---------------------------------------------------------------------- meanings


def _meanings(column: Column, counts: Series, settings: Settings) -> Iterator[ValueMeaning]:
    """What each value of an outcome column was read as."""
    if column.role not in MEANING_ROLES:
        return
    counts, _ = _split(counts, column)
    if len(counts) > VALUES_MAX:
        return
    given = settings.meanings.get(column.name, {})
    read = read_meanings(pd.Series(counts.index, dtype="str"), str(column.role), column.name, given)
    said = {text.strip().casefold() for text in given}
    for text, meaning in zip(counts.index, read, strict=True):
        yield ValueMeaning(
            column.table,
            column.name,
            str(column.role),
            str(text),
            int(counts[text]),
            meaning,
            str(text).strip().casefold() in said,
        )


def read_meanings(values: Series, role: str, header: str, given: dict[str, str]) -> list[str]:
    """What each value means for a role; “” where nobody can tell (a stage nobody knows is “open”)."""
    told = explain_values(values, given)
    flags: dict[str, tuple[Callable[[], Series], dict[object, str]]] = {
        "won": (lambda: read_outcome(told), {True: "won", False: "lost"}),
        "stage": (lambda: read_outcome(told), {True: "won", False: "lost"}),
        "churned": (lambda: read_churned(told, header), {True: "churned", False: "staying"}),
        "deal_type": (lambda: read_deal_type(told), {}),
        "account_type": (lambda: read_account_type(told), {}),
    }
    read, names = flags[role]
    otherwise = "open" if role in ("won", "stage") else ""
    return [otherwise if pd.isna(value) else names.get(value, str(value)) for value in read()]
