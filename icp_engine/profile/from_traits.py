"""Sentences about what best and bad-fit customers have in common, from the trait tables and the
rubric's levels.

Comes in: `Traits`, `Rubric`. Goes out: statements. Separate because sections by kind, fit
characteristics and keywords all read the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from icp_engine.attributes.model import Indicator
from icp_engine.profile.model import Evidence, Statement
from icp_engine.rubric.model import FIT_UNITS, Rubric
from icp_engine.traits.flags import sets_apart
from icp_engine.traits.model import Traits
from icp_engine.traits.sentences import name_trait
from icp_engine.types import Frame
from icp_engine.values.yes_no_missing import yes_or_no
from icp_engine.wording.numbers import of, show_points
from icp_engine.wording.sentences import listed

AGAINST_REST = "traits"
FOR_DIRECTIONS = ("icp", "both")
AGAINST_DIRECTIONS = ("anti", "both")
MOST = 6  # statements a section shows; the table on the page has all rows
MOST_NAMED = 12
GOOD_FROM, GOOD_TO = 10, 15  # twentieths: half of a criterion is good, three quarters are best
BAD_TO = 4
FEWEST_SEEN = 2  # a pattern that one customer shows is no pattern


def rows_of_kinds(traits: Traits, kinds: Iterable[str]) -> Frame:
    """The single traits whose attribute is of one of `kinds`."""
    table = traits.table
    return table[table["attribute_kind"].isin(list(kinds))] if len(table) else table


def flagged_rows(rows: Frame, directions: tuple[str, ...]) -> Frame:
    """Rows proven to speak for (or against), one an attribute and value, strongest first.

    A row speaks for best customers only when they hold it more often than the rest, see
    `sets_apart`.
    """
    if not len(rows):
        return rows
    return rows[
        sets_apart(rows) if directions == FOR_DIRECTIONS else rows["direction"].isin(directions)
    ]


def trait_sentences(rows: Frame, most: int = MOST) -> tuple[Statement, ...]:
    """The rows' own sentences, each with its counts and interval."""
    return tuple(Statement(str(text), "data", AGAINST_REST) for text in rows["sentence"].head(most))


def describe_kinds(traits: Traits, kinds: Iterable[str]) -> tuple[Statement, ...]:
    """What the attributes of these kinds say: proven traits, else commonalities in counts, else
    nothing.
    """
    rows = rows_of_kinds(traits, kinds)
    if not len(rows):
        return ()
    proven = flagged_rows(rows, FOR_DIRECTIONS)
    if len(proven):
        return trait_sentences(proven)
    return _silence(rows) + commonalities(rows)


def _silence(rows: Frame) -> tuple[Statement, ...]:
    attributes = list(dict.fromkeys(rows["attribute"]))
    text = (
        f"Nothing here is proven to set best customers apart (compared: {listed(attributes[:12])})."
    )
    return (Statement(text, "data", AGAINST_REST),)


def commonalities(rows: Frame, most: int = 3) -> tuple[Statement, ...]:
    """What best customers hold more often than the rest, one value an attribute, in counts:
    pattern, not proven.
    """
    seen = rows[(rows["n_best"] >= FEWEST_SEEN) & (rows["of_best"] > 0) & (rows["of_rest"] > 0)]
    gap = seen["n_best"] / seen["of_best"] - seen["n_rest"] / seen["of_rest"]
    common = seen.assign(gap=gap)[gap > 0].sort_values(
        ["gap", "attribute", "value"], ascending=[False, True, True]
    )
    common = common.drop_duplicates("attribute").head(most)
    return tuple(
        Statement(_counts(row) + " (pattern, not proven).", "data", AGAINST_REST)
        for row in common.itertuples()
    )


def trait_name(row: Any) -> str:
    """“Industry = FinTech”, worded as in the trait sentences."""
    return name_trait(Indicator(row.attribute, row.value, row.kind))


def _counts(row: Any) -> str:
    return (
        f"{trait_name(row)}: {of(row.n_best, row.of_best)} best,"
        f" {of(row.n_rest, row.of_rest)} others"
    )


def best_fit(traits: Traits, rubric: Rubric) -> tuple[Statement, ...]:
    """Traits proven to speak for a customer by name, then the rubric's levels that earn nearly all."""
    proven = flagged_rows(traits.table, FOR_DIRECTIONS)
    found = _named("Proven traits", proven) if len(proven) else commonalities(traits.table)
    return found + _levels(rubric, GOOD_TO, FIT_UNITS)


def good_fit(rubric: Rubric) -> tuple[Statement, ...]:
    """The rubric's levels that earn half or more, short of nearly all."""
    return _levels(rubric, GOOD_FROM, GOOD_TO - 1) + _levels(
        rubric, BAD_TO + 1, GOOD_FROM - 1, "Below half: "
    )


def bad_fit(traits: Traits, rubric: Rubric) -> tuple[Statement, ...]:
    """Traits proven to speak against a customer by name, then the rubric's levels that earn little
    or nothing.
    """
    proven = flagged_rows(traits.table, AGAINST_DIRECTIONS)
    return _named("Traits proven to speak against", proven) + _levels(rubric, 0, BAD_TO)


def _named(opening: str, rows: Frame) -> tuple[Statement, ...]:
    names = [trait_name(row) for row in rows.head(MOST_NAMED).itertuples()]
    return (Statement(f"{opening}: {listed(names)}.", "data", "traits"),) if names else ()


def _levels(rubric: Rubric, lowest: int, highest: int, opening: str = "") -> tuple[Statement, ...]:
    """One statement a criterion: which of its levels earn from `lowest` to `highest` twentieths of
    the weight.
    """
    statements = []
    for criterion in rubric.criteria:
        found = [
            level
            for level in criterion.levels
            if lowest <= level.fit <= highest and not level.is_any_other
        ]
        if found:
            earned = "; ".join(
                f"{level.label} ({show_points(criterion.weight * level.fit / FIT_UNITS)})"
                for level in found
            )
            text = f"{opening}{criterion.name}, points of {criterion.weight}: {earned}."
            statements.append(Statement(text, _evidence(rubric), "rubric"))
    return tuple(statements)


def _evidence(rubric: Rubric) -> Evidence:
    return "data" if rubric.origin == "suggested" else "assumption"


def bad_traits(traits: Traits) -> tuple[Statement, ...]:
    """Traits proven to speak against a customer, each in its own sentence with its strength."""
    rows = flagged_rows(traits.table, AGAINST_DIRECTIONS)
    return tuple(
        Statement(
            f"{str(row.strength).capitalize() or 'Caution'}: {row.sentence}", "data", "traits"
        )
        for row in rows.head(MOST).itertuples()
    )


def keyword_values(traits: Traits, most: int = 12) -> tuple[str, ...]:
    """Levels and tags (not ranges) that speak for a customer, to search and to address by."""
    rows = flagged_rows(traits.table, FOR_DIRECTIONS)
    if not len(rows):
        return ()
    words = rows.loc[
        rows["kind"].isin(["level", "tag"]) & rows["value"].map(yes_or_no).isna(),
        "value",
    ]
    return tuple(dict.fromkeys(words))[:most]
