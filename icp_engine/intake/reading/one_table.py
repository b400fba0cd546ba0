"""One table that was exported in several files or sheets, by month, quarter or region, made whole.

Comes in: raw tables by name. Goes out: the same with such families put together, told. Separate
because each part alone gives a customer a fraction of what he bought.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pandas as pd

from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.outcomes import read_account_type, read_outcome
from icp_engine.problems import Problem, make_problem
from icp_engine.types import Frame, Series
from icp_engine.values.rule import ColumnType
from icp_engine.values.words.date_words import PERIODS, compared, month_of
from icp_engine.wording.numbers import plural
from icp_engine.wording.sentences import first_few

COLUMNS_LEAST = 3  # two columns alike are any two lists of codes
# share 0–1 of a key that two parts may have in common; exports of two days have most
SHARED_MOST = 0.5
# types of columns that name rows; amounts and days merely may differ in each
NAMING = ("id", "text", "category", "email", "domain")
NAMED = 4  # parts named in the note
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_PARTS = frozenset(("part", "teil", "parte", "partie", "chunk", "page", "batch", "of", "export"))
# what tells tables of equal columns apart: each of these is a thing of its own
_THINGS = re.compile(
    r"^(quotes?|quotations?|offers?|angebote?|devis|presupuestos?|preventivi|invoices?|rechnung(en)?|factures?|"
    r"facturas?|fatture|faturas?|orders?|auftr(a|ä)ge?|bestellung(en)?|commandes?|pedidos?|ordini|payments?|"
    r"zahlung(en)?|credits?|credit ?notes?|gutschrift(en)?|returns?|refunds?|leads?|deals?|opportunit(y|ies)|"
    r"accounts?|compan(y|ies)|contacts?|tickets?|tasks?|meetings?|calls?|emails?|notes?|budget|plan|forecast|"
    r"actuals?|old|new|alt|neu|before|after|backup|archive)$"
)


def join_parts(
    tables: dict[str, Frame], claim: Callable[[str], str]
) -> tuple[dict[str, Frame], list[Problem]]:
    """Tables whose columns are the same and whose names differ by a period, a number or a place
    become one, in the order they came in; a note for each. Exports of one table on different days,
    which name the same things again, stay apart. `claim` gives a name that no table has.
    """
    joined = dict(tables)
    problems = []
    for names in _families(tables):
        whole = _name(names)
        whole = whole if whole in names else claim(whole)
        parts = [_with_meaning(joined[name], name, names) for name in names]
        together = pd.concat(parts, ignore_index=True)
        frame = _latest(together, parts)
        again = len(together) - len(frame)
        frame.index = pd.RangeIndex(2, 2 + len(frame))
        frame.attrs = {}
        joined = {
            (whole if name == names[0] else name): (frame if name == names[0] else table)
            for name, table in joined.items()
            if name == names[0] or name not in names
        }
        problems.append(
            make_problem(
                "tables-joined",
                table=whole,
                found=first_few([f"“{name}”" for name in names], NAMED),
                parts=len(names),
                again=f"; {plural(again, 'row')} again, counted as in the last" if again else "",
            )
        )
    return joined, problems


def _families(tables: dict[str, Frame]) -> list[list[str]]:
    """Names of tables that are parts of one."""
    alike: dict[frozenset[str], list[str]] = {}
    for name, frame in tables.items():
        headers = frozenset(map(_folded, frame.columns))
        if len(headers) >= COLUMNS_LEAST and len(headers) == len(frame.columns):
            alike.setdefault(headers, []).append(name)
    return [
        names
        for names in alike.values()
        if len(names) > 1 and _are_named_alike(names) and not _repeat(names, tables)
    ]


def _are_named_alike(names: list[str]) -> bool:
    """Whether the names share a word, or say nothing but a period, a number, an outcome or a place
    each; and none of them names a thing of its own.
    """
    common = _common(names)
    differing = [word for name in names for word in _words(name) if word not in common]
    if any(_THINGS.match(word) for word in differing):
        return False
    return any(not word.isdigit() for word in common) or all(map(_says_when, differing))


def _says_when(word: str) -> bool:
    return word.isdigit() or word in PERIODS or word in _PARTS or month_of(compared(word)) > 0


def _words(name: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(name)]


def _common(names: list[str]) -> frozenset[str]:
    return frozenset.intersection(*(frozenset(_words(name)) for name in names))


def _name(names: list[str]) -> str:
    """What the parts' names have in common; the first name where they have nothing."""
    common = _common(names)
    kept = [
        token
        for token in _TOKEN.findall(names[0])
        if token.casefold() in common and not _says_when(token.casefold())
    ]
    return " ".join(kept) or names[0]


def _repeat(names: list[str], tables: dict[str, Frame]) -> bool:
    """Whether two of the tables name the same things: then they are exports of different days."""
    return any(
        _same_things(tables[one], tables[other]) for one, other in combinations(names[:12], 2)
    )


def _same_things(one: Frame, other: Frame) -> bool:
    """Whether the first column that names every row of both names rows of one in the other."""
    if len(one) > len(other):
        one, other = other, one
    lower = {_folded(column): column for column in other.columns}
    pairs = [(one[column], other[lower[_folded(column)]]) for column in one.columns]
    if one.empty or any(_says_its_part(mine, theirs) for mine, theirs in pairs):
        return False
    unique = ((mine, theirs) for mine, theirs in pairs if mine.is_unique and theirs.is_unique)
    key = next(((mine, theirs) for mine, theirs in unique if _type_of(mine) in NAMING), None)
    return key is not None and bool(key[0].isin(frozenset(key[1])).mean() > SHARED_MOST)


def _folded(header: object) -> str:
    """A header as headers of parts are compared."""
    return str(header).strip().casefold()


def _type_of(column: Series) -> ColumnType:
    return infer_rule(column, str(column.name))[0].type


def _latest(whole: Frame, parts: list[Frame]) -> Frame:
    """Of a row that stands in several parts under its id, as open deals do, the last part's counts.
    What merely happens to differ within every part, as amounts may, names no row.
    """
    if any(_says_its_part(parts[0][column], parts[1][column]) for column in whole):
        return whole
    unique = (c for c in whole.columns if all(p[c].is_unique and p[c].ne("").all() for p in parts))
    key = next((c for c in unique if _type_of(whole[c]) == "id"), None)
    return whole if key is None else whole.drop_duplicates(key, keep="last")


def _says_its_part(mine: Series, theirs: Series) -> bool:
    """Whether a column holds one value in each part, and not the same: the month of a usage list."""
    return (
        mine.nunique() == 1 == theirs.nunique()
        and str(mine.iloc[0]).strip() != ""
        and mine.iloc[0] != theirs.iloc[0]
    )


def _with_meaning(frame: Frame, name: str, names: list[str]) -> Frame:
    """The part with headers stripped; where names say who won or who is a customer, a column that
    says it too.
    """
    plain = frame.rename(columns=lambda header: str(header).strip())
    common = _common(names)
    own = {part: " ".join(word for word in _words(part) if word not in common) for part in names}
    texts = pd.Series(own, dtype="str")
    for header, read in (("Outcome", read_outcome), ("Account Type", read_account_type)):
        if read(texts).notna().all() and header not in plain:
            return plain.assign(**{header: own[name]})
    return plain
