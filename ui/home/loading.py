"""From files to an open study, and from an open study to its sentences.

Comes in: uploads or the sample's paths. Goes out: problems, or a saved and computed study. Separate
from the start page, because the page only lays out, and limits must hold whatever the browser
sends.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import streamlit as st

from icp_engine import InputRefused, Problem, Settings, Study
from icp_engine.intake.advice.personal import leave_out_people
from icp_engine.intake.reading.databases.model import DatabaseTable
from icp_engine.intake.reading.read import read_sources
from icp_engine.intake.reading.sheet_names import find_sheet_names
from icp_engine.problems import has_stop, make_problem
from icp_engine.store.study_file import is_study_file, read_study_file
from icp_engine.types import Frame, Progress
from icp_engine.wording.numbers import count, plural
from ui.answers.best_customers import ideal_customer
from ui.answers.in_short import _bad_fit, _criteria
from ui.frame.cards import note_failure
from ui.frame.held_out_check import count_shown
from ui.state import open_study

Source: TypeAlias = Any  # a path or an uploaded file
SAMPLE = open_study.PROJECT / "sample_data"
SAMPLE_TABLES = ("accounts", "deals", "contacts", "notes")
FILES_AT_ONCE = 20
# as server.maxUploadSize; the browser's own limit is not enforced by the server
BYTES_AT_ONCE = 200 * 2**20
BYTES_A_SESSION = 2 * 2**30  # one visitor must not fill the disk
COMPUTED_UNASKED = 20_000  # accounts; a larger study is computed page by page


def sample_files() -> list[Path]:
    """The files of the sample study."""
    return [SAMPLE / f"{name}.csv" for name in SAMPLE_TABLES]


def name_study(files: list[Source]) -> str:
    """A name to begin with: the first file's, without its ending, and how many came with it."""
    stem = Path(files[0].name).stem.strip()[:60] or "Files"
    return stem if len(files) == 1 else f"{stem} and {len(files) - 1} more"


def name_table(file: Source) -> str:
    """The name a file's table gets: the file's, without its ending."""
    return Path(file.name).stem.strip()


def list_sheets(file: Source) -> tuple[str, ...]:
    """The sheets of an uploaded workbook; none for other files, and none for one too large to be
    read anyway.
    """
    return find_sheet_names(file) if _size(file) <= BYTES_AT_ONCE else ()


def load(
    files: list[Source], settings: Settings, report: Progress, *, without_people: bool = False
) -> tuple[Problem, ...]:
    """Read files and open a saved study on them; returns the problems when there is no table to
    study.

    `without_people`: names, e-mail and phone of people are dropped before anything is stored.
    """
    if len(files) == 1 and is_study_file(files[0]):
        tables, settings, problems = read_study(
            files[0], settings, report, without_people=without_people
        )
    else:
        tables, problems = read_files(files, settings.sheets, report, without_people=without_people)
        settings = settings.merged(read_on=today())
    if not tables:
        return problems or (make_problem("nothing-to-study"),)
    report("Saving the tables", 0.3)
    open_study.start_study(tables, settings, problems)
    return ()


def today() -> str:
    """The day files are read: saved with the study, since equal data must give equal results on any
    later day.
    """
    return datetime.now(UTC).date().isoformat()


def read_study(
    file: Source, settings: Settings, report: Progress, *, without_people: bool
) -> tuple[dict[str, Frame], Settings, tuple[Problem, ...]]:
    """A study saved as one file: its tables, its own settings and its problems; no tables when it
    cannot be used.
    """
    if refused := check_size([file]):
        return {}, settings, refused
    report("Opening the study", 0.1)
    try:
        opened = read_study_file(file)
    except InputRefused as error:
        return {}, settings, error.problems
    assert opened is not None
    tables, found = cleaned(opened.tables, report) if without_people else (opened.tables, ())
    return tables, opened.settings, (*opened.problems, *found)


def cleaned(
    tables: dict[str, Frame], report: Progress
) -> tuple[dict[str, Frame], tuple[Problem, ...]]:
    """The tables without people, and the notes that say so."""
    report("Leaving out people", 0.25)
    left = leave_out_people(tables)
    return left.tables, left.problems


