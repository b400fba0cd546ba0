"""The pages of a study as counts: what a stranger with a link may see, and nothing else.

Comes in: the study, and whether accounts may be named. Goes out: `SharedPage`s. Separate because
every table and chart shown to strangers is chosen here by name: what a page gains later is not
shared until it is added here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from icp_engine import InputRefused, Study
from icp_engine.activate.pipeline import open_pipeline
from icp_engine.charts import bands, customers, past, proof, remarks, segments, traits
from icp_engine.charts.model import Chart
from icp_engine.charts.pipeline import pipeline_chart
from icp_engine.charts.rubric import level_table, score_table
from icp_engine.profile.from_choices import hand_made, objective_sentence, scope_sentence, title_of
from icp_engine.profile.model import Section, Statement
from icp_engine.share.model import SharedFigure, SharedPage, SharedTable, Snapshot
from icp_engine.types import LEVEL_WORDS, Frame, Progress, Verdict
from icp_engine.values.masks import hide_rivals
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import count, plural
from icp_engine.wording.sentences import quote
from ui.answers.activate import pipeline_figures, pipeline_sentence
from ui.answers.anti_icp import bad_fit_figures, bad_fit_sentence
from ui.answers.best_customers import best_figures
from ui.answers.figure import Figure
from ui.answers.in_short import in_short
from ui.answers.segments import segment_figures
from ui.answers.steps import step
from ui.answers.validation import (
    REAL_RATES,
    against_suggested,
    falls_short,
    how_sure,
    proof_figures,
    what_would_change,
)
from ui.frame.cards import note_failure

NAMED_ROWS = 100
NOTHING_YET = "This cannot be told from the data yet."
OVERVIEW = "What was found"
FAILED = "This page could not be drawn."


def take_snapshot(
    study: Study, first: str, *, names: bool, report: Progress | None = None
) -> Snapshot:
    """The study as it stands, page `first` in front. names: with lists that name accounts."""
    pages = build_pages(study, names=names, report=report)
    overview = _overview(pages)
    known = {page.key: page for page in (overview, *pages)}
    front = known.get(first, overview)
    rest = tuple(page for page in pages if page is not front)
    settings = study.settings
    about = (
        f"{objective_sentence(settings)} {scope_sentence(settings)} Data as of {date(study.as_of)}."
    )
    return Snapshot(
        title_of(study),
        about,
        datetime.now(UTC),
        names,
        (front, *rest),
        in_short(study),
        cautions(study),
    )


def cautions(study: Study) -> tuple[str, ...]:
    """What was set by hand, how that ranks beside the suggestion, and how often the held-out deals
    were looked at.
    """
    said = hand_made(study)
    return tuple(line for line in (*said[:1], against_suggested(study), *said[1:]) if line)


def build_pages(
    study: Study, *, names: bool, report: Progress | None = None
) -> tuple[SharedPage, ...]:
    """Every page in the order of the steps; one that cannot be computed says so."""
    built = []
    for position, key in enumerate(BUILDERS):
        if report is not None:
            report(f"Drawing {step(key).title}", position / len(BUILDERS))
        built.append(build_page(study, key, names=names))
    return tuple(built)


def build_page(study: Study, key: str, *, names: bool) -> SharedPage:
    """One page by its step's key; KeyError for a step that is not shared."""
    known = step(key)
    empty = SharedPage(key, known.title, known.question, NOTHING_YET)
    try:
        return BUILDERS[key](study, empty, names)
    except InputRefused:
        return empty
    except Exception as error:  # one page that fails must not keep the others from being shared
        return replace(empty, sentence=f"{FAILED} Reference {note_failure(error)}.")


def _overview(pages: tuple[SharedPage, ...]) -> SharedPage:
    lines = tuple(f"{page.title}: {page.sentence}" for page in pages)
    return SharedPage("home", OVERVIEW, "", "One sentence for each step of the study.", lines=lines)


