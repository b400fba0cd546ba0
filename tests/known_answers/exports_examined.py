"""What holds of every study, whatever was loaded: each result is there or refused with words, and
agrees with the others.

Comes in: a study. Goes out: the faults found, one text each. Separate because good exports are
examined alike.
"""

from __future__ import annotations

import io
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import icp_engine as icp
from icp_engine.activate.pipeline import open_pipeline
from icp_engine.profile.document import FORMS

RESULTS: dict[str, Callable[[icp.Study], Any]] = {
    **{
        name: (lambda study, name=name: getattr(study, name))
        for name in (
            *("problems", "roles", "accounts", "deals", "best", "segments", "traits", "rubric"),
            *("scores", "contributions", "validation", "proposals", "health", "near_matches"),
            *("account_links", "words", "afterwards", "deal_watch", "baselines", "backtest"),
            *("conditions", "reasons", "recorded_reasons", "segment_traits", "sensitivity"),
        )
    },
    **{form.label: lambda study, form=form: form.write(study.profile) for form in FORMS},
    "pipeline": open_pipeline,
    "distributions": lambda study: [study.distributions(name) for name in study.intake.raw],
    "reasons of scores": lambda study: study.explain(study.accounts.index[:5]),
    "the same list, raw": lambda study: _score_raw(study),
    "study file": lambda study: icp.Study.open(io.BytesIO(study.to_file())).problems,
}


def _score_raw(study: icp.Study) -> None:
    """Every table as a list of prospects, by the rubric as it is saved."""
    rubric = icp.Rubric.from_json(study.rubric.to_json())
    for frame in study.raw.values():
        scores = rubric.score(frame)
        if not scores.index.equals(frame.index) or scores["score"].isna().any():
            raise AssertionError("a raw list loses rows or has no score")


def examine(study: icp.Study) -> list[str]:
    """Every fault of a study: results that raise, and invariants that do not hold."""
    found: dict[str, Any] = {}
    faults: dict[str, str] = {}  # by place, so that what many results stumble over is told once
    for name, ask in RESULTS.items():
        try:
            found[name] = ask(study)
        except icp.InputRefused as refused:
            if not refused.problems:
                faults[name] = f"{name}: refused without a word"
        except Exception as error:  # whatever it is, it is the fault looked for
            faults.setdefault(_place(error), f"{name}: {type(error).__name__}: {str(error)[:160]}")
    told = [f"{what} at {place}" for place, what in faults.items()]
    return [*told, *_contradictions(study, found)]


def _place(error: Exception) -> str:
    """The last place in the engine's own code."""
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "icp_engine" in frame.filename
    ]
    return f"{own[-1].filename.split('icp_engine/')[-1]}:{own[-1].lineno}" if own else "outside"


def _contradictions(study: icp.Study, found: dict[str, Any]) -> Iterator[str]:
    if "problems" in found:
        yield from _intake(study)
    if "best" in found:
        yield from _groups(study)
    if {"best", "segments"} <= found.keys():
        labels = study.segments.labels
        if set(labels.index) != set(study.best.accounts):
            yield "segment labels are not of the best"
    if {"scores", "contributions"} <= found.keys():
        yield from _scores(study)


def _intake(study: icp.Study) -> Iterator[str]:
    intake = study.intake
    for name, frame, columns in (
        ("accounts", intake.accounts, intake.columns),
        ("deals", intake.deals, intake.deal_columns),
    ):
        if not set(columns) <= set(frame):
            yield f"{name}: columns described and not there: {set(columns) - set(frame)}"
        if frame.columns.has_duplicates or frame.index.has_duplicates:
            yield f"{name}: a column or an id twice"
    for problem in intake.problems:
        if not problem.message or not problem.advice:
            yield f"{problem.code}: no word or no advice"


def _groups(study: icp.Study) -> Iterator[str]:
    best = study.best
    groups = (best.accounts, best.worst, best.rest, best.too_young, best.set_aside)
    if sum(map(len, groups)) != len(set().union(*groups)):
        yield "groups overlap"
    if not set().union(*groups) <= set(study.accounts.index):
        yield "a group holds an account that is none"
    if best.scores.isna().any() or not best.scores.between(0, 1).all():
        yield "a best score outside 0–1"
    if (best.contributions.sum(axis=1) - best.scores).abs().max() > 1e-6:
        yield "contributions of best do not sum to its scores"


def _scores(study: icp.Study) -> Iterator[str]:
    scores, parts = study.scores, study.contributions
    if not scores.index.equals(study.accounts.index):
        yield "scores are not of the accounts"
    if scores["score"].isna().any() or not scores["score"].between(0, 100).all():
        yield "a score outside 0–100"
    known = scores["coverage"] > 0
    off = (parts.sum(axis=1) - scores["score"]).abs()[known]
    if len(off) and off.max() > 0.0501:
        yield f"contributions do not sum to the score: off by {off.max():.3f}"
