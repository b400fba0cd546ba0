"""Studies are opened once per state, built from their relatives, and bounded in number."""

import threading
import time

from ui.state.study_cache import StudyCache


def key(number, study="s"):
    return ("home", study, "data", str(number))


def test_a_state_is_opened_once_however_many_ask_at_once():
    cache, opened = StudyCache(), []

    def make(_relative):
        opened.append(1)
        time.sleep(0.05)
        return object()

    threads = [threading.Thread(target=cache.get, args=(key(1), make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1


def test_a_new_state_is_built_from_the_newest_of_the_same_study_only():
    cache, seen = StudyCache(), []
    cache.get(key(1), lambda _relative: "one")
    cache.get(key(2, study="other"), lambda _relative: "other")
    cache.get(key(3), lambda relative: seen.append(relative) or "three")
    assert seen == ["one"]


def test_the_least_recently_used_leaves():
    cache = StudyCache(bound=2)
    for study in ("a", "b", "a", "c"):
        cache.get(key(1, study), lambda _relative: "x")
    assert [cache.holds(key(1, study)) for study in "abc"] == [True, False, True]
    assert len(cache) == 2


def test_who_moves_weights_drives_no_other_study_out():
    cache = StudyCache(bound=2, states=3)
    cache.get(key(0, "other"), lambda _relative: "x")
    for number in range(9):
        cache.get(key(number), lambda _relative: "x")
    assert cache.holds(key(0, "other"))
    assert [cache.holds(key(number)) for number in (5, 6, 8)] == [False, True, True]


def test_a_failed_opening_is_tried_again():
    cache = StudyCache()

    def fail(_relative):
        raise ValueError("no")

    for _ in range(2):
        try:
            cache.get(key(1), fail)
        except ValueError:
            continue
    assert cache.get(key(1), lambda _relative: "fine") == "fine"


def test_a_deleted_study_leaves_memory():
    cache = StudyCache()
    cache.get(key(1), lambda _relative: "x")
    cache.forget("home", "s")
    assert not cache.holds(key(1))
