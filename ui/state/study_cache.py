"""Studies kept in memory, so that a result computed once is not computed again on the next click.

Comes in: a key and a way to open the study. Goes out: the study. Separate from `state`, which knows
sessions and addresses; this knows neither, and is shared by all of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from icp_engine import Study

STUDIES_IN_MEMORY = 12  # a large study holds some 300 MB; older ones are opened again from disk
# settings of one study: they share its results, so one who moves weights drives nobody else out
STATES_IN_MEMORY = 12
Key: TypeAlias = tuple[str, str, str, str]  # store, study id, data, settings


class StudyCache:
    """Studies by store, id, data and settings; the least recently used leave. Opened once however
    many ask at once.

    bound: studies, whatever their settings. states: settings of one study.
    """

    def __init__(self, bound: int = STUDIES_IN_MEMORY, states: int = STATES_IN_MEMORY) -> None:
        self._bound, self._states = bound, states
        self._studies: OrderedDict[Key, Study] = OrderedDict()
        self._guard = threading.Lock()
        self._opening: dict[Key, threading.Lock] = {}

    def get(self, key: Key, make: Callable[[Study | None], Study]) -> Study:
        """The study of that key; `make` gets the newest study of the same data and id, or None, to
        build from.
        """
        with self._guard:
            opening = self._opening.setdefault(key, threading.Lock())
        with opening:
            study = self._look_up(key)
            if study is None:
                study = make(self._relative(key))
                self._keep(key, study)
            return study

    def holds(self, key: Key) -> bool:
        """Whether the study of that key is in memory."""
        return key in self._studies

    def peek(self, key: Key) -> Study | None:
        """The study of that key, None where it is not in memory."""
        return self._studies.get(key)

    def forget(self, home: str, study_id: str) -> None:
        """Drop every state of a deleted study."""
        with self._guard:
            for key in [key for key in self._studies if key[:2] == (home, study_id)]:
                del self._studies[key]

    def __len__(self) -> int:
        return len(self._studies)

    def _look_up(self, key: Key) -> Study | None:
        with self._guard:
            if key in self._studies:
                self._studies.move_to_end(key)
            return self._studies.get(key)

    def _relative(self, key: Key) -> Study | None:
        with self._guard:
            return next(
                (self._studies[k] for k in reversed(self._studies) if k[:3] == key[:3]), None
            )

    def _keep(self, key: Key, study: Study) -> None:
        with self._guard:
            self._studies[key] = study
            self._opening.pop(key, None)
            # the last used first
            families = list(dict.fromkeys(known[:3] for known in reversed(self._studies)))
            alike = [known for known in self._studies if known[:3] == key[:3]]
            for known in alike[: -self._states]:
                del self._studies[known]
            for known in [known for known in self._studies if known[:3] in families[self._bound :]]:
                del self._studies[known]
