"""Stages: results that declare what they rest on, and are kept until that changes.

Comes in: settings and the results of other stages. Goes out: kept results. Separate because what a
change of one setting throws away must follow from what a stage may read, not from somebody's care.

A stage reads the settings it declares and asks for the results it declares; anything else raises
`UndeclaredError`. So no result can outlive what it was made of.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FunctionType, MethodType
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from pydantic import BaseModel

from icp_engine.one_thread import one_thread
from icp_engine.settings import Settings

UNKNOWN = object()  # no result yet; None is one
KEPT_RESULTS = 128  # results kept for a family of studies (a study and what `replace` made of it)
STAGE = "_stage"  # a stage's method carries its declaration under this name
INPUTS = ("raw", "reading", "progress")  # what every stage may see: no setting changes them
Key = tuple[Any, ...]
Given = ParamSpec("Given")
Result = TypeVar("Result")


class UndeclaredError(AttributeError):
    """A stage read a setting, or asked for a result, that it does not declare."""


class Keeper(Protocol):
    """What keeps results: a study, or a study as one stage sees it."""

    def result_of(self, declared: Stage, *given: Any) -> Any: ...


@dataclass(frozen=True)
class Stage:
    """One result: its name, how it is made, and all it may rest on.

    settings: fields of `Settings`. results: other stages, by name. parts: stages of which only one
    part matters, as a rubric without its weights; by name, with the property that tells the part as
    text. The result is kept while the parts stay the same, whatever else moves.
    """

    name: str
    make: Callable[..., Any]
    settings: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def upstream(self) -> tuple[str, ...]:
        """Every stage this one builds on."""
        return (*self.results, *self.parts)


def stage(
    *,
    settings: tuple[str, ...] = (),
    results: tuple[str, ...] = (),
    parts: Mapping[str, str] | None = None,
) -> Callable[
    [Callable[Concatenate[Any, Given], Result]], Callable[Concatenate[Any, Given], Result]
]:
    """Declare a method of a study as a stage; stands below `@property` where it takes no arguments.

    The method sees `self.settings` with just these settings, and of the study just these results.
    """

    def declare(
        make: Callable[Concatenate[Any, Given], Result],
    ) -> Callable[Concatenate[Any, Given], Result]:
        declared = Stage(make.__name__, make, settings, results, dict(parts or {}))

        def ask(study: Keeper, /, *given: Given.args, **named: Given.kwargs) -> Result:
            found: Result = study.result_of(declared, *given, *named.values())
            return found

        functools.update_wrapper(ask, make)

        setattr(ask, STAGE, declared)
        return ask

    return declare


def stages_of(kind: type) -> dict[str, Stage]:
    """Every stage of a class and of those it builds on, by name, upstream first."""
    found: dict[str, Stage] = {}
    for owner in reversed(kind.__mro__):
        for member in vars(owner).values():
            asks = member.fget if isinstance(member, property) else member
            declared = getattr(asks, STAGE, None)
            if isinstance(declared, Stage):
                found[declared.name] = declared
    return found


class SettingsView:
    """The settings a stage declares; any other raises `UndeclaredError`."""

    __slots__ = ("_read", "_settings", "_stage")

    def __init__(self, settings: Settings, declared: Stage, read: set[str]) -> None:
        self._settings, self._stage, self._read = settings, declared, read

    def __getattr__(self, name: str) -> Any:
        if name not in self._stage.settings:
            raise UndeclaredError(
                f"stage “{self._stage.name}” does not declare the setting “{name}”"
            )
        self._read.add(name)
        return getattr(self._settings, name)

    def merged(self, **changes: Any) -> SettingsView:
        """A view with some of the declared settings replaced."""
        for name in changes:
            getattr(self, name)
        return SettingsView(self._settings.merged(**changes), self._stage, self._read)


class StageView:
    """A study as one stage sees it. Plain properties and methods run on this view too."""

    def __init__(self, of: Any, declared: Stage, used: Used) -> None:
        self._study, self._stage, self._used = of, declared, used
        self.settings = SettingsView(of.settings, declared, used.settings)

    def __getattr__(self, name: str) -> Any:
        if name in INPUTS:
            return getattr(self._study, name)
        member = inspect.getattr_static(type(self._study), name, None)
        if isinstance(member, property) and member.fget is not None:
            return member.fget(self)
        if isinstance(member, FunctionType):
            return MethodType(member, self)
        raise UndeclaredError(f"stage “{self._stage.name}” may not see “{name}” of a study")

    def result_of(self, declared: Stage, *given: Any) -> Any:
        """The result of another stage, if this one declares it."""
        if declared.name not in self._stage.upstream:
            raise UndeclaredError(
                f"stage “{self._stage.name}” does not declare the result “{declared.name}”"
            )
        self._used.results.add(declared.name)
        return self._study.result_of(declared, *given)


@dataclass
class Used:
    """What a stage has read so far, in any study of a family."""

    settings: set[str] = field(default_factory=set)
    results: set[str] = field(default_factory=set)


def text_of(value: Any) -> str:
    """A setting as text; pydantic's JSON takes a tenth of the time of its repr."""
    return value.model_dump_json() if isinstance(value, BaseModel) else repr(value)


