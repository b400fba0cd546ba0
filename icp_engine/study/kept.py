"""What every study is: tables, settings, and results kept by stage.

Comes in: raw tables and `Settings`. Goes out: any stage's result. Separate because the stages
themselves are declared in the classes above this one, and none of them keeps anything by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from icp_engine.problems import Problem
from icp_engine.settings import Settings
from icp_engine.study.stages import Key, Keys, Memo, Stage, StageView, stages_of
from icp_engine.types import Frame, Progress


class Kept:
    """Tables, settings, and the results of stages, shared with studies made by `replace`."""

    stages: ClassVar[dict[str, Stage]] = {}
    """Every stage by name, upstream first."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.stages = stages_of(cls)

    def __init__(
        self,
        raw: Mapping[str, Frame],
        settings: Settings,
        reading: tuple[Problem, ...] = (),
        *,
        progress: Progress | None = None,
        _memo: Memo | None = None,
    ) -> None:
        self.raw: dict[str, Frame] = dict(raw)
        self.settings = settings
        self.reading = reading
        self.progress = progress
        self._memo = _memo or Memo()
        self._keys = Keys(self.stages, settings)
        self._parts: dict[str, str] = {}

    def result_of(self, declared: Stage, *given: Any) -> Any:
        """The result of a stage, computed when first asked for; `given`: its arguments, hashable."""
        view = StageView(self, declared, self._memo.used_by(declared.name))
        return self._memo.get(
            (*self._key_of(declared), *given), lambda: declared.make(view, *given)
        )

    def replace(
        self,
        *,
        settings: Settings | None = None,
        roles: Mapping[str, Mapping[str, str]] | None = None,
        **changes: Any,
    ) -> Self:
        """A study with other settings; results upstream of the change are reused.

        `settings` replaces all of them, `roles` joins the roles, any further keyword replaces that
        setting. `rubric=None` returns to the suggestion; a rubric survives every other replacement.
        """
        chosen = settings or self.settings
        if settings is not None and settings.rubric is None and "rubric" not in changes:
            chosen = chosen.merged(rubric=self.settings.rubric)
        if roles:
            changes["roles"] = {
                **chosen.roles,
                **{t: {**chosen.roles.get(t, {}), **given} for t, given in roles.items()},
            }
        chosen = chosen.merged(**changes) if changes else chosen
        return type(self)(self.raw, chosen, self.reading, progress=self.progress, _memo=self._memo)

    def knows(self, name: str) -> bool:
        """Whether a stage (“validation”, “segments” …) is computed already for these settings.

        KeyError for a name that is no stage's.
        """
        return self._memo.knows(self._key_of(self.stages[name]))

    def _key_of(self, declared: Stage) -> Key:
        return self._keys.kept_under(declared, self._part)

    def _part(self, name: str) -> str:
        """What a property tells of a result, found once; a study never changes."""
        if name not in self._parts:
            self._parts[name] = getattr(self, name)
        return self._parts[name]

    def tell(self, doing: str, share: float) -> None:
        """Say what is being done and the share done, 0–1, to whoever wants to know."""
        if self.progress is not None:
            self.progress(doing, share)
