"""What answers a hand never waits; the rest of a page does, one at a time and not for ever."""

import threading
import time

import pytest

from ui import turns

SOON = 5.0


@pytest.fixture(autouse=True)
def no_session(monkeypatch):
    monkeypatch.setattr(turns, "let_next_run_in", lambda: None)


def run(context, done):
    with context:
        done.set()


def test_the_rest_waits_for_an_answer_under_way():
    order, done = turns.Turns(), threading.Event()
    with order.answer():
        waiting = threading.Thread(target=run, args=(order.rest(), done))
        waiting.start()
        assert not done.wait(0.1)
    assert done.wait(SOON)
    waiting.join()


def test_an_answer_never_waits():
    order = turns.Turns()
    with order.rest(), order.answer(), order.answer():
        pass


def test_the_rest_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST", 0.05)
    order, done = turns.Turns(), threading.Event()
    with order.answer(), order.rest():
        threading.Thread(target=run, args=(order.rest(), done)).start()
        assert done.wait(SOON)


def test_an_overtaken_run_leaves_its_turn_to_others(monkeypatch):
    def overtaken():
        raise InterruptedError

    order = turns.Turns()
    with monkeypatch.context() as patch, pytest.raises(InterruptedError):
        patch.setattr(turns, "let_next_run_in", overtaken)
        with order.answer(), order.rest():
            pass
    began = time.monotonic()
    with order.rest():
        assert time.monotonic() - began < turns.LONGEST
