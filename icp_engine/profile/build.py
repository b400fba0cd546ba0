"""Builds the ICP document from a study: data where there are data, a starter question where people
must speak.

Comes in: a study (results are computed when asked for). Goes out: `Profile`. Separate from the
sections' fillers so that the order and the edits by people are handled in one place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from icp_engine.profile import from_choices, from_deals, from_results, from_texts, from_traits
from icp_engine.profile.document import Profile
from icp_engine.profile.model import EDITED, NOT_RECORDED, Evidence, Section, Statement, Table
from icp_engine.profile.sections import OUTLINE, Outline
from icp_engine.results import Results
from icp_engine.types import LEVEL_WORDS, Frame
from icp_engine.wording.numbers import of, plural
from icp_engine.wording.sentences import listed, quote

Filled = tuple[tuple[Statement, ...], Table | None]
EVIDENCE_MARKS: dict[str, Evidence] = {
    "[data]": "data",
    "[interview]": "interview",
    "[market]": "market",
    "[assumption]": "assumption",
}


def build_profile(study: Results) -> Profile:
    """The whole document of one study.

    Holds counts, never names of accounts, contacts or owners. A section without data holds starter
    questions, which renderings gather in one list at the end. `settings.profile_edits` replaces a
    section's sentences; what the data say stays in `suggested`. Raises InputRefused where the
    study's own results do.
    """
    settings = study.settings
    sections = tuple(_section(study, outline) for outline in OUTLINE)
    return Profile(
        title=from_choices.title_of(study),
        as_of=from_choices.as_of_words(study),
        objective=from_choices.objective_sentence(settings),
        scope=from_choices.scope_sentence(settings),
        proof_level=LEVEL_WORDS[study.validation.verdict.level],
        proof=study.validation.verdict.sentence,
        sections=sections,
    )


def _section(study: Results, outline: Outline) -> Section:
    statements, table = FILLERS[outline.key](study)
    statements = statements or tuple(
        Statement(NOT_RECORDED + prompt, "assumption", to_ask=True) for prompt in outline.prompts
    )
    text = study.settings.profile_edits.get(outline.key, "").strip()
    if not text:
        return Section(outline.key, outline.title, outline.question, statements, table)
    return Section(
        outline.key, outline.title, outline.question, read_edit(text), table, True, statements
    )


def read_edit(text: str) -> tuple[Statement, ...]:
    """A person's text: a statement a line; a line may open with [data], [interview] or [market],
    else it is assumed.
    """
    return tuple(_edited_line(line.strip()) for line in text.splitlines() if line.strip())


def _edited_line(line: str) -> Statement:
    for mark, evidence in EVIDENCE_MARKS.items():
        if line.lower().startswith(mark) and line[len(mark) :].strip():
            return Statement(line[len(mark) :].strip(), evidence, EDITED)
    return Statement(line, "assumption", EDITED)


def _summary(study: Results) -> Filled:
    rows = from_traits.flagged_rows(study.traits.table, from_traits.FOR_DIRECTIONS)
    who = _who(rows) if len(rows) else "No single trait is proven to set the best customers apart."
    lines = [
        (who, "traits"),
        (study.best.sentence, "best and worst customers"),
        (study.segments.verdict.sentence, "segments"),
        (study.validation.verdict.sentence, "validation"),
    ]
    return tuple(Statement(text, "data", source) for text, source in lines if text), None


def _who(rows: Frame) -> str:
    """The strongest value of each of the four strongest attributes."""
    strongest = rows.drop_duplicates("attribute").head(4)
    traits = [
        f"{from_traits.trait_name(row)} ({of(row.n_best, row.of_best)} best,"
        f" {of(row.n_rest, row.of_rest)} others)"
        for row in strongest.itertuples()
    ]
    return f"The ideal customer, by proven traits: {listed(traits)}."


def _kinds(*kinds: str) -> Callable[[Any], Filled]:
    def fill(study: Results) -> Filled:
        return from_traits.describe_kinds(study.traits, kinds), None

    return fill


def _theme(theme: str) -> Callable[[Any], Filled]:
    def fill(study: Results) -> Filled:
        return from_texts.describe_theme(
            study.intake.texts, study.best.accounts, theme, _people(study)
        ), None

    return fill


def _people(study: Results) -> list[str]:
    """First and last names on record: never shown as a phrase."""
    contacts = study.intake.contacts
    columns = [name for name in contacts.columns if str(name).endswith(("first_name", "last_name"))]
    return [str(value) for name in columns for value in contacts[name].dropna().unique()]


def _triggers(study: Results) -> Filled:
    proven = from_traits.flagged_rows(
        from_traits.rows_of_kinds(study.traits, ["buying"]), from_traits.FOR_DIRECTIONS
    )
    bought = from_traits.trait_sentences(proven) if len(proven) else ()
    return bought + _theme("triggers")(study)[0], None


def _value_drivers(study: Results) -> Filled:
    bought = from_deals.products(study.customers.deals, study.best.accounts)
    return _theme("value_drivers")(study)[0] + bought, None


def _objections(study: Results) -> Filled:
    return from_deals.objections(study.customers.deals) + _theme("objections")(study)[0], None


def _buying_committee(study: Results) -> Filled:
    best = study.best.accounts
    return from_deals.sales_cycle(study.customers.deals, best) + from_deals.committee(
        study.intake.contacts, best
    ), None


def _watering_holes(study: Results) -> Filled:
    return from_deals.sources(study.customers.deals, study.best.accounts), None


def _success_metrics(study: Results) -> Filled:
    return from_deals.success_metrics(
        study.customers.accounts, study.best, study.intake.currency
    ), None


def _keywords(study: Results) -> Filled:
    values = from_traits.keyword_values(study.traits)
    words = from_texts.telling_words(study.intake.texts, study.best.accounts, _people(study))
    statements = []
    if values:
        text = f"From {plural(len(values), 'proven trait')}: {listed([quote(value) for value in values])}."
        statements.append(Statement(text, "data", from_traits.AGAINST_REST))
    if words:
        text = (
            f"More frequent in notes of best customers: {listed([quote(word) for word in words])}."
        )
        statements.append(Statement(text, "interview", "notes"))
    return tuple(statements), None


FILLERS: dict[str, Callable[[Any], Filled]] = {
    "summary": _summary,
    "firmographics": _kinds("firmographic", "demographic"),
    "technographics": _kinds("technographic"),
    "behaviour": _kinds("behavioural", "psychographic"),
    "pain_points": _theme("pain_points"),
    "goals": _theme("goals"),
    "triggers": _triggers,
    "value_drivers": _value_drivers,
    "objections": _objections,
    "buying_committee": _buying_committee,
    "watering_holes": _watering_holes,
    "success_metrics": _success_metrics,
    "keywords": _keywords,
    "best_fit": lambda study: (from_traits.best_fit(study.traits, study.rubric), None),
    "good_fit": lambda study: (from_traits.good_fit(study.rubric), None),
    "bad_fit": lambda study: (from_traits.bad_fit(study.traits, study.rubric), None),
    "segments": lambda study: from_results.describe_segments(study.segments, study.best),
    "anti_icp": lambda study: (
        from_results.describe_anti_icp(study.traits, study.rubric, study.best),
        None,
    ),
    "rubric": lambda study: from_results.describe_rubric(study.rubric, study.suggestion),
    "proof": lambda study: from_results.describe_proof(study.validation),
    "method": lambda study: (from_choices.describe_method(study), None),
}