class Keys:
    """What each stage's result depends on, for one setting of everything; found once."""

    def __init__(self, stages: Mapping[str, Stage], settings: Settings) -> None:
        self._stages, self._settings = stages, settings
        self._known: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def of(self, name: str) -> str:
        """A short name of all settings that can reach a stage, through whatever it builds on."""
        if name not in self._known:
            declared = self._stages[name]
            own = map(self._text, declared.settings)
            text = "\n".join([name, *own, *map(self.of, declared.upstream)])
            self._known[name] = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        return self._known[name]

    def _text(self, setting: str) -> str:
        """A setting as text, written out once: a rubric's takes a tenth of a millisecond."""
        if setting not in self._texts:
            self._texts[setting] = text_of(getattr(self._settings, setting))
        return self._texts[setting]

    def kept_under(self, declared: Stage, tell: Callable[[str], str]) -> Key:
        """The key a result is kept under: as `of`, but of some upstream stages just their part.

        tell: the part as text, by the name of the property that tells it.
        """
        if not declared.parts:
            return declared.name, self.of(declared.name)
        own = map(self._text, declared.settings)
        upstream = [self.kept_under(self._stages[name], tell) for name in declared.results]
        parts = [tell(part) for part in declared.parts.values()]
        return declared.name, *own, *upstream, *parts


class Memo:
    """Results of a family of studies, the least recently used leaving first.

    Each result is computed once, however many ask at once; a slow one keeps nobody waiting for
    another. Results build on earlier stages only, so that no two computations wait for each other.
    `used`: what each stage has read while it was computed, for the test of what is declared.
    """

    def __init__(self) -> None:
        self.used: dict[str, Used] = {}
        self._results: OrderedDict[Key, Any] = OrderedDict()
        self._guard = threading.Lock()
        self._computing: dict[Key, threading.RLock] = {}

    def get(self, key: Key, compute: Callable[[], Any]) -> Any:
        """The result kept under a key, else what `compute` makes."""
        known = self._look_up(key)
        if known is not UNKNOWN:
            return known
        with self._guard:
            computing = self._computing.setdefault(key, threading.RLock())
        with computing:
            # somebody else may have computed it while this one waited
            known = self._look_up(key)
            try:
                return known if known is not UNKNOWN else self._compute(key, compute)
            finally:
                with self._guard:
                    self._computing.pop(key, None)

    def knows(self, key: Key) -> bool:
        """Whether the result is there already."""
        with self._guard:
            return key in self._results

    def used_by(self, name: str) -> Used:
        """What the stage of that name has read so far."""
        return self.used.setdefault(name, Used())

    def _compute(self, key: Key, compute: Callable[[], Any]) -> Any:
        with one_thread():
            result = compute()
        with self._guard:
            self._results[key] = result
            while len(self._results) > KEPT_RESULTS:
                self._results.popitem(last=False)
        return result

    def _look_up(self, key: Key) -> Any:
        with self._guard:
            if key not in self._results:
                return UNKNOWN
            self._results.move_to_end(key)
            return self._results[key]
