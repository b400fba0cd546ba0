"""Which settings each result depends on, and the results kept for a family of studies.

Comes in: settings. Goes out: keys and kept results. Separate because what a change of one setting
throws away must stand in one place.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from icp_engine.one_thread import one_thread
from icp_engine.settings import Settings

UNKNOWN = object()  # no result yet; None is one
# results kept for a family of studies (a study and what was made from it by `replace`)
KEPT_RESULTS = 96

# stage → (settings it reads, stages it builds on)
STAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "tables": (
        (
            *(
                "roles",
                "attribute_kinds",
                "missing_words",
                "kept_words",
                "merges",
                "meanings",
                "groupings",
                "sheets",
            ),
            *("date_formats", "currency", "rates"),
        ),
        (),
    ),
    "intake": (
        (
            *("as_of", "read_on", "derived_off", "unit", "scope"),
            *(
                "joins",
                "merge_accounts",
                "keep_duplicates",
                "separate_tables",
                "summaries",
                "summary_roles",
            ),
            "churn_from_silence",
        ),
        ("tables",),
    ),
    "proposals": ((), ("intake",)),
    "near_matches": ((), ("intake",)),
    "account_links": ((), ("intake",)),
    "health": ((), ("intake",)),
    "distributions": ((), ("intake",)),
    "everyone": (("exclusions", "min_age_days", "pins"), ("intake",)),
    "holdout": (("holdout_n", "holdout_share", "holdout_from", "final"), ("everyone",)),
    "customers": (("objective", "metric_weights", "metric_directions"), ("everyone",)),
    "known": ((), ("customers", "holdout")),
    "outcomes": ((), ("holdout",)),
    "best": (
        (
            "top_share",
            "top_n",
            "min_best",
            "worst_share",
            "conditions",
            "at_least_median",
            "min_metrics_share",
        ),
        ("known",),
    ),
    "attributes": (("allow", "empty_means_no"), ("everyone", "holdout")),
    "indicators": (("levels_max",), ("attributes", "best")),
    "traits": (("false_discovery_rate",), ("indicators",)),
    "told": ((), ("everyone",)),
    "reasons": (("reason_groups",), ("told",)),
    "words": (("false_discovery_rate", "seed"), ("best", "outcomes", "told")),
    "afterwards": ((), ("best",)),
    "deal_watch": ((), ("holdout",)),
    "groups": (("segments_k", "resamples", "seed"), ("attributes", "best")),
    "segments": (("segment_names", "segment_merges"), ("groups",)),
    "segment_traits": ((), ("segments",)),
    "suggestion": (
        ("learn_from", "criteria_max", "missing_policy", "coverage_floor", "seed"),
        ("traits",),
    ),
    "rubric": (("rubric", "green", "yellow"), ("suggestion",)),
    "scores": ((), ("rubric",)),
    "validation": (("looks",), ("scores",)),
    "ceiling": ((), ("suggestion",)),
    "backtest": ((), ("suggestion",)),
    "baselines": ((), ("scores",)),
    "rubric_stability": ((), ("suggestion",)),
    "rubric_sensitivity": ((), ("scores",)),
    "classic_split": ((), ("scores",)),
    "sensitivity": ((), ("best",)),
    "stability": (("seed",), ("best",)),
    "conditions": ((), ("best",)),
    "profile": (("profile_edits", "title"), ("validation", "segments")),
}


def key_of(stage: str, settings: Settings, known: dict[str, tuple[Any, ...]]) -> tuple[Any, ...]:
    """What a stage's result depends on: its own settings and those of every stage it builds on.

    known: keys of the same settings found so far, by stage; writing settings out costs more than
    most look-ups.
    """
    if stage not in known:
        fields, upstream = STAGES[stage]
        own = (_text(getattr(settings, name)) for name in fields)
        known[stage] = (stage, *own, *(key_of(name, settings, known) for name in upstream))
    return known[stage]


def _text(value: Any) -> str:
    """A setting as text; pydantic's JSON takes a tenth of the time of its repr."""
    return value.model_dump_json() if isinstance(value, BaseModel) else repr(value)


class Memo:
    """Results of a family of studies, the least recently used leaving first.

    Each result is computed once, however many ask at once; a slow one keeps nobody waiting for
    another. Results build on earlier stages only, so that no two computations wait for each other.
    """

    def __init__(self) -> None:
        self._results: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._guard = threading.Lock()
        self._computing: dict[tuple[Any, ...], threading.RLock] = {}

    def get(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        known = self._look_up(key)
        if known is not UNKNOWN:
            return known
        with self._guard:
            computing = self._computing.setdefault(key, threading.RLock())
        with computing:
            known = self._look_up(key)  # somebody else may have computed it while this one waited
            try:
                return known if known is not UNKNOWN else self._compute(key, compute)
            finally:
                with self._guard:
                    self._computing.pop(key, None)

    def knows(self, key: tuple[Any, ...]) -> bool:
        """Whether the result is there already."""
        with self._guard:
            return key in self._results

    def _compute(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        with one_thread():
            result = compute()
        with self._guard:
            self._results[key] = result
            while len(self._results) > KEPT_RESULTS:
                self._results.popitem(last=False)
        return result

    def _look_up(self, key: tuple[Any, ...]) -> Any:
        with self._guard:
            if key not in self._results:
                return UNKNOWN
            self._results.move_to_end(key)
            return self._results[key]
