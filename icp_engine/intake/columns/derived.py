"""Attributes made from other attributes: groupings a person consented to, and age, growth, revenue
per head.

Comes in: clean accounts (or deals) with a `Column` each, settings, and the day the data speaks for.
Goes out: the frame with the made columns, their `Column`s, and what was made as
`DerivedAttribute`s. Separate because only attributes known before the sale may be read here: what
came of a sale must not come back under another name.

A made column that only says another one again (years since founding for a founding year, a sector
for an industry) takes its place: two columns that say the same would count twice in segments and
rubrics. The replaced column stays in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from icp_engine.intake.columns.header_words import split_header
from icp_engine.intake.columns.proposal_model import DerivedAttribute
from icp_engine.intake.columns.role import Column, Role
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame, Series
from icp_engine.values.made_columns import GROUPINGS, grouped_name, make_column
from icp_engine.values.rule import ColumnRule
from icp_engine.wording.dates import iso_day

FOUNDED = re.compile(
    r"\b(founded|founding|established|incorporat\w*|gegrundet|grundung\w*|grundungsjahr|fundacion|fondation|fundacao"
    r"|fondazione|opgericht)\b"
)
FUNDED = re.compile(
    r"\b(funding|funded|raised|finanzierung\w*|levee)\b.{0,200}\b(date|on|at)\b|\blast (funding|round)( date)?$"
)
HEADS = re.compile(
    r"\b(employees?|head ?count|staff|ftes?|fte\d{4}|mitarbeiter\w*|effectifs?|empleados|dipendenti)\b"
)
EARLIER = re.compile(
    r"\b(last|previous|prior) year\b|\b(12|twelve) months ago\b|\ba year ago\b|\bvorjahr\b|\bpy$"
)
REVENUE = re.compile(
    r"\b(revenues?|turnover|umsatz|chiffre d affaires|ingresos|omzet|fatturato|faturamento)\b"
)
NOT_A_COUNT = re.compile(r"\b(growth|change|range|band|size|per|wachstum|percent|ratio)\b")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERS = frozenset({"number", "money"})


@dataclass(frozen=True)
class Recipe:
    """How one attribute is made: its name and kind, the step, the columns it reads, and the one it
    replaces.
    """

    name: str
    kind: str
    step: str
    sources: tuple[str, ...]
    formula: str
    type: str = "number"
    replaces: str = ""


@dataclass(frozen=True)
class Made:
    """A frame with its made columns."""

    frame: Frame
    columns: dict[str, Column]
    attributes: tuple[DerivedAttribute, ...] = ()
    problems: tuple[Problem, ...] = ()


def add_made(
    frame: Frame, columns: dict[str, Column], settings: Settings, as_of: pd.Timestamp
) -> Made:
    """The frame with every attribute that can be made and is wanted; the given ones are not
    changed.
    """
    usable = {
        name: column
        for name, column in columns.items()
        if column.role == "attribute" and name in frame
    }
    recipes = [*find_recipes(usable, frame, as_of), *_grouped(columns, frame, settings)]
    made: dict[str, Series] = {}
    made_columns: dict[str, Column] = {}
    replaced: dict[str, str] = {}
    attributes = []
    for recipe in recipes:
        on = recipe.name not in settings.derived_off and recipe.name not in frame
        known = 0.0
        if on:
            rule = _rule(recipe, columns, as_of)
            values = make_column([frame[name] for name in recipe.sources], rule)
            known = float(values.notna().mean()) if len(values) else 0.0
            made[recipe.name], made_columns[recipe.name] = (
                values,
                _column(recipe, rule, values, columns),
            )
            replaced |= {recipe.replaces: recipe.name} if recipe.replaces else {}
        if recipe.step not in GROUPINGS:
            table = columns[recipe.sources[0]].table
            attributes.append(
                DerivedAttribute(
                    recipe.name, recipe.formula, recipe.sources, table, known, recipe.replaces, on
                )
            )
    kept = {
        name: _replaced(column, replaced[name]) if name in replaced else column
        for name, column in columns.items()
    }
    wider = pd.concat([frame, pd.DataFrame(made, index=frame.index)], axis=1) if made else frame
    return Made(wider, {**kept, **made_columns}, tuple(attributes))


def _rule(recipe: Recipe, columns: dict[str, Column], as_of: pd.Timestamp) -> ColumnRule:
    return ColumnRule.model_validate(
        {
            "type": recipe.type,
            "made_by": recipe.step,
            "made_from": {name: columns[name].rule for name in recipe.sources},
            "made_at": "" if pd.isna(as_of) else iso_day(as_of),
        }
    )


def _column(recipe: Recipe, rule: ColumnRule, values: Series, columns: dict[str, Column]) -> Column:
    role = Role("attribute", 0.8, f"computed: {recipe.formula}", kind=recipe.kind)
    filled = float(values.notna().mean()) if len(values) else 0.0
    table = columns[recipe.sources[0]].table
    return Column(table, recipe.name, rule.type, role, rule, filled, int(values.nunique()))


def _replaced(column: Column, by: str) -> Column:
    return replace(column, role=Role("ignore", 0.9, f"“{by}” says the same and describes instead"))


def _grouped(columns: dict[str, Column], frame: Frame, settings: Settings) -> Iterator[Recipe]:
    """One recipe for every grouping a person consented to, where the column is there."""
    for name, kind in settings.groupings.items():
        if name in columns and name in frame and kind in GROUPINGS:
            described = columns[name].role.kind or "firmographic"
            formula = f"{GROUPINGS[kind].title}, from “{name}”"
            yield Recipe(
                grouped_name(name, kind), described, kind, (name,), formula, "category", name
            )


def find_recipes(columns: dict[str, Column], frame: Frame, as_of: pd.Timestamp) -> list[Recipe]:
    """Everything that can be computed from attributes (`columns`), by their headers and types."""
    words = {name: split_header(name)[1] for name in columns}
    found = [*_growth(words, columns), *_revenue_per_head(words, columns)]
    if not pd.isna(as_of):
        found += [*_age(words, columns, frame), *_since_funding(words, columns)]
    return found


def _age(words: dict[str, str], columns: dict[str, Column], frame: Frame) -> Iterator[Recipe]:
    for name, text in words.items():
        if not FOUNDED.search(text) or columns[name].type not in ("number", "date", "category"):
            continue
        if columns[name].type == "date" or _holds_years(frame[name]):
            formula = f"year of the data minus “{name}”"
            yield Recipe(
                "Years since founding",
                "firmographic",
                "years_since",
                (name,),
                formula,
                replaces=name,
            )
            return


def _holds_years(values: Series) -> bool:
    years = pd.to_numeric(values, errors="coerce").dropna()
    return len(years) > 0 and float(years.between(1600, 2100).mean()) >= 0.9


def _since_funding(words: dict[str, str], columns: dict[str, Column]) -> Iterator[Recipe]:
    for name, text in words.items():
        if columns[name].type == "date" and FUNDED.search(text):
            formula = f"months from “{name}” to the day of the data"
            yield Recipe(
                "Months since last funding",
                "behavioural",
                "months_since",
                (name,),
                formula,
                replaces=name,
            )
            return


def _growth(words: dict[str, str], columns: dict[str, Column]) -> Iterator[Recipe]:
    """Headcount growth from two counts: by their years, or the plain one and last year's."""
    counts = _head_counts(words, columns)
    dated = sorted((match[0], name) for name in counts if (match := YEAR.search(words[name])))
    earlier = [name for name in counts if EARLIER.search(words[name])]
    plain = [name for name in counts if name not in earlier and not YEAR.search(words[name])]
    if len(dated) >= 2 and dated[0][0] != dated[-1][0]:
        first, last = dated[0], dated[-1]
        label = f"Headcount growth {first[0]}–{last[0]} (%)"
    elif earlier and (plain or dated):
        first, last = ("", earlier[0]), ("", plain[0] if plain else dated[-1][1])
        label = "Headcount growth in a year (%)"
    else:
        return
    formula = f"(“{last[1]}” − “{first[1]}”) ÷ “{first[1]}”, in percent"
    yield Recipe(label, "behavioural", "growth", (first[1], last[1]), formula, "percent")


