"""What is made of a study or a result once, however many look at it.

Comes in: a study or a result, a name, a way to make it. Goes out: what was made.
Separate from the cache of studies, which knows how they are opened; this keeps charts, tables and
sentences.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from icp_engine import Study

Made = TypeVar("Made")


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
