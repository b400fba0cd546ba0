"""Roles and days that a person chose: checked, completed, and kept whatever the values suggest.

Comes in: settings and tables. Goes out: usable roles, and faults. Separate because inference may
change with the data, and a choice must not.
"""

from __future__ import annotations

from typing import get_args

import pandas as pd

from icp_engine.intake.columns.meanings import attribute_role
from icp_engine.intake.columns.role import ROLES, AttributeKind, Role
from icp_engine.problems import Problem, make_problem
from icp_engine.settings import Settings
from icp_engine.types import Frame
from icp_engine.values.dates import read_day
from icp_engine.values.metric_kinds import kind_of


def given_role(name: str, words: str) -> Role:
    """A role a person chose, filled with kind, direction and unit as the header suggests."""
    metric = kind_of(words) if name == "value_metric" else None
    kind = attribute_role(words).kind if name == "attribute" else ""
    return Role(
        name,
        1.0,
        "chosen by you",
        kind,
        metric.direction if metric else "",
        metric.unit if metric else "",
        given=True,
    )


def check_given(
    given: dict[str, dict[str, str]], frames: dict[str, Frame]
) -> tuple[dict[str, dict[str, str]], list[tuple[str, str, str, str]]]:
    """Roles a person gave that can be used, and faults as (code, table, column, role)."""
    usable: dict[str, dict[str, str]] = {}
    faults = []
    for table, columns in given.items():
        for column, role in columns.items():
            if table not in frames or column not in {str(name) for name in frames[table].columns}:
                faults.append(("column-unknown", table, column, role))
            elif role not in ROLES:
                faults.append(("role-unknown", table, column, role))
            else:
                usable.setdefault(table, {})[column] = role
    return usable, faults


def with_kind(role: Role, kind: str) -> Role:
    """The same role, its attribute kind set by a person; unknown kinds are ignored."""
    if role != "attribute" or kind not in get_args(AttributeKind):
        return role
    return Role(
        str(role), role.score, "kind chosen by you", kind, role.direction, role.unit, role.given
    )


DAYS = ("as_of", "read_on", "holdout_from")


def unreadable_days(settings: Settings, names: tuple[str, ...] = DAYS) -> dict[str, str]:
    """The settings that should hold a day and hold none, with their text; they have no effect."""
    given = {name: getattr(settings, name) for name in names}
    return {
        name: text for name, text in given.items() if text is not None and pd.isna(read_day(text))
    }


def tell_days(settings: Settings, *names: str) -> list[Problem]:
    """A problem for each of these settings that should hold a day and holds none."""
    return [
        make_problem("date-not-understood", found=text, setting=name.replace("_", " "))
        for name, text in unreadable_days(settings, names).items()
    ]
