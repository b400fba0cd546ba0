"""Which rubrics the held-out deals were asked about, and what a change must remember of it.

Comes in: a study, the settings wanted next. Goes out: whether its figures may be shown, settings
that keep count. Separate from what shows figures: whatever changes settings passes here, so that a
page, a notebook and the command line count alike.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any, Self, TypeVar

from icp_engine.problems import InputRefused
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.study.proven import Proven
from icp_engine.validation.model import Validation

Some = TypeVar("Some", bound="Looked")
TESTED = ("held_out", "cross_checked", "final")
NO_MATTER: dict[str, Any] = {  # nothing of a rubric that moves a score or a band
    "origin": True,
    "note": True,
    "made_for": True,
    "bands_note": True,
    "groups": True,
    "criteria": {"__all__": {"why", "locked", "group", "question"}},
}


class Looked(Proven):
    """A study that knows which rubrics its held-out deals were asked about."""

    def check(self) -> Self:
        """This study once its held-out deals were asked about the rubric in force: the settings
        keep count, as the proof must. Itself where asking is free, as for the suggestion.
        """
        counted = looked(self)
        return self.replace(checked=self.rubric, **counted) if counted else self

    @cached_property
    def as_suggested(self) -> Self:
        """The study with the rubric, bands and missing policy that the data suggest."""
        return self.replace(settings=suggested_settings(self.settings), rubric=None)

    @cached_property
    def as_checked(self) -> Self:
        """The study with the rubric whose held-out figures were shown last; itself where it is that
        one.
        """
        return as_checked(self)

    @cached_property
    def rubric_name(self) -> str:
        """Eight signs, equal for rubrics that score and band alike; see `fingerprint`."""
        return fingerprint(self.rubric)


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


def suggested_settings(settings: Settings) -> Settings:
    """The settings with the rubric, bands and missing policy that the data suggest, unlooked at."""
    return settings.merged(
        rubric=None, green=None, yellow=None, missing_policy="average", looks=0, looked_at=()
    )


def is_checked(study: Looked) -> bool:
    """Whether held-out figures of the rubric in force may be shown without being asked for.

    So for the suggestion, for a rubric looked at before, and where no deal can test a rubric.
    """
    if study.holdout.method not in TESTED or is_suggested(study.settings):
        return True
    name = study.rubric_name
    return name in study.settings.looked_at or name == name_of_suggestion(study)


def name_of_suggestion(study: Looked) -> str:
    """The fingerprint of what the data suggest."""
    return study.as_suggested.rubric_name


def name_of_pair(one: Looked, other: Looked) -> tuple[str, str]:
    """The fingerprints of two rubrics, in an order of their own: who stands left does not matter."""
    first, second = sorted((one.rubric_name, other.rubric_name))
    return first, second


def suggested_validation(study: Looked) -> Validation | None:
    """That of the suggested rubric, to stand beside one set by hand; None where its proof was not
    seen before.

    So it is no look at held-out deals.
    """
    if is_suggested(study.settings) or name_of_suggestion(study) not in study.settings.looked_at:
        return None
    suggested = study.as_suggested
    return suggested.validation if suggested.suggestion.criteria else None


def as_checked(study: Some) -> Some:
    """The study with the rubric whose held-out figures were shown last; itself where it is that
    one.
    """
    if is_checked(study):
        return study
    if study.settings.checked is None:
        return study.as_suggested.replace(looks=study.settings.looks)
    return study.replace(rubric=study.settings.checked)


def looked(study: Looked, rubric: Rubric | None = None) -> dict[str, Any]:
    """Settings after a rubric (default: the one in force) was looked at; none where that was free."""
    asked = study if rubric is None else study.replace(rubric=rubric)
    return {} if is_checked(asked) else _counted(study.settings, fingerprint(asked.rubric))


def unasked_look(study: Looked) -> dict[str, Any]:
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
        or not is_suggested(study.as_checked.settings)
    ):
        return {}
    name = name_of_suggestion(study)
    return {} if name in settings.looked_at else _counted(settings, name)


def _counted(settings: Settings, name: str) -> dict[str, Any]:
    return {"looks": settings.looks + 1, "looked_at": (*settings.looked_at, name)}


def leave(study: Looked, wanted: Settings) -> Settings:
    """The settings wanted next, with what is known of the state that is left.

    A suggestion whose proof was computed counts as seen from now on. What was shown last stays what
    figures “as checked last” speak of. Of a state that nothing could be computed from, nobody saw
    anything.
    """
    try:
        return _with_what_was_seen(study, wanted)
    except InputRefused:
        return wanted


def _with_what_was_seen(study: Looked, wanted: Settings) -> Settings:
    now = study.settings
    if study.holdout.method not in TESTED:
        return wanted
    changes: dict[str, Any] = {}
    if (
        is_suggested(now)
        and study.knows("validation")
        and study.rubric_name not in wanted.looked_at
    ):
        changes["looked_at"] = (*wanted.looked_at, study.rubric_name)
    if (
        wanted.checked == now.checked
        and _rubric_of(wanted) != _rubric_of(now)
        and is_checked(study)
    ):
        changes["checked"] = None if is_suggested(now) else study.rubric
    return wanted.merged(**changes) if changes else wanted


def _rubric_of(settings: Settings) -> tuple[Any, ...]:
    return settings.rubric, settings.green, settings.yellow, settings.missing_policy