def _data(study: Study, page: SharedPage, _names: bool) -> SharedPage:
    intake = study.intake
    size = f"{plural(len(intake.accounts), 'account')} and {plural(len(intake.deals), 'deal')}"
    until = "" if pd.isna(intake.as_of) else f", up to {date(intake.as_of)}"
    won = intake.deals["won"]
    figures = (
        SharedFigure(
            "Accounts", count(len(intake.accounts)), f"from {plural(len(intake.raw), 'table')}"
        ),
        SharedFigure(
            "Deals won or lost", count(won.notna().sum()), f"{count(won.fillna(False).sum())} won"
        ),
    )
    return replace(page, sentence=f"The study rests on {size}{until}.", figures=figures)


def _best(study: Study, page: SharedPage, names: bool) -> SharedPage:
    best, found = study.best, study.traits
    value = customers.value_chart(best, study.account_value, best.value_name)
    medians = customers.metric_table(study.accounts, best, study.intake.currency)
    tables = [SharedTable("Middle values", medians)] if len(medians) else []
    if names:
        listed = (
            customers.customer_table(study.accounts, best).query("Group == 'best'").head(NAMED_ROWS)
        )
        tables.append(SharedTable("Best customers", listed))
    return replace(
        page,
        sentence=best.sentence,
        lines=(found.verdict.sentence,),
        figures=_figures(best_figures(study)),
        charts=_charts(value, traits.best_chart(found)),
        tables=tuple(tables),
    )


def _segments(study: Study, page: SharedPage, _names: bool) -> SharedPage:
    found = study.segments
    mapped = segments.map_chart(found) if found.map[["x", "y"]].nunique().max() > 1 else None
    cards = (_without_ids(segments.trait_chart(segment)) for segment in found.segments)
    return replace(
        page,
        sentence=found.verdict.sentence,
        level=_level(found.verdict),
        figures=_figures(segment_figures(found)),
        lines=tuple(segment.sentence for segment in found.segments),
        charts=_charts(None if mapped is None else _without_ids(mapped), *cards),
    )


def _anti(study: Study, page: SharedPage, _names: bool) -> SharedPage:
    reasons = remarks.reason_table(study.reasons)[["Usual reason", "Share"]].rename(
        columns={"Share": "Per cent"}
    )
    note = "Share of accounts that were lost or left with a remark."
    flags = tuple(flag.sentence for flag in study.rubric.flags)
    return replace(
        page,
        sentence=bad_fit_sentence(study),
        lines=flags,
        figures=_figures(bad_fit_figures(study)),
        charts=_charts(traits.worst_chart(study.traits)),
        tables=(SharedTable("Usual reasons for losing and leaving", reasons, note),),
    )


def _rubric(study: Study, page: SharedPage, names: bool) -> SharedPage:
    rubric, found = study.rubric, study.validation
    sizes = study.scores["band"].value_counts().rename_axis("Band").rename("Accounts").reset_index()
    tables = [SharedTable("Accounts by band", sizes)]
    if rubric.criteria:
        tables.append(SharedTable("What each value earns", level_table(rubric)))
    if names:
        tables.append(
            SharedTable("Accounts", score_table(study.scores, study.accounts.get("account_name")))
        )
    scores = bands.score_chart(found, rubric.green, rubric.yellow) if len(found.scored) else None
    weights = ", ".join(f"{criterion.name} {criterion.weight}" for criterion in rubric.criteria)
    lines = (
        f"Weights, of 100: {weights}.",
        f"Green from {rubric.green}, Yellow from {rubric.yellow}.",
    )
    return replace(
        page,
        sentence=found.sentence,
        level=_level(found.verdict),
        lines=lines if rubric.criteria else (),
        figures=_figures(proof_figures(found)) if rubric.criteria else (),
        charts=_charts(scores),
        tables=tuple(tables),
    )


