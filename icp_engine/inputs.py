"""What a command line names, read: settings, a rubric, a table.

Comes in: paths or JSON text. Goes out: `Settings`, `Rubric`, raw rows; or InputRefused with every
fault. Separate from the shell because scheduled jobs read the same files.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from icp_engine.problems import InputRefused, Problem, has_stop, make_problem
from icp_engine.settings import Settings


def read_settings(
    given: str | None, options: dict[str, str | None], base: Settings | None = None
) -> Settings:
    """Settings from a file or from JSON text, else `base`, overlaid by `options` that are not None.

    Raises InputRefused with one problem for every field that is wrong.
    """
    # loaded when asked for: start-up stays light
    from pydantic import ValidationError

    text = given or "{}"
    name = "--settings" if text.lstrip().startswith("{") else text
    content = _as_object(
        name, text if name == "--settings" else _read_text(Path(text), "settings-unreadable")
    )
    if given is None and base is not None:
        content = base.model_dump(mode="json")
    content |= {key: value for key, value in options.items() if value is not None}
    _check_dates(name, content)
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise InputRefused(_wrong_fields("settings-unreadable", name, error)) from error


def _check_dates(name: str, content: dict[str, Any]) -> None:
    """Dates are text in the settings; a wrong one would fail far from here."""
    wrong = [
        key
        for key in ("as_of", "holdout_from")
        if content.get(key) is not None and not _is_date(content[key])
    ]
    if wrong:
        raise InputRefused(
            make_problem(
                "settings-unreadable",
                table=name,
                column=key,
                found=f"has a fault in “{key}”: “{content[key]}” is not a date such as 2026-09-30",
            )
            for key in wrong
        )


def _is_date(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _as_object(name: str, text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputRefused(
            [make_problem("settings-unreadable", table=name, found=f"is not JSON: {error}")]
        ) from error
    if not isinstance(content, dict):
        raise InputRefused(
            [make_problem("settings-unreadable", table=name, found="is not a JSON object")]
        )
    return content


def _wrong_fields(code: str, name: str, error: Any) -> list[Problem]:
    places = [(".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors()]
    return [
        make_problem(
            code, table=name, column=place, found=f"has a fault in “{place or 'it'}”: {message}"
        )
        for place, message in places
    ]


def _read_text(path: Path, code: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise InputRefused(
            [make_problem(code, table=str(path), found=f"cannot be read: {reason}")]
        ) from error


def read_rubric(path: Path) -> Any:
    """The rubric of a rubric.json; InputRefused says what is wrong with it."""
    # loaded when asked for: start-up stays light
    from pydantic import ValidationError

    from icp_engine.rubric.model import Rubric

    try:
        return Rubric.from_json(_read_text(path, "rubric-unreadable"))
    except ValidationError as error:
        raise InputRefused(_wrong_fields("rubric-unreadable", str(path), error)) from error


def read_table(path: Path, problems: list[Problem]) -> tuple[str, Any]:
    """One file's name and raw rows; its problems join `problems`, and refuse it when they forbid
    going on.
    """
    # loaded when asked for: start-up stays light
    from icp_engine.intake.reading.read import read_sources

    tables, found = read_sources(path)
    problems += found
    if has_stop(found) or not tables:
        raise InputRefused(problems)
    return next(iter(tables.items()))


def missing_columns(rubric: Any, table: str, known: set[str]) -> list[Problem]:
    """A warning for each column the rubric reads and the tables lack; one stop when they lack all
    of them.
    """
    wanted = sorted({name for criterion in rubric.criteria for name in criterion.columns})
    lacking = [
        name for name in wanted if name not in known and not _can_be_made(rubric, name, known)
    ]
    if wanted and lacking == wanted:
        return [make_problem("rubric-columns-none", table=table, found=", ".join(wanted))]
    return [make_problem("rubric-column-missing", table=table, column=name) for name in lacking]


def _can_be_made(rubric: Any, name: str, known: set[str]) -> bool:
    """Whether the rubric's own rule makes the column from columns the tables have."""
    rule = rubric.rules.get(name)
    return rule is not None and bool(rule.made_from) and set(rule.made_from) <= known


def row_ids(name: str, frame: Any) -> Any:
    """The column that names the rows (account id, else deal id, name or domain), else the file's
    row numbers.
    """
    # loaded when asked for: start-up stays light
    import pandas as pd

    from icp_engine.intake.build import understand

    roles = understand({name: frame}, Settings.model_validate({})).roles.get(name, {})
    for wanted in ("account_id", "deal_id", "account_name", "domain"):
        for column, role in roles.items():
            if role == wanted and column in frame:
                return pd.Index(frame[column].astype("str"), name=column)
    return frame.index.rename("row")


def settings_within(files: list[Any]) -> Settings | None:
    """The settings a single study file brings; None for other files. One that cannot be used is
    told when opened.
    """
    # loaded when asked for: start-up stays light
    from icp_engine.store.study_file import read_study_file

    try:
        opened = read_study_file(files[0]) if len(files) == 1 else None
    except InputRefused:
        return None
    return opened.settings if opened else None
