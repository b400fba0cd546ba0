"""Which rubrics the held-out deals were asked about, and what a change must remember of it.

Comes in: a study, the settings wanted next. Goes out: whether its figures may be shown, settings
that keep count. Separate from `looks`, which shows: whatever changes settings passes here, widgets
or not.
"""

from __future__ import annotations

import hashlib
from typing import Any

from icp_engine import Rubric, Settings, Study
from icp_engine.validation.model import Validation
from ui.answers.made import made_of, made_once

TESTED = ("held_out", "cross_checked", "final")
NO_MATTER: dict[str, Any] = {  # nothing of a rubric that moves a score or a band
    "origin": True,
    "note": True,
    "made_for": True,
    "bands_note": True,
    "groups": True,
    "criteria": {"__all__": {"why", "locked", "group", "question"}},
}


def fingerprint(rubric: Rubric) -> str:
    """Eight signs, equal for rubrics that score and band alike."""
    return hashlib.sha256(rubric.model_dump_json(exclude=NO_MATTER).encode()).hexdigest()[:8]


def is_suggested(settings: Settings) -> bool:
    """Whether the rubric in force is the suggestion: neither it nor its thresholds were set by
    hand.
    """
    return (
        settings.rubric is None
        and settings.green is None
        and settings.yellow is None
        and settings.missing_policy == "average"
    )


def as_suggested(study: Study) -> Study:
    """The study with the rubric, bands and missing policy that the data suggest."""
    return made_once(
        study,
        "as suggested",
        lambda: study.replace(
            rubric=None, green=None, yellow=None, missing_policy="average", looks=0, looked_at=()
        ),
    )


def is_checked(study: Study) -> bool:
    """Whether held-out figures of the rubric in force may be shown without being asked for.

    So for the suggestion, for a rubric looked at before, and where no deal can test a rubric.
    """
    if study.holdout.method not in TESTED or is_suggested(study.settings):
        return True
    name = name_of(study)
    return name in study.settings.looked_at or name == name_of_suggestion(study)


def name_of(study: Study) -> str:
    """The fingerprint of the rubric in force."""
    return made_once(study, "fingerprint", lambda: fingerprint(study.rubric))


def name_of_suggestion(study: Study) -> str:
    """The fingerprint of what the data suggest."""
    suggested = as_suggested(study).rubric
    return made_of(suggested, "fingerprint", lambda: fingerprint(suggested))


def name_of_pair(one: Study, other: Study) -> tuple[str, str]:
    """The fingerprints of two rubrics, in an order of their own: who stands left does not matter."""
    first, second = sorted((name_of(one), name_of(other)))
    return first, second


def suggested_validation(study: Study) -> Validation | None:
    """That of the suggested rubric, to stand beside one set by hand; None where its proof was not
    seen before.

    So it is no look at held-out deals.
    """
    if is_suggested(study.settings) or name_of_suggestion(study) not in study.settings.looked_at:
        return None
    suggested = as_suggested(study)
    return suggested.validation if suggested.suggestion.criteria else None


def checked_study(study: Study) -> Study:
    """The study with the rubric whose held-out figures were shown last; itself where it is that
    one.
    """
    return (
        study if is_checked(study) else made_once(study, "as checked", lambda: _as_checked(study))
    )


def _as_checked(study: Study) -> Study:
    if study.settings.checked is None:
        return as_suggested(study).replace(looks=study.settings.looks)
    return study.replace(rubric=study.settings.checked)


def looked(study: Study, rubric: Rubric | None = None) -> dict[str, Any]:
    """Settings after a rubric (default: the one in force) was looked at; none where that was free."""
    asked = study if rubric is None else study.replace(rubric=rubric)
    return {} if is_checked(asked) else _counted(study.settings, fingerprint(asked.rubric))


def unasked_look(study: Study) -> dict[str, Any]:
    """Settings that count what a page of proof is about to show, where the data now suggest another
    rubric than before.

    Other best customers, another scope, another reading of a column: each may lead to another
    suggestion, and seeing how that one does on the same deals is one more look. None for the first
    suggestion, or one seen before.
    """
    settings = study.settings
    if (
        study.holdout.method not in TESTED
        or not settings.looked_at
        or not is_suggested(checked_study(study).settings)
    ):
        return {}
    name = name_of_suggestion(study)
    return {} if name in settings.looked_at else _counted(settings, name)


def _counted(settings: Settings, name: str) -> dict[str, Any]:
    return {"looks": settings.looks + 1, "looked_at": (*settings.looked_at, name)}


def leave(study: Study, wanted: Settings) -> Settings:
    """The settings wanted next, with what is known of the state that is left.

    A suggestion whose proof was computed counts as seen from now on. What was shown last stays what
    figures “as checked last” speak of.
    """
    now = study.settings
    if study.holdout.method not in TESTED:
        return wanted
    changes: dict[str, Any] = {}
    if is_suggested(now) and study.knows("validation") and name_of(study) not in wanted.looked_at:
        changes["looked_at"] = (*wanted.looked_at, name_of(study))
    if (
        wanted.checked == now.checked
        and _rubric_of(wanted) != _rubric_of(now)
        and is_checked(study)
    ):
        changes["checked"] = None if is_suggested(now) else study.rubric
    return wanted.merged(**changes) if changes else wanted


def _rubric_of(settings: Settings) -> tuple[Any, ...]:
    return settings.rubric, settings.green, settings.yellow, settings.missing_policy