def read_files(
    files: list[Source], sheets: dict[str, str], report: Progress, *, without_people: bool
) -> tuple[dict[str, Frame], tuple[Problem, ...]]:
    """Raw tables of files within the limits, without people where asked; no tables when a limit
    refuses them.
    """
    if refused := check_size(files):
        return {}, refused
    report("Reading the files", 0.1)
    tables, problems = read_sources(
        *files, sheets=sheets, progress=lambda what, share: report(what, 0.1 + 0.2 * share)
    )
    if refused := count_database_bytes(files, tables):
        return {}, refused
    if not (tables and without_people):
        return tables, problems
    tables, found = cleaned(tables, report)
    return tables, (*problems, *found)


def check_size(files: list[Source]) -> tuple[Problem, ...]:
    """A problem for too many files or bytes, checked before anything is parsed."""
    sizes = [_size(file) for file in files]
    used = st.session_state.get("bytes_loaded", 0)
    if len(files) > FILES_AT_ONCE:
        return (_too_large(f"{len(files)} files", f"{FILES_AT_ONCE} files at once"),)
    if sum(sizes) > BYTES_AT_ONCE:
        return (
            _too_large(
                f"{count(sum(sizes) / 2**20)} MB", f"{count(BYTES_AT_ONCE / 2**20)} MB at once"
            ),
        )
    if used + sum(sizes) > BYTES_A_SESSION:
        return (
            _too_large(
                "more than this visit allows", f"{count(BYTES_A_SESSION / 2**30)} GB a visit"
            ),
        )
    st.session_state["bytes_loaded"] = used + sum(sizes)
    return ()


def count_database_bytes(files: list[Source], tables: dict[str, Frame]) -> tuple[Problem, ...]:
    """What tables of a database hold in memory, counted once read: their size is not known before,
    unlike a file's.
    """
    if not any(isinstance(file, DatabaseTable) for file in files):
        return ()
    read = sum(int(frame.memory_usage(index=False, deep=True).sum()) for frame in tables.values())
    used = st.session_state.get("bytes_loaded", 0) + read
    st.session_state["bytes_loaded"] = used
    return (
        (_too_large("more than this visit allows", f"{count(BYTES_A_SESSION / 2**30)} GB a visit"),)
        if (used > BYTES_A_SESSION)
        else ()
    )


def found_so_far(report: Progress) -> list[tuple[str, str]]:
    """One sentence for each step of the open study: (step's key, sentence); steps that cannot be
    computed are left out.

    Computes what was not computed yet, unless the study is so large that pages do it one by one.
    """
    study = open_study.open_study()
    if study is None or has_stop(study.problems):
        return []
    if len(study.accounts) > COMPUTED_UNASKED:
        size = f"{plural(len(study.accounts), 'account')} and {plural(len(study.deals), 'deal')}"
        return [("data", f"{size} are loaded; each page computes its part when it is opened.")]
    found = []
    for position, (key, doing, ask) in enumerate(QUESTIONS):
        report(doing, 0.3 + 0.7 * position / len(QUESTIONS))
        try:
            found.append((key, ask(study)))
        except InputRefused:
            continue
        except Exception as error:  # one step that fails must not hide what the others found
            found.append(
                (
                    key,
                    f"Something went wrong on our side in this step (reference {note_failure(error)}).",
                )
            )
    return found


def _proof(study: Study) -> str:
    # a rubric changed by hand is not looked at unasked
    return count_shown(study).as_checked.validation.verdict.sentence


QUESTIONS: tuple[tuple[str, str, Callable[[Study], str]], ...] = (
    ("best_customers", "Finding the best customers", lambda study: study.best.sentence),
    ("segments", "Looking for segments among them", lambda study: study.segments.verdict.sentence),
    ("anti_icp", "Comparing best and worst customers", _bad_fit),
    ("rubric", "Fitting the rubric", _criteria),
    ("validation", "Testing the rubric on deals it never saw", _proof),
    (
        "profile",
        "Writing the profile",
        lambda study: ideal_customer(study) or study.traits.verdict.sentence,
    ),
)


def _size(file: Source) -> int:
    return file.stat().st_size if isinstance(file, Path) else int(getattr(file, "size", 0))


def _too_large(found: str, limit: str) -> Problem:
    return make_problem("file-too-large", table="The upload", found=found, limit=limit)