def _head_counts(words: dict[str, str], columns: dict[str, Column]) -> list[str]:
    return [
        name
        for name, text in words.items()
        if HEADS.search(text) and not NOT_A_COUNT.search(text) and columns[name].type in NUMBERS
    ]


def find_head_count(columns: dict[str, Column]) -> str | None:
    """The attribute that counts heads today: the plain one, else that of the latest year; None
    where only bands do.
    """
    usable = {name: column for name, column in columns.items() if column.role == "attribute"}
    words = {name: split_header(name)[1] for name in usable}
    counts = [name for name in _head_counts(words, usable) if not EARLIER.search(words[name])]
    return max(counts, key=lambda name: _newness(words[name]), default=None)


def _revenue_per_head(words: dict[str, str], columns: dict[str, Column]) -> Iterator[Recipe]:
    """The newest revenue by the newest headcount; bands are too wide to divide."""
    heads = [name for name in _head_counts(words, columns) if not EARLIER.search(words[name])]
    revenues = [
        name
        for name, text in words.items()
        if REVENUE.search(text)
        and not NOT_A_COUNT.search(text)
        and not EARLIER.search(text)
        and columns[name].type in NUMBERS
    ]
    if heads and revenues:
        revenue, head = (
            max(names, key=lambda name: _newness(words[name])) for names in (revenues, heads)
        )
        formula = f"“{revenue}” ÷ “{head}”"
        yield Recipe("Revenue per head", "firmographic", "ratio", (revenue, head), formula, "money")


def _newness(words: str) -> str:
    """Later years sort higher, a column without a year (today's) highest."""
    match = YEAR.search(words)
    return match[0] if match else "9999"


def unknown_groupings(settings: Settings) -> list[Problem]:
    """A warning for each grouping nobody knows."""
    return [
        make_problem(
            "settings-no-effect", column=name, found=f"“{kind}” is no grouping (given for “{name}”)"
        )
        for name, kind in settings.groupings.items()
        if kind not in GROUPINGS
    ]
