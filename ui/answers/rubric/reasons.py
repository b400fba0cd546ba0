"""Why each criterion counts, in a line beside its weight and in a tooltip.

Comes in: the study. Goes out: texts for the live control. Separate from `ui/rubric/live.py`, whose
numbers a weight moves: none moves these.
"""

from __future__ import annotations

from icp_engine import Rubric, Study
from icp_engine.rubric.explain import explain_origin
from icp_engine.rubric.model import Criterion
from icp_engine.rubric.weights import CLASSIC_TOTALS, group_totals, with_group_totals
from icp_engine.whatif.level_outcomes import BestSplit
from icp_engine.whatif.step import Basis
from icp_engine.wording.numbers import plural
from icp_engine.wording.sentences import sentence
from icp_engine.wording.shares import percent, percent_interval
from ui.answers.made import made_of

GOOD: dict[Basis, str] = {"deals": "won", "value": "best"}
# where the other outcome is the one shown
GOOD_TOO: dict[str, str] = {"deals": "won", "value": "best customers"}
TAUGHT = "These accounts taught the levels, which may flatter."
FEWEST = 10  # accounts on either side; a rate of fewer tells nothing


def explain_criteria(study: Study, basis: Basis | None) -> list[dict[str, str]]:
    """For each criterion of the rubric: “best” and “rates”, read beside its weight, and “about”,
    all that is known.

    basis: the outcome shown; None where there is none. Without rates “best” may be the question
    that is asked.
    """
    suggestion = study.suggestion
    return [
        _explain(criterion, suggestion, _telling(splits, basis))
        for criterion, splits in zip(study.rubric.criteria, study.split_by_best, strict=True)
    ]


def _telling(splits: dict[Basis, BestSplit], basis: Basis | None) -> list[tuple[BestSplit, str]]:
    """What became of the best level by the outcome shown, and by the other one where that tells
    more of it.
    """
    if basis is None:
        return []
    other: Basis = "value" if basis == "deals" else "deals"
    shown = splits.get(basis)
    hidden, told = splits.get(other), [] if shown is None else [(shown, GOOD[basis])]
    if hidden is None or _gap(hidden) <= max(_gap(shown), 0):
        return told
    return [*(told if _gap(shown) > 0 else []), (hidden, GOOD_TOO[other])]


def _gap(split: BestSplit | None) -> float:
    return 0.0 if split is None else (split.best.value or 0) - (split.others.value or 0)


def _explain(
    criterion: Criterion, suggestion: Rubric, told: list[tuple[BestSplit, str]]
) -> dict[str, str]:
    names = name_best(criterion)
    earns = f"{names or 'Nothing yet'} earns most."
    parts = [criterion.question, earns, sentence(explain_origin(criterion, suggestion))]
    read = criterion.question or earns, ""
    if told:
        read = f"{names}:", "; ".join(_short(split, good) for split, good in told)
        whole = " ".join(_whole(split, good) for split, good in told)
        parts.insert(2, f"{whole} {TAUGHT if criterion.attributes else ''}".strip())
    return {"best": read[0], "rates": read[1], "about": " ".join(part for part in parts if part)}


def name_best(criterion: Criterion) -> str:
    """“51–200, 201–500”: what earns most; “” without fit levels."""
    top = max((level.fit for level in criterion.levels), default=0)
    return ", ".join(level.label for level in criterion.levels if level.fit == top)


def _short(split: BestSplit, good: str) -> str:
    few = int(min(split.best.n, split.others.n))
    if few < FEWEST:
        return f"too few accounts to tell ({few})"
    return f"{percent(split.best.value)} {good}, others {percent(split.others.value)}"


def _whole(split: BestSplit, good: str) -> str:
    best, others = split.best, split.others
    return (
        f"Its {plural(best.n, 'account')}: {percent(best.value)} {good} ({percent_interval(best.low, best.high)}); all "
        f"{plural(others.n, 'other')}: {percent(others.value)} ({percent_interval(others.low, others.high)})."
    )


def about_totals(suggestion: Rubric) -> dict[str, str]:
    """Group → “suggested 55, classic 40”: the total the data suggest, and that of the classic
    split.
    """
    return made_of(suggestion, "totals", lambda: _about_totals(suggestion))


def _about_totals(suggestion: Rubric) -> dict[str, str]:
    if not suggestion.criteria:
        return {}
    suggested = group_totals(suggestion)
    classic = group_totals(with_group_totals(suggestion, CLASSIC_TOTALS))
    return {key: f"suggested {total}, classic {classic[key]}" for key, total in suggested.items()}
