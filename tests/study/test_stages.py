"""Results are kept, computed once, and do not wait for each other."""

import threading
import time

import pytest

from icp_engine.study.stages import Memo

LONG = 5.0


def test_a_result_is_computed_once_however_many_ask_at_once():
    memo, made = Memo(), []

    def compute():
        made.append(1)
        time.sleep(0.05)

    threads = [threading.Thread(target=memo.get, args=(("a",), compute)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert made == [1]


def test_a_slow_result_keeps_nobody_waiting_for_another():
    memo, go_on, began = Memo(), threading.Event(), threading.Event()

    def compute_slowly():
        began.set()
        return go_on.wait(LONG)

    slow = threading.Thread(target=memo.get, args=(("slow",), compute_slowly))
    slow.start()
    assert began.wait(LONG)
    assert memo.get(("quick",), lambda: "here") == "here"
    assert slow.is_alive()
    go_on.set()
    slow.join(LONG)
    assert memo.get(("slow",), lambda: "again") is True


def test_what_failed_is_tried_again():
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get(("a",), lambda: 1 / 0)
    assert memo.get(("a",), lambda: "fine") == "fine"
