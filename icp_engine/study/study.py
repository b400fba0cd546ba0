"""A study: tables and settings in; everything else is derived when first asked for and kept until
its inputs change.

Comes in: files or data frames, and `Settings`. Goes out: the results of every stage. Separate
because stages know nothing of each other: only the study composes them. Its stages stand in the
classes it is built on, in the order data flows: `understood`, `derived`, `learned`, `proven`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from icp_engine.intake.reading.read import read_sources
from icp_engine.problems import InputRefused
from icp_engine.profile.build import build_profile
from icp_engine.profile.document import Profile
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.study.files_change import NextFiles, open_next
from icp_engine.study.looks import Looked
from icp_engine.study.stages import stage
from icp_engine.types import Progress
from icp_engine.whatif.step import Basis, WhatIf, what_if

if TYPE_CHECKING:
    from icp_engine.store.study_file import OpenedFile

# the document lists every setting that differs from its default, but for these
UNTOLD_SETTINGS = (
    *("as_of", "read_on", "read_from", "scenario", "scenarios", "checked", "looked_at"),
)
PROFILE_SETTINGS = tuple(name for name in Settings.model_fields if name not in UNTOLD_SETTINGS)
PROFILE_RESULTS = (
    *("intake", "_everyone", "customers", "holdout", "best", "attributes", "traits", "segments"),
    *("suggestion", "rubric", "validation"),
)


class Study(Looked):
    """Data plus settings; everything else is derived.

    Results are computed when first asked for, kept, and shared with studies made by `replace` as
    far as nothing upstream differs. A study never changes. A result that cannot be computed raises
    `InputRefused`.
    """

    @classmethod
    def open(
        cls,
        *sources: Any,
        roles: Mapping[str, Mapping[str, str]] | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> Study:
        """Open files (paths or file objects) or a dict of tables. Never raises for bad content: see
        `problems`.

        A single study file (see `to_file`) brings its own settings; `settings` given here replace
        them.

        `roles` ({table: {column: role}}) joins the settings' roles. `progress` is told what is
        being done and the share done, 0–1.
        """
        opened = _open_study_file(sources)
        chosen = settings or (opened.settings if opened else Settings())
        if roles:
            merged = {
                **chosen.roles,
                **{t: {**chosen.roles.get(t, {}), **given} for t, given in roles.items()},
            }
            chosen = chosen.merged(roles=merged)
        if opened is not None:
            return cls(opened.tables, chosen, opened.problems, progress=progress)
        raw, problems = read_sources(*sources, sheets=chosen.sheets, progress=progress)
        return cls(raw, chosen, problems, progress=progress)

    def to_file(self) -> bytes:
        """This study as one file, raw tables and settings: opened anywhere, it gives the same
        results.
        """
        # loaded when asked for: start-up stays light
        from icp_engine.store.study_file import write_study_file

        return write_study_file(self.raw, self.settings, self.reading)

    def next_files(
        self,
        *sources: Any,
        keep_missing: bool = True,
        keep_rubric: bool = False,
        add: Mapping[str, bool] | None = None,
    ) -> NextFiles[Study]:
        """This study on newer files: its settings applied again, and what no longer matches listed.

        A file takes the place of the table whose headers it shares. `keep_missing`: tables no file
        came for stay. `keep_rubric`: the rubric in force is kept; else a suggestion is made anew.
        `add` ({table: bool}): new rows join the old ones instead of replacing them; without it a
        file that holds under half of the old rows adds to them.
        """
        raw, problems = read_sources(*sources)
        return open_next(self, raw, problems, keep_missing, keep_rubric, dict(add or {}))

    # ------------------------------------------------------------------ what if

    def what_if(self, rubric: Rubric, basis: Basis | None = None) -> WhatIf | None:
        """Bands, rates, ranking with interval and histogram of the derivation accounts under a
        rubric; no look at held-out deals. Milliseconds while only weights, thresholds or the
        missing policy differ from the rubric in force.

        basis: won and lost deals (“deals”) or best and other customers (“value”); None: deals where
        there are any. None without criteria or any outcome.
        """
        ours = [(criterion.name, criterion.levels) for criterion in self.rubric.criteria]
        theirs = [(criterion.name, criterion.levels) for criterion in rubric.criteria]
        state = self if ours == theirs else self.replace(rubric=rubric)
        rows = state.what_if_rows()
        return None if rows is None else what_if(rubric, rows, basis)

    # ------------------------------------------------------------------ the document

    @property
    @stage(settings=PROFILE_SETTINGS, results=PROFILE_RESULTS)
    def profile(self) -> Profile:
        """The ICP document."""
        return build_profile(self)


def _open_study_file(sources: tuple[Any, ...]) -> OpenedFile | None:
    """What a single study file holds; None for anything else. One that cannot be used is its
    problem and no table.
    """
    # loaded when asked for: start-up stays light
    from icp_engine.store.study_file import OpenedFile, read_study_file

    if len(sources) != 1 or isinstance(sources[0], (Mapping, list, tuple)):
        return None
    try:
        return read_study_file(sources[0])
    except InputRefused as refused:
        return OpenedFile({}, Settings(), refused.problems)