def _validation(study: Study, page: SharedPage, names: bool) -> SharedPage:
    found = study.validation
    rated, tested = bool(study.rubric.criteria), found.metrics["win_rate"].value is not None
    tables = _proof_tables(study) if rated and tested else []
    if names and len(found.recent):
        reasons = study.explain(found.recent["account_id"].unique())
        deals = proof.recent_table(
            found.recent, study.deals, study.accounts.get("account_name"), reasons
        )
        tables.append(SharedTable("The last won and lost deals", deals))
    charts = (bands.win_rate_chart(found),) if tested else ()
    short = falls_short(found)
    return replace(
        page,
        sentence=found.verdict.sentence,
        level=_level(found.verdict),
        lines=(
            f"How sure: {how_sure(study)}",
            *([f"What falls short: {short}"] if short else []),
            f"What would change that: {what_would_change(study)}",
        ),
        figures=_figures(proof_figures(found)) if rated else (),
        tables=tuple(tables),
        charts=_charts(*charts, past.backtest_chart(study.backtest)),
    )


def _proof_tables(study: Study) -> list[SharedTable]:
    found = study.validation
    tables = [
        SharedTable("Working only Green and Yellow accounts", proof.impact_table(found)),
        SharedTable("What that gives up", proof.given_up_table(found), REAL_RATES),
    ]
    if len(found.customers_by_band):
        by_band = proof.band_customer_table(found.customers_by_band, study.intake.currency)
        tables.append(SharedTable("Customers by band", by_band))
    return tables


def _profile(study: Study, page: SharedPage, names: bool) -> SharedPage:
    profile = study.profile
    level = profile.proof_level
    sections = profile.sections if names else _without_rivals(study, profile.sections)
    return replace(page, sentence=profile.proof, level=level, sections=sections)


def _without_rivals(study: Study, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with quoted reasons that name nobody to whom a sale was lost; what a person wrote
    stays.
    """
    reasons = study.deals["lost_reason"].dropna().unique() if "lost_reason" in study.deals else ()
    hidden = {quote(one): quote(new) for one in reasons if (new := hide_rivals(one)) != one}
    return tuple(
        section if section.edited else replace(section, statements=_said(section, hidden))
        for section in sections
    )


def _said(section: Section, hidden: dict[str, str]) -> tuple[Statement, ...]:
    told = []
    for statement in section.statements:
        text = statement.text
        for quoted, new in hidden.items():
            text = text.replace(quoted, new)
        told.append(replace(statement, text=text))
    return tuple(told)


def _activate(study: Study, page: SharedPage, _names: bool) -> SharedPage:
    pipeline = open_pipeline(study)
    sentence = pipeline_sentence(study, pipeline)
    if not pipeline.total:
        return replace(page, sentence=sentence)
    return replace(
        page,
        sentence=sentence,
        figures=_figures(pipeline_figures(pipeline)),
        charts=(pipeline_chart(pipeline),),
    )


Builder = Callable[[Study, SharedPage, bool], SharedPage]
BUILDERS: dict[str, Builder] = {
    "data": _data,
    "best_customers": _best,
    "segments": _segments,
    "anti_icp": _anti,
    "rubric": _rubric,
    "validation": _validation,
    "profile": _profile,
    "activate": _activate,
}


def _figures(figures: list[Figure]) -> tuple[SharedFigure, ...]:
    return tuple(
        SharedFigure(
            figure.label,
            figure.value,
            " · ".join(part for part in (figure.interval, figure.of) if part),
        )
        for figure in figures
    )


def _charts(*charts: Chart | None) -> tuple[Chart, ...]:
    return tuple(chart for chart in charts if chart is not None)


def _without_ids(chart: Chart) -> Chart:
    """The chart with places but without the accounts that stand there; the picture never writes
    them anyway.
    """
    return replace(chart, data=hide_accounts(chart.data))


def hide_accounts(rows: Frame) -> Frame:
    """Rows whose account is a running number."""
    if "account" not in rows:
        return rows
    return rows.assign(account=[f"account {number}" for number in range(1, len(rows) + 1)])


def _level(verdict: Verdict) -> str:
    return LEVEL_WORDS[verdict.level]
