"""Studies kept in memory, so that a result computed once is not computed again on the next click.

Comes in: a key and a way to open the study. Goes out: the study. Separate from `state`, which knows
sessions and addresses; this knows neither, and is shared by all of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from icp_engine import Study

STUDIES_IN_MEMORY = 12  # a large study holds some 300 MB; older ones are opened again from disk
# settings of one study: they share its results, so one who moves weights drives nobody else out
STATES_IN_MEMORY = 12
Made = TypeVar("Made")
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


class MadeOnce:
    """Charts, tables and sentences made of a study in one state, kept as long as that state is in
    memory.

    A study never changes, so whoever looks next needs the same ones. What is kept must not hold the
    study, nor be changed by who gets it.
    """

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Study, dict[str, Any]] = WeakKeyDictionary()
        self._guard = threading.Lock()

    def get(self, study: Study, name: str, make: Callable[[], Made]) -> Made:
        """What was made of this study under that name, else what `make` makes; two at once may both
        make it.
        """
        with self._guard:
            made = self._made.setdefault(study, {})
        if name not in made:
            made[name] = make()
        found: Made = made[name]
        return found

    def find(self, study: Study, name: str) -> Any:
        """What was made of this study under that name so far; None where nothing was."""
        return self._made.get(study, {}).get(name)

    def __len__(self) -> int:
        return len(self._made)


class MadeOf:
    """What was made of a result that all states of a study share, as the suggestion; the least
    recently used leave.

    Results are told apart by identity: comparing two rubrics takes longer than what is made of
    them. They are held, so only small ones belong here, and none that knows its study. bound:
    results.
    """

    def __init__(self, bound: int = 64) -> None:
        self._bound = bound
        # holds the result: ids return
        self._made: OrderedDict[tuple[int, str], tuple[object, Any]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, source: object, name: str, make: Callable[[], Made]) -> Made:
        """What was made of this very object under that name, else what `make` makes; two at once
        may both make it.
        """
        key = (id(source), name)
        with self._guard:
            if key in self._made:
                self._made.move_to_end(key)
                found: Made = self._made[key][1]
                return found
        made = make()
        with self._guard:
            self._made[key] = (source, made)
            while len(self._made) > self._bound:
                self._made.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._made)


@lru_cache(maxsize=1)
def _made_once() -> MadeOnce:
    return MadeOnce()


def made_once(study: Study, name: str, make: Callable[[], Made]) -> Made:
    """What a page makes of a study, made once for all who look at this state of it; see `MadeOnce`."""
    return _made_once().get(study, name, make)


def made_before(study: Study, name: str) -> Any:
    """What `made_once` has of this state of the study already; None where it has nothing, and
    nobody waits for it.
    """
    return _made_once().find(study, name)


@lru_cache(maxsize=1)
def _made_of() -> MadeOf:
    return MadeOf()


def made_of(result: object, name: str, make: Callable[[], Made]) -> Made:
    """What a page makes of a result that does not change while weights move; see `MadeOf`."""
    return _made_of().get(result, name, make)
