"""Settings and problems as saved, read again by whatever version opens them.

Comes in: JSON text. Goes out: `Settings`, `Problem`. Separate because studies and share links keep
settings alike, and both must open after an upgrade.
"""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from icp_engine.problems import Problem
from icp_engine.settings import Settings

LOG = logging.getLogger("icp.store")


@lru_cache(maxsize=128)  # a click reads the same settings several times; they never change
def read_settings(text: str) -> Settings:
    """Saved settings; fields that this version does not know or accept return to their defaults."""
    settings, wrong = sort_out_settings(text)
    if wrong:
        LOG.warning("settings of another version: %s at their defaults", ", ".join(wrong))
    return settings


def sort_out_settings(text: str) -> tuple[Settings, tuple[str, ...]]:
    """Saved settings, and the fields that this version does not know or accept, by name."""
    try:
        return Settings.model_validate_json(text), ()
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        kept = {key: value for key, value in json.loads(text).items() if key not in wrong}
        return Settings.model_validate(kept), tuple(sorted(wrong))


def keep_looks(present: str, wanted: str) -> str:
    """The settings returned to, with every look at held-out deals there has been: a look cannot be
    taken back.
    """
    now, then = read_settings(present), read_settings(wanted)
    seen = tuple(dict.fromkeys((*then.looked_at, *now.looked_at)))
    return then.merged(looks=max(now.looks, then.looks), looked_at=seen).model_dump_json()


def read_problem(saved: dict[str, Any]) -> Problem:
    """A problem as saved; JSON has lists where a problem has tuples."""
    return Problem(**{**saved, "rows": tuple(saved["rows"])})
